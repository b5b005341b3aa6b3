from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.reading.cleaning import clean


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("a\r\nb\rc", "a\nb\nc"),
        ("a\x0bb\u2028c\x85d", "a\nb\nc\nd"),
        ("a\x0cb\u2029c", "a\n\nb\n\nc"),
        ("a\0b\x07\x7f\x9fc", "abc"),
        ("a\tb", "a\tb"),
        ("\ufeffEx\u200bton \u202eabc\u202c \u2066d\u2069", "Exton abc d"),
        ("co\u00adoperate", "cooperate"),
        ("5\u00a0km\u2009and\u3000on", "5 km and on"),
        ("cafe\u0301", "café"),
        ("\ud800x", "\ufffdx"),
        ("a\ufffe\U0001ffffb", "ab"),
    ],
)
def test_table(raw: str, cleaned: str) -> None:
    assert clean(raw) == cleaned


def test_a_tower_of_accents_is_cut() -> None:
    assert len(clean("x" + "\u0316\u0301" * 100_000)) == 31


@given(st.text(st.characters(codec=None)))
def test_idempotent_composed_and_without_controls(raw: str) -> None:
    once = clean(raw)
    assert clean(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert not [c for c in once if c not in "\n\t" and unicodedata.category(c) in ("Cc", "Cs")]
    once.encode()


@given(st.text(st.sampled_from("e\u0301\u0344\u0316\u0f71\u0f73\u00ad\u200d\r\n"), max_size=200))
def test_idempotent_on_runs_of_marks(raw: str) -> None:
    assert clean(clean(raw)) == clean(raw)
