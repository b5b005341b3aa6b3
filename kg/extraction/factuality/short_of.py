"""Words that tell how far it has come: nominated for a prize, running for a post, charged with a crime.

Whoever finds a prize beside a person takes it for received. Where such a word ties the two together, it is not; what
became of it is told elsewhere, if at all. The words stand in ``data/short-of.tsv``, each with an example, some with
the preposition that they need.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

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


def short_of(tree: Tree, relation: str, inside: Sequence[int], above: Sequence[int]) -> str | None:
    """The word that keeps the relation from being a fact, or None.

    ``inside`` are the words of the object; ``above`` those on its way up to what it shares with the subject, nearest
    first. Looked at is no further than the first verb: of "nominated for three, winning the Prize" the winning counts.
    A name that such a word is part of tells nothing.
    """
    known = _words().get(relation)
    if not known:
        return None
    named = [i for i in inside if relation in _NAMED or tree.pos[i] != "PROPN"]
    top = next((n for n in inside if tree.head[n] not in inside), None)
    for i in [*named, *above]:
        preposition = known.get(tree.lemma[i])
        below = [n for n in [top, *above[: above.index(i)]] if n is not None] if i in above else []
        if preposition is not None and (not preposition or any(preposition in tree.cases(n) for n in below[-1:])):
            return tree.lemma[i]
        if i in above and tree.pos[i] == "VERB":
            return None
    return None
