"""Full coreference: every noun phrase and pronoun of one document, each with the others that mean the same thing.

`kg.extraction.coreference` looks at what the graph needs: names, descriptions of the types of the vocabulary,
third-person pronouns. Here everything that can be spoken of again is put into clusters, first and second persons and
plain things ("the door") too. The model's antecedents join phrases, and the clusters of names join names.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

from spacy.tokens import Doc, Span

from kg.extraction.antecedents import proposed_antecedents
from kg.extraction.coreference import cluster_names
from kg.extraction.mentions import TokenMention
from kg.extraction.phrases import Phrase, noun_phrases
from kg.extraction.recognition import recognised
from kg.extraction.written_names import Links
from kg.gazetteer import fold
from kg.language.coreference import antecedents
from kg.language.reading import Reading
from kg.language.weights import Weights
from kg.records import Clusters, Kind, Reference

SURE = 0.7
"""Log odds from which the model's antecedent is believed. On GUM dev, against 0, it is worth 0.2 of the CoNLL score of
all mentions and 0.4 of that of names, and costs 0.7 of that of clusters of two and more."""


def coreference(doc: Doc, weights: Weights | None = None) -> Clusters:
    """The clusters of one parsed document; without weights only names are joined."""
    return tuple(
        tuple(Reference(s.start_char, s.end_char, s.text, cast(Kind, s.label_)) for s in c) for c in spans(doc, weights)
    )


def spans(doc: Doc, weights: Weights | None = None) -> list[list[Span]]:
    """The same as spaCy spans, the kind of each its label."""
    bare = recognised(doc)
    mentions = cluster_names(doc, bare, proposed_antecedents(doc, bare, weights))
    clusters = phrase_clusters(doc, mentions, weights)
    return [[Span(doc, p.start, p.end, label=p.kind) for p in cluster] for cluster in clusters]


def phrase_clusters(doc: Doc, mentions: Sequence[TokenMention], weights: Weights | None = None) -> list[list[Phrase]]:
    """The same in tokens. ``mentions`` are those of `cluster_names`, with their clusters.

    Names go first: those of one cluster of names, and those in the same words. Then every phrase goes to the model's
    antecedent, unless that would join two names that `cluster_names` holds apart.
    """
    named = _named(doc, mentions)
    phrases = [replace(p, kind="name") if p.kind == "nominal" and p.head in named else p for p in noun_phrases(doc)]
    links = Links(len(phrases))
    first: dict[str | int, int] = {}  # words, or cluster of names -> the phrase that they first came with
    for number, phrase in enumerate(phrases):
        words = fold(doc[phrase.start : phrase.end].text) if phrase.kind == "name" else ""
        if words:
            links.join(first.setdefault(words, number), number)
        if phrase.head in named:
            links.join(first.setdefault(named[phrase.head], number), number)
    held: dict[int, set[int]] = {}  # group -> clusters of names in it
    for number, phrase in enumerate(phrases):
        if phrase.head in named:
            held.setdefault(links.find(number), set()).add(named[phrase.head])
    for later, earlier in _answered(doc, phrases, weights):
        one, other = links.find(later), links.find(earlier)
        mine, theirs = held.get(one, set()), held.get(other, set())
        if not mine or not theirs or mine & theirs:
            held[links.join(one, other)] = mine | theirs
    return [[phrases[i] for i in group] for group in links.clusters()]


def _named(doc: Doc, mentions: Sequence[TokenMention]) -> dict[int, int]:
    """Head word of each capitalised name -> its cluster; dates, always alone, are left out."""
    found = {}
    for m in mentions:
        if m.kind == "name" and m.cluster >= 0 and m.type != "Date":
            head = m.span(doc).root
            if head.text[:1].isupper():
                found[head.i] = m.cluster
    return found


def _answered(doc: Doc, phrases: Sequence[Phrase], weights: Weights | None) -> list[tuple[int, int]]:
    """Phrase and antecedent, where the model is sure."""
    reading: Reading | None = doc._.kg_reading if weights is not None and Doc.has_extension("kg_reading") else None
    if weights is None or reading is None or not reading.windows:
        return []
    spans = [(reading.word_of(p.start), reading.word_of(p.end)) for p in phrases]
    chosen = antecedents(weights, reading, spans, [p.kind for p in phrases])
    sure = [(i, best[0]) for i, best in enumerate(chosen) if best is not None and best[1] > SURE]
    # nothing is what it is a part of: "the brigade" and "the brigade's men"
    return [(later, earlier) for later, earlier in sure if phrases[later].start >= phrases[earlier].end]
