"""Questions about people, companies and quarrels, on a graph small enough to know the answer by heart."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from kg.rdf.query import run_query, store_of
from kg.records import TimeSpan
from tests.graphs import Article, Fact, Thing, graph_of

QUERIES = Path(__file__).parents[2] / "queries"

QUILL = Thing("Mara Quill", "Person", ("Quill",))
PIKE = Thing("Jon Pike", "Person")
IDA = Thing("Ida Pike", "Person")
POLICE = Thing("Brenna Police", "Organization")
NORD = Thing("Nordwind", "Organization", subtype="Company")
HELIX = Thing("Helix Foods", "Organization", subtype="Company")
BRENNA = Thing("Brenna", "Place", subtype="City")
TAVIA = Thing("Tavia", "Place", subtype="Country")
STORM = Thing("Storm Edda", "Event")
BILL = Thing("Harbour Bill", "Work")
THINGS = (QUILL, PIKE, IDA, POLICE, NORD, HELIX, BRENNA, TAVIA, STORM, BILL)

TEXT = (
    "Brenna Police arrested Jon Pike. Nordwind did not sue Helix Foods. Quill said Jon Pike accused Nordwind. "
    "Nordwind named Mara Quill in May. Nordwind sacked Jon Pike. Mara Quill took the place of Jon Pike. "
    "Storm Edda killed Ida Pike. Nordwind sits in Brenna. Brenna lies in Tavia. Jon Pike has a daughter, Ida Pike. "
    "Helix Foods wants to buy Nordwind. Nordwind works with Helix Foods. Quill backs the Harbour Bill. "
    "Jon Pike is against the Harbour Bill."
)
STORE = store_of(
    graph_of(
        THINGS,
        (
            Article(
                "quarrels.txt",
                "Quarrels",
                date(2031, 6, 1),
                TEXT,
                (
                    Fact(POLICE, "arrested", PIKE, "arrested"),
                    Fact(NORD, "accused", HELIX, "did not sue", polarity="negated"),
                    Fact(PIKE, "accused", NORD, "Pike accused", by=QUILL),
                    Fact(NORD, "appointed", QUILL, "named", time=TimeSpan("2031-05")),
                    Fact(NORD, "dismissed", PIKE, "sacked"),
                    Fact(QUILL, "successorOf", PIKE, "took the place"),
                    Fact(STORM, "killed", IDA, "killed"),
                    Fact(NORD, "headquarteredIn", BRENNA, "sits in"),
                    Fact(BRENNA, "locatedIn", TAVIA, "lies in"),
                    Fact(PIKE, "parentOf", IDA, "a daughter"),
                    Fact(HELIX, "acquired", NORD, "wants to buy", modality="planned"),
                    Fact(NORD, "partnerOf", HELIX, "works with"),
                    Fact(QUILL, "supports", BILL, "backs"),
                    Fact(PIKE, "opposes", BILL, "is against"),
                ),
            ),
        ),
    )
)


def rows(name: str, *columns: str) -> list[tuple[str, ...]]:
    found = run_query(STORE, (QUERIES / f"{name}.rq").read_text("utf-8"), where=name)
    chosen = [found.columns.index(column) for column in columns] if columns else range(len(found.columns))
    return [tuple(row[n] for n in chosen) for row in found.cells()]


def test_accusations_with_their_marks() -> None:
    assert rows("accusations", "accuser", "relation", "accused", "status", "saidBy") == [
        ("Brenna Police", "arrested", "Jon Pike", "fact", ""),
        ("Jon Pike", "accused", "Nordwind", "claimed", "Mara Quill"),
        ("Nordwind", "accused", "Helix Foods", "denied", ""),
    ]


def test_appointments() -> None:
    assert rows("appointments", "person", "change", "by", "when") == [
        ("Jon Pike", "dismissed", "Nordwind", ""),
        ("Mara Quill", "appointed", "Nordwind", "2031-05"),
        ("Mara Quill", "successor of", "Jon Pike", ""),
    ]


def test_victims() -> None:
    assert rows("victims") == [("Ida Pike", "killed", "Storm Edda", "event", "quarrels.txt")]


def test_where_they_are() -> None:
    assert rows("where-they-are") == [
        ("Brenna", "city", "Tavia", "Tavia"),
        ("Nordwind", "organization", "Brenna", "Tavia"),
    ]


def test_families() -> None:
    assert rows("families") == [("Jon Pike", "parent of", "Ida Pike", "1")]


def test_deals_done_and_planned() -> None:
    assert rows("deals", "one", "relation", "other", "status") == [
        ("Helix Foods", "acquired", "Nordwind", "planned"),
        ("Nordwind", "partner of", "Helix Foods", "fact"),
    ]


def test_stances() -> None:
    assert rows("stances", "actor", "stance", "whom") == [
        ("Jon Pike", "against", "Harbour Bill"),
        ("Mara Quill", "for", "Harbour Bill"),
    ]


def test_names() -> None:
    found = rows("names", "name", "otherNames", "mentions")
    assert found == [("Mara Quill", "Quill", "4")]
