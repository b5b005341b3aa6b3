"""The questions of ``queries/`` have the answers on ``output/`` that were read and approved."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.rdf.query import open_store, question
from tests.competency import GOLDEN, HOUSE, QUERIES, answer, golden


@pytest.fixture(scope="module")
def store() -> ox.Store:
    return open_store(HOUSE / "output" / "graph.ttl")


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_the_answer_is_as_approved(store: ox.Store, path: Path) -> None:
    assert answer(store, path) == golden(path).read_text("utf-8"), "see: python -m tests.competency"


def test_there_are_twenty_questions_and_nearly_all_have_an_answer() -> None:
    texts = [path.read_text("utf-8") for path in QUERIES]
    assert len(QUERIES) >= 20
    assert all("?" in question(text) for text in texts)
    assert len({question(text) for text in texts}) == len(texts)
    answered = [file for file in GOLDEN.glob("*.txt") if len(file.read_text("utf-8").splitlines()) > 2]
    assert len(answered) >= len(QUERIES) - 2


def test_every_answer_has_its_query() -> None:
    assert {file.stem for file in GOLDEN.glob("*.txt")} == {path.stem for path in QUERIES}
