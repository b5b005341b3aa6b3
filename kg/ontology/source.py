"""The vocabulary's Turtle, read into nodes, types and relations: for ours and for a user's extension of it alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

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

Node = dict[str, list[str]]
Nodes = Mapping[str, Node]
"""IRI of a term -> IRI of a property -> its values, in the order of the file."""

_ANYTHING = KG + "Thing"
_LITERAL_RANGES = {XSD + "decimal": "Number"}
_PROPERTIES = {OWL + "ObjectProperty", OWL + "DatatypeProperty"}


@dataclass(frozen=True, slots=True)
class Relation:
    """One relation between entities, or from an entity to a literal.

    ``name`` is the local name, of a relation of a user's extension its whole IRI. ``domain`` and ``range`` are names
    of types, ``("Any",)``, or ``("Number",)`` for a quantity. ``wikidata`` is the property of the same meaning
    (``P35``), with ``^`` where Wikidata exchanges subject and object (``P1308^``), or None. ``inverse`` is the relation
    that the graph holds in its place, subject and object exchanged (a symmetric one is its own), None for one that the
    graph holds as it is. ``narrower_of`` is the relation that it entails. ``single_valued``: one object at a time.
    ``transitive``: what holds from A to B and from B to C holds from A to C. ``core``: no addition for the sake of
    Wikidata, and no user's.
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
    transitive: bool = False

    @property
    def literal(self) -> bool:
        """Whether its objects are dates or numbers."""
        return bool({"Date", "Number"} & set(self.range))


def nodes_of(*turtle: bytes) -> Nodes:
    """All that some Turtle says, by subject. Raises SyntaxError where it is none."""
    found: dict[str, Node] = {}
    for text in turtle:
        for triple in ox.parse(text, format=ox.RdfFormat.TURTLE):
            node = found.setdefault(str(getattr(triple.subject, "value", triple.subject)), {})
            node.setdefault(triple.predicate.value, []).append(str(getattr(triple.object, "value", triple.object)))
    return found


def local(iri: str) -> str:
    """The name of a term of ours; the IRI of any other."""
    return iri.removeprefix(KG)


def superclasses(nodes: Nodes, iri: str) -> list[str]:
    """What a class is declared to be a subclass of."""
    return nodes.get(iri, {}).get(RDFS + "subClassOf", [])


def _classes(nodes: Nodes) -> Iterator[tuple[str, Node]]:
    """Classes of entities, unions left out, in the order of the file."""
    for iri, node in nodes.items():
        kinds = node.get(RDF + "type", [])
        if OWL + "Class" in kinds or RDFS + "Datatype" in kinds:
            yield iri, node


def types_of(nodes: Nodes) -> dict[str, str]:
    """Name of each type of entity, and of ``Date`` -> its comment."""
    found = {}
    for iri, node in _classes(nodes):
        if _ANYTHING in superclasses(nodes, iri) or RDFS + "Datatype" in node[RDF + "type"]:
            found[local(iri)] = node[RDFS + "comment"][0]
    return found


def subtypes_of(nodes: Nodes) -> dict[str, str]:
    """Name of each subtype -> its type."""
    types = types_of(nodes)
    return {
        local(iri): local(above)
        for iri, _ in _classes(nodes)
        for above in superclasses(nodes, iri)
        if local(above) in types and local(iri) not in types
    }


def names_of(nodes: Nodes, types: Mapping[str, str], iri: str) -> tuple[str, ...]:
    """The types that a domain or range stands for, that of a subtype its type. Raises ValueError for any other IRI."""
    if iri == _ANYTHING:
        return (ANY,)
    if iri in _LITERAL_RANGES:
        return (_LITERAL_RANGES[iri],)
    if KG + "UnionClass" in nodes.get(iri, {}).get(RDF + "type", []):
        return tuple(name for name in types if iri in superclasses(nodes, KG + name))
    for name in (local(iri), *map(local, superclasses(nodes, iri))):
        if name in types:
            return (name,)
    raise ValueError(f"no type of entity: <{iri}>")


def relations_of(nodes: Nodes, own: bool = True) -> dict[str, Relation]:
    """Every relation by name, in the order of the file: ours, or (``own`` False) those of other namespaces.

    Raises ValueError for a domain or range that is no type of entity.
    """
    types = types_of(nodes)
    found = {}
    for iri, node in nodes.items():
        kinds = set(node.get(RDF + "type", []))
        domain, range_ = node.get(RDFS + "domain", []), node.get(RDFS + "range", [])
        if own and (not iri.startswith(KG) or KG + "singleValued" not in node or not domain or not range_):
            continue
        if not own and (iri.startswith(KG) or not kinds & _PROPERTIES):
            continue
        literal = KG + "Date" if OWL + "DatatypeProperty" in kinds else _ANYTHING
        symmetric = OWL + "SymmetricProperty" in kinds
        name = local(iri)
        above = node.get(RDFS + "subPropertyOf", [])
        primary = node.get(KG + "primary", [])
        found[name] = Relation(
            name=name,
            label=node.get(RDFS + "label", [iri])[0],
            domain=names_of(nodes, types, domain[0] if domain else _ANYTHING),
            range=names_of(nodes, types, range_[0] if range_ else literal),
            wikidata=_wikidata(node),
            inverse=name if symmetric else local(primary[0]) if primary else None,
            symmetric=symmetric,
            narrower_of=local(above[0]) if above else None,
            comment=node.get(RDFS + "comment", [""])[0],
            single_valued=node.get(KG + "singleValued") == ["true"],
            core=node.get(KG + "core") == ["true"],
            transitive=OWL + "TransitiveProperty" in kinds,
        )
    return found


def _wikidata(node: Node) -> str | None:
    for predicate, suffix in (("equivalentProperty", ""), ("inverseOf", "^")):
        for iri in node.get(OWL + predicate, []):
            if iri.startswith(WDT):
                return iri.removeprefix(WDT) + suffix
    return None
