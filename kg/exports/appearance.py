"""How an entity looks, the same in every picture: coloured by its type, sized by its PageRank.

The colours are the qualitative palette "muted" of Paul Tol (https://sronpersonalpages.nl/~pault/), made to be told
apart by colour-blind readers on screen and on paper, with some of his "bright" ones for types that are rare in news.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from types import MappingProxyType

COLOURS: Mapping[str, str] = MappingProxyType(
    {
        "Person": "#CC6677",
        "Organization": "#332288",
        "Place": "#117733",
        "Facility": "#999933",
        "Event": "#882255",
        "Work": "#88CCEE",
        "Product": "#44AA99",
        "Award": "#EECC66",
        "Position": "#AA4499",
        "Group": "#DDCC77",
        "Language": "#4477AA",
    }
)
OTHER = "#BBBBBB"
SMALLEST, LARGEST = 10.0, 40.0


def colour(type_: str) -> str:
    """``#RRGGBB`` of a type of entity, grey for one that the vocabulary does not know."""
    return COLOURS.get(type_, OTHER)


def size_of(pagerank: float, highest: float) -> float:
    """Diameter between `SMALLEST` and `LARGEST`; it goes with the root, because the eye compares areas."""
    return SMALLEST + (LARGEST - SMALLEST) * math.sqrt(pagerank / highest)
