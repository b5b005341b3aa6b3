"""``doc._.claims``, ``doc._.entities`` and ``doc._.coreference``: what a parsed `Doc` says, worked out when asked.

The component ``kg_claims`` only leaves on each `Doc` what extraction will need.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import srsly
from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.extraction.document import extract, weights_of
from kg.extraction.phrase_clusters import spans
from kg.language.weights import Weights
from kg.records import Claim, Document, DocumentClaims, DocumentEntity


@Language.factory("kg_claims", assigns=["doc._.claims", "doc._.entities", "doc._.coreference"])
def make_claims(nlp: Language, name: str) -> ClaimsComponent:
    """Factory for spaCy."""
    return ClaimsComponent(nlp)


class ClaimsComponent:
    """Knows the weights of its pipeline, none where that is not the packaged one."""

    def __init__(self, nlp: Language) -> None:
        self.weights: Weights | None = weights_of(nlp)
        for name in ("kg_weights", "kg_found", "kg_clusters"):
            if not Doc.has_extension(name):
                Doc.set_extension(name, default=None)
        if not Doc.has_extension("claims"):
            Doc.set_extension("claims", getter=_claims)
            Doc.set_extension("entities", getter=_entities)
            Doc.set_extension("coreference", getter=_coreference)

    def __call__(self, doc: Doc) -> Doc:
        """The same document."""
        doc._.kg_weights = self.weights
        return doc


def _claims(doc: Doc) -> tuple[Claim, ...]:
    return _found(doc).claims


def _entities(doc: Doc) -> tuple[DocumentEntity, ...]:
    return _found(doc).entities


def _coreference(doc: Doc) -> tuple[tuple[Span, ...], ...]:
    clusters: tuple[tuple[tuple[int, int, str], ...], ...] | None = doc._.kg_clusters
    if clusters is None:
        clusters = tuple(tuple((s.start, s.end, s.label_) for s in c) for c in spans(doc, doc._.kg_weights))
        doc._.kg_clusters = clusters  # no spans, which would hold the document that holds them
    return tuple(tuple(Span(doc, start, end, label=kind) for start, end, kind in c) for c in clusters)


def _found(doc: Doc) -> DocumentClaims:
    found: DocumentClaims | None = doc._.kg_found
    if found is None:
        found = extract(doc, Document.of(doc.text, "text"), doc._.kg_weights)
        doc._.kg_found = found
    return found


def packed(thing: Any, chain: Callable[[Any], Any] | None = None) -> Any:
    """Claims found already are not packed with a `Doc`: whoever unpacks it finds them again when asked."""
    if isinstance(thing, DocumentClaims):
        return None
    return thing if chain is None else chain(thing)


srsly.msgpack_encoders.register("kg_building", func=packed)
