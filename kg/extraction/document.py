"""Everything that one document says: the way from a parsed `Doc` to `DocumentClaims`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

from spacy.language import Language
from spacy.tokens import Doc

from kg.extraction.antecedents import proposed_antecedents
from kg.extraction.assembly import Assembler, proposals
from kg.extraction.confidence import WORTH_A_LOOK, Calibration, packaged
from kg.extraction.coreference import cluster_names
from kg.extraction.document_entities import document_entities, entity_ids
from kg.extraction.learned import find_learned
from kg.extraction.mentions import Candidate, MentionTable, TokenMention
from kg.extraction.recognition import recognised
from kg.extraction.redundancy import closest, distinct
from kg.extraction.second_look import SecondLook
from kg.extraction.sentences import Sentences
from kg.extraction.syntax import find_relations
from kg.extraction.time import find_times
from kg.language.components import Encoder
from kg.language.weights import Weights
from kg.records import Claim, Document, DocumentClaims, DocumentEntity

UNNAMED = 0.5  # how sure a claim must be to bring in an entity that only a description stands for


def weights_of(nlp: Language) -> Weights | None:
    """The packaged model's weights, or None for another pipeline, which has no learned relations."""
    if "kg_encoder" not in nlp.pipe_names:
        return None
    encoder = cast(Encoder, nlp.get_pipe("kg_encoder"))
    return encoder.weights


def extract(
    doc: Doc, document: Document, weights: Weights | None = None, calibration: Calibration | None = None
) -> DocumentClaims:
    """Entities and claims of one parsed document; ``doc.text`` must be ``document.text``."""
    mentions, syntax = stated(doc, weights)
    table = MentionTable(doc, [m for m in mentions if m.cluster >= 0])
    calibration = calibration or packaged()
    sentences = Sentences(doc)
    ruled = {(c.subject.cluster, c.relation, c.object.cluster) for c in syntax if c.object is not None}
    rereading = weights.rereading if weights is not None else None
    sought = calibration if rereading is None else replace(calibration, least=min(WORTH_A_LOOK, calibration.least))
    learned = [] if weights is None else find_learned(doc, sentences, mentions, weights, sought, ruled)
    times = find_times(doc, document.published)
    assembler = Assembler(doc, sentences, table, times, entity_ids(mentions), calibration)
    found = proposals(sentences, syntax, learned, sought)
    if rereading is not None:
        look = SecondLook(doc, assembler.tree, sentences, mentions)
        found = look.again(found, rereading, calibration)
    made = (assembler.claim(p) for p in found)
    claims = closest(distinct(c for c in made if c is not None))
    entities = document_entities(doc, document, mentions)
    return _tidied(document, entities, claims)


def stated(doc: Doc, weights: Weights | None = None) -> tuple[list[TokenMention], list[Candidate]]:
    """The clustered mentions, with the posts and event nouns that only the rules see, and what the rules find."""
    bare = recognised(doc)
    mentions = cluster_names(doc, bare, proposed_antecedents(doc, bare, weights))
    table = MentionTable(doc, [m for m in mentions if m.kind != "pronoun" or m.cluster >= 0])
    candidates = find_relations(doc, table)
    known = {(m.start, m.end) for m in mentions}
    fresh = {
        replace(end, cluster=-1)
        for c in candidates
        for end in (c.subject, c.object)
        if end is not None and (end.start, end.end) not in known
    }
    if fresh:
        bare = [*bare, *sorted(fresh)]
        mentions = cluster_names(doc, bare, proposed_antecedents(doc, bare, weights))
    at = {(m.start, m.end): m for m in mentions}
    pointed = []
    for c in candidates:
        subject = at.get((c.subject.start, c.subject.end))
        obj = at.get((c.object.start, c.object.end)) if c.object else None
        if subject is None or (c.object is not None and obj is None):
            continue
        pointed.append(replace(c, subject=subject, object=obj))
    return mentions, pointed


def _tidied(document: Document, entities: Sequence[DocumentEntity], claims: Sequence[Claim]) -> DocumentClaims:
    """Leave out entities that only a description stands for, unless a sure claim of the vocabulary needs them."""
    named = {e.id for e in entities if any(m.kind == "name" for m in e.mentions)}
    called = {e.id: any(m.kind != "pronoun" for m in e.mentions) for e in entities}
    worth = {
        end
        for c in claims
        if c.confidence >= UNNAMED and not c.relation.startswith("open:")
        for end in (c.subject, c.object)
        if end is not None and called[end]
    }
    ids = named | worth
    kept = [e for e in entities if e.id in ids]
    claims = [
        replace(c, attribution=c.attribution if c.attribution in ids else None)
        for c in claims
        if c.subject in ids and (c.object is None or c.object in ids)
    ]
    new = {e.id: f"e{i + 1}" for i, e in enumerate(kept)}

    def renamed(e: DocumentEntity) -> DocumentEntity:
        return replace(e, id=new[e.id], mentions=tuple(replace(m, entity=new[e.id]) for m in e.mentions))

    return DocumentClaims(
        document,
        tuple(renamed(e) for e in kept),
        tuple(
            replace(
                c, subject=new[c.subject], object=new[c.object] if c.object else None,
                attribution=new[c.attribution] if c.attribution else None,
            )
            for c in claims
        ),
    )  # fmt: skip
