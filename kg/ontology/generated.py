"""What is made from the vocabulary and lies in files: shapes, typed names, the JSON-LD context, the reference.

``python docs/make_ontology.py`` writes them; a test holds that they are current.
"""

from __future__ import annotations

import json
import keyword
from collections.abc import Iterable, Iterator

from kg.ontology.shapes import shapes_turtle
from kg.ontology.source import KG, OPEN, OWL, RDF, RDFS, XSD
from kg.ontology.vocabulary import RELATIONS, SUBTYPES, TYPES, ontology_nodes

_EXTERNAL = {
    "dcterms": "http://purl.org/dc/terms/",
    "nif": "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#",
    "owl": OWL,
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": RDF,
    "rdfs": RDFS,
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": XSD,
}
_SHORT = {
    "label": RDFS + "label",
    "altLabel": _EXTERNAL["skos"] + "altLabel",
    "subject": RDF + "subject",
    "predicate": RDF + "predicate",
    "object": RDF + "object",
    "wasDerivedFrom": _EXTERNAL["prov"] + "wasDerivedFrom",
    "quote": _EXTERNAL["prov"] + "value",
    "anchorOf": _EXTERNAL["nif"] + "anchorOf",
    "beginIndex": _EXTERNAL["nif"] + "beginIndex",
    "endIndex": _EXTERNAL["nif"] + "endIndex",
    "referenceContext": _EXTERNAL["nif"] + "referenceContext",
    "title": _EXTERNAL["dcterms"] + "title",
    "source": _EXTERNAL["dcterms"] + "source",
    "date": _EXTERNAL["dcterms"] + "date",
    "language": _EXTERNAL["dcterms"] + "language",
    "subPropertyOf": RDFS + "subPropertyOf",
}
"""Terms of other vocabularies that have a name of their own in JSON-LD."""

_REFERENCES = ("predicate", "wasDerivedFrom", "referenceContext", "subPropertyOf", "subject")


def context() -> dict[str, object]:
    """The JSON-LD context: prefixes, and every term with the type of its values.

    ``object`` has none: it may be a node or a literal.
    """
    terms: dict[str, object] = {"@version": 1.1, "id": "@id", "type": "@type", "kg": KG, "open": OPEN, **_EXTERNAL}
    for name, iri in _SHORT.items():
        terms[name] = {"@id": iri, "@type": "@id"} if name in _REFERENCES else iri
    for name in [*TYPES, *SUBTYPES, "Statement", "Claim", "Evidence", "Mention", "Document", "Inference"]:
        terms[name] = KG + name
    for iri, node in ontology_nodes().items():
        name = iri.removeprefix(KG)
        if iri.startswith(KG) and OWL + "ObjectProperty" in node.get(RDF + "type", []) and name not in terms:
            terms[name] = {"@id": iri, "@type": "@id"}
        elif iri.startswith(KG) and OWL + "DatatypeProperty" in node.get(RDF + "type", []) and name not in terms:
            terms[name] = iri
    return {"@context": dict(sorted(terms.items()))}


def context_json() -> str:
    """The file ``context.jsonld``."""
    return json.dumps(context(), indent=1, ensure_ascii=False) + "\n"


def names_module() -> str:
    """The module ``names.py``."""
    relations = ((r.name, r.comment) for r in RELATIONS.values())
    subtypes = ((name, ontology_nodes()[KG + name][RDFS + "comment"][0]) for name in SUBTYPES)
    return "\n".join(
        [
            '"""Every name of the vocabulary, for editors and type checkers. Made by docs/make_ontology.py."""',
            "",
            "from __future__ import annotations",
            "",
            "from enum import StrEnum",
            "",
            *_enumeration("EntityType", "The types of entities; ``Date`` is that of literals.", TYPES.items()),
            *_enumeration("Subtype", "The narrower types.", subtypes),
            *_enumeration("RelationName", "The relations.", relations),
        ]
    )


def _enumeration(name: str, told: str, members: Iterable[tuple[str, str]]) -> Iterator[str]:
    yield from ("", f"class {name}(StrEnum):", f'    """{told}"""', "")
    for member, comment in members:
        safe = f"{member}_" if keyword.iskeyword(member) else member
        yield f'    {safe} = "{member}"'
        yield from _documented(comment)
    yield ""


def _documented(comment: str) -> Iterator[str]:
    text = comment.replace("\\", "\\\\").replace('"', "'")
    line = f'    """{text}"""'
    if len(line) <= 120:
        yield line
        return
    cut = line.rfind(" ", 0, 118)
    yield line[:cut]
    yield f"    {line[cut + 1 :]}"


FILES = {"shapes.ttl": shapes_turtle, "names.py": names_module, "context.jsonld": context_json}
"""Files of this package that are made, and what makes them."""
