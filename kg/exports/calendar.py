"""From times as precise as the text to days of a calendar, for formats that know only days."""

from __future__ import annotations

import calendar
import re
from datetime import date

from kg.records import TimeSpan

_LEXICAL = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T.*)?)?)?(?:Z|[+-]\d\d:\d\d)?")


def days(span: TimeSpan) -> tuple[str | None, str | None]:
    """First and last day as ``YYYY-MM-DD``, ``None`` where open: July 2023 runs from the 1st to the 31st.

    Times without a year (``--07``), years before 1 and after 9999, days that no calendar has, and spans that end
    before they start have no place on a timeline: ``None``.
    """
    first = _edge(span.start, last=False)
    final = _edge(span.end, last=True)
    if first and final and first > final:
        return None, None
    return (first.isoformat() if first else None), (final.isoformat() if final else None)


def _edge(lexical: str | None, *, last: bool) -> date | None:
    match = _LEXICAL.fullmatch(lexical or "")
    if not match:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    if not year or not 1 <= (month or 1) <= 12:
        return None
    month = month or (12 if last else 1)
    length = calendar.monthrange(year, month)[1]
    day = day if day is not None else (length if last else 1)
    return date(year, month, day) if 1 <= day <= length else None
