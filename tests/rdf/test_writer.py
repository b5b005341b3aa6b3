from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.namespace import OWL, PROV, RDF, RDFS, SKOS

from kg.errors import OutputError
from kg.graph import KnowledgeGraph
from kg.ontology.vocabulary import KG, OPEN, XSD
from kg.rdf.writer import nquads, to_rdflib, turtle, write_quads, write_turtle
from tests.graphs import BRIGADE, ESSEL, GAZETTE, KESTREL, LINES, QUIST, SIEGE, TAVLEN, VARNHOLM, Thing, small

GOLDEN = Path(__file__).parents[1] / "golden" / "small.ttl"
NS = rdflib.Namespace(KG)


def entity(thing: Thing) -> rdflib.URIRef:
    return rdflib.URIRef(f"https://w3id.org/newskg/id/entity/{thing.id}")


@pytest.fixture(scope="module")
def graph() -> rdflib.Graph:
    return rdflib.Graph().parse(data=b"".join(turtle(small())), format="turtle")


def test_golden_file() -> None:
    """Made again by ``python -m tests.rdf.golden`` when the format changes on purpose."""
    assert b"".join(turtle(small())).decode() == GOLDEN.read_text(encoding="utf-8")


def test_the_bytes_depend_on_the_knowledge_alone() -> None:
    code = (
        "import sys; from tests.graphs import small; from kg.rdf.writer import turtle, nquads;"
        "sys.stdout.buffer.write(b''.join([*turtle(small()), *nquads(small())]))"
    )
    root = Path(__file__).parents[2]
    found = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=root,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(root)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert found == {b"".join([*turtle(small()), *nquads(small())])}


def test_an_entity(graph: rdflib.Graph) -> None:
    node = entity(BRIGADE)
    assert set(graph.objects(node, RDF.type)) == {NS.Organization, NS.MilitaryUnit}
    assert list(graph.objects(node, RDFS.label)) == [rdflib.Literal("Third River Brigade")]
    assert list(graph.objects(node, SKOS.altLabel)) == [rdflib.Literal("River Brigade")]
    assert graph.value(node, NS.documents) == rdflib.Literal(2)


def test_a_fact_has_its_plain_triple_and_its_statement(graph: rdflib.Graph) -> None:
    assert (entity(TAVLEN), NS.commands, entity(BRIGADE)) in graph
    statement = graph.value(None, RDF.predicate, NS.commands)
    assert statement is not None
    assert graph.value(statement, NS.documents) == rdflib.Literal(2)
    assert graph.value(statement, NS.confidence).n3() == f'"0.9"^^<{XSD}decimal>'
    assert graph.value(statement, NS.start).datatype == rdflib.URIRef(XSD + "gYearMonth")
    assert len(list(graph.subjects(NS.states, statement))) == 2
    sentences = [str(graph.value(e, PROV.value)) for e in graph.objects(statement, PROV.wasDerivedFrom)]
    assert sorted(sentences) == [
        "Colonel Tavlen has commanded the Third River Brigade since May.",
        "Mira Tavlen commands the River Brigade.",
    ]


def test_evidence_says_where_it_stands(graph: rdflib.Graph) -> None:
    nif = rdflib.Namespace("http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#")
    document = rdflib.URIRef(f"https://w3id.org/newskg/id/document/{GAZETTE.document.id}")
    sentences = set(graph.subjects(NS.document, document)) & set(graph.subjects(RDF.type, NS.Evidence))
    assert len(sentences) == 6
    for evidence in sentences:
        start, end = (int(str(graph.value(evidence, key))) for key in (nif.beginIndex, nif.endIndex))
        assert str(evidence) == f"{document}#char={start},{end}"
        assert str(graph.value(evidence, PROV.value)) == GAZETTE.text[start:end]
        assert graph.value(evidence, nif.referenceContext) == document


@pytest.mark.parametrize(
    ("subject", "predicate", "polarity", "modality"),
    [
        (TAVLEN, NS.visited, NS.Negated, NS.Fact),
        (QUIST, NS.visited, NS.Asserted, NS.Planned),
        (KESTREL, NS.attacked, NS.Asserted, NS.Fact),
    ],
)
def test_a_denial_a_plan_and_a_mere_claim_are_no_facts(
    graph: rdflib.Graph, subject: Thing, predicate: rdflib.URIRef, polarity: rdflib.URIRef, modality: rdflib.URIRef
) -> None:
    assert (entity(subject), predicate, entity(ESSEL)) not in graph
    (statement,) = set(graph.subjects(RDF.subject, entity(subject))) & set(graph.subjects(RDF.predicate, predicate))
    assert graph.value(statement, NS.polarity) == polarity
    assert graph.value(statement, NS.modality) == modality
    said_by = graph.value(statement, NS.attributedTo)
    assert said_by == (entity(QUIST) if subject is KESTREL else None)


def test_a_literal_keeps_its_precision(graph: rdflib.Graph) -> None:
    value = graph.value(entity(SIEGE), NS.startedOn)
    assert value is not None
    assert value.n3() == f'"2031-06"^^<{XSD}gYearMonth>'


def test_an_open_relation_has_a_safe_name_and_a_label(graph: rdflib.Graph) -> None:
    predicate = rdflib.URIRef(OPEN + "payTributeTo")
    assert (entity(LINES), predicate, entity(VARNHOLM)) in graph
    assert list(graph.objects(predicate, RDFS.label)) == [rdflib.Literal("pay tribute to")]


def with_relation(name: str) -> KnowledgeGraph:
    graph = small()
    (chosen,) = [s for s in graph.statements if s.relation == "ownedBy"]
    return replace(graph, statements=(replace(chosen, relation=name),))


def test_an_added_relation_brings_the_wider_one_with_it() -> None:
    graph = to_rdflib(with_relation("series"))
    assert (NS.series, RDFS.subPropertyOf, NS.partOf) in graph
    assert (NS.series, RDF.type, OWL.ObjectProperty) in graph
    (subject,) = graph.subjects(NS.series, None)
    assert graph.value(subject, NS.partOf) == graph.value(subject, NS.series)


def test_a_core_relation_stands_alone() -> None:
    graph = to_rdflib(with_relation("author"))
    assert (NS.author, RDFS.subPropertyOf, NS.creator) in graph
    assert not list(graph.subjects(NS.creator, None))


def test_only_entities_and_relations_are_labelled(graph: rdflib.Graph) -> None:
    others = {NS.Statement, NS.Claim, NS.Evidence, NS.Mention, NS.Document}
    for node in graph.subjects(RDFS.label):
        assert not others & set(graph.objects(node, RDF.type))


def test_quads_name_the_document_of_every_sentence() -> None:
    quads = list(ox.parse(b"".join(nquads(small())), format=ox.RdfFormat.N_QUADS))
    named = {q.graph_name.value for q in quads if isinstance(q.graph_name, ox.NamedNode)}
    assert named == {f"https://w3id.org/newskg/id/document/{d.id}" for d in small().documents}
    commands = [q for q in quads if q.predicate.value == KG + "commands"]
    assert len(commands) == 3, "in the default graph and in both documents'"


def test_a_file_is_replaced_in_one_step(tmp_path: Path) -> None:
    path = tmp_path / "new" / "graph.ttl"
    write_turtle(small(), path)
    before = path.read_bytes()
    with pytest.raises(ValueError, match="neither a relation"):
        write_turtle(with_relation("no such relation"), path)
    assert path.read_bytes() == before
    assert [p.name for p in path.parent.iterdir()] == ["graph.ttl"], "no half-written file stays behind"


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match=r"KG400 .*graph.nq"):
        write_quads(small(), tmp_path / "file" / "graph.nq")
