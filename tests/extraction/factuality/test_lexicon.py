"""The table of deciding words."""

from __future__ import annotations

from importlib.resources import files
from typing import get_args

import pytest

from kg.errors import DataError
from kg.extraction.factuality.lexicon import Class, content_lemmas, lexicon, parse

HEADER = "lemma\tclass\tframe\texample\n"


def test_every_class_has_words_and_every_row_an_example() -> None:
    text = files("kg.extraction.factuality").joinpath("data", "lexicon.tsv").read_text(encoding="utf-8")
    assert text.startswith(HEADER)
    assert {line.split("\t")[1] for line in text.splitlines()[1:]} == set(get_args(Class))
    assert all(line.split("\t")[3].strip() for line in text.splitlines()[1:])


def test_frames_are_split() -> None:
    assert parse(HEADER + "rule out\tdenies\tobj|ing\truled out an attack\n") == {
        ("rule out", "obj"): "denies",
        ("rule out", "ing"): "denies",
    }


@pytest.mark.parametrize(
    ("row", "where"),
    [
        ("deny\tdenies\tobj\n", "lexicon.tsv:2"),
        ("deny\tdenied\tobj\tdenied it\n", "lexicon.tsv:2"),
        ("deny\tdenies\tobj\tdenied it\ndeny\tnegates\ting|obj\tdenied it\n", "lexicon.tsv:3"),
    ],
)
def test_a_bad_row_is_named(row: str, where: str) -> None:
    with pytest.raises(DataError) as caught:
        parse(HEADER + row)
    assert caught.value.where == where


def test_nouns_with_content() -> None:
    assert {"claim", "report", "possibility"} <= content_lemmas()
    assert "bridge" not in content_lemmas()
    assert lexicon()["rule out", "obj"] == "denies"
