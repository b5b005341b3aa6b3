"""Two values where one is possible: what contradicts, and what only looks as if it did."""

from __future__ import annotations

from datetime import date

import pytest

from kg.graph import KnowledgeGraph
from kg.records import DocumentClaims, TimeSpan, Value
from kg.resolution import resolve
from kg.resolution.conflicts import conflicts
from kg.resolution.intervals import Days, days_of
from tests.graphs import Article, Fact, Thing, graph_of
from tests.resolution.test_succession import paper as news

NORDWIND = Thing("Nordwind", "Organization", subtype="Company")
QUILL = Thing("Mara Quill", "Person", ("Quill",))
TERRICK = Thing("Jon Terrick", "Person")
SHORT = Thing("Terrick", "Person")
BRENNA = Thing("Brenna", "Place", subtype="City")
ALDER = Thing("Alder", "Place", subtype="City")
LUNDE = Thing("Lunde", "Place", subtype="Region")
TAVIA = Thing("Tavia", "Place", subtype="Country")
NORLAND = Thing("Norland", "Place", subtype="Country")
THINGS = (NORDWIND, QUILL, TERRICK, SHORT, BRENNA, ALDER, LUNDE, TAVIA, NORLAND)

Told = tuple[Thing, str, Thing | str] | tuple[Thing, str, Thing | str, TimeSpan]


def paper(number: int, published: str | None, *told: Told, **marks: object) -> Article:
    """An article whose every sentence states one fact; a value is written as its lexical form."""
    sentences, facts = [], []
    for subject, relation, goal, *time in told:
        value = Value(goal, "date", goal) if isinstance(goal, str) else goal
        sentences.append(f"Page {number} has {subject.name} with {getattr(goal, 'name', goal)} as {relation}.")
        facts.append(Fact(subject, relation, value, sentences[-1][:-1], time=time[0] if time else TimeSpan(), **marks))  # type: ignore[arg-type]
    day = date.fromisoformat(published) if published else None
    return Article(f"{number}.txt", f"Page {number}", day, " ".join(sentences), tuple(facts))


def told(graph: KnowledgeGraph) -> list[tuple[str, str, bool]]:
    return [(graph.entity_by_id[c.about].name, c.relation, c.certain) for c in conflicts(graph)]


def leads(**marks: object) -> Told:
    return QUILL, "leads", NORDWIND, TimeSpan(**marks)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("stated", "denied", "expected"),
    [
        (paper(1, "2031-03-14", leads()), paper(2, "2031-03-20", leads(), polarity="negated"), 1),
        # both ways round of a symmetric relation
        (
            paper(1, None, (QUILL, "metWith", TERRICK)),
            paper(2, None, (TERRICK, "metWith", QUILL), polarity="negated"),
            1,
        ),
        # somebody's denial is one all the same; a plan that is denied, or another fact, is none
        (paper(1, None, leads()), paper(2, None, leads(), polarity="negated", by=NORDWIND), 1),
        (paper(1, None, leads()), paper(2, None, leads(), polarity="negated", modality="possible"), 0),
        (paper(1, None, leads()), paper(2, None, (TERRICK, "leads", NORDWIND), polarity="negated"), 0),
        (paper(1, None, leads(), modality="planned"), paper(2, None, leads(), polarity="negated"), 0),
        # denied for another time
        (paper(1, None, leads(start="2010", end="2012")), paper(2, None, leads(start="2015"), polarity="negated"), 0),
        (paper(1, None, leads(start="2010", end="2012")), paper(2, None, leads(start="2011"), polarity="negated"), 1),
    ],
)
def test_a_denial_contradicts_the_fact_and_nothing_else(stated: Article, denied: Article, expected: int) -> None:
    found = conflicts(graph_of(THINGS, (stated, denied)))
    assert [(c.disputed, c.certain, c.one.plain, c.other.polarity) for c in found] == [
        (True, False, True, "negated")
    ] * expected


def chief(person: Thing, start: str | None = None, end: str | None = None) -> Told:
    return NORDWIND, "chiefExecutive", person, TimeSpan(start, end)


@pytest.mark.parametrize(
    ("articles", "expected"),
    [
        # two chiefs on one day, each from its own paper
        (
            [paper(1, "2031-03-14", chief(QUILL)), paper(2, "2031-03-14", chief(TERRICK))],
            [("Nordwind", "chiefExecutive", True)],
        ),
        # told at different times: somebody may have followed
        (
            [paper(1, "2031-03-14", chief(QUILL)), paper(2, "2031-03-15", chief(TERRICK))],
            [],
        ),
        # one is told before and after the other
        (
            [
                paper(1, "2031-03-14", chief(QUILL)),
                paper(2, "2031-03-15", chief(TERRICK)),
                paper(3, "2031-03-16", chief(QUILL)),
            ],
            [("Nordwind", "chiefExecutive", True)],
        ),
        # no dates: nothing tells them apart
        (
            [paper(1, None, chief(QUILL)), paper(2, None, chief(TERRICK))],
            [("Nordwind", "chiefExecutive", False)],
        ),
        # intervals that share years, that only touch, that lie apart, an open one after a closed one
        (
            [paper(1, None, chief(QUILL, "2010", "2014"), chief(TERRICK, "2012", "2016"))],
            [("Nordwind", "chiefExecutive", True)],
        ),
        ([paper(1, None, chief(QUILL, "2010", "2014"), chief(TERRICK, "2014", "2016"))], []),
        ([paper(1, None, chief(QUILL, "2010", "2011"), chief(TERRICK, "2014", "2016"))], []),
        ([paper(1, None, chief(QUILL, "2010", "2014"), chief(TERRICK, "2015"))], []),
        # an open start proves nothing for later years
        ([paper(1, None, chief(QUILL, "2010"), chief(TERRICK, "2014"))], []),
        # one began while the other was in office; one ended some day in a month, the other is named on a day of it
        (
            [paper(1, None, chief(QUILL, "2010", "2016"), chief(TERRICK, "2014"))],
            [("Nordwind", "chiefExecutive", True)],
        ),
        (
            [paper(1, None, chief(QUILL, None, "2031-03")), paper(2, "2031-03-14", chief(TERRICK))],
            [("Nordwind", "chiefExecutive", False)],
        ),
        # both began in one year: perhaps one after the other
        ([paper(1, None, chief(QUILL, "2014"), chief(TERRICK, "2014"))], [("Nordwind", "chiefExecutive", False)]),
        (
            [paper(1, None, chief(QUILL, "2014-05-02"), chief(TERRICK, "2014-05-02"))],
            [("Nordwind", "chiefExecutive", True)],
        ),
        # the sources say who succeeded whom
        (
            [
                paper(1, "2031-03-14", chief(QUILL)),
                paper(2, "2031-03-14", chief(TERRICK), (TERRICK, "successorOf", QUILL)),
            ],
            [],
        ),
        # the same person under a shorter name
        (
            [paper(1, "2031-03-14", chief(SHORT)), paper(2, "2031-03-14", chief(TERRICK))],
            [],
        ),
        # a town and its region, by two steps; a town and a country it may lie in; two towns; two countries
        (
            [
                paper(1, None, (QUILL, "bornIn", BRENNA), (BRENNA, "locatedIn", LUNDE)),
                paper(2, None, (QUILL, "bornIn", TAVIA), (LUNDE, "partOf", TAVIA)),
            ],
            [],
        ),
        ([paper(1, None, (QUILL, "bornIn", BRENNA), (QUILL, "bornIn", TAVIA))], []),
        (
            [
                paper(1, None, (QUILL, "bornIn", BRENNA), (QUILL, "bornIn", TAVIA)),
                paper(2, None, (BRENNA, "country", NORLAND)),
            ],
            [("Mara Quill", "bornIn", True)],
        ),
        (
            [paper(1, "2031-01-01", (QUILL, "bornIn", BRENNA)), paper(2, None, (QUILL, "bornIn", ALDER))],
            [("Mara Quill", "bornIn", True)],
        ),
        # dates: more precise, without a year, and another
        ([paper(1, None, (QUILL, "birthDate", "1974"), (QUILL, "birthDate", "1974-05-01"))], []),
        ([paper(1, None, (QUILL, "birthDate", "--05-01"), (QUILL, "birthDate", "1974-05"))], []),
        (
            [paper(1, None, (QUILL, "birthDate", "1974"), (QUILL, "birthDate", "1975-05-01"))],
            [("Mara Quill", "birthDate", True)],
        ),
        # one capital at a time, though the graph holds the relation from the town's side
        (
            [paper(1, "2031-03-14", (BRENNA, "capitalOf", TAVIA), (ALDER, "capitalOf", TAVIA))],
            [("Tavia", "capitalOf", True)],
        ),
        # of several values by nature
        ([paper(1, "2031-03-14", (QUILL, "worksFor", NORDWIND), (TERRICK, "worksFor", NORDWIND))], []),
        ([paper(1, None, (QUILL, "parentOf", SHORT), (TERRICK, "parentOf", SHORT))], []),
    ],
)
def test_what_contradicts(articles: list[Article], expected: list[tuple[str, str, bool]]) -> None:
    assert told(graph_of(THINGS, tuple(articles))) == expected


@pytest.mark.parametrize("marks", [{"polarity": "negated"}, {"modality": "planned"}, {"by": BRENNA}])
def test_only_plain_statements_contradict(marks: dict[str, object]) -> None:
    first = paper(1, "2031-03-14", chief(QUILL), (BRENNA, "partOf", TAVIA))
    second = paper(2, "2031-03-14", chief(TERRICK), (BRENNA, "partOf", TAVIA), **marks)
    found = conflicts(graph_of(THINGS, (first, second)))
    assert [c for c in found if not c.disputed] == []


CHIEF, NEXT = "nordwind chiefExecutive quill", "nordwind chiefExecutive terrick"


@pytest.mark.parametrize(
    ("told_there", "expected"),
    [
        ([news("2031-03-14", CHIEF), news("2031-03-14", NEXT)], 1),
        # one ended in the month in which the other began; one ended after the other began
        ([news(None, f"{CHIEF} ..2031-03", f"{NEXT} 2031-03..")], 0),
        ([news(None, f"{CHIEF} ..2031-05", f"{NEXT} 2031-03..2031-07")], 1),
        ([news(None, f"{CHIEF} 2031-01..2031-05", f"{NEXT} 2031-03..2031-07")], 1),
        # named on one day, one of them as the former; one begun before it
        ([news("2031-03-14", f"{CHIEF} over", NEXT)], 0),
        ([news("2031-03-14", CHIEF, f"{NEXT} 2031-03-14..")], 1),
        ([news("2031-03-13", CHIEF), news("2031-03-20", f"{NEXT} 2031-03-14..")], 0),
    ],
)
def test_what_is_told_as_over_contradicts_nothing(told_there: list[DocumentClaims], expected: int) -> None:
    assert len(conflicts(resolve(told_there))) == expected


def test_a_marriage_is_seen_from_both_sides() -> None:
    article = paper(1, "2031-03-14", (QUILL, "spouseOf", TERRICK), (NORDWIND, "spouseOf", TERRICK))
    assert told(graph_of(THINGS, (article,))) == [("Jon Terrick", "spouseOf", True)]


def test_the_surest_comes_first_and_days_are_told() -> None:
    weak = paper(1, "2031-03-14", chief(QUILL), (QUILL, "birthDate", "1974"), confidence=0.5)
    strong = paper(2, "2031-03-14", chief(TERRICK), (QUILL, "birthDate", "1975"))
    same = paper(3, None, (QUILL, "bornIn", BRENNA), (QUILL, "bornIn", ALDER))
    graph = graph_of(THINGS, (weak, strong, same))
    found = conflicts(graph)
    assert [c.relation for c in found] == ["bornIn", "birthDate", "chiefExecutive"]
    assert found[2].days == Days(date(2031, 3, 14), date(2031, 3, 14))
    assert graph.entity_by_id[found[2].one.object or ""].name == "Jon Terrick"


@pytest.mark.parametrize(
    ("lexical", "first", "last"),
    [
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2024-02-03", "2024-02-03", "2024-02-03"),
        ("2024-02-03T10:00:00Z", "2024-02-03", "2024-02-03"),
        ("2023-02-29", None, None),
        ("2023-13", None, None),
        ("--02", None, None),
        ("0000", None, None),
        ("-0044-03-15", None, None),
        (None, None, None),
    ],
)
def test_days_of_a_date(lexical: str | None, first: str | None, last: str | None) -> None:
    found = days_of(lexical)
    assert (found and found.first.isoformat(), found and found.last.isoformat()) == (first, last)
