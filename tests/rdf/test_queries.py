"""Every query of ``queries/`` answers its question on a graph small enough to know the answer by heart."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.rdf.query import QueryResult, question, run_query, store_of
from tests.graphs import (
    ARMY,
    BRIGADE,
    ESSEL,
    GAZETTE,
    HOLDINGS,
    KESTREL,
    LEDGER,
    LINES,
    MINISTRY,
    QUIST,
    SIEGE,
    TAVLEN,
    VARNHOLM,
    small,
)

QUERIES = Path(__file__).parents[2] / "queries"
FILES = sorted(QUERIES.glob("*.rq"))

STORE = store_of(small())
ELSEWHERE = {"appointments", "families", "stances", "victims", "where-they-are"}
"""Answered in test_more_queries.py."""


def ask(name: str, **names: str) -> QueryResult:
    query = (QUERIES / f"{name}.rq").read_text(encoding="utf-8")
    for old, new in names.items():
        assert f'"{old}"' in query
        query = query.replace(f'"{old}"', f'"{new}"')
    return run_query(STORE, query, where=name)


def rows(name: str, *columns: str) -> list[tuple[str, ...]]:
    found = ask(name)
    chosen = [found.columns.index(column) for column in columns] if columns else range(len(found.columns))
    return [tuple(row[n] for n in chosen) for row in found.cells()]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_query_begins_with_its_question_and_has_an_answer_here(path: Path) -> None:
    query = path.read_text(encoding="utf-8")
    assert "?" in question(query)
    result = run_query(STORE, query, where=path.name)
    assert result.cells() or path.stem in ELSEWHERE


def test_there_are_enough_of_them() -> None:
    assert len(FILES) >= 10


def test_chain_of_command() -> None:
    assert rows("chain-of-command") == [
        ("1", BRIGADE.name, TAVLEN.name),
        ("2", ARMY.name, ""),
        ("3", MINISTRY.name, QUIST.name),
    ]


def test_who_leads_what() -> None:
    assert rows("who-leads-what", "person", "body", "start", "documents") == [
        (QUIST.name, MINISTRY.name, "", "1"),
        (TAVLEN.name, BRIGADE.name, "2030-05", "2"),
    ]


def test_between_two_actors_in_both_directions() -> None:
    found = rows("between-two-actors", "from", "relation", "to", "source")
    assert found == [(LINES.name, "accused", KESTREL.name, LEDGER.source)]
    other = ask("between-two-actors", **{"Kestrel Front": "Port Essel", "Brightwater Lines": "Quist"})
    assert [row[4] for row in other.cells()] == ["planned"]


def test_unconfirmed_leaves_out_what_two_documents_say() -> None:
    found = rows("unconfirmed", "subject", "relation")
    assert (TAVLEN.name, "commands") not in found
    assert (KESTREL.name, "attacked") not in found, "merely reported"
    assert len(found) == 11
    assert found[-1] == (BRIGADE.name, "part of"), "the least sure comes last"


def test_confirmed_is_a_graph_of_facts() -> None:
    found = ask("confirmed")
    assert found.is_graph
    assert [row[1] for row in found.cells() if row[1] != "rdfs:label"] == ["kg:commands"]
    assert "kg:commands" in found.to_turtle()


def test_changed_between() -> None:
    assert rows("changed-between", "when", "change", "subject") == [
        ("2030-05", "began", TAVLEN.name),
        ("2031-06", "began", SIEGE.name),
    ]
    later = ask("changed-between", **{"1900-01-01": "2030-05-02"})
    assert [row[0] for row in later.cells()] == ["2031-06"], "a month counts from its first day"
    earlier = ask("changed-between", **{"2100-12-31": "2031-05-31"})
    assert [row[0] for row in earlier.cells()] == ["2030-05"]


def test_sentences_behind() -> None:
    found = rows("sentences-behind", "source", "sentence", "read")
    assert (GAZETTE.source, "Tavlen did not visit Port Essel.", "not: Mira Tavlen visited Port Essel") in found
    assert (GAZETTE.source, "Quist will visit Port Essel.", "planned: Oskar Quist visited Port Essel") in found
    assert len(found) == 5
    assert all(ESSEL.name in sentence for _, sentence, _ in found)


def test_denied_or_planned() -> None:
    assert rows("denied-or-planned", "status", "subject", "relation", "object") == [
        ("denied", TAVLEN.name, "visited", ESSEL.name),
        ("planned", QUIST.name, "visited", ESSEL.name),
    ]


def test_who_says_what() -> None:
    found = rows("who-says-what", "speaker", "subject", "relation", "object", "polarity")
    assert found == [(QUIST.name, KESTREL.name, "attacked", ESSEL.name, "asserted")]


def test_most_connected() -> None:
    found = rows("most-connected", "name", "neighbours")
    assert found[:3] == [(LINES.name, "3"), (TAVLEN.name, "3"), (QUIST.name, "3")]
    assert found[-1] == (VARNHOLM.name, "1")


def test_ownership_goes_all_the_way_up() -> None:
    found = rows("ownership")
    assert found == [(LINES.name, "owned by", HOLDINGS.name), (HOLDINGS.name, "founded by", QUIST.name)]


def test_events() -> None:
    assert rows("events") == [(SIEGE.name, "2031-06", "", ESSEL.name, "")]


def test_timeline_is_in_the_order_of_time_and_leaves_denials_out() -> None:
    found = rows("timeline", "when", "precision", "relation", "source")
    assert found == [
        ("2030-05", "dated", "commands", GAZETTE.source),
        ("2030-05", "dated", "commands", LEDGER.source),
        ("2031-03-14", "reported", "born in", GAZETTE.source),
        ("2031-03-14", "reported", "appointed", GAZETTE.source),
    ]
