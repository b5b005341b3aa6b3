import csv
from dataclasses import replace
from pathlib import Path

import igraph
import networkx as nx
import pytest
from hypothesis import HealthCheck, given, settings

from kg.errors import OutputError, UnknownFormat
from kg.exports import EXPORTS, export
from kg.exports.csv import write_csv
from kg.exports.files import one_line
from kg.exports.graphml import write_graphml
from kg.graph import KnowledgeGraph
from tests.graphs import QUIST, SIEGE, TAVLEN, graphs, small

WILD = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def between(graph: KnowledgeGraph) -> set[tuple[str, str | None, str]]:
    return {(s.subject, s.object, s.id) for s in graph.statements if s.object is not None}


def test_csv_has_a_row_for_every_entity_and_statement(tmp_path: Path) -> None:
    write_csv(small(), tmp_path)
    nodes, edges = rows(tmp_path / "nodes.csv"), rows(tmp_path / "edges.csv")
    assert [n["id"] for n in nodes] == [e.id for e in small().entities]
    assert [e["id"] for e in edges] == [s.id for s in small().statements]
    (tavlen,) = (n for n in nodes if n["id"] == TAVLEN.id)
    assert (tavlen["name"], tavlen["mentions"], tavlen["degree"]) == ("Mira Tavlen", "4", "3")
    (siege,) = (e for e in edges if e["relation"] == "startedOn")
    assert (siege["source"], siege["target"], siege["object"], siege["datatype"]) == (
        SIEGE.id,
        "",
        "2031-06",
        "gYearMonth",
    )
    (attack,) = (e for e in edges if e["relation"] == "attacked")
    assert (attack["plain"], attack["marks"], attack["claimed_by"]) == ("false", "claimed", QUIST.name)
    assert (attack["document"], attack["published"]) == ("gazette-17.txt", "2031-03-14")


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r\n=1", "  =1", "＝1"])
def test_no_cell_is_a_formula(tmp_path: Path, name: str) -> None:
    graph = small()
    entities = tuple(replace(e, name=name, names=(name,)) for e in graph.entities)
    write_csv(replace(graph, entities=entities), tmp_path)
    for row in (*rows(tmp_path / "nodes.csv"), *rows(tmp_path / "edges.csv")):
        assert not any(cell.strip()[:1] in set("=+-@＝") for cell in row.values() if cell)
    assert rows(tmp_path / "nodes.csv")[0]["name"] == "'" + name.strip()


@WILD
@given(graph=graphs())
def test_csv_of_any_graph_reads_back(graph: KnowledgeGraph, tmp_path: Path) -> None:
    write_csv(graph, tmp_path)
    found = {n["id"]: n["name"].removeprefix("'") for n in rows(tmp_path / "nodes.csv")}
    assert found == {e.id: one_line(e.name).removeprefix("'") for e in graph.entities}
    assert len(rows(tmp_path / "edges.csv")) == len(graph.statements)


def test_graphml_is_read_by_networkx_and_igraph(tmp_path: Path) -> None:
    path = tmp_path / "graph.graphml"
    write_graphml(small(), path)
    read = nx.read_graphml(path, force_multigraph=True, edge_key_type=str)
    assert set(read.edges(keys=True)) == between(small())
    assert read.nodes[TAVLEN.id]["names"] == "Mira Tavlen | Colonel Tavlen | Tavlen"
    (denied,) = (d for _, _, d in read.edges(data=True) if d["polarity"] == "negated")
    assert denied["plain"] is False
    assert denied["documents"] == 1
    other = igraph.Graph.Read_GraphML(str(path))
    assert (other.vcount(), other.ecount()) == (len(small().entities), len(between(small())))
    assert sorted(other.es["relation"]) == sorted(s.relation for s in small().statements if s.object)


@WILD
@given(graph=graphs())
def test_graphml_of_any_graph_reads_back(graph: KnowledgeGraph, tmp_path: Path) -> None:
    path = tmp_path / "graph.graphml"
    write_graphml(graph, path)
    read = nx.read_graphml(path, force_multigraph=True, edge_key_type=str)
    assert set(read) == {e.id for e in graph.entities}
    assert set(read.edges(keys=True)) == between(graph)
    for entity in graph.entities:
        assert (read.nodes[entity.id]["label"] or "") == one_line(entity.name)


@pytest.mark.parametrize("to", sorted(EXPORTS))
def test_every_format_is_written_whole_twice_the_same_or_not_at_all(tmp_path: Path, to: str) -> None:
    def content(path: Path) -> list[bytes]:
        files = sorted(path.iterdir()) if path.is_dir() else [path]
        return [file.read_bytes() for file in files]

    for name in ("one", "two"):
        export(small(), to, tmp_path / "deep" / name)
    assert content(tmp_path / "deep" / "one") == content(tmp_path / "deep" / "two") != [b""]
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OutputError, match="KG400"):
        export(small(), to, tmp_path / "file" / "below")


def test_an_unknown_format_is_named_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(UnknownFormat, match=r"KG102 tiff.*gexf"):
        export(small(), "tiff", tmp_path / "x")
    export(small(), ".GEXF", tmp_path / "x")
    assert (tmp_path / "x").exists()
