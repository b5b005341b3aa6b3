"""The vocabulary as code sees it: relations, entity types and their links, read from ``newskg.ttl``.

The Turtle is the one source; parsing it takes a few milliseconds, so nothing generated lies between the two.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

import pyoxigraph as ox

KG = "https://w3id.org/newskg/ontology#"
OPEN = "https://w3id.org/newskg/open#"
WDT = "http://www.wikidata.org/prop/direct/"
OWL = "http://www.w3.org/2002/07/owl#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
XSD = "http://www.w3.org/2001/XMLSchema#"

ANY = "Any"
"""Stands in a domain or range for every type of entity; a `Date` is none."""

_ANYTHING = KG + "Thing"
_LITERAL_RANGES = {XSD + "decimal": "Number"}

_Node = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Relation:
    """One relation between entities, or from an entity to a literal.

    ``domain`` and ``range`` are names of `TYPES`, ``("Any",)``, or ``("Number",)`` for a quantity. ``wikidata`` is the
    property of the same meaning (``P35``), with ``^`` where Wikidata exchanges subject and object (``P1308^``), or
    None. ``inverse`` is the relation that the graph holds in its place, subject and object exchanged (a symmetric one
    is its own), None for one that the graph holds as it is. ``narrower_of`` is the relation that it entails.
    ``single_valued``: one object at a time. ``core``: no addition for the sake of Wikidata.
    """

    name: str
    label: str
    domain: tuple[str, ...]
    range: tuple[str, ...]
    wikidata: str | None
    inverse: str | None
    symmetric: bool
    narrower_of: str | None
    comment: str
    single_valued: bool = False
    core: bool = True


def ontology_turtle() -> bytes:
    """The vocabulary as it is published: UTF-8 Turtle."""
    return (files("kg.ontology") / "newskg.ttl").read_bytes()


@cache
def _nodes() -> Mapping[str, _Node]:
    found: dict[str, _Node] = {}
    for triple in ox.parse(ontology_turtle(), format=ox.RdfFormat.TURTLE):
        node = found.setdefault(triple.subject.value, {})
        node.setdefault(triple.predicate.value, []).append(triple.object.value)
    return found


def _local(iri: str) -> str:
    return iri.removeprefix(KG)


def _superclasses(iri: str) -> list[str]:
    return _nodes().get(iri, {}).get(RDFS + "subClassOf", [])


def _classes() -> Iterator[tuple[str, _Node]]:
    """Classes of entities, unions left out, in the order of the file."""
    for iri, node in _nodes().items():
        kinds = node.get(RDF + "type", [])
        if OWL + "Class" in kinds or RDFS + "Datatype" in kinds:
            yield iri, node


def _types() -> dict[str, str]:
    found = {}
    for iri, node in _classes():
        if _ANYTHING in _superclasses(iri) or RDFS + "Datatype" in node[RDF + "type"]:
            found[_local(iri)] = node[RDFS + "comment"][0]
    return found


def _subtypes() -> dict[str, str]:
    return {
        _local(iri): _local(above)
        for iri, _ in _classes()
        for above in _superclasses(iri)
        if _local(above) in TYPES and _local(iri) not in TYPES
    }


def _names_of(iri: str) -> tuple[str, ...]:
    """Types that a domain or range stands for."""
    if iri == _ANYTHING:
        return (ANY,)
    if iri in _LITERAL_RANGES:
        return (_LITERAL_RANGES[iri],)
    if KG + "UnionClass" in _nodes()[iri][RDF + "type"]:
        return tuple(name for name in TYPES if iri in _superclasses(KG + name))
    return (_local(iri),)


def _wikidata(node: _Node) -> str | None:
    for predicate, suffix in (("equivalentProperty", ""), ("inverseOf", "^")):
        for iri in node.get(OWL + predicate, []):
            if iri.startswith(WDT):
                return iri.removeprefix(WDT) + suffix
    return None


def _relations() -> dict[str, Relation]:
    found = {}
    for iri, node in _nodes().items():
        kinds = set(node.get(RDF + "type", []))
        domain, range_ = node.get(RDFS + "domain"), node.get(RDFS + "range")
        if not iri.startswith(KG) or KG + "singleValued" not in node or not domain or not range_:
            continue
        symmetric = OWL + "SymmetricProperty" in kinds
        name = _local(iri)
        above = node.get(RDFS + "subPropertyOf", [])
        primary = node.get(KG + "primary", [])
        found[name] = Relation(
            name=name,
            label=node[RDFS + "label"][0],
            domain=_names_of(domain[0]),
            range=_names_of(range_[0]),
            wikidata=_wikidata(node),
            inverse=name if symmetric else _local(primary[0]) if primary else None,
            symmetric=symmetric,
            narrower_of=_local(above[0]) if above else None,
            comment=node[RDFS + "comment"][0],
            single_valued=node[KG + "singleValued"] == ["true"],
            core=node.get(KG + "core") == ["true"],
        )
    return found


TYPES: Mapping[str, str] = MappingProxyType(_types())
"""Name of each entity type -> what it holds, ``Date`` (literals) among them."""

SUBTYPES: Mapping[str, str] = MappingProxyType(_subtypes())
"""Name of each subtype -> its type."""

RELATIONS: Mapping[str, Relation] = MappingProxyType(_relations())
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
    return relation is None or (_fits(subject_type, relation.domain) and _fits(object_type, relation.range))


def _fits(type_: str, admitted: tuple[str, ...]) -> bool:
    if type_ in admitted or (type_ == "Facility" and "Place" in admitted):
        return True
    return ANY in admitted and type_ != "Date"
