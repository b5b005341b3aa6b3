"""Copies of one report count as one witness; independent reports do not."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.resolution import resolve
from kg.resolution.copies import SHARED, copies, grouped, print_of, shared
from tests.documents import doc

_SYLLABLES = (
    "bra",
    "dun",
    "el",
    "fir",
    "gos",
    "hal",
    "ik",
    "jor",
    "kel",
    "lum",
    "mar",
    "nor",
    "oss",
    "pel",
    "quin",
    "rast",
)


def prose(seed: int, words: int = 240) -> str:
    """Sentences of made-up words, the same for the same seed."""
    draw = random.Random(seed)
    made = ["".join(draw.choices(_SYLLABLES, k=draw.randint(1, 3))) for _ in range(words)]
    return " ".join(
        f"{word.capitalize()}" if i % 12 == 0 else f"{word}." if i % 12 == 11 else word for i, word in enumerate(made)
    )


def edited(text: str, every: int) -> str:
    """Every n-th word another one."""
    return " ".join("zebra" if i % every == every - 1 else word for i, word in enumerate(text.split()))


REPORT = prose(1)


@pytest.mark.parametrize(
    "copy",
    [
        REPORT,
        f"Another headline\n\n{REPORT.upper()}",
        " ".join(REPORT.split()[:80]),
        " ".join(REPORT.split()[100:200]),
        f"{REPORT} {prose(2, 60)}",
        f"{prose(2, 150)} {REPORT} {prose(3, 150)}",
        edited(REPORT, 12),
        edited(" ".join(REPORT.split()[:150]), 15),
    ],
    ids=["same", "retitled", "cut", "middle", "added to", "within a longer one", "edited", "cut and edited"],
)
def test_a_copy_is_known(copy: str) -> None:
    assert shared(print_of(REPORT), print_of(copy)) >= SHARED
    assert copies({"a": print_of(REPORT), "b": print_of(copy), "c": print_of(prose(9))}) == {
        "a": "a",
        "b": "a",
        "c": "c",
    }


@pytest.mark.parametrize(
    "other",
    [
        prose(2),
        " ".join(reversed(REPORT.split())),
        f"{prose(2)} {' '.join(REPORT.split()[:40])}",  # one quotation of forty words
        "",
        "The board met.",
    ],
    ids=["another", "same words in another order", "a quotation", "empty", "short"],
)
def test_what_only_shares_words_is_no_copy(other: str) -> None:
    assert copies({"a": print_of(REPORT), "b": print_of(other)}) == {"a": "a", "b": "b"}


def test_short_texts_are_copies_only_if_all_words_are_the_same() -> None:
    prints = {
        "a": print_of("The board met in Brenna."),
        "b": print_of("The board met -- in BRENNA"),
        "c": print_of("The board met in Alder."),
        "d": print_of(""),
        "e": print_of("  "),
    }
    assert copies(prints) == {"a": "a", "b": "a", "c": "c", "d": "d", "e": "e"}


@given(st.permutations(["a", "b", "c", "d", "e"]))
def test_the_order_of_texts_does_not_matter(order: list[str]) -> None:
    texts = {"a": REPORT, "b": edited(REPORT, 12), "c": prose(5), "d": prose(5) + " More.", "e": "Short."}
    assert copies({id: print_of(texts[id]) for id in order}) == {"a": "a", "b": "a", "c": "c", "d": "c", "e": "e"}


def test_groups_reach_over_several_steps() -> None:
    assert grouped([("d", "c"), ("a", "b"), ("c", "b"), ("x", "x")]) == dict.fromkeys("abcd", "a") | {"x": "x"}


LINES = ("e1 Person Anna Poe", "e2 Organization Harwick Steel", "e1 leads e2")


def test_copies_of_a_report_are_one_witness_and_stay_so_when_more_come() -> None:
    same = [doc("a", *LINES, text=REPORT), doc("b", *LINES, text=f"Other title. {edited(REPORT, 12)}")]
    (statement,) = resolve(same).statements
    assert (statement.documents, len(statement.claims), statement.confidence) == (1, 2, 0.5)
    own = doc("c", *LINES, text=prose(7))
    for order in ([*same, own], [own, *same]):
        (statement,) = resolve(order).statements
        assert (statement.documents, len(statement.claims), statement.confidence) == (2, 3, 0.625)


def test_texts_are_kept_only_if_asked_for() -> None:
    held = [doc("a", *LINES, text=REPORT), doc("b", *LINES, text=edited(REPORT, 12))]
    bare, whole = resolve(held, keep_texts=False), resolve(held)
    assert [d.text for d in bare.documents] == ["", ""]
    assert [d.sha256 for d in bare.documents] == [d.sha256 for d in whole.documents]
    assert bare.statements == whole.statements
