"""People get other names; nothing else moves."""

import random

from training.corpora import Marked, Passage
from training.renaming import name_words, renamed

PERSON, PLACE = frozenset({"Person"}), frozenset({"Place"})
DOC = Passage(
    "x", ["Ida", "van", "Poe", "left", "Marl", ",", "Poe", "said", ".", "He", "left", "."], [0],
    mentions=[
        Marked(0, 3, PERSON, "name", 0), Marked(4, 5, PLACE, "name", 1), Marked(6, 7, PERSON, "name", 0),
        Marked(9, 10, PERSON, "pronoun", 0),
    ],
)  # fmt: skip


def test_only_words_of_people_s_names_are_in_the_pool() -> None:
    assert name_words([DOC]) == ["Ida", "Poe"]


def test_the_same_word_becomes_the_same_word() -> None:
    words = renamed(DOC, ["Aino", "Berg"], random.Random(1))
    assert len(words) == len(DOC.words)
    assert words[2] == words[6]
    assert {words[0], words[2]} <= {"Aino", "Berg"}
    unchanged = [i for i in range(len(words)) if i not in (0, 2, 6)]
    assert [words[i] for i in unchanged] == [DOC.words[i] for i in unchanged]
