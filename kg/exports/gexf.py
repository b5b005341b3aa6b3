"""GEXF 1.3, the format of Gephi: written as a stream, laid out, coloured, sized, with a timeline.

The specification is the RELAX NG grammar of https://gexf.net/schema.html. It and the primer put colour, position and
size into the namespace ``http://gexf.net/1.3/viz``, as Gephi and networkx read them; the XSD derived from it puts
them into the main one by mistake, so that it rejects Gephi's own files too. Here the grammar and the readers count.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TextIO

from kg.exports.appearance import colour, size_of
from kg.exports.calendar import days
from kg.exports.files import atomic, attributes
from kg.exports.wording import relation_words
from kg.graph import KnowledgeGraph
from kg.network import Picture, picture_of
from kg.records import Entity, Statement

NODE_ATTRIBUTES: Mapping[str, str] = {
    "type": "string",
    "subtype": "string",
    "names": "string",
    "mentions": "integer",
    "documents": "integer",
    "degree": "integer",
    "pagerank": "double",
    "betweenness": "double",
    "community": "integer",
    "values": "string",
}
EDGE_ATTRIBUTES: Mapping[str, str] = {
    "relation": "string",
    "documents": "integer",
    "confidence": "double",
    "since": "string",
    "until": "string",
    "sentence": "string",
}


def write_gexf(graph: KnowledgeGraph, path: Path, picture: Picture | None = None) -> None:
    """Write every entity and every plain statement between two entities to ``path``.

    Nodes bear the attributes of `NODE_ATTRIBUTES`, edges those of `EDGE_ATTRIBUTES`; ``kind`` and ``label`` of an
    edge are its relation, ``weight`` the number of independent documents. Names are joined by `` | ``. A statement
    with a time has a spell from the first to the last day that its precision allows; an open end stays open.
    Characters that XML cannot hold become U+FFFD. The same graph gives the same bytes. Raises `OutputError`.
    """
    with atomic(path) as stream:
        _write(graph, stream, picture or picture_of(graph))


def _write(graph: KnowledgeGraph, stream: TextIO, picture: Picture) -> None:
    edges = [s for s in graph.statements if s.plain and s.object is not None]
    stream.write('<?xml version="1.0" encoding="UTF-8"?>\n')
    stream.write('<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">\n')
    stream.write("<meta>\n<creator>newskg</creator>\n")
    stream.write("<description>Entities and what the sources state about them as facts</description>\n</meta>\n")
    stream.write('<graph mode="dynamic" timeformat="date" timerepresentation="interval"')
    stream.write(' defaultedgetype="directed" idtype="string">\n')
    for kind, declared in (("node", NODE_ATTRIBUTES), ("edge", EDGE_ATTRIBUTES)):
        stream.write(f'<attributes class="{kind}" mode="static">\n')
        for name, type_ in declared.items():
            stream.write(f"<attribute{attributes({'id': name, 'title': name, 'type': type_})}/>\n")
        stream.write("</attributes>\n")
    stream.write(f'<nodes count="{len(graph.entities)}">\n')
    highest = max(picture.measures.pagerank.values(), default=1.0)
    for entity in graph.entities:
        stream.writelines(_node(entity, picture, highest))
    stream.write(f'</nodes>\n<edges count="{len(edges)}">\n')
    for statement in edges:
        stream.writelines(_edge(statement))
    stream.write("</edges>\n</graph>\n</gexf>\n")


def _node(entity: Entity, picture: Picture, highest: float) -> Iterator[str]:
    data, measures = picture.network.nodes[entity.id], picture.measures
    pagerank = measures.pagerank[entity.id]
    yield f"<node{attributes({'id': entity.id, 'label': entity.name})}>\n"
    yield from _values(
        NODE_ATTRIBUTES,
        (
            *(data[name] for name in ("type", "subtype")),
            " | ".join(data["names"]),
            *(data[name] for name in ("mentions", "documents")),
            measures.degree[entity.id],
            pagerank,
            measures.betweenness[entity.id],
            measures.community[entity.id],
            " | ".join(f"{relation_words(relation)}: {lexical}" for relation, lexical, _ in data["values"]),
        ),
    )
    red, green, blue = bytes.fromhex(colour(entity.type)[1:])
    x, y = picture.positions[entity.id]
    yield f'<viz:color r="{red}" g="{green}" b="{blue}"/>\n'
    yield f'<viz:position x="{x}" y="{y}" z="0.0"/>\n'
    yield f'<viz:size value="{size_of(pagerank, highest):.2f}"/>\n</node>\n'


def _edge(s: Statement) -> Iterator[str]:
    edge = {
        "id": s.id,
        "source": s.subject,
        "target": s.object,
        "type": "directed",
        "kind": s.relation,
        "label": s.relation,
        "weight": float(s.documents),
    }
    yield f"<edge{attributes(edge)}>\n"
    sentence = s.claims[0][1].evidence.text if s.claims else ""
    yield from _values(
        EDGE_ATTRIBUTES,
        (s.relation, s.documents, s.confidence, s.time.start or "", s.time.end or "", sentence),
    )
    first, last = days(s.time, s.ending.by if s.ending else None)
    if first or last:
        ends = {name: day for name, day in (("start", first), ("end", last)) if day}
        yield f"<spells>\n<spell{attributes(ends)}/>\n</spells>\n"
    yield "</edge>\n"


def _values(names: Iterable[str], values: Iterable[object]) -> Iterator[str]:
    """``attvalues``; what is empty is left out."""
    yield "<attvalues>\n"
    for name, value in zip(names, values, strict=True):
        if value != "":
            yield f"<attvalue{attributes({'for': name, 'value': value})}/>\n"
    yield "</attvalues>\n"
