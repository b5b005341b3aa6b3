"""Everything that one document says: the way from a parsed `Doc` to `DocumentClaims`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

from spacy.language import Language
from spacy.tokens import Doc

from kg.extraction.confidence import WORTH_A_LOOK, Calibration, packaged
from kg.extraction.document_entities import document_entities
from kg.extraction.findings import Findings
from kg.extraction.redundancy import closest, distinct, founded
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
    calibration = calibration or packaged()
    rereading = weights.rereading if weights is not None else None
    sought = calibration if rereading is None else replace(calibration, least=min(WORTH_A_LOOK, calibration.least))
    found = Findings(doc, document.published, weights, calibration, sought)
    proposed = found.proposals
    if rereading is not None:
        proposed = found.second_look().again(proposed, rereading, calibration)
    made = (found.assembler.claim(p) for p in proposed)
    claims = founded(closest(distinct(c for c in made if c is not None)))
    entities = document_entities(doc, document, found.mentions)
    return _tidied(document, entities, claims)


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
