"""Where every entity stands on paper: force-directed within a component, components side by side.

A force-directed algorithm drives unconnected parts apart without end, so each component is laid out alone and the
results are packed on shelves, largest first. No two nodes come nearer than `GAP`, no two components overlap.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import product

import igraph
import networkx as nx

from kg.network.igraphs import seeded, undirected

GAP = 60.0
"""Least distance between two nodes, in the units of the drawing (a node is 10 to 40 wide)."""
LARGE = 1_500
"""Components with more nodes are laid out by DrL, which is made for them, others by Fruchterman and Reingold."""

Point = tuple[float, float]


def positions(network: nx.MultiDiGraph[str], *, plain_only: bool = True) -> dict[str, Point]:
    """Positions ``(x, y)`` by entity id around the origin, rounded to two decimals; y grows upwards."""
    g = undirected(network, plain_only=plain_only)
    names: list[str] = g.vs["name"]
    components = sorted((sorted(part) for part in g.connected_components()), key=lambda part: (-len(part), part[0]))
    boxes = [_apart(_shape(g.induced_subgraph(part))) for part in components]
    found: dict[str, Point] = {}
    for part, points in zip(components, _shelves(boxes), strict=True):
        found.update((names[i], (round(x, 2) + 0.0, round(y, 2) + 0.0)) for i, (x, y) in zip(part, points, strict=True))
    return dict(sorted(found.items()))


def _shape(component: igraph.Graph) -> list[Point]:
    """Positions of one connected component, edges about two gaps long."""
    n = component.vcount()
    if n <= 2:
        return [(2 * GAP * i, 0.0) for i in range(n)]
    with seeded():
        if n > LARGE:
            raw = component.layout_drl()
        else:
            start = [(math.cos(2 * math.pi * i / n), math.sin(2 * math.pi * i / n)) for i in range(n)]
            raw = component.layout_fruchterman_reingold(niter=1_000, seed=start, grid=False)
    lengths = sorted(math.dist(raw[e.source], raw[e.target]) for e in component.es)
    scale = 2 * GAP / max(lengths[len(lengths) // 2], 1e-9)
    return [(x * scale, y * scale) for x, y in raw.coords]


def _apart(points: Sequence[Point], rounds: int = 200) -> list[Point]:
    """Push pairs that are nearer than `GAP` apart until none is left; a grid finds them."""
    moved = list(points)
    for turn in range(rounds):
        cells: dict[tuple[int, int], list[int]] = {}
        for i, (x, y) in enumerate(moved):
            cells.setdefault((math.floor(x / GAP), math.floor(y / GAP)), []).append(i)
        shift: dict[int, Point] = {}
        for (column, row), members in cells.items():
            near = [j for dx, dy in product((-1, 0, 1), repeat=2) for j in cells.get((column + dx, row + dy), ())]
            for i, j in product(members, near):
                distance = math.dist(moved[i], moved[j])
                if i != j and distance < GAP:
                    push = (GAP - distance) * 0.55
                    # two nodes in one place: any direction does, as long as the two take opposite ones
                    angle = i + j + turn
                    dx, dy = (
                        ((moved[i][0] - moved[j][0]) / distance, (moved[i][1] - moved[j][1]) / distance)
                        if distance > 1e-6
                        else (math.copysign(math.cos(angle), i - j), math.copysign(math.sin(angle), i - j))
                    )
                    sx, sy = shift.get(i, (0.0, 0.0))
                    shift[i] = (sx + dx * push, sy + dy * push)
        if not shift:
            return moved
        for i, (sx, sy) in shift.items():
            moved[i] = (moved[i][0] + sx, moved[i][1] + sy)
    # rare: a knot that pushing does not undo; growing the drawing does
    nearest = _nearest(moved)
    return moved if nearest >= GAP else [(x * GAP / nearest, y * GAP / nearest) for x, y in moved]


def _nearest(points: Sequence[Point]) -> float:
    """Smallest distance between two points that are less than a `GAP` apart, at least a tenth of it."""
    cells: dict[tuple[int, int], list[Point]] = {}
    for x, y in points:
        cells.setdefault((math.floor(x / GAP), math.floor(y / GAP)), []).append((x, y))
    found = GAP
    for (column, row), members in cells.items():
        near = [p for dx, dy in product((-1, 0, 1), repeat=2) for p in cells.get((column + dx, row + dy), ())]
        for p in members:
            found = min([found, *(math.dist(p, q) for q in near if q is not p)])
    return max(found, GAP / 10)


def _shelves(boxes: Sequence[Sequence[Point]]) -> list[list[Point]]:
    """Every component moved to a place of its own, row by row, in a sheet about as wide as it is high."""
    margin = 2 * GAP
    sizes = []
    for points in boxes:
        xs, ys = zip(*points, strict=True)
        sizes.append((min(xs), min(ys), max(xs) - min(xs) + margin, max(ys) - min(ys) + margin))
    width = max([1.3 * math.sqrt(sum(w * h for _, _, w, h in sizes)), *(w for _, _, w, _ in sizes)], default=0.0)
    placed: list[list[Point]] = []
    x = y = height = 0.0
    for points, (left, bottom, w, h) in zip(boxes, sizes, strict=True):
        if x + w > width + 1e-6:
            x, y, height = 0.0, y - height, 0.0
        # hang the box from the shelf's upper edge: first shelf on top
        placed.append([(px - left + x, py - bottom + y - h) for px, py in points])
        x, height = x + w, max(height, h)
    everything = [p for points in placed for p in points]
    if not everything:
        return placed
    cx = (min(p[0] for p in everything) + max(p[0] for p in everything)) / 2
    cy = (min(p[1] for p in everything) + max(p[1] for p in everything)) / 2
    return [[(px - cx, py - cy) for px, py in points] for points in placed]
