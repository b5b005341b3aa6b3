"""A second look at every proposed fact: is it stated here, and is it denied, planned, or only said by somebody?

The relation head sees a pair of entities as one whole, pooled over a document. Rereading looks at one proposal and at
the words around its two mentions. Every word is told what it is to the pair (`PARTS`, from the parse) and where it
stands (`PLACES`); the pair and the proposed relation ask, four attention heads answer. Trained on what rules and
relation head propose on marked news (`training.rereading`), on top of the finished encoder.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

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
KINDS = ("name", "nominal", "pronoun")
LONGEST = 160
"""Words that are looked at."""
HEADS = 4
ANSWERS = ("right", "negated", "possible", "claimed", "attributed")
AT_ONCE = 32
FILE = "rereading.npz"


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Words [start, end) of a document, the part of each and its place."""

    start: int
    end: int
    part: Sequence[int]
    place: Ints


@dataclass(frozen=True, slots=True)
class End:
    """Subject or object of a proposal: words [start, end), its type and kind."""

    start: int
    end: int
    type: str
    kind: str


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


class Rereading:
    """The head in numpy; one object a process."""

    def __init__(self, path: Path) -> None:
        with np.load(path) as arrays:
            self._w = {k: arrays[k].astype(np.float32) for k in arrays.files if arrays[k].dtype.kind == "f"}
            self._relation = {str(name): i + 1 for i, name in enumerate(arrays["relation_names"])}
            self._type = {str(name): i + 1 for i, name in enumerate(arrays["type_names"])}
        part, place = self._w["parts.weight"], self._w["places.weight"]
        self._around = (part[:, None] + place[None]).reshape(-1, part.shape[1]) + self._w["words.bias"]

    def known(self, relation: str) -> bool:
        """Whether the head has learned what the relation means."""
        return relation in self._relation

    def answers(self, states: Floats, questions: Sequence[Question]) -> list[Answer]:
        """An answer to each, in their order."""
        if not questions:
            return []
        seen = states @ self._w["words.weight"].T
        order = sorted(range(len(questions)), key=lambda i: questions[i].excerpt.end - questions[i].excerpt.start)
        found: dict[int, Answer] = {}
        for at in range(0, len(order), AT_ONCE):
            some = order[at : at + AT_ONCE]
            found.update(zip(some, self._some(states, seen, [questions[i] for i in some]), strict=True))
        return [found[i] for i in range(len(questions))]

    def _some(self, states: Floats, seen: Floats, questions: Sequence[Question]) -> list[Answer]:
        w, many = self._w, len(questions)
        lengths = np.array([q.excerpt.end - q.excerpt.start for q in questions])
        starts = np.array([q.excerpt.start for q in questions])
        size = int(lengths.max())
        steps = np.arange(size)
        inside = steps < lengths[:, None]
        around = np.zeros((many, size), np.int64)
        for i, q in enumerate(questions):
            around[i, : lengths[i]] = np.asarray(q.excerpt.part) * PLACES + q.excerpt.place
        tokens = np.where(inside, starts[:, None] + steps, 0)
        u = np.maximum(seen[tokens] + self._around[around], 0)  # [N, size, k]
        asked = np.maximum(self._asked(states, questions) @ w["query.weight"].T + w["query.bias"], 0)
        width = u.shape[2]
        looks = (asked @ w["look.weight"].T + w["look.bias"]).reshape(many, HEADS, width)
        scores = looks @ u.transpose(0, 2, 1) / np.float32(width**0.5)
        scores = np.where(inside[:, None], scores, np.float32(-1e4))
        scores = np.exp(scores - scores.max(-1, keepdims=True))
        attention = scores / scores.sum(-1, keepdims=True)
        read = (attention @ u).reshape(many, HEADS * width)
        read = np.maximum(read @ w["read.weight"].T + w["read.bias"], 0)
        hidden = np.maximum(np.concatenate([read, asked], 1) @ w["hidden.weight"].T + w["hidden.bias"], 0)
        odds = hidden @ w["out.weight"].T + w["out.bias"]
        voices = ((asked @ w["voice.weight"].T + w["voice.bias"])[:, None] @ u.transpose(0, 2, 1))[:, 0]
        out = []
        for i, q in enumerate(questions):
            able = [s for s in q.speakers if q.excerpt.start <= s < q.excerpt.end]
            speaker = max(able, key=lambda s: (voices[i, s - q.excerpt.start], -s), default=None)
            out.append(Answer(tuple(round(float(x), 3) for x in odds[i]), speaker))
        return out

    def _asked(self, states: Floats, questions: Sequence[Question]) -> Floats:
        w = self._w
        relation = w["relations.weight"][[self._relation.get(q.relation, 0) for q in questions]]
        sides = []
        for ends in ([q.subject for q in questions], [q.object for q in questions]):
            sides.append((states[[e.start for e in ends]] + states[[e.end - 1 for e in ends]]) * 0.5)
        kinds = []
        for ends in ([q.subject for q in questions], [q.object for q in questions]):
            number = [self._type.get(e.type, 0) * len(KINDS) + KINDS.index(e.kind) for e in ends]
            kinds.append(w["kinds.weight"][number])
        return np.concatenate([*sides, relation, *kinds], 1)
