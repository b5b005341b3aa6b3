"""Documents as short tables, and which of their entities are one."""

from __future__ import annotations

import pytest

from kg.records import DocumentClaims
from kg.resolution import resolve
from tests.documents import doc, names


@pytest.mark.parametrize(
    ("documents", "expected"),
    [
        # the same full name
        (
            [doc("a", "e1 Person Anna Poe; Poe"), doc("b", "e1 Person Anna Poe")],
            ["Person Anna Poe (2)"],
        ),
        (
            [doc("a", "e1 Place Oldmere"), doc("b", "e1 Organization Oldmere")],
            ["Organization Oldmere (1)", "Place Oldmere (1)"],
        ),
        (
            [
                doc("a", "e1 Work Oldmere Times"),
                doc("b", "e1 Organization Oldmere Times"),
                doc("c", "e1 Work Oldmere Times"),
            ],
            ["Work Oldmere Times (3)"],
        ),
        (
            [doc("a", "e1 Organization Harwick Steel Inc."), doc("b", "e1 Organization Harwick Steel")],
            ["Organization Harwick Steel Inc. (2)"],
        ),
        (
            [doc("a", "e1 Organization Kenyan Coast Guard"), doc("b", "e1 Organization Coast Guard of Kenya")],
            ["Organization Coast Guard of Kenya (2)"],
        ),
        # people
        ([doc("a", "e1 Person William Poe"), doc("b", "e1 Person Bill Poe")], ["Person William Poe (2)"]),
        (
            [doc("a", "e1 Person Ian Poe"), doc("b", "e1 Person Ian B. Poe"), doc("c", "e1 Person Ian C. Poe")],
            ["Person Ian B. Poe (1)", "Person Ian C. Poe (1)", "Person Ian Poe (1)"],
        ),
        (
            [
                doc("a", "e1 Person Ian Poe", "e1 birthDate =1950-02-01:date"),
                doc("b", "e1 Person Ian Poe", "e1 birthDate =1980:gYear"),
                doc("c", "e1 Person Ian Poe", "e1 birthDate =1950:gYear"),
            ],
            ["Person Ian Poe (1)", "Person Ian Poe (2)"],
        ),
        ([doc("a", "e1 Person Ian Poe", "e2 Person Ian M. Poe")], ["Person Ian M. Poe (1)", "Person Ian Poe (1)"]),
        # a surname alone
        ([doc("a", "e1 Person Poe"), doc("b", "e1 Person Poe")], ["Person Poe (1)", "Person Poe (1)"]),
        ([doc("a", "e1 Person Poe"), doc("b", "e1 Person Ian Poe")], ["Person Ian Poe (1)", "Person Poe (1)"]),
        (
            [
                doc("a", "e1 Person Poe", "e2 Organization Harwick Steel"),
                doc("b", "e1 Person Ian Poe", "e2 Organization Harwick Steel"),
            ],
            ["Organization Harwick Steel (2)", "Person Ian Poe (2)"],
        ),
        (
            [
                doc("a", "e1 Person Poe", "e2 Place Kenya"),
                doc("b", "e1 Person Ian Poe", "e2 Place Kenya"),
            ],
            ["Person Ian Poe (1)", "Person Poe (1)", "Place Kenya (2)"],
        ),
        (
            [
                doc("a", "e1 Person Poe", "e2 Organization Harwick Steel"),
                doc("b", "e1 Person Ian Poe", "e2 Organization Harwick Steel"),
                doc("c", "e1 Person Anna Poe"),
            ],
            ["Organization Harwick Steel (2)", "Person Anna Poe (1)", "Person Ian Poe (1)", "Person Poe (1)"],
        ),
        # acronyms
        (
            [doc("a", "e1 Organization Agency for Inland Waters; AIW"), doc("b", "e1 Organization AIW")],
            ["Organization Agency for Inland Waters (2)"],
        ),
        (
            [doc("a", "e1 Organization Agency for Inland Waters"), doc("b", "e1 Organization AIW")],
            ["Organization AIW (1)", "Organization Agency for Inland Waters (1)"],
        ),
        (
            [
                doc("a", "e1 Organization Agency for Inland Waters; AIW"),
                doc("b", "e1 Organization Association of Iron Workers; AIW"),
                doc("c", "e1 Organization AIW"),
            ],
            [
                "Organization AIW (1)",
                "Organization Agency for Inland Waters (1)",
                "Organization Association of Iron Workers (1)",
            ],
        ),
        (
            [doc("a", "e1 Organization Kenyan Senate; Senate"), doc("b", "e1 Organization Senate")],
            ["Organization Kenyan Senate (1)", "Organization Senate (1)"],
        ),
        # countries
        (
            [
                doc("a", "e1 Place New Zealand; NZ"),
                doc("b", "e1 Place N.Z."),
                doc("c", "e1 Place New Zealander"),
                doc("d", "e1 Organization:SportsTeam New Zealand"),
            ],
            ["Place New Zealand (4)"],
        ),
        (
            [
                doc("a", "e1 Place Georgia", "e2 Place United States", "e1 locatedIn e2"),
                doc("b", "e1 Place Georgia; Georgian"),
                doc("c", "e1 Place Georgia; Georgian"),
            ],
            ["Place Georgia (1)", "Place Georgia (2)", "Place United States (1)"],
        ),
        # places of one name
        (
            [
                doc("a", "e1 Place Oldmere", "e2 Place Kenya", "e1 country e2"),
                doc("b", "e1 Place Oldmere", "e2 Place Westland", "e3 Place Peru", "e1 partOf e2", "e3 locationOf e2"),
                doc("c", "e1 Place Oldmere", "e2 Place Kenya", "e1 locatedIn e2"),
            ],
            ["Place Kenya (2)", "Place Oldmere (1)", "Place Oldmere (2)", "Place Peru (1)", "Place Westland (1)"],
        ),
        # what no name names
        (
            [doc("a", "e1 Event invasion", kinds="nominal"), doc("b", "e1 Event invasion", kinds="nominal")],
            ["Event invasion (1)", "Event invasion (1)"],
        ),
        (
            [doc("a", "e1 Position mayor", kinds="nominal"), doc("b", "e1 Position mayor", kinds="nominal")],
            ["Position mayor (1)", "Position mayor (1)"],
        ),
        (
            [
                doc("a", "e1 Position mayor of Niv", kinds="nominal"),
                doc("b", "e1 Position mayor of Niv", kinds="nominal"),
            ],
            ["Position mayor of Niv (2)"],
        ),
        (
            [
                doc("a", "e1 Position mayor", "e2 Person Anna Poe", "e2 holdsPosition e1"),
                doc("b", "e1 Position mayor", "e2 Person Anna Poe", "e2 holdsPosition e1"),
                doc("c", "e1 Position mayor", "e2 Person Ian Roe", "e2 holdsPosition e1"),
            ],
            ["Person Anna Poe (2)", "Person Ian Roe (1)", "Position mayor (1)", "Position mayor (2)"],
        ),
        # what is not worth a place
        (
            [doc("a", "e1 Place Kenyan", "e2 Group European", "e3 Event January", "e4 Group Kenyans")],
            ["Group Kenyans (1)"],
        ),
        ([doc("a", "e1 Place Kenyan"), doc("b", "e1 Place Kenya")], ["Place Kenya (2)"]),
        (
            [doc("a", "e1 Product 7 kg", "e2 Work 1984", "e3 Organization Niv")],
            ["Organization Niv (1)", "Work 1984 (1)"],
        ),
        (
            [doc("a", "e1 Place Kenyan", "e2 Organization Harwick", "e2 country e1")],
            ["Organization Harwick (1)", "Place Kenya (1)"],
        ),
    ],
)
def test_which_entities_are_one(documents: list[DocumentClaims], expected: list[str]) -> None:
    graph = resolve(documents)
    assert names(graph) == expected
    assert resolve(reversed(documents)) == graph
    assert len({entity.id for entity in graph.entities}) == len(graph.entities)


def test_an_entity_carries_every_name_and_mention() -> None:
    a, b = doc("a", "e1 Organization Agency for Inland Waters; AIW"), doc("b", "e3 Organization AIW")
    (entity,) = resolve([a, b]).entities
    assert (entity.name, entity.names) == ("Agency for Inland Waters", ("AIW", "Agency for Inland Waters"))
    expected = [(d.document.id, m) for d in (a, b) for e in d.entities for m in e.mentions]
    assert list(entity.mentions) == sorted(expected, key=lambda pair: (pair[0], pair[1].start))


def test_types_and_names_by_vote() -> None:
    graph = resolve(
        [
            doc("a", "e1 Organization:Company Harwick Steel"),
            doc("b", "e1 Organization:Company Harwick Steel"),
            doc("c", "e1 Organization:GovernmentBody Harwick Steel Ltd"),
        ]
    )
    (entity,) = graph.entities
    assert (entity.name, entity.subtype) == ("Harwick Steel Ltd", "Company")


def test_ids_are_the_hash_of_type_and_name() -> None:
    (entity,) = resolve([doc("a", "e1 Person Anna Poe")]).entities
    (again,) = resolve([doc("b", "e7 Person ANNA  POE")]).entities
    (other,) = resolve([doc("a", "e1 Group Anna Poe")]).entities
    assert entity.id == again.id != other.id
    assert len(entity.id) == 16
    assert int(entity.id, 16) >= 0
