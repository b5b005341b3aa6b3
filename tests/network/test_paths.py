from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import NoSuchEntity
from kg.network import connections
from tests.graphs import ARMY, BRIGADE, ESSEL, KESTREL, LINES, MINISTRY, QUIST, TAVLEN, VARNHOLM, graphs, small


def test_the_shortest_chain_comes_first_and_names_its_statements() -> None:
    first, second = connections(small(), TAVLEN.id, MINISTRY.id)
    assert first.entities == (TAVLEN.id, QUIST.id, MINISTRY.id)
    assert [hop[0].relation for hop in first.hops] == ["appointed", "leads"]
    assert second.entities == (TAVLEN.id, BRIGADE.id, ARMY.id, MINISTRY.id)


def test_what_is_not_stated_as_a_fact_connects_only_on_demand() -> None:
    assert connections(small(), KESTREL.id, ESSEL.id, 1)[0].entities != (KESTREL.id, ESSEL.id)
    (only,) = connections(small(), KESTREL.id, ESSEL.id, 1, plain_only=False)
    assert [s.relation for s in only.hops[0]] == ["attacked"]


def test_parallel_statements_share_a_hop_with_the_plain_one_first() -> None:
    (path,) = connections(small(), TAVLEN.id, ESSEL.id, 1, plain_only=False)
    assert [s.relation for s in path.hops[0]] == ["bornIn", "visited"]


def test_limit_counts_chains() -> None:
    assert len(connections(small(), TAVLEN.id, MINISTRY.id, 1)) == 1
    assert connections(small(), TAVLEN.id, MINISTRY.id, 0) == []


def test_one_entity_needs_no_chain_and_an_unknown_one_is_named() -> None:
    assert connections(small(), LINES.id, LINES.id) == []
    with pytest.raises(NoSuchEntity, match="KG103 nobody"):
        connections(small(), VARNHOLM.id, "nobody")


def test_a_post_is_no_link_between_its_holders() -> None:
    graph = small()
    post = replace(graph.entity_by_id[QUIST.id], type="Position")
    graph = replace(graph, entities=tuple(post if e.id == QUIST.id else e for e in graph.entities))
    assert all(QUIST.id not in path.entities for path in connections(graph, TAVLEN.id, MINISTRY.id))
    assert connections(graph, TAVLEN.id, QUIST.id)


@given(graphs(), st.data())
def test_chains_hold_together(graph, data) -> None:
    a, b = (data.draw(st.sampled_from(graph.entities)).id for _ in range(2))
    found = connections(graph, a, b, plain_only=False)
    assert [len(p.hops) for p in found] == sorted(len(p.hops) for p in found)
    for path in found:
        assert (path.entities[0], path.entities[-1]) == (a, b)
        assert len(set(path.entities)) == len(path.entities)
        for i, hop in enumerate(path.hops):
            assert hop
            assert all({s.subject, s.object} == set(path.entities[i : i + 2]) for s in hop)
