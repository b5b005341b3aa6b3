"""Wikinews articles out of two question-answer corpora: words set again as they were printed. The text is invented."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from training.annotated import FormatError, parse
from training.standoff import Corpora, packed, rebuilt
from training.wikinews import detokenised, documents

PRINTED = [
    ("Mayor Ana Rull 's deputy did n't pay .", "Mayor Ana Rull's deputy didn't pay."),
    ("`` It rained , '' she said .", '"It rained," she said.'),
    ('" It rained , " she said .', '"It rained," she said.'),
    ("The Tolmere Bank -LRB- TB -RRB- paid $ 5 .", "The Tolmere Bank (TB) paid $5."),
    ("Tolmere -- Halvary won 12 -- 3 .", "Tolmere – Halvary won 12–3."),
    ("the drivers ' union and/or 7\\/8 of it", "the drivers' union and/or 7/8 of it"),
    ("C$ 238.03 was bid", "C$238.03 was bid"),
    ("", ""),
]


@pytest.mark.parametrize(("tokens", "text"), PRINTED)
def test_a_sentence_is_set_as_it_was_printed(tokens: str, text: str) -> None:
    assert detokenised(tokens.split()) == text


@pytest.fixture
def corpora(tmp_path: Path) -> Path:
    bank, nouns = tmp_path / "qasrl-bank/dev", tmp_path / "qanom/train"
    for folder in (bank, nouns, tmp_path / "ewt/train", tmp_path / "raw-enwiki-2018"):
        folder.mkdir(parents=True)
    rows = [
        {"sentenceId": "Wiki1k:wikinews:7:1:0", "sentenceTokens": ["He", "left", "Halvary", "."]},
        {"sentenceId": "Wiki1k:wikinews:7:0:1", "sentenceTokens": ["It", "rained", "."]},
        {"sentenceId": "Wiki1k:wikipedia:7:0:1", "sentenceTokens": ["No", "news", "."]},
    ]
    (bank / "orig.jsonl").write_text("\n".join(json.dumps(r) for r in rows) + "\n", "utf-8")
    (nouns / "annot.csv").write_text("qasrl_id,sentence\nWiki1k:wikinews:7:0:0,Joren Tavlek spoke .\n", "utf-8")
    posts = (
        "# newdoc id = newsgroup-b\n# text = First.\n# newdoc id = weblog-a\n# text = Rain.\n# text = Joren [spoke].\n"
    )
    (tmp_path / "ewt/train/x.conllu").write_text(posts, "utf-8")
    article = '<doc id="3" url="https://example.org/3" title="Varn">\nVarn\n\nVarn is a town.\n\nJoren spoke.\n</doc>\n'
    (tmp_path / "raw-enwiki-2018/raw-enwiki-2018_AA_wiki_00").write_text(article, "utf-8")
    return tmp_path


def test_an_article_is_put_together_out_of_both_corpora_in_its_order(corpora: Path) -> None:
    assert documents(corpora) == {"7": (["Joren Tavlek spoke.", "It rained.", "He left Halvary."], [2])}


@pytest.mark.parametrize(
    ("name", "document", "words"),
    [
        ("wikinews-7", "7", ["[Joren](e1) Tavlek spoke.", "[It](e2~p) rained."]),
        ("ewt-02-2", "weblog-a", ["[Joren](e1) [spoke](e2~n)."]),
        ("enwiki-3", "AA_wiki_00/3", ["[Joren](e1) [spoke](e2~n)."]),
    ],
)
def test_marks_on_its_text_come_back_and_hold_none_of_it(
    corpora: Path, tmp_path: Path, name: str, document: str, words: list[str]
) -> None:
    head = "---\ntitle: x\ngenre: report\nentities:\n  e1: Person | Joren\n  e2: Place/Country | Varn\n---\n"
    path = tmp_path / f"{name}.md"
    path.write_text(head + "\n\n".join(words) + "\n> e1 residesIn e2\n", "utf-8")
    record = packed(parse(path), Corpora(corpora))
    assert record["document"] == document
    assert "Joren" not in json.dumps(record)
    again = rebuilt(name, record, Corpora(corpora))
    assert again.text == parse(path).text
    assert again.mentions == parse(path).mentions


@pytest.mark.parametrize("name", ["wikinews-8", "ewt-03-1", "enwiki-4"])
def test_a_document_that_the_corpora_lack_is_told(corpora: Path, name: str) -> None:
    known = Corpora(corpora)
    with pytest.raises(FormatError, match=r"no (document|such article)|EWT holds 2"):
        known.source(*known.document_of(name))
