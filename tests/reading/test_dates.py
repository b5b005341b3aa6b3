from __future__ import annotations

from datetime import date

import pytest

from kg.reading.dates import date_in_name, lone_date, parse_date

DAY = date(2015, 8, 21)


@pytest.mark.parametrize(
    "value",
    [
        "2015-08-21",
        "2015/8/21",
        "20150821",
        "20150821T101500Z",
        "2015-08-21T23:59:00-11:00",
        "2015-08-21 10:15:00",
        "Fri, 21 Aug 2015 10:15:00 +0200",
        "21 August 2015",
        "21-Aug-2015",
        "21st of August, 2015",
        "August 21, 2015",
        "Aug. 21st 2015",
        "Friday, August 21, 2015",
        "FRIDAY 21 AUGUST 2015",
        "21/08/2015",
        "08/21/2015",
        "21.08.2015",
    ],
)
def test_a_date_is_read_in_every_usual_form(value: str) -> None:
    assert parse_date(value) == DAY


@pytest.mark.parametrize(
    "value",
    [
        "",
        "yesterday",
        "3 days ago",
        "August 2015",
        "2015",
        "03/04/2015",
        "2015-13-01",
        "30 February 2015",
        "21 Aug",
        "x",
    ],
)
def test_what_is_no_day_or_an_ambiguous_one_is_none(value: str) -> None:
    assert parse_date(value) is None


def test_equal_day_and_month_are_not_ambiguous() -> None:
    assert parse_date("04/04/2015") == date(2015, 4, 4)


@pytest.mark.parametrize(
    ("line", "updated"),
    [
        ("Friday, August 21, 2015", False),
        ("Published: 21 August 2015", False),
        ("Published on 2015-08-21 at 10:30 GMT", False),
        ("First published 21 Aug 2015, 9:05 p.m. EDT", False),
        ("Updated 21 August 2015 10:30", True),
        ("Last updated: August 21, 2015 | 10:30", True),
        ("Date: 21/08/2015", False),
    ],
)
def test_a_line_of_nothing_but_a_date(line: str, updated: bool) -> None:
    assert lone_date(line) == (DAY, updated)


@pytest.mark.parametrize(
    "line", ["On August 21, 2015, he left", "August 21, 2015 was a Friday", "Room 21 August 2015b", "July 3"]
)
def test_a_date_in_a_sentence_is_no_date_line(line: str) -> None:
    assert lone_date(line) is None


@pytest.mark.parametrize(
    "name",
    ["2015-08-21-floods.txt", "floods_20150821.html", "2015_08_21.md", "a.2015.08.21.txt", "floods.csv-2015-08-21"],
)
def test_a_date_in_a_file_name(name: str) -> None:
    assert date_in_name(name) == DAY


@pytest.mark.parametrize("name", ["floods.txt", "2015-08.txt", "120150821.txt", "2015-0821.txt", "20159921.txt"])
def test_digits_that_are_no_date_in_a_file_name(name: str) -> None:
    assert date_in_name(name) is None
