"""GraphML, which networkx, igraph, yEd, Cytoscape and most other tools read: entities, and every statement between two.

Unlike the drawing formats it keeps what is denied, planned or only claimed, with attributes that say so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from kg.exports.files import atomic, attributes, one_line, xml_text
from kg.graph import KnowledgeGraph
from kg.network import to_networkx

NODE_KEYS: Mapping[str, str] = {
    "label": "string",
    "type": "string",
    "subtype": "string",
    "names": "string",
    "mentions": "int",
    "documents": "int",
    "values": "string",
}
EDGE_KEYS: Mapping[str, str] = {
    "relation": "string",
    "polarity": "string",
    "modality": "string",
    "attribution": "string",
    "plain": "boolean",
    "confidence": "double",
    "documents": "int",
    "weight": "double",
    "start": "string",
    "end": "string",
    "sentence": "string",
}


def write_graphml(graph: KnowledgeGraph, path: Path) -> None:
    """Write the network of `to_networkx` to ``path``; names and values are joined by `` | ``. Raises `OutputError`."""
    network = to_networkx(graph)
    with atomic(path) as stream:
        stream.write('<?xml version="1.0" encoding="UTF-8"?>\n')
        stream.write('<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n')
        for domain, keys in (("node", NODE_KEYS), ("edge", EDGE_KEYS)):
            for name, type_ in keys.items():
                key = {"id": f"{domain}-{name}", "for": domain, "attr.name": name, "attr.type": type_}
                stream.write(f"<key{attributes(key)}/>\n")
        stream.write('<graph edgedefault="directed">\n')
        for node, data in network.nodes(data=True):
            values = (f"{relation}={lexical}" for relation, lexical, _ in data["values"])
            flat = {**data, "names": " | ".join(data["names"]), "values": " | ".join(values)}
            stream.write(f"<node{attributes({'id': node})}>\n")
            stream.writelines(_data("node", NODE_KEYS, flat))
            stream.write("</node>\n")
        for source, target, key, data in network.edges(keys=True, data=True):
            stream.write(f"<edge{attributes({'id': key, 'source': source, 'target': target})}>\n")
            stream.writelines(_data("edge", EDGE_KEYS, data))
            stream.write("</edge>\n")
        stream.write("</graph>\n</graphml>\n")


def _data(domain: str, keys: Mapping[str, str], values: Mapping[str, object]) -> Iterator[str]:
    for name in keys:
        value = values[name]
        text = str(value).lower() if isinstance(value, bool) else one_line(str(value))
        yield f'<data key="{domain}-{name}">{xml_text(text)}</data>\n'
