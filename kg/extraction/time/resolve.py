"""From a matched form to XSD values, given the document's date and whether the sentence looks ahead or back."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date as Date
from datetime import timedelta
from typing import Literal

from kg.extraction.time import calendar as cal

Precision = Literal["day", "week", "month", "quarter", "season", "half", "year", "decade", "century", "none"]
Outlook = Literal["past", "present", "future"]


@dataclass(frozen=True, slots=True)
class Moment:
    """A resolved form: XSD lexical form and datatype (None where the text alone does not tell), and its extent.

    ``end`` is set where the words themselves name a stretch that no XSD type holds (a decade, a quarter, "July
    3-7"); ``lexical`` is then its beginning. ``yearless`` says that a neighbour's year may still complete it.
    """

    lexical: str | None
    datatype: str
    precision: Precision
    end: str | None = None
    yearless: bool = False


NOTHING = Moment(None, "", "none")


def of_day(value: Date | None) -> Moment:
    """A full date."""
    return NOTHING if value is None else Moment(cal.day(value), "date", "day")


def of_month(year: int, month: int, precision: Precision = "month") -> Moment:
    """A month of a year."""
    return Moment(cal.month(year, month), "gYearMonth", precision)


def of_year(year: int, precision: Precision = "year") -> Moment:
    """A year, or a part of it that starts in another month north and south of the equator."""
    return Moment(cal.year(year), "gYear", precision)


def _month_number(found: re.Match[str]) -> int:
    name = next(
        value for key, value in found.groupdict().items() if key.startswith("month") and key != "month2" and value
    )
    return cal.MONTHS[name.lower().rstrip(". ")]


def _relative(rel: str) -> int:
    word = rel.lower().split()[-1]
    return {"last": -1, "previous": -1, "past": -1, "this": 0, "next": 1, "coming": 1, "following": 1}[word]


def _year_of(found: re.Match[str], published: Date | None, hint: int | None) -> int | None:
    groups = found.groupdict()
    if groups.get("year"):
        return int(groups["year"])
    if groups.get("rel") and published:
        return published.year + (0 if groups["rel"] == "the" else _relative(groups["rel"]))
    return hint


def _month(found: re.Match[str], published: Date | None, outlook: Outlook, hint: int | None) -> Moment:
    number, year = _month_number(found), _year_of(found, published, hint)
    if year is not None:
        return of_month(year, number)
    if published is None:
        return Moment(f"--{number:02d}", "gMonth", "month", yearless=True)
    later = outlook == "future"
    year = published.year + (
        1 if later and number < published.month else -1 if not later and number > published.month else 0
    )
    moment = of_month(year, number)
    return Moment(moment.lexical, moment.datatype, moment.precision, yearless=True)


def _rel_month(found: re.Match[str], published: Date | None, outlook: Outlook, hint: int | None) -> Moment:
    number, way = _month_number(found), _relative(found["rel"])
    if published is None:
        return Moment(f"--{number:02d}", "gMonth", "month")
    if way < 0:
        return of_month(published.year - (number >= published.month), number)
    return of_month(published.year + (way > 0 and number <= published.month), number)


def _month_day(found: re.Match[str], published: Date | None, outlook: Outlook, hint: int | None) -> Moment:
    number, day = _month_number(found), int(found["day"])
    year = _year_of(found, published, hint)
    if year is not None:
        return of_day(cal.valid(year, number, day))
    if cal.valid(2000, number, day) is None:
        return NOTHING
    if published is None:
        return Moment(f"--{number:02d}-{day:02d}", "gMonthDay", "day", yearless=True)
    dates = [d for y in range(published.year - 4, published.year + 5) if (d := cal.valid(y, number, day))]
    if outlook == "future":
        chosen = min(d for d in dates if d >= published)
    elif outlook == "present":
        chosen = min(dates, key=lambda d: (abs(d - published), d))
    else:
        chosen = max(d for d in dates if d <= published)
    return Moment(cal.day(chosen), "date", "day", yearless=True)


def _days(found: re.Match[str], published: Date | None, outlook: Outlook, hint: int | None) -> Moment:
    first, last = _month_day(found, published, outlook, hint), int(found["day2"])
    if first.lexical is None or last <= int(found["day"]) or cal.valid(2000, _month_number(found), last) is None:
        return NOTHING
    return Moment(first.lexical, first.datatype, "day", f"{first.lexical[:-2]}{last:02d}", first.yearless)


def _iso(found: re.Match[str], published: Date | None, outlook: Outlook, hint: int | None) -> Moment:
    if found["day"]:
        return of_day(cal.valid(int(found["year"]), int(found["m"]), int(found["day"])))
    return of_month(int(found["year"]), int(found["m"]))


def _slashes(found: re.Match[str], published: Date | None, outlook: Outlook, hint: int | None) -> Moment:
    a, b, year = int(found["a"]), int(found["b"]), int(found["year"])
    if a == b or b > 12:
        return of_day(cal.valid(year, a, b))
    if a > 12:
        return of_day(cal.valid(year, b, a))
    return of_year(year)  # day and month cannot be told apart: keep what is certain


def _months_year(found: re.Match[str], published: Date | None, outlook: Outlook, hint: int | None) -> Moment:
    year, first, last = int(found["year"]), _month_number(found), cal.MONTHS[found["month2"].lower()]
    return Moment(cal.month(year - (first > last), first), "gYearMonth", "month", cal.month(year, last))


def _quarter(found: re.Match[str], published: Date | None, outlook: Outlook, hint: int | None) -> Moment:
    year = _year_of(found, published, hint)
    if year is None:
        return NOTHING
    groups = found.groupdict()
    months = 6 if groups.get("size") == "half" else 3
    nth = groups.get("nth")
    number = (
        int(groups["q"])
        if groups.get("q")
        else {"final": 12 // months, "last": 12 // months}.get(nth or "", cal.ORDINALS.get(nth or "", 0))
    )
    if not 1 <= number <= 12 // months:
        return NOTHING
    start = (number - 1) * months + 1
    precision: Precision = "half" if months == 6 else "quarter"
    return Moment(cal.month(year, start), "gYearMonth", precision, cal.month(year, start + months - 1))


def _season(found: re.Match[str], published: Date | None, outlook: Outlook, hint: int | None) -> Moment:
    groups = found.groupdict()
    if groups.get("rel") and published is not None and not found[0].endswith("year"):
        first = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}[found["season"].lower()]
        way = _relative(found["rel"])
        over = published.month > first + 2 or (first == 12 and published.month < 12)
        year = published.year + (way if way >= 0 and not (way > 0 and published.month < first) else 0)
        return of_year(year - (way < 0 and not over) - (way < 0 and first == 12), "season")
    year_found = _year_of(found, published, hint)
    if year_found is None:
        return NOTHING
    last = groups.get("year2")  # "the winter of 2014-15"
    end = cal.year(year_found + 1) if last and int(last) == (year_found + 1) % 100 else None
    return Moment(cal.year(year_found), "gYear", "season", end)


def _decade(found: re.Match[str], published: Date | None, outlook: Outlook, hint: int | None) -> Moment:
    groups = found.groupdict()
    if groups.get("decade"):
        start = int(groups["decade"])
        if start % 100 == 0 and start < 2000:  # "the 1800s" are a century, "the 2000s" ten years
            return Moment(cal.year(start), "gYear", "century", cal.year(start + 99))
    else:
        start = 1900 + (int(groups["short"]) if groups.get("short") else cal.DECADES[groups["word"]])
        if start <= 1910 and groups.get("short"):
            start += 100
    return Moment(cal.year(start), "gYear", "decade", cal.year(start + 9))


def _century(found: re.Match[str], published: Date | None, outlook: Outlook, hint: int | None) -> Moment:
    number = int(found["century"]) if found["century"] else cal.ORDINALS[found["nth"]]
    if not 1 <= number <= 21:
        return NOTHING
    return Moment(cal.year(number * 100 - 99), "gYear", "century", cal.year(number * 100))


def _years(found: re.Match[str], published: Date | None, outlook: Outlook, hint: int | None) -> Moment:
    first, second = int(found["year"]), found["year2"]
    last = int(second) if len(second) == 4 else first // 100 * 100 + int(second)
    return NOTHING if last <= first else Moment(cal.year(first), "gYear", "year", cal.year(last))


def _year(found: re.Match[str], published: Date | None, outlook: Outlook, hint: int | None) -> Moment:
    return of_year(int(found["year"]))


def _away(published: Date, number: int, unit: str) -> Moment:
    try:
        if unit == "day":
            return of_day(published + timedelta(days=number))
        if unit in {"week", "fortnight"}:
            near = published + timedelta(weeks=number * (2 if unit == "fortnight" else 1))
            return of_month(near.year, near.month, "week")
    except OverflowError:
        return NOTHING
    if unit == "month" and abs(number) < 1200:
        return of_month(*cal.shift_months(published, number))
    years = number * (10 if unit == "decade" else 1)
    if unit in {"year", "decade"} and 0 < published.year + years < 9999:
        return of_year(published.year + years, "decade" if unit == "decade" else "year")
    return NOTHING


def _before_last(found: re.Match[str], published: Date | None, outlook: Outlook, hint: int | None) -> Moment:
    return NOTHING if published is None else _away(published, -2, found["unit"])


def _weekend(found: re.Match[str], published: Date | None, outlook: Outlook, hint: int | None) -> Moment:
    if published is None:
        return NOTHING
    near = (cal.weekday_after if outlook == "future" else cal.weekday_before)(published, 5)
    return of_month(near.year, near.month, "week")


def _dots(found: re.Match[str], published: Date | None, outlook: Outlook, hint: int | None) -> Moment:
    return of_day(cal.valid(int(found["year"]), int(found["m"]), int(found["day"])))


def _distance(found: re.Match[str], published: Date | None, outlook: Outlook, hint: int | None) -> Moment:
    word = found["number"].lower().removeprefix("a ").removesuffix(" of")
    number = int(word) if word.isdigit() else cal.NUMBERS.get(word)
    way = {"ago": -1, "from now": 1, None: 1}.get(found.groupdict().get("way"))
    if published is None or number is None or way is None:
        return NOTHING
    return _away(published, way * number, found["unit"])


def _day_word(found: re.Match[str], published: Date | None, outlook: Outlook, hint: int | None) -> Moment:
    if published is None:
        return NOTHING
    said = found[0].lower()
    if said.startswith("the day"):
        shift = -2 if "before" in said else 2
    else:
        shift = -1 if said.startswith(("yesterday", "last night")) else 1 if said.startswith("tomorrow") else 0
    return of_day(published + timedelta(days=shift))


def _weekday(found: re.Match[str], published: Date | None, outlook: Outlook, hint: int | None) -> Moment:
    if published is None:
        return NOTHING
    weekday, groups = cal.WEEKDAYS[found["weekday"].lower()], found.groupdict()
    rel = (groups.get("rel") or "").lower()
    if rel.startswith("the "):  # counted from a day of the story, not of the paper
        return NOTHING
    if found[0].lower().endswith("week"):
        return of_day(cal.weekday_of(published + timedelta(weeks=_relative(rel)), weekday))
    if rel == "this":
        return of_day(cal.weekday_of(published, weekday))
    if rel:
        near = cal.weekday_before if _relative(rel) < 0 else cal.weekday_after
        return of_day(near(published, weekday, strictly=True))
    return of_day((cal.weekday_after if outlook == "future" else cal.weekday_before)(published, weekday))


def _rel_unit(found: re.Match[str], published: Date | None, outlook: Outlook, hint: int | None) -> Moment:
    rel, unit = found["rel"].lower(), found["unit"]
    anchored = found[0].lower().startswith("the ") or rel in {"previous", "coming", "this past"}
    if published is None or anchored or unit in {"decade", "century", "quarter", "day"}:
        return NOTHING
    if unit == "weekend":
        saturday = cal.weekday_of(published, 5)
        if saturday > published and outlook != "future" and rel == "this":
            saturday -= timedelta(weeks=1)  # "this weekend" told on a Wednesday in the past tense
        if rel != "this":
            saturday = (cal.weekday_before if rel == "last" else cal.weekday_after)(published, 5, strictly=True)
        return of_month(saturday.year, saturday.month, "week")
    return _away(published, _relative(rel), unit)


def _none(found: re.Match[str], published: Date | None, outlook: Outlook, hint: int | None) -> Moment:
    return NOTHING


Resolver = Callable[[re.Match[str], Date | None, Outlook, int | None], Moment]

RESOLVERS: dict[str, Resolver] = {
    "nth_year": _none, "nothing": _none, "iso": _iso, "slashes": _slashes, "days": _days, "month_day": _month_day,
    "months_year": _months_year, "rel_month": _rel_month, "month": _month, "quarter": _quarter, "season": _season,
    "decade": _decade, "century": _century, "years": _years, "distance": _distance, "day_word": _day_word,
    "weekday": _weekday, "unit": _rel_unit, "year": _year, "dots": _dots, "before_last": _before_last,
    "weekend": _weekend,
}  # fmt: skip
"""The resolver of each form of `grammar.FORMS`."""
