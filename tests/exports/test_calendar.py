import pytest

from kg.exports.calendar import days
from kg.records import TimeSpan


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2030", "2030", ("2030-01-01", "2030-12-31")),
        ("2028-02", "2028-02", ("2028-02-01", "2028-02-29")),
        ("2030-05-07", "2030-05-07", ("2030-05-07", "2030-05-07")),
        ("2030-05-07T12:30:00Z", None, ("2030-05-07", None)),
        ("2030-05-07+02:00", None, ("2030-05-07", None)),
        (None, "2030-05", (None, "2030-05-31")),
        ("--07", "---05", (None, None)),
        ("-0044-03-15", None, (None, None)),
        ("0000", "12030", (None, None)),
        ("2030-02-30", "2030-13", (None, None)),
        ("2031", "2030", (None, None)),
        ("not a date", "", (None, None)),
    ],
)
def test_days(start: str | None, end: str | None, expected: tuple[str | None, str | None]) -> None:
    assert days(TimeSpan(start, end)) == expected


@pytest.mark.parametrize(
    ("start", "end", "over", "expected"),
    [
        ("2030", None, "2031-01-01", ("2030-01-01", "2030-12-31")),
        (None, None, "2031-03-01", (None, "2031-02-28")),
        ("2030", "2031", "2040-01-01", ("2030-01-01", "2031-12-31")),
        ("2032", None, "2031-01-01", (None, None)),
        ("2030", None, "0001-01-01", ("2030-01-01", None)),
    ],
)
def test_what_was_over_by_a_day(
    start: str | None, end: str | None, over: str, expected: tuple[str | None, str | None]
) -> None:
    assert days(TimeSpan(start, end), over) == expected
