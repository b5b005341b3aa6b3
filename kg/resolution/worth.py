"""Which things are worth a place in the graph: not the adjective of a country that says nothing of the country."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kg.extraction.written_names import is_people
from kg.gazetteer import country_named, country_of_people, fold
from kg.records import DocumentClaims
from kg.resolution.occurrences import Occurrence

# fmt: off
_ADJECTIVES = frozenset((
    "african", "american", "arab", "asian", "balkan", "european", "latin", "nordic", "scandinavian", "western",
    "eastern", "northern", "southern", "north american", "south american", "latin american", "middle eastern",
))
_DATES = frozenset((
    "january", "february", "march", "april", "june", "july", "august", "september", "october", "november", "december",
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "spring", "summer", "autumn",
    "winter", "new", "year", "years",
))
# fmt: on
_AMOUNT = re.compile(r"[^a-z]*(?:million|billion|percent|per cent|kg|km|st|nd|rd|th|s)?[^a-z]*", re.IGNORECASE)


def used(documents: Iterable[DocumentClaims]) -> frozenset[tuple[str, str]]:
    """Document id and document-level id of every entity that takes part in a claim or speaks one."""
    return frozenset(
        (held.document.id, end)
        for held in documents
        for claim in held.claims
        for end in (claim.subject, claim.object, claim.attribution)
        if end is not None
    )


def worthless(group: Sequence[Occurrence], in_claims: frozenset[tuple[str, str]]) -> bool:
    """Whether no claim needs the thing and nothing but an adjective ("Kenyan"), a date or an amount names it."""
    if any(held.key in in_claims for held in group):
        return False
    return all(
        mention.kind != "nominal" and held.entity.type != "Work" and _says_nothing(mention.text)
        for held in group
        for mention in held.entity.mentions
        if mention.kind != "pronoun"
    )


def _says_nothing(written: str) -> bool:
    folded = fold(written)
    if country_of_people(written):
        return country_named(written) is None and not is_people(written)
    dated = bool(folded) and all(word in _DATES or word.isdigit() for word in folded.split())
    return folded in _ADJECTIVES or dated or (not written[:1].isupper() and bool(_AMOUNT.fullmatch(written)))
