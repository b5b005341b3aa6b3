"""The relation head in numpy: scores of every relation for pairs of entities of a document (ATLOP, Zhou et al. 2021)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kg.language.reading import Reading, Window
from kg.language.weights import Weights

Floats = npt.NDArray[np.float32]
DISTANCES = (1, 4, 8, 16, 32, 64, 128, 256)  # the buckets the head was trained with
BLOCK = 6  # windows that are read together; the next block begins with the last window of this one
REACH = 320  # words between the nearest mentions of a pair; what stands farther apart is not stated of both


@dataclass(frozen=True, slots=True)
class Scored:
    """A relation class that beats the threshold: entity indices, class name, margin over the threshold."""

    head: int
    label: str
    tail: int
    margin: float


def score_relations(
    weights: Weights,
    reading: Reading,
    entities: Sequence[Sequence[tuple[int, int]]],
    types: Sequence[str],
    least: float,
) -> list[Scored]:
    """Relations between entities, each given by the word spans of its mentions and a type of the model's labels.

    ``least`` is the margin (logit difference to the threshold class) from which a relation is returned. Long
    documents are read in overlapping blocks, so memory stays bounded.
    """
    best: dict[tuple[int, str, int], float] = {}
    for block in _blocks(reading.windows):
        for found in _score_block(weights, block, entities, types, least):
            key = (found.head, found.label, found.tail)
            best[key] = max(best.get(key, -np.inf), found.margin)
    return [Scored(h, label, t, margin) for (h, label, t), margin in sorted(best.items())]


def _blocks(windows: Sequence[Window]) -> Iterator[Sequence[Window]]:
    for at in range(0, max(1, len(windows) - 1), BLOCK - 1):
        yield windows[at : at + BLOCK]


def _score_block(
    weights: Weights,
    windows: Sequence[Window],
    entities: Sequence[Sequence[tuple[int, int]]],
    types: Sequence[str],
    least: float,
) -> Iterator[Scored]:
    offset = np.cumsum([0, *(len(w.states) for w in windows)])
    where: list[int] = []  # entity numbers with a mention in the block
    owner, first, last, rows, starts = [], [], [], [], []
    for e, spans in enumerate(entities):
        found = False
        for a, b in spans:
            k = next((i for i, w in enumerate(windows) if w.start <= a and b <= w.end), None)
            if k is None:
                continue
            found = True
            owner.append(len(where))
            first.append(int(offset[k] + windows[k].first[a - windows[k].start]))
            last.append(int(offset[k] + windows[k].last[b - 1 - windows[k].start]))
            rows.append(k)
            starts.append(a)
        if found:
            where.append(e)
    n = len(where)
    if n < 2:
        return
    own = np.array(owner)
    one = (own[None] == np.arange(n)[:, None]).astype(np.float32)
    states = np.concatenate([w.states for w in windows])
    mention = np.minimum((states[first] + states[last]) * 0.5, 30)
    entity = np.log(one @ np.exp(mention))
    spread = np.zeros((12, len(own), len(states)), np.float32)
    for m, k in enumerate(rows):
        spread[:, m, offset[k] : offset[k + 1]] = windows[k].attention[:, first[m] - offset[k]]
    pooled = (one / one.sum(1, keepdims=True)) @ spread
    near = _distances(np.array(starts), own, n)
    h, t = np.nonzero((near <= REACH) & ~np.eye(n, dtype=bool))
    if not len(h):
        return
    by_position = np.ascontiguousarray(pooled.transpose(2, 1, 0))
    q = (by_position @ by_position.transpose(0, 2, 1)).transpose(1, 2, 0)[h, t]
    context = (q / (q.sum(-1, keepdims=True) + 1e-5)) @ states
    index = {name: i for i, name in enumerate(weights.labels["fine"])}
    kind = np.array([index[types[e]] for e in where])
    logits = _pair_logits(weights, entity, context, kind, near[h, t], h, t)
    margins = logits[:, 1:] - logits[:, :1]
    names = weights.labels["relation"][1:]
    for p, c in zip(*np.nonzero(margins > least), strict=True):
        yield Scored(where[h[p]], names[c], where[t[p]], round(float(margins[p, c]), 4))


def _distances(starts: npt.NDArray[np.int64], owner: npt.NDArray[np.int64], n: int) -> npt.NDArray[np.int64]:
    """Least distance in words between mentions of two entities, [n, n]."""
    out = np.full((n, n), 1 << 30, np.int64)
    away = np.abs(starts[:, None] - starts[None])
    np.minimum.at(out, (owner[:, None], owner[None]), away)
    return out


def _pair_logits(
    weights: Weights, entity: Floats, context: Floats, kind: Floats, near: Floats, h: Floats, t: Floats
) -> Floats:
    w = weights.heads
    d = entity.shape[1]
    typed = w["relations.types.weight"][kind]
    bucket = np.searchsorted(np.asarray(DISTANCES), near, side="right")
    close = w["relations.distances.weight"][bucket]
    sides = []
    for side, who in (("head", h), ("tail", t)):
        matrix, bias = w[f"relations.{side}.weight"], w[f"relations.{side}.bias"]
        k = typed.shape[1]
        alone = entity @ matrix[:, :d].T + typed @ matrix[:, 2 * d : 2 * d + k].T + bias
        sides.append(np.tanh(alone[who] + context @ matrix[:, d : 2 * d].T + close @ matrix[:, 2 * d + k :].T))
    out, bias = w["relations.out.weight"], w["relations.out.bias"]
    group = out.shape[1] // sides[0].shape[1]
    logits = np.empty((len(h), len(out)), np.float32)
    for at in range(0, len(h), 4096):  # the outer products of all pairs at once would not fit
        a, b = (s[at : at + 4096].reshape(-1, s.shape[1] // group, group) for s in sides)
        pairs = (a[..., :, None] * b[..., None, :]).reshape(len(a), -1)
        logits[at : at + 4096] = pairs @ out.T + bias
    return logits
