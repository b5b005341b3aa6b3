"""The graph as RDF/XML, for tools that read nothing else.

XML 1.0 has no way to write control characters: they become U+FFFD here, and only here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import pyoxigraph as ox

from kg.errors import OutputError
from kg.graph import KnowledgeGraph
from kg.ontology.source import XSD
from kg.rdf.iris import BASE, Iris
from kg.rdf.nodes import Node, nodes
from kg.rdf.terms import VOCABULARIES
from kg.rdf.writer import write_pieces

_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LOCAL = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*$")


def rdfxml(graph: KnowledgeGraph, base: str = BASE) -> Iterator[bytes]:
    """The triples of ``graph.ttl`` as RDF/XML, in pieces.

    Raises `OutputError` for a relation of a user's own whose IRI ends in no name: XML cannot write it.
    """
    declared = "".join(f" xmlns:{name}={quoteattr(iri)}" for name, iri in sorted(VOCABULARIES.items()))
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF{declared}>\n'.encode()
    for one in nodes(graph, Iris(base)):
        yield "".join(_node(one)).encode()
    yield b"</rdf:RDF>\n"


def write_rdfxml(graph: KnowledgeGraph, path: Path, base: str = BASE) -> None:
    """Write graph.rdf in one step. Raises `OutputError`."""
    write_pieces(rdfxml(graph, base), path)


def xml_text(text: str) -> str:
    """Text as XML can hold it: what it has no way to write becomes U+FFFD, one for one."""
    return _NO_XML.sub("\ufffd", text)


def _node(one: Node) -> Iterator[str]:
    yield f"<rdf:Description rdf:about={quoteattr(one.subject.value)}>\n"
    for predicate, goal in one.pairs:
        name, declared = _name(predicate.value)
        if isinstance(goal, ox.NamedNode):
            yield f" <{name}{declared} rdf:resource={quoteattr(goal.value)}/>\n"
            continue
        typed = goal.datatype.value
        datatype = f" rdf:datatype={quoteattr(typed)}" if typed != XSD + "string" else ""
        # a bare carriage return would be read as a line feed
        words = escape(xml_text(goal.value), {"\r": "&#13;"})
        yield f" <{name}{declared}{datatype}>{words}</{name}>\n"
    yield "</rdf:Description>\n"


def _name(iri: str) -> tuple[str, str]:
    """The qualified name of a property, and the declaration that it needs."""
    for name, vocabulary in VOCABULARIES.items():
        if iri.startswith(vocabulary) and _LOCAL.fullmatch(iri, len(vocabulary)):
            return f"{name}:{iri[len(vocabulary) :]}", ""
    found = _LOCAL.search(iri)
    if found is None:
        raise OutputError("XML has no way to write this relation", where=iri, remedy="Take jsonld, trig or nq.")
    return f"own:{found[0]}", f" xmlns:own={quoteattr(iri[: found.start()])}"
