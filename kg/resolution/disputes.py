"""Facts that one source states and another denies.

A denial comes after the news, so days of publication tell nothing. What is denied for another time, or is no longer so,
is not in dispute.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kg.graph import KnowledgeGraph
from kg.ontology.vocabulary import RELATIONS
from kg.records import Statement
from kg.resolution.intervals import Days, days_of


def disputes(graph: KnowledgeGraph) -> Iterator[tuple[Statement, Statement]]:
    """Each plain statement that is denied, with its denial."""
    plain = {_ends(s): s for s in graph.statements if s.plain}
    for denial in graph.statements:
        stated = plain.get(_ends(denial))
        if denial.polarity != "negated" or denial.modality != "fact" or stated is None:
            continue
        if only_over(stated) or only_over(denial) or may_follow(stated, denial):
            continue
        if _told_for(stated).meets(_told_for(denial)):
            yield stated, denial


def only_over(s: Statement) -> bool:
    """Whether all that is told is that it held some time ago."""
    return not s.time and all(c.ended for _, c in s.claims)


def may_follow(first: Statement, second: Statement) -> bool:
    """Whether the first is told to have ended before, or in the very month or year in which, the second began."""
    if first.ending is not None and first.ending.statement == second.id:
        return True
    end, start = days_of(first.time.end), days_of(second.time.start)
    return end is not None and start is not None and end.first <= start.last


def _told_for(s: Statement) -> Days:
    """The days between its own start and end; for ever where neither is told."""
    start, end = days_of(s.time.start), days_of(s.time.end)
    return Days(start.first if start else date.min, end.last if end else date.max)


def _ends(s: Statement) -> tuple[object, ...]:
    """What is said of whom, without how; of a symmetric relation the ends in one order."""
    ends = [s.subject, s.object if s.object is not None else s.value and s.value.lexical]
    known = RELATIONS.get(s.relation)
    if known is not None and known.symmetric:
        ends.sort(key=str)
    return s.relation, *ends
