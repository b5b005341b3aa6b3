"""The result of a judgement, and the running status it is made from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kg.extraction.confidence import REREAD, within
from kg.extraction.mentions import TokenMention
from kg.language.rereading import ANSWERS, MARKS, Answer
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
"""Log odds from which a mark is given, about one in four: about the best F1 of every mark on marked news unseen in
training, and a denial taken for a fact does more harm than a fact taken for a denial."""


def joined(
    judgement: Judgement, triggered: bool, answer: Answer | None, weights: Mapping[str, Sequence[float]],
    voice: TokenMention | None = None,
) -> Judgement:  # fmt: skip
    """The rules' judgement and that of the second look as one. ``answer`` is what this gave, None where nothing was
    read again, ``voice`` whom it takes for the speaker; ``triggered`` tells whether the rules judged the very word that
    states the fact; ``weights`` are those of `mark_features` for each mark, measured on marked news.
    """
    seen = (judgement.polarity == "negated", judgement.modality != "fact", judgement.contested)
    if answer is None:
        if triggered:
            return judgement
        return replace(judgement, polarity="asserted", modality="fact", contested=False)
    negated, possible, claimed = (_odds(judgement, triggered, answer, mark, weights) > DOUBT for mark in MARKS)
    speaker = judgement.speaker
    if "attributed" in weights:
        said = _odds(judgement, triggered, answer, "attributed", weights) > DOUBT
        speaker = (speaker or voice) if said else None
    modality = judgement.modality if judgement.modality != "fact" else "possible"
    alone = [f"{READ_AS}{mark}" for mark, now, before in zip(MARKS, (negated, possible, claimed), seen, strict=True)
             if now and not before]  # fmt: skip
    return replace(
        judgement, polarity="negated" if negated else "asserted", modality=modality if possible else "fact",
        contested=claimed, speaker=speaker, reasons=(*judgement.reasons, *alone),
    )  # fmt: skip


def _odds(
    judgement: Judgement, triggered: bool, answer: Answer, mark: str, weights: Mapping[str, Sequence[float]]
) -> float:
    return sum(w * x for w, x in zip(weights[mark], mark_features(judgement, triggered, answer, mark), strict=True))


def mark_features(judgement: Judgement, triggered: bool, answer: Answer, mark: str) -> list[float]:
    """Bias; whether the rules see the mark at the stating word, or at another; the second look's log odds of it."""
    seen = {
        "negated": judgement.polarity == "negated", "possible": judgement.modality != "fact",
        "claimed": judgement.contested, "attributed": judgement.speaker is not None,
    }[mark]  # fmt: skip
    odds = answer.odds[ANSWERS.index(mark)]
    return [1.0, float(seen and triggered), float(seen and not triggered), within(odds, REREAD)]


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
