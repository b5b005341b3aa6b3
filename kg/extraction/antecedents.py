"""The antecedents that the model chooses for descriptions and pronouns."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from kg.extraction.mentions import TokenMention
from kg.language.coreference import antecedents
from kg.language.reading import Reading
from kg.language.weights import Weights


def proposed_antecedents(
    doc: Doc, mentions: Sequence[TokenMention], weights: Weights | None
) -> dict[TokenMention, TokenMention]:
    """Mention -> earlier mention; empty for a pipeline without the coreference head."""
    reading: Reading | None = doc._.kg_reading if weights is not None and Doc.has_extension("kg_reading") else None
    if weights is None or reading is None or not reading.windows:
        return {}
    ordered = sorted((m for m in mentions if m.type != "Date"), key=lambda m: (m.start, -m.end))
    spans = [(reading.word_of(m.start), reading.word_of(m.end)) for m in ordered]
    chosen = antecedents(weights, reading, spans, [m.kind for m in ordered])
    return {m: ordered[best[0]] for m, best in zip(ordered, chosen, strict=True) if best is not None}
