"""Every marked fact as rules and model judge it: what `benchmarks.marks` measures and `training.calibrate` fits."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from spacy.language import Language

from kg.extraction.assembly import Assembler, Proposal, proposals
from kg.extraction.confidence import Calibration, Grounds
from kg.extraction.document import stated
from kg.extraction.document_entities import entity_ids
from kg.extraction.factuality import Judgement
from kg.extraction.learned import find_learned, nearest
from kg.extraction.mentions import MentionTable, TokenMention
from kg.extraction.sentences import Sentences
from kg.extraction.time import find_times
from kg.language.weights import Weights
from kg.ontology.vocabulary import primary
from training.annotated import MarkedDocument, MarkedFact


@dataclass(frozen=True)
class Judged:
    """A marked fact, what the rules alone and what rules and model together say of it, the model's probabilities of
    the marks, whether a rule's trigger was judged, the marked entity of the speaker found, and the sentence.
    """

    fact: MarkedFact
    ruled: Judgement
    joined: Judgement
    marks: tuple[float, ...]
    triggered: bool
    speaker: str | None
    sentence: str


def judged(marked: MarkedDocument, nlp: Language, model: Weights, calibration: Calibration) -> Iterator[Judged]:
    """The facts whose two ends the program finds in the sentence that states them."""
    doc = nlp(marked.text)
    mentions, syntax = stated(doc, model)
    sentences = Sentences(doc)
    at = {(m.start, m.end): m.entity for m in marked.mentions}
    votes: dict[int, Counter[str]] = defaultdict(Counter)
    by_entity: dict[str, list[TokenMention]] = defaultdict(list)
    for m in mentions:
        span = m.span(doc)
        entity = at.get((span.start_char, span.end_char)) or at.get((span.start_char + 4, span.end_char))
        if entity:
            by_entity[entity].append(m)
            votes[m.cluster][entity] += 1
    of_cluster = {c: v.most_common(1)[0][0] for c, v in votes.items() if c >= 0}
    everything = Calibration(least=0.0)
    learned = find_learned(doc, mentions, model, everything)
    of_pair = {(of_cluster.get(x.subject.cluster), of_cluster.get(x.object.cluster)): x.marks for x in learned}
    rules = {}
    for p in proposals(doc, syntax, [], everything):
        if p.object is not None:
            key = (of_cluster.get(p.subject.cluster), p.relation, of_cluster.get(p.object.cluster))
            rules[*key, sentences.number[p.subject.start]] = p.trigger
    published = date.fromisoformat(marked.date) if marked.date and len(marked.date) == 10 else None
    table = MentionTable(doc, [m for m in mentions if m.cluster >= 0])
    assembler = Assembler(doc, table, find_times(doc, published), entity_ids(mentions), calibration)
    for fact in marked.facts:
        start, end = marked.sentences[fact.sentence]
        ends = [[m for m in by_entity[e] if start <= doc[m.start].idx < end] for e in (fact.subject, fact.object)]
        if not all(ends):
            continue
        subject, obj = nearest(sentences, *ends)
        relation, turned = primary(fact.relation)
        s, o = (fact.object, fact.subject) if turned else (fact.subject, fact.object)
        trigger = rules.get((s, relation, o, sentences.number[subject.start]), ())
        marks = of_pair.get((fact.subject, fact.object)) or of_pair.get((fact.object, fact.subject)) or ()
        proposal = Proposal(subject, relation, obj, None, trigger, 1.0, "", Grounds(), marks)
        _, ruled = assembler.ruled(proposal)
        _, joined = assembler.judged(proposal)
        speaker = of_cluster.get(joined.speaker.cluster) if joined.speaker is not None else None
        yield Judged(fact, ruled, joined, marks, bool(trigger), speaker, marked.text[start:end])
