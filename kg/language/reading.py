"""What the encoder made of a document, kept for the later stages: windows with their states and attention."""

from __future__ import annotations

import bisect
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
KINDS = {"name": 0, "nominal": 1, "pronoun": 2}
"""Kinds of mentions, by the numbers that the heads were trained with."""


@dataclass(frozen=True)
class Window:
    """Words [start, end); ``first``/``last`` piece positions of each; states [L, d], attention [12, L, L]."""

    start: int
    end: int
    first: npt.NDArray[np.int64]
    last: npt.NDArray[np.int64]
    states: Floats
    attention: Floats


@dataclass(frozen=True)
class Reading:
    """All windows of a document. ``words`` are token numbers without white space; windows count in words."""

    windows: tuple[Window, ...]
    words: npt.NDArray[np.int64]
    subtypes: dict[tuple[int, int], tuple[str, str | None, float]]

    def window_of(self, word: int) -> Window:
        """The window that holds a word."""
        return self.windows[bisect.bisect_right([w.start for w in self.windows], word) - 1]

    def states(self, tokens: int) -> Floats:
        """One state a token [tokens, d], the mean of its first and last piece; zero for white space."""
        found = np.zeros((tokens, self.windows[0].states.shape[1]), np.float32)
        for w in self.windows:
            found[self.words[w.start : w.end]] = (w.states[w.first] + w.states[w.last]) * 0.5
        return found

    def word_of(self, token: int) -> int:
        """Word number of a token (of the next word, for white space)."""
        return int(np.searchsorted(self.words, token))
