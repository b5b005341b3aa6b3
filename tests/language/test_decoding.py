"""Trees and spans from scores: always legal, and the best there is."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.language.decoding import best_bio, heads, lemma, spans

NAMES = ["O", "B-PER", "I-PER", "B-LOC", "I-LOC"]


@st.composite
def scored_sentences(draw: st.DrawFn, longest: int = 14) -> tuple[np.ndarray, np.ndarray]:
    """Scores [W, W + 1], with many ties or with none, and the first words of the sentences."""
    n = draw(st.integers(1, longest))
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    ties = draw(st.booleans())
    scores = random.integers(-2, 3, (n, n + 1)) if ties else random.normal(0, 4, (n, n + 1))
    starts = sorted({0, *draw(st.lists(st.integers(0, n - 1), max_size=4))})
    return scores.astype(np.float32), np.array(starts, np.int64)


def is_tree(head: tuple[int, ...]) -> bool:
    """Exactly one root, and every word reaches it."""
    if sum(h == i for i, h in enumerate(head)) != 1:
        return False
    for word in range(len(head)):
        seen = set()
        while head[word] != word:
            if word in seen:
                return False
            seen.add(word)
            word = head[word]
    return True


def total(scores: np.ndarray, head: tuple[int, ...]) -> float:
    return float(sum(scores[i, 0 if h == i else h + 1] for i, h in enumerate(head)))


@given(scored_sentences())
def test_every_sentence_gets_one_tree_of_its_own(drawn: tuple[np.ndarray, np.ndarray]) -> None:
    scores, starts = drawn
    found = heads(scores, starts)
    for start, end in zip(starts, [*starts[1:], len(scores)], strict=True):
        assert is_tree(tuple((found[start:end] - start).tolist()))
        assert ((found[start:end] >= start) & (found[start:end] < end)).all()


@given(scored_sentences(longest=4))
@settings(max_examples=300)
def test_no_tree_scores_better(drawn: tuple[np.ndarray, np.ndarray]) -> None:
    scores, _ = drawn
    n = len(scores)
    best = max(total(scores, head) for head in product(range(n), repeat=n) if is_tree(head))
    found = tuple(heads(scores, np.array([0])).tolist())
    assert total(scores, found) == pytest.approx(best, abs=1e-3)


def test_a_cycle_is_broken_where_it_costs_least() -> None:
    scores = np.array([[5, -9, 9, 0], [1, 9, -9, 4], [0, 3, 3.5, -9]], np.float32)
    assert heads(scores, np.array([0])).tolist() == [0, 0, 1]


def legal(tags: list[int]) -> bool:
    before = "O"
    for tag in (NAMES[t] for t in tags):
        if tag.startswith("I") and before[2:] != tag[2:]:
            return False
        before = tag
    return True


@given(st.integers(1, 5), st.integers(0, 2**32 - 1))
@settings(deadline=None)
def test_best_bio_is_the_best_legal_sequence(n: int, seed: int) -> None:
    logits = np.random.default_rng(seed).normal(0, 2, (n, len(NAMES))).astype(np.float32)
    found = best_bio(logits, NAMES).tolist()
    greedy = logits.argmax(1).tolist()
    assert legal(found)
    assert found == greedy or not legal(greedy)
    words = np.arange(n)
    best = max(float(logits[words, list(t)].sum()) for t in product(range(len(NAMES)), repeat=n) if legal(list(t)))
    assert float(logits[words, found].sum()) == pytest.approx(best, abs=1e-4)


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ("O O", []),
        ("B-PER I-PER O", [(0, 2, "PER")]),
        ("B-PER B-PER", [(0, 1, "PER"), (1, 2, "PER")]),
        ("B-PER I-LOC", [(0, 1, "PER"), (1, 2, "LOC")]),
        ("I-LOC I-LOC", [(0, 2, "LOC")]),
        ("O B-LOC", [(1, 2, "LOC")]),
    ],
)
def test_spans(tags: str, expected: list[tuple[int, int, str]]) -> None:
    assert spans(np.array([NAMES.index(t) for t in tags.split()]), NAMES) == expected


@given(st.lists(st.integers(0, len(NAMES) - 1)))
def test_spans_stand_in_order_and_cover_what_is_tagged(tags: list[int]) -> None:
    found = spans(np.array(tags, np.int64), NAMES)
    assert [k for a, b, _ in found for k in range(a, b)] == [i for i, t in enumerate(tags) if t]


@pytest.mark.parametrize(
    ("form", "script", "expected"),
    [
        ("Signed", "l|2|", "sign"),
        ("Tolmere", "k|0|", "Tolmere"),
        ("cities", "l|3|y", "city"),
        ("was", "l|3|be", "be"),
        ("a", "l|3|", "a"),
        ("be", "l|2|", "be"),
        ("or", "l|0||", "or|"),
    ],
)
def test_lemma_applies_an_edit_script(form: str, script: str, expected: str) -> None:
    assert lemma(form, script) == expected


def test_the_best_root_is_found_among_five_words() -> None:
    rows = [
        [0, -2, 2, -2, 2, 0],
        [0, 2, 2, -2, -2, 0],
        [-1, 1, 2, 1, 2, 0],
        [-1, 0, 0, -2, -1, 2],
        [-2, -1, 0, -2, 2, 2],
    ]
    scores = np.array(rows, np.float32)
    best = max(total(scores, head) for head in product(range(5), repeat=5) if is_tree(head))
    assert total(scores, tuple(heads(scores, np.array([0])).tolist())) == best
