"""Descriptions of parses written by hand: what follows the noun belongs to the name of the thing."""

import pytest
from spacy.tokens import Doc

from kg.extraction.descriptions import described
from kg.extraction.mentions import TokenMention
from tests.bracketed import VOCAB

Row = tuple[str, str, int, str]

TRIAL: list[Row] = [
    ("the", "DET", 1, "det"), ("trial", "NOUN", 4, "nsubj"), ("for", "ADP", 3, "case"), ("theft", "NOUN", 1, "nmod"),
    ("ended", "VERB", 4, "ROOT"),
]  # fmt: skip
QUOTED: list[Row] = [
    ("a", "DET", 1, "det"), ("medal", "NOUN", 1, "ROOT"), ("for", "ADP", 5, "case"), ('"', "PUNCT", 5, "punct"),
    ("brave", "ADJ", 5, "amod"), ("acts", "NOUN", 1, "nmod"), ('"', "PUNCT", 5, "punct"),
]  # fmt: skip
CLAUSE: list[Row] = [
    ("talks", "NOUN", 0, "ROOT"), ("with", "ADP", 3, "case"), ("the", "DET", 3, "det"), ("rebels", "NOUN", 0, "nmod"),
    ("who", "PRON", 5, "nsubj"), ("fled", "VERB", 3, "acl:relcl"),
]  # fmt: skip
LATER: list[Row] = [
    ("the", "DET", 1, "det"), ("raid", "NOUN", 1, "ROOT"), ("yesterday", "NOUN", 1, "nmod:unmarked"),
    ("in", "ADP", 4, "case"), ("Arvo", "PROPN", 1, "nmod"),
]  # fmt: skip
COMMA: list[Row] = [
    ("talks", "NOUN", 0, "ROOT"), (",", "PUNCT", 3, "punct"), ("in", "ADP", 3, "case"), ("Arvo", "PROPN", 0, "nmod"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "span", "name", "also"),
    [
        (TRIAL, (0, 2), "trial for theft", {"trial"}),
        (QUOTED, (0, 2), 'medal for " brave acts "', {"medal"}),
        (CLAUSE, (0, 1), "talks with the rebels", {"talks"}),
        (LATER, (0, 2), "raid", set()),
        (COMMA, (0, 1), "talks", set()),
    ],
)
def test_a_description_takes_its_complement_with_it(
    rows: list[Row], span: tuple[int, int], name: str, also: set[str]
) -> None:
    words, pos, heads, deps = (list(column) for column in zip(*rows, strict=True))
    doc = Doc(VOCAB, words=words, pos=pos, heads=heads, deps=deps)
    assert described(doc, [TokenMention(*span, "Event", kind="nominal", cluster=0)]) == (name, also)


def test_a_description_of_several_words_stays_as_it_is() -> None:
    rows = [("long", "ADJ", 1, "amod"), *TRIAL[1:]]
    words, pos, heads, deps = (list(column) for column in zip(*rows, strict=True))
    doc = Doc(VOCAB, words=words, pos=pos, heads=heads, deps=deps)
    found = described(doc, [TokenMention(0, 2, "Event", kind="nominal", cluster=0)])
    assert found == ("long trial", {"long trial for theft"})
