"""Sentences parsed by hand, and their phrases, the longer of two that begin alike first."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from kg.extraction.phrases import noun_phrases
from tests.parses import parse

WHOLE = [
    (
        "nsubj(det(the) mayor nmod(case(of) Harwick)) sold/VBD obj(amod(old) houses/NNS)",
        ["the mayor of Harwick", "Harwick", "old houses"],
    ),
    (
        "nsubj(nmod:poss(Varga case('s)) brother) left/VBD obj(nmod:poss(his/PRP$) house)",
        ["Varga 's brother", "Varga 's", "his house", "his"],
    ),
    (
        "nsubj(Varga punct(,) acl:relcl(nsubj(who) leads/VBZ obj(det(the) bank))) spoke/VBD",
        ["Varga , who leads the bank", "the bank"],
    ),
]
BESIDE = [
    (
        "nsubj(Varga conj(cc(and) Brandt) appos(punct(,) det(the) owner punct(,))) met/VBD",
        ["Varga", "Brandt", "the owner"],
    ),
    (
        "nsubj(det(the) bridges/NNS conj(cc(and) roads/NNS nmod(case(of) Tavia))) fell/VBD",
        ["the bridges", "roads of Tavia", "Tavia"],
    ),
    (
        "nsubj(det(the) port nmod(punct(\\() case(in) Osk punct(\\)))) fell/VBD",
        ["the port", "Osk"],
    ),
    (
        "nsubj(nmod:poss(his/PRP$) brother appos(Varga)) left/VBD",
        ["his brother Varga", "his", "Varga"],
    ),
    ("nsubj(many/JJ obl(case(of) them)) left/VBD", ["many of them", "them"]),
    (
        "nsubj(Varga) cop(was) obl(case(in) May) det(the) owner nmod(case(of) Osk)",
        ["Varga", "May", "the owner of Osk", "Osk"],
    ),
    ("nmod(case(as) det(a) student) nsubj(Varga) left/VBD", ["a student", "Varga"]),
    ("nsubj(nmod(case(As) det(a) student punct(,)) Varga) left/VBD", ["a student", "Varga"]),
    ("nsubj(she) spent/VBD obj(det(a) year advmod(abroad))", ["she", "a year abroad"]),
    ("nsubj(she) likes/VBZ obj(det(the) compound(punct(“) Iron punct(”)) Bridge)", ["she", "the “ Iron ” Bridge"]),
]
NUMBERS = [
    (
        "nsubj(Varga) died/VBD obl(case(on) 3/CD nmod:unmarked(March) nmod:unmarked(2016))",
        ["Varga", "3 March 2016", "March 2016", "2016"],
    ),
    ("nsubj(det(the) compound(2016) fair) closed/VBD", ["the 2016 fair", "2016"]),
    ("nsubj(nummod(40) ships/NNS) sank/VBD", ["40 ships"]),
    ("nsubj(Varga nmod:unmarked(punct(\\() 1998 punct(\\)))) disagrees/VBZ", ["Varga ( 1998 )", "1998"]),
    (
        "nsubj(det(a) study dep(punct(\\() Varga punct(,) appos(1998) punct(\\)))) failed/VBD",
        ["a study", "Varga", "1998"],
    ),
    ("nsubj(she) left/VBD advmod(obl:unmarked(nummod(two/CD) years/NNS) ago)", ["she", "two years ago"]),
]
WITHOUT = [
    ("expl(It/PRP) rained/VBD", []),
    ("expl(There/EX) is/VBZ nsubj(hope)", ["hope"]),
    ("obl(case(For) example punct(,)) nsubj(ships/NNS) sank/VBD", ["ships"]),
    ("obl(case(for) det(the) example) nsubj(he) came/VBD", ["the example", "he"]),
    ("nsubj(they) took/VBD obj(place)", ["they"]),
    ("nsubj(it) cop(is) obl:unmarked(det(a) lot) better/JJR", ["it"]),
    ("nsubj(det(the) bridge acl:relcl(nsubj(that/WDT) fell/VBD)) burns/VBZ", ["the bridge that fell"]),
    ("nsubj(that/DT) hurts/VBZ", ["that"]),
    ("nsubj(det(this/DT) port) cop(is) old/JJ", ["this port"]),
    ("nsubj(nmod:desc(Colonel) Varga flat(Brandt)) left/VBD", ["Colonel Varga Brandt"]),
    ("nsubj(det(the) compound(steel) bridge) fell/VBD", ["the steel bridge"]),
    ("nsubj(det(the) compound(steel) bridge) needs/VBZ obj(steel)", ["the steel bridge", "steel", "steel"]),
    ("nsubj(compound(Tavia) ships/NNS) sank/VBD", ["Tavia ships", "Tavia"]),
    ("nsubj(det(the) compound(Kenya) Project) ended/VBD", ["the Kenya Project", "Kenya"]),
    ("nsubj(det(the) compound(Iron) Project) hurt/VBD obj(iron)", ["the Iron Project", "iron"]),
]


def phrases(notation: str) -> list[str]:
    doc, _ = parse(notation.replace("\\(", "⦅").replace("\\)", "⦆"))
    words = [{"⦅": "(", "⦆": ")"}.get(t.text, t.text) for t in doc]
    pos = ["PRON" if t.tag_ == "WDT" else t.pos_ for t in doc]
    heads, deps = [t.head.i for t in doc], [t.dep_ for t in doc]
    again = Doc(
        Vocab(), words, heads=heads, deps=deps, pos=pos, tags=[t.tag_ for t in doc], lemmas=[t.lemma_ for t in doc]
    )
    found = [again[p.start : p.end] for p in noun_phrases(again)]
    return [" ".join(t.text for t in span) for span in found]


def test_the_name_of_a_place_holds_no_other() -> None:
    doc, _ = parse("nsubj(det(the) Republic nmod(case(of) Osk)) fell/VBD")
    doc.ents = [Span(doc, 0, 4, label="Place")]
    assert [(p.start, p.end) for p in noun_phrases(doc)] == [(0, 4)]
    doc.ents = [Span(doc, 0, 4, label="Organization")]
    assert [(p.start, p.end) for p in noun_phrases(doc)] == [(0, 4), (3, 4)]


@pytest.mark.parametrize(("notation", "expected"), [*WHOLE, *BESIDE, *NUMBERS, *WITHOUT])
def test_phrases(notation: str, expected: list[str]) -> None:
    assert phrases(notation) == expected


def test_kinds() -> None:
    doc, _ = parse("nsubj(Varga) sold/VBD obj(det(the) house) obl(case(to) her) punct(,) conj(sold/VBD obj(that/DT))")
    assert [(p.head, p.kind) for p in noun_phrases(doc)] == [
        (0, "name"),
        (3, "nominal"),
        (5, "pronoun"),
        (8, "pronoun"),
    ]


def test_labels_of_another_scheme() -> None:
    clearnlp = "nsubj(det(the) mayor prep(of pobj(Harwick))) met/VBD dobj(poss(Varga case('s)) brother)"
    universal = "nsubj(det(the) mayor nmod(case(of) Harwick)) met/VBD obj(nmod:poss(Varga case('s)) brother)"
    assert (
        phrases(clearnlp) == phrases(universal) == ["the mayor of Harwick", "Harwick", "Varga 's brother", "Varga 's"]
    )


TAGS = ("NOUN", "PROPN", "PRON", "VERB", "ADP", "PUNCT", "DET", "NUM", "ADJ", "ADV", "X")
LABELS = ("nsubj", "obj", "nmod", "nmod:unmarked", "conj", "appos", "punct", "case", "dep", "compound", "acl", "obl")


@given(st.data())
def test_any_parse_gives_sorted_phrases_with_their_head_inside(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 9))
    heads = [0, *(data.draw(st.integers(0, i - 1)) for i in range(1, size))]
    words = [data.draw(st.sampled_from(["Osk", "port", "(", ")", "“", "”", "2016", "ago", ","])) for _ in heads]
    pos = [data.draw(st.sampled_from(TAGS)) for _ in heads]
    deps = ["ROOT", *(data.draw(st.sampled_from(LABELS)) for _ in heads[1:])]
    doc = Doc(Vocab(), words, heads=heads, deps=deps, pos=pos, lemmas=words)
    found = noun_phrases(doc)
    assert found == sorted(found, key=lambda p: (p.start, -p.end, p.head))
    assert len({p.head for p in found}) == len(found)
    assert all(0 <= p.start <= p.head < p.end <= size for p in found)
