"""SHACL shapes compiled to SPARQL, which Oxigraph answers in a fraction of the time that a SHACL engine takes.

Compiled is the part of SHACL that the shapes of the vocabulary use: targets by class, node, subjects and objects of a
property; paths of one property; class, datatype, nodeKind, minCount, maxCount, minInclusive, maxInclusive, pattern,
lessThanOrEquals, ``sh:or`` of datatypes, and SPARQL constraints without nested groups in front. Anything else raises
`NotCompiled`, and pySHACL has to do it (`kg.rdf.validation`). The tests hold both against each other.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any

import pyoxigraph as ox

from kg.ontology.shapes import SH
from kg.ontology.source import RDF, RDFS, XSD

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Shapes = Mapping[Term, Mapping[str, list[Term]]]

_IGNORED = {SH + name for name in ("message", "severity", "name", "description", "order", "group", "property", "path")}
_IGNORED |= {SH + name for name in ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf", "sparql")}
_CAST = {XSD + name for name in ("integer", "decimal", "boolean", "date", "dateTime")}
"""Datatypes whose lexical forms Oxigraph can check."""


THREADS = 4
"""Oxigraph lets go of the interpreter while it answers, so that threads share the work."""

Screen = tuple[str, str, str]
"""What tells cheaply, of all nodes together, that a check finds nothing: see `Census.clears`."""


class NotCompiled(Exception):
    """These shapes use a part of SHACL that is not compiled; the message names it."""


@dataclass(frozen=True, slots=True)
class Check:
    """One constraint as a query: each solution (``?this``, perhaps ``?path`` and ``?value``) is a breach."""

    shape: str
    component: str
    message: str
    severity: str
    path: str | None
    about: str | None
    query: str
    screen: Screen | None = None


@dataclass(frozen=True, slots=True)
class Breach:
    """One thing that a constraint forbids: which shape, on which node, along which property, which value.

    ``about`` is the property whose subjects or objects the shape speaks of, if it does.
    """

    shape: str
    component: str
    message: str
    severity: str
    focus: Term
    path: str | None
    value: Term | None
    about: str | None = None

    @property
    def order(self) -> tuple[str, ...]:
        """Sorts by rule, then by node."""
        return (self.shape, self.component, str(self.focus), self.path or "", str(self.value or ""))


def parse_shapes(turtle: bytes) -> Shapes:
    """Shapes by subject. Raises SyntaxError where it is no Turtle."""
    found: dict[Term, dict[str, list[Term]]] = {}
    for triple in ox.parse(turtle, format=ox.RdfFormat.TURTLE):
        found.setdefault(triple.subject, {}).setdefault(triple.predicate.value, []).append(triple.object)
    return found


def compile_shapes(shapes: Shapes, below: Callable[[str], Iterable[str]]) -> list[Check]:
    """The checks of all shapes with a target; ``below`` gives a class and all its subclasses. Raises `NotCompiled`."""
    return [check for shape in shapes for check in _Compiler(shapes, below).node_shape(shape)]


def run(store: ox.Store, checks: Iterable[Check]) -> list[Breach]:
    """All breaches, sorted; the named graphs of the store count too. Oxigraph answers on up to four processors."""
    checks, census = list(checks), Census(store)
    screens = dict.fromkeys(check.screen for check in checks if check.screen is not None)
    found = set()
    with ThreadPoolExecutor(min(THREADS, os.cpu_count() or 1)) as pool:
        # each count and each look at values is taken once, and kept; what waits for none is asked meanwhile
        taken = pool.map(census.take, dict.fromkeys(map(_taken, screens)))
        answers = {check: pool.submit(census.rows, check.query) for check in checks if check.screen is None}
        list(taken)
        left = (check for check in checks if check.screen is not None and not census.clears(*check.screen))
        answers |= {check: pool.submit(census.rows, check.query) for check in left}
        for check, answer in answers.items():
            for row in answer.result():
                focus, path, value = row["this"], row["path"], row["value"]
                at = path.value if path is not None else check.path
                told = (check.shape, check.component, check.message, check.severity)
                found.add(Breach(*told, focus, at, value, check.about))
    return sorted(found, key=lambda breach: breach.order)


def _taken(screen: Screen) -> tuple[bool, str]:
    """What a screen rests on: the counts of a target (True), or a pattern that has to be empty."""
    kind, where, path = screen
    if kind in ("least", "most"):
        return True, where
    # not DISTINCT: Oxigraph would put the filter before it, and ask it of every value again and again
    return (
        False,
        where if kind == "pair" else f"{{ SELECT ?value {{ ?any_ <{path}> ?value }} GROUP BY ?value }} {where}",
    )


class Census:
    """Counts over a whole store, each taken once: most constraints are seen to hold without a look at each node."""

    def __init__(self, store: ox.Store) -> None:
        self.store = store
        self._counts: dict[str, dict[str, tuple[int, int]]] = {}
        self._sound: dict[str, bool] = {}

    def take(self, wanted: tuple[bool, str]) -> None:
        """Count, or look, and keep what comes of it."""
        counted, where = wanted
        if counted:
            self._of(where)
        else:
            self._empty(where)

    def clears(self, kind: str, where: str, path: str) -> bool:
        """Whether nothing can breach: ``least`` or ``most`` one value of a path on all nodes of a target.

        ``value``: no value of the path, of whatever node, fits ``where``, a filter for what is wrong; ``pair``: no pair
        of values does.
        """
        counted, pattern = _taken((kind, where, path))
        if not counted:
            return self._empty(pattern)
        counts = self._of(where)
        rows, nodes = counts.get(path, (0, 0))
        return nodes == counts[""][0] if kind == "least" else rows == nodes

    def ask(self, query: str) -> Iterator[Any]:
        """The solutions of a query over all graphs."""
        found = self.store.query(query, use_default_graph_as_union=True)
        assert isinstance(found, ox.QuerySolutions)
        return found

    def rows(self, query: str) -> list[Any]:
        """The same, all at once."""
        return list(self.ask(query))

    def _of(self, target: str) -> dict[str, tuple[int, int]]:
        """For each property of the nodes of a target how many values there are, on how many nodes; "": the nodes."""
        if target not in self._counts:
            chosen = target if "VALUES" not in target else f"{{ SELECT DISTINCT ?this {{ {target} }} }}"
            query = (
                "SELECT ?path (COUNT(*) AS ?rows) (COUNT(DISTINCT ?this) AS ?nodes)"
                f" {{ {chosen} ?this ?path ?any_ }} GROUP BY ?path"
            )
            found = {r["path"].value: (int(r["rows"].value), int(r["nodes"].value)) for r in self.ask(query)}
            (every,) = self.ask(f"SELECT (COUNT(DISTINCT ?this) AS ?nodes) {{ {target} }}")
            self._counts[target] = {**found, "": (int(every["nodes"].value),) * 2}
        return self._counts[target]

    def _empty(self, pattern: str) -> bool:
        if pattern not in self._sound:
            self._sound[pattern] = not list(self.ask(f"SELECT * {{ {pattern} }} LIMIT 1"))
        return self._sound[pattern]


def subclasses(store: ox.Store) -> Callable[[str], list[str]]:
    """What is below a class in all graphs of a store, the class itself first."""
    above: dict[str, list[str]] = {}
    for quad in store.quads_for_pattern(None, ox.NamedNode(RDFS + "subClassOf"), None, None):
        if isinstance(quad.object, ox.NamedNode) and isinstance(quad.subject, ox.NamedNode):
            above.setdefault(quad.object.value, []).append(quad.subject.value)

    def below(iri: str) -> list[str]:
        found = dict.fromkeys([iri])
        for one in list(found):
            _add(one, found)
        return list(found)

    def _add(iri: str, found: dict[str, None]) -> None:
        for sub in sorted(above.get(iri, [])):
            if sub not in found:
                found[sub] = None
                _add(sub, found)

    return below


class _Compiler:
    def __init__(self, shapes: Shapes, below: Callable[[str], Iterable[str]]) -> None:
        self.shapes, self.below = shapes, below

    def node_shape(self, shape: Term) -> Iterator[Check]:
        node = self.shapes[shape]
        targets = list(self._targets(shape, node))
        if not targets:
            return
        if SH + "path" in node:
            raise NotCompiled("a target on a property shape")
        for target in targets:
            yield from self._checks(shape, node, target, None)
            for inner in node.get(SH + "property", []):
                yield from self._property(inner, target)
            for inner in node.get(SH + "sparql", []):
                yield self._sparql(inner, shape, node, target)

    def _targets(self, shape: Term, node: Mapping[str, list[Term]]) -> Iterator[str]:
        for key, values in node.items():
            for value in values:
                if key == SH + "targetClass":
                    yield self._is_a("?this", value)
                elif key == SH + "targetSubjectsOf":
                    yield f"?this {value} ?any_ ."
                elif key == SH + "targetObjectsOf":
                    yield f"?any_ {value} ?this ."
                elif key == SH + "targetNode":
                    yield f"VALUES ?this {{ {value} }}"
                elif key == SH + "target":
                    raise NotCompiled("sh:target")
        kinds = {str(getattr(kind, "value", kind)) for kind in node.get(RDF + "type", [])}
        if kinds & {RDFS + "Class", "http://www.w3.org/2002/07/owl#Class"} and SH + "NodeShape" in kinds:
            yield self._is_a("?this", shape)

    def _is_a(self, variable: str, class_: Term) -> str:
        every = self._named(class_)
        if len(every) == 1:
            return f"{variable} a {every[0]} ."
        return f"VALUES ?class_ {{ {' '.join(every)} }} {variable} a ?class_ ."

    def _named(self, class_: Term) -> list[str]:
        if not isinstance(class_, ox.NamedNode):
            raise NotCompiled("a class without a name")
        return [f"<{iri}>" for iri in self.below(class_.value)]

    def _property(self, shape: Term, target: str) -> Iterator[Check]:
        node = self.shapes[shape]
        (path,) = node.get(SH + "path", [None])
        if not isinstance(path, ox.NamedNode):
            raise NotCompiled("a path of more than one property")
        if SH + "property" in node or SH + "sparql" in node:
            raise NotCompiled("a property shape within another")
        yield from self._checks(shape, node, target, path.value)

    def _checks(self, shape: Term, node: Mapping[str, list[Term]], target: str, path: str | None) -> Iterator[Check]:
        value, reach = ("?value", f"?this <{path}> ?value .") if path else ("?this", "")
        constraints = [(k, given) for k, values in node.items() if k not in _IGNORED for given in values]
        constraints = [(key.removeprefix(SH), given) for key, given in constraints if key.startswith(SH)]
        wrong = {(key, given): self._wrong(key, given, value, node) for key, given in constraints}
        # one look at the values of a path for all that is asked of them
        anything = " || ".join(test for test in wrong.values() if test)
        for key, given in constraints:
            test = wrong[key, given]
            if test:
                body, screen = f"{reach} FILTER({test})", ("value", f"FILTER({anything})", path or "")
            else:
                found = self._counted(key, given, target, path)
                if found is None:
                    continue
                body, screen = found
            chosen = "?value" if "?value" in body or path else "(?this AS ?value)"
            query = f"SELECT DISTINCT ?this ?path {chosen} WHERE {{ {target} {body} }}"
            # of what a relation leads from and to there is little, and it is looked up at once
            general = path is not None and "targetNode" not in target and "?any_" not in target
            yield replace(self._check(shape, node, SH + key, path, query), screen=screen if general else None)

    def _counted(self, key: str, given: Term, target: str, path: str | None) -> tuple[str, Screen] | None:
        """A constraint on how many values there are, or on two of them; None for one that nothing can breach."""
        number = given.value if isinstance(given, ox.Literal) else ""
        if path is None:
            raise NotCompiled(f"sh:{key} without a path")
        if key == "minCount" and number == "0":
            return None
        if key == "minCount" and number == "1":
            return f"FILTER NOT EXISTS {{ ?this <{path}> ?one_ }}", ("least", target, path)
        if key == "maxCount" and number == "1":
            body = f"?this <{path}> ?one_ , ?two_ . FILTER(!sameTerm(?one_, ?two_))"
            return body, ("most", target, path)
        if key == "lessThanOrEquals":
            body = f"?this <{path}> ?value ; {given} ?other_ . FILTER(!COALESCE(?value <= ?other_, false))"
            return body, ("pair", body, path)
        raise NotCompiled(f"sh:{key} {number}")

    def _wrong(self, key: str, given: Term, value: str, node: Mapping[str, list[Term]]) -> str | None:
        """What is true of a value that a constraint forbids; None for a constraint on more than a value."""
        if key in ("minCount", "maxCount", "lessThanOrEquals"):
            return None
        if key == "class":
            # from the value to its few types; VALUES would try every class on every value
            return f"!EXISTS {{ {value} a ?kind_ . FILTER(?kind_ IN ({', '.join(self._named(given))})) }}"
        if key == "nodeKind":
            kinds = {SH + "IRI": "isIRI", SH + "Literal": "isLiteral", SH + "BlankNode": "isBlank"}
            kind = kinds.get(str(getattr(given, "value", "")))
            if kind is None:
                raise NotCompiled("sh:nodeKind of two kinds")
            return f"!{kind}({value})"
        if key == "datatype":
            return f"!{_of_type(value, [given])}"
        if key in ("minInclusive", "maxInclusive"):
            return f"!COALESCE({value} {'>=' if key == 'minInclusive' else '<='} {given}, false)"
        if key == "pattern" and SH + "flags" not in node:
            return f"isBlank({value}) || !REGEX(STR({value}), {given})"
        if key == "or":
            return f"!{_of_type(value, self._datatypes(given))}"
        raise NotCompiled(f"sh:{key}")

    def _datatypes(self, rest: Term) -> list[Term]:
        """The datatypes of a list of shapes that ask for nothing else."""
        found = []
        while rest != ox.NamedNode(RDF + "nil"):
            if rest not in self.shapes:
                raise NotCompiled("a list that ends in nothing")
            (member,), (rest,) = self.shapes[rest][RDF + "first"], self.shapes[rest][RDF + "rest"]
            node = self.shapes.get(member, {})
            if {key for key in node if key.startswith(SH)} != {SH + "datatype"}:
                raise NotCompiled("sh:or of anything but datatypes")
            found += node[SH + "datatype"]
        return found

    def _sparql(self, constraint: Term, shape: Term, outer: Mapping[str, list[Term]], target: str) -> Check:
        node = self.shapes[constraint]
        (select,) = node.get(SH + "select", [None])
        head, where, body = select.value.partition("WHERE {") if isinstance(select, ox.Literal) else ("", "", "")
        if not where or SH + "prefixes" in node or "{" in head or "SELECT" in body.upper():
            raise NotCompiled("sh:sparql")
        query = f"SELECT DISTINCT ?this ?value ?path WHERE {{ {target} {body}"
        if "PATH" in body:  # of a property shape
            raise NotCompiled("sh:sparql on a path")
        merged = {**outer, **{key: node[key] for key in (SH + "message", SH + "severity") if key in node}}
        return self._check(shape, merged, SH + "sparql", None, query, source=constraint)

    def _check(
        self,
        shape: Term,
        node: Mapping[str, list[Term]],
        key: str,
        path: str | None,
        query: str,
        source: Term | None = None,
    ) -> Check:
        name = key.removeprefix(SH)
        component = f"{SH}{'SPARQL' if name == 'sparql' else name[0].upper() + name[1:]}ConstraintComponent"
        message = next((str(m.value) for m in node.get(SH + "message", []) if isinstance(m, ox.Literal)), "")
        severity = next((str(getattr(s, "value", "")) for s in node.get(SH + "severity", [])), SH + "Violation")
        named = source if source is not None else shape
        return Check(str(getattr(named, "value", named)), component, message, severity, path, about(node), query)


def about(shape: Mapping[str, list[Term]]) -> str | None:
    """The one property whose subjects a shape speaks of."""
    named = shape.get(SH + "targetSubjectsOf", [])
    return str(getattr(named[0], "value", "")) if len(named) == 1 else None


def _of_type(value: str, datatypes: Iterable[Term]) -> str:
    """An expression that is true of literals of one of the datatypes whose words mean something in it."""
    tests = []
    for datatype in datatypes:
        cast = f" && isLiteral({datatype}(STR({value})))" if getattr(datatype, "value", "") in _CAST else ""
        tests.append(f"COALESCE(datatype({value}) = {datatype}{cast}, false)")
    return f"({' || '.join(tests)})"
