"""Arithmetic on dates of unequal precision, and their XSD lexical forms. Pure functions of their arguments."""

from __future__ import annotations

import calendar
from datetime import date as Date
from datetime import timedelta

from kg.records import Value

MONTHS: dict[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
            "september sept sep", "october oct", "november nov", "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
WEEKDAYS: dict[str, int] = {
    day: number
    for number, day in enumerate(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"))
}
NUMBERS: dict[str, int] = {
    word: number
    for number, words in enumerate(
        (
            "",
            "a an one",
            "two couple",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
        )
    )
    for word in words.split()
}
_ORDINALS = """first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth
fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty-first"""
ORDINALS: dict[str, int] = {word: number for number, word in enumerate(_ORDINALS.split(), start=1)}
_DECADES = "twenties thirties forties fifties sixties seventies eighties nineties"
DECADES: dict[str, int] = {name: number * 10 for number, name in enumerate(_DECADES.split(), start=2)}


def day(value: Date) -> str:
    """``2015-08-21``."""
    return value.isoformat()


def month(year: int, number: int) -> str:
    """``2015-08`` (xsd:gYearMonth)."""
    return f"{year:04d}-{number:02d}"


def year(number: int) -> str:
    """``2015`` (xsd:gYear)."""
    return f"{number:04d}"


def valid(year_number: int, month_number: int, day_number: int) -> Date | None:
    """The date, or None where the calendar has no such day."""
    try:
        return Date(year_number, month_number, day_number)
    except ValueError:
        return None


def shift_months(base: Date, months: int) -> tuple[int, int]:
    """Year and month that lie so many months after ``base``'s."""
    index = base.year * 12 + base.month - 1 + months
    return index // 12, index % 12 + 1


def last_day(year_number: int, month_number: int) -> int:
    """28 to 31."""
    return calendar.monthrange(year_number, month_number)[1]


def weekday_before(base: Date, weekday: int, *, strictly: bool = False) -> Date:
    """The last such weekday on (or, ``strictly``, before) ``base``."""
    back = (base.weekday() - weekday) % 7
    return base - timedelta(days=back or (7 if strictly else 0))


def weekday_after(base: Date, weekday: int, *, strictly: bool = False) -> Date:
    """The first such weekday on (or, ``strictly``, after) ``base``."""
    ahead = (weekday - base.weekday()) % 7
    return base + timedelta(days=ahead or (7 if strictly else 0))


def weekday_of(base: Date, weekday: int) -> Date:
    """That weekday of the Monday-to-Sunday week ``base`` lies in."""
    return base - timedelta(days=base.weekday() - weekday)


def dated(lexical: str, text: str) -> Value:
    """A lexical form of a date with the XSD type of its precision, and the words read."""
    yearless = lexical.startswith("--")
    kinds = {4: "gMonth", 7: "gMonthDay"} if yearless else {4: "gYear", 7: "gYearMonth", 10: "date"}
    return Value(lexical, kinds[len(lexical)], text)
