"""Words to word pieces, their case and shape, and windows cut at sentence ends. Used to train and to run.

The base encoder is uncased; a ten-way shape class, fed where BERT has its token type, gives back the case.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tokenizers import Tokenizer

CLS, SEP, UNK = 101, 102, 100
SHAPES = 10
MAX_PIECES_A_WORD = 12


def shape(word: str) -> int:
    """Case and shape class 0..9 of a word; 0 is kept for the special pieces."""
    if word.isdigit():
        return 6
    if any(c.isdigit() for c in word):
        return 7
    if not any(c.isalpha() for c in word):
        return 8
    if word.islower():
        return 1
    if len(word) == 1:
        return 3
    if word.isupper():
        return 4
    if word[0].isupper() and word[1:].islower():
        return 2
    if word[0].isupper():
        return 5
    return 9


class WordPieces:
    """Word -> piece ids, remembered: news repeats its words."""

    def __init__(self, path: Path, remember: int = 200_000) -> None:
        self.tokenizer = Tokenizer.from_file(str(path))
        self.tokenizer.no_padding()
        self.tokenizer.no_truncation()
        self._known: dict[str, list[int]] = {}
        self._shapes: dict[str, list[int]] = {}
        self._remember = remember

    def __call__(self, word: str) -> list[int]:
        """Piece ids of one word, at least one, at most `MAX_PIECES_A_WORD`."""
        found = self._known.get(word)
        if found is None:
            found = self.tokenizer.encode(word, add_special_tokens=False).ids[:MAX_PIECES_A_WORD] or [UNK]
            if len(self._known) < self._remember:
                self._known[word] = found
        return found

    def shapes(self, word: str, pieces: int) -> list[int]:
        """The `shape` of the word once for each of its pieces."""
        found = self._shapes.get(word)
        if found is None:
            found = [shape(word)] * pieces
            if len(self._shapes) < self._remember:
                self._shapes[word] = found
        return found


def windows(sizes: Sequence[int], ends: Sequence[int], limit: int) -> list[tuple[int, int]]:
    """Word ranges that hold at most ``limit`` pieces, cut at sentence ends.

    ``sizes`` are pieces per word, ``ends`` ascending word indices after which a sentence ends (the last one is
    the number of words). A sentence longer than the limit is cut where the limit falls: nothing is dropped.
    """
    out: list[tuple[int, int]] = []
    start = size = 0
    sentence_start = 0
    for end in ends:
        n = sum(sizes[sentence_start:end])
        if size and size + n > limit:
            out.append((start, sentence_start))
            start, size = sentence_start, 0
        if n > limit:
            for word in range(sentence_start, end):
                if size and size + sizes[word] > limit:
                    out.append((start, word))
                    start, size = word, 0
                size += sizes[word]
        else:
            size += n
        sentence_start = end
    if sentence_start > start:
        out.append((start, sentence_start))
    return out
