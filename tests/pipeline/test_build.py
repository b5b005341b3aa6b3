from __future__ import annotations

import errno
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import kg.building.files
import kg.extraction.document
from kg import pipeline
from kg.building.state import FILE
from kg.building.workers import outcomes
from kg.errors import ExtractionFailed, KgError, NoSources, OutputError
from kg.records import DocumentClaims

FILES = ("graph.ttl", "graph.gexf", "graph.html", "report.md")


def _bytes(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in FILES}


def test_the_whole_way(news: Path, tmp_path: Path, newsroom: str) -> None:
    found = pipeline.build([news], tmp_path / "out", model=newsroom)
    assert [path.name for path in found.files] == list(FILES)
    assert (found.read, found.kept, found.refused) == (3, 0, ())
    assert {"Mira Olsten", "Joren Tavlek"} <= {e.name for e in found.graph.entities}
    assert set(found.seconds) == set(pipeline.STAGES)
    assert not list((tmp_path / "out").glob(".kg*"))


def test_only_what_is_new_or_changed_is_read_again(news: Path, tmp_path: Path, newsroom: str) -> None:
    out = tmp_path / "out"
    pipeline.build([news], out, model=newsroom)
    first = _bytes(out)
    again = pipeline.build([news], out, model=newsroom)
    assert (again.read, again.kept) == (0, 3)
    assert _bytes(out) == first
    (news / "b.txt").write_text("The board heard Rolf Kestner.", "utf-8")
    (news / "d.txt").write_text("The board dismissed Rolf Kestner.", "utf-8")
    (news / "c.txt").unlink()
    changed = pipeline.build([news], out, model=newsroom)
    assert (changed.read, changed.kept) == (2, 1)
    assert {d.source for d in changed.graph.documents} == {"news/a.txt", "news/b.txt", "news/d.txt"}
    pipeline.build([news], tmp_path / "fresh", model=newsroom)
    assert _bytes(out) == _bytes(tmp_path / "fresh")


def test_neither_order_nor_number_of_workers_matters(news: Path, tmp_path: Path, newsroom: str) -> None:
    files = sorted(news.iterdir())
    pipeline.build(files, tmp_path / "one", model=newsroom)
    pipeline.build(files[::-1], tmp_path / "two", model=newsroom, workers=2)
    assert _bytes(tmp_path / "one") == _bytes(tmp_path / "two")


def test_quads_are_written_when_asked_for_and_not_left_over(news: Path, tmp_path: Path, newsroom: str) -> None:
    pipeline.build([news], tmp_path / "out", model=newsroom, quads=True)
    assert (tmp_path / "out" / "graph.nq").exists()
    pipeline.build([news], tmp_path / "out", model=newsroom)
    assert not (tmp_path / "out" / "graph.nq").exists()


def test_a_build_does_not_read_its_own_files(news: Path, newsroom: str) -> None:
    pipeline.build([news], news / "out", model=newsroom)
    again = pipeline.build([news], news / "out", model=newsroom)
    assert len(again.graph.documents) == 3


def test_a_damaged_state_is_set_aside_and_built_anew(news: Path, tmp_path: Path, newsroom: str) -> None:
    out, told = tmp_path / "out", list[KgError]()
    pipeline.build([news], out, model=newsroom)
    first = _bytes(out)
    state = out / FILE
    state.write_bytes(state.read_bytes()[:100] + b"\xff" * 5000)
    found = pipeline.build([news], out, model=newsroom, watcher=pipeline.Watcher(problem=told.append))
    assert found.read == 3
    assert _bytes(out) == first
    assert [error.code for error in told] == ["KG204"]
    assert "set aside" in str(told[0])
    assert (out / f"{FILE}.damaged").exists()


def test_a_document_that_breaks_extraction_is_reported_and_left_out(
    news: Path, tmp_path: Path, newsroom: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = kg.extraction.document.extract

    def breaks(doc: Any, document: Any, *rest: Any) -> DocumentClaims:
        if document.source == "news/b.txt":
            raise RuntimeError("out of luck")
        return whole(doc, document, *rest)

    monkeypatch.setattr(kg.extraction.document, "extract", breaks)
    found = pipeline.build([news], tmp_path / "out", model=newsroom)
    assert [type(error) for error in found.refused] == [ExtractionFailed]
    assert "news/b.txt" in str(found.refused[0])
    assert "out of luck" in str(found.refused[0])
    assert {d.source for d in found.graph.documents} == {"news/a.txt", "news/c.txt"}
    monkeypatch.undo()
    assert pipeline.build([news], tmp_path / "out", model=newsroom).read == 1


def test_a_document_that_kills_its_worker_costs_only_itself(news: Path, tmp_path: Path, newsroom: str) -> None:
    (news / "b.txt").write_text("Mira Olsten saw the CRASH.", "utf-8")
    found = pipeline.build([news], tmp_path / "out", model=newsroom, workers=2)
    assert [error.where for error in found.refused] == ["news/b.txt"]
    assert {d.source for d in found.graph.documents} == {"news/a.txt", "news/c.txt"}


def test_a_full_disk_leaves_the_former_files_whole(
    news: Path, tmp_path: Path, newsroom: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    pipeline.build([news], out, model=newsroom)
    before = _bytes(out)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(kg.building.files, "write_html", full)
    (news / "d.txt").write_text("The board dismissed Rolf Kestner.", "utf-8")
    with pytest.raises(OutputError, match="No space left"):
        pipeline.build([news], out, model=newsroom)
    assert _bytes(out) == before
    assert not list(out.glob(".kg*"))


def test_a_place_that_cannot_be_written_is_told(news: Path, tmp_path: Path, newsroom: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OutputError):
        pipeline.build([news], tmp_path / "file" / "out", model=newsroom)
    with pytest.raises(NoSources):
        pipeline.build([tmp_path / "nowhere"], tmp_path / "out", model=newsroom)
    assert not (tmp_path / "out").exists()


def test_a_killed_build_goes_on_where_it_was(tmp_path: Path, newsroom: str) -> None:
    folder, out = tmp_path / "news", tmp_path / "out"
    folder.mkdir()
    for number in range(12):
        (folder / f"{number:02}.txt").write_text(f"SLOW news of Mira Olsten, part {number}.", "utf-8")
    code = f"import sys; sys.path[:] = {sys.path!r}; from kg.cli import main; main()"
    command = [sys.executable, "-c", code, "build", str(folder), "-o", str(out), "--model", newsroom, "--workers", "1"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    for line in process.stderr:
        if line.startswith("4/12"):
            break
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stderr.close()
    assert not (out / "graph.ttl").exists()
    found = pipeline.build([folder], out, model=newsroom)
    assert found.kept >= 3
    assert found.kept + found.read == 12
    pipeline.build([folder], tmp_path / "fresh", model=newsroom)
    assert _bytes(out) == _bytes(tmp_path / "fresh")


def test_long_texts_are_bounded_in_flight(newsroom: str) -> None:
    """Documents are taken one by one, as results are asked for."""
    from kg.building.extractor import Extractor
    from kg.records import Document

    taken = []

    def documents() -> Any:
        for number in range(50):
            taken.append(number)
            yield Document.of(f"Mira Olsten wrote letter {number}.", "a.txt")

    stream = outcomes(documents(), Extractor(newsroom), workers=2)
    next(stream)
    assert len(taken) <= 5
    stream.close()  # type: ignore[attr-defined]
