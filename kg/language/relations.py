"""The relation head in numpy: relations between pairs of entities of a document (ATLOP, Zhou et al. 2021)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kg.language.reading import Reading
from kg.language.weights import Weights

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
DISTANCES = (1, 4, 8, 16, 32, 64, 128, 256)  # the buckets the head was trained with
MARKS = ("negated", "possible", "claimed")  # what the head says of a pair's facts beside their relation
REACH = 320  # words between the nearest mentions of a pair: the length of an article of the training data
NEVER_SUBJECT = frozenset({"Date", "Quantity", "Position", "Language"})
USUAL = 8  # mentions of an entity in a document of the training's length; more must not weigh more
AT_ONCE = 2048  # pairs whose outer products are held in memory together


@dataclass(frozen=True, slots=True)
class Scored:
    """A relation class that beats the threshold: entity indices, class name, margin over the threshold."""

    head: int
    label: str
    tail: int
    margin: float


@dataclass(frozen=True)
class _Mentions:
    """Mentions by entity number: window, first and last piece in it, first word."""

    owner: Ints
    window: Ints
    first: Ints
    last: Ints
    word: Ints


def score_relations(
    weights: Weights,
    reading: Reading,
    entities: Sequence[Sequence[tuple[int, int]]],
    types: Sequence[str],
    least: float,
    reach: int = REACH,
) -> list[Scored]:
    """Relations between entities, each given by the word spans of its mentions and a type of the model's labels.

    ``least`` is the margin (logit difference to the threshold class) from which a relation is returned. Entities
    are pooled over all windows of the document, so pairs that never share a window are scored too; time and memory
    grow with the number of pairs whose nearest mentions stand within ``reach`` words, hence linearly with the length.
    """
    found = _locate(reading, entities)
    n = len(entities)
    if len(np.unique(found.owner)) < 2:
        return []
    with weights.blas.limit(limits=1):
        near = _distances(found, n)
        able = np.array([name not in NEVER_SUBJECT for name in types])
        h, t = np.nonzero((near <= reach) & ~np.eye(n, dtype=bool) & able[:, None])
        if not len(h):
            return []
        entity = _pooled(reading, found, n)
        context = _contexts(reading, found, h, t, n)
        index = {name: i for i, name in enumerate(weights.labels["fine"])}
        kind = np.array([index[name] for name in types])
        margins = _margins(weights, entity, context, kind, near[h, t], h, t)
    names = weights.labels["relation"][1:]
    return [
        Scored(int(h[p]), names[c], int(t[p]), round(float(margins[p, c]), 3))
        for p, c in zip(*np.nonzero(margins > least), strict=True)
    ]


def _locate(reading: Reading, entities: Sequence[Sequence[tuple[int, int]]]) -> _Mentions:
    rows = []
    starts = np.array([w.start for w in reading.windows])
    for e, spans in enumerate(entities):
        for a, b in spans:
            k = int(np.searchsorted(starts, a, side="right")) - 1
            w = reading.windows[k]
            if a < b <= w.end:
                rows.append((e, k, int(w.first[a - w.start]), int(w.last[b - 1 - w.start]), a))
    columns = np.array(rows, np.int64).reshape(-1, 5).T
    return _Mentions(*columns)


def _distances(found: _Mentions, n: int) -> Ints:
    """Least distance in words between mentions of two entities, [n, n]."""
    out = np.full((n, n), 1 << 30, np.int64)
    away = np.abs(found.word[:, None] - found.word[None])
    np.minimum.at(out, (found.owner[:, None], found.owner[None]), away)
    return out


def _pooled(reading: Reading, found: _Mentions, n: int) -> Floats:
    """Entity states [n, d]: log-sum-exp over mentions, each the mean of its first and last piece."""
    width = reading.windows[0].states.shape[1]
    total = np.zeros((n, width), np.float32)
    for k in np.unique(found.window).tolist():
        mine = found.window == k
        states = reading.windows[k].states
        mention = (states[found.first[mine]] + states[found.last[mine]]) * 0.5
        np.add.at(total, found.owner[mine], np.exp(np.minimum(mention, 30)))
    count = np.bincount(found.owner, minlength=n)
    total /= np.maximum(1, count / USUAL)[:, None]
    return np.log(np.maximum(total, 1e-30), dtype=np.float32)


def _contexts(reading: Reading, found: _Mentions, h: Ints, t: Ints, n: int) -> Floats:
    """What both entities of a pair attend to, [P, d]; zero for a pair that shares no window."""
    pair = np.full((n, n), -1, np.int64)
    pair[h, t] = np.arange(len(h))
    width = reading.windows[0].states.shape[1]
    context = np.zeros((len(h), width), np.float32)
    weight = np.zeros(len(h), np.float32)
    count = np.bincount(found.owner, minlength=n)
    for k in np.unique(found.window).tolist():
        mine = found.window == k
        here = np.unique(found.owner[mine])
        if len(here) < 2:
            continue
        window = reading.windows[k]
        one = (found.owner[mine][None] == here[:, None]).astype(np.float32) / count[here][:, None]
        attention = one @ window.attention[:, found.first[mine]]  # [12, m, L]
        by_position = np.ascontiguousarray(attention.transpose(2, 1, 0))
        both = (by_position @ by_position.transpose(0, 2, 1)).transpose(1, 2, 0)  # [m, m, L]
        asked = pair[np.ix_(here, here)] >= 0
        row, column = np.nonzero(np.triu(asked | asked.T, 1))  # what two attend to is the same both ways
        q = both[row, column]
        shared, total = q @ window.states, q.sum(1)
        for one_way, other in ((row, column), (column, row)):
            at = pair[here[one_way], here[other]]
            wanted = at >= 0
            context[at[wanted]] += shared[wanted]
            weight[at[wanted]] += total[wanted]
    return np.asarray(context / (weight + 1e-5)[:, None], np.float32)


def _margins(weights: Weights, entity: Floats, context: Floats, kind: Ints, near: Ints, h: Ints, t: Ints) -> Floats:
    """Logits less the threshold's, [P, classes - 1]."""
    w = weights.heads
    d = entity.shape[1]
    typed = w["relations.types.weight"][kind]
    close = w["relations.distances.weight"]
    bucket = np.searchsorted(np.asarray(DISTANCES), near, side="right")
    k = typed.shape[1]
    out, bias = w["relations.out.weight"], w["relations.out.bias"]
    parts = {}
    for side in ("head", "tail"):
        m, b = w[f"relations.{side}.weight"], w[f"relations.{side}.bias"]
        alone = entity @ m[:, :d].T + typed @ m[:, 2 * d : 2 * d + k].T + b
        parts[side] = (alone, m[:, d : 2 * d].T, close @ m[:, 2 * d + k :].T)
    group = out.shape[1] // parts["head"][0].shape[1]
    found = np.empty((len(h), len(out) - 1), np.float32)
    for at in range(0, len(h), AT_ONCE):
        piece = slice(at, at + AT_ONCE)
        sides = []
        for side, who in (("head", h[piece]), ("tail", t[piece])):
            alone, matrix, by_distance = parts[side]
            x = np.tanh(alone[who] + context[piece] @ matrix + by_distance[bucket[piece]])
            sides.append(x.reshape(len(who), -1, group))
        outer = (sides[0][..., :, None] * sides[1][..., None, :]).reshape(len(sides[0]), -1)
        logits = outer @ out.T + bias
        found[piece] = logits[:, 1:] - logits[:, :1]
    return found
