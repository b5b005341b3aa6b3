from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from kg.building.state import FILE, State, key_of, set_aside
from kg.errors import BrokenGraph, OutputError
from kg.records import Document, DocumentClaims

FOUND = DocumentClaims(Document.of("Mira Olsten left.", "a.txt"), (), ())
KEY = key_of(FOUND.document)


def _filled(folder: Path, version: str = "1") -> None:
    with State(folder, version) as state:
        state.add(FOUND)
        state.finish("a.txt", "digest", [KEY])


def test_what_is_added_is_there_next_time(tmp_path: Path) -> None:
    _filled(tmp_path)
    with State(tmp_path, "1") as state:
        assert state.holds(FOUND.document)
        assert list(state.claims([KEY])) == [FOUND]
        assert state.whole("a.txt", "digest") == [KEY]
        assert state.whole("a.txt", "other bytes") is None


def test_another_version_knows_nothing(tmp_path: Path) -> None:
    _filled(tmp_path)
    with State(tmp_path, "2") as state:
        assert not state.holds(FOUND.document)
        assert state.whole("a.txt", "digest") is None


def test_a_new_title_or_date_is_another_document() -> None:
    document = FOUND.document
    assert key_of(Document.of(document.text, document.source, title="Gone")) != KEY


def test_what_is_not_kept_is_forgotten(tmp_path: Path) -> None:
    _filled(tmp_path)
    with State(tmp_path, "1") as state:
        state.keep_only([], [])
        assert not state.holds(FOUND.document)
        assert state.whole("a.txt", "digest") is None


def test_one_build_at_a_time(tmp_path: Path) -> None:
    with State(tmp_path, "1"), pytest.raises(OutputError, match="another build"):
        State(tmp_path, "1")


def test_a_file_that_is_no_database_is_damaged(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"no database at all " * 100)
    with pytest.raises(BrokenGraph, match="damaged"):
        State(tmp_path, "1")
    assert set_aside(tmp_path).exists()
    with State(tmp_path, "1") as state:
        assert not state.holds(FOUND.document)


def test_a_row_that_was_changed_is_noticed(tmp_path: Path) -> None:
    _filled(tmp_path)
    db = sqlite3.connect(tmp_path / FILE)
    with db:
        db.execute("UPDATE claims SET json = replace(json, 'Mira', 'Nira')")
    db.close()
    with State(tmp_path, "1") as state, pytest.raises(BrokenGraph):
        list(state.claims([KEY]))


def test_no_folder_can_be_made_there(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OutputError):
        State(tmp_path / "file" / "output", "1")
