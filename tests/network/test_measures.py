import random

import networkx as nx
import pytest
from hypothesis import given

from kg.network import measure, to_networkx
from tests.graphs import ESSEL, KESTREL, QUIST, TAVLEN, graphs, small


def network_of(*pairs: tuple[str, str], plain: bool = True) -> nx.MultiDiGraph:
    network = nx.MultiDiGraph()
    for pair in pairs:
        network.add_edge(*pair, plain=plain, weight=1.0)
    return network


def test_degree_counts_plain_statements_at_either_end() -> None:
    network = to_networkx(small())
    plain, every = measure(network), measure(network, plain_only=False)
    assert plain.degree[TAVLEN.id] == 3  # commands, was born in, was appointed; a denied visit does not count
    assert every.degree[TAVLEN.id] == 4
    assert plain.degree[KESTREL.id] == 1
    assert every.degree[KESTREL.id] == 2


def test_pagerank_and_betweenness_agree_with_networkx() -> None:
    network = to_networkx(small())
    simple = nx.Graph()
    simple.add_nodes_from(network)
    for a, b, data in network.edges(data=True):
        if data["plain"]:
            simple.add_edge(a, b, weight=simple.get_edge_data(a, b, {"weight": 0.0})["weight"] + data["weight"])
    found = measure(network)
    assert found.pagerank == pytest.approx(nx.pagerank(simple, alpha=0.85, tol=1e-9, max_iter=1_000), abs=1e-4)
    assert found.betweenness == pytest.approx(nx.betweenness_centrality(simple), abs=1e-5)
    assert found.betweenness[QUIST.id] > found.betweenness[ESSEL.id]


def test_communities_are_numbered_by_size_then_smallest_id() -> None:
    clique = [("c1", "c2"), ("c2", "c3"), ("c3", "c1")]
    found = measure(network_of(("y", "x"), *clique, ("b", "a"), ("c1", "c4"), ("c2", "c4")))
    assert found.community == {"c1": 0, "c2": 0, "c3": 0, "c4": 0, "a": 1, "b": 1, "x": 2, "y": 2}


def test_the_order_of_nodes_and_edges_does_not_matter() -> None:
    pairs = [(f"n{i}", f"n{(i * 7 + 3) % 40}") for i in range(120)]
    assert measure(network_of(*pairs)) == measure(network_of(*reversed(pairs)))


def test_an_empty_network_has_no_measures() -> None:
    assert measure(nx.MultiDiGraph()).degree == {}


def test_random_numbers_of_the_caller_are_left_alone() -> None:
    random.seed(7)
    expected = random.Random(7).random()
    measure(to_networkx(small()))
    assert random.random() == expected


@given(graphs())
def test_every_entity_has_every_measure(graph) -> None:
    found = measure(to_networkx(graph))
    ids = {e.id for e in graph.entities}
    assert set(found.degree) == set(found.pagerank) == set(found.betweenness) == set(found.community) == ids
    assert sum(found.pagerank.values()) == pytest.approx(1, abs=1e-4)
    assert set(found.community.values()) == set(range(len(set(found.community.values()))))
    assert all(0 <= value <= 1 for value in found.betweenness.values())
