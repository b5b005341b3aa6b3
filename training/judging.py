"""Every marked fact as rules and model judge it: what `benchmarks.marks` measures and `training.calibrate` fits."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from spacy.language import Language
from spacy.tokens import Doc

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

Votes = dict[int, Counter[str]]


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
    votes, entity_of = matched(doc, marked, mentions)
    by_entity: dict[str, list[TokenMention]] = defaultdict(list)
    for m, entity in entity_of.items():
        by_entity[entity].append(m)
    of_cluster = {c: v.most_common(1)[0][0] for c, v in votes.items()}
    everything = Calibration(least=0.0)
    learned = find_learned(doc, sentences, mentions, model, everything)
    of_pair = {(of_cluster.get(x.subject.cluster), of_cluster.get(x.object.cluster)): x.marks for x in learned}
    rules = {}
    for p in proposals(sentences, syntax, [], everything):
        if p.object is not None:
            key = (of_cluster.get(p.subject.cluster), p.relation, of_cluster.get(p.object.cluster))
            rules[*key, sentences.number[p.subject.start]] = p.trigger
    published = date.fromisoformat(marked.date) if marked.date and len(marked.date) == 10 else None
    table = MentionTable(doc, [m for m in mentions if m.cluster >= 0])
    assembler = Assembler(doc, sentences, table, find_times(doc, published), entity_ids(mentions), calibration)
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
