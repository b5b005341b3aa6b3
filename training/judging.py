"""Every marked fact as rules and model judge it: what `benchmarks.marks` measures and `training.calibrate` fits."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from benchmarks.model import open_model, weights
from kg.extraction.assembly import Proposal
from kg.extraction.confidence import Calibration, Grounds
from kg.extraction.factuality import Judgement
from kg.extraction.findings import Findings
from kg.extraction.learned import nearest
from kg.extraction.mentions import TokenMention
from kg.language.rereading import Answer
from kg.language.weights import Weights
from kg.ontology.vocabulary import RELATIONS, primary
from training.annotated import Key, MarkedDocument, MarkedFact, key_of
from training.rulings import wider

Votes = dict[int, Counter[str]]


def gold(marked: MarkedDocument) -> set[Key]:
    """Facts by entity ids, primary relations, symmetric ones sorted.

    Denied and planned ones are among them: finding a relation is one thing, judging it another.
    """
    return {key_of(f.subject, f.relation, f.object) for f in marked.facts}


def matched(
    doc: Doc, marked: MarkedDocument, mentions: Sequence[TokenMention]
) -> tuple[Votes, dict[TokenMention, str]]:
    """Which marked entity each found mention is: by equal range, else by the one range with its beginning or its end;
    and the votes that this gives each cluster.
    """
    exact = {(gold.start, gold.end): gold.entity for gold in marked.mentions}
    begins: dict[int, set[str]] = defaultdict(set)
    ends: dict[int, set[str]] = defaultdict(set)
    for gold in marked.mentions:
        begins[gold.start].add(gold.entity)
        ends[gold.end].add(gold.entity)
    votes: Votes = defaultdict(Counter)
    entity_of = {}
    for m in mentions:
        span = m.span(doc)
        start, end = span.start_char, span.end_char
        entity = exact.get((start, end)) or exact.get((start + 4, end))
        loose = begins[start] | ends[end]
        if entity is None and len(loose) == 1 and marked.entities[min(loose)][0] == m.type:
            entity = min(loose)
        if entity is not None:
            entity_of[m] = entity
            if m.cluster >= 0:
                votes[m.cluster][entity] += 1
    return votes, entity_of


@cache
def pipeline(model: Path | None = None) -> tuple[Language, Weights]:
    """The packaged pipeline, or that of a folder, and its weights; once a process."""
    nlp = open_model(model)
    return nlp, weights(nlp)


class MarkedReading:
    """A marked document as the program reads it: its mentions, which marked entities they are, and all proposals.

    ``calibration`` is what claims are judged by. Without ``learned`` only the rules propose.
    """

    def __init__(
        self, marked: MarkedDocument, nlp: Language, model: Weights, calibration: Calibration, learned: bool = True
    ) -> None:
        self.marked, self.doc = marked, nlp(marked.text)
        everything = Calibration(least=0.0)
        read = Findings(self.doc, marked.published, model, calibration, everything, learned=learned)
        self.mentions, self.sentences = read.mentions, read.sentences
        self.found, self.assembler = read.proposals, read.assembler
        self.look = read.second_look()
        votes, self.entity_of = matched(self.doc, marked, self.mentions)
        self.of_cluster = {c: v.most_common(1)[0][0] for c, v in votes.items()}
        self._right = gold(marked)
        self._right |= {also for key in self._right for also in wider(key, marked.entities)}

    def right(self, p: Proposal) -> bool | None:
        """Whether a proposal is among the marked facts; what is said of no marked entity is wrong. None of what the
        marks do not tell: values, and relations outside the vocabulary.
        """
        if p.object is None or p.relation not in RELATIONS:
            return None
        a, b = self.of_cluster.get(p.subject.cluster), self.of_cluster.get(p.object.cluster)
        if a is None or b is None:
            return False
        return key_of(a, p.relation, b) in self._right

    def facts(self) -> Iterator[tuple[MarkedFact, Proposal]]:
        """The marked facts whose two ends the program finds in the sentence that states them, as proposals."""
        rules = {}
        for p in self.found:
            if p.object is not None and p.trigger:
                key = (self.of_cluster.get(p.subject.cluster), p.relation, self.of_cluster.get(p.object.cluster))
                rules[*key, self.sentences.number[p.subject.start]] = p.trigger
        by_entity: dict[str, list[TokenMention]] = defaultdict(list)
        for m, entity in self.entity_of.items():
            by_entity[entity].append(m)
        for fact in self.marked.facts:
            start, end = self.marked.sentences[fact.sentence]
            relation, turned = primary(fact.relation)
            s, o = (fact.object, fact.subject) if turned else (fact.subject, fact.object)
            ends = [[m for m in by_entity[e] if start <= self.doc[m.start].idx < end] for e in (s, o)]
            if not all(ends):
                continue
            subject, obj = nearest(self.sentences, *ends)
            trigger = rules.get((s, relation, o, self.sentences.number[subject.start]), ())
            yield fact, Proposal(subject, relation, obj, None, trigger, 1.0, "", Grounds())

    def entity(self, m: TokenMention) -> str | None:
        """The marked entity that a mention is, or else its cluster."""
        return self.entity_of.get(m) or self.of_cluster.get(m.cluster)


@dataclass(frozen=True)
class Judged:
    """A marked fact, what the rules alone and what rules and second look together say of it, the answer of this,
    whether a rule's trigger was judged, the marked entity of the speaker found, and the sentence.
    """

    fact: MarkedFact
    ruled: Judgement
    joined: Judgement
    answer: Answer | None
    triggered: bool
    speaker: str | None
    sentence: str


def judged(marked: MarkedDocument, nlp: Language, model: Weights, calibration: Calibration) -> Iterator[Judged]:
    """The facts whose two ends the program finds in the sentence that states them."""
    return judged_facts(MarkedReading(marked, nlp, model, calibration, learned=False), model, calibration)


def judged_facts(reading: MarkedReading, model: Weights, calibration: Calibration) -> Iterator[Judged]:
    """The same of a document that is read already."""
    facts, asked = [], []
    for fact, proposal in reading.facts():
        facts.append(fact)
        asked.append(proposal)
    if model.rereading is not None:
        asked = reading.look.again(asked, model.rereading, replace(calibration, least=0.0))
    for fact, p in zip(facts, asked, strict=True):
        start, end = reading.marked.sentences[fact.sentence]
        _, ruled = reading.assembler.ruled(p)
        _, joined = reading.assembler.judged(p)
        speaker = None if joined.speaker is None else reading.entity(joined.speaker)
        yield Judged(fact, ruled, joined, p.answer, bool(p.trigger), speaker, reading.marked.text[start:end])
