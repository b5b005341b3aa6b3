"""Words that keep a relation from being a fact, on clauses whose parse is written out: ``word/head/label``."""

from importlib.resources import files

import pytest
import spacy
from spacy.tokens import Doc

from kg.extraction.factuality import short_of
from kg.extraction.trees import Tree
from kg.ontology.vocabulary import RELATIONS

VOCAB = spacy.blank("en").vocab
LEMMAS = {"nominated": "nominate", "ran": "run", "charged": "charge", "received": "receive", "won": "win"}


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
    ("clause", "relation", "inside", "above", "expected"),
    [
        ("Ida/1/nsubj:pass nominated/1/root for/3/case Prize/1/obl", "awardReceived", [3], [1], "nominate"),
        ("Ida/1/nsubj received/1/root Prize/1/obj", "awardReceived", [2], [1], None),
        ("Ida/1/nsubj received/1/root Prize/3/compound Nomination/1/obj", "awardReceived", [2, 3], [1], "nomination"),
        # no further than the first verb: she won what hangs on "won"
        (
            "Ida/1/nsubj:pass nominated/1/root for/3/case Prize/1/obl won/1/advcl Cup/4/obj", "awardReceived",
            [5], [4, 1], None,
        ),
        # a noun on the way
        ("Tor/1/nsubj ran/1/root candidate/1/xcomp for/4/case mayor/2/nmod", "holdsPosition", [4], [2, 1], "candidate"),
        # a verb with its preposition, the same verb without, and with one inside the object
        ("Tor/1/nsubj ran/1/root for/3/case mayor/1/obl", "holdsPosition", [3], [1], "run"),
        ("Tor/1/nsubj ran/1/root from/3/case mayor/1/obl", "holdsPosition", [3], [1], None),
        ("Tor/1/nsubj ran/1/root head/1/obj for/4/case health/2/nmod", "holdsPosition", [2, 3, 4], [1], None),
        # of another relation the word tells nothing, and as part of a name neither
        ("Ida/1/nsubj:pass nominated/1/root for/3/case Prize/1/obl", "nominated", [3], [1], None),
        ("Court/1/nsubj charged/1/root Bob/1/obj", "convicted", [2], [1], "charge"),
        ("Court/1/nsubj received/1/root Trial/3/compound Bob/1/obj", "convicted", [2, 3], [1], None),
    ],
)  # fmt: skip
def test_short_of(clause: str, relation: str, inside: list[int], above: list[int], expected: str | None) -> None:
    assert short_of(tree(clause), relation, inside, above) == expected


def test_every_row_is_of_the_vocabulary_and_stands_once() -> None:
    text = files("kg.extraction.factuality").joinpath("data/short-of.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines()[1:]]
    assert len(rows) == len({(relation, lemma.split()[0]) for relation, lemma, _ in rows})
    for relation, _, example in rows:
        assert relation in RELATIONS
        assert example
