"""What a batch hides of its words."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("torch", reason="training is tested only where torch is installed: make model installs it")

from kg.language.pieces import CLS, SEP
from training.labels import Window
from training.units import HIDDEN, MASK, padded

WORDS, PIECES = 250, 2


def window() -> Window:
    """Words of two pieces each, all pieces different."""
    first = [1 + PIECES * k for k in range(WORDS)]
    ids = [CLS, *range(1000, 1000 + PIECES * WORDS), SEP]
    return Window(0, WORDS, ids, [0] * len(ids), first, [at + PIECES - 1 for at in first])


def test_whole_words_of_veiled_windows_are_hidden_and_nothing_else() -> None:
    np.random.seed(5)
    w = window()
    ids, _, mask = padded([w, w], [True, False])
    size = len(w.ids)
    assert ids[1, :size].tolist() == w.ids
    hidden = ids[0, :size].numpy() == MASK
    words = hidden[1:-1].reshape(WORDS, PIECES)
    assert (words.all(1) == words.any(1)).all()
    assert abs(words.all(1).mean() - HIDDEN) < 0.07
    assert not hidden[[0, -1]].any()
    assert (ids[0, :size].numpy()[~hidden] == np.array(w.ids)[~hidden]).all()
    assert mask.sum() == 2 * size
