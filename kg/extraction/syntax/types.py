"""Which relation may hold between which types: the one place where the rules ask the vocabulary."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def signatures() -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    """Relation name -> (types of its domain, types of its range), as ``kg/ontology/relations.tsv`` has them."""
    text = files("kg.ontology").joinpath("relations.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines()[1:] if line.strip()]
    return {row[0]: (frozenset(row[1].split("|")), frozenset(row[2].split("|"))) for row in rows}


@cache
def symmetric() -> frozenset[str]:
    """Relations that are their own inverse: of A-B and B-A only one is kept."""
    text = files("kg.ontology").joinpath("relations.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines()[1:] if line.strip()]
    return frozenset(row[0] for row in rows if row[0] == row[4])


def admits(relation: str, subject: str, object: str) -> bool:
    """Whether the vocabulary lets the relation hold between these types of ``entity-types.tsv``."""
    signature = signatures().get(relation)
    if signature is None:
        return False
    domain, range_ = signature
    return _within(subject, domain) and _within(object, range_)


def _within(type: str, allowed: frozenset[str]) -> bool:
    return type in allowed or ("Any" in allowed and type != "Date")
