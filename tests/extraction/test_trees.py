"""ClearNLP parses read as Universal Dependencies."""

from __future__ import annotations

import pytest

from kg.extraction.trees import Tree
from tests.parses import parse

PAIRS = [
    ("nsubj(Varga) met/VBD dobj(Brandt) prep(in pobj(Rome))", "nsubj(Varga) met/VBD obj(Brandt) obl(case(in) Rome)"),
    (
        "nsubj(Varga) is/VBZ neg(not) attr(det(the) owner prep(of pobj(Osk)))",
        "nsubj(Varga) cop(is) advmod(not) det(the) owner nmod(case(of) Osk)",
    ),
    (
        "nsubjpass(Osk) auxpass(was) sold/VBN agent(by pobj(Varga))",
        "nsubj:pass(Osk) aux:pass(was) sold/VBN obl:agent(case(by) Varga)",
    ),
    (
        "nsubj(Varga) said/VBD ccomp(nsubj(it) is/VBZ acomp(sure ccomp(mark(that) nsubj(he) is/VBZ attr(owner))))",
        "nsubj(Varga) said/VBD ccomp(nsubj(it) cop(is) sure/JJ ccomp(mark(that) nsubj(he) cop(is) owner))",
    ),
    (
        "nsubj(Varga) accused/VBD dobj(Osk) prep(of pcomp(killing/VBG))",
        "nsubj(Varga) accused/VBD obj(Osk) advcl(mark(of) killing/VBG)",
    ),
    (
        "prep(According/VBG prep(to/IN pobj(Varga))) nsubj(he) left/VBD",
        "obl(case(According/VBG) case(to/IN) Varga) nsubj(he) left/VBD",
    ),
    ("poss(Varga case('s)) house", "nmod:poss(Varga case('s)) house"),
    ("nsubj(he) wants/VBZ xcomp(aux(to) leave/VB)", "nsubj(he) wants/VBZ xcomp(mark(to) leave/VB)"),
    ("nsubj(he) gave/VBD dative(to/IN pobj(Osk)) dobj(aid)", "nsubj(he) gave/VBD obl(case(to/IN) Osk) obj(aid)"),
]


@pytest.mark.parametrize(("clearnlp", "universal"), PAIRS)
def test_both_schemes_give_one_tree(clearnlp: str, universal: str) -> None:
    ours, theirs = (Tree(parse(notation)[0]) for notation in (clearnlp, universal))
    assert list(zip(ours.lower, ours.head, ours.label, strict=True)) == list(
        zip(theirs.lower, theirs.head, theirs.label, strict=True)
    )


def test_a_universal_parse_passes_unchanged() -> None:
    for _, universal in PAIRS:
        doc, _ = parse(universal)
        assert [t.head.i for t in doc] == Tree(doc).head
        assert [t.dep_ for t in doc] == [label if label != "root" else "ROOT" for label in Tree(doc).label]
