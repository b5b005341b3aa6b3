"""What is said to begin or to be over, and the dates of that."""

from __future__ import annotations

from datetime import date

import pytest

from kg.extraction.time import find_times, time_of
from kg.extraction.time.endings import over
from kg.extraction.trees import Tree
from kg.records import TimeSpan
from tests.parses import parse

PUBLISHED = date(2023, 11, 16)
OSK = "nmod(case(of) Osk)"

ENDED = [
    (f"nsubj(Varga) resigned/VBD obl(case(as) *commander/NN {OSK}) obl(case(in) 1994/CD)", None, "1994"),
    (
        f"nsubj(Varga) stepped/VBD compound:prt(down) obl(case(as) *commander/NN {OSK}) obl(case(in) 1994/CD)",
        None,
        "1994",
    ),
    (
        f"nsubj:pass(Varga) aux:pass(was) dismissed/VBN obl(case(as) *commander/NN {OSK}) obl(case(on) Monday)",
        None,
        "2023-11-13",
    ),
    (f"nsubj(Brandt) dismissed/VBD obj(Varga) obl(case(as) *commander/NN {OSK}) obl(case(in) March)", None, "2023-03"),
    (
        f"nsubj:pass(Varga) aux:pass(was) replaced/VBN obl(case(as) *commander/NN {OSK}) obl(case(in) 1994/CD)",
        None,
        "1994",
    ),
    (f"nsubj(Varga appos(det(the) *commander/NN {OSK})) resigned/VBD obl(case(in) 1994/CD)", None, "1994"),
    (
        f"nsubj:pass(Varga appos(det(the) *commander/NN {OSK})) aux:pass(was) fired/VBN obl(case(in) 1994/CD)",
        None,
        "1994",
    ),
    (
        f"nmod:poss(Varga case('s)) resignation/NN nmod(case(as) *commander/NN {OSK}) nmod(case(in) 1994/CD)",
        None,
        "1994",
    ),
    (f"nsubj(Varga appos(det(the) amod(former) *commander/NN {OSK})) spoke/VBD obl(case(in) 1994/CD)", None, None),
    ("nsubj(amod(then-) *commander/NN flat(Varga)) fled/VBD", None, None),
    (f"nsubj(Varga) cop(is) advmod(advmod(no) longer) *commander/NN {OSK}", None, None),
    ("nsubj(Varga) advmod(once) *led/VBD obj(Osk)", None, None),
]

LASTING = [
    (f"nsubj(Varga) cop(is) *commander/NN {OSK}", None, None),
    (f"nsubj:pass(Varga) aux:pass(was) appointed/VBN xcomp(*commander/NN {OSK}) obl(case(in) 1994/CD)", "1994", None),
    (
        f"nsubj:pass(Varga) aux:pass(was) named/VBN obl(case(as) *commander/NN {OSK}) obl(case(in) 1994/CD)",
        "1994",
        None,
    ),
    (f"nsubj(Varga) replaced/VBD obj(Brandt) obl(case(as) *commander/NN {OSK}) obl(case(in) 1994/CD)", "1994", None),
    (f"nsubj(Varga) aux(will) resign/VB obl(case(as) *commander/NN {OSK}) obl(case(in) May)", None, None),
    (f"nsubj(Varga) aux(did) advmod(not) resign/VB obl(case(as) *commander/NN {OSK})", None, None),
    (f"nsubj(Varga) refused/VBD xcomp(mark(to) resign/VB obl(case(as) *commander/NN {OSK}))", None, None),
    (
        f"nsubj(Brandt) denied/VBD ccomp(mark(that) nsubj(Varga) resigned/VBD obl(case(as) *commander/NN {OSK}))",
        None,
        None,
    ),
    (f"nsubj(Varga appos(det(the) *commander/NN {OSK})) left/VBD obj(Lund) obl(case(in) 1994/CD)", None, None),
    (f"nsubj(Varga appos(det(the) *commander/NN {OSK})) dismissed/VBD obj(Brandt) obl(case(in) 1994/CD)", None, None),
    (f"nsubj(Varga appos(det(the) amod(new) *commander/NN {OSK})) spoke/VBD", None, None),
    ("nsubj(Varga) *led/VBD obj(Osk) obl(case(until) 1994/CD)", None, "1994"),
]


@pytest.mark.parametrize(
    ("notation", "start", "end", "ended"), [(*row, True) for row in ENDED] + [(*row, False) for row in LASTING]
)
def test_what_is_over_and_when(notation: str, start: str | None, end: str | None, ended: bool) -> None:
    doc, trigger = parse(notation)
    assert over(Tree(doc), trigger) is ended
    assert time_of(doc, trigger, find_times(doc, PUBLISHED)) == TimeSpan(start, end)


def test_nothing_is_said_without_a_trigger() -> None:
    doc, _ = parse("nsubj(Varga) resigned/VBD")
    assert not over(Tree(doc), [])
