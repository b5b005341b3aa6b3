"""A `Doc` that keeps its reading, through bytes."""

from __future__ import annotations

import numpy as np
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.language.reading import Reading, Window
from kg.language.serialisation import packed, unpacked


def reading() -> Reading:
    rng = np.random.default_rng(1)
    windows = tuple(
        Window(
            at, at + 2, np.array([1, 2]), np.array([1, 3]), rng.random((5, 4), np.float32),
            rng.random((2, 5, 5), np.float32),
        )
        for at in (0, 2)
    )  # fmt: skip
    return Reading(
        windows, np.array([0, 1, 3, 4]), {(0, 1): ("Person", None, 0.9), (2, 4): ("Organization", "Company", 0.5)}
    )


def test_a_reading_is_the_same_after_bytes(readings: None) -> None:
    doc = Doc(Vocab(), words=["Olsten", "left", "\n", "Varn", "Bank"])
    doc._.kg_reading = kept = reading()
    back = Doc(doc.vocab).from_bytes(doc.to_bytes())._.kg_reading
    assert isinstance(back, Reading)
    assert back.subtypes == kept.subtypes
    np.testing.assert_array_equal(back.words, kept.words)
    for ours, theirs in zip(back.windows, kept.windows, strict=True):
        assert (ours.start, ours.end) == (theirs.start, theirs.end)
        for part in ("first", "last", "states", "attention"):
            np.testing.assert_array_equal(getattr(ours, part), getattr(theirs, part))
            assert getattr(ours, part).dtype == getattr(theirs, part).dtype


def test_other_things_go_down_the_chain() -> None:
    assert packed({1}, list) == [1]
    assert packed("x") == "x"
    assert unpacked({"kg": 1}, lambda thing: sorted(thing)) == ["kg"]
    assert unpacked({"a": 1, "kg_reading": 2}) == {"a": 1, "kg_reading": 2}
