"""Values of time expressions: ``expressions.tsv``, the future tense, ranges, and properties."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from kg.extraction.time import TimeExpression, find_times
from kg.extraction.time.calendar import MONTHS
from kg.records import TimeSpan
from tests.parses import parse

NLP = spacy.blank("en")
THURSDAY = date(2023, 11, 16)


def rows() -> list[tuple[str, str, str]]:
    lines = (Path(__file__).parent / "expressions.tsv").read_text(encoding="utf-8").splitlines()[1:]
    return [(text, dated, undated) for text, dated, undated in (line.split("\t") for line in lines)]


def show(expressions: list[TimeExpression]) -> str:
    shown = []
    for e in expressions:
        lexical = e.value.lexical if e.value else "?"
        until = f"..{e.finish or lexical}"
        forms = {"point": lexical, "since": f"{lexical}..", "until": until, "range": f"{lexical}..{e.finish}"}
        shown.append(forms[e.kind])
    return "; ".join(shown) or "-"


@pytest.mark.parametrize(("text", "dated", "undated"), rows())
def test_values(text: str, dated: str, undated: str) -> None:
    assert (show(find_times(NLP(text), THURSDAY)), show(find_times(NLP(text), None))) == (dated, undated)


def test_the_table_is_large() -> None:
    assert len({text for text, *_ in rows()}) >= 120


@pytest.mark.parametrize(
    ("notation", "lexical"),
    [
        ("nsubj(Varga) arrived/VBD obl(case(on) Friday)", "2023-11-10"),
        ("nsubj(Varga) aux(will) arrive/VB obl(case(on) Friday)", "2023-11-17"),
        ("nsubj(Varga) plans/VBZ xcomp(mark(to) arrive/VB obl(case(on) Friday))", "2023-11-17"),
        ("nsubj(Varga) cop(is) mark(to) arrive/VB obl(case(on) Friday)", "2023-11-17"),
        ("nsubj(Varga) aux(will) arrive/VB obl(case(in) March)", "2024-03"),
        ("nsubj(Varga) aux(will) arrive/VB obl(case(in) December)", "2023-12"),
        ("nsubj(Varga) aux(will) arrive/VB obl(case(on) March nummod(3))", "2024-03-03"),
        ("nsubj(Varga) opens/VBZ obl(case(on) December nummod(3))", "2023-12-03"),
        ("nsubj(Varga) opened/VBD obl(case(on) December nummod(3))", "2022-12-03"),
        ("nsubj(Varga) is/VBZ xcomp(aux(to) arrive/VB prep(on pobj(Friday)))", "2023-11-17"),
    ],
)
def test_the_verb_says_whether_a_bare_name_looks_ahead(notation: str, lexical: str) -> None:
    doc, _ = parse(notation)
    (time,) = find_times(doc, THURSDAY)
    assert time.value is not None
    assert time.value.lexical == lexical


@pytest.mark.parametrize(
    ("text", "datatype", "precision"),
    [
        ("on 3 July 2019", "date", "day"),
        ("in July 2019", "gYearMonth", "month"),
        ("in 2019", "gYear", "year"),
        ("in the 1990s", "gYear", "decade"),
        ("in the 19th century", "gYear", "century"),
        ("on 3 July", "gMonthDay", "day"),
        ("in July", "gMonth", "month"),
        ("in the third quarter of 2020", "gYearMonth", "quarter"),
        ("in the second half of 2020", "gYearMonth", "half"),
        ("in the summer of 2020", "gYear", "season"),
    ],
)
def test_precision_is_kept(text: str, datatype: str, precision: str) -> None:
    (time,) = find_times(NLP(text), None)
    assert time.value is not None
    assert (time.value.datatype, time.precision) == (datatype, precision)


def test_span_of_an_expression() -> None:
    spans = [t.span for t in find_times(NLP("until 2015, since 2016, in 2017, from 2018 to 2019, on Monday"), None)]
    assert spans == [
        TimeSpan(None, "2015"), TimeSpan("2016"), TimeSpan("2017"), TimeSpan("2018", "2019"), TimeSpan(),
    ]  # fmt: skip


@given(st.dates(date(1800, 1, 1), date(2099, 12, 31)))
def test_a_full_date_reads_back(day: date) -> None:
    month = next(name for name, number in MONTHS.items() if number == day.month).capitalize()
    for text in (f"on {day.day} {month} {day.year}", f"on {month} {day.day}, {day.year}", f"on {day.isoformat()}"):
        (time,) = find_times(NLP(text), None)
        assert time.value is not None
        assert time.value.lexical == day.isoformat()


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.sampled_from(["Monday", "Tuesday", "Sunday"]))
def test_a_weekday_lies_in_the_week_up_to_the_paper(published: date, name: str) -> None:
    (time,) = find_times(NLP(f"He came on {name}."), published)
    assert time.value is not None
    found = date.fromisoformat(time.value.lexical)
    assert published - timedelta(days=6) <= found <= published
    assert found.strftime("%A") == name


PIECES = st.sampled_from(
    [
        *("in", "since", "until", "from", "to", "between", "and", ",", "3", "July", "May", "2015", "2016-07", "1990s"),
        *("the", "19th", "century", "last", "next", "Monday", "week", "year", "ago", "two", "mid-", "-", "–", "(", ")"),
        *("yesterday", "31", "02/30/2015", "Q2", "of", "'90s", "\n", "9999", "a"),
    ]
)


@given(st.lists(PIECES, max_size=25), st.none() | st.dates(date(1, 1, 1), date(9999, 12, 31)))
def test_any_text_gives_sorted_disjoint_expressions(pieces: list[str], published: date | None) -> None:
    doc = NLP(" ".join(pieces))
    times = find_times(doc, published)
    assert all(a.end <= b.start for a, b in pairwise(times))
    assert all(t.text in doc.text and 0 <= t.start < t.end <= len(doc) for t in times)
    for t in times:
        if t.kind == "range" and t.value and t.finish and t.value.lexical[0] != "-":
            assert t.value.lexical[: len(t.finish)] <= t.finish
