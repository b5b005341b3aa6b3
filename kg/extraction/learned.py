"""Relations that the model learned, as candidates with the mentions that stand nearest to each other."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from spacy.tokens import Doc

from kg.extraction.confidence import Calibration
from kg.extraction.mentions import TokenMention
from kg.extraction.sentences import Sentences
from kg.extraction.written_names import written_name
from kg.gazetteer import lies_elsewhere, place_subtype
from kg.language.reading import Reading
from kg.language.relations import Asked, Ints, score_relations
from kg.language.weights import Weights
from kg.ontology.vocabulary import RELATIONS, WIKIDATA, admits, primary


@dataclass(frozen=True, slots=True)
class Learned:
    """A relation between two clusters, with the pair of mentions that shows it best, the model's margin over its
    threshold, and the sentence the model looks at.
    """

    subject: TokenMention
    relation: str
    object: TokenMention
    margin: float
    evidence: int = -1


def oriented(label: str) -> tuple[str, bool]:
    """Vocabulary relation of a model class (Wikidata property or name), and whether the ends change places."""
    name, reversed_ = WIKIDATA.get(label, (label, False))
    held, swap = primary(name)
    return held, reversed_ != swap


def find_learned(
    doc: Doc, sentences: Sentences, mentions: Sequence[TokenMention], weights: Weights, calibration: Calibration,
    ruled: Collection[tuple[int, str, int]] = (),
) -> list[Learned]:  # fmt: skip
    """Relations of the document's clusters that its types admit; sorted. Empty if the encoder kept no states.

    ``ruled`` are (subject cluster, relation, object cluster) of what the rules found: only of these anything is worth
    knowing that alone could never make a claim.
    """
    reading: Reading | None = doc._.kg_reading
    if reading is None or not reading.windows:
        return []
    clusters: dict[int, list[TokenMention]] = {}
    for m in mentions:
        if m.cluster >= 0:
            clusters.setdefault(m.cluster, []).append(m)
    ids = sorted(clusters)
    if len(ids) < 2:
        return []
    spans = [[(reading.word_of(m.start), reading.word_of(m.end)) for m in clusters[c]] for c in ids]
    fine = set(weights.labels["fine"])
    number = np.array(sentences.number)[reading.words]
    types = [model_type(clusters[c], fine) for c in ids]
    asked = _asked([clusters[c] for c in ids], sentences, tuple(weights.labels["relation"]))
    alone = cache(calibration.margin_alone)
    found: dict[tuple[int, str, int], Learned] = {}
    shown: dict[tuple[int, int, int], tuple[TokenMention, TokenMention]] = {}
    written = cache(lambda c: frozenset(written_name(doc, m) for m in clusters[c] if m.kind == "name"))
    may_be_country = cache(lambda c: _may_be_country(written(c)))
    elsewhere = cache(lambda a, b: any(lies_elsewhere(x, y) for x in written(a) for y in written(b)))
    for s in score_relations(weights, reading, spans, types, calibration.least_margin, REACH, number, asked):
        name, swap = oriented(s.label)
        if name not in RELATIONS:
            continue
        a, b = (ids[s.tail], ids[s.head]) if swap else (ids[s.head], ids[s.tail])
        if name == "country" and not may_be_country(b):
            name = "locatedIn"
        if (a, name, b) not in ruled and s.margin < alone(name):
            continue
        if not admits(name, clusters[a][0].type, clusters[b][0].type):
            continue
        if name in LYING and elsewhere(a, b):
            continue
        if (a, b, s.evidence) not in shown:
            shown[a, b, s.evidence] = nearest(sentences, clusters[a], clusters[b], s.evidence)
        subject, obj = shown[a, b, s.evidence]
        if abs(sentences.number[subject.start] - sentences.number[obj.start]) <= APART:
            held = Learned(subject, name, obj, s.margin, s.evidence)
            key = (subject.cluster, name, obj.cluster)
            if key not in found or found[key].margin < held.margin:
                found[key] = held
    return sorted(found.values(), key=lambda x: (x.subject, x.relation, x.object))


def _asked(clusters: Sequence[Sequence[TokenMention]], sentences: Sentences, labels: tuple[str, ...]) -> Asked:
    """Of each pair the classes that its types admit; nothing of a pair that no two neighbouring sentences show."""
    present = np.zeros((len(clusters), max(sentences.number, default=0) + 1 + 2 * APART), np.float32)
    near = np.zeros_like(present)
    for i, mentions in enumerate(clusters):
        for m in mentions:
            here = sentences.number[m.start] + APART
            present[i, here] = 1
            near[i, here - APART : here + APART + 1] = 1
    together = present @ near.T > 0
    kinds = sorted({ms[0].type for ms in clusters})
    place = np.array([kinds.index(ms[0].type) for ms in clusters])
    classes = [_admitted(a, b, labels) for a in kinds for b in kinds]
    empty = np.array([not len(c) for c in classes])
    choice = place[:, None] * len(kinds) + place[None]
    return Asked(np.where(together & ~empty[choice], choice, -1), classes)


@cache
def _admitted(head: str, tail: str, labels: tuple[str, ...]) -> Ints:
    """Numbers of the model's classes that may hold between a head and a tail of these types."""
    found = []
    for number, label in enumerate(labels):
        name, swap = oriented(label)
        if name in RELATIONS and admits(name, *((tail, head) if swap else (head, tail))):
            found.append(number)
    return np.array(found, np.int64)


def _may_be_country(names: Collection[str]) -> bool:
    """Whether nothing known speaks against it: a state, province or city that the gazetteer has is no country."""
    known = {place_subtype(name) for name in names} - {None}
    return not known or "Country" in known


def model_type(cluster: Sequence[TokenMention], fine: set[str]) -> str:
    """The type of a cluster as the relation head was trained to see it: that of its first name with a subtype."""
    names = [m for m in cluster if m.kind == "name"] or list(cluster)
    for m in names:
        if m.subtype in fine:
            return str(m.subtype)
    return names[0].type if names[0].type in fine else "Work"


LYING = frozenset({"country", "locatedIn"})
"""Relations of a place to the country around it."""

REACH = 100
"""Words between the nearest mentions of a pair beyond which it is not scored at all: more than `APART` sentences."""

APART = 2
"""Sentences between two mentions beyond which no quotation could show the relation."""

FARTHER = {"name": 0, "nominal": 4, "pronoun": 8}
"""A description or pronoun shows a relation less well than a name: as if it stood that many words farther off."""


def nearest(
    sentences: Sentences, a: Sequence[TokenMention], b: Sequence[TokenMention], evidence: int = -1
) -> tuple[TokenMention, TokenMention]:
    """The pair of mentions that best shows a relation: in the sentence that the model looks at, if both have one
    there; else in one sentence, names before pronouns, close together.
    """
    number = sentences.number
    here = [[m for m in ms if number[m.start] == evidence] for ms in (a, b)]
    if all(here):
        a, b = here
    return min(
        ((x, y) for x in a for y in b),
        key=lambda p: (
            number[p[0].start] != number[p[1].start],
            abs(p[0].start - p[1].start) + FARTHER[p[0].kind] + FARTHER[p[1].kind],
            p,
        ),
    )
