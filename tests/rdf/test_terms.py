from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.ontology.vocabulary import XSD
from kg.rdf.terms import clean, date, decimal, text
from tests.graphs import texts


@pytest.mark.parametrize(
    ("lexical", "datatype"),
    [
        ("2023-07-04T10:00:00", "dateTime"),
        ("2023-07-04T10:00:00Z", "dateTime"),
        ("2023-07-04", "date"),
        ("2023-07", "gYearMonth"),
        ("2023", "gYear"),
        ("-0044", "gYear"),
        ("--07", "gMonth"),
        ("--07-04", "gMonthDay"),
        ("---04", "gDay"),
        ("July", "string"),
    ],
)
def test_dates_keep_their_precision(lexical: str, datatype: str) -> None:
    assert date(lexical).value == lexical
    assert date(lexical).datatype.value == XSD + datatype


@given(st.floats(0, 1))
def test_decimals_read_back_as_the_same_float(number: float) -> None:
    written = decimal(number).value
    assert float(written) == number
    assert "e" not in written.lower()
    assert "." in written


@given(texts())
def test_clean_text_keeps_its_length_and_can_be_written(raw: str) -> None:
    cleaned = clean(raw)
    assert len(cleaned) == len(raw)
    assert text(raw).value == cleaned
    assert cleaned.encode("utf-8").decode("utf-8") == cleaned


def test_only_what_no_tool_takes_is_replaced() -> None:
    assert clean('a\x00b\ud800c\n"\u202e😀') == 'a\ufffdb\ufffdc\n"\u202e😀'
