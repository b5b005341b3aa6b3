"""Where paragraphs and sentences may begin."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.language.sentence_ends import (
    AFTER_MARK,
    ENDED,
    NEVER,
    PLAIN,
    RISING,
    SALUTED,
    STOPPED,
    Line,
    expected_starts,
    paragraph_starts,
    rough_ends,
)
from kg.language.tokens import blank_english

NLP = blank_english()


def line_of(text: str) -> Line:
    doc = NLP(text)
    words = [t.i for t in doc if not t.is_space]
    return Line.of(doc, words, [doc[i].text for i in words])


def test_paragraphs_begin_after_line_breaks() -> None:
    doc = NLP("Port opens\n\nMira Olsten  came.\nShe left.")
    words = [t.i for t in doc if not t.is_space]
    assert [doc[words[k]].text for k in paragraph_starts(doc, words)] == ["Port", "Mira", "She"]


def test_white_space_before_words() -> None:
    line = line_of('Olsten said:\n"Go  now."')
    assert [t for t, s in zip(line.texts, line.spaced, strict=True) if s] == ["Olsten", "said", '"', "now"]


@pytest.mark.parametrize(
    ("text", "first_words"),
    [
        ("Olsten left. Tavlek stayed.", "Tavlek"),
        ("He said: “Go.” She went.", "She"),
        ('He said: "Go." She went.', "She"),
        ('He left. "Go," she said.', '"'),
        ("It cost 3 . 5 million", ""),
        ("Port opens\nOlsten came", "Olsten"),
        ("Why? “Because”, she said", "“"),
        ("Mr. Tavlek stayed", ""),
        (") Olsten left", ""),
        ("It fell in May. [12] Then it rose.", "Then"),
        ("1. Olsten left. 2. Tavlek came.", ""),
        ("The port (closed in May.) It opened.", "It"),
        ("", ""),
    ],
)
def test_rough_ends(text: str, first_words: str) -> None:
    line = line_of(text)
    *found, last = rough_ends(line)
    assert [line.texts[k] for k in found] == first_words.split()
    assert last == len(line.texts)


@pytest.mark.parametrize(
    ("before", "word", "after", "bar"),
    [
        ("Olsten left.", "Tavlek", "stayed", STOPPED),
        ("Olsten left!!", "Tavlek", "stayed", STOPPED),
        ("Olsten left...", "Tavlek", "stayed", STOPPED),
        ("Olsten left.", "tavlek", "stayed", ENDED),
        ("Olsten left.", "3", "stayed", ENDED),
        ("Olsten left.)", "Tavlek", "stayed", STOPPED),
        ("Olsten left.”", "Tavlek", "stayed", STOPPED),
        ("It fell in May.[12]", "Tavlek", "stayed", STOPPED),
        ("It fell in May.", "[12]", "It", NEVER),
        ("Olsten left.", '"No', "one", ENDED),
        ('Olsten left. "', "No", "one", STOPPED),
        ("Olsten said:", "Tavlek", "stayed", AFTER_MARK),
        ("Olsten and", "Tavlek", "stayed", RISING),
        ("Olsten and", "3", "others", RISING),
        ("Olsten and", "others", "stayed", PLAIN),
        ("Dear Mira,", "Here", "it is", SALUTED),
        ("They left. Thanks,", "Joren", "", SALUTED),
        ("They left for the old port of Tolmere,", "Varn", "", RISING),
        ("2.", "Olsten", "left", NEVER),
        ("They left. B.", "Olsten", "left", RISING),
        ("It cost 2.", "Olsten", "left", STOPPED),
    ],
)
def test_expected_starts(before: str, word: str, after: str, bar: float) -> None:
    line = line_of(f"{before} {word} {after}")
    k = len(line_of(before).texts)
    assert expected_starts(line, k, k + 1) == [bar]


def test_a_mark_that_closes_begins_nothing_and_nothing_begins_after_one_that_opens() -> None:
    line = line_of('Olsten left. "He stayed." She went.')
    bars = dict(zip(line.texts, expected_starts(line, 0, len(line.texts)), strict=True))
    assert bars["He"] == NEVER
    assert bars['"'] == NEVER  # the second one
    assert bars["She"] == STOPPED


@given(text=st.text(alphabet="aB1 .!\"'“”[](),:\n", max_size=40), cut=st.integers(0, 40))
def test_expected_starts_of_a_part_are_those_of_the_whole(text: str, cut: int) -> None:
    line = line_of(text)
    n = len(line.texts)
    cut = min(cut, n)
    assert expected_starts(line, 0, cut) + expected_starts(line, cut, n) == expected_starts(line, 0, n)
    assert rough_ends(line)[-1] == n
