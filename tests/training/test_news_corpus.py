"""Splits that stay, and passages that say what the documents say."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from kg.language.tokens import blank_english
from kg.ontology.vocabulary import RELATIONS
from training import news_corpus
from training.annotated import documents, parse
from training.news_corpus import classes, core, marked_classes, passages, split_of

TEXT = """---
title: Bank
date: 2021-03-10
genre: agency
entities:
  e1: Person | Mira Olsten
  e2: Organization/Company | Varn Bank
  e3: Person | Joren Tavlek
---
[Mira Olsten](e1) leads [Varn Bank](e2).
> e1 leads e2
[She](e1~p) met [Joren Tavlek](e3), who may work for the [bank](e2~n).
> e1 metWith e3
> e3 worksFor e2; possible
"""


@pytest.mark.parametrize(
    ("name", "split"),
    [("port-01", "train"), ("port-02", "test"), ("port-06", "dev"), ("port-09", "test"), ("port-10", "train")],
)
def test_the_split_of_a_name_never_changes(name: str, split: str) -> None:
    assert split_of(name) == split


def test_most_documents_are_to_learn_from() -> None:
    shares = Counter(split_of(d.name) for d in documents())
    assert set(shares) == {"train", "dev", "test"}
    assert shares["train"] > 0.7 * shares.total()


def test_core_relations_are_sorted_and_known() -> None:
    assert core() == sorted(set(core()))
    assert set(core()) <= set(RELATIONS)


def test_every_core_relation_has_a_class() -> None:
    assert set(classes(())) == set(core()) == marked_classes(())


def test_a_passage_has_the_certain_facts_and_all_mentions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "brief-x.md"
    path.write_text(TEXT, "utf-8")
    monkeypatch.setattr(news_corpus, "documents", lambda: [parse(path)])
    (passage,) = passages((), split_of("brief-x"))
    words = [t.text for t in blank_english()(parse(path).text) if not t.is_space]
    assert passage.words == words
    assert [passage.words[s] for s in passage.starts] == ["Mira", "She"]
    assert [(" ".join(words[m.start : m.end]), m.kind, m.cluster) for m in passage.mentions] == [
        ("Mira Olsten", "name", 0),
        ("Varn Bank", "name", 1),
        ("She", "pronoun", 0),
        ("Joren Tavlek", "name", 2),
        ("bank", "nominal", 1),
    ]
    assert passage.relations == [(0, "leads", 1), (0, "metWith", 2), (2, "metWith", 0)]
    assert [passages((), s) for s in {"train", "dev", "test"} - {split_of("brief-x")}] == [[], []]


@pytest.mark.parametrize("module", ["training.annotated", "training.news_corpus", "training.calibrate"])
def test_marked_news_is_read_without_torch(module: str) -> None:
    code = f"import sys; sys.modules['torch'] = None; import {module}"
    done = subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[2], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
