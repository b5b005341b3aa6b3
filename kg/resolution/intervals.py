"""Lexical dates of any precision as stretches of days, so that they can be compared."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

_LEXICAL = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T.*)?)?)?(?:Z|[+-]\d\d:\d\d)?")


@dataclass(frozen=True, slots=True, order=True)
class Days:
    """From a first to a last day, both included."""

    first: date
    last: date

    def meets(self, other: Days) -> bool:
        """Whether they share a day."""
        return self.first <= other.last and other.first <= self.last

    @property
    def one(self) -> bool:
        """Whether it is a single day."""
        return self.first == self.last


def days_of(lexical: str | None) -> Days | None:
    """The days that a date may mean: ``2023-07`` all of July 2023.

    None for no date, one without a year (``--07``), a year before 1 or after 9999, a day that no calendar has.
    """
    match = _LEXICAL.fullmatch(lexical or "")
    if match is None:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    if not year or not 1 <= (month or 1) <= 12:
        return None
    length = calendar.monthrange(year, month or 12)[1]
    if not 1 <= (day or 1) <= length:
        return None
    return Days(date(year, month or 1, day or 1), date(year, month or 12, day or length))
