"""The whole way with the packaged model, on invented news: what must hold whatever the model has learned."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

import kg
from kg.reading import read_sources
from kg.records import Document

pytestmark = pytest.mark.model

NEWS = {
    "verdict.txt": "Former harbour chief sentenced\n\n12 May 2031\n\nA court in Port Essel on Tuesday sentenced Oskar "
    "Quist, the former head of the Essel Port Authority, to two years in prison. Quist denied that he had taken money "
    "from Larch Holdings. Judge Ilse Brandvik said the company had paid him twice.",
    "army.md": "# New commander\n\nPresident Mira Tavlen appointed General Rolf Kestner as commander of the Varnholm "
    "Army last week. The Third River Brigade, based in Port Essel, is a unit of the army. Kestner did not visit the "
    "brigade.",
    "deal.html": "<html><head><title>Larch buys ferries</title></head><body><article><p>Larch Holdings, founded by "
    "Anna Reyle, bought Brightwater Lines in March 2030. Brightwater Lines operates the ferry to Port Essel.</p>"
    "<p>The company may sell its oldest ship, Reyle told reporters in Port Essel.</p></article></body></html>",
}
FILES = ("graph.ttl", "graph.gexf", "graph.html", "report.md", "graph.nq")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("whole") / "news"
    path.mkdir()
    for name, text in NEWS.items():
        (path / name).write_text(text, "utf-8")
    return path


def _kg(*arguments: object, seed: int = 0) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kg.cli", *map(str, arguments)]
    environment = {**os.environ, "PYTHONHASHSEED": str(seed)}
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=True)


@pytest.fixture(scope="module")
def out(folder: Path) -> Path:
    path = folder.parent / "out"
    _kg("build", folder, "-o", path, "--workers", 1, "--quads")
    return path


def test_every_offset_points_at_its_words(folder: Path) -> None:
    documents = {d.source: d for d in read_sources([folder]) if isinstance(d, Document)}
    lines = [json.loads(line) for line in _kg("extract", folder).stdout.splitlines()]
    assert [line["doc"] for line in lines] == sorted(documents)
    for line in lines:
        text = documents[line["doc"]].text
        ids = [entity["id"] for entity in line["entities"]]
        assert ids == [f"e{n + 1}" for n in range(len(ids))]
        for entity in line["entities"]:
            assert entity["mentions"]
            assert all(text[m["start"] : m["end"]] == m["text"] for m in entity["mentions"])
        for claim in line["claims"]:
            evidence = claim["evidence"]
            assert text[evidence["start"] : evidence["end"]] == evidence["text"]
            assert (claim["o"] is None) != (claim["value"] is None)
            assert {claim["s"], claim["o"], claim["by"]} - {None} <= set(ids)
            assert 0 < claim["confidence"] < 1
        assert line["claims"]


def test_bytes_depend_on_nothing_but_the_news(folder: Path, out: Path) -> None:
    files = sorted(folder.iterdir())
    random.Random(7).shuffle(files)
    other = folder.parent / "other"
    _kg("build", *files[:1], "-o", other, seed=3)  # the rest is added later
    _kg("build", *files, "-o", other, "--workers", 3, "--quads", seed=99)
    assert [name for name in FILES if (out / name).read_bytes() != (other / name).read_bytes()] == []


def test_the_graph_is_what_was_written(folder: Path, out: Path) -> None:
    graph = kg.open(out)
    assert {d.source for d in graph.documents} == {f"news/{name}" for name in NEWS}
    ids = graph.entity_by_id
    for statement in graph.statements:
        assert statement.claims
        assert {statement.subject, statement.object, statement.attribution} - {None} <= set(ids)
    assert kg.build(folder, out) == graph


def test_a_doc_of_the_packaged_pipeline_is_an_ordinary_one_and_knows_its_claims() -> None:
    doc = kg.load_language()(NEWS["army.md"].split("\n\n")[1])
    assert len(list(doc.sents)) == 3
    assert all(token.pos_ and token.dep_ and token.lemma_ for token in doc)
    assert doc.ents
    assert doc._.claims
    assert {claim.subject for claim in doc._.claims} <= {entity.id for entity in doc._.entities}


def test_the_doctor_finds_nothing_wrong(out: Path) -> None:
    found = _kg("doctor", "-g", out).stdout.splitlines()
    assert found
    assert all(line.startswith("ok") for line in found)
