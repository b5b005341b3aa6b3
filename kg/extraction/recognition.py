"""Mentions that a pipeline found, in the types of the vocabulary, whichever label set the pipeline speaks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from spacy.tokens import Doc, Span, Token

from kg.extraction.coreference import pronoun_mentions
from kg.extraction.mentions import TokenMention
from kg.extraction.missed_names import with_missed
from kg.extraction.name_spans import before_bracket, repaired, with_quotation
from kg.extraction.name_types import settled
from kg.gazetteer import fold
from kg.ontology.vocabulary import TYPES
from kg.records import Kind

NOUNS = frozenset({"NOUN", "PROPN"})
_ADDRESSES = frozenset({"Dr", "Mr", "Mrs", "Ms", "Miss", "Madam"})
FOREIGN = {
    "PERSON": "Person", "PER": "Person", "ORG": "Organization", "GPE": "Place", "LOC": "Place", "FAC": "Facility",
    "NORP": "Group", "EVENT": "Event", "WORK_OF_ART": "Work", "LAW": "Work", "PRODUCT": "Product",
    "LANGUAGE": "Language", "DATE": "Date", "MISC": "Work",
}  # fmt: skip
"""OntoNotes and CoNLL labels -> types. Amounts, ordinals and times of day are no entities."""


def recognised(doc: Doc) -> list[TokenMention]:
    """Names, descriptions and third-person pronouns of a parsed document, sorted, without clusters."""
    names = settled(doc, with_missed(doc, repaired(doc, _typed(doc, doc.ents, "name"))))
    taken = {(m.start, m.end) for m in names}
    described = _whole_names(doc, _typed(doc, doc.spans.get("nominals", ()), "nominal"), names)
    found = {(m.start, m.end): m for m in _named_elsewhere(doc, described, names) if _noun(doc, m)}
    found = {key: m for key, m in found.items() if key not in taken} | {(m.start, m.end): m for m in names}
    for mention in pronoun_mentions(doc):
        found.setdefault((mention.start, mention.end), mention)
    return sorted(found.values())


def _typed(doc: Doc, spans: Iterable[Span], kind: Kind) -> list[TokenMention]:
    reading = doc._.kg_reading if Doc.has_extension("kg_reading") else None
    found = []
    for span in spans:
        type_ = span.label_ if span.label_ in TYPES else FOREIGN.get(span.label_)
        if type_ is None:
            continue
        subtype = None
        if reading is not None:
            key = (reading.word_of(span.start), reading.word_of(span.end))
            subtype = reading.subtypes.get(key, (None, None, 0))[1]
        start, end = (span.start, span.end) if kind == "name" else _trimmed(span)
        if start < end:
            found.append(TokenMention(start, end, type_, subtype, kind))
    return found


def _whole_names(doc: Doc, described: Iterable[TokenMention], names: Iterable[TokenMention]) -> Iterator[TokenMention]:
    """Descriptions, none of which ends inside a name: "chief justice of the Supreme" has the "Court" as well. Nor does
    one end in the title of a name: "the school of Dr." has "Ada Poe" as well.
    """
    ends = {i: name.end for name in names for i in range(name.start + 1, name.end)}
    begins = {name.start: name.end for name in names}
    for m in described:
        behind = begins.get(m.end)
        if behind is not None and any(t.pos_ == "ADP" and m.end <= t.head.i < behind for t in doc[m.start : m.end - 1]):
            yield replace(m, end=behind)
        else:
            yield replace(m, end=ends.get(m.end, m.end))


def _named_elsewhere(
    doc: Doc, described: Iterable[TokenMention], names: Iterable[TokenMention]
) -> Iterator[TokenMention]:
    """Descriptions; one in the very words of a name of its type that stands elsewhere is that name."""
    known = {(name.type, fold(name.span(doc).text)) for name in names}
    for m in described:
        start = m.start + (doc[m.start].lower_ in ("the", "a", "an") and m.end - m.start > 1)
        span = doc[start : m.end]
        capital = any(t.text[:1].isupper() for t in span)
        yield replace(m, start=start, kind="name") if capital and (m.type, fold(span.text)) in known else m


def _noun(doc: Doc, mention: TokenMention) -> bool:
    """Whether a description has a noun for its head, and is no mere form of address."""
    addressed = mention.type == "Position" and mention.span(doc).text.rstrip(".") in _ADDRESSES
    return mention.type != "Date" and not addressed and mention.span(doc).root.pos_ in NOUNS


def _trimmed(span: Span) -> tuple[int, int]:
    """Without a possessive 's, white space and loose punctuation at the edges, or words at the end that belong to what
    follows (an "and", the "the" of another noun, "issued" in "a release issued by X"); with all of a hyphened word, and
    of a quotation.
    """
    start, end = span.start, span.end
    doc, head = span.doc, span.root.i
    while end < len(doc) and not doc[end - 1].whitespace_ and (doc[end - 1].text == "-" or doc[end].text == "-"):
        end += 1
    while end > start and (
        doc[end - 1].is_space
        or doc[end - 1].lower_ in ("'s", "’s", "'", "’", "and", "or")
        or doc[end - 1].text in ",;:-–—"
        or (end - 1 > head and _opens(doc[end - 1]))
    ):
        end -= 1
    while start < end and (doc[start].is_space or doc[start].text in ",;:-–—\"“”'"):
        start += 1
    return with_quotation(doc, start, before_bracket(doc, start, end))


def _opens(word: Token) -> bool:
    """Whether a word after the noun opens a phrase or clause of which nothing follows."""
    if word.pos_ in ("ADP", "DET", "SCONJ", "AUX") or word.tag_ == "WDT":
        return True
    return word.pos_ == "VERB" and word.dep_ == "acl" and word.head.i < word.i
