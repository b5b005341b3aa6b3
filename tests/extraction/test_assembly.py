"""What becomes of a proposal: a claim, and how it stands."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.extraction.assembly import Assembler, Proposal
from kg.extraction.confidence import Calibration, Grounds
from kg.extraction.mentions import MentionTable, TokenMention
from kg.extraction.sentences import Sentences


def ally(between: str, space: bool) -> tuple[Doc, TokenMention, TokenMention]:
    """ "Tavia is a non-Pact ally", its words before "Pact" as given, and whether a space stands before the name."""
    words = ["Tavia", "is", "a", between, "-", "Pact", "ally", "."]
    doc = Doc(
        Vocab(), words, [True, True, True, False, space, True, False, False], heads=[6, 6, 6, 6, 3, 6, 6, 6],
        deps=["nsubj", "cop", "det", "amod", "punct", "compound", "root", "punct"],
        pos=["PROPN", "AUX", "DET", "ADJ", "PUNCT", "PROPN", "NOUN", "PUNCT"], lemmas=[w.lower() for w in words],
    )  # fmt: skip
    return doc, TokenMention(0, 1, "Place", cluster=0), TokenMention(5, 6, "Organization", cluster=1)


@pytest.mark.parametrize(
    ("between", "space", "polarity"),
    [("non", False, "negated"), ("Non", False, "negated"), ("pro", False, "asserted"), ("non", True, "asserted")],
)
def test_what_non_stands_before_is_denied(between: str, space: bool, polarity: str) -> None:
    doc, subject, obj = ally(between, space)
    table = MentionTable(doc, [subject, obj])
    assembler = Assembler(doc, Sentences(doc), table, [], {0: "e1", 1: "e2"}, Calibration())
    claim = assembler.claim(Proposal(subject, "memberOf", obj, None, (), 0.8, "model", Grounds()))
    assert claim is not None
    assert (claim.polarity, "non-" in claim.reasons) == (polarity, polarity == "negated")
