"""One time span out of several claims' spans: the most precise one where they agree."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.records import TimeSpan


def together(spans: Iterable[TimeSpan]) -> TimeSpan:
    """What the spans say together.

    Starts agree where one only makes the other more precise (``2023`` and ``2023-07``, ``--07`` and ``2023-07``), so do
    ends; then the most precise of each is taken. Otherwise the whole span with the earliest start is.
    """
    told = sorted({span for span in spans if span}, key=_order)
    starts = sorted({span.start for span in told if span.start is not None})
    ends = sorted({span.end for span in told if span.end is not None})
    if agree(starts) and agree(ends):
        return TimeSpan(_most_precise(starts), _most_precise(ends))
    return next((span for span in told if span.start is not None), told[0])


def _order(span: TimeSpan) -> tuple[bool, bool, str, str]:
    start = span.start or ""
    return (not start, start.startswith("--"), start, span.end or "")


def agree(dates: Sequence[str]) -> bool:
    """Whether no two of the dates contradict each other: one only makes the other more precise."""
    return all(_same(one, other) for i, one in enumerate(dates) for other in dates[:i])


def _same(one: str, other: str) -> bool:
    if one == other:
        return True
    if one.startswith("--") != other.startswith("--"):  # a month or day without year
        open_, full = (one, other) if one.startswith("--") else (other, one)
        rest = full[4:].lstrip("-")
        return not rest or rest.startswith(open_.lstrip("-")) or open_.lstrip("-").startswith(rest)
    short, long = sorted((one, other), key=len)
    return long.startswith(short) and long[len(short) : len(short) + 1] in ("-", "T")


def _most_precise(dates: Sequence[str]) -> str | None:
    return max(dates, key=lambda date: (not date.startswith("--"), len(date), date), default=None)
