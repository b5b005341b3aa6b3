"""Fixtures that several packages of tests share."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from spacy.tokens import Doc

from kg.rdf.writer import write_turtle
from tests.graphs import small
from tests.pipelines import install


@pytest.fixture(scope="session")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The name of a language pipeline that needs no model; also for processes that inherit `sys.path`."""
    folder = tmp_path_factory.mktemp("packages")
    sys.path.insert(0, str(folder))
    return install(folder)


@pytest.fixture
def readings() -> Iterator[None]:
    """Documents can keep what the encoder made of them, as after its component was loaded."""
    known = Doc.has_extension("kg_reading")
    if not known:
        Doc.set_extension("kg_reading", default=None)
    yield
    if not known:
        Doc.remove_extension("kg_reading")


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """A folder of three short invented articles."""
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "a.txt").write_text("Mira Olsten met Joren Tavlek in the port. Then Olsten left.", "utf-8")
    (folder / "b.txt").write_text("The board heard Joren Tavlek. It thanked Ilse Brandvik.", "utf-8")
    (folder / "c.txt").write_text("Nobody knew Edda Vorn. She was new in town, and said nothing.", "utf-8")
    return folder


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """An output folder with the graph of `tests.graphs.small`."""
    write_turtle(small(), tmp_path / "output" / "graph.ttl")
    return tmp_path / "output"
