"""How central every entity is, and which entities belong together: computed by igraph, the same on every run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import networkx as nx

from kg.network.igraphs import seeded, undirected

LARGE = 5_000
"""Above so many entities betweenness counts shortest paths of at most `REACH` steps only: exact takes minutes."""
REACH = 4


@dataclass(frozen=True, slots=True)
class Measures:
    """Every measure by entity id. Floats keep six significant digits, so that files do not differ in noise.

    ``degree``: statements that have the entity at one end (a loop counts twice).
    ``pagerank``: share of a random walk along statements in either direction, weighted by documents; sums to 1.
    ``betweenness``: share of the pairs of other entities whose shortest path runs through it, 0..1.
    ``community``: number of its group, 0 for the largest; of equally large ones the one with the smallest id first.
    """

    degree: dict[str, int]
    pagerank: dict[str, float]
    betweenness: dict[str, float]
    community: dict[str, int]


def measure(network: nx.MultiDiGraph[str], *, plain_only: bool = True) -> Measures:
    """All measures of what `to_networkx` gave; only plain statements count, unless ``plain_only`` is off.

    Communities are found by the Leiden algorithm (Traag, Waltman, van Eck 2019) on modularity.
    """
    degree = dict.fromkeys(sorted(network), 0)
    for source, target, data in network.edges(data=True):
        if data["plain"] or not plain_only:
            degree[source] += 1
            degree[target] += 1
    if not degree:
        return Measures({}, {}, {}, {})
    g = undirected(network, plain_only=plain_only)
    names: list[str] = g.vs["name"]
    pairs = max((len(names) - 1) * (len(names) - 2) / 2, 1)
    through = g.betweenness(directed=False, cutoff=REACH if len(names) > LARGE else None)
    with seeded():
        found = g.community_leiden(objective_function="modularity", weights="weight", n_iterations=-1)
    return Measures(
        degree=degree,
        pagerank=_by_name(names, g.pagerank(directed=False, weights="weight")),
        betweenness=_by_name(names, [value / pairs for value in through]),
        community=_numbered(names, found.membership),
    )


def _by_name(names: Sequence[str], values: Sequence[float]) -> dict[str, float]:
    return {name: float(f"{value:.6g}") for name, value in zip(names, values, strict=True)}


def _numbered(names: Sequence[str], membership: Sequence[int]) -> dict[str, int]:
    """Stable numbers for igraph's arbitrary ones: by size, then by smallest name."""
    groups: dict[int, list[str]] = {}
    for name, group in zip(names, membership, strict=True):
        groups.setdefault(group, []).append(name)
    ordered = sorted(groups.values(), key=lambda group: (-len(group), min(group)))
    number = {name: i for i, group in enumerate(ordered) for name in group}
    return {name: number[name] for name in names}
