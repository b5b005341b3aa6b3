"""Written and read again, by our reader and by two others: nothing is lost, nothing is added."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import HealthCheck, given, settings
from rdflib.compare import to_isomorphic
from rdflib.namespace import RDF, RDFS

from kg.errors import BrokenGraph, NoGraph
from kg.graph import KnowledgeGraph
from kg.ontology.vocabulary import KG
from kg.rdf.reader import read_graph
from kg.rdf.terms import clean
from kg.rdf.writer import nquads, to_rdflib, turtle, write_turtle
from kg.records import claim_order
from tests.graphs import graphs, many_names, small

GRAPHS = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def cleaned(record: Any) -> Any:
    """The record with every text as a file can hold it."""
    if isinstance(record, str):
        return clean(record)
    if isinstance(record, tuple):
        return tuple(cleaned(part) for part in record)
    if is_dataclass(record) and not isinstance(record, type):
        return replace(record, **{f.name: cleaned(getattr(record, f.name)) for f in fields(record)})
    return record


def as_read(graph: KnowledgeGraph) -> KnowledgeGraph:
    """What should come back: clean texts, sets of names and claims, documents without their text."""
    documents = [cleaned(replace(d, digest=d.sha256, text="")) for d in graph.documents]
    entities = [replace(e, names=tuple(sorted(set(e.names)))) for e in cleaned(graph.entities)]
    statements = [replace(s, claims=tuple(sorted(set(s.claims), key=claim_order))) for s in cleaned(graph.statements)]
    return KnowledgeGraph(tuple(entities), tuple(statements), tuple(documents))


def written(graph: KnowledgeGraph) -> bytes:
    return b"".join(turtle(graph))


@GRAPHS
@given(graphs())
def test_read_graph_gives_back_what_was_written(
    tmp_path_factory: pytest.TempPathFactory, graph: KnowledgeGraph
) -> None:
    path = tmp_path_factory.getbasetemp() / "round-trip.ttl"
    write_turtle(graph, path)
    assert read_graph(path) == as_read(graph)


@GRAPHS
@given(graphs())
def test_rdflib_reads_the_same_triples(graph: KnowledgeGraph) -> None:
    parsed = rdflib.Graph().parse(data=written(graph), format="turtle")
    assert {t.n3() for triple in parsed for t in triple} == {t.n3() for triple in to_rdflib(graph) for t in triple}
    assert len(parsed) == len(to_rdflib(graph))


@GRAPHS
@given(graphs())
def test_no_blank_nodes_and_no_denial_as_a_fact(graph: KnowledgeGraph) -> None:
    found = to_rdflib(graph)
    assert not any(isinstance(term, rdflib.BNode) for triple in found for term in triple)
    plain = {(s.subject, s.relation, s.object or s.value) for s in graph.statements if s.plain}
    entities = set(found.subjects(rdflib.URIRef(KG + "mentions")))
    kinds = {RDF.type, RDFS.label, rdflib.SKOS.altLabel, *(rdflib.URIRef(KG + n) for n in ("mentions", "documents"))}
    stated = {(s, o) for s in entities for p, o in found.predicate_objects(s) if p not in kinds}
    assert len(stated) <= len(plain)
    assert bool(stated) == bool(plain)


@GRAPHS
@given(graphs())
def test_quads_hold_the_same_triples(graph: KnowledgeGraph) -> None:
    quads = list(ox.parse(b"".join(nquads(graph)), format=ox.RdfFormat.N_QUADS))
    triples = set(ox.parse(written(graph), format=ox.RdfFormat.TURTLE))
    assert {str(quad.triple) for quad in quads} == {str(triple.triple) for triple in triples}


def test_small_graph_comes_back(tmp_path: Path) -> None:
    write_turtle(small(), tmp_path / "graph.ttl")
    assert read_graph(tmp_path / "graph.ttl") == as_read(small())
    write_turtle(read_graph(tmp_path / "graph.ttl"), tmp_path / "again.ttl")
    assert (tmp_path / "again.ttl").read_bytes() == (tmp_path / "graph.ttl").read_bytes()


def test_ten_thousand_names(tmp_path: Path) -> None:
    write_turtle(many_names(10_000), tmp_path / "graph.ttl")
    entity = read_graph(tmp_path / "graph.ttl").entities[0]
    assert len(entity.names) == 10_000


def test_another_base_comes_back_as_the_same_graph(tmp_path: Path) -> None:
    write_turtle(small(), tmp_path / "graph.ttl", "https://example.org/archive")
    assert b"<https://example.org/archive/document/" in (tmp_path / "graph.ttl").read_bytes()
    assert read_graph(tmp_path / "graph.ttl") == as_read(small())


def test_rdflib_graph_equals_the_file() -> None:
    parsed = rdflib.Graph().parse(data=written(small()), format="turtle")
    assert to_isomorphic(parsed) == to_isomorphic(to_rdflib(small()))


def test_a_missing_file_and_a_damaged_one_are_named(tmp_path: Path) -> None:
    with pytest.raises(NoGraph, match=r"KG203 .*graph.ttl"):
        read_graph(tmp_path / "graph.ttl")
    (tmp_path / "graph.ttl").write_text("this is no Turtle")
    with pytest.raises(BrokenGraph, match=r"KG204 .*graph.ttl"):
        read_graph(tmp_path / "graph.ttl")


def test_a_file_that_lacks_something_is_broken(tmp_path: Path) -> None:
    whole = written(small()).decode()
    lines = [line for line in whole.splitlines() if "kg:confidence" not in line]
    (tmp_path / "graph.ttl").write_text("\n".join(lines))
    with pytest.raises(BrokenGraph, match="confidence"):
        read_graph(tmp_path / "graph.ttl")
