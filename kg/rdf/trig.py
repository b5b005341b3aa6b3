"""The graph as TriG: Turtle with a named graph for each document, as in N-Quads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import pyoxigraph as ox

from kg.graph import KnowledgeGraph
from kg.rdf.iris import BASE, Iris
from kg.rdf.nodes import Node, nodes, own_of, plain
from kg.rdf.terms import node, prefixes
from kg.rdf.writer import BATCH, write_pieces


def trig(graph: KnowledgeGraph, base: str = BASE) -> Iterator[bytes]:
    """The quads of `kg.rdf.writer.nquads` as TriG, in pieces: what holds for all documents first, then each of them."""
    iris = Iris(base)
    names = prefixes(iris.base)
    yield "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in names.items()).encode()
    of_document: dict[str, list[Node]] = defaultdict(list)
    common: list[Node] = []
    for one in nodes(graph, iris):
        (common if one.document is None else of_document[one.document]).append(one)
    stream = iter(common)
    while batch := list(islice(stream, BATCH)):
        yield b"\n" + _body(_quads(batch, ox.DefaultGraph()), names)
    facts: dict[str, set[ox.Quad]] = defaultdict(set)
    own = own_of(graph)
    for statement in graph.statements:
        subject = node(iris.entity(statement.subject))
        for predicate, goal in plain(statement, iris, own):
            for id, _ in statement.claims:
                facts[id].add(ox.Quad(subject, predicate, goal, node(iris.document(id))))
    for document in graph.documents:
        held = _quads(of_document[document.id], node(iris.document(document.id)))
        yield b"\n" + _body([*sorted(facts[document.id], key=str), *held], names)


def write_trig(graph: KnowledgeGraph, path: Path, base: str = BASE) -> None:
    """Write graph.trig in one step. Raises `OutputError`."""
    write_pieces(trig(graph, base), path)


def _quads(found: Iterable[Node], place: ox.NamedNode | ox.DefaultGraph) -> Iterator[ox.Quad]:
    for one in found:
        for predicate, goal in one.pairs:
            yield ox.Quad(one.subject, predicate, goal, place)


def _body(found: Iterable[ox.Quad], names: dict[str, str]) -> bytes:
    """Without its prefixes, which Oxigraph writes in an order that changes from run to run."""
    written = ox.serialize(found, format=ox.RdfFormat.TRIG, prefixes=names)
    assert written is not None
    return b"".join(line for line in written.splitlines(keepends=True) if not line.startswith(b"@prefix"))
