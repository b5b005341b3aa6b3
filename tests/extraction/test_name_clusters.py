"""Names in brackets, and which of them mean the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extraction.coreference import cluster_names
from kg.extraction.document_entities import document_entities
from kg.records import Document
from tests.bracketed import marked


def clusters(text: str) -> list[list[str]]:
    doc, mentions = marked(text)
    found: dict[int, list[str]] = {}
    for mention in cluster_names(doc, mentions):
        found.setdefault(mention.cluster, []).append(mention.span(doc).text)
    assert list(found) == list(range(len(found)))
    return list(found.values())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # people
        (
            "[Anna Poe|Person] met [Dr. Poe 's|Person] pupil [POE|Person]",
            [["Anna Poe", "Dr. Poe 's", "POE"]],
        ),
        # one and many
        ("[Tarn DC-4|Product] , the [Tarn DC-4s|Product]", [["Tarn DC-4", "Tarn DC-4s"]]),
        ("a [Velan|Group] , [Velans|Group] and [Velan people|Group]", [["Velan", "Velans", "Velan people"]]),
        ("[Kurds|Group] and [Kurdish people|Group]", [["Kurds", "Kurdish people"]]),
        ("the [Super Cup|Event] of [Super Cups|Event]", [["Super Cup"], ["Super Cups"]]),
        # a short form in brackets, in whatever language it is one; a country in brackets is where it lies
        (
            "[Velan Workers Party|Organization] ( [PKI|Organization] ) met",
            [["Velan Workers Party", "PKI"]],
        ),
        ("[Eureka|Place] ( [USA|Place] ) won", [["Eureka"], ["USA"]]),
        ("[Ida Poe|Person] ( [SPD|Organization] ) won", [["Ida Poe"], ["SPD"]]),
        # parts of names
        ("[Republic of Latvia|Place] or [Latvia|Place]", [["Republic of Latvia", "Latvia"]]),
        ("[Republic of China|Place] or [China|Place]", [["Republic of China"], ["China"]]),
        ("[Harwick Bridge|Facility] , the [Bridge|Facility]", [["Harwick Bridge", "Bridge"]]),
        (
            "[Council of the Vell League|Organization] and [Vell League|Organization]",
            [["Council of the Vell League"], ["Vell League"]],
        ),
        # a relative is not the one whom the surname meant before
        (
            "[Poe|Person] was born to [Jon Poe|Person] , a baker . Later [Poe|Person] wrote",
            [["Poe", "Poe"], ["Jon Poe"]],
        ),
        ("[Poe|Person] wrote . His wife , [Ida Poe|Person] , sang", [["Poe"], ["Ida Poe"]]),
        ("[Poe|Person] wrote . The report by [Jon Poe|Person] is short", [["Poe", "Jon Poe"]]),
        (
            "[Anna Poe|Person] sang . [Poe|Person] was the daughter of [Jon Poe|Person]",
            [["Anna Poe", "Poe"], ["Jon Poe"]],
        ),
        ("The son of [Jon Poe|Person] , a baker , left . [Poe|Person] wept", [["Jon Poe", "Poe"]]),
        (
            "[William Poe|Person] , known as [Bill Poe|Person] , and [William J. Poe|Person]",
            [["William Poe", "Bill Poe", "William J. Poe"]],
        ),
        (
            "[John Poe|Person] and [Mary Poe|Person] came . Mrs. [Poe|Person] spoke , then Mr. [Poe|Person]",
            [["John Poe", "Poe"], ["Mary Poe", "Poe"]],
        ),
        (
            "[Ian Poe|Person] and [Walter Poe|Person] came . [Poe|Person] spoke",
            [["Ian Poe", "Poe"], ["Walter Poe"]],
        ),
        ("[Poe|Person] wins . [Ian Poe|Person] won", [["Poe", "Ian Poe"]]),
        ("[Ian Poe|Person] and [Ian Roe|Person]", [["Ian Poe"], ["Ian Roe"]]),
        ("[Ian Poe|Person] and the [Poes|Group]", [["Ian Poe"], ["Poes"]]),
        ("[Ian Poe Sr.|Person] and [Ian Poe Jr.|Person]", [["Ian Poe Sr."], ["Ian Poe Jr."]]),
        ("[Malvina Poe|Person] won . [Malvina|Person] smiled", [["Malvina Poe", "Malvina"]]),
        # organisations
        (
            "[Harwick Steel Inc.|Organization] grew . [Harwick Steel|Organization] and [Harwick|Organization]",
            [["Harwick Steel Inc.", "Harwick Steel", "Harwick"]],
        ),
        (
            "the [Agency for Inland Waters|Organization] ( [AIW|Organization] ) said . [AIW|Organization]",
            [["Agency for Inland Waters", "AIW", "AIW"]],
        ),
        (
            "the [Coast Guard of Norway|Organization] and the [Norwegian Coast Guard|Organization]",
            [["Coast Guard of Norway", "Norwegian Coast Guard"]],
        ),
        (
            "the [Coast Guard of Norway|Organization] sailed , the [Coast Guard|Organization] said",
            [["Coast Guard of Norway", "Coast Guard"]],
        ),
        (
            "the [Kenyan Senate|Organization] and the [Peruvian Senate|Organization] . The [Senate|Organization]",
            [["Kenyan Senate"], ["Peruvian Senate"], ["Senate"]],
        ),
        (
            "[Harwick University|Organization] and [Harwick University Press|Organization]",
            [["Harwick University"], ["Harwick University Press"]],
        ),
        (
            "[Harwick|Place] beat [Oldmere|Place] . [Harwick|Organization:SportsTeam] and [Harwick|Organization]",
            [["Harwick"], ["Oldmere"], ["Harwick", "Harwick"]],
        ),
        (
            "[Free Democrats|Organization] , the [Free Democratic Party|Organization] , [Free Democratic|Organization]",
            [["Free Democrats", "Free Democratic Party", "Free Democratic"]],
        ),
        # places
        (
            "[New Zealand|Place] , [NZ|Place] , [N.Z.|Place] and the [New Zealander|Group]",
            [["New Zealand", "NZ", "N.Z.", "New Zealander"]],
        ),
        ("[Norwegian|Place] ships and [Norway|Organization:SportsTeam]", [["Norwegian", "Norway"]]),
        ("[Nairobi|Place] said [Kenya|Place] agreed", [["Nairobi"], ["Kenya"]]),
        ("[Korean|Place] ships near [South Korea|Place]", [["Korean", "South Korea"]]),
        ("[Korean|Place] ships", [["Korean"]]),
        ("[York|Place] and [New York|Place]", [["York"], ["New York"]]),
        ("[Oldmere|Place] and [Oldmere City|Place]", [["Oldmere", "Oldmere City"]]),
        ("the [Kenyans|Group] of [Kenya|Place]", [["Kenyans"], ["Kenya"]]),
        ("[Velania|Place] and its [Velanian|Place] ports", [["Velania", "Velanian"]]),
        ("[Arvo|Place] and [Arvonia|Place]", [["Arvo"], ["Arvonia"]]),
        # events
        ("the [Vell Fair|Event] , the [Vell Fair 2016|Event]", [["Vell Fair", "Vell Fair 2016"]]),
        (
            "the [Vell Fair|Event] , the [Vell Fair 2016|Event] and [Vell Fair 2017|Event]",
            [["Vell Fair"], ["Vell Fair 2016"], ["Vell Fair 2017"]],
        ),
        # letters
        ("[Input Device Makers|Product] or [IDMs|Product]", [["Input Device Makers", "IDMs"]]),
        (
            "the [Alliance for the Re-founding of Vell|Organization] , the [ARV|Organization]",
            [["Alliance for the Re-founding of Vell", "ARV"]],
        ),
        # dates
        ("[Monday|Date] and [Monday|Date]", [["Monday"], ["Monday"]]),
    ],
)
def test_names(text: str, expected: list[list[str]]) -> None:
    assert clusters(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[Vell|Organization] grew , and [Vell Ports|Organization] shrank", [["Vell", "Vell Ports"]]),
        (
            "[Vell|Organization] , [Vell Inc.|Organization] and [Vell Ports|Organization]",
            [["Vell", "Vell Inc."], ["Vell Ports"]],
        ),
    ],
)
def test_a_part_of_a_name_that_the_model_takes_for_it(text: str, expected: list[list[str]]) -> None:
    doc, mentions = marked(text)
    found: dict[int, list[str]] = {}
    for mention in cluster_names(doc, mentions, {mentions[-1]: mentions[0]}):
        found.setdefault(mention.cluster, []).append(mention.span(doc).text)
    assert list(found.values()) == expected


NAMES = st.sampled_from(
    ["Anna Poe", "Poe", "Mr Poe", "Ian Poe", "Harwick Steel", "Harwick", "HS", "Norway", "Norwegian", "Monday", "'s"]
)
TYPES = st.sampled_from(["Person", "Organization", "Place", "Group", "Date", "Event", "Work"])


@given(st.lists(st.tuples(NAMES, TYPES), max_size=12))
def test_clusters_partition_the_mentions(marks: list[tuple[str, str]]) -> None:
    doc, mentions = marked(" and ".join(f"[{name}|{kind}]" for name, kind in marks))
    found = cluster_names(doc, mentions)
    assert [(m.start, m.end, m.type) for m in found] == [(m.start, m.end, m.type) for m in mentions]
    assert cluster_names(doc, list(reversed(mentions))) == found
    held = document_entities(doc, Document.of(doc.text, "test"), found)
    assert sum(len(e.mentions) for e in held) == sum(m.type != "Date" for m in found)
    assert [e.id for e in held] == [f"e{i + 1}" for i in range(len(held))]
    assert all(e.name and e.name not in e.aliases for e in held)
