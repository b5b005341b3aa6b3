"""What need not be said because something else says it: the same again, and what a closer relation entails; and what
would follow only from a deal that is none yet.
"""

from __future__ import annotations

from collections.abc import Iterable

from kg.ontology.vocabulary import RELATIONS
from kg.records import Claim

Ends = tuple[str, str, str | None]
POSTS = {"commands": False, "deputyHead": True, "headOfGovernment": True, "headOfState": True}
"""Posts that have a relation of their own, so that ``leads``, which is for any other, is not said beside them; whether
the person is the object. Of marked facts of these relations two in a hundred have ``leads`` beside them; of those of
``chairperson`` and ``chiefExecutive`` half have, so these are none of them."""
FOLLOWING = frozenset({"ownedBy", "partOf", "subordinateTo"})
"""What a takeover brings about."""


def distinct(claims: Iterable[Claim]) -> list[Claim]:
    """Sorted by place; of claims that say the same in the same sentence, the surest with the best words."""
    best: dict[tuple[object, ...], Claim] = {}
    for c in claims:
        key = (
            c.subject, c.relation, c.object, c.value and c.value.lexical, c.polarity, c.modality, c.evidence.start,
        )  # fmt: skip
        held = best.get(key)
        if held is None or (c.confidence, bool(c.time), c.extractor) > (
            held.confidence,
            bool(held.time),
            held.extractor,
        ):
            best[key] = c
    return sorted(
        best.values(),
        key=lambda c: (
            c.evidence.start, c.subject_mention.start, c.relation, c.object or "", c.value.lexical if c.value else "",
            c.polarity, c.modality, c.extractor,
        ),
    )  # fmt: skip


def closest(claims: Iterable[Claim]) -> list[Claim]:
    """Without the claims that a closer one of the same ends entails: who is the author is the creator.

    The graph declares which relation entails which (``rdfs:subPropertyOf``), and a reader is not told one thing twice.
    A broader claim stays that says more than the closer one: a fact where that one is only planned or somebody's, or a
    date where that one has none. What is denied entails nothing broader. Who commands or governs is not said to lead.
    """
    claims = list(claims)
    entailed: dict[Ends, list[Claim]] = {}
    for c in claims:
        known = RELATIONS.get(c.relation)
        if known is None or c.polarity != "asserted":
            continue
        if known.narrower_of is not None:
            entailed.setdefault((c.subject, known.narrower_of, c.object), []).append(c)
        if c.relation in POSTS and c.object is not None:
            person, body = (c.object, c.subject) if POSTS[c.relation] else (c.subject, c.object)
            entailed.setdefault((person, "leads", body), []).append(c)
    return [
        c for c in claims if not any(_says(closer, c) for closer in entailed.get((c.subject, c.relation, c.object), ()))
    ]


def _says(closer: Claim, broader: Claim) -> bool:
    return (
        broader.polarity == "asserted"
        and closer.modality in ("fact", broader.modality)
        and closer.attribution in (None, broader.attribution)
        and closer.contested <= broader.contested
        and (bool(closer.time) or not broader.time)
        and closer.ended == broader.ended
    )


def founded(claims: Iterable[Claim]) -> list[Claim]:
    """Without ownership that the model alone reads where the same text has the takeover only as planned, possible or
    denied. Of such finds in marked documents that training has not seen none was right.
    """
    claims = list(claims)
    deals = [c for c in claims if c.relation == "acquired"]
    done = {(c.object, c.subject) for c in deals if c.polarity == "asserted" and c.modality == "fact"}
    pending = {(c.object, c.subject) for c in deals} - done
    return [
        c for c in claims
        if not (c.relation in FOLLOWING and c.extractor == "model" and (c.subject, c.object) in pending)
    ]  # fmt: skip
