"""Which wider facts a marked one carries."""

from __future__ import annotations

import pytest

from kg.ontology.vocabulary import RELATIONS
from training.annotated import Key
from training.rulings import NARROWER, wider

KINDS = {"x": "Place", "y": "Place", "o": "Organization", "p": "Person"}
ENTITIES = {key: (kind, None, key) for key, kind in KINDS.items()}


@pytest.mark.parametrize(
    ("fact", "expected"),
    [
        (("x", "country", "y"), [("x", "locatedIn", "y")]),
        (("o", "country", "y"), []),  # what belongs to a country need not lie in it
        (("o", "chiefExecutive", "p"), [("p", "leads", "o")]),  # the other way round
        (("p", "commands", "o"), [("p", "leads", "o")]),
        (("p", "won", "o"), [("p", "awardReceived", "o")]),
        (("p", "memberOf", "o"), [("p", "worksFor", "o")]),
        (("p", "leads", "o"), []),  # the wider one tells nothing of the closer
    ],
)
def test_wider_facts(fact: Key, expected: list[Key]) -> None:
    assert list(wider(fact, ENTITIES)) == expected


def test_all_are_relations_of_the_vocabulary() -> None:
    assert {*NARROWER, *(name for found in NARROWER.values() for name, _ in found)} <= RELATIONS.keys()
