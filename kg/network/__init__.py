"""The graph as a network: networkx for everybody, igraph behind it for what is heavy.

KnowledgeGraph -> to_networkx -> measure, positions -> Picture (what the drawings need)
               -> connections (chains of statements between two entities)
"""

from kg.network.convert import to_networkx
from kg.network.layout import positions
from kg.network.measures import Measures, measure
from kg.network.paths import Path, connections
from kg.network.picture import Picture, picture_of

__all__ = ["Measures", "Path", "Picture", "connections", "measure", "picture_of", "positions", "to_networkx"]
