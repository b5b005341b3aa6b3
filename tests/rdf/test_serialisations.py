"""Every format says the same, to two readers that know nothing of our writers, whatever characters are in it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import HealthCheck, given, settings
from lxml import etree

from kg.errors import OutputError, UsageError
from kg.graph import KnowledgeGraph
from kg.ontology.generated import context
from kg.rdf.jsonld import jsonld, write_jsonld
from kg.rdf.rdfxml import rdfxml, write_rdfxml, xml_text
from kg.rdf.trig import trig, write_trig
from kg.rdf.writer import nquads, turtle
from tests.graphs import graphs, small

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
Writer = Callable[..., Iterator[bytes]]
TRIPLES: dict[str, tuple[Writer, ox.RdfFormat, str]] = {
    "ttl": (turtle, ox.RdfFormat.TURTLE, "turtle"),
    "jsonld": (jsonld, ox.RdfFormat.JSON_LD, "json-ld"),
    "rdf": (rdfxml, ox.RdfFormat.RDF_XML, "xml"),
}
QUADS: dict[str, tuple[Writer, ox.RdfFormat, str]] = {
    "nq": (nquads, ox.RdfFormat.N_QUADS, "nquads"),
    "trig": (trig, ox.RdfFormat.TRIG, "trig"),
}
GRAPHS = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
NASTY = (
    "\x01\x07\x0b\x1f\x7f\x80\x9f", "\ud800 and \udfff", "مرحبا \u202eright to left\u202c שלום", "n" * 100_000,
    "\"'\"\"\"'''\\\\n\\", "👩‍🚀 🏴󠁧󠁢󠁳󠁣󠁴󠁿 \U0010ffff", "<a b='c'>&amp;&#10;]]>", "a\r\nb\rc\nd\te\u2028f\u0085g",
    " edge of space ", "{}[]|^`",
    "https://example.org/with spaces?a=<b>", "\ufffe\uffff", "e\u0301 \ufb01", "@prefix kg: <x> .",
)  # fmt: skip


def said(written: bytes, form: ox.RdfFormat) -> set[tuple[str, ...]]:
    """Triples or quads as Oxigraph reads them: subject, predicate, object with its datatype, graph."""
    found = set()
    for quad in ox.parse(written, format=form):
        goal = quad.object
        words = f"{goal.value}^^{goal.datatype.value}" if isinstance(goal, ox.Literal) else goal.value
        place = "" if isinstance(quad.graph_name, ox.DefaultGraph) else quad.graph_name.value
        found.add((quad.subject.value, quad.predicate.value, words, place))
    return found


def seen(written: bytes, form: str) -> set[tuple[str, str, str, str]]:
    """The same as rdflib reads them: lexical forms and datatypes, without what it makes of them."""
    found = rdflib.Dataset().parse(data=written, format=form)
    default = {None, rdflib.graph.DATASET_DEFAULT_GRAPH_ID}
    return {
        (str(s), str(p), _term(o), "" if (g in default or isinstance(g, rdflib.BNode)) else str(g))
        for s, p, o, g in found.quads()
    }


def _term(term: Any) -> str:
    if isinstance(term, rdflib.Literal):
        return f"{term}^^{term.datatype or rdflib.XSD.string}"
    assert not isinstance(term, rdflib.BNode)
    return str(term)


def named(graph: KnowledgeGraph, name: str) -> KnowledgeGraph:
    """The graph with one entity, one document and one sentence that bear this text."""
    first, document = graph.entities[0], graph.documents[0]
    entity = replace(first, name=name, names=tuple(sorted({name, *first.names})))
    called = replace(document, title=name, source=name)
    return replace(graph, entities=(entity, *graph.entities[1:]), documents=(called, *graph.documents[1:]))


def check(graph: KnowledgeGraph) -> None:
    """All formats, both readers."""
    plain = said(b"".join(turtle(graph)), ox.RdfFormat.TURTLE)
    of_turtle = seen(b"".join(turtle(graph)), "turtle")
    for name, (write, form, other) in TRIPLES.items():
        written = b"".join(write(graph))
        if name == "rdf":
            as_xml = {tuple(map(xml_text, triple)) for triple in plain}
            assert said(written, form) == as_xml, name
            assert seen(written, other) == {tuple(map(xml_text, triple)) for triple in of_turtle}, name
        else:
            assert said(written, form) == plain, name
            assert seen(written, other) == of_turtle, name
    quads = said(b"".join(nquads(graph)), ox.RdfFormat.N_QUADS)
    assert said(b"".join(trig(graph)), ox.RdfFormat.TRIG) == quads
    assert {quad[:3] for quad in quads} == {triple[:3] for triple in plain}
    of_nquads = seen(b"".join(nquads(graph)), "nquads")
    assert seen(b"".join(trig(graph)), "trig") == of_nquads


def test_all_formats_say_the_same() -> None:
    check(small())


@GRAPHS
@given(graphs(max_entities=3, max_statements=3))
def test_all_formats_say_the_same_of_wild_graphs(graph: KnowledgeGraph) -> None:
    check(graph)


@pytest.mark.parametrize("name", NASTY, ids=range(len(NASTY)))
def test_every_kind_of_character(name: str) -> None:
    check(named(small(), name))


def test_a_carriage_return_survives_xml() -> None:
    graph = named(small(), "a\r\nb\rc")
    found = {o for _, _, o, _ in seen(b"".join(rdfxml(graph)), "xml")}
    assert any(o.startswith("a\r\nb\rc^^") for o in found)


@pytest.mark.parametrize("name", [*TRIPLES, *QUADS])
def test_the_bytes_depend_on_the_knowledge_alone(name: str) -> None:
    write = {**TRIPLES, **QUADS}[name][0]
    code = (
        f"import sys; from tests.graphs import small; from {write.__module__} import {write.__name__} as w;"
        "sys.stdout.buffer.write(b''.join(w(small())))"
    )
    root = Path(__file__).parents[2]
    for seed in ("0", "7"):
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=root, capture_output=True, check=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(root)},
        )  # fmt: skip
        assert done.stdout == b"".join(write(small()))


def test_json_ld_carries_the_published_context() -> None:
    written = json.loads(b"".join(jsonld(small())))
    published = context()["@context"]
    assert isinstance(published, dict)
    assert published.items() <= written["@context"].items()
    (tavlen,) = [node for node in written["@graph"] if node.get("label") == "Mira Tavlen"]
    assert tavlen["@type"] == "Person"
    assert tavlen["commands"].startswith("entities:")
    assert tavlen["altLabel"] == ["Colonel Tavlen", "Tavlen"]


def test_rdf_xml_is_xml_and_knows_its_limits(tmp_path: Path) -> None:
    tree = etree.fromstring(b"".join(rdfxml(small())))
    assert tree.tag == "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}RDF"
    graph = small()
    odd = replace(next(s for s in graph.statements if s.plain), relation="https://example.org/relations/")
    with pytest.raises(OutputError, match="no way to write"):
        write_rdfxml(replace(graph, statements=(odd,)), tmp_path / "graph.rdf")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("write", [write_trig, write_jsonld, write_rdfxml])
def test_written_in_one_step(tmp_path: Path, write: Callable[..., None]) -> None:
    write(small(), tmp_path / "new" / "graph")
    assert [p.name for p in (tmp_path / "new").iterdir()] == ["graph"]
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="KG400"):
        write(small(), tmp_path / "file" / "graph")


@pytest.mark.parametrize("write", [turtle, nquads, trig, jsonld, rdfxml])
def test_a_base_with_spaces_is_refused(write: Writer) -> None:
    with pytest.raises(UsageError, match="not an absolute IRI"):
        list(write(small(), "https://example.org/my graph/"))


@pytest.mark.parametrize("write", [trig, jsonld, rdfxml])
def test_another_base(write: Writer) -> None:
    form = {trig: ox.RdfFormat.TRIG, jsonld: ox.RdfFormat.JSON_LD, rdfxml: ox.RdfFormat.RDF_XML}[write]
    base = "https://example.org/a&b/"
    found = said(b"".join(write(small(), base)), form)
    assert {t[:3] for t in found} == {t[:3] for t in said(b"".join(turtle(small(), base)), ox.RdfFormat.TURTLE)}
