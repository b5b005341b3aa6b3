"""Columns of a `Doc`."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from spacy.attrs import LEMMA, LOWER
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.language.columns import strings_of


@given(st.lists(st.text(min_size=1, max_size=5), max_size=8))
def test_a_column_is_what_the_tokens_say(words: list[str]) -> None:
    doc = Doc(Vocab(), words=words)
    assert strings_of(doc) == [t.text for t in doc]
    assert strings_of(doc, LOWER) == [t.lower_ for t in doc]


def test_what_is_not_set_is_empty() -> None:
    doc = Doc(Vocab(), words=["Olsten", "left"], lemmas=["Olsten", "leave"])
    assert strings_of(doc, LEMMA) == ["Olsten", "leave"]
    assert strings_of(Doc(Vocab(), words=["Olsten"]), LEMMA) == [""]
