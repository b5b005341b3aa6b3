"""Shapes of words, and windows that drop nothing."""

from __future__ import annotations

from itertools import accumulate, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.language.loading import PACKAGED
from kg.language.pieces import MAX_PIECES_A_WORD, SHAPES, WordPieces, shape, windows


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("harbour", 1),
        ("harbour-master", 1),
        ("Tolmere", 2),
        ("A", 3),
        ("a", 1),
        ("NTV", 4),
        ("U.K.", 4),
        ("McVarn", 5),
        ("2024", 6),
        ("3rd", 7),
        ("1,200", 7),
        (".", 8),
        ("--", 8),
        ("eVarn", 9),
    ],
)
def test_shape(word: str, expected: int) -> None:
    assert shape(word) == expected


@given(st.text(min_size=1))
def test_a_word_never_has_the_shape_of_the_special_pieces(word: str) -> None:
    assert 1 <= shape(word) < SHAPES


sentences_of_sizes = st.lists(st.lists(st.integers(1, 12), min_size=1, max_size=12), min_size=1, max_size=12)


@given(sentences_of_sizes, st.integers(1, 40))
def test_windows_cover_every_word_once_and_keep_to_the_limit(sentences: list[list[int]], limit: int) -> None:
    sizes = [n for s in sentences for n in s]
    ends = list(accumulate(len(s) for s in sentences))
    found = windows(sizes, ends, limit)
    assert [k for a, b in found for k in range(a, b)] == list(range(len(sizes)))
    assert all(sum(sizes[a:b]) <= limit or b - a == 1 for a, b in found)


@given(sentences_of_sizes, st.integers(1, 40))
def test_a_sentence_that_fits_is_never_cut(sentences: list[list[int]], limit: int) -> None:
    sizes = [n for s in sentences for n in s]
    ends = list(accumulate(len(s) for s in sentences))
    cuts = {b for _, b in windows(sizes, ends, limit)}
    for (a, b), sentence in zip(pairwise([0, *ends]), sentences, strict=True):
        if sum(sentence) <= limit:
            assert not cuts & set(range(a + 1, b))


def test_windows_hold_as_many_sentences_as_fit() -> None:
    assert windows([2] * 10, [2, 4, 6, 10], 8) == [(0, 4), (4, 6), (6, 10)]
    assert windows([1] * 7, [7], 3) == [(0, 3), (3, 6), (6, 7)]
    assert windows([9, 1, 1], [1, 3], 4) == [(0, 1), (1, 3)]


def test_a_word_has_at_least_one_piece_and_at_most_the_limit() -> None:
    pieces = WordPieces(PACKAGED / "kg_encoder" / "pieces.json", remember=1)
    assert len(pieces("harbour")) == 1
    assert len(pieces("xqzv" * 20)) == MAX_PIECES_A_WORD
    assert pieces("\u200b")
    assert pieces("harbour") == pieces("Harbour")
