"""Terms: text, dates and numbers as RDF literals, and the prefixes that files and queries share."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType

import pyoxigraph as ox

from kg.ontology.vocabulary import KG, OPEN, OWL, RDF, RDFS, XSD
from kg.rdf.iris import BASE
from kg.records import Value

DCTERMS = "http://purl.org/dc/terms/"
NIF = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"
PROV = "http://www.w3.org/ns/prov#"
SKOS = "http://www.w3.org/2004/02/skos/core#"

VOCABULARIES: Mapping[str, str] = MappingProxyType(
    {"kg": KG, "open": OPEN, "dcterms": DCTERMS, "nif": NIF, "owl": OWL, "prov": PROV, "rdf": RDF, "rdfs": RDFS}
    | {"skos": SKOS, "xsd": XSD}
)


def prefixes(base: str = BASE) -> dict[str, str]:
    """Prefixes of a graph file and of queries on it, by name."""
    # none for documents: the fragments of their sentences read better in full than with every # and = escaped
    nodes = {kind: f"{base}{kind}/" for kind in ("claim", "entity", "statement")}
    return dict(sorted({**VOCABULARIES, **nodes}.items()))


_UNWRITABLE = re.compile("[\x00\ud800-\udfff]")
_DATES = (
    (re.compile(r"-?\d{4,}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)?"), "dateTime"),
    (re.compile(r"-?\d{4,}-\d\d-\d\d"), "date"),
    (re.compile(r"-?\d{4,}-\d\d"), "gYearMonth"),
    (re.compile(r"-?\d{4,}"), "gYear"),
    (re.compile(r"--\d\d-\d\d"), "gMonthDay"),
    (re.compile(r"--\d\d"), "gMonth"),
    (re.compile(r"---\d\d"), "gDay"),
)


def clean(text: str) -> str:
    """Text that every RDF tool takes: NUL and lone surrogates become U+FFFD, one for one, so that offsets hold."""
    return _UNWRITABLE.sub("\ufffd", text)


@lru_cache(maxsize=4096)
def node(iri: str) -> ox.NamedNode:
    """The IRI as a term."""
    return ox.NamedNode(iri)


def text(value: str) -> ox.Literal:
    """A plain string."""
    return ox.Literal(clean(value))


def whole(number: int) -> ox.Literal:
    """An xsd:integer."""
    return ox.Literal(str(number), datatype=node(XSD + "integer"))


def decimal(number: float) -> ox.Literal:
    """An xsd:decimal that reads back as the same float."""
    written = format(Decimal(repr(float(number))), "f")
    return ox.Literal(written if "." in written else written + ".0", datatype=node(XSD + "decimal"))


TRUE = ox.Literal("true", datatype=ox.NamedNode(XSD + "boolean"))
"""An xsd:boolean. What is false is left unsaid."""


def typed(lexical: str, datatype: str) -> ox.Literal:
    """A literal of an XSD type, by the type's name; of no type where the lexical form is not one of a date's."""
    if datatype == "string":
        return text(lexical)
    return ox.Literal(clean(lexical), datatype=node(XSD + datatype))


def date(lexical: str) -> ox.Literal:
    """A date of any precision: ``2023-07`` -> xsd:gYearMonth, ``--07`` -> xsd:gMonth; else a plain string."""
    for form, datatype in _DATES:
        if form.fullmatch(lexical):
            return typed(lexical, datatype)
    return text(lexical)


def literal(value: Value) -> ox.Literal:
    """A claim's literal object."""
    return typed(value.lexical, value.datatype)
