"""Words that tell how far it has come: nominated for a prize, running for a post, charged with a crime.

Whoever finds a prize beside a person takes it for received. Where such a word ties the two together, it is not; what
became of it is told elsewhere, if at all. The words stand in ``data/short-of.tsv``, each with an example.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from kg.extraction.factuality.judgement import Judgement
from kg.extraction.trees import Tree

_NAMED = frozenset({"awardReceived", "won"})
"""Relations whose object bears the word in its name: "a Golden Globe Award Nomination"."""


@cache
def _words() -> dict[str, dict[str, str]]:
    """Lemma -> the preposition that it needs, empty for none; by relation."""
    text = files("kg.extraction.factuality").joinpath("data/short-of.tsv").read_text(encoding="utf-8")
    held: dict[str, dict[str, str]] = {}
    for row in csv.DictReader(text.splitlines(), delimiter="\t"):
        lemma, _, preposition = row["lemma"].partition(" ")
        held.setdefault(row["relation"], {})[lemma] = preposition
    return held


def short_of(tree: Tree, relation: str, between: Iterable[int]) -> Judgement | None:
    """What is said of a relation that one of the words ``between`` its ends keeps from being a fact; else None.

    ``between`` are the words of the object and those on the way through the parse from one end to the other. A name
    that such a word is part of tells nothing.
    """
    known = _words().get(relation)
    if not known:
        return None
    nodes = sorted(between)
    for i in nodes:
        preposition = known.get(tree.lemma[i]) if tree.pos[i] != "PROPN" or relation in _NAMED else None
        if preposition is not None and (not preposition or any(preposition in tree.cases(n) for n in nodes)):
            return Judgement(modality="possible", reasons=(tree.lemma[i],))
    return None
