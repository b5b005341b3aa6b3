"""From times as precise as the text to days of a calendar, for formats that know only days."""

from __future__ import annotations

from datetime import date, timedelta

from kg.records import TimeSpan
from kg.resolution.intervals import days_of


def days(span: TimeSpan, over: str | None = None) -> tuple[str | None, str | None]:
    """First and last day as ``YYYY-MM-DD``, ``None`` where open: July 2023 runs from the 1st to the 31st.

    What has no end, but was ``over`` by a day, ends the day before. Times without a year (``--07``), years before 1 and
    after 9999, days that no calendar has, and spans that end before they start have no place on a timeline: ``None``.
    """
    start, end, bound = days_of(span.start), days_of(span.end), days_of(over)
    last = end.last if end else bound.first - timedelta(days=1) if bound and bound.first > date.min else None
    if start and last and start.first > last:
        return None, None
    return (start.first.isoformat() if start else None), (last.isoformat() if last else None)
