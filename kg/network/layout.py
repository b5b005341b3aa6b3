"""Where every entity stands on paper: force-directed within a component, components side by side.

A force-directed algorithm drives unconnected parts apart without end, so each component is laid out alone and the
results are packed on shelves, largest first. No two nodes come nearer than `GAP`, no two components overlap.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import igraph
import networkx as nx
import numpy as np

from kg.network.igraphs import seeded, undirected
from kg.network.spread import apart

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
    boxes = [_shape(g.induced_subgraph(part)) for part in components]
    found: dict[str, Point] = {}
    for part, points in zip(components, _shelves(boxes), strict=True):
        found.update((names[i], (round(x, 2) + 0.0, round(y, 2) + 0.0)) for i, (x, y) in zip(part, points, strict=True))
    return dict(sorted(found.items()))


def _shape(component: igraph.Graph) -> list[Point]:
    """Positions of one connected component, edges about two gaps long, no two nodes nearer than one."""
    n = component.vcount()
    if n <= 2:
        return [(2 * GAP * i, 0.0) for i in range(n)]
    with seeded():
        if n > LARGE:
            raw = component.layout_drl()
        else:
            start = [(math.cos(2 * math.pi * i / n), math.sin(2 * math.pi * i / n)) for i in range(n)]
            raw = component.layout_fruchterman_reingold(niter=500, seed=start, grid=False)
    lengths = sorted(math.dist(raw[e.source], raw[e.target]) for e in component.es)
    scale = 2 * GAP / max(lengths[len(lengths) // 2], 1e-9)
    return [(float(x), float(y)) for x, y in apart(np.array(raw.coords) * scale, GAP)]


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
