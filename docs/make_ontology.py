"""Write all that is made from the vocabulary: ``python docs/make_ontology.py``. A test checks that it is current.

``docs/ontology.md`` is the reference for readers; shapes, typed names and the JSON-LD context lie in ``kg/ontology``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.ontology.generated import FILES
from kg.ontology.source import KG, OWL, RDF, RDFS, Node
from kg.ontology.vocabulary import RELATIONS, SUBTYPES, TYPES, Relation, ontology_nodes

TARGET = Path(__file__).parent / "ontology.md"
PACKAGE = Path(__file__).parent.parent / "kg" / "ontology"

_HEAD = """# The vocabulary

<!-- Written by docs/make_ontology.py from kg/ontology/newskg.ttl. Change that file, then run the script. -->

`kg ontology` prints the same as Turtle. Names live in `https://w3id.org/newskg/ontology#` (prefix `kg:`). A relation
that the text states and that has no name here is an open one: its lemma phrase becomes a name in
`https://w3id.org/newskg/open#` (prefix `open:`).
"""


def render() -> str:
    """The whole page, as Markdown that ends in a newline."""
    core = [r for r in RELATIONS.values() if r.core]
    added = [r for r in RELATIONS.values() if not r.core]
    lines = [
        _HEAD,
        "## Types of entities",
        "",
        *_table(("type", "subtypes", "meaning"), _types()),
        "",
        f"## Relations of the core ({len(core)})",
        "",
        "`^` after a Wikidata property: Wikidata has subject and object the other way round. Of two inverse relations",
        "the graph holds the one in the column *held as*, subject and object exchanged; a symmetric relation is held",
        "once. *Marks*: single, a subject has one value at a time; transitive, from A to B and B to C follows A to C.",
        "",
        *_table(_RELATION_COLUMNS, map(_row, core)),
        "",
        f"## Relations added for the sake of Wikidata ({len(added)})",
        "",
        "*Entails*: the relation of the core that follows from it (`rdfs:subPropertyOf`).",
        "",
        *_table(_RELATION_COLUMNS, map(_row, added)),
        "",
        "## What statements, claims and sentences are described with",
        "",
        "*Each*: how often each of these nodes has it; [`kg validate`](validation.md) checks it.",
        "",
        *_table(("property", "from", "to", "meaning", "each"), _described()),
        "",
        "## Links to other vocabularies",
        "",
        "`=` the same (`owl:equivalentClass`, `owl:equivalentProperty`, `skos:exactMatch`), `≈` nearly, `<` narrower",
        "than, `^` with subject and object exchanged, `~` related, `⊂` subclass or subproperty.",
        "",
        *_table(("term", "links"), _links()),
    ]
    return "\n".join(lines) + "\n"


_RELATION_COLUMNS = ("relation", "from", "to", "meaning", "Wikidata", "held as", "entails", "marks")


def _described() -> Iterator[tuple[str, ...]]:
    counts = {KG + "exactlyOneOn": "one", KG + "atMostOneOn": "at most one", KG + "atLeastOneOn": "one or more"}
    for iri, node in ontology_nodes().items():
        told = [f"{words}: {', '.join(map(_named, node[key]))}" for key, words in counts.items() if key in node]
        if not told and not (iri.startswith(KG) and iri.removeprefix(KG) not in RELATIONS and _is_property(node)):
            continue
        goal = [*node.get(RDFS + "range", []), *node.get(KG + "valuesAre", [])]
        ends = (" ".join(map(_named, iris)) for iris in (node.get(RDFS + "domain", []), goal))
        yield f"`{_named(iri)}`", *ends, node.get(RDFS + "comment", [""])[0], "; ".join(told)


def _is_property(node: Node) -> bool:
    return bool({OWL + "ObjectProperty", OWL + "DatatypeProperty"} & set(node.get(RDF + "type", [])))


_SKOS = "http://www.w3.org/2004/02/skos/core#"
_SIGNS = {
    OWL + "equivalentClass": "=", OWL + "equivalentProperty": "=", _SKOS + "exactMatch": "=", _SKOS + "closeMatch": "≈",
    _SKOS + "broadMatch": "<", OWL + "inverseOf": "^", _SKOS + "relatedMatch": "~", RDFS + "subClassOf": "⊂",
    RDFS + "subPropertyOf": "⊂",
}  # fmt: skip
_BASES = {
    "http://www.wikidata.org/prop/direct/": "wdt:", "http://www.wikidata.org/entity/": "wd:",
    "https://schema.org/": "schema:", "http://www.w3.org/ns/org#": "org:", "http://www.w3.org/ns/prov#": "prov:",
    "http://purl.org/dc/terms/": "dcterms:", KG: "kg:", RDF: "rdf:", RDFS: "rdfs:", OWL: "owl:",
    "http://www.w3.org/2001/XMLSchema#": "xsd:",
    "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#": "nif:",
}  # fmt: skip


def _named(iri: str) -> str:
    return next((short + iri.removeprefix(base) for base, short in _BASES.items() if iri.startswith(base)), iri)


def _links() -> Iterator[tuple[str, ...]]:
    for iri, node in ontology_nodes().items():
        found = [(sign, goal) for key, sign in _SIGNS.items() for goal in node.get(key, []) if not goal.startswith(KG)]
        if found and iri.startswith(KG):
            yield f"`{_named(iri)}`", ", ".join(f"{sign} {_named(goal)}" for sign, goal in found)


def _types() -> Iterator[tuple[str, ...]]:
    for name, meaning in TYPES.items():
        below = ", ".join(f"`{sub}`" for sub, above in SUBTYPES.items() if above == name)
        yield f"`{name}`", below, meaning


def _row(relation: Relation) -> tuple[str, ...]:
    held = "symmetric" if relation.symmetric else f"`{relation.inverse}`" if relation.inverse else ""
    return (
        f"`{relation.name}`",
        ", ".join(relation.domain),
        ", ".join(relation.range),
        relation.comment,
        relation.wikidata or "",
        held,
        f"`{relation.narrower_of}`" if relation.narrower_of else "",
        ", ".join(word for word, so in (("single", relation.single_valued), ("transitive", relation.transitive)) if so),
    )


def _table(columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield _line(columns)
    yield _line(["---"] * len(columns))
    yield from map(_line, rows)


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(" ".join(cell.replace("|", "\\|").split()) for cell in cells) + " |"


if __name__ == "__main__":
    TARGET.write_text(render(), encoding="utf-8")
    for name, make in FILES.items():
        (PACKAGE / name).write_text(make(), encoding="utf-8")
