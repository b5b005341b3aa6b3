"""Coreference measures of two partitions of mentions: MUC, B-cubed, CEAF-e, and their mean (the CoNLL score).

MUC: Vilain et al. 1995. B-cubed: Bagga and Baldwin 1998. CEAF-e: Luo 2005, the entity similarity phi-4. As in the
reference scorer (Pradhan et al. 2014) predicted mentions need not be marked ones; a mention belongs to one cluster.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import igraph

from benchmarks.measures import Counts, harmonic

Cluster = frozenset[Hashable]
MEASURES = ("mentions", "MUC", "B3", "CEAFe")
_SCALE = 1_000_000  # the matching wants whole numbers


def compare(system: Sequence[Cluster], gold: Sequence[Cluster]) -> dict[str, Counts]:
    """Counts of each of `MEASURES` for one document; add them up over documents."""
    ours, theirs = _owner(system), _owner(gold)
    muc_right, muc_predicted = _links(system, theirs)
    muc_found, muc_wanted = _links(gold, ours)
    shared, found = _similarity(system, gold), _similarity(gold, system)
    aligned = _alignment(system, gold)
    return {
        "mentions": Counts(len(ours.keys() & theirs.keys()), len(ours), len(theirs)),
        "MUC": Counts(muc_right, muc_predicted, muc_wanted, muc_found),
        "B3": Counts(shared, len(ours), len(theirs), found),
        "CEAFe": Counts(aligned, len(system), len(gold)),
    }


def conll(scores: dict[str, Counts]) -> float:
    """Mean of the F1 of MUC, B-cubed and CEAF-e."""
    return sum(harmonic(scores[m].precision, scores[m].recall) for m in MEASURES[1:]) / 3


def _owner(clusters: Sequence[Cluster]) -> dict[Hashable, int]:
    return {mention: number for number, cluster in enumerate(clusters) for mention in cluster}


def _links(clusters: Sequence[Cluster], other: dict[Hashable, int]) -> tuple[int, int]:
    """Links of these clusters that the other partition keeps, and all of them."""
    kept = total = 0
    for cluster in clusters:
        parts = {other.get(mention, ("alone", mention)) for mention in cluster}
        kept += len(cluster) - len(parts)
        total += len(cluster) - 1
    return kept, total


def _similarity(clusters: Sequence[Cluster], others: Sequence[Cluster]) -> float:
    """Over the mentions of ``clusters``, the sum of the shares of their cluster that is also in their other cluster."""
    owner = _owner(others)
    total = 0.0
    for cluster in clusters:
        overlap: dict[int, int] = {}
        for mention in cluster:
            if mention in owner:
                overlap[owner[mention]] = overlap.get(owner[mention], 0) + 1
        total += sum(n * n for n in overlap.values()) / len(cluster)
    return total


def _alignment(system: Sequence[Cluster], gold: Sequence[Cluster]) -> float:
    """The best one-to-one sum of phi-4, 2 |a & b| / (|a| + |b|), between the two partitions."""
    owner = _owner(gold)
    overlap: dict[tuple[int, int], int] = {}
    for s, cluster in enumerate(system):
        for mention in cluster:
            if mention in owner:
                overlap[s, owner[mention]] = overlap.get((s, owner[mention]), 0) + 1
    if not overlap:
        return 0.0
    pairs = sorted(overlap)
    phi = [2 * overlap[s, g] / (len(system[s]) + len(gold[g])) for s, g in pairs]
    edges = [(s, len(system) + g) for s, g in pairs]
    graph = igraph.Graph(n=len(system) + len(gold), edges=edges)
    sides = [False] * len(system) + [True] * len(gold)
    matching = graph.maximum_bipartite_matching(types=sides, weights=[round(_SCALE * p) for p in phi])
    return sum(p for (a, b), p in zip(edges, phi, strict=True) if matching.match_of(a) == b)
