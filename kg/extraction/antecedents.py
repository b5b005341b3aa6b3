"""The antecedents that the model chooses for descriptions and pronouns, and for names of what was described."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from kg.extraction.mentions import TokenMention
from kg.gazetteer import fold
from kg.language.coreference import antecedents
from kg.language.reading import Reading
from kg.language.weights import Weights

ALIKE: dict[str, frozenset[str]] = {
    "Group": frozenset({"Organization", "Person"}),
    "Organization": frozenset({"Group", "Place", "Facility"}),
    "Place": frozenset({"Organization", "Facility"}),
    "Facility": frozenset({"Place", "Organization", "Product"}),
    "Event": frozenset({"Work", "Award"}),
    "Work": frozenset({"Event", "Product"}),
    "Product": frozenset({"Work", "Facility"}),
    "Award": frozenset({"Event"}),
    "Person": frozenset({"Group"}),
}
"""Types that a description may have of a thing that bears the other: recognisers waver between these."""


SURE = 2.0
"""Log odds from which a name may be that of something described before: then nine of ten are."""
SURE_OF_PART = 3.0
"""Log odds from which a part of a name may stand for all of it: then six of seven do."""


def proposed_antecedents(
    doc: Doc, mentions: Sequence[TokenMention], weights: Weights | None
) -> dict[TokenMention, TokenMention]:
    """Mention -> earlier mention; empty for a pipeline without the coreference head.

    Which names mean the same the names tell; only for what has been described and then gets its name ("a militia ...
    the Red Hand"), and for a part of a name ("Harwick ... Harwick Holdings"), the model is asked.
    """
    reading: Reading | None = doc._.kg_reading if weights is not None and Doc.has_extension("kg_reading") else None
    if weights is None or reading is None or not reading.windows:
        return {}
    ordered = sorted((m for m in mentions if m.type != "Date"), key=lambda m: (m.start, -m.end))
    spans = [(reading.word_of(m.start), reading.word_of(m.end)) for m in ordered]
    chosen = antecedents(weights, reading, spans, [m.kind for m in ordered])
    found = {}
    for m, best in zip(ordered, chosen, strict=True):
        if best is None or not may_corefer(m, earlier := ordered[best[0]]):
            continue
        if m.kind != "name" or _sure(doc, m, earlier, best[1]):
            found[m] = earlier
    return found


def _sure(doc: Doc, name: TokenMention, earlier: TokenMention, odds: float) -> bool:
    """Whether the model knows enough for a name to go with what came before it."""
    if earlier.kind == "name":
        return odds >= SURE_OF_PART and _part(doc, name, earlier)
    return earlier.kind == "nominal" and earlier.type == name.type and earlier.end <= name.start and odds >= SURE


def _part(doc: Doc, one: TokenMention, other: TokenMention) -> bool:
    """Whether the words of one name are among those of the other, in one piece."""
    short, long = sorted((f" {fold(m.span(doc).text)} " for m in (one, other)), key=len)
    return short in long and bool(short.strip())


def may_corefer(mention: TokenMention, earlier: TokenMention) -> bool:
    """Whether the types allow it: a post is never its holder, a person never a place; a pronoun's type is a guess."""
    if mention.kind == "pronoun" or earlier.kind == "pronoun":
        return earlier.type != "Position"
    return mention.type == earlier.type or earlier.type in ALIKE.get(mention.type, ())
