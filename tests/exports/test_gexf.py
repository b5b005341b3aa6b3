from collections import Counter
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import networkx as nx
import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree

from kg.errors import OutputError
from kg.exports.files import one_line
from kg.exports.gexf import write_gexf
from kg.graph import KnowledgeGraph
from kg.network import picture_of
from kg.records import TimeSpan
from kg.resolution import resolve
from tests.graphs import BRIGADE, ESSEL, TAVLEN, graphs, small
from tests.resolution.test_succession import paper

DATA = Path(__file__).parents[1] / "data" / "gexf-1.3"
GOLDEN = Path(__file__).parents[1] / "golden" / "small.gexf"
GEXF, VIZ = "{http://gexf.net/1.3}", "{http://gexf.net/1.3/viz}"
GRAMMAR = etree.RelaxNG(etree.parse(DATA / "gexf.rng"))
SCHEMA = etree.XMLSchema(etree.parse(DATA / "gexf.xsd"))
WILD = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)


def written(graph: KnowledgeGraph, folder: Path) -> Path:
    path = folder / "graph.gexf"
    write_gexf(graph, path)
    return path


def plain_edges(graph: KnowledgeGraph) -> set[tuple[str, str, str]]:
    return {(s.subject, s.object, s.id) for s in graph.statements if s.plain and s.object is not None}


def assert_valid(path: Path) -> None:
    GRAMMAR.assertValid(etree.parse(path))
    # the XSD has the viz elements in the wrong namespace: everything else must satisfy it as it stands
    SCHEMA.assertValid(etree.fromstring(path.read_bytes().replace(b"http://gexf.net/1.3/viz", b"http://gexf.net/1.3")))


def with_parallel_edges() -> KnowledgeGraph:
    graph = small()
    (commands,) = (s for s in graph.statements if s.relation == "commands")
    more = replace(commands, id="0" * 16, relation="memberOf")
    return replace(graph, statements=(more, *graph.statements))


def test_golden(tmp_path: Path) -> None:
    # places on a grid: those of the layout differ in the last digit from one kind of processor to the next
    places = {e.id: (float(i % 4), float(i // 4)) for i, e in enumerate(small().entities)}
    write_gexf(small(), tmp_path / "graph.gexf", replace(picture_of(small()), positions=places))
    found = (tmp_path / "graph.gexf").read_text(encoding="utf-8")
    assert found == GOLDEN.read_text(encoding="utf-8")


def test_valid_against_the_grammar_and_the_schema(tmp_path: Path) -> None:
    assert_valid(written(with_parallel_edges(), tmp_path))


def test_the_grammar_does_reject(tmp_path: Path) -> None:
    broken = written(small(), tmp_path).read_bytes().replace(b"<viz:size value", b"<viz:size width")
    assert not GRAMMAR.validate(etree.fromstring(broken))


def test_networkx_reads_the_same_nodes_and_edges_parallel_ones_too(tmp_path: Path) -> None:
    graph = with_parallel_edges()
    read = nx.read_gexf(written(graph, tmp_path), version="1.3")
    assert isinstance(read, nx.MultiDiGraph)
    assert set(read) == {e.id for e in graph.entities}
    assert set(read.edges(keys=True)) == plain_edges(graph)
    assert {d["relation"] for d in read.get_edge_data(TAVLEN.id, BRIGADE.id).values()} == {"commands", "memberOf"}
    node = read.nodes[TAVLEN.id]
    assert (node["label"], node["type"], node["mentions"]) == ("Mira Tavlen", "Person", 4)
    assert node["names"] == "Mira Tavlen | Colonel Tavlen | Tavlen"
    assert node["viz"]["color"] == {"r": 0xCC, "g": 0x66, "b": 0x77, "a": 1.0}
    assert 10 <= node["viz"]["size"] <= 40
    assert set(node["viz"]["position"]) == {"x", "y", "z"}


def test_parallel_edges_differ_in_kind(tmp_path: Path) -> None:
    edges = ElementTree.parse(written(with_parallel_edges(), tmp_path)).iter(f"{GEXF}edge")
    counted = Counter((e.get("source"), e.get("target"), e.get("kind")) for e in edges)
    assert counted[TAVLEN.id, BRIGADE.id, "commands"] == counted[TAVLEN.id, BRIGADE.id, "memberOf"] == 1
    assert set(counted.values()) == {1}


def test_what_is_denied_planned_or_claimed_is_no_edge(tmp_path: Path) -> None:
    edges = list(ElementTree.parse(written(small(), tmp_path)).iter(f"{GEXF}edge"))
    assert {e.get("kind") for e in edges if e.get("target") == ESSEL.id} == {"bornIn", "occurredIn"}


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        (TimeSpan("2030-02", "2030-02"), {"start": "2030-02-01", "end": "2030-02-28"}),
        (TimeSpan(None, "2028"), {"end": "2028-12-31"}),
        (TimeSpan("2028-02-29"), {"start": "2028-02-29"}),
        (TimeSpan("--07"), None),
        (TimeSpan(), None),
        (TimeSpan("2031", "2030"), None),
    ],
)
def test_spells(tmp_path: Path, span: TimeSpan, expected: dict[str, str] | None) -> None:
    graph = small()
    timed = replace(graph, statements=tuple(replace(s, time=span) for s in graph.statements if s.plain and s.object))
    path = written(timed, tmp_path)
    assert_valid(path)
    for edge in ElementTree.parse(path).iter(f"{GEXF}edge"):
        spell = edge.find(f"{GEXF}spells/{GEXF}spell")
        assert (None if spell is None else spell.attrib) == expected


def test_a_successor_closes_the_spell(tmp_path: Path) -> None:
    graph = resolve([paper("2031-01-05", "quill commands guard 2015-03..", "terrick commands guard 2019-05-07..")])
    path = written(graph, tmp_path)
    assert_valid(path)
    spells = [spell.attrib for spell in ElementTree.parse(path).iter(f"{GEXF}spell")]
    assert sorted(spells, key=len, reverse=True) == [
        {"start": "2015-03-01", "end": "2019-05-07"},
        {"start": "2019-05-07"},
    ]


def test_an_empty_graph_is_valid(tmp_path: Path) -> None:
    assert_valid(written(KnowledgeGraph((), (), ()), tmp_path))


@WILD
@given(graph=graphs())
def test_any_graph_is_valid_and_reads_back(graph: KnowledgeGraph, tmp_path: Path) -> None:
    path = written(graph, tmp_path)
    assert_valid(path)
    read = nx.read_gexf(path, version="1.3")
    assert {n: d["label"] for n, d in read.nodes(data=True)} == {e.id: one_line(e.name) for e in graph.entities}
    edges = {(s, o, d["id"]) for s, o, d in read.edges(data=True)}
    assert edges == plain_edges(graph)


def test_a_very_long_name_is_kept_whole(tmp_path: Path) -> None:
    graph = small()
    long = replace(graph.entities[0], name="x" * 200_000)
    path = written(replace(graph, entities=(long, *graph.entities[1:])), tmp_path)
    labels = [n.get("label") for n in ElementTree.parse(path).iter(f"{GEXF}node")]
    assert "x" * 200_000 in labels


def test_a_file_that_cannot_be_written_is_named_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "graph.gexf").mkdir()
    with pytest.raises(OutputError, match=r"KG400 .*graph\.gexf"):
        write_gexf(small(), tmp_path / "graph.gexf")
    assert [p.name for p in tmp_path.iterdir()] == ["graph.gexf"]


def test_a_failure_half_way_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "graph.gexf"
    path.write_text("old")
    graph = small()
    last = next(s for s in reversed(graph.statements) if s.plain and s.object)
    broken = replace(graph, statements=(*graph.statements, replace(last, documents=None)))
    with pytest.raises(TypeError):
        write_gexf(broken, path, picture_of(graph))
    assert path.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["graph.gexf"]
