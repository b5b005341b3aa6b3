"""Claims that say the same thing become one statement with all of them."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from kg.ontology.vocabulary import RELATIONS, primary
from kg.records import Claim, DocumentClaims, Statement, Value
from kg.resolution.support import confidence, witnesses
from kg.resolution.times import together

_Key = tuple[str, str, str | None, str | None, str | None, str, str, str | None, bool]


def build_statements(
    documents: Sequence[DocumentClaims],
    entity_of: Mapping[tuple[str, str], str],
    copy_of: Mapping[str, str] = MappingProxyType({}),
) -> tuple[Statement, ...]:
    """Statements sorted by id.

    Claims are together where subject, relation, object or value, polarity, modality and attribution are the same.
    An inverse relation is turned into its primary one, the ends of a symmetric one are sorted by id; what relates a
    thing to itself is dropped. ``copy_of`` gives for a document the one whose copy it is: documents and confidence are
    those of independent ones (`kg.resolution.support`).
    """
    held_claims: dict[_Key, list[tuple[str, Claim]]] = defaultdict(list)
    for held in documents:
        for claim in held.claims:
            key = _key(held.document.id, claim, entity_of)
            if key is not None:
                held_claims[key].append((held.document.id, claim))
    found = [_statement(key, claims, copy_of) for key, claims in held_claims.items()]
    return tuple(sorted(found, key=lambda statement: statement.id))


def _key(document: str, claim: Claim, entity_of: Mapping[tuple[str, str], str]) -> _Key | None:
    subject = entity_of[document, claim.subject]
    relation, swap = primary(claim.relation)
    by = entity_of[document, claim.attribution] if claim.contested and claim.attribution is not None else None
    if claim.object is None:
        value = claim.value
        literal = (None, None) if value is None else (value.lexical, value.datatype)
        return (subject, claim.relation, None, *literal, claim.polarity, claim.modality, by, claim.contested)
    object_ = entity_of[document, claim.object]
    if subject == object_:
        return None
    known = RELATIONS.get(relation)
    if swap or (known is not None and known.symmetric and object_ < subject):
        subject, object_ = object_, subject
    return (subject, relation, object_, None, None, claim.polarity, claim.modality, by, claim.contested)


def _statement(key: _Key, claims: list[tuple[str, Claim]], copy_of: Mapping[str, str]) -> Statement:
    subject, relation, object_, lexical, datatype, _, _, by, contested = key
    claims = _once(sorted(claims, key=_place))
    first = claims[0][1]
    value = None if lexical is None or datatype is None else Value(lexical, datatype, first.value.text)  # type: ignore[union-attr]
    heard = witnesses(claims, copy_of)
    return Statement(
        id=hashlib.sha256(repr(key).encode("utf-8", "backslashreplace")).hexdigest()[:16],
        subject=subject,
        relation=relation,
        object=object_,
        value=value,
        polarity=first.polarity,
        modality=first.modality,
        attribution=by,
        time=together([claim.time for _, claim in claims]),
        confidence=confidence(heard),
        documents=len(heard),
        claims=tuple(claims),
        contested=contested,
    )


def _once(claims: list[tuple[str, Claim]]) -> list[tuple[str, Claim]]:
    """One claim a sentence, the surest: "A met B" also says that B met A."""
    best: dict[tuple[str, int, int], tuple[str, Claim]] = {}
    for document, claim in claims:
        sentence = document, claim.evidence.start, claim.evidence.end
        if sentence not in best or claim.confidence > best[sentence][1].confidence:
            best[sentence] = document, claim
    return list(best.values())


def _place(pair: tuple[str, Claim]) -> tuple[str, int, int, int, str]:
    document, claim = pair
    return document, claim.evidence.start, claim.subject_mention.start, claim.evidence.end, repr(claim)
