"""A second look at every proposed fact: is it stated here, and is it denied, planned, or only said by somebody?

The relation head sees a pair of entities as one whole, pooled over a document. Rereading looks at one proposal and at
the words around its two mentions. Every word is told what it is to the pair (`PARTS`, from the parse) and where it
stands (`PLACES`); the pair and the proposed relation ask, four attention heads answer. Trained on what rules and
relation head propose on marked news (`training.rereading`), on top of the finished encoder.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from threadpoolctl import ThreadpoolController

from kg.language.reading import KINDS

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

PARTS = (
    "aside", "subject", "object", "trigger", "joint", "above subject", "above object", "above", "far above", "beside",
    "beside above",
)  # fmt: skip
"""What a word is to the pair: within an end; what states the relation; where the ways of both up the parse meet, on
the way there, beyond it; and what hangs on such a word."""
PLACES = 9
"""Before, between or after the ends, three times: in the sentence before, in those of the ends, in the one after."""
LONGEST = 160
"""Words that are looked at."""
HEADS = 4
MARKS = ("negated", "possible", "claimed")
ANSWERS = ("right", *MARKS, "attributed")
FILE = "rereading.npz"


@dataclass(frozen=True, slots=True, eq=False)
class Excerpt:
    """Words [start, end) of a document, the part of each and its place. Equal only to itself."""

    start: int
    end: int
    part: Sequence[int]
    place: Ints

    @property
    def around(self) -> Ints:
        """Part and place of each word as one number."""
        return np.asarray(self.part, np.int64) * PLACES + self.place


@dataclass(frozen=True, slots=True)
class End:
    """Subject or object of a proposal: words [start, end), its type and kind."""

    start: int
    end: int
    type: str
    kind: str

    def number(self, types: Mapping[str, int]) -> int:
        """Type and kind as one number; ``types`` are those learned, by `numbered`."""
        return types.get(self.type, 0) * len(KINDS) + KINDS[self.kind]


@dataclass(frozen=True, slots=True)
class Question:
    """One proposed fact. ``speakers`` are first words of mentions who may have said it."""

    subject: End
    relation: str
    object: End
    excerpt: Excerpt
    speakers: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """Log odds of each of `ANSWERS`, and the first word of the likeliest speaker, None where there is none."""

    odds: tuple[float, ...]
    speaker: int | None


def numbered(names: Iterable[str]) -> dict[str, int]:
    """Rows of an embedding for what was learned; row 0 is for all else."""
    return {str(name): i for i, name in enumerate(names, 1)}


class Rereading:
    """The head in numpy; one object a process. ``weights`` by name, ``relations`` the rows of what it has learned."""

    def __init__(self, path: Path) -> None:
        with np.load(path) as arrays:
            self.weights = {k: arrays[k].astype(np.float32) for k in arrays.files if arrays[k].dtype.kind == "f"}
            self.relations, self._type = numbered(arrays["relation_names"]), numbered(arrays["type_names"])
        self._blas = ThreadpoolController()
        part, place = self.weights["parts.weight"], self.weights["places.weight"]
        self._around = (part[:, None] + place[None]).reshape(-1, part.shape[1]) + self.weights["words.bias"]

    def known(self, relation: str) -> bool:
        """Whether the head has learned what the relation means."""
        return relation in self.relations

    def answers(self, states: Floats, questions: Sequence[Question]) -> list[Answer]:
        """An answer to each, in their order. Questions that share an `Excerpt` share the work of reading it."""
        if not questions:
            return []
        with self._blas.limit(limits=1):  # as in the other heads: sums in the same order everywhere
            return self._answers(states, questions)

    def _answers(self, states: Floats, questions: Sequence[Question]) -> list[Answer]:
        w, many = self.weights, len(questions)
        seen = states @ w["words.weight"].T
        asked = self._dense("query", self._asked(states, questions))
        width = asked.shape[1]
        looks = (asked @ w["look.weight"].T + w["look.bias"]).reshape(many, HEADS, width) / np.float32(width**0.5)
        voices = asked @ w["voice.weight"].T + w["voice.bias"]
        wanted = np.concatenate([looks, voices[:, None]], 1)
        read = np.empty((many, HEADS * width), np.float32)
        speakers: dict[int, int | None] = {}
        for excerpt, some in _by_excerpt(questions).items():
            u = np.maximum(seen[excerpt.start : excerpt.end] + self._around[excerpt.around], 0)  # [words, width]
            scores = (wanted[some].reshape(-1, width) @ u.T).reshape(len(some), HEADS + 1, -1)
            attention = np.exp(scores[:, :HEADS] - scores[:, :HEADS].max(-1, keepdims=True))
            attention /= attention.sum(-1, keepdims=True)
            read[some] = (attention.reshape(len(some) * HEADS, -1) @ u).reshape(len(some), -1)
            for i, voice in zip(some, scores[:, HEADS], strict=True):
                able = [s for s in questions[i].speakers if excerpt.start <= s < excerpt.end]
                speakers[i] = max(able, key=lambda s: (voice[s - excerpt.start], -s), default=None)
        hidden = self._dense("hidden", np.concatenate([self._dense("read", read), asked], 1))
        odds = hidden @ w["out.weight"].T + w["out.bias"]
        rounded: list[list[float]] = odds.astype(np.float64).round(3).tolist()
        return [Answer(tuple(row), speakers[i]) for i, row in enumerate(rounded)]

    def _dense(self, name: str, x: Floats) -> Floats:
        found: Floats = np.maximum(x @ self.weights[f"{name}.weight"].T + self.weights[f"{name}.bias"], 0)
        return found

    def _asked(self, states: Floats, questions: Sequence[Question]) -> Floats:
        w = self.weights
        relation = w["relations.weight"][[self.relations.get(q.relation, 0) for q in questions]]
        sides, kinds = [], []
        for ends in ([q.subject for q in questions], [q.object for q in questions]):
            sides.append((states[[e.start for e in ends]] + states[[e.end - 1 for e in ends]]) * 0.5)
            kinds.append(w["kinds.weight"][[e.number(self._type) for e in ends]])
        return np.concatenate([*sides, relation, *kinds], 1)


def _by_excerpt(questions: Sequence[Question]) -> dict[Excerpt, list[int]]:
    found: dict[Excerpt, list[int]] = {}
    for i, q in enumerate(questions):
        found.setdefault(q.excerpt, []).append(i)
    return found
