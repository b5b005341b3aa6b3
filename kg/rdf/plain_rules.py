"""Plain rules: it is known which triples they read, so they run over those alone, and later over what came in last.

`kg.rdf.rule_text` tells which rules are plain. Any other runs over everything in every round, and concludes the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from kg.ontology.source import RDF
from kg.rdf.terms import node

FRESH = node("urn:inference:fresh")
"""By this predicate a conclusion has its `mark`."""
FRESH_VARIABLE = "kg_fresh"
"""The variable for a mark."""

_RELATION = node(RDF + "predicate")

Named = ox.Variable | ox.NamedNode
Relations = frozenset[ox.NamedNode] | None
"""Those that a statement may be of; None where that may be any."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A triple among the conditions of a rule; ``object`` is None for a literal, of which nothing has to be known."""

    subject: Named
    predicate: ox.NamedNode
    object: Named | None


@dataclass(frozen=True, slots=True)
class PlainRule:
    """``parts`` are subject, predicate and object of what is concluded, ``derived`` the statements named for it.

    ``premises`` are the variables of statements that have to be there, ``excluded`` of those that must not be.
    ``head`` is the text before CONSTRUCT, ``body`` that of the conditions, from behind their first brace.
    """

    parts: tuple[Named, ...]
    derived: tuple[Named, ...]
    patterns: tuple[Pattern, ...]
    premises: Mapping[ox.Variable, Relations]
    excluded: Mapping[ox.Variable, Relations]
    head: str
    body: str

    def queries(self, relations: set[ox.NamedNode], round: int) -> Iterator[str]:
        """SELECT of the terms of each conclusion, many times faster to read than the triples of its node.

        After the first round that which rests on a conclusion of the last, all of which were of these relations.
        """
        if not round:
            yield self._query("")
            return
        for premise, of in self.premises.items():
            for relation in relations if of is None else of & relations:
                value = mark(relation, round)
                # the store begins with what has the fewest values: with one of one value, whatever the rule says
                yield self._query(f" VALUES ?{FRESH_VARIABLE} {{ {value} }} {premise} {FRESH} ?{FRESH_VARIABLE} . ")

    def _query(self, first: str) -> str:
        terms = {str(term): None for term in (*self.parts, *self.derived) if isinstance(term, ox.Variable)}
        return f"{self.head}SELECT {' '.join(terms)} WHERE {{{first}{self.body}"


def mark(relation: ox.NamedNode, round: int) -> ox.Literal:
    """What tells the conclusions of one round and one relation from all others."""
    return ox.Literal(f"{round} {relation.value}")


def triples_read(store: ox.Store, rules: Iterable[PlainRule]) -> Iterator[ox.Quad]:
    """All triples that can take part in these rules, each in its graph."""
    whole: set[tuple[ox.NamedNode | None, ...]] = set()
    of_statements: dict[ox.NamedNode, set[ox.NamedNode]] = {}
    for rule in rules:
        statements = {**rule.excluded, **rule.premises}
        for pattern in rule.patterns:
            relations = statements.get(pattern.subject) if isinstance(pattern.subject, ox.Variable) else None
            if relations is None:
                ends = (pattern.subject, pattern.predicate, pattern.object)
                whole.add(tuple(end if isinstance(end, ox.NamedNode) else None for end in ends))
            for relation in relations or ():
                of_statements.setdefault(relation, set()).add(pattern.predicate)
    for subject, predicate, goal in whole:
        yield from store.quads_for_pattern(subject, predicate, goal, None)
    for relation, predicates in of_statements.items():
        for statement in store.quads_for_pattern(None, _RELATION, relation, None):
            for predicate in predicates:
                yield from store.quads_for_pattern(statement.subject, predicate, None, None)
