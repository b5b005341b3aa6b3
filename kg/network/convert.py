"""`KnowledgeGraph` as a networkx ``MultiDiGraph``: entities are nodes, statements between entities are edges.

Absent text is ``""``, never ``None``, and every attribute has one type, so that networkx' own writers take them
(after ``names`` and ``values``, which are tuples, have been joined).
"""

from __future__ import annotations

import networkx as nx

from kg.graph import KnowledgeGraph
from kg.records import Entity, Statement


def to_networkx(graph: KnowledgeGraph) -> nx.MultiDiGraph[str]:
    """The graph as networkx sees it, in the order of the graph.

    Node: the entity's id.

    * ``label`` preferred name, ``type``, ``subtype`` or ``""``
    * ``names`` every name, the preferred one first (tuple)
    * ``mentions`` number of mentions, ``documents`` number of different documents
    * ``values`` the plain statements about it whose object is a literal, as sorted ``(relation, lexical form,
      datatype)`` triples: a birth date belongs to a person and is no neighbour

    Edge: one for each statement between two entities, plain or not, keyed by the statement's id.

    * ``relation``, ``polarity``, ``modality``, ``attribution`` (entity id or ``""``)
    * ``plain`` whether the sources state it as a fact
    * ``confidence`` 0..1, ``documents`` number of independent documents, ``weight`` the same as a float
    * ``start``, ``end`` XSD lexical forms or ``""``
    * ``sentence`` the first evidence
    """
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    values: dict[str, set[tuple[str, str, str]]] = {}
    for statement in graph.statements:
        if statement.value is not None and statement.plain:
            triple = (statement.relation, statement.value.lexical, statement.value.datatype)
            values.setdefault(statement.subject, set()).add(triple)
    for entity in graph.entities:
        network.add_node(entity.id, **_node(entity, tuple(sorted(values.get(entity.id, ())))))
    for statement in graph.statements:
        if statement.object is not None:
            network.add_edge(statement.subject, statement.object, key=statement.id, **_edge(statement))
    return network


def _node(entity: Entity, values: tuple[tuple[str, str, str], ...]) -> dict[str, object]:
    return {
        "label": entity.name,
        "type": entity.type,
        "subtype": entity.subtype or "",
        "names": tuple(dict.fromkeys((entity.name, *entity.names))),
        "mentions": len(entity.mentions),
        "documents": entity.documents,
        "values": values,
    }


def _edge(statement: Statement) -> dict[str, object]:
    return {
        "relation": statement.relation,
        "polarity": statement.polarity,
        "modality": statement.modality,
        "attribution": statement.attribution or "",
        "plain": statement.plain,
        "confidence": statement.confidence,
        "documents": statement.documents,
        "weight": float(statement.documents),
        "start": statement.time.start or "",
        "end": statement.time.end or "",
        "sentence": statement.claims[0][1].evidence.text if statement.claims else "",
    }
