"""All that a drawing of the graph needs, computed once for every export that draws."""

from __future__ import annotations

from dataclasses import dataclass

import networkx as nx

from kg.graph import KnowledgeGraph
from kg.network.convert import to_networkx
from kg.network.layout import Point, positions
from kg.network.measures import Measures, measure


@dataclass(frozen=True, slots=True)
class Picture:
    """The network, its measures and the position of every entity."""

    network: nx.MultiDiGraph[str]
    measures: Measures
    positions: dict[str, Point]


def picture_of(graph: KnowledgeGraph) -> Picture:
    """Measure a graph by its plain statements, and lay it out by all: who is only said to have met stands near too."""
    network = to_networkx(graph)
    return Picture(network, measure(network), positions(network, plain_only=False))
