"""Coreference on the way through: the same in one process and several, and nothing else changes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

import kg
from kg import cli


@pytest.mark.parametrize("workers", [1, 2])
def test_clusters_of_each_document(news: Path, newsroom: str, workers: int) -> None:
    found = list(kg.coreference(news, model=newsroom, workers=workers))
    assert [claims for claims, _ in found] == list(kg.extract(news, model=newsroom))
    for claims, clusters in found:
        assert clusters
        assert clusters == tuple(sorted(clusters, key=lambda c: (c[0].start, -c[0].end)))
        for reference in (r for cluster in clusters for r in cluster):
            assert claims.document.text[reference.start : reference.end] == reference.text


def test_one_key_more_on_the_line(news: Path, newsroom: str) -> None:
    plain, more = (
        CliRunner().invoke(cli.app, ["extract", str(news), "--model", newsroom, *option]).stdout.splitlines()
        for option in ([], ["--coreference"])
    )
    for line, longer in zip(plain, more, strict=True):
        told = json.loads(longer)
        clusters = told.pop("coreference")
        assert json.dumps(told, ensure_ascii=False) == line
        assert {tuple(m) for cluster in clusters for m in cluster} == {("start", "end", "text", "kind")}


def test_docs_know_their_clusters(newsroom: str) -> None:
    doc = kg.load_language(newsroom)("Mira left. Mira slept.")
    told = [[(span.start, span.end, span.label_) for span in cluster] for cluster in doc._.coreference]
    assert told[0] == [(0, 3, "name"), (3, 6, "name")]
    assert all(len(cluster) == 1 and cluster[0][2] == "nominal" for cluster in told[1:])
    assert len(told) == 5
