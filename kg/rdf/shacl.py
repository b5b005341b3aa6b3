"""SHACL shapes compiled to SPARQL, which Oxigraph answers in a fraction of the time that a SHACL engine takes.

Compiled is the part of SHACL that the shapes of the vocabulary use: targets by class, node, subjects and objects of a
property; paths of one property; class, datatype, nodeKind, minCount, maxCount, minInclusive, maxInclusive, pattern,
lessThanOrEquals, ``sh:or`` of datatypes, and SPARQL constraints without nested groups in front. Anything else raises
`NotCompiled`, and pySHACL has to do it (`kg.rdf.validation`). The tests hold both against each other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
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
    """All breaches, sorted; the named graphs of the store count too."""
    found = set()
    census = Census(store)
    for check in checks:
        if check.screen is not None and census.clears(*check.screen):
            continue
        for row in census.ask(check.query):
            focus, path, value = row["this"], row["path"], row["value"]
            at = path.value if path is not None else check.path
            told = (check.shape, check.component, check.message, check.severity)
            found.add(Breach(*told, focus, at, value, check.about))
    return sorted(found, key=lambda breach: breach.order)


class Census:
    """Counts over a whole store, each taken once: most constraints are seen to hold without a look at each node."""

    def __init__(self, store: ox.Store) -> None:
        self.store = store
        self._counts: dict[str, dict[str, tuple[int, int]]] = {}
        self._sound: dict[str, bool] = {}

    def clears(self, kind: str, where: str, path: str) -> bool:
        """Whether nothing can breach: ``least`` or ``most`` one value of a path on all nodes of a target.

        ``value``: no value of the path, of whatever node, fits ``where``, a filter for what is wrong; ``pair``: no pair
        of values does.
        """
        if kind == "value":
            return self._empty(f"{{ SELECT DISTINCT ?value {{ ?any_ <{path}> ?value }} }} {where}")
        if kind == "pair":
            return self._empty(where)
        counts = self._of(where)
        rows, nodes = counts.get(path, (0, 0))
        return nodes == counts[""][0] if kind == "least" else rows == nodes

    def ask(self, query: str) -> Iterator[Any]:
        """The solutions of a query over all graphs."""
        found = self.store.query(query, use_default_graph_as_union=True)
        assert isinstance(found, ox.QuerySolutions)
        return found

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
        for key, values in node.items():
            if key in _IGNORED or not key.startswith(SH):
                continue
            for given in values:
                body = self._body(key.removeprefix(SH), given, value, reach, path, node)
                if body is None:
                    continue
                chosen = "?value" if "?value" in body else "(?this AS ?value)" if path is None else ""
                query = f"SELECT DISTINCT ?this ?path {chosen or '?value'} WHERE {{ {target} {body} }}"
                check = self._check(shape, node, key, path, query)
                yield replace(check, screen=_screen(key, target, body, reach, path))

    def _body(
        self, key: str, given: Term, value: str, reach: str, path: str | None, node: Mapping[str, list[Term]]
    ) -> str | None:
        """The part of a query that finds breaches of one constraint; None for one that nothing can breach."""
        number = given.value if isinstance(given, ox.Literal) else ""
        if key == "minCount" and path:
            if number == "0":
                return None
            if number == "1":
                return f"FILTER NOT EXISTS {{ ?this <{path}> ?one_ }}"
            raise NotCompiled("sh:minCount over 1")
        if key == "maxCount" and path:
            if number == "1":
                return f"?this <{path}> ?one_ , ?two_ . FILTER(!sameTerm(?one_, ?two_))"
            raise NotCompiled("sh:maxCount other than 1")
        if key == "class":
            # from the value to its few types; VALUES would try every class on every value
            test = f"?kind_ IN ({', '.join(self._named(given))})"
            return f"{reach} FILTER NOT EXISTS {{ {value} a ?kind_ . FILTER({test}) }}"
        if key == "nodeKind":
            kinds = {SH + "IRI": "isIRI", SH + "Literal": "isLiteral", SH + "BlankNode": "isBlank"}
            kind = kinds.get(str(getattr(given, "value", "")))
            if kind is None:
                raise NotCompiled("sh:nodeKind of two kinds")
            return f"{reach} FILTER(!{kind}({value}))"
        if key == "datatype":
            return f"{reach} FILTER(!{_of_type(value, [given])})"
        if key in ("minInclusive", "maxInclusive"):
            sign = ">=" if key == "minInclusive" else "<="
            return f"{reach} FILTER(!COALESCE({value} {sign} {given}, false))"
        if key == "pattern" and SH + "flags" not in node:
            return f"{reach} FILTER(isBlank({value}) || !REGEX(STR({value}), {given}))"
        if key == "lessThanOrEquals" and path:
            return f"?this <{path}> ?value ; {given} ?other_ . FILTER(!COALESCE(?value <= ?other_, false))"
        if key == "or":
            return f"{reach} FILTER(!{_of_type(value, self._datatypes(given))})"
        raise NotCompiled(f"sh:{key}")

    def _datatypes(self, rest: Term) -> list[Term]:
        """The datatypes of a list of shapes that ask for nothing else."""
        found = []
        while rest != ox.NamedNode(RDF + "nil"):
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


def _screen(key: str, target: str, body: str, reach: str, path: str | None) -> Screen | None:
    if path is None or "targetNode" in target or "?any_" in target:
        return None  # of what a relation leads from and to there is little, and it is looked up at once
    if key in (SH + "minCount", SH + "maxCount"):
        return ("least" if key == SH + "minCount" else "most", target, path)
    if "?other_" in body:
        return ("pair", body, path)
    return ("value", body.removeprefix(reach), path)


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
