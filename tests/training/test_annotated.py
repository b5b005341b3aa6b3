"""The marked news: how it is read, what is refused, and that all of it is free of mistakes."""

from __future__ import annotations

from pathlib import Path

import pytest

from training.annotated import HERE, FormatError, MarkedFact, MarkedMention, check, documents, parse, relations

HEAD = """---
title: "Port opens"
date: 2021-03-10
genre: agency
entities:
  e1: Person | Mira Olsten
  e2: Organization/Company | Varn Bank
  e3: Place/City | Tolmere
  d1: Date | 2021-03-10
---
"""
BODY = """[Mira Olsten](e1) leads [Varn Bank of [Tolmere](e3)](e2).
> e1 leads e2; claimed; start=2021-03-10; by=e1
[She](e1~p) spoke on [Wednesday](d1).

The [banker](e1~n) left.
> e1 worksFor e2 ; implied ; negated
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "brief-x.md"
    path.write_text(text, "utf-8")
    return path


def test_parse(tmp_path: Path) -> None:
    doc = parse(written(tmp_path, HEAD + BODY))
    assert (doc.name, doc.title, doc.date, doc.genre) == ("brief-x", "Port opens", "2021-03-10", "agency")
    assert doc.text == "Mira Olsten leads Varn Bank of Tolmere. She spoke on Wednesday.\n\nThe banker left.\n"
    assert [doc.text[a:b] for a, b in doc.sentences] == [
        "Mira Olsten leads Varn Bank of Tolmere.",
        "She spoke on Wednesday.",
        "The banker left.",
    ]
    assert doc.entities["e2"] == ("Organization", "Company", "Varn Bank")
    assert doc.entities["d1"] == ("Date", None, "2021-03-10")
    assert [(doc.text[m.start : m.end], m.entity, m.kind) for m in doc.mentions] == [
        ("Mira Olsten", "e1", "name"),
        ("Varn Bank of Tolmere", "e2", "name"),
        ("Tolmere", "e3", "name"),
        ("She", "e1", "pronoun"),
        ("Wednesday", "d1", "name"),
        ("banker", "e1", "nominal"),
    ]
    assert doc.mentions[0] == MarkedMention(0, 11, "e1", "name")
    assert doc.facts == [
        MarkedFact("e1", "leads", "e2", 0, frozenset({"claimed"}), "e1", "2021-03-10", None),
        MarkedFact("e1", "worksFor", "e2", 2, frozenset({"implied", "negated"})),
    ]


@pytest.mark.parametrize("value", ["null", "None", "?", ""])
def test_a_document_may_have_no_date(tmp_path: Path, value: str) -> None:
    assert parse(written(tmp_path, HEAD.replace("date: 2021-03-10", f"date: {value}") + BODY)).date is None


@pytest.mark.parametrize(
    ("head", "line", "message"),
    [
        ("  e9: Planet | Varn", 9, "no such type: Planet/None"),
        ("  e9: Person/City | Varn", 9, "no such type: Person/City"),
        ("  d9: Date | yesterday", 9, "not a date value: yesterday"),
        ("  e1: Person | Joren Tavlek", 9, "e1 stands twice in the head"),
        ("author: somebody", 9, "cannot read this line of the head: author: somebody"),
    ],
)
def test_a_head_that_breaks_the_guide(tmp_path: Path, head: str, line: int, message: str) -> None:
    lines = HEAD.splitlines()
    text = "\n".join([*lines[:8], head, *lines[8:], BODY])
    with pytest.raises(FormatError) as caught:
        parse(written(tmp_path, text))
    assert str(caught.value) == f"brief-x.md:{line}: {message}"


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("> e1 leads e2", "a fact before the first sentence"),
        ("[Mira](e7) left.", "e7 is not in the head"),
        ("Mira](e1) left.", "a mention ends that never began: ](e1)"),
        ("[](e1) left.", "empty mention, or blanks at its edge: ](e1)"),
        ("[Mira ](e1)left.", "empty mention, or blanks at its edge: ](e1)"),
        ("So[ Mira](e1) left.", "empty mention, or blanks at its edge: ](e1)"),
        ("[Mira left.", "a [ without its ](id)"),
    ],
)
def test_a_sentence_that_breaks_the_guide(tmp_path: Path, body: str, message: str) -> None:
    with pytest.raises(FormatError) as caught:
        parse(written(tmp_path, f"{HEAD}{body}\n"))
    assert str(caught.value) == f"brief-x.md:11: {message}"


@pytest.mark.parametrize(
    ("fact", "message"),
    [
        ("e1 leads", "a fact is subject relation object: e1 leads"),
        ("e1 leads e2 e3", "a fact is subject relation object: e1 leads e2 e3"),
        ("e1 leads e2; perhaps", "no such flag: perhaps"),
        ("e7 leads e2", "e7 is not in the head"),
        ("e1 leads e7", "e7 is not in the head"),
        ("e1 leads e2; by=e7", "e7 is not in the head"),
        ("e1 leads e2; start=March", "not a date: March"),
        ("e1 leads e2; end=2021-3", "not a date: 2021-3"),
        ("e1 adores e2", "no such relation: adores"),
        ("e3 leads e2", "leads does not take a Place as subject (Person): e3 leads e2"),
        ("e1 leads e1", "leads does not take a Person as object (Event|Organization|Place): e1 leads e1"),
    ],
)
def test_a_fact_that_breaks_the_guide(tmp_path: Path, fact: str, message: str) -> None:
    with pytest.raises(FormatError) as caught:
        parse(written(tmp_path, f"{HEAD}They met.\n> {fact}\n"))
    assert str(caught.value) == f"brief-x.md:12: {message}"


@pytest.mark.parametrize("text", ["They met.\n", "---\ntitle: Port opens\nThey met.\n", ""])
def test_a_document_without_a_head(tmp_path: Path, text: str) -> None:
    with pytest.raises(FormatError, match=r"brief-x\.md:1: no head between --- lines"):
        parse(written(tmp_path, text))


def test_check_counts_relations_and_tells_what_was_forgotten(tmp_path: Path) -> None:
    good = written(tmp_path, HEAD + BODY)
    assert check([good]) == ([], {"leads": 1, "worksFor": 1})
    forgetful = tmp_path / "brief-y.md"
    forgetful.write_text(HEAD + "[Mira Olsten](e1) met Varn Bank on [Wednesday](d1).\n", "utf-8")
    broken = tmp_path / "brief-z.md"
    broken.write_text("They met.\n", "utf-8")
    mistakes, counts = check([forgetful, broken])
    assert mistakes == [
        "brief-y: e2 'Varn Bank' at 16 is not marked",
        "brief-y: e2 is in the head but has no mention",
        "brief-y: e3 is in the head but has no mention",
        "brief-y: no fact at all",
        "brief-z.md:1: no head between --- lines",
    ]
    assert not counts


def test_all_marked_documents_are_free_of_mistakes() -> None:
    paths = sorted(HERE.glob("*-*.md"))
    mistakes, counts = check(paths)
    assert mistakes == []
    assert len(paths) > 300
    assert set(counts) <= set(relations())


def test_documents_are_sorted_and_their_marks_lie_in_the_text() -> None:
    found = documents()
    assert [d.name for d in found] == sorted(p.stem for p in HERE.glob("*-*.md"))
    for d in found:
        assert all(0 <= m.start < m.end <= len(d.text) and m.entity in d.entities for m in d.mentions)
        assert all(a < b for a, b in d.sentences)
        assert d.sentences[-1][1] == len(d.text.rstrip("\n"))
        assert all(0 <= f.sentence < len(d.sentences) for f in d.facts)
