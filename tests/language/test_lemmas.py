"""Dictionary forms from a lexicon and from the regular endings."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.language.lemmas import Lexicon, irregular_verbs, plural_stems, verb_stems

LEXICON = Lexicon(
    {
        ("is", "AUX"): "be",
        ("bases", "NOUN"): "basis",
        ("competes", "VERB"): "compete",
        ("united", "PROPN"): "United",
        ("port", "PROPN"): "port",
        ("worse", "ADJ"): "bad",
    }
)


@pytest.mark.parametrize(
    ("form", "pos", "tag", "guess", "expected"),
    [
        ("Is", "AUX", "VBZ", "i", "be"),
        ("bases", "NOUN", "NNS", "base", "basis"),
        ("worse", "ADJ", "JJR", "worse", "bad"),
        ("leading", "VERB", "VBG", "", "lead"),
        ("Signed", "VERB", "VBD", "", "sign"),
        ("planned", "VERB", "VBD", "", "plan"),
        ("carried", "VERB", "VBN", "", "carry"),
        ("accused", "VERB", "VBN", "", "accuse"),
        ("judged", "VERB", "VBN", "", "judge"),
        ("voted", "VERB", "VBD", "", "vote"),
        ("watches", "VERB", "VBZ", "", "watch"),
        ("competed", "VERB", "VBD", "", "compete"),
        ("sold", "VERB", "VBD", "", "sell"),
        ("Lead", "VERB", "VB", "", "lead"),
        ("cities", "NOUN", "NNS", "", "city"),
        ("boxes", "NOUN", "NNS", "", "box"),
        ("houses", "NOUN", "NNS", "", "house"),
        ("glasses", "NOUN", "NNS", "", "glass"),
        ("Glass", "NOUN", "NN", "", "glass"),
        ("ministers", "NOUN", "NNS", "", "minister"),
        ("Tolmeres", "PROPN", "NNPS", "tolmere", "Tolmeres"),
        ("UNITED", "PROPN", "NNP", "", "United"),
        ("Port", "PROPN", "NNP", "", "Port"),
        ("bigger", "ADJ", "JJR", "big", "big"),
        ("further", "ADJ", "JJR", "far", "further"),
        ("Quickly", "ADV", "RB", "quick", "quickly"),
    ],
)
def test_lemma(form: str, pos: str, tag: str, guess: str, expected: str) -> None:
    assert LEXICON.lemma(form, pos, tag, guess) == expected


def test_what_the_lexicon_knows_comes_before_what_is_regular() -> None:
    assert verb_stems("competed") == ["compet", "compete"]
    assert Lexicon({}).lemma("competed", "VERB", "VBD", "") == "compet"


def test_stems_of_what_has_no_ending() -> None:
    assert plural_stems("glass") == []
    assert verb_stems("red") == []
    assert verb_stems("lead") == []


def test_irregular_forms_lead_to_their_verb() -> None:
    verbs = irregular_verbs()
    assert (verbs["went"], verbs["taken"], verbs["won"]) == ("go", "take", "win")


def test_load_reads_lines_of_three_columns(tmp_path: Path) -> None:
    (tmp_path / "lemmas.tsv").write_text("dice\tNOUN\tdie\nwoven\tVERB\tweave\n", "utf-8")
    lexicon = Lexicon.load(tmp_path / "lemmas.tsv")
    assert lexicon.entries == {("dice", "NOUN"): "die", ("woven", "VERB"): "weave"}
    assert lexicon.known["NOUN"] == {"die"}
