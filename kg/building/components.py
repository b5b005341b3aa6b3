"""``doc._.claims`` and ``doc._.entities``: what a parsed `Doc` says, worked out when somebody asks.

The component ``kg_claims`` only leaves on each `Doc` what extraction will need.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from kg.extraction.document import extract, weights_of
from kg.language.weights import Weights
from kg.records import Claim, Document, DocumentClaims, DocumentEntity


@Language.factory("kg_claims", assigns=["doc._.claims", "doc._.entities"])
def make_claims(nlp: Language, name: str) -> ClaimsComponent:
    """Factory for spaCy."""
    return ClaimsComponent(nlp)


class ClaimsComponent:
    """Knows the weights of its pipeline, none where that is not the packaged one."""

    def __init__(self, nlp: Language) -> None:
        self.weights: Weights | None = weights_of(nlp)
        for name in ("kg_weights", "kg_found"):
            if not Doc.has_extension(name):
                Doc.set_extension(name, default=None)
        if not Doc.has_extension("claims"):
            Doc.set_extension("claims", getter=_claims)
            Doc.set_extension("entities", getter=_entities)

    def __call__(self, doc: Doc) -> Doc:
        """The same document."""
        doc._.kg_weights = self.weights
        return doc


def _claims(doc: Doc) -> tuple[Claim, ...]:
    return _found(doc).claims


def _entities(doc: Doc) -> tuple[DocumentEntity, ...]:
    return _found(doc).entities


def _found(doc: Doc) -> DocumentClaims:
    found: DocumentClaims | None = doc._.kg_found
    if found is None:
        found = extract(doc, Document.of(doc.text, "text"), doc._.kg_weights)
        doc._.kg_found = found
    return found
