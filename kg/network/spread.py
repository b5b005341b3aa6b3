"""Pushing apart points that lie too near each other; a grid finds the pairs, numpy does the arithmetic."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
Indices = NDArray[np.intp]

ROUNDS = 120


def apart(points: Points, gap: float) -> Points:
    """The points (n, 2), moved as little as pushing allows until no two are nearer than ``gap``."""
    moved = points.copy()
    for turn in range(ROUNDS):
        left, right, distance = near_pairs(moved, gap)
        if not len(left):
            return moved
        away = moved[left] - moved[right]
        # two in one place: any direction does
        together = distance < 1e-6
        angle = (left + right + turn)[together].astype(np.float64)
        away[together] = np.stack([np.cos(angle), np.sin(angle)], axis=1)
        step = away / np.where(together, 1.0, distance)[:, None] * ((gap - distance) * 0.55)[:, None]
        np.add.at(moved, left, step)
        np.add.at(moved, right, -step)
    # rare: a knot that pushing does not undo; growing the drawing does
    _, _, distance = near_pairs(moved, gap)
    grown: Points = moved * (gap / max(float(distance.min(initial=gap)), gap / 20))
    return grown


def near_pairs(points: Points, gap: float) -> tuple[Indices, Indices, NDArray[np.float64]]:
    """Indices of both ends of every pair nearer than ``gap`` (all but rounding), and their distances."""
    cell = np.floor(points / gap).astype(np.int64)
    cell -= cell.min(axis=0, initial=0)
    width = int(cell[:, 1].max(initial=0)) + 3
    key = cell[:, 0] * width + cell[:, 1] + 1
    order = np.argsort(key, kind="stable")
    key = key[order]
    lefts, rights = [], []
    # a cell against itself and four of its eight neighbours, so that every pair is met once
    for step in (0, 1, width - 1, width, width + 1):
        low = np.searchsorted(key, key + step, side="left")
        high = np.searchsorted(key, key + step, side="right")
        count = high - low
        i = np.repeat(np.arange(len(key)), count)
        j = np.arange(len(i)) - np.repeat(np.cumsum(count) - count, count) + np.repeat(low, count)
        once = j > i if step == 0 else np.ones(len(i), dtype=bool)
        lefts.append(order[i[once]])
        rights.append(order[j[once]])
    left, right = np.concatenate(lefts), np.concatenate(rights)
    distance = np.sqrt(((points[left] - points[right]) ** 2).sum(axis=1))
    near = distance < gap * (1 - 1e-3)
    return left[near], right[near], distance[near]
