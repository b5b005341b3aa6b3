"""Tokens as the treebanks have them, and where windows and sentences may be cut."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from kg.language.tokens import blank_english, expected_starts, paragraph_starts, rough_ends


@pytest.fixture(scope="module")
def nlp() -> Language:
    return blank_english()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a well-known port", "a well - known port"),
        ("the U.S.-led talks", "the U.S. - led talks"),
        ("2019-2021", "2019 - 2021"),
        ("the north/south line", "the north / south line"),
        ("[sic] he said", "[ sic ] he said"),
        ("Varn Party(VP)", "Varn Party ( VP )"),
        ("Tolmere's port", "Tolmere 's port"),
        ("didn't", "did n't"),
        ("It ended.Then they left.", "It ended . Then they left ."),
        ("$1,200.50 in Tolmere,Varn", "$ 1,200.50 in Tolmere , Varn"),
        ("Mr. Joren Tavlek", "Mr. Joren Tavlek"),
    ],
)
def test_tokens(nlp: Language, text: str, expected: str) -> None:
    assert [t.text for t in nlp(text)] == expected.split()


@given(text=st.text(max_size=60))
def test_tokens_give_back_the_text(text: str) -> None:
    assert NLP(text).text == text


NLP = blank_english()


def test_paragraphs_begin_after_line_breaks(nlp: Language) -> None:
    doc = nlp("Port opens\n\nMira Olsten  came.\nShe left.")
    words = [t.i for t in doc if not t.is_space]
    assert [doc[words[k]].text for k in paragraph_starts(doc, words)] == ["Port", "Mira", "She"]


@pytest.mark.parametrize(
    ("text", "paragraphs", "expected"),
    [
        ("Olsten left . Tavlek stayed .", [0], [3, 6]),
        ("He said : “ Go . ” She went .", [0], [7, 10]),
        ("It cost 3 . 5 million", [0], [6]),
        ("Port opens Olsten came", [0, 2], [2, 4]),
        ("Why ? “ Because ” , she said", [0], [2, 8]),
        ("Mr. Tavlek stayed", [0], [3]),
        (") Olsten left", [0], [3]),
        ("", [0], [0]),
    ],
)
def test_rough_ends(text: str, paragraphs: list[int], expected: list[int]) -> None:
    assert rough_ends(text.split(), paragraphs) == expected


def test_expected_starts_ask_little_after_a_full_stop_and_much_inside_a_sentence() -> None:
    texts = ["Olsten", "left", ".", "Tavlek", "said", ":", '"', "yes", ".", '"', "then", "He", ".", "she"]
    bars = dict(zip(enumerate(texts), expected_starts(texts, 0, len(texts)), strict=True))
    assert bars[0, "Olsten"] == bars[1, "left"] == bars[4, "said"] == bars[11, "He"] == 2.0
    assert bars[3, "Tavlek"] == -2.0
    assert bars[6, '"'] == bars[10, "then"] == bars[13, "she"] == 0.0


def test_expected_starts_of_a_part_are_those_of_the_whole() -> None:
    texts = ["Olsten", "left", ".", "Tavlek", "stayed", "."]
    assert expected_starts(texts, 3, 6) == expected_starts(texts, 0, 6)[3:]
