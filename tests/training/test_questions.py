"""Examples of the second look on their way to a file and back."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from kg.language.rereading import End, Excerpt, Question
from training.annotated import MarkedDocument, parse
from training.questions import example, keep, kept

TEXT = """---
title: Talks
date: 2021-05-03
genre: report
entities:
  p1: Person | Anna Poe
  p2: Person | Ian Roe
---
[Anna Poe](p1) met [Ian Roe](p2).
> p1 metWith p2
"""
WORDS = ["Anna", "Poe", "met", "Ian", "Roe", "."]


@pytest.fixture
def marked(tmp_path: Path) -> MarkedDocument:
    file = tmp_path / "talks-01.md"
    file.write_text(TEXT, "utf-8")
    return parse(file)


def test_examples_come_back_to_the_same_words_only(marked: MarkedDocument, tmp_path: Path) -> None:
    anna, ian = End(0, 2, "Person", "name"), End(3, 5, "Person", "name")
    q = Question(anna, "metWith", ian, Excerpt(0, 6, [0] * 6, np.zeros(6, np.int64)))
    keep(tmp_path / "examples", [marked], [example(0, q, [1.0, 0, 0, 0, 0], [1, 0, 0, 0, 0], ())])
    held = kept(tmp_path / "examples", {marked.name: WORDS, "unasked-01": ["More"]})
    assert [(e.relation, e.ends) for e in held.pop(marked.name)] == [("metWith", (0, 1, 3, 4))]
    assert held == {}
    with pytest.raises(SystemExit, match="changed since: talks-01"):
        kept(tmp_path / "examples", {marked.name: [*WORDS[:3], "Jon", "Roe", "."]})
