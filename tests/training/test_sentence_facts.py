"""Invented miniature corpora in the formats of FewRel, KnowledgeNet and Text2KGBench."""

import json
from pathlib import Path

import numpy as np

from training.corpora import Passage
from training.sentence_facts import ANY, companions, fewrel, knowledgenet, packed, strangers, text2kg

PROPERTIES = {"P26", "P40", "P112", "P463", "P108"}


def lines(path: Path, *records: object) -> Path:
    path.write_text("".join(json.dumps(r) + "\n" for r in records), "utf-8")
    return path


def named(passage: Passage) -> list[tuple[str, str, str]]:
    words = {m.cluster: " ".join(passage.words[m.start : m.end]) for m in passage.mentions}
    return [(words[h], c, words[t]) for h, c, t in passage.relations]


def test_fewrel_takes_known_properties_and_unbroken_spans(tmp_path: Path) -> None:
    tokens = ["Marl", "Works", "was", "founded", "by", "Ida", "Poe"]
    good = {"tokens": tokens, "head": [0, 1], "tail": [5, 6], "relation": "P112"}
    path = lines(
        tmp_path / "f.jsonl", good, {**good, "relation": "P999"}, {**good, "tail": [4, 6]},
    )  # fmt: skip
    found = list(fewrel(path, PROPERTIES))
    assert [named(p) for p in found] == [[("Marl Works", "P112", "Ida Poe")]]
    assert found[0].partial
    assert found[0].mentions[0].types == ANY


def test_knowledgenet_turns_what_it_has_the_other_way_round(tmp_path: Path) -> None:
    text = "Ida is the daughter of Tor."
    fact = {"propertyName": "CHILD_OF", "subjectStart": 100, "subjectEnd": 103, "objectStart": 123, "objectEnd": 126}
    path = lines(tmp_path / "k.jsonl", {"passages": [{"passageText": text, "passageStart": 100, "facts": [fact]}]})
    assert [named(p) for p in knowledgenet(path, PROPERTIES)] == [[("Tor", "P40", "Ida")]]


def test_text2kg_wants_both_labels_in_the_sentence(tmp_path: Path) -> None:
    row = {"sent": "Ida Poe married Tor Lund in May.", "sub_label": "Ida Poe", "rel": "P26", "obj_label": "Tor Lund"}
    path = lines(tmp_path / "t.jsonl", row, {**row, "obj_label": "Anna Lund"})
    assert [named(p) for p in text2kg([path], PROPERTIES)] == [[("Ida Poe", "P26", "Tor Lund")]]


def test_packing_keeps_every_fact_in_its_sentence(tmp_path: Path) -> None:
    row = {"tokens": ["Marl", "was", "founded", "by", "Ida"], "head": [0], "tail": [4], "relation": "P112"}
    single = list(fewrel(lines(tmp_path / "f.jsonl", *[row] * 5), PROPERTIES))
    both = packed(single, words=12)
    assert [len(p.starts) for p in both] == [2, 2, 1]
    assert all(named(p) == [("Marl", "P112", "Ida")] * len(p.starts) for p in both)
    assert all(m.start >= p.starts[m.cluster // 2] for p in both for m in p.mentions)


def test_companions_stand_on_the_same_pair() -> None:
    doc = Passage("x", ["a"], [0], relations=[(0, "P112", 1), (0, "P463", 1), (2, "P26", 3)])
    found = companions([doc])
    assert found["P112"] == {"P463"}
    assert found["P26"] == set()
    assert "P463" in found["P108"]


def test_strangers_stand_in_different_sentences() -> None:
    every = {(a, b) for a in (0, 1) for b in (2, 3)}
    assert strangers(np.array([0, 0, 1, 1]), 99) == every | {(b, a) for a, b in every}
    assert len(strangers(np.array([0, 0, 1, 1]), 3)) == 3
    assert strangers(np.array([4, 4]), 9) == set()
