"""Write ``docs/ontology.md`` from the vocabulary: ``python docs/make_ontology.py``. A test checks it is current."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.ontology.vocabulary import RELATIONS, SUBTYPES, TYPES, Relation

TARGET = Path(__file__).parent / "ontology.md"

_HEAD = """# The vocabulary

<!-- Written by docs/make_ontology.py from kg/ontology/newskg.ttl. Change that file, then run the script. -->

`kg ontology` prints the same as Turtle, with the links to schema.org and the W3C ORG vocabulary. Names live in
`https://w3id.org/newskg/ontology#` (prefix `kg:`). A relation that the text states and that has no name here is an
open one: its lemma phrase becomes a name in `https://w3id.org/newskg/open#` (prefix `open:`).
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
        "once. *Single*: a subject has one value at a time.",
        "",
        *_table(_RELATION_COLUMNS, map(_row, core)),
        "",
        f"## Relations added for the sake of Wikidata ({len(added)})",
        "",
        "*Entails*: the relation of the core that follows from it (`rdfs:subPropertyOf`).",
        "",
        *_table(_RELATION_COLUMNS, map(_row, added)),
    ]
    return "\n".join(lines) + "\n"


_RELATION_COLUMNS = ("relation", "from", "to", "meaning", "Wikidata", "held as", "entails", "single")


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
        "yes" if relation.single_valued else "",
    )


def _table(columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield _line(columns)
    yield _line(["---"] * len(columns))
    yield from map(_line, rows)


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(" ".join(cell.replace("|", "\\|").split()) for cell in cells) + " |"


if __name__ == "__main__":
    TARGET.write_text(render(), encoding="utf-8")
