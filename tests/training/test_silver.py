"""Trees that two readers agree on, and how documents come by them."""

import json
from pathlib import Path

from training.corpora import Passage, Sentence
from training.silver import UNSURE, agreed, attach, key

FIRST = [("PROPN", "NNP", "Number=Sing", "Mara", 2, "nsubj"), ("VERB", "VBD", "_", "leave", 0, "root")]


def passage(syntax: list[Sentence] | None = None) -> Passage:
    return Passage("a", ["Mara", "left"], [0], syntax)


def test_what_two_readers_hang_otherwise_is_not_learned() -> None:
    assert agreed(FIRST, FIRST).heads == [2, 0]
    other = [(*FIRST[0][:4], 2, "obj"), FIRST[1]]
    found = agreed(FIRST, other)
    assert found.heads == [UNSURE, 0]
    assert found.deprels == ["nsubj", "root"]
    assert found.lemmas == ["Mara", "leave"]


def test_documents_get_the_trees_kept_for_them(tmp_path: Path) -> None:
    kept = tmp_path / "trees.jsonl"
    rows = [list(vars(agreed(FIRST, FIRST)).values())]
    kept.write_text(json.dumps([key(passage()), rows]) + "\n", "utf-8")
    own = Sentence(["X"], ["X"], ["_"], ["x"], [0], ["root"])
    docs = [passage(), passage([own]), Passage("b", ["Mara", "left"], [0])]
    assert attach(docs, kept) == 1
    assert docs[0].syntax == [agreed(FIRST, FIRST)]
    assert docs[1].syntax == [own]
    assert docs[2].syntax is None


def test_trees_cut_into_other_sentences_are_left_alone(tmp_path: Path) -> None:
    kept = tmp_path / "trees.jsonl"
    kept.write_text(json.dumps([key(passage()), []]) + "\n", "utf-8")
    doc = passage()
    assert attach([doc], kept) == 0
    assert doc.syntax is None
