"""Words that keep a relation from being a fact, on clauses whose parse is written out: ``word/head/label``."""

from importlib.resources import files

import pytest
import spacy
from spacy.tokens import Doc

from kg.extraction.factuality import short_of
from kg.extraction.trees import Tree
from kg.ontology.vocabulary import RELATIONS

VOCAB = spacy.blank("en").vocab
LEMMAS = {"nominated": "nominate", "ran": "run", "charged": "charge", "received": "receive"}


def tree(text: str) -> Tree:
    cells = [piece.split("/") for piece in text.split()]
    words = [word for word, _, _ in cells]
    return Tree(
        Doc(
            VOCAB, words=words, heads=[int(head) for _, head, _ in cells], deps=[label for _, _, label in cells],
            lemmas=[LEMMAS.get(word, word.lower()) for word in words],
            pos=["PROPN" if word[0].isupper() else "VERB" if word in LEMMAS else "NOUN" for word in words],
        )
    )  # fmt: skip


@pytest.mark.parametrize(
    ("clause", "relation", "between", "expected"),
    [
        ("Ida/1/nsubj:pass nominated/1/root for/3/case Prize/1/obl", "awardReceived", {1, 3}, "nominate"),
        ("Ida/1/nsubj received/1/root Prize/1/obj", "awardReceived", {1, 2}, None),
        ("Ida/1/nsubj received/1/root Prize/3/compound Nomination/1/obj", "awardReceived", {1, 2, 3}, "nomination"),
        # a verb with its preposition, and the same verb without
        ("Tor/1/nsubj ran/1/root for/3/case mayor/1/obl", "holdsPosition", {1, 3}, "run"),
        ("Tor/1/nsubj ran/1/root from/3/case mayor/1/obl", "holdsPosition", {1, 3}, None),
        # of another relation the word tells nothing, and as part of a name neither
        ("Ida/1/nsubj:pass nominated/1/root for/3/case Prize/1/obl", "nominated", {1, 3}, None),
        ("Trial/2/compound Court/2/compound charged/2/root Bob/2/obj", "convicted", {0, 2, 3}, "charge"),
        ("Trial/1/compound Court/2/nsubj received/2/root Bob/2/obj", "convicted", {0, 1, 2, 3}, None),
    ],
)
def test_short_of(clause: str, relation: str, between: set[int], expected: str | None) -> None:
    found = short_of(tree(clause), relation, between)
    assert (found and (found.polarity, found.modality, found.reasons)) == (
        expected and ("asserted", "possible", (expected,))
    )


def test_every_row_is_of_the_vocabulary_and_stands_once() -> None:
    text = files("kg.extraction.factuality").joinpath("data/short-of.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines()[1:]]
    assert len(rows) == len({(relation, lemma) for relation, lemma, _ in rows})
    for relation, _, example in rows:
        assert relation in RELATIONS
        assert example
