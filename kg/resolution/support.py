"""How well a statement is supported: by how many independent documents, and how sure that makes it.

Documents are one witness where they are copies of one report (`kg.resolution.copies`) or state it in the same sentence,
word for word: an agency's sentence in the middle of a longer article. docs/corroboration.md says why confidence is
reckoned as it is, and what was measured.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from kg.records import Claim
from kg.resolution.copies import grouped, words_of

MOST_CONFIDENT = 0.99
SAME_SENTENCE = 8
"""Words from which on a sentence is not written twice by chance."""

LESS = 0.5
"""What each further witness counts, where one of its kind has spoken before it."""


def witnesses(claims: Sequence[tuple[str, Claim]], copy_of: Mapping[str, str]) -> list[list[Claim]]:
    """The claims of each independent witness; ``copy_of`` gives for a document the one whose copy it is."""
    own = {document: f"document {copy_of.get(document, document)}" for document, _ in claims}
    sentences = {
        (document, claim.evidence.text): f"sentence {words}"
        for document, claim in claims
        if (words := words_of(claim.evidence.text)).count(" ") + 1 >= SAME_SENTENCE
    }
    pairs = [(one, one) for one in own.values()] + [(own[document], said) for (document, _), said in sentences.items()]
    group = grouped(pairs)
    placed = sorted(((group[own[document]], number) for number, (document, _) in enumerate(claims)))
    return [[claims[number][1] for _, number in held] for _, held in groupby(placed, key=lambda pair: pair[0])]


def confidence(groups: Iterable[Sequence[Claim]]) -> float:
    """How sure a statement is: 1 - product of the doubts of its witnesses, at most `MOST_CONFIDENT`.

    Each witness is as sure as its surest claim. That is a noisy-or, but for one thing: what the same kind of extractor
    finds again is no independent find, for it errs alike on like sentences. So the second witness of a kind counts
    half, the third a quarter.
    """
    best = [max(claims, key=lambda c: (c.confidence, c.extractor)) for claims in groups]
    heard: dict[str, list[float]] = defaultdict(list)
    for claim in best:
        heard[kind_of(claim.extractor)].append(claim.confidence)
    doubt = 1.0
    for _, sure in sorted(heard.items()):
        for before, one in enumerate(sorted(sure, reverse=True)):
            doubt *= 1.0 - one * LESS**before
    return round(min(1.0 - doubt, MOST_CONFIDENT), 4)


def kind_of(extractor: str) -> str:
    """``model`` where the model has a part in it, ``syntax`` where rules alone found it."""
    return "model" if "model" in extractor.split("+") else extractor.split(":")[0]
