"""Collects candidates: checks types, drops self-relations and duplicates, keeps a fixed order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from kg.extraction.mentions import Candidate, TokenMention
from kg.extraction.syntax.arguments import Argument, Arguments
from kg.extraction.syntax.rules import Rule
from kg.ontology.vocabulary import RELATIONS, Relation, fits
from kg.ontology.vocabulary import admits as vocabulary_admits


@cache
def admits(relation: str, subject: str, object: str) -> bool:
    """Whether the vocabulary lets the relation hold between these types: asked a million times, so remembered."""
    return relation in RELATIONS and vocabulary_admits(relation, subject, object)


@cache
def symmetric() -> frozenset[str]:
    """Relations that are their own inverse: of A-B and B-A only one is kept."""
    return frozenset(name for name, relation in RELATIONS.items() if relation.inverse == name)


class Collector:
    """All candidates of one document; the best of several for one fact counts."""

    def __init__(self, arguments: Arguments, own: Mapping[str, Relation] | None = None) -> None:
        """``own`` are relations beside those of the vocabulary."""
        self.arguments = arguments
        self._own = own or {}
        self._best: dict[tuple[TokenMention, str, TokenMention | None], Candidate] = {}
        self._symmetric = symmetric() | {name for name, relation in self._own.items() if relation.symmetric}

    def add(
        self,
        rule: Rule,
        subject: Argument,
        object: Argument,
        trigger: tuple[int, ...],
        *,
        suffix: str = "",
        factor: float = 1.0,
    ) -> bool:
        """Add what a rule found, if the vocabulary and the rule admit these types; whether it was admitted."""
        s, o = self._fitting(rule.relation, subject.mention, object.mention)
        if s not in rule.subject_types or o not in rule.object_types or not self._admits(rule.relation, s.type, o.type):
            return False
        score = rule.score * subject.weight * object.weight * factor
        return self.put(Candidate(s, rule.relation, o, trigger, rule.name + suffix, round(score, 4)))

    def put(self, candidate: Candidate) -> bool:
        """Add a candidate as it is, unless it relates a thing to itself; whether it was added."""
        s, o = candidate.subject, candidate.object
        if o is not None and (
            (s.start, s.end) == (o.start, o.end) or (s.cluster == o.cluster and s.cluster >= 0) or self._overlap(s, o)
        ):
            return False
        if o is not None and candidate.relation in self._symmetric and (o.start, o.end) < (s.start, s.end):
            candidate = replace(candidate, subject=o, object=s)
        key = (candidate.subject, candidate.relation, candidate.object)
        held = self._best.get(key)
        if held is None or candidate.score > held.score:
            self._best[key] = candidate
        return True

    def _overlap(self, s: TokenMention, o: TokenMention) -> bool:
        """Spans that cross, or a name inside itself with another type; a name inside a longer one is fine."""
        crossing = s.start < o.start < s.end < o.end or o.start < s.start < o.end < s.end
        return crossing

    def _fitting(self, relation: str, s: TokenMention, o: TokenMention) -> tuple[TokenMention, TokenMention]:
        """A demonym where only a place fits stands for its country."""
        if not self._admits(relation, s.type, o.type):
            place_s, place_o = self.arguments.as_country(s), self.arguments.as_country(o)
            for a, b in ((place_s, o), (s, place_o), (place_s, place_o)):
                if self._admits(relation, a.type, b.type):
                    return a, b
        return s, o

    def _admits(self, relation: str, subject: str, object: str) -> bool:
        own = self._own.get(relation)
        return admits(relation, subject, object) if own is None else fits(own, subject, object)

    def pairs(self) -> set[tuple[int, tuple[int, int], tuple[int, int]]]:
        """(trigger word, span, span) of everything found, both ways round."""
        out: set[tuple[int, tuple[int, int], tuple[int, int]]] = set()
        for c in self._best.values():
            if c.object is not None:
                s, o = (c.subject.start, c.subject.end), (c.object.start, c.object.end)
                out |= {(word, *ends) for word in c.trigger for ends in ((s, o), (o, s))}
        return out

    def sorted(self) -> list[Candidate]:
        """In text order of the trigger; ties by arguments, relation and rule."""
        return sorted(
            self._best.values(),
            key=lambda c: (c.trigger[0], c.subject, c.relation, c.object or c.subject, c.rule, c.trigger),
        )
