"""The vocabulary as code sees it: relations, entity types and their links, read from ``newskg.ttl``.

The Turtle is the one source; parsing it takes a few milliseconds, so nothing generated lies between the two.
`kg.ontology.names` lists the same names for editors and type checkers; it is generated.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from kg.ontology.source import (
    ANY,
    KG,
    OPEN,
    OWL,
    RDF,
    RDFS,
    WDT,
    XSD,
    Nodes,
    Relation,
    nodes_of,
    relations_of,
    subtypes_of,
    types_of,
)

__all__ = [
    "ANY",
    "KG",
    "OPEN",
    "OWL",
    "RDF",
    "RDFS",
    "RELATIONS",
    "SUBTYPES",
    "TYPES",
    "WDT",
    "WIKIDATA",
    "XSD",
    "Relation",
    "admits",
    "fits",
    "ontology_nodes",
    "ontology_turtle",
    "primary",
]


def ontology_turtle() -> bytes:
    """The vocabulary as it is published: UTF-8 Turtle."""
    return (files("kg.ontology") / "newskg.ttl").read_bytes()


@cache
def ontology_nodes() -> Nodes:
    """All that the vocabulary says, by subject."""
    return nodes_of(ontology_turtle())


TYPES: Mapping[str, str] = MappingProxyType(types_of(ontology_nodes()))
"""Name of each entity type -> what it holds, ``Date`` (literals) among them."""

SUBTYPES: Mapping[str, str] = MappingProxyType(subtypes_of(ontology_nodes()))
"""Name of each subtype -> its type."""

RELATIONS: Mapping[str, Relation] = MappingProxyType(relations_of(ontology_nodes()))
"""Every relation by name, in the order of the file: the core first."""

WIKIDATA: Mapping[str, tuple[str, bool]] = MappingProxyType(
    {r.wikidata.rstrip("^"): (r.name, r.wikidata.endswith("^")) for r in RELATIONS.values() if r.wikidata}
)
"""Wikidata property -> relation of that meaning, and whether its subject is Wikidata's value.

The relation may be one that the graph holds the other way round; see `primary`.
"""


def primary(name: str) -> tuple[str, bool]:
    """The relation that the graph holds in place of this one, and whether subject and object change places.

    Open relations and symmetric ones stay as they are.
    """
    relation = RELATIONS.get(name)
    if relation is None or relation.inverse is None or relation.symmetric:
        return name, False
    return relation.inverse, True


def admits(name: str, subject_type: str, object_type: str) -> bool:
    """Whether the relation may hold between entities of these types (names of `TYPES`; object may be ``Date``).

    A facility is also a place. Relations outside the vocabulary (open ones) admit every type.
    """
    relation = RELATIONS.get(name)
    return relation is None or fits(relation, subject_type, object_type)


def fits(relation: Relation, subject_type: str, object_type: str) -> bool:
    """The same of a relation that need not be one of the vocabulary."""
    return _fits(subject_type, relation.domain) and _fits(object_type, relation.range)


def _fits(type_: str, admitted: tuple[str, ...]) -> bool:
    if type_ in admitted or (type_ == "Facility" and "Place" in admitted):
        return True
    return ANY in admitted and type_ != "Date"
