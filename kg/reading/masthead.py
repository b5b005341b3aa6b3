"""What stands above a news story: headline, byline, date line. None of it belongs to the first sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date as Date

from kg.reading.dates import DATE, date_of, lone_date

TOP_PARAGRAPHS = 6
"""How far down a byline or date line is looked for."""

_MAX_LINE = 150
_MAX_HEADLINE_WORDS = 30
_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_WORD = rf"(?!(?:{_DAY}|{_MONTH}\s+\d)\b)[A-Z][\w.'’-]*"  # "By Friday" and "By May 3" are no bylines
_NAME = rf"(?:{_WORD}|(?:de|da|der|van|von|bin|ibn|al|el|la|le|of|the|for|in)\b)"
_BYLINE = re.compile(
    rf"(?:(?:Reported|Written|Story|Text|Words|REPORTED|WRITTEN)\s+)?(?:By|by|BY):?\s+{_WORD}"
    rf"(?:(?:\s+|,\s*|\s*[&/]\s*|,?\s+(?:and|AND)\s+){_NAME}){{0,14}}"
)
_SEPARATOR = re.compile(
    r"\s*[|•·]\s*|\s+[-–—]\s+|;\s+|(?<=\S)\s+(?=(?:first |last )?(?:published|updated|posted|modified)\b)",
    re.IGNORECASE,
)
_READING_TIME = re.compile(r"\d+\s*-?\s*min(?:ute)?s?(?:\s+(?:read|ago))?", re.IGNORECASE)
_DATELINE = re.compile(r"[A-Z][A-Z.'’-]+(?:[\s,]+[A-Z][\w.'’-]*){0,5},?\s*[(,]?\s*$")
_AFTER_DATELINE = re.compile(r"\s*(?:\([^()]{1,40}\)\s*)?[-–—:]")
_FINAL = re.compile(r"[.,;:…]['\"”’)]*$")
_ACRONYM = re.compile(r"\b(?:[A-Z]\.){2,}$|\b(?:Inc|Corp|Co|Ltd|Jr|Sr)\.$")


def is_masthead(line: str) -> bool:
    """Whether a line is a byline or a date line, or both."""
    line = line.strip()
    return len(line) <= _MAX_LINE and (_is_byline(line) or _date_of_line(line) is not None)


def headline(paragraphs: Sequence[str]) -> str | None:
    """The short first paragraph without a final period that has text below it, bylines and dates passed over."""
    for index, paragraph in enumerate(paragraphs[:TOP_PARAGRAPHS]):
        if is_masthead(paragraph):
            continue
        below = any(not is_masthead(p) for p in paragraphs[index + 1 :][: TOP_PARAGRAPHS + 1])
        return paragraph if below and looks_like_headline(paragraph) else None
    return None


def looks_like_headline(line: str) -> bool:
    """Short, with a letter, and not ended like a sentence (``?`` and ``!`` may end a headline)."""
    return (
        len(line) <= _MAX_LINE
        and len(line.split()) <= _MAX_HEADLINE_WORDS
        and any(c.isalpha() for c in line)
        and (not _FINAL.search(line) or bool(_ACRONYM.search(line)))
    )


def publication_date(paragraphs: Sequence[str]) -> Date | None:
    """Date among the first paragraphs: alone on its line, with the byline, or full in the dateline.

    A publication date goes before that of an update; ``KYIV, July 3 (Agency) —`` has no year and gives none.
    """
    updated: Date | None = None
    for paragraph in paragraphs[:TOP_PARAGRAPHS]:
        found = _date_of_line(paragraph) if len(paragraph) <= _MAX_LINE else None
        if found is None:
            found = _date_of_dateline(paragraph)
        if found is not None:
            if not found[1]:
                return found[0]
            updated = updated or found[0]
    return updated


def _date_of_line(line: str) -> tuple[Date, bool] | None:
    """Date of a line made of nothing but dates, bylines, reading times and short names, and whether of an update."""
    whole = lone_date(line)
    if whole:
        return whole
    parts = [part for part in _SEPARATOR.split(line) if part]
    dates = [found for part in parts if (found := lone_date(part) or _date_after_byline(part))]
    rest = [part for part in parts if not lone_date(part) and not _date_after_byline(part)]
    plain = all(_is_byline(part) or _READING_TIME.fullmatch(part) or _is_outlet(part) for part in rest)
    if not dates or not plain:
        return None
    return min(dates, key=lambda found: found[1])


def _date_after_byline(part: str) -> tuple[Date, bool] | None:
    """``By Jane Doe, August 21, 2015``."""
    match = DATE.search(part)
    if not match or not _is_byline(part[: match.start()].rstrip(" ,(")):
        return None
    return lone_date(part[match.start() :].rstrip(" )"))


def _date_of_dateline(paragraph: str) -> tuple[Date, bool] | None:
    """``PARIS, 21 August 2015 (Agency) - The ...``."""
    match = DATE.search(paragraph[:120])
    if not match or not _DATELINE.fullmatch(paragraph[: match.start()]):
        return None
    if not _AFTER_DATELINE.match(paragraph[match.end() :]):
        return None
    found = date_of(match)
    return (found, False) if found else None


def _is_byline(line: str) -> bool:
    return _BYLINE.fullmatch(line) is not None


def _is_outlet(part: str) -> bool:
    """A name beside the date, such as that of the paper: few words, all capitalised."""
    words = part.split()
    return 0 < len(words) <= 5 and all(word[0].isupper() for word in words) and not part.endswith((".", "?", "!"))
