"""Which time a predicate bears."""

from __future__ import annotations

from datetime import date

import pytest

from kg.extraction.time import find_times, time_of
from kg.records import TimeSpan
from tests.parses import parse

PUBLISHED = date(2023, 11, 16)


@pytest.mark.parametrize(
    ("notation", "start", "end"),
    [
        ("nsubj(Varga) *met/VBD obj(Brandt) obl(case(on) Wednesday)", "2023-11-15", None),
        ("obl(case(On) Wednesday) punct(,) nsubj(Varga) *met/VBD obj(Brandt)", "2023-11-15", None),
        ("nsubj(Varga) *met/VBD obj(Brandt) obl:unmarked(yesterday)", "2023-11-15", None),
        ("nsubj(Varga) *met/VBD obj(Brandt nmod(case(in) 2015/CD))", "2015", None),
        ("nsubj(Varga) aux(has) *led/VBN obj(Osk) obl(case(since) 2015/CD)", "2015", None),
        ("nsubj(Varga) *led/VBD obj(Osk) obl(case(until) March nmod:unmarked(2020/CD))", None, "2020-03"),
        ("nsubj(Varga) *led/VBD obj(Osk) obl(case(from) 2010/CD) obl(case(to) 2014/CD)", "2010", "2014"),
        ("nsubj(Varga) *led/VBD obj(Osk) obl(case(since) 2010/CD) obl(case(until) 2014/CD)", "2010", "2014"),
        ("nmod:poss(Varga case('s)) *appointment/NN nmod(case(in) July)", "2023-07", None),
        ("det(the) nummod(1994/CD) *invasion/NN nmod(case(of) Osk)", "1994", None),
        ("nsubj(det(the) *invasion/NN nmod(case(of) Osk)) began/VBD obl(case(in) 1994/CD)", "1994", None),
        ("nsubj(*commander/NN nmod(case(of) Osk)) resigned/VBD obl(case(in) 1994/CD)", None, "1994"),
        (
            "nsubj(Varga appos(det(the) *commander/NN nmod(case(of) Osk))) resigned/VBD obl(case(in) 1994/CD)",
            None,
            "1994",
        ),
        ("nsubj(Brandt) said/VBD obl(case(on) Monday) ccomp(mark(that) nsubj(Varga) *led/VBD obj(Osk))", None, None),
        (
            "nsubj(Brandt) *said/VBD obl(case(on) Monday) ccomp(mark(that) nsubj(Varga) led/VBD obj(Osk))",
            "2023-11-13",
            None,
        ),
        ("nsubj(Brandt) said/VBD ccomp(mark(that) nsubj(Varga) *left/VBD obl(case(on) Monday))", "2023-11-13", None),
        ("nsubj(Varga) attacked/VBD obj(Osk) obl(case(in) 1994/CD) advcl(*killing/VBG obj(Brandt))", "1994", None),
        ("obl(case(In) 1994/CD) nsubj(Varga) met/VBD obj(Osk) conj(cc(and) *left/VBD obj(Lund))", "1994", None),
        ("nsubj(Varga) met/VBD obj(Osk) obl(case(in) 1994/CD) conj(cc(and) *left/VBD obj(Lund))", None, None),
        (
            "nsubj:pass(Varga) aux:pass(was) appointed/VBN xcomp(mark(to) *lead/VB obj(Osk)) obl(case(in) 1994/CD)",
            "1994",
            None,
        ),
        (
            "nsubj(Varga) *met/VBD obj(Brandt) obl(case(on) evening/NN nmod(case(of) March nummod(3)))",
            "2023-03-03",
            None,
        ),
        ("nsubj(Varga) *won/VBD obj(det(the) nummod(2012/CD) election)", None, None),
        ("nsubj(Varga) *met/VBD obj(Brandt) punct(,) obl(case(until) then/RB)", None, None),
        ("nsubj(Varga) cop(was) *commander/NN nmod(case(of) Osk) obl(case(until) 2015/CD)", None, "2015"),
        ("nsubj(Varga) *met/VBD dobj(Brandt) prep(on pobj(Wednesday))", "2023-11-15", None),
        ("nsubj(Varga) *met/VBD dobj(Brandt) npadvmod(yesterday)", "2023-11-15", None),
        ("nsubj(Varga) *was/VBD attr(commander/NN prep(of pobj(Osk))) prep(until pobj(2015/CD))", None, "2015"),
        (
            "nsubj(He) was/VBD attr(*commander/NN prep(of pobj(Osk))) prep(from pobj(2010/CD)) prep(to pobj(2014/CD))",
            "2010",
            "2014",
        ),
    ],
)
def test_time_of(notation: str, start: str | None, end: str | None) -> None:
    doc, trigger = parse(notation)
    assert time_of(doc, trigger, find_times(doc, PUBLISHED)) == TimeSpan(start, end)


def test_all_words_of_the_trigger_may_bear_it() -> None:
    doc, trigger = parse("nsubj(Varga) *took/VBD obj(*place/NN nmod(case(in) 1994/CD))")
    assert time_of(doc, trigger, find_times(doc, None)).start == "1994"
    assert time_of(doc, (), find_times(doc, None)) == TimeSpan()
