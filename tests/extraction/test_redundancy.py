"""What is left out because another claim says it; subject and object are ``e1`` and ``e2`` throughout."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from kg.extraction.redundancy import closest, distinct, founded
from kg.records import Claim, Evidence, Span, TimeSpan

SINCE = TimeSpan("2019")


def said(relation: str, at: int = 0, **how: Any) -> Claim:
    text = "Ana Bly wrote Dusk."
    evidence = Evidence(at, at + len(text), text, ())
    ends = how.pop("subject", "e1"), relation, how.pop("object", "e2")
    return Claim(*ends, None, evidence, Span(at, at + 7), extractor="model", **how)


@pytest.mark.parametrize(
    ("closer", "broader", "kept"),
    [
        # who belongs to a party, is the author, fought in a war, is based in a city
        (said("memberOfParty"), said("memberOf"), False),
        (said("author"), said("creator"), False),
        (said("foughtIn"), said("participatedIn"), False),
        (said("headquarteredIn"), said("locatedIn"), False),
        # said in another sentence too
        (said("author"), said("creator", at=40), False),
        # of two ends that are not the same
        (said("author"), said("creator", object="e3"), True),
        # no entailment between the two
        (said("author"), said("publisher"), True),
        # the closer one is less than what the broader one says
        (said("author", polarity="denied"), said("creator"), True),
        (said("author", modality="planned"), said("creator"), True),
        (said("author", attribution="e9", contested=True), said("creator"), True),
        (said("memberOfParty"), said("memberOf", time=SINCE), True),
        (said("memberOfParty", ended=True), said("memberOf"), True),
        # ... or as much, or more
        (said("author", modality="planned"), said("creator", modality="planned"), False),
        (said("author"), said("creator", modality="possible"), False),
        (said("author"), said("creator", attribution="e9", contested=True), False),
        (said("memberOfParty", time=SINCE), said("memberOf", time=SINCE), False),
        # who commands or governs is not said to lead as well, who chairs may be
        (said("commands"), said("leads"), False),
        (said("headOfState"), said("leads", subject="e2", object="e1"), False),
        (said("headOfState"), said("leads"), True),
        (said("chairperson"), said("leads", subject="e2", object="e1"), True),
        (said("commands", modality="planned"), said("leads"), True),
        # to be no author is not to be no creator, and the other way round
        (said("author", polarity="denied"), said("creator", polarity="denied"), True),
        (said("author"), said("creator", polarity="denied"), True),
    ],
)  # fmt: skip
def test_what_a_closer_claim_entails_is_not_said_again(closer: Claim, broader: Claim, kept: bool) -> None:
    assert closest([closer, broader]) == [closer, *[broader] * kept]
    assert closest([broader, closer]) == [*[broader] * kept, closer]


def test_the_surest_of_equal_claims_of_one_sentence_stays() -> None:
    weak, sure, other = said("author", confidence=0.5), said("author", confidence=0.8), said("author", at=40)
    assert distinct([other, weak, sure]) == [sure, other]


TURNED = {"subject": "e2", "object": "e1"}


@pytest.mark.parametrize(
    ("deal", "held", "kept"),
    [
        (said("acquired", modality="planned"), said("ownedBy", **TURNED), False),
        (said("acquired", polarity="negated"), said("partOf", **TURNED), False),
        (said("acquired"), said("ownedBy", **TURNED), True),
        # the other way round, another relation, or what a rule reads
        (said("acquired", modality="planned"), said("ownedBy"), True),
        (said("acquired", modality="planned"), said("competitorOf", **TURNED), True),
        (said("acquired", modality="planned"), replace(said("ownedBy", **TURNED), extractor="syntax:own"), True),
    ],
)  # fmt: skip
def test_a_planned_takeover_makes_no_owner(deal: Claim, held: Claim, kept: bool) -> None:
    assert founded([deal, held]) == [deal, *[held] * kept]
    assert founded([deal, said("acquired", at=40), held])[-1] == held
