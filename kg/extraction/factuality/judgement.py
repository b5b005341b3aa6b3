"""The result of a judgement, and the running status it is made from."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kg.extraction.mentions import TokenMention
from kg.language.relations import MARKS
from kg.records import Modality, Polarity

READ_AS = "read as "
"""What a reason begins with where no word shows it and the model alone says so."""

RANK: dict[Modality, int] = {"fact": 0, "planned": 1, "possible": 2}


@dataclass(frozen=True, slots=True)
class Judgement:
    """How a predicate stands in its document.

    ``speaker`` is the innermost source of the reported clause, where it is a known mention; ``voice`` the token
    that names that source, known or not ("officials"). ``contested`` is True where the source only claims,
    alleges, accuses or denies, False where it announces, says or confirms. ``reasons`` lists what decided, from
    the predicate outwards: ``("not", "ccomp deny")``.
    """

    polarity: Polarity = "asserted"
    modality: Modality = "fact"
    speaker: TokenMention | None = None
    contested: bool = False
    voice: int | None = None
    reasons: tuple[str, ...] = ()

    @property
    def stated(self) -> bool:
        """Whether a plain triple may stand for it: asserted, a fact, and not merely claimed."""
        return self.polarity == "asserted" and self.modality == "fact" and not self.contested


DOUBT = -1.0
"""Log odds from which a mark is given: about one in four."""
OVERRULED = 0.5
"""The same where the rules judged the stating word itself and saw no mark."""


def joined(
    judgement: Judgement, triggered: bool, marks: Sequence[float], weights: Mapping[str, Sequence[float]]
) -> Judgement:
    """The rules' judgement and the model's as one. ``marks`` are the model's probabilities that the fact is denied,
    only possible, only claimed (empty where it says nothing); ``triggered`` tells whether the rules judged the very
    word that states the fact; ``weights`` are those of `mark_features` for each mark, measured on marked news. What the
    rules see at the stating word is believed whatever the model says, and a mark that is more than `DOUBT` is given: a
    denial taken for a fact does more harm than a fact taken for a denial. Where the rules saw nothing there, it must
    be more than `OVERRULED`.
    """
    seen = (judgement.polarity == "negated", judgement.modality != "fact", judgement.contested)
    odds = (
        sum(w * x for w, x in zip(weights[mark], mark_features(judgement, triggered, marks, mark), strict=True))
        for mark in MARKS
    )
    negated, possible, claimed = (
        (triggered and before) or score > (OVERRULED if triggered else DOUBT)
        for before, score in zip(seen, odds, strict=True)
    )
    modality = judgement.modality if judgement.modality != "fact" else "possible"
    alone = [f"{READ_AS}{mark}" for mark, now, before in zip(MARKS, (negated, possible, claimed), seen, strict=True)
             if now and not before]  # fmt: skip
    return replace(
        judgement, polarity="negated" if negated else "asserted", modality=modality if possible else "fact",
        contested=claimed, reasons=(*judgement.reasons, *alone),
    )  # fmt: skip


def mark_features(judgement: Judgement, triggered: bool, marks: Sequence[float], mark: str) -> list[float]:
    """Bias; whether the rules see the mark at the stating word, or at another; the model's log odds of it."""
    seen = {
        "negated": judgement.polarity == "negated", "possible": judgement.modality != "fact",
        "claimed": judgement.contested,
    }[mark]  # fmt: skip
    p = min(max(marks[MARKS.index(mark)], 0.01), 0.99) if marks else 0.0
    return [
        1.0,
        float(seen and triggered),
        float(seen and not triggered),
        math.log(p / (1 - p)) if marks else 0.0,
        float(bool(marks)),
    ]


@dataclass(frozen=True, slots=True)
class Status:
    """What holds of everything below a node of the parse."""

    negated: bool = False
    modality: Modality = "fact"
    voice: int | None = None
    contested: bool = False
    reasons: tuple[str, ...] = ()

    @property
    def plain(self) -> bool:
        """Neither negated nor less than a fact."""
        return not self.negated and self.modality == "fact"

    def at_least(self, modality: Modality, reason: str) -> Status:
        """As uncertain as ``modality`` or more; what is possible stays possible under a plan."""
        weaker = modality if RANK[modality] > RANK[self.modality] else self.modality
        return replace(self, modality=weaker, reasons=(reason, *self.reasons))

    def turned(self, reason: str) -> Status:
        """The opposite polarity."""
        return replace(self, negated=not self.negated, reasons=(reason, *self.reasons))

    def because(self, reason: str) -> Status:
        """The same for one more reason."""
        return replace(self, reasons=(reason, *self.reasons))


FACT = Status()
