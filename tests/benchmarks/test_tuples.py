"""Tuples of parses written by hand, as (first argument, relation, other arguments)."""

import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from benchmarks.tuples import Clauses

Row = tuple[str, str, str, int, str]

LEFT: list[Row] = [
    ("Mara", "PROPN", "NNP", 1, "nsubj"),
    ("left", "VERB", "VBD", 1, "ROOT"),
    ("the", "DET", "DT", 4, "det"),
    ("old", "ADJ", "JJ", 4, "amod"),
    ("town", "NOUN", "NN", 1, "obj"),
    ("in", "ADP", "IN", 6, "case"),
    ("May", "PROPN", "NNP", 1, "obl"),
]
COPULA: list[Row] = [
    ("Mara", "PROPN", "NNP", 4, "nsubj"),
    ("was", "AUX", "VBD", 4, "cop"),
    ("the", "DET", "DT", 4, "det"),
    ("new", "ADJ", "JJ", 4, "amod"),
    ("mayor", "NOUN", "NN", 4, "ROOT"),
]
BOTH: list[Row] = [
    ("Mara", "PROPN", "NNP", 3, "nsubj"),
    ("and", "CCONJ", "CC", 2, "cc"),
    ("Tom", "PROPN", "NNP", 0, "conj"),
    ("live", "VERB", "VBP", 3, "ROOT"),
    ("in", "ADP", "IN", 5, "case"),
    ("Arvona", "PROPN", "NNP", 3, "obl"),
]
RELATIVE: list[Row] = [
    ("Boats", "NOUN", "NNS", 4, "nsubj"),
    ("that", "PRON", "WDT", 2, "nsubj"),
    ("carry", "VERB", "VBP", 0, "acl:relcl"),
    ("salt", "NOUN", "NN", 2, "obj"),
    ("sank", "VERB", "VBD", 4, "ROOT"),
]
SAYING: list[Row] = [
    ("Mara", "PROPN", "NNP", 1, "nsubj"),
    ("says", "VERB", "VBZ", 1, "ROOT"),
    ("that", "SCONJ", "IN", 4, "mark"),
    ("boats", "NOUN", "NNS", 4, "nsubj"),
    ("sink", "VERB", "VBP", 1, "ccomp"),
]
OWNED: list[Row] = [
    ("Her", "PRON", "PRP$", 1, "nmod:poss"),
    ("boat", "NOUN", "NN", 3, "nsubj"),
    ("Gull", "PROPN", "NNP", 1, "appos"),
    ("sank", "VERB", "VBD", 3, "ROOT"),
]
NAMED: list[Row] = [
    ("Mara", "PROPN", "NNP", 4, "nsubj"),
    (",", "PUNCT", ",", 3, "punct"),
    ("a", "DET", "DT", 3, "det"),
    ("pilot", "NOUN", "NN", 0, "appos"),
    ("left", "VERB", "VBD", 4, "ROOT"),
]


def tuples(rows: list[Row]) -> list[tuple[str, ...]]:
    words, pos, tags, heads, deps = (list(column) for column in zip(*rows, strict=True))
    doc = Doc(Vocab(), words=words, pos=pos, tags=tags, heads=heads, deps=deps, lemmas=words)
    return [(t.args[0], t.relation, *t.args[1:]) for t in Clauses(doc, words).tuples()]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (LEFT, [("Mara", "left", "the old town", "in May")]),
        (COPULA, [("Mara", "was", "the new mayor")]),
        (BOTH, [("Mara", "live in", "Arvona"), ("Tom", "live in", "Arvona")]),
        (RELATIVE, [("Boats", "carry", "salt"), ("Boats", "sank")]),
        (SAYING, [("Mara", "says that", "boats sink"), ("boats", "sink")]),
        (OWNED, [("Gull", "is", "Her boat"), ("Her boat", "sank")]),
        (NAMED, [("Mara", "is", "a pilot"), ("Mara", "left")]),
    ],
)
def test_clauses(rows: list[Row], expected: list[tuple[str, ...]]) -> None:
    assert tuples(rows) == expected


def test_no_subject_no_tuple() -> None:
    assert tuples([("Leave", "VERB", "VB", 0, "ROOT"), ("town", "NOUN", "NN", 0, "obj")]) == []
