"""The graph as Turtle, N-Quads or an rdflib graph: sorted, no blank nodes, the same bytes for the same knowledge."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path

import pyoxigraph as ox
import rdflib

from kg.errors import OutputError
from kg.graph import KnowledgeGraph
from kg.rdf.iris import BASE, Iris
from kg.rdf.nodes import Node, nodes, own_of, plain
from kg.rdf.terms import node, prefixes

BATCH = 2000
"""Nodes serialised at once: the writer's memory does not grow with the graph."""


def turtle(graph: KnowledgeGraph, base: str = BASE) -> Iterator[bytes]:
    """The graph as Turtle, in pieces. Raises UsageError for a bad base, ValueError for an unknown relation."""
    iris = Iris(base)
    names = prefixes(iris.base)
    # Oxigraph writes the prefixes in an order of its own that changes from run to run, so they are written here
    yield "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in names.items()).encode()
    stream = nodes(graph, iris)
    while batch := list(islice(stream, BATCH)):
        written = ox.serialize(_triples(batch), format=ox.RdfFormat.TURTLE, prefixes=names)
        assert written is not None
        body = b"".join(line for line in written.splitlines(keepends=True) if not line.startswith(b"@prefix"))
        # a full stop at the end of a line ends a subject: line ends inside literals are escaped
        yield b"\n" + body.rstrip(b"\n").replace(b" .\n", b" .\n\n") + b"\n"


def nquads(graph: KnowledgeGraph, base: str = BASE) -> Iterator[bytes]:
    """The same knowledge as N-Quads, in pieces, with a named graph for each document.

    What a document alone says (its sentences, mentions, claims and the plain facts it states) lies in the graph named
    by its IRI; entities, statements and all plain facts in the default graph.
    """
    iris = Iris(base)
    stream = _quads(graph, iris)
    while batch := list(islice(stream, 10 * BATCH)):
        written = ox.serialize(batch, format=ox.RdfFormat.N_QUADS)
        assert written is not None
        yield written


def to_rdflib(graph: KnowledgeGraph, base: str = BASE) -> rdflib.Graph:
    """The graph as rdflib holds it, prefixes bound; the same triples as `turtle`."""
    iris = Iris(base)
    found = rdflib.Graph()
    for name, iri in prefixes(iris.base).items():
        found.bind(name, iri, override=True, replace=True)
    for one in nodes(graph, iris):
        for predicate, goal in one.pairs:
            found.add((rdflib.URIRef(one.subject.value), rdflib.URIRef(predicate.value), _rdflib_term(goal)))
    return found


def write_turtle(graph: KnowledgeGraph, path: Path, base: str = BASE) -> None:
    """Write graph.ttl in one step: a reader sees the old file or the new one. Raises `OutputError`."""
    write_pieces(turtle(graph, base), path)


def write_quads(graph: KnowledgeGraph, path: Path, base: str = BASE) -> None:
    """Write graph.nq in one step. Raises `OutputError`."""
    write_pieces(nquads(graph, base), path)


def _triples(found: Iterator[Node] | list[Node]) -> Iterator[ox.Triple]:
    for one in found:
        for predicate, goal in one.pairs:
            yield ox.Triple(one.subject, predicate, goal)


def _quads(graph: KnowledgeGraph, iris: Iris) -> Iterator[ox.Quad]:
    default = ox.DefaultGraph()
    for one in nodes(graph, iris):
        place = default if one.document is None else node(iris.document(one.document))
        for predicate, goal in one.pairs:
            yield ox.Quad(one.subject, predicate, goal, place)
    own = own_of(graph)
    for statement in graph.statements:
        subject = node(iris.entity(statement.subject))
        for predicate, goal in plain(statement, iris, own):
            for document in sorted({document for document, _ in statement.claims}):
                yield ox.Quad(subject, predicate, goal, node(iris.document(document)))


def _rdflib_term(term: object) -> rdflib.term.Node:
    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    assert isinstance(term, ox.Literal)
    # normalize=False: rdflib would rewrite 0.930, and 2023-07 as a whole date
    if term.datatype.value == rdflib.XSD.string.toPython():
        return rdflib.Literal(term.value)
    return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value), normalize=False)


def write_pieces(pieces: Iterator[bytes], path: Path) -> None:
    """Write a file in one step: a reader sees the old one or the new one. Raises `OutputError`."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "wb") as file:
                for piece in pieces:
                    file.write(piece)
                file.flush()
                os.fsync(file.fileno())
            os.chmod(name, 0o666 & ~_umask())
            os.replace(name, path)
        except BaseException:
            with suppress(FileNotFoundError):
                os.unlink(name)
            raise
    except OSError as error:
        raise OutputError(
            f"cannot be written: {error.strerror or error}",
            where=str(path),
            remedy="Free some space or choose another folder with -o.",
        ) from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
