"""Layouts of news and what must be made of them: text -> (title, date, paragraphs)."""

from __future__ import annotations

from datetime import date
from textwrap import fill

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.reading.documents import document
from kg.reading.draft import Draft
from kg.reading.layout import SEPARATOR, paragraphs

WRAPPED = (
    "The mayor of Exton stepped down on Friday after an audit found that\n"
    "money was missing from the town's accounts, the council said.\n"
    "She denies the charge.\n"
)
FLOWING = (
    "The mayor of Exton stepped down on Friday after an audit found that money was missing from the town's accounts, "
    "the council said. She denies the charge."
)
DAY = date(2015, 8, 21)
HEAD = "Mayor of Exton steps down"

LAYOUTS: dict[str, tuple[str, str | None, date | None, list[str]]] = {
    "headline, date": (
        f"{HEAD}\n\nFriday, August 21, 2015\n\n{WRAPPED}",
        HEAD,
        DAY,
        [HEAD, "Friday, August 21, 2015", FLOWING],
    ),
    "headline, byline, date without blank lines": (
        f"{HEAD}\nBy Jane Doe\n21 August 2015\n{WRAPPED}",
        HEAD,
        DAY,
        [HEAD, "By Jane Doe", "21 August 2015", FLOWING],
    ),
    "byline and date on one line": (
        f"{HEAD}\n\nBy Jane Doe and John Roe | Exton Post | August 21, 2015\n\n{WRAPPED}",
        HEAD,
        DAY,
        [HEAD, "By Jane Doe and John Roe | Exton Post | August 21, 2015", FLOWING],
    ),
    "byline, comma, date": (
        f"{HEAD}\n\nBy Jane Doe, Aug. 21, 2015\n\n{WRAPPED}",
        HEAD,
        DAY,
        [HEAD, "By Jane Doe, Aug. 21, 2015", FLOWING],
    ),
    "headline right above wrapped text": (f"{HEAD}\n{WRAPPED}", HEAD, None, [HEAD, FLOWING]),
    "published goes before updated": (
        f"{HEAD}\n\nUpdated 23 August 2015 10:15\nPublished: 21 August 2015\n\n{WRAPPED}",
        HEAD,
        DAY,
        [HEAD, "Updated 23 August 2015 10:15", "Published: 21 August 2015", FLOWING],
    ),
    "published and updated on one line": (
        f"{HEAD}\n\nUpdated August 23, 2015 • Published August 21, 2015 • 4 min read\n\n{WRAPPED}",
        HEAD,
        DAY,
        [HEAD, "Updated August 23, 2015 • Published August 21, 2015 • 4 min read", FLOWING],
    ),
    "only updated": (
        f"{HEAD}\n\nUpdated 2015-08-21\n\n{WRAPPED}",
        HEAD,
        DAY,
        [HEAD, "Updated 2015-08-21", FLOWING],
    ),
    "dateline without a year": (
        f"{HEAD}\n\n" + fill(f"EXTON, July 3 (Agency) — {FLOWING}", 72),
        HEAD,
        None,
        [HEAD, f"EXTON, July 3 (Agency) — {FLOWING}"],
    ),
    "dateline with a year": (
        f"{HEAD}\n\n" + fill(f"EXTON, 21 August 2015 (Agency) - {FLOWING}", 72),
        HEAD,
        DAY,
        [HEAD, f"EXTON, 21 August 2015 (Agency) - {FLOWING}"],
    ),
    "date first, then the headline": (
        f"2015-08-21\n\n{HEAD}\n\n{WRAPPED}",
        HEAD,
        DAY,
        ["2015-08-21", HEAD, FLOWING],
    ),
    "no headline": (WRAPPED, None, None, [FLOWING]),
    "a headline alone is text, not a title": (HEAD, None, None, [HEAD]),
    "question as a headline": (
        f"Will the mayor go?\n\n{WRAPPED}",
        "Will the mayor go?",
        None,
        ["Will the mayor go?", FLOWING],
    ),
    "acronym at the end of a headline": (
        f"Exton sells bridge to U.S.\n\n{WRAPPED}",
        "Exton sells bridge to U.S.",
        None,
        ["Exton sells bridge to U.S.", FLOWING],
    ),
    "a sentence is no headline": ("She left.\n\nHe stayed.", None, None, ["She left.", "He stayed."]),
    "a deadline is no byline": (
        f"{HEAD}\n\nBy Friday\nthe river had risen again.",
        HEAD,
        None,
        [HEAD, "By Friday the river had risen again."],
    ),
    "a date in the running text is no publication date": (
        f"{HEAD}\n\nOn August 21, 2015, she left.\n\nHe stayed on.",
        HEAD,
        None,
        [HEAD, "On August 21, 2015, she left.", "He stayed on."],
    ),
    "a date far down is no publication date": (
        f"{HEAD}\n\n" + "He stayed on.\n\n" * 8 + "21 August 2015",
        HEAD,
        None,
        [HEAD, *["He stayed on."] * 8, "21 August 2015"],
    ),
    "a paragraph a line": (
        f"{HEAD}\n{FLOWING}\n{FLOWING}",
        HEAD,
        None,
        [HEAD, FLOWING, FLOWING],
    ),
    "short paragraphs, one a line": (
        "She left the town hall at noon.\nHe stayed.\nThe council meets on Monday.\n",
        None,
        None,
        ["She left the town hall at noon.", "He stayed.", "The council meets on Monday."],
    ),
    "indented paragraphs": (
        "The council of the town of Exton met on Monday to hear of the audit that\n"
        "had found a hole. It was over by noon, and nobody spoke to the press.\n"
        "   The mayor was away on that day, as her office said, for she had gone to\n"
        "see a doctor.\n",
        None,
        None,
        [
            "The council of the town of Exton met on Monday to hear of the audit that had found a hole. It was over by "
            "noon, and nobody spoke to the press.",
            "The mayor was away on that day, as her office said, for she had gone to see a doctor.",
        ],
    ),
    "list": (
        "The council wants:\n- a new bridge\n- an audit that is held\nevery year\n",
        None,
        None,
        ["The council wants:", "a new bridge", "an audit that is held every year"],
    ),
    "rules and runs of blanks": (
        f"{HEAD}\n=====\n\n\n  {WRAPPED.replace(' mayor', '   mayor')}\n* * *\n\nShe\tleft.\n",
        HEAD,
        None,
        [HEAD, FLOWING, "She left."],
    ),
    "compound cut at its hyphen": (
        "The council of the town of Exton met on Monday to hear from the well-\nknown auditor.",
        None,
        None,
        ["The council of the town of Exton met on Monday to hear from the well-known auditor."],
    ),
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_layout(name: str) -> None:
    text, title, published, expected = LAYOUTS[name]
    found = document(Draft(text), "a.txt")
    assert found.text.split(SEPARATOR) == expected
    assert (found.title, found.published) == (title, published)


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_newlines_of_other_systems_change_nothing(newline: str) -> None:
    for text, *_ in LAYOUTS.values():
        assert document(Draft(text.replace("\n", newline)), "a") == document(Draft(text), "a")


def test_words_cut_at_line_ends_are_healed_where_lines_are_printed() -> None:
    text = "The inter-\nnational well-\nknown court. A well-known judge."
    assert paragraphs(text, dehyphenate=True) == ["The international well-known court. A well-known judge."]


def test_what_the_source_states_wins_over_the_text() -> None:
    draft = Draft(f"{HEAD}\n\n21 August 2015\n\n{WRAPPED}", "Stated", date(2015, 8, 22))
    found = document(draft, "2015-08-23.txt")
    assert (found.title, found.published) == ("Stated", date(2015, 8, 22))


def test_the_day_a_file_was_made_is_weaker_than_the_text_and_stronger_than_the_name() -> None:
    made = date(2020, 1, 1)
    assert document(Draft(f"{HEAD}\n\n21 August 2015\n\nShe left.", created=made), "a.pdf").published == DAY
    assert document(Draft("She left.", created=made), "2015-08-21.pdf").published == made
    assert document(Draft("She left."), "2015-08-21.pdf").published == DAY


@given(st.text(st.sampled_from("aB.-* \n\t1é…:•\u00a0\u200b"), max_size=120), st.booleans())
def test_laying_out_twice_changes_nothing(text: str, wrapped: bool) -> None:
    once = SEPARATOR.join(paragraphs(text, wrapped=wrapped))
    assert SEPARATOR.join(paragraphs(once, wrapped=wrapped)) == once
    assert not any(line != line.strip() or "  " in line for line in once.split("\n"))


@pytest.mark.parametrize("name", LAYOUTS)
def test_reading_the_laid_out_text_again_gives_the_same_document(name: str) -> None:
    once = document(Draft(LAYOUTS[name][0]), "a")
    assert document(Draft(once.text), "a") == once
