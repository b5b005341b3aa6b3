"""Other names for the people of a passage, so that the heads learn what is said and not of whom."""

from __future__ import annotations

import random
from collections.abc import Iterable

from training.corpora import Passage

PERSON = frozenset({"Person"})


def name_words(passages: Iterable[Passage]) -> list[str]:
    """Words that make up names of people, each once, sorted."""
    return sorted({w for p in passages for m in p.mentions for w in _of(p, m.start, m.end, m.kind, m.types)})


def renamed(passage: Passage, pool: list[str], rng: random.Random) -> list[str]:
    """The words with every word of a person's name exchanged, the same one always for the same; numbers of words,
    and so all marks, stay as they are.
    """
    mapping: dict[str, str] = {}
    words = list(passage.words)
    for m in passage.mentions:
        for k in range(m.start, m.end):
            if _of(passage, k, k + 1, m.kind, m.types):
                word = passage.words[k]
                if word not in mapping:
                    mapping[word] = rng.choice(pool)
                words[k] = mapping[word]
    return words


def _of(passage: Passage, start: int, end: int, kind: str, types: frozenset[str]) -> list[str]:
    if kind != "name" or types != PERSON:
        return []
    return [w for w in passage.words[start:end] if len(w) > 2 and w.isalpha() and w.istitle()]
