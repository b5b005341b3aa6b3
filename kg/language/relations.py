"""The relation head in numpy: relations between pairs of entities of a document (ATLOP, Zhou et al. 2021)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kg.language.reading import Reading, Window
from kg.language.weights import Weights

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
DISTANCES = (1, 4, 8, 16, 32, 64, 128, 256)  # the buckets the head was trained with
REACH = 320  # words between the nearest mentions of a pair: the length of an article of the training data
NEVER_SUBJECT = frozenset({"Date", "Quantity", "Position", "Language"})
USUAL = 8  # mentions of an entity in a document of the training's length; more must not weigh more
AT_ONCE = 2048  # pairs whose outer products are held in memory together


@dataclass(frozen=True, slots=True)
class Scored:
    """A relation class that beats the threshold: entity indices, class name, margin over the threshold, and the
    sentence that the pair looks at most (-1 if none is known).
    """

    head: int
    label: str
    tail: int
    margin: float
    evidence: int = -1


@dataclass(frozen=True)
class Asked:
    """What is asked of which pair: ``choice`` [n, n] is a place in ``classes``, -1 for a pair that is left out;
    ``classes`` are ascending numbers in the model's relation labels, the threshold (0) not among them.
    """

    choice: Ints
    classes: Sequence[Ints]

    @classmethod
    def everything(cls, n: int, labels: int) -> Asked:
        """Every class of every pair of ``n`` entities."""
        return cls(np.zeros((n, n), np.int64), [np.arange(1, labels)])


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
    sentence: Ints | None = None,
    asked: Asked | None = None,
) -> list[Scored]:
    """Relations between entities, each given by the word spans of its mentions and a type of the model's labels.

    ``least`` is the margin (logit difference to the threshold class) from which a relation is returned. Entities
    are pooled over all windows of the document, so pairs that never share a window are scored too; time and memory
    grow with the number of pairs whose nearest mentions stand within ``reach`` words, hence linearly with the length.
    ``sentence`` numbers the sentence of every word, if the evidence is asked for. ``asked`` leaves
    pairs or classes out; what one pair gets never depends on the others.
    """
    found = _locate(reading, entities)
    n = len(entities)
    if len(np.unique(found.owner)) < 2:
        return []
    with weights.blas.limit(limits=1):
        near = _distances(found, n)
        able = np.array([name not in NEVER_SUBJECT for name in types])
        asked = asked or Asked.everything(n, len(weights.labels["relation"]))
        h, t = np.nonzero((near <= reach) & ~np.eye(n, dtype=bool) & able[:, None] & (asked.choice >= 0))
        if not len(h):
            return []
        entity = _pooled(reading, found, n)
        context, evidence = _contexts(reading, found, h, t, n, sentence)
        index = {name: i for i, name in enumerate(weights.labels["fine"])}
        kind = np.array([index[name] for name in types])
        margins = _margins(weights, entity, context, kind, near[h, t], h, t, asked)
    names = weights.labels["relation"][1:]
    p, c = np.nonzero(margins > least)
    beyond = zip(p.tolist(), c.tolist(), margins[p, c].tolist(), strict=True)
    heads, tails, sentences = h.tolist(), t.tolist(), evidence.tolist()
    return [Scored(heads[i], names[k], tails[i], round(m, 3), sentences[i]) for i, k, m in beyond]


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


def _contexts(
    reading: Reading, found: _Mentions, h: Ints, t: Ints, n: int, sentence: Ints | None
) -> tuple[Floats, Ints]:
    """What both entities of a pair attend to, [P, d], zero for a pair that shares no window; and the sentence that
    gets the most of that attention, [P], -1 where there is none.
    """
    pair = np.full((n, n), -1, np.int64)
    pair[h, t] = np.arange(len(h))
    width = reading.windows[0].states.shape[1]
    context = np.zeros((len(h), width), np.float32)
    weight = np.zeros(len(h), np.float32)
    most = np.zeros(len(h), np.float32)
    evidence = np.full(len(h), -1, np.int64)
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
        best, mass = _looked_at(q, window, sentence)
        for one_way, other in ((row, column), (column, row)):
            at = pair[here[one_way], here[other]]
            wanted = at >= 0
            place = at[wanted]
            context[place] += shared[wanted]
            weight[place] += total[wanted]
            better = mass[wanted] > most[place]
            most[place[better]] = mass[wanted][better]
            evidence[place[better]] = best[wanted][better]
    return np.asarray(context / (weight + 1e-5)[:, None], np.float32), evidence


def _looked_at(q: Floats, window: Window, sentence: Ints | None) -> tuple[Ints, Floats]:
    """The sentence of a window that gets most of the attention q [P, L], and how much."""
    if sentence is None:
        return np.full(len(q), -1, np.int64), np.zeros(len(q), np.float32)
    numbers = sentence[window.start : window.end]
    begins = np.flatnonzero(np.diff(numbers, prepend=-1))
    edges = np.minimum(window.first[begins], q.shape[1] - 1)
    mass = np.add.reduceat(q[:, : int(window.last[-1]) + 1], edges, axis=1)
    best = mass.argmax(1)
    return numbers[begins][best], mass[np.arange(len(q)), best]


def _margins(
    weights: Weights, entity: Floats, context: Floats, kind: Ints, near: Ints, h: Ints, t: Ints, asked: Asked
) -> Floats:
    """Logits less the threshold's, [P, classes - 1], minus infinity where not asked.

    Most classes cannot hold between most types, and their products would be most of the work.
    """
    w = weights.heads
    d = entity.shape[1]
    typed = w["relations.types.weight"][kind]
    close = w["relations.distances.weight"]
    bucket = np.searchsorted(np.asarray(DISTANCES), near, side="right")
    k = typed.shape[1]
    classes, sides = len(w["relations.out.weight"]), []
    for side, who in (("head", h), ("tail", t)):
        m, b = w[f"relations.{side}.weight"], w[f"relations.{side}.bias"]
        alone = entity @ m[:, :d].T + typed @ m[:, 2 * d : 2 * d + k].T + b
        by_distance = close @ m[:, 2 * d + k :].T
        sides.append(np.tanh(alone[who] + context @ m[:, d : 2 * d].T + by_distance[bucket]))
    out, bias = w["relations.out.weight"], w["relations.out.bias"]
    group = out.shape[1] // sides[0].shape[1]
    head, tail = (x.reshape(len(h), -1, group) for x in sides)
    found = np.full((len(h), classes - 1), -np.inf, np.float32)
    choice = asked.choice[h, t]
    for number in np.unique(choice).tolist():
        some = asked.classes[number]
        rows = np.concatenate([[0], some])
        weight, offset = out[rows].T, bias[rows]
        mine = np.flatnonzero(choice == number)
        for at in range(0, len(mine), AT_ONCE):
            piece = mine[at : at + AT_ONCE]
            outer = (head[piece][..., :, None] * tail[piece][..., None, :]).reshape(len(piece), -1)
            logits = outer @ weight + offset
            found[np.ix_(piece, some - 1)] = logits[:, 1:] - logits[:, :1]
    return found
