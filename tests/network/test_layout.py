import math
from itertools import combinations

import networkx as nx
import pytest

from kg.network import positions, to_networkx
from kg.network.layout import GAP
from tests.graphs import small
from tests.network.test_measures import network_of


def ring(prefix: str, size: int) -> list[tuple[str, str]]:
    return [(f"{prefix}{i:03}", f"{prefix}{(i + 1) % size:03}") for i in range(size)]


def nearest(places: dict[str, tuple[float, float]]) -> float:
    return min(math.dist(a, b) for a, b in combinations(places.values(), 2))


@pytest.mark.parametrize(
    "pairs",
    [
        ring("a", 3),
        [*ring("a", 30), *ring("b", 4), ("x", "y")],
        [("hub", f"leaf{i:03}") for i in range(150)],
        [(f"k{i:02}", f"k{j:02}") for i in range(25) for j in range(i)],
    ],
    ids=["triangle", "three components", "star", "clique"],
)
def test_no_two_nodes_come_near_each_other(pairs: list[tuple[str, str]]) -> None:
    places = positions(network_of(*pairs))
    assert nearest(places) > 0.98 * GAP


def test_components_do_not_overlap() -> None:
    network = network_of(*ring("a", 12), *ring("b", 9), *ring("c", 5), ("d1", "d2"))
    network.add_nodes_from(f"z{i}" for i in range(9))
    places = positions(network)
    boxes = []
    for part in nx.weakly_connected_components(network):
        xs, ys = zip(*(places[n] for n in part), strict=True)
        boxes.append((min(xs), max(xs), min(ys), max(ys)))
    assert len(boxes) == 13
    for a, b in combinations(boxes, 2):
        assert a[1] < b[0] or b[1] < a[0] or a[3] < b[2] or b[3] < a[2]


def test_positions_are_rounded_and_the_same_whatever_the_order() -> None:
    network = to_networkx(small())
    turned = nx.MultiDiGraph()
    turned.add_nodes_from(reversed(list(network.nodes(data=True))))
    turned.add_edges_from(reversed(list(network.edges(keys=True, data=True))))
    places = positions(network)
    assert places == positions(turned)
    assert all(value == round(value, 2) for place in places.values() for value in place)


def test_large_components_are_laid_out_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.network.layout.LARGE", 20)
    places = positions(network_of(*ring("a", 60), *(("a000", f"b{i:02}") for i in range(20))))
    assert len(places) == 80
    assert nearest(places) > 0.98 * GAP


def test_one_node_stands_at_the_origin_and_none_nowhere() -> None:
    alone = nx.MultiDiGraph()
    alone.add_node("a")
    assert positions(alone) == {"a": (0.0, 0.0)}
    assert positions(nx.MultiDiGraph()) == {}
