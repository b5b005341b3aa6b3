"""From times as precise as the text to days of a calendar, for formats that know only days."""

from __future__ import annotations

from kg.records import TimeSpan
from kg.resolution.intervals import days_of


def days(span: TimeSpan) -> tuple[str | None, str | None]:
    """First and last day as ``YYYY-MM-DD``, ``None`` where open: July 2023 runs from the 1st to the 31st.

    Times without a year (``--07``), years before 1 and after 9999, days that no calendar has, and spans that end
    before they start have no place on a timeline: ``None``.
    """
    start, end = days_of(span.start), days_of(span.end)
    if start and end and start.first > end.last:
        return None, None
    return (start.first.isoformat() if start else None), (end.last.isoformat() if end else None)
