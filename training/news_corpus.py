"""The project's own marked news as training passages, split by document."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from kg.extraction.learned import oriented
from kg.language.tokens import blank_english
from kg.ontology.vocabulary import RELATIONS, primary
from training import standoff
from training.annotated import MarkedDocument, documents
from training.corpora import COARSE, Marked, Passage

MARKED = {"negated": "negated", "planned": "possible", "possible": "possible", "claimed": "claimed"}
UNCERTAIN = frozenset({"negated", "planned", "possible"})
# Classes of DocRED that say more than the vocabulary's relation does: our documents do not tell them apart.
FINER = frozenset({"P22", "P25"})


def split_of(name: str) -> str:
    """train, dev or test, by the hash of the document's name: stable when documents are added."""
    digit = int(hashlib.sha256(name.encode()).hexdigest(), 16) % 10
    return {0: "test", 1: "dev"}.get(digit, "train")


def core() -> list[str]:
    """Relations that our documents are marked with: the vocabulary's core, of two inverses the primary one."""
    return sorted({primary(name)[0] for name, r in RELATIONS.items() if r.core})


@cache
def _classes_of(relation: str, properties: tuple[str, ...]) -> tuple[tuple[str, bool], ...]:
    """Model classes that state a relation, and whether their ends are exchanged."""
    found = [(p, oriented(p)[1]) for p in properties if p not in FINER and oriented(p)[0] == relation]
    direct = any(not swap for _, swap in found)
    return tuple(found if found and (direct or not RELATIONS[relation].symmetric) else [*found, (relation, False)])


def classes(properties: Sequence[str]) -> list[str]:
    """Model classes beyond DocRED's properties: the core relations that none of them states."""
    wanted = {c for r in core() for c, _ in _classes_of(r, tuple(properties))}
    return sorted(wanted - set(properties))


def marked_classes(properties: Sequence[str]) -> set[str]:
    """Every model class that our documents mark completely."""
    return {c for r in core() for c, _ in _classes_of(r, tuple(properties))}


def marked_news(corpora: Path | None) -> list[MarkedDocument]:
    """Our own documents and, where the corpora are at hand, the real ones that we marked."""
    return documents() + (standoff.documents(corpora) if corpora else [])


def passages(properties: Sequence[str], split: str, corpora: Path | None = None) -> list[Passage]:
    """The documents of one split, tokenised as at run time."""
    nlp = blank_english()
    return [_passage(d, nlp, tuple(properties)) for d in marked_news(corpora) if split_of(d.name) == split]


def _passage(marked: MarkedDocument, nlp, properties: tuple[str, ...]) -> Passage:  # type: ignore[no-untyped-def]
    doc = nlp(marked.text)
    words = [t for t in doc if not t.is_space]
    begin = {t.idx: i for i, t in enumerate(words)}
    end = {t.idx + len(t): i + 1 for i, t in enumerate(words)}
    starts = sorted({0, *(begin[a] for a, _ in marked.sentences if a in begin)})
    order = {key: i for i, key in enumerate(marked.entities)}
    mentions = []
    for m in marked.mentions:
        if m.start in begin and m.end in end:
            kind, sub, _ = marked.entities[m.entity]
            mentions.append(
                Marked(begin[m.start], end[m.end], frozenset({sub or kind}), m.kind, order[m.entity])
            )  # fmt: skip
    facts = set()
    evidence: dict[tuple[int, int], set[int]] = defaultdict(set)
    for fact in marked.facts:
        if fact.subject == fact.object:
            continue
        for pair in ((order[fact.subject], order[fact.object]), (order[fact.object], order[fact.subject])):
            evidence[pair].add(min(fact.sentence, len(starts) - 1))
        if fact.flags & UNCERTAIN:
            continue
        relation, turned = primary(fact.relation)
        s, o = (fact.object, fact.subject) if turned else (fact.subject, fact.object)
        for name, swap in _classes_of(relation, properties):
            pairs = [(o, s)] if swap else [(s, o)]
            if RELATIONS[relation].symmetric:
                pairs = [(s, o), (o, s)]
            facts |= {(order[a], name, order[b]) for a, b in pairs}
    return Passage(
        marked.name, [t.text for t in words], starts, mentions=mentions, names=frozenset(COARSE) - {"NUM"},
        nominals=True, coreference=True, relations=sorted(facts), relation_set="news",
        evidence=dict(evidence),
    )  # fmt: skip


__all__ = ["classes", "core", "marked_classes", "marked_news", "passages", "split_of"]
