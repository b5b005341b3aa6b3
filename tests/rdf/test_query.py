from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from kg.errors import BrokenGraph, NoGraph, QuerySyntax, UnknownFormat
from kg.rdf.query import open_store, question, run_query, store_of
from kg.rdf.writer import write_turtle
from tests.graphs import TAVLEN, small

NAMES = "SELECT ?name ?start { ?s a kg:Statement ; rdf:predicate kg:commands ; rdf:subject/rdfs:label ?name . %s }"


@pytest.fixture(scope="module")
def store() -> ox.Store:
    return store_of(small())


def test_a_table(store: ox.Store) -> None:
    found = run_query(store, NAMES % "OPTIONAL { ?s kg:start ?start }")
    assert found.columns == ("name", "start")
    assert found.cells() == [[TAVLEN.name, "2030-05"]]
    assert list(csv.reader(io.StringIO(found.to_csv()))) == [["name", "start"], [TAVLEN.name, "2030-05"]]
    bindings = json.loads(found.to_json())["results"]["bindings"]
    assert bindings[0]["start"]["datatype"].endswith("#gYearMonth")
    with pytest.raises(UnknownFormat, match="KG102"):
        found.to_turtle()


def test_an_unbound_cell_is_empty(store: ox.Store) -> None:
    found = run_query(store, NAMES % "OPTIONAL { ?s kg:end ?start }")
    assert found.rows == ((ox.Literal(TAVLEN.name), None),)
    assert found.cells() == [[TAVLEN.name, ""]]


def test_a_table_without_rows(store: ox.Store) -> None:
    found = run_query(store, "SELECT ?x { ?x a kg:Nothing }")
    assert found.rows == ()
    assert not found.is_graph
    assert found.to_csv().strip() == "x"


@pytest.mark.parametrize(("relation", "expected"), [("kg:commands", "true"), ("kg:borders", "false")])
def test_yes_or_no(store: ox.Store, relation: str, expected: str) -> None:
    found = run_query(store, f"ASK {{ ?s {relation} ?o }}")
    assert found.cells() == [[expected]]
    assert found.to_csv().strip() == expected
    assert json.loads(found.to_json())["boolean"] is (expected == "true")


def test_a_graph_in_three_forms(store: ox.Store) -> None:
    found = run_query(store, "CONSTRUCT { ?o kg:hasPart ?s } WHERE { ?s kg:partOf|kg:subordinateTo ?o }")
    assert len(found.triples) == 2
    assert len(rdflib.Graph().parse(data=found.to_turtle(), format="turtle")) == 2
    assert found.to_csv().splitlines()[0] == "subject,predicate,object"
    assert len(json.loads(found.to_json())["results"]["bindings"]) == 2
    assert [row[1] for row in found.cells()] == ["kg:hasPart", "kg:hasPart"]
    assert (
        found.to_turtle()
        == run_query(store, "CONSTRUCT { ?o kg:hasPart ?s } { ?s kg:partOf|kg:subordinateTo ?o }").to_turtle()
    )


def test_an_empty_graph(store: ox.Store) -> None:
    found = run_query(store, "CONSTRUCT WHERE { ?s kg:borders ?o }")
    assert found.is_graph
    assert found.cells() == []
    assert found.to_csv().strip() == "subject,predicate,object"


def test_the_vocabulary_lies_apart(store: ox.Store) -> None:
    assert run_query(store, "ASK { kg:borders rdfs:comment ?c }").boolean is False
    asked = "ASK { GRAPH <https://w3id.org/newskg/ontology> { kg:borders rdfs:comment ?c } }"
    assert run_query(store, asked).boolean is True


def test_a_mistake_is_named_with_its_line(store: ox.Store) -> None:
    with pytest.raises(QuerySyntax, match=r"KG104 x\.rq: line 3, column \d+: .* in: ORDER BIE") as caught:
        run_query(store, "SELECT ?x\n{ ?x a kg:Person }\nORDER BIE ?x", where="x.rq")
    assert len(str(caught.value)) < 300


def test_an_undeclared_prefix_is_named(store: ox.Store) -> None:
    with pytest.raises(QuerySyntax, match=r"undeclared prefix.* foo:bar"):
        run_query(store, "SELECT ?x { ?x a foo:bar }")


def test_an_update_is_refused(store: ox.Store) -> None:
    with pytest.raises(QuerySyntax):
        run_query(store, "DELETE WHERE { ?s ?p ?o }")


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * {\nservice silent ?x { ?s ?p ?o } }",
        "SELECT * { \\u0053ERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        'SELECT * { ?s ?p "#" . SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }',
        'SELECT * { ?s ?p """a"b""" . SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }',
        "SELECT * { ?s kg:a\\#b ?o . SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { ?s <http://a/#b> ?o . SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p 1SERVICE<http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p trueSERVICE<http://127.0.0.1:9/> { ?s ?p ?o } }",
        "PREFIX : <http://127.0.0.1:9/> SELECT * { SERVICE:x { ?s ?p ?o } }",
        "SELECT * { # a\rSERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        'SELECT * { ?s ?p "\\\\" . SERVICE <http://127.0.0.1:9/> { ?s ?p "" } }',
        'SELECT * { ?s ?p """\\\\""" . SERVICE <http://127.0.0.1:9/> { ?s ?p """""" } }',
    ],
)
def test_no_query_goes_to_the_network(store: ox.Store, query: str) -> None:
    with pytest.raises(QuerySyntax, match=r"line \d: SERVICE asks another server"):
        run_query(store, query)


@pytest.mark.parametrize(
    "query",
    [
        'SELECT ?service { ?service rdfs:label "SERVICE" } # SERVICE',
        "SELECT ?x { ?x a <http://example.org/SERVICE> ; kg:service $service , '''SERVICE''' }",
    ],
)
def test_the_word_itself_is_harmless(store: ox.Store, query: str) -> None:
    assert run_query(store, query).rows == ()


def test_a_file_is_opened(tmp_path: Path) -> None:
    write_turtle(small(), tmp_path / "graph.ttl")
    store = open_store(tmp_path / "graph.ttl")
    assert run_query(store, NAMES % "").cells() == [[TAVLEN.name, ""]]


def test_a_missing_file_and_a_damaged_one_are_named(tmp_path: Path) -> None:
    with pytest.raises(NoGraph, match="KG203"):
        open_store(tmp_path / "graph.ttl")
    (tmp_path / "graph.ttl").write_bytes(b"\xff\xfe nonsense")
    with pytest.raises(BrokenGraph, match="KG204"):
        open_store(tmp_path / "graph.ttl")


@pytest.mark.parametrize(
    ("query", "expected"),
    [("# Who?\nSELECT", "Who?"), ("SELECT # no", ""), ("", ""), ("\ufeff## Why, though?\n", "Why, though?")],
)
def test_question(query: str, expected: str) -> None:
    assert question(query) == expected
