"""Mentions that a pipeline found, in the types of the vocabulary, whichever label set the pipeline speaks."""

from __future__ import annotations

from spacy.tokens import Doc, Span

from kg.extraction.coreference import pronoun_mentions
from kg.extraction.mentions import TokenMention
from kg.ontology.vocabulary import TYPES

NOUNS = frozenset({"NOUN", "PROPN"})
FOREIGN = {
    "PERSON": "Person", "PER": "Person", "ORG": "Organization", "GPE": "Place", "LOC": "Place", "FAC": "Facility",
    "NORP": "Group", "EVENT": "Event", "WORK_OF_ART": "Work", "LAW": "Work", "PRODUCT": "Product",
    "LANGUAGE": "Language", "DATE": "Date", "MISC": "Work",
}  # fmt: skip
"""OntoNotes and CoNLL labels -> types. Amounts, ordinals and times of day are no entities."""


def recognised(doc: Doc) -> list[TokenMention]:
    """Names, descriptions and third-person pronouns of a parsed document, sorted, without clusters."""
    reading = doc._.kg_reading if Doc.has_extension("kg_reading") else None
    found: dict[tuple[int, int], TokenMention] = {}
    for kind, spans in (("nominal", doc.spans.get("nominals", ())), ("name", doc.ents)):
        for span in spans:
            type_ = span.label_ if span.label_ in TYPES else FOREIGN.get(span.label_)
            if type_ is None:
                continue
            start, end = _trimmed(span)
            if start >= end:
                continue
            subtype = None
            if reading is not None:
                key = (reading.word_of(span.start), reading.word_of(span.end))
                subtype = reading.subtypes.get(key, (None, None, 0))[1]
            mention = TokenMention(start, end, type_, subtype, "name" if kind == "name" else "nominal")
            if kind == "nominal" and (type_ == "Date" or doc[start:end].root.pos_ not in NOUNS):
                continue
            found[start, end] = mention
    for mention in pronoun_mentions(doc):
        found.setdefault((mention.start, mention.end), mention)
    return sorted(found.values())


def _trimmed(span: Span) -> tuple[int, int]:
    """Without a possessive 's, white space or loose punctuation at the edges."""
    start, end = span.start, span.end
    doc = span.doc
    while end > start and (
        doc[end - 1].is_space or doc[end - 1].lower_ in ("'s", "’s", "'", "’") or doc[end - 1].text in ",;:"
    ):
        end -= 1
    while start < end and (doc[start].is_space or doc[start].text in ",;:-–—\"“”'"):
        start += 1
    return start, end
