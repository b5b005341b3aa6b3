"""`kg verify`: every sentence, mention and offset of a graph looked up in its sources."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from kg import pipeline
from kg.building.verification import Verification, verify
from kg.errors import BrokenGraph
from kg.graph import KnowledgeGraph
from kg.rdf.reader import read_graph
from kg.reading import read_sources
from kg.records import Document, Entity, Span, Statement
from tests.graphs import GAZETTE, LEDGER, THINGS, graph_of


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The two articles of the small graph as files."""
    made = tmp_path / "news"
    made.mkdir()
    (made / "gazette.txt").write_text(GAZETTE.text, "utf-8")
    (made / "ledger.txt").write_text(LEDGER.text, "utf-8")
    return made


@pytest.fixture
def graph(folder: Path) -> KnowledgeGraph:
    """What a build of the folder gives."""
    read = [d for d in read_sources([folder]) if isinstance(d, Document)]
    articles = [
        replace(article, source=document.source, title=document.title, published=document.published, text=document.text)
        for article, document in zip((GAZETTE, LEDGER), read, strict=True)
    ]
    return graph_of(THINGS, tuple(articles))


def told(found: Verification) -> list[tuple[str, str]]:
    return [(d.change, d.part) for d in found.differences]


def with_first_statement(graph: KnowledgeGraph, change: Callable[[Statement], Statement]) -> KnowledgeGraph:
    first, *rest = graph.statements
    return replace(graph, statements=(change(first), *rest))


def test_untouched_sources_prove_everything(graph: KnowledgeGraph, folder: Path) -> None:
    found = verify(graph, folder, [folder])
    claims = sum(len(s.claims) for s in graph.statements)
    mentions = sum(len(e.mentions) for e in graph.entities)
    assert found == Verification(2, claims, mentions, claims, ())


def test_one_changed_character_anywhere_is_found(graph: KnowledgeGraph, folder: Path) -> None:
    text = GAZETTE.text
    for at in range(len(text)):
        (folder / "gazette.txt").write_text(text[:at] + "x" + text[at + 1 :], "utf-8")
        found = verify(graph, folder, [folder])
        first = found.differences[0]
        assert (first.document, first.change, first.part) == ("news/gazette.txt", "changed", "document"), at
        quoted = {d for d in found.differences if d.part == "sentence" and d.start <= at < d.end}  # type: ignore[operator]
        there = {(c.evidence.start, c.evidence.end) for s in graph.statements for d, c in s.claims if _of(graph, d)}
        assert bool(quoted) == any(start <= at < end for start, end in there), at
        assert (found.proven < found.claims) == bool(quoted)


def _of(graph: KnowledgeGraph, document: str) -> bool:
    return graph.document_by_id[document].source == "news/gazette.txt"


def test_a_line_more_moves_what_follows_and_is_told_with_both_offsets(graph: KnowledgeGraph, folder: Path) -> None:
    head, tail = GAZETTE.text.split(". Quist said", 1)
    (folder / "gazette.txt").write_text(f"{head}. It rained. Quist said{tail}", "utf-8")
    found = verify(graph, folder, [folder])
    moved = [d for d in found.differences if d.part != "document"]
    assert {d.change for d in moved} == {"moved"}
    for d in moved:
        assert isinstance(d.moved_to, Span)
        assert d.start is not None
        assert d.moved_to.start - d.start == len(" It rained.")
        assert d.start >= len(head)
    assert found.proven == found.claims - 3


def test_a_changed_word_behind_an_insertion_is_shown_where_it_went(graph: KnowledgeGraph, folder: Path) -> None:
    (folder / "gazette.txt").write_text("Rain. " + GAZETTE.text.replace("did not visit", "did now visit"), "utf-8")
    found = verify(graph, folder, [folder])
    (changed,) = (d for d in found.differences if d.change == "changed" and d.part == "sentence")
    assert changed.expected == "Tavlen did not visit Port Essel."
    assert changed.found == "Tavlen did now visit Port Essel."


def test_a_source_that_is_gone_or_refused_is_told_once(graph: KnowledgeGraph, folder: Path) -> None:
    (folder / "ledger.txt").unlink()
    found = verify(graph, folder, [folder])
    assert told(found) == [("missing", "document")]
    assert found.differences[0].claims == 7
    assert found.proven == found.claims - 7
    (folder / "ledger.txt").touch()
    (refused,) = verify(graph, folder, [folder]).differences
    assert "KG202" in (refused.found or "")


def test_a_source_under_another_name_has_moved_and_still_proves(graph: KnowledgeGraph, folder: Path) -> None:
    (folder / "ledger.txt").rename(folder / "tome.txt")
    found = verify(graph, folder, [folder])
    (moved,) = found.differences
    assert (moved.document, moved.change, moved.moved_to) == ("news/ledger.txt", "moved", "news/tome.txt")
    assert (found.proven, found.new) == (found.claims, ())


def test_a_source_that_was_never_read_is_new_but_no_difference(graph: KnowledgeGraph, folder: Path) -> None:
    (folder / "third.txt").write_text("Nobody left the old town hall.", "utf-8")
    found = verify(graph, folder, [folder])
    assert (found.differences, found.new) == ((), ("news/third.txt",))


def test_a_graph_that_was_tampered_with_does_not_prove(graph: KnowledgeGraph, folder: Path) -> None:
    def other_words(s: Statement) -> Statement:
        (at, claim), *rest = s.claims
        evidence = replace(claim.evidence, text=claim.evidence.text + " Never.")
        return replace(s, claims=((at, replace(claim, evidence=evidence)), *rest))

    def outside(s: Statement) -> Statement:
        (at, claim), *rest = s.claims
        span = Span(claim.evidence.end, claim.evidence.end + 3)
        return replace(s, claims=((at, replace(claim, evidence=replace(claim.evidence, words=(span,)))), *rest))

    def unmentioned(s: Statement) -> Statement:
        (at, claim), *rest = s.claims
        return replace(s, claims=((at, replace(claim, subject_mention=Span(1, 2))), *rest))

    for change, expected in (
        (other_words, ("changed", "sentence")),
        (outside, ("missing", "words")),
        (unmentioned, ("missing", "mention")),
    ):
        found = verify(with_first_statement(graph, change), folder, [folder])
        assert told(found) == [expected]
        assert found.differences[0].statements == (graph.statements[0].id,)
        assert found.proven == found.claims - 1


def test_a_mention_one_character_off_is_found(graph: KnowledgeGraph, folder: Path) -> None:
    def pushed(entity: Entity) -> Entity:
        (at, m), *rest = entity.mentions
        return replace(entity, mentions=((at, replace(m, start=m.start + 1, end=m.end + 1)), *rest))

    first, *rest = graph.entities
    found = verify(replace(graph, entities=(pushed(first), *rest)), folder, [folder])
    assert ("moved", "mention") in told(found)


def test_another_title_or_date_is_a_change(graph: KnowledgeGraph, folder: Path) -> None:
    first, *rest = graph.documents
    for part, other in (("title", replace(first, title="Other")), ("date", replace(first, published=LEDGER.published))):
        found = verify(replace(graph, documents=(other, *rest)), folder, [folder])
        assert told(found) == [("changed", part)]
        assert found.proven == found.claims


def test_sources_are_found_where_the_build_found_them(
    news: Path, tmp_path: Path, newsroom: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (news / "rows.jsonl").write_text('{"text": "The board heard Rolf Kestner at length in town."}\n', "utf-8")
    out = tmp_path / "elsewhere" / "out"
    pipeline.build([news], out, model=newsroom)
    built = read_graph(out / "graph.ttl")
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")
    assert verify(built, out).differences == ()
    (out / "state.sqlite").unlink()  # a graph without its state: looked for by name
    assert {d.change for d in verify(built, out).differences} == {"missing"}
    monkeypatch.chdir(tmp_path)
    assert verify(built, out).differences == ()
    (out / "state.sqlite").write_bytes(b"no database at all, but long enough to be taken for one" * 40)
    with pytest.raises(BrokenGraph, match="cannot be read"):
        verify(built, out)
