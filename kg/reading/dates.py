"""Dates as news and its files write them. Strict patterns, never relative to today: the same bytes, the same date.

Of an all-numeric date only an unambiguous one is read: ``21/08/2015`` is, ``03/04/2015`` may be April or March.
"""

from __future__ import annotations

import re
from datetime import date as Date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<{0}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"(?P<{0}>\d{{1,2}})(?:st|nd|rd|th)?"
_YEAR = r"(?P<{0}>1[6-9]\d\d|20\d\d)"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_FORMS = (
    _MONTH.format("m1") + r"\s*" + _DAY.format("d1") + r",?\s*" + _YEAR.format("y1"),
    _DAY.format("d2") + r"[\s-]+(?:of\s+)?" + _MONTH.format("m2") + r",?[\s-]+" + _YEAR.format("y2"),
    _YEAR.format("y3") + r"(?P<s3>[-/.])(?P<m3>\d{1,2})(?P=s3)(?P<d3>\d{1,2})(?!\d)",
    r"(?P<a4>\d{1,2})(?P<s4>[-/.])(?P<b4>\d{1,2})(?P=s4)" + _YEAR.format("y4") + r"(?!\d)",
)
_CLOCK = (
    r"(?:(?:\s*(?:[,|·•]|at|[-–—])?\s*|T)\d{1,2}[:.h]?\d{0,2}(?:[:.]\d{2}(?:[.,]\d+)?)?"
    r"\s*(?:a\.?m\.?|p\.?m\.?|o'clock)?(?:\s*(?:\(?[A-Z]{1,5}\)?|[+-]\d{2}:?\d{2}))?)?"
)
DATE = re.compile(rf"(?<![\w/.-]){_WEEKDAY}(?:{'|'.join(_FORMS)})(?![\w/])", re.IGNORECASE)
"""A full date anywhere, with its weekday; `date_of` reads a match."""

_STARTS = re.compile(rf"\s*{_WEEKDAY}(?:{'|'.join(_FORMS)})(?![^\W_T])", re.IGNORECASE)
_COMPACT = re.compile(r"\s*(?P<y>1[6-9]\d\d|20\d\d)(?P<m>\d\d)(?P<d>\d\d)(?:T?\d{4,6}Z?)?\s*")
_ALONE = re.compile(
    r"(?P<label>(?:first\s+|last\s+)?(?:published|updated|posted|modified|created|issued|released|date|dated)"
    rf"(?:\s+(?:on|at))?\s*[:,-]?\s*)?{_WEEKDAY}(?:{'|'.join(_FORMS)}){_CLOCK}\.?",
    re.IGNORECASE,
)
_IN_NAME = re.compile(r"(?<!\d)(?P<y>1[6-9]\d\d|20\d\d)(?P<s>[-_.]?)(?P<m>\d\d)(?P=s)(?P<d>\d\d)(?!\d)")


def parse_date(value: str) -> Date | None:
    """Day of a metadata value: ISO 8601, RFC 2822, ``August 21, 2015``, ``21 Aug. 2015`` ...; ``None`` for others.

    A time zone is not applied: the day is the one that is written.
    """
    value = value[:100]
    compact = _COMPACT.fullmatch(value)
    if compact:
        return _day(int(compact["y"]), int(compact["m"]), int(compact["d"]))
    match = _STARTS.match(value)
    return date_of(match) if match else None


def lone_date(line: str) -> tuple[Date, bool] | None:
    """Date of a line that holds nothing but one, and whether it is that of an update."""
    match = _ALONE.fullmatch(line.strip())
    if not match:
        return None
    found = date_of(match)
    label = (match["label"] or "").lower()
    return (found, "updated" in label or "modified" in label) if found else None


def date_in_name(name: str) -> Date | None:
    """Date in a file name such as ``2015-08-21-floods.txt`` or ``floods_20150821.html``."""
    match = _IN_NAME.search(name)
    return _day(int(match["y"]), int(match["m"]), int(match["d"])) if match else None


def date_of(match: re.Match[str]) -> Date | None:
    """The date that a match of `DATE` means; ``None`` if there is no such day or it is ambiguous."""
    groups = match.groupdict()
    for form in "12":
        if groups["y" + form]:
            month = _MONTHS.index(groups["m" + form].lower()[:3]) + 1
            return _day(int(groups["y" + form]), month, int(groups["d" + form]))
    if groups["y3"]:
        return _day(int(groups["y3"]), int(groups["m3"]), int(groups["d3"]))
    a, b, year = int(groups["a4"]), int(groups["b4"]), int(groups["y4"])
    if a <= 12 and b <= 12 and a != b:
        return None
    day, month = (a, b) if a > 12 else (b, a)
    return _day(year, month, day)


def _day(year: int, month: int, day: int) -> Date | None:
    try:
        return Date(year, month, day)
    except ValueError:
        return None
