"""Which rules are plain, told from their SPARQL, which rdflib parses.

A plain rule concludes one node without a name, ``[]``, from triples with fixed predicates, ``VALUES`` of one variable,
``FILTER`` without ``EXISTS``, and ``FILTER NOT EXISTS`` of triples. Then whatever it concludes anew rests on a new
statement that a variable of its text stands for; anything else that is new can only keep it from concluding. In doubt
a rule is not plain.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

import pyoxigraph as ox
import rdflib

from kg.ontology.source import KG, RDF
from kg.rdf.plain_rules import FRESH_VARIABLE, Named, Pattern, PlainRule, Relations
from kg.rdf.terms import PROV, node, prefixes

_RELATION, _DERIVED = node(RDF + "predicate"), node(PROV + "wasDerivedFrom")
_PARTS = (node(RDF + "subject"), _RELATION, node(RDF + "object"))
_OF_STATEMENTS = {*_PARTS, node(KG + "polarity"), node(KG + "modality")}
"""All that is said of a conclusion when it becomes a premise: no other predicate finds one."""

_SPACE = r"(?:\s|#[^\n]*\n)*"
_PLACES = re.compile(
    rf"(?P<head>(?:{_SPACE}PREFIX{_SPACE}[^\s:]*:{_SPACE}<[^<>]*>)*{_SPACE})CONSTRUCT{_SPACE}"
    rf"\{{(?:[^{{}}<#'\"]|<[^<>]*>|#[^\n]*\n)*\}}{_SPACE}(?:WHERE{_SPACE})?\{{(?P<body>.*)",
    re.DOTALL | re.IGNORECASE,
)
"""Of what parses, no other places match: all that could hide a word or brace is stepped over whole, or refused."""
_UNSAFE = ("\\", "\r", '"""', "'''", FRESH_VARIABLE)
"""Escapes and lone returns, which rdflib reads otherwise than the store, long strings, and the name of our variable."""


def plain(rule: str) -> PlainRule | None:
    """What the rule concludes and reads, or None if it is not plain."""
    places = _PLACES.match(rule)
    if places is None or any(part in rule for part in _UNSAFE):
        return None
    try:
        return _read(_parsed(rule), places["head"], places["body"])
    except Exception:  # of whatever kind: rdflib has several for what it cannot read, and the store tells what is wrong
        return None


def _parsed(rule: str) -> Any:
    """The tree of the query, with its names and paths resolved."""
    # here, because that takes nearly as long as the start of the command line
    from rdflib.plugins.sparql.algebra import translatePath, traverse
    from rdflib.plugins.sparql.parser import parseQuery

    prologue, query = parseQuery(rule)
    names = prefixes() | {declared.prefix or "": declared.iri for declared in prologue}

    def resolved(part: Any) -> Any:
        if getattr(part, "name", None) == "pname":
            return rdflib.URIRef(names[part.prefix or ""] + (part.localname or ""))
        return translatePath(part)

    return traverse(query, visitPost=resolved)


def _read(query: Any, head: str, body: str) -> PlainRule:
    """The rule of such a tree; any error if it is not plain."""
    _demand(query.name == "ConstructQuery" and set(query) == {"template", "where"})
    concluded = _triples(query.template)
    _demand(len({subject for subject, *_ in concluded}) == 1 and isinstance(concluded[0][0], rdflib.BNode))
    said = [(_iri(predicate), _term(goal)) for _, predicate, goal in concluded]
    parts = tuple(goal for part in _PARTS for (goal,) in [[goal for predicate, goal in said if predicate == part]])
    derived = tuple(goal for predicate, goal in said if predicate == _DERIVED)

    stated: list[Pattern] = []
    denied: list[list[Pattern]] = []
    values: dict[ox.Variable, list[Named | None]] = {}
    for part in _group(query.where):
        if part.name == "InlineData":
            (variable,) = part.var
            values.setdefault(ox.Variable(variable), []).extend(_goal(value) for value in part.value or ())
        elif part.name != "Filter":
            stated += _patterns(part)
        elif part.expr.name == "Builtin_NOTEXISTS":
            denied.append([pattern for inner in _group(part.expr.graph) for pattern in _patterns(inner)])
        else:
            _demand("EXISTS" not in repr(part.expr))

    premises = _statements(stated, values)
    excluded: dict[ox.Variable, Relations] = {}
    for patterns in denied:
        for variable, relations in _statements(patterns, values).items():
            if variable not in premises:
                excluded[variable] = None if variable in excluded else relations
    wanted = {term for term in (*parts, *derived) if isinstance(term, ox.Variable)}
    bound = {*values, *(end for p in stated for end in (p.subject, p.object))}
    _demand(bool(derived and wanted) and wanted <= bound and not any(p.subject in excluded for p in stated))
    return PlainRule(parts, derived, (*stated, *chain(*denied)), premises, excluded, head, body)


def _statements(
    patterns: Sequence[Pattern], values: Mapping[ox.Variable, Sequence[Named | None]]
) -> dict[ox.Variable, Relations]:
    """The variables that a conclusion may stand for, and the relations that these conditions leave them."""
    found: dict[ox.Variable, Relations] = {}
    for pattern in patterns:
        if isinstance(pattern.subject, ox.Variable) and pattern.predicate in _OF_STATEMENTS:
            found.setdefault(pattern.subject, None)
            if pattern.predicate == _RELATION:
                goal = pattern.object
                goals = values.get(goal, []) if isinstance(goal, ox.Variable) else [goal]
                named = frozenset(goal for goal in goals if isinstance(goal, ox.NamedNode))
                found[pattern.subject] = named if named and named.issuperset(goals) else None
    return found


def _group(group: Any) -> Sequence[Any]:
    _demand(group.name == "GroupGraphPatternSub" and bool(group.part))
    return group.part  # type: ignore[no-any-return]


def _patterns(part: Any) -> list[Pattern]:
    _demand(part.name == "TriplesBlock")
    return [Pattern(_term(subject), _iri(relation), _goal(goal)) for subject, relation, goal in _triples(part.triples)]


def _triples(blocks: Sequence[Sequence[Any]]) -> list[tuple[Any, Any, Any]]:
    return [triple for block in blocks for triple in zip(block[::3], block[1::3], block[2::3], strict=True)]


def _goal(part: Any) -> Named | None:
    return None if isinstance(part, rdflib.Literal) or getattr(part, "name", "") == "literal" else _term(part)


def _term(part: Any) -> Named:
    return ox.Variable(part) if isinstance(part, rdflib.Variable) else _iri(part)


def _iri(part: Any) -> ox.NamedNode:
    _demand(isinstance(part, rdflib.URIRef))
    return node(part)


def _demand(met: bool) -> None:
    if not met:
        raise ValueError
