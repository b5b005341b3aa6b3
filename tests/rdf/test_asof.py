"""A graph as of a day, and the same as one SPARQL pattern."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kg.errors import UsageError
from kg.graph import KnowledgeGraph
from kg.rdf.asof import LISTING, day_of, held_on, published_by
from kg.rdf.query import run_query, store_of
from kg.records import TimeSpan, Value
from kg.resolution import resolve
from tests.graphs import Article, Fact, Thing, graph_of, small
from tests.resolution.test_succession import paper

PATTERN = (Path(__file__).parents[2] / "queries" / "as-of.rq").read_text("utf-8")

GRAPH = resolve(
    [
        paper("2018-02-01", "nordwind chiefExecutive quill 2015..", "quill commands guard"),
        paper("2024-01-05", "nordwind chiefExecutive terrick 2023-08..", "quill commands guard over"),
        paper("2024-01-05", "varga leads guard 2010..2012", "varga worksFor nordwind --07.."),
        paper("2024-01-05", "quill metWith varga 2020-05-04.."),
        paper("2024-01-05", "nordwind chiefExecutive varga 2016..", modality="planned"),
    ]
)  # fmt: skip


def on(day: str) -> list[str]:
    """What held, by the command's own way."""
    found = run_query(held_on(store_of(GRAPH), day_of(day, "--as-of")), LISTING)
    return [" ".join(row[:3]) for row in found.cells()]


ALWAYS = "Ilse Varga works for Nordwind"


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2009-12-31", ["Mara Quill commands Halmar Guard"]),
        ("2010-01-01", ["Ilse Varga leads Halmar Guard", "Mara Quill commands Halmar Guard"]),
        ("2012-12-31", ["Ilse Varga leads Halmar Guard", "Mara Quill commands Halmar Guard"]),
        ("2013-01-01", ["Mara Quill commands Halmar Guard"]),
        ("2015-01-01", ["Mara Quill commands Halmar Guard", "Nordwind chief executive Mara Quill"]),
        (
            "2023-08-01",  # in the month of the change both may have held
            [
                "Mara Quill commands Halmar Guard", "Mara Quill met with Ilse Varga",
                "Nordwind chief executive Jon Terrick", "Nordwind chief executive Mara Quill",
            ],
        ),
        (
            "2023-09-01",
            [
                "Mara Quill commands Halmar Guard", "Mara Quill met with Ilse Varga",
                "Nordwind chief executive Jon Terrick",
            ],
        ),
        ("2024-01-05", ["Mara Quill met with Ilse Varga", "Nordwind chief executive Jon Terrick"]),
    ],
)  # fmt: skip
def test_what_held_on_a_day(day: str, expected: list[str]) -> None:
    def sentence(line: str) -> str:
        return line.replace("Ilse Varga met with Mara Quill", "Mara Quill met with Ilse Varga")

    assert sorted(map(sentence, on(day))) == sorted([ALWAYS, *expected])
    pattern = run_query(store_of(GRAPH), PATTERN.replace("2023-08-01", day))
    assert [" ".join(row[:3]) for row in pattern.cells()] == on(day)


def test_any_query_asks_about_that_day() -> None:
    ask = "ASK { ?x rdfs:label 'Nordwind' . ?y rdfs:label '%s' . ?x kg:chiefExecutive ?y }"
    then, now = (held_on(store_of(GRAPH), date(year, 1, 1)) for year in (2017, 2024))
    assert [run_query(s, ask % name).boolean for s in (then, now) for name in ("Mara Quill", "Jon Terrick")] == [
        True, False, False, True,
    ]  # fmt: skip
    claims = "SELECT ?c { ?c a kg:Claim ; kg:states ?s } "
    assert len(run_query(now, claims).rows) < len(run_query(store_of(GRAPH), claims).rows)
    orphans = "SELECT ?c { ?c kg:states ?s FILTER NOT EXISTS { ?s a kg:Statement } }"
    assert run_query(now, orphans).rows == ()


def test_what_is_a_date_has_come_to_pass() -> None:
    firm, other = Thing("Nordwind", "Organization"), Thing("Halmar", "Place")
    facts = (
        Fact(firm, "foundedOn", Value("2031-06", "gYearMonth", "June 2031"), "Nordwind began"),
        Fact(firm, "headquarteredIn", other, "in Halmar"),
    )
    graph = graph_of((firm, other), (Article("a.txt", "A", None, "Nordwind began. Nordwind sat in Halmar.", facts),))
    for day, count in (("2031-05-31", 1), ("2031-06-01", 2)):
        assert len(run_query(held_on(store_of(graph), day_of(day, "--as-of")), LISTING).rows) == count
        assert len(run_query(store_of(graph), PATTERN.replace("2023-08-01", day)).rows) == count


def test_a_fact_that_another_statement_shares_stays() -> None:
    """A relation beside the core entails a core one; of two such statements one may go."""
    work, who, else_ = Thing("Blue Rain", "Work"), Thing("Mara Quill", "Person"), Thing("Tavia", "Place")
    text = "Mara Quill wrote Blue Rain. Mara Quill made Blue Rain in Tavia."
    facts = (
        Fact(work, "author", who, "wrote", time=TimeSpan("2020", "2021")),
        Fact(work, "creator", who, "made"),
        Fact(work, "countryOfOrigin", else_, "in Tavia"),
    )
    graph = graph_of((work, who, else_), (Article("a.txt", "A", None, text, facts),))
    store = held_on(store_of(graph), date(2025, 1, 1))
    assert run_query(store, "ASK { ?x kg:creator ?y }").boolean
    assert not run_query(store, "ASK { ?x kg:author ?y }").boolean


def test_the_small_graph_before_and_after() -> None:
    commands = "ASK { ?x kg:commands ?y }"
    assert not run_query(held_on(store_of(small()), date(2030, 4, 30)), commands).boolean
    assert run_query(held_on(store_of(small()), date(2030, 5, 1)), commands).boolean


@pytest.mark.parametrize("text", ["2023", "2023-08", "01.08.2023", "2023-02-30", "today", ""])
def test_a_day_is_a_day(text: str) -> None:
    with pytest.raises(UsageError, match="no such day"):
        day_of(text, "--as-of")


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2018-01-31", []),
        ("2018-02-01", ["Mara Quill commands Halmar Guard", "Nordwind chief executive Mara Quill"]),
        ("2024-01-04", ["Mara Quill commands Halmar Guard", "Nordwind chief executive Mara Quill"]),
        ("2024-01-05", [" ".join(row[:3]) for row in run_query(store_of(GRAPH), LISTING).cells()]),
    ],
)
def test_what_had_been_published(day: str, expected: list[str]) -> None:
    store = published_by(store_of(GRAPH), day_of(day, "--published-by"))
    assert [" ".join(row[:3]) for row in run_query(store, LISTING).cells()] == expected
    plain = "ASK { ?x kg:chiefExecutive/rdfs:label 'Jon Terrick' }"
    assert run_query(store, plain).boolean == ("Nordwind chief executive Jon Terrick" in expected)


def test_a_document_without_a_date_may_always_have_been_there() -> None:
    graph = resolve([paper(None, "quill commands guard")])
    assert len(run_query(published_by(store_of(graph), date(1900, 1, 1)), LISTING).rows) == 1


def test_both_clocks_together() -> None:
    store = held_on(published_by(store_of(GRAPH), date(2020, 1, 1)), date(2020, 1, 1))
    held = [" ".join(row[:3]) for row in run_query(store, LISTING).cells()]
    assert held == ["Mara Quill commands Halmar Guard", "Nordwind chief executive Mara Quill"]


def test_what_was_published_later_leaves_no_trace() -> None:
    store = published_by(store_of(GRAPH), date(2020, 1, 1))
    dates = run_query(store, "SELECT DISTINCT ?date { ?d a kg:Document ; dcterms:date ?date }").cells()
    assert dates == [["2018-02-01"]]
    assert not run_query(store, "ASK { ?s kg:overBy ?day }").boolean
    assert not run_query(store, "ASK { ?s kg:endedBy ?claim . FILTER NOT EXISTS { ?claim a kg:Claim } }").boolean
    assert not run_query(store, "ASK { ?part kg:document ?d . FILTER NOT EXISTS { ?d a kg:Document } }").boolean


@pytest.mark.parametrize("graph", [GRAPH, resolve([paper(None, "quill commands guard")])])
def test_the_documented_pattern_finds_the_same(graph: KnowledgeGraph) -> None:
    text = (Path(__file__).parents[2] / "docs" / "time.md").read_text("utf-8")
    pattern = text.partition("FILTER EXISTS {")[2].partition("```")[0]
    ask = "SELECT ?statement { ?statement a kg:Statement . FILTER EXISTS {" + pattern + "}"
    found = {row[0] for row in run_query(store_of(graph), ask.replace("2023-12-31", "2020-01-01")).rows}
    kept = published_by(store_of(graph), date(2020, 1, 1))
    assert found == {row[0] for row in run_query(kept, "SELECT ?s { ?s a kg:Statement }").rows}
    assert found
