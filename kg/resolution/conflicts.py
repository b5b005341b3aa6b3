"""Contradictions: two values at overlapping times where the ontology allows one at a time, or a fact that is denied.

Only plain statements are compared: what somebody plans or claims contradicts nobody, and a denial only the plain
statement of the very same. Two values are no contradiction where

* one is only told more exactly than the other (``1974`` and ``1974-05``, a town and the country it lies in, a name and
  a shorter form of it);
* one follows the other: their times do not meet, or the sources say who succeeded whom.

A statement without a time of its own is taken to hold on the days on which it was published. What is so once and for
all (a birth, a founding) needs no common time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from kg.gazetteer import country_named, fold
from kg.graph import KnowledgeGraph
from kg.ontology.vocabulary import RELATIONS
from kg.records import Statement
from kg.resolution.disputes import disputes, may_follow, only_over
from kg.resolution.intervals import Days, days_of
from kg.resolution.times import agree

_ONCE = frozenset({"bornIn", "diedIn", "formedIn", "parentTaxon"})
"""Beside all dates: relations whose value never changes."""

_INSIDE = frozenset({"locatedIn", "partOf", "country", "capitalOf"})


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two statements that cannot both be true at once, the surer one first, or the one that the other denies.

    ``about`` is the id of the entity that has two values of ``relation``. ``days`` are those on which both are said to
    hold, None where the value can never change or no date tells the two apart; then ``certain`` says which: False is
    a contradiction only if nothing changed in between. Of a fact that is stated and denied the denial is ``other``.
    """

    about: str
    relation: str
    one: Statement
    other: Statement
    days: Days | None
    certain: bool

    @property
    def disputed(self) -> bool:
        """Whether one denies what the other states."""
        return self.one.polarity != self.other.polarity


def conflicts(graph: KnowledgeGraph) -> tuple[Conflict, ...]:
    """All contradictions, certain and well supported ones first."""
    places = _Places(graph)
    successions = _successions(graph)
    found: list[Conflict] = []
    for (about, relation), held in sorted(_groups(graph).items()):
        for pair in combinations(sorted(held, key=_surest), 2):
            values = [_value(s, about) for s in pair]
            if _agree(graph, places, *pair, *values) or frozenset(values) in successions:
                continue
            found += _conflict(graph, about, relation, *pair)
    for stated, denial in disputes(graph):
        found.append(Conflict(stated.subject, stated.relation, stated, denial, None, False))
    return tuple(sorted(found, key=_gravity))


def _groups(graph: KnowledgeGraph) -> dict[tuple[str, str], list[Statement]]:
    """Plain statements by the entity that may have one value only, and the relation."""
    by_object = _one_subject()
    groups: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    for s in graph.statements:
        known = RELATIONS.get(s.relation)
        if known is None or not s.plain:
            continue
        if known.single_valued:
            groups[s.subject, s.relation].append(s)
            if known.symmetric and s.object is not None:
                groups[s.object, s.relation].append(s)
        elif s.relation in by_object and s.object is not None:
            groups[s.object, s.relation].append(s)
    return {key: held for key, held in groups.items() if len(held) > 1}


def _one_subject() -> frozenset[str]:
    """Relations that stand for the inverse of a single-valued one: ``capitalOf`` for ``capital``.

    Not where several do: of two parents one is the father.
    """
    inverses = [r.inverse for r in RELATIONS.values() if r.single_valued and r.inverse and not r.symmetric]
    return frozenset(name for name in inverses if inverses.count(name) == 1)


def _value(s: Statement, about: str) -> str:
    if s.object is None:
        return s.value.lexical if s.value else ""
    return s.object if s.subject == about else s.subject


def _agree(graph: KnowledgeGraph, places: _Places, a: Statement, b: Statement, one: str, other: str) -> bool:
    """Whether the two values are one, told more or less exactly."""
    if a.value is not None or b.value is not None:
        if a.value is None or b.value is None:
            return False
        return agree((a.value.lexical, b.value.lexical))
    first, second = graph.entity_by_id[one], graph.entity_by_id[other]
    words = [{w for n in (e.name, *e.names) for w in (frozenset(fold(n).split()),) if w} for e in (first, second)]
    if any(x <= y or y <= x for x in words[0] for y in words[1]):
        return True
    return "Place" in (first.type, second.type) and places.nested(one, other)


def _conflict(graph: KnowledgeGraph, about: str, relation: str, a: Statement, b: Statement) -> Iterator[Conflict]:
    if relation in _ONCE or a.value is not None:
        yield Conflict(about, relation, a, b, None, True)
        return
    if may_follow(a, b) or may_follow(b, a):
        return
    if only_over(a) or only_over(b):
        return
    one, other = _held(graph, a), _held(graph, b)
    if one is None or other is None:
        yield Conflict(about, relation, a, b, None, False)
    elif one.days.meets(other.days):
        common = Days(max(one.days.first, other.days.first), min(one.days.last, other.days.last))
        # of what began or ended some day within a year only the whole year proves a common day
        certain = all(x.whole or (y.whole and common == x.days) for x, y in ((one, other), (other, one)))
        yield Conflict(about, relation, a, b, common, certain)


@dataclass(frozen=True, slots=True)
class _Held:
    """Days on which a statement held: on every one of them if ``whole``, else on one of them at least."""

    days: Days
    whole: bool


def _held(graph: KnowledgeGraph, s: Statement) -> _Held | None:
    """The days on which it held, as closely as the sources say; None where they tell no date at all.

    An open end proves nothing: what began in 2015 and is not told to have ended may have ended all the same.
    """
    start, end = days_of(s.time.start), days_of(s.time.end)
    if start and end and start.first <= end.last:
        # of "from 2010 to 2014" only what lies between the two years is sure
        if start.last <= end.first:
            return _Held(Days(start.last, end.first), True)
        return _Held(Days(start.first, end.last), False)
    known = start or end
    if known is not None:
        return _Held(known, known.one)
    lasting = {d for d, c in s.claims if not c.ended}
    told = sorted(p for d in lasting if (p := graph.document_by_id[d].published) is not None)
    return _Held(Days(told[0], told[-1]), True) if told else None


def _successions(graph: KnowledgeGraph) -> frozenset[frozenset[str]]:
    """Pairs of which the sources say that one came after the other."""
    return frozenset(
        frozenset((s.subject, s.object))
        for s in graph.statements
        if s.relation in ("successorOf", "follows") and s.plain and s.object is not None
    )


class _Places:
    """What lies in what, as far as the graph and the gazetteer of countries know."""

    def __init__(self, graph: KnowledgeGraph) -> None:
        self.graph = graph
        self.above: dict[str, set[str]] = defaultdict(set)
        for s in graph.statements:
            if s.relation in _INSIDE and s.plain and s.object is not None:
                self.above[s.subject].add(s.object)

    def nested(self, one: str, other: str) -> bool:
        """Whether one lies in the other, or may: of a town that nobody places, no country is the wrong one."""
        up, down = self._all(one), self._all(other)
        if other in up or one in down:
            return True
        countries = [{c for id in ids if (c := self._country(id))} for ids in (up, down)]
        is_country = [self._country(id) is not None for id in (one, other)]
        if is_country[0] == is_country[1]:
            return False
        inner = countries[1] if is_country[0] else countries[0]
        outer = countries[0] if is_country[0] else countries[1]
        return not inner or bool(inner & outer)

    def _all(self, id: str) -> set[str]:
        seen, front = {id}, [id]
        while front:
            front = [above for at in front for above in sorted(self.above.get(at, ())) if above not in seen]
            seen.update(front)
        return seen

    def _country(self, id: str) -> str | None:
        entity = self.graph.entity_by_id.get(id)
        if entity is None or entity.type != "Place":
            return None
        known = country_named(entity.name)
        if known is not None:
            return known.name
        return entity.name if entity.subtype == "Country" else None


def _surest(s: Statement) -> tuple[object, ...]:
    return (-s.documents, -s.confidence, s.id)


def _gravity(c: Conflict) -> tuple[object, ...]:
    return (not c.certain, -min(c.one.confidence, c.other.confidence), c.relation, c.one.id, c.other.id, c.about)
