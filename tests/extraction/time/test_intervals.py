"""Time expressions against the date of their document: ``intervals.tsv``, one line a case."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import spacy

from kg.extraction.time import TimeExpression, find_times

NLP = spacy.blank("en")
TABLE = Path(__file__).parent / "intervals.tsv"


def rows() -> list[list[str]]:
    return [line.split("\t") for line in TABLE.read_text("utf-8").splitlines() if not line.startswith("#")]


def interval(time: TimeExpression) -> str:
    span = time.span
    if time.value is None:
        return "?"
    if time.kind == "point":
        return time.value.lexical
    return f"{span.start or ''}..{span.end or ''}"


@pytest.mark.parametrize(("expression", "published", "expected", "precision"), rows())
def test_an_expression_has_its_interval_and_precision(
    expression: str, published: str, expected: str, precision: str
) -> None:
    day = None if published == "-" else date.fromisoformat(published)
    found = find_times(NLP(f"It happened {expression}."), day)
    assert ("; ".join(map(interval, found)) or "none", "; ".join(t.precision for t in found) or "none") == (
        expected,
        precision,
    )


def test_the_table_is_large_and_has_every_precision() -> None:
    table = rows()
    assert len({(row[0], row[1]) for row in table}) >= 200
    assert {row[3] for row in table} == {
        "day", "week", "month", "quarter", "season", "half", "year", "decade", "century", "none",
    }  # fmt: skip
