"""The coreference head in numpy: which earlier mention a mention goes back to."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from kg.language.reading import KINDS, Reading
from kg.language.relations import DISTANCES
from kg.language.weights import Weights

Floats = npt.NDArray[np.float32]
BACK = 160  # mentions that are looked back over; one that answers nothing for so long is a new thing
ROWS = 256


def antecedents(
    weights: Weights, reading: Reading, mentions: Sequence[tuple[int, int]], kinds: Sequence[str]
) -> list[tuple[int, float] | None]:
    """For each mention (word span; sorted by start, longer first) its likeliest earlier mention and the log odds
    that it is one; None where the mention has no state or the likeliest antecedent is no antecedent at all.
    """
    kept, states = _states(reading, mentions)
    found: list[tuple[int, float] | None] = [None] * len(mentions)
    if len(kept) < 2:
        return found
    w = weights.heads
    with weights.blas.limit(limits=1):
        anaphor = np.maximum(states @ w["spans.anaphor.weight"].T + w["spans.anaphor.bias"], 0)
        earlier = np.maximum(states @ w["spans.antecedent.weight"].T + w["spans.antecedent.bias"], 0)
        own = (anaphor @ w["spans.own.weight"].T + w["spans.own.bias"])[:, 0]
        asked = anaphor @ w["spans.pair"]
        near = w["spans.near.weight"][:, 0]
        at = np.array([mentions[i][0] for i in kept])
        kind = np.array([KINDS[kinds[i]] for i in kept])
        for top in range(0, len(kept), ROWS):
            rows = np.arange(top, min(top + ROWS, len(kept)))
            low = max(0, top - BACK)
            columns = np.arange(low, rows[-1] + 1)
            away = np.searchsorted(DISTANCES, np.abs(at[rows][:, None] - at[columns][None]), side="right")
            score = asked[rows] @ earlier[columns].T + own[rows][:, None]
            score += near[away * 9 + kind[rows][:, None] * 3 + kind[columns][None]]
            score[columns[None] >= rows[:, None]] = -np.inf
            best = score.argmax(1)
            for r, c, value in zip(
                rows.tolist(), best.tolist(), score[np.arange(len(rows)), best].tolist(), strict=True
            ):
                if value > 0:
                    found[kept[r]] = (kept[low + c], round(float(value), 3))
    return found


def _states(reading: Reading, mentions: Sequence[tuple[int, int]]) -> tuple[list[int], Floats]:
    """Mentions that lie inside one window, and the states of their first and last pieces [M, 2d]."""
    starts = np.array([w.start for w in reading.windows])
    kept, rows = [], []
    for i, (a, b) in enumerate(mentions):
        w = reading.windows[int(np.searchsorted(starts, a, side="right")) - 1]
        if a < b <= w.end:
            kept.append(i)
            rows.append(np.concatenate([w.states[w.first[a - w.start]], w.states[w.last[b - 1 - w.start]]]))
    return kept, np.array(rows, np.float32)
