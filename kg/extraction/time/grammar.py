"""What a time expression looks like: one regular expression per form, tried in the table's order.

Forms are read from the text, not from tokens, so that no tokenizer's way with hyphens matters. Capitals count:
"March" is a month, "march" is not; "May" alone needs a preposition, for it is a name too. A form's named groups
are what `resolve` computes with.
"""

from __future__ import annotations

import re

from kg.extraction.time.calendar import DECADES, NUMBERS, ORDINALS
from kg.extraction.trees import words

_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_A_MONTH = rf"(?:{_MONTH}|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b"
MONTH = rf"(?P<month>{_MONTH}|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b ?\.?)"
MONTH_SURE = rf"(?P<month>{_MONTH.replace('May|', '')})(?! (?:on|of) (?:the )?[A-Z])"
BEFORE_MAY = words("in by since until during between from and through to till In By Since Until Between From")
WEEKDAY = r"(?P<weekday>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
YEAR = r"(?P<year>1\d{3}|20\d\d)"
DAY = r"(?P<day>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
DAY2 = r"(?P<day2>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
PART = r"(?:(?P<part>(?i:early|mid(?:dle of)?|late|the (?:beginning|start|end|middle) of))[ -]{1,3})"
OF_DAY = r"(?: (?:morning|afternoon|evening|night))?"
SEASON = r"(?P<season>(?i:spring|summer|autumn|fall|winter))"
UNIT = r"(?P<unit>day|week|fortnight|month|year|decade)"
LONG_UNIT = r"(?P<unit>day|week|weekend|month|year|decade|century|quarter)"
DASH = r"\s?[-–—]\s?"
TO = r"(?:\s?[-–—]\s?| to | until | till | through )"
COMMA = r"(?: ?, ?| )"
IN_YEAR = rf"(?:{COMMA}{YEAR}|{COMMA}(?P<rel>this|last|next) year)"
NTH = r"(?P<nth>first|second|third|fourth|final|last)"
ABOUT = r"(?:(?i:about|nearly|almost|more than|over|some|just) )?"
_NUMBER = "|".join(sorted(NUMBERS, key=len, reverse=True))
_ORDINAL = "|".join(sorted(ORDINALS, key=len, reverse=True))
NUMBER = rf"(?P<number>(?i:a couple of|a few|several|\d+|{_NUMBER}))"

_FORMS: tuple[tuple[str, str], ...] = (
    ("nth_year", rf"[Tt]he (?:{_ORDINAL}|\d+(?:st|nd|rd|th)) (?:year|month|week|day) of"),
    ("iso", r"(?P<year>1\d{3}|20\d\d)\s?-\s?(?P<m>0[1-9]|1[0-2])(?:\s?-\s?(?P<day>\d\d))?(?!-)"),
    ("slashes", r"(?P<a>\d{1,2})/(?P<b>\d{1,2})/(?P<year>(?:19|20)\d\d)"),
    ("dots", r"(?P<day>\d{1,2})\.(?P<m>\d{1,2})\.(?P<year>(?:19|20)\d\d)"),
    ("days", rf"{MONTH} {DAY}{TO}{DAY2}(?:{COMMA}{YEAR})?"),
    ("days", rf"{DAY}(?:{TO}| and ){DAY2} (?:of )?{MONTH}(?:{COMMA}{YEAR})?"),
    ("month_day", rf"(?:{WEEKDAY}{OF_DAY}{COMMA})?{MONTH} (?:the )?{DAY}(?! ?[-–] ?\d){IN_YEAR}?"),
    ("month_day", rf"(?:{WEEKDAY}{OF_DAY}{COMMA})?(?:the )?{DAY} (?:of )?{MONTH}{IN_YEAR}?"),
    ("months_year", rf"{MONTH}{DASH}(?P<month2>{_MONTH}) {YEAR}"),
    ("rel_month", rf"(?P<rel>(?i:last|next|this|this past)) {PART}?{MONTH}"),
    ("month", rf"{PART}?{MONTH}(?: of)?{IN_YEAR}"),
    ("month", rf"{PART}{MONTH}"),
    ("quarter", rf"(?:[Tt]he )?{NTH} (?P<size>quarter|half) of {YEAR}"),
    (
        "quarter",
        rf"(?:[Tt]he )?{NTH} (?P<size>quarter|half) of (?P<rel>this|last|next|the) year(?! \d)",
    ),
    ("quarter", rf"Q(?P<q>[1-4]) (?:of )?{YEAR}"),
    ("season", rf"(?:[Tt]he )?{PART}?{SEASON}(?: of)? {YEAR}(?:[-–/](?P<year2>\d\d))?"),
    ("season", rf"(?:[Tt]he )?{PART}?{SEASON} of (?P<rel>this|last|next) year"),
    ("season", rf"(?P<rel>(?i:last|next|this)) {SEASON}"),
    ("decade", rf"(?:[Tt]he )?{PART}?(?P<decade>1\d\d0|20\d0)[’']?s"),
    ("decade", rf"(?:[Tt]he )?{PART}?[’'](?P<short>\d0)s"),
    ("decade", rf"[Tt]he {PART}?(?P<short>[2-9]0)s"),
    ("decade", rf"[Tt]he {PART}?(?P<word>{'|'.join(DECADES)})"),
    ("century", rf"(?:[Tt]he )?{PART}?(?:(?P<century>\d\d?)(?:st|nd|rd|th)|(?P<nth>{_ORDINAL})) ?-? ?century"),
    ("years", rf"{YEAR}{DASH}(?P<year2>(?:1\d|20)?\d\d)(?! (?:of )?{_A_MONTH})"),
    ("distance", rf"{ABOUT}{NUMBER} {UNIT}s? (?P<way>ago|earlier|later|before|from now)"),
    ("distance", rf"(?i:in) {NUMBER} {UNIT}s? ?['’]?s? time"),
    ("day_word", r"(?i:the day before yesterday|the day after tomorrow|this (?:morning|afternoon|evening))"),
    ("day_word", rf"(?i:yesterday|today|tomorrow|tonight|last night){OF_DAY}"),
    ("weekday", rf"(?P<rel>(?i:(?:the )?(?:last|next|following|previous)|this(?: past| coming)?)) {WEEKDAY}{OF_DAY}"),
    ("weekday", rf"{WEEKDAY} (?:of )?(?P<rel>last|next|this) week"),
    ("weekday", rf"{WEEKDAY}{OF_DAY}"),
    ("unit", rf"(?:(?i:earlier|later) )?(?P<rel>(?i:last|next|this|this past|previous|coming)) {LONG_UNIT}"),
    ("unit", rf"[Tt]he (?P<rel>last|next|past|previous|coming|following) {LONG_UNIT}"),
    ("before_last", r"[Tt]he (?P<unit>week|month|year) before last"),
    ("weekend", r"(?:(?<=[Oo]ver )|(?<=[Aa]t )|(?<=[Dd]uring )|(?<=[Oo]n ))the weekend(?! (?:of|before|after))"),
    ("nothing", r"(?i:that|the same) (?:day|week|month|year)"),
    ("year", rf"{PART}?{YEAR}(?! ?[-–] ?\d(?!\d? (?:of )?{_A_MONTH}))"),
    ("month", MONTH_SURE),
    ("month", "|".join(rf"(?<=\b{word} )(?P<month{n}>May)(?! \d)" for n, word in enumerate(sorted(BEFORE_MAY)))),
)

FORMS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(rf"(?<![\w$€£./–-])(?:{pattern})(?![\w%/]|[.,]\d)")) for name, pattern in _FORMS
)
"""Name of the form and its pattern; among matches at one place the longest wins, then the first in the table."""

NOT_A_YEAR = re.compile(
    r"\s?-?\s?(?:years?|people|troops|soldiers|euros?|dollars?|pounds|kilomet(?:er|re)s?|km|miles?|met(?:er|re)s?|feet|"
    r"tons?|tonnes?|percent|per cent|%|kg|students|workers|employees|members|jobs|homes|houses|men|women|children|"
    r"votes|migrants|refugees|cases|deaths|shares|fans|guests|hours|days|square|others|more|points)\b"
)
"""What a counting number stands before."""

_SINCE = r"since|from|starting(?: in| on| from)?|beginning(?: in| on)?|ever since|after|following"
_UNTIL = r"until|till|up to|by|through|before|prior to|up until|no later than|by the end of|until the end of"
CONNECTORS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("range", re.compile(r"\b(?i:from|between)\s+(?:the\s+)?$")),
    ("since", re.compile(rf"\b(?i:{_SINCE})\s+(?:the\s+)?$")),
    ("until", re.compile(rf"\b(?i:{_UNTIL})\s+(?:the\s+)?$")),
)
"""Words before an expression that open or close an interval."""

JOIN = re.compile(r"\s*(?:to|until|till|through|and|-|–|—)\s*(?:the\s+)?")
ONWARDS = re.compile(r"\s+(?:onwards?|on\b(?! (?:the|a|his|her|its)))")
