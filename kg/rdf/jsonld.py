"""The graph as JSON-LD 1.1, with the published context in it, so that a reader needs no network."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.graph import KnowledgeGraph
from kg.ontology.source import RDF, XSD
from kg.rdf.iris import BASE, Iris
from kg.rdf.nodes import Node, nodes
from kg.rdf.writer import write_pieces

_KINDS = (("claims", "claim"), ("entities", "entity"), ("statements", "statement"))
_SAFE = re.compile(r"[0-9A-Za-z_.-]+")


@cache
def _published() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((files("kg.ontology") / "context.jsonld").read_text("utf-8"))
    return found


@cache
def _terms() -> tuple[dict[str, str], frozenset[str]]:
    """Term by IRI, and the terms whose strings are IRIs."""
    named, references = {}, set()
    for term, meant in _published()["@context"].items():
        iri = meant["@id"] if isinstance(meant, dict) else meant
        if isinstance(meant, dict):
            references.add(term)
        if isinstance(iri, str) and not iri.startswith("@"):
            named[iri] = term
    return named, frozenset(references)


def jsonld(graph: KnowledgeGraph, base: str = BASE) -> Iterator[bytes]:
    """The triples of ``graph.ttl`` as JSON-LD, in pieces: a node a line."""
    iris = Iris(base)
    # no singular, as in Turtle: kg:entity is a term of its own
    own = {name: f"{iris.base}{kind}/" for name, kind in _KINDS}
    context = {**_published()["@context"], **own}
    yield f'{{"@context": {json.dumps(context, ensure_ascii=False)},\n"@graph": ['.encode()
    first = True
    for one in nodes(graph, iris):
        yield ("\n" if first else ",\n").encode() + json.dumps(_node(one, own), ensure_ascii=False).encode()
        first = False
    yield b"\n]}\n"


def write_jsonld(graph: KnowledgeGraph, path: Path, base: str = BASE) -> None:
    """Write graph.jsonld in one step. Raises `OutputError`."""
    write_pieces(jsonld(graph, base), path)


def _node(one: Node, own: dict[str, str]) -> dict[str, object]:
    named, references = _terms()
    said: dict[str, list[object]] = {"@id": [_short(one.subject.value, own)]}
    for predicate, goal in one.pairs:
        if predicate.value == RDF + "type" and isinstance(goal, ox.NamedNode):
            said.setdefault("@type", []).append(named.get(goal.value, goal.value))
            continue
        term = named.get(predicate.value, predicate.value)
        value: object
        if isinstance(goal, ox.NamedNode):
            iri = _short(goal.value, own)
            value = iri if term in references else {"@id": iri}
        elif goal.datatype.value != XSD + "string":
            value = {"@value": goal.value, "@type": goal.datatype.value.replace(XSD, "xsd:")}
        else:
            value = {"@value": goal.value} if term in references else goal.value
        said.setdefault(term, []).append(value)
    return {key: values[0] if len(values) == 1 else values for key, values in said.items()}


def _short(iri: str, own: dict[str, str]) -> str:
    for name, base in own.items():
        rest = iri.removeprefix(base)
        if rest != iri and _SAFE.fullmatch(rest):
            return f"{name}:{rest}"
    return iri
