import networkx as nx
from hypothesis import given

from kg.network import to_networkx
from kg.records import Value
from tests.graphs import ARMY, BRIGADE, ESSEL, KESTREL, QUIST, SIEGE, TAVLEN, graphs, small


def test_entities_become_nodes_with_documented_attributes() -> None:
    network = to_networkx(small())
    node = network.nodes[TAVLEN.id]
    assert node["label"] == "Mira Tavlen"
    assert (node["type"], node["subtype"]) == ("Person", "")
    assert node["names"] == ("Mira Tavlen", "Colonel Tavlen", "Tavlen")
    assert (node["mentions"], node["documents"]) == (4, 2)
    assert set(node) == {"label", "type", "subtype", "names", "mentions", "documents", "values"}


def test_statements_between_entities_become_edges_with_documented_attributes() -> None:
    network = to_networkx(small())
    ((key, edge),) = network.get_edge_data(TAVLEN.id, BRIGADE.id).items()
    assert key in {s.id for s in small().statements}
    assert edge == {
        "relation": "commands",
        "polarity": "asserted",
        "modality": "fact",
        "attribution": "",
        "plain": True,
        "confidence": 0.9,
        "documents": 2,
        "weight": 2.0,
        "start": "2030-05",
        "end": "",
        "sentence": edge["sentence"],
    }
    assert "the" in edge["sentence"]


def test_what_is_denied_planned_or_claimed_is_an_edge_that_says_so() -> None:
    network = to_networkx(small())
    (visited,) = (d for d in network.get_edge_data(TAVLEN.id, ESSEL.id).values() if d["relation"] == "visited")
    (planned,) = network.get_edge_data(QUIST.id, ESSEL.id).values()
    (claimed,) = network.get_edge_data(KESTREL.id, ESSEL.id).values()
    assert (visited["polarity"], planned["modality"], claimed["attribution"]) == ("negated", "planned", QUIST.id)
    assert [d["plain"] for d in (visited, planned, claimed)] == [False, False, False]
    assert network.get_edge_data(BRIGADE.id, ARMY.id) is not None


def test_a_literal_is_a_value_of_its_subject_and_no_node() -> None:
    network = to_networkx(small())
    assert network.nodes[SIEGE.id]["values"] == (("startedOn", "2031-06", "gYearMonth"),)
    assert set(network) == {e.id for e in small().entities}


@given(graphs())
def test_every_entity_is_one_node_and_every_statement_between_two_one_edge(graph) -> None:
    network = to_networkx(graph)
    assert list(network) == [e.id for e in graph.entities]
    assert {k: (s, o) for s, o, k in network.edges(keys=True)} == {
        s.id: (s.subject, s.object) for s in graph.statements if s.object is not None
    }
    for statement in graph.statements:
        if isinstance(statement.value, Value):
            triple = (statement.relation, statement.value.lexical, statement.value.datatype)
            assert statement.plain == (triple in network.nodes[statement.subject]["values"]) or not statement.plain
    assert isinstance(network, nx.MultiDiGraph)
