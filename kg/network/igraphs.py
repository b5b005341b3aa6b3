"""The only door to igraph: a network goes in, an undirected simple igraph comes out, with a random source of our own.

igraph draws its random numbers from one global generator, by default Python's ``random`` module. `seeded` lends it
one with a fixed seed and gives the default back afterwards, so that neither side disturbs the other.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from threading import RLock

import igraph
import networkx as nx

SEED = 20150821
_RANDOM_SOURCE = RLock()  # igraph has one random source for the process; two threads must not swap it


@contextmanager
def seeded(seed: int = SEED) -> Iterator[None]:
    """Within it, igraph's random numbers depend on ``seed`` alone; Python's own are neither used nor changed."""
    with _RANDOM_SOURCE:
        igraph.set_random_number_generator(random.Random(seed))
        try:
            yield
        finally:
            igraph.set_random_number_generator(random)


def undirected(network: nx.MultiDiGraph[str], *, plain_only: bool = True) -> igraph.Graph:
    """Vertices by sorted node id (attribute ``name``), one edge a connected pair; ``weight`` sums the edges' weights.

    Undirected, because which of two entities is the subject is an accident of how a relation is named
    (``headOfState`` starts at the country, ``commands`` at the person). Loops are left out.
    """
    names = sorted(network)
    index = {name: i for i, name in enumerate(names)}
    weights: dict[tuple[int, int], float] = {}
    for source, target, data in network.edges(data=True):
        if source != target and (data["plain"] or not plain_only):
            a, b = sorted((index[source], index[target]))
            weights[a, b] = weights.get((a, b), 0.0) + data["weight"]
    pairs = sorted(weights)
    found = igraph.Graph(n=len(names), edges=pairs)
    found.vs["name"] = names
    found.es["weight"] = [weights[pair] for pair in pairs]
    return found
