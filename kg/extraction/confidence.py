"""How sure a find is: the probability that it is right, measured, not an opinion.

``confidence.json`` is written by ``python -m training.calibrate``: for every rule the share of its finds that were
right in the marked news; and two logistic curves over what speaks for a find, fitted on documents that the model has
not seen. The first knows its rule, the model's margin, how far its ends stand apart and what they are; it tells which
finds are worth a second look. The other knows in addition what that look gave (`kg.language.rereading`).
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files

from kg.language.rereading import ANSWERS

WORTH_SAYING = 0.4
"""Claims less likely than this are not made. On news unseen in training (`benchmarks.news`) F1 is flat from 0.35 to
0.45."""

FEATURES = (
    "bias",
    "rule",
    "rule's share",
    "model",
    "margin",
    "both",
    "apart",
    "distance",
    "pronouns",
    "nominals",
    "looked at",
)
WORTH_A_LOOK = 0.15
"""Finds less likely than this are not read again."""
AGAIN = (*FEATURES, "reread", "reread, by a rule")
REREAD = (-6.0, 6.0)
"""Log odds of a second look are cut off here."""
MARGINS = (-4.0, 5.0)
"""The model's margins are cut off here: beyond, more or less says nothing more."""
ALONE = (
    (1.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0),
    (1.0, 0.0, 0.0, 1.0, 0.0, 0.0, 2.0, math.log1p(60), 2.0, 2.0, 1.0),
)
"""The least and greatest value of each of `FEATURES` where no rule speaks; the margin itself is left out."""


def within(value: float, bounds: tuple[float, float]) -> float:
    """The value, cut off at the bounds."""
    low, high = bounds
    return min(max(value, low), high)


@dataclass(frozen=True, slots=True)
class Grounds:
    """What speaks for a find. ``share`` is how often its rule is right (None without a rule), ``margin`` the model's
    over its threshold (None if the model says nothing); ``apart`` counts the sentences and ``distance`` the words
    between its ends, ``pronouns`` and ``nominals`` the ends that are such; ``looked_at``: both ends stand in the
    sentence that the model looks at; ``reread`` the log odds of a second look (None without one).
    """

    share: float | None = None
    margin: float | None = None
    apart: int = 0
    distance: int = 0
    pronouns: int = 0
    nominals: int = 0
    looked_at: bool = False
    reread: float | None = None

    def features(self) -> list[float]:
        """One number for each of `FEATURES`."""
        ruled, modelled = self.share is not None, self.margin is not None
        share = 0.5 if self.share is None else within(self.share, (0.02, 0.98))
        return [
            1.0, float(ruled), math.log(share / (1 - share)), float(modelled),
            within(self.margin or 0.0, MARGINS), float(ruled and modelled), float(min(self.apart, 2)),
            math.log1p(min(self.distance, 60)), float(self.pronouns), float(self.nominals), float(self.looked_at),
        ]  # fmt: skip

    def features_again(self) -> list[float]:
        """One number for each of `AGAIN`."""
        seen = within(self.reread or 0.0, REREAD)
        return [*self.features(), seen, seen * (self.share is not None)]


MARKED = (0.0, 2.0, 1.0, 1.0)
DEFAULT = (-0.6, 0.6, 0.9, 0.0, 0.7, 0.3, -0.4, -0.1, -0.2, -0.2, 0.1)


@dataclass(frozen=True, slots=True)
class Calibration:
    """Turns grounds into probabilities; ``least`` is the probability from which a claim is made.

    ``weights`` are those of `FEATURES`; ``relations`` are added to the odds: how much more, or less, than others a
    find of a relation is to be believed; ``again`` and ``relations_again`` are the same for finds that were read again,
    empty where none are; ``rules`` are the measured shares; ``marks`` weigh what rules and second look say of denials,
    possibilities and claims (`kg.extraction.factuality.mark_features`).
    """

    weights: tuple[float, ...] = DEFAULT
    rules: Mapping[str, float] = field(default_factory=dict)
    relations: Mapping[str, float] = field(default_factory=dict)
    marks: Mapping[str, tuple[float, ...]] = field(default_factory=lambda: dict.fromkeys(ANSWERS[1:], MARKED))
    least: float = WORTH_SAYING
    again: tuple[float, ...] = ()
    relations_again: Mapping[str, float] = field(default_factory=dict)

    def worth(self, relation: str, grounds: Grounds, least: float = 0.0) -> bool:
        """Whether a find is read again, as the first curve has it, and then is at least so likely."""
        first = self.probability(relation, replace(grounds, reread=None))
        return first >= WORTH_A_LOOK and (not least or self.probability(relation, grounds) >= least)

    def probability(self, relation: str, grounds: Grounds) -> float:
        """Probability that a find is right."""
        if grounds.reread is not None and self.again:
            weights, features, relations = self.again, grounds.features_again(), self.relations_again
        else:
            weights, features, relations = self.weights, grounds.features(), self.relations
        odds = sum(w * x for w, x in zip(weights, features, strict=True)) + relations.get(relation, 0.0)
        return 1 / (1 + math.exp(-odds))

    @property
    def least_margin(self) -> float:
        """The margin from which the model's word can be worth a claim, or help a rule's; never below `MARGINS`."""
        odds = math.log(self.least / 2 / (1 - self.least / 2)) if self.least > 0 else -math.inf
        best = Grounds(margin=0.0, looked_at=True).features()
        at_zero = sum(w * x for w, x in zip(self.weights, best, strict=True)) + max([0.0, *self.relations.values()])
        slope = max(self.weights[FEATURES.index("margin")], 0.1)
        return max((odds - at_zero) / slope, MARGINS[0])

    def margin_alone(self, relation: str) -> float:
        """The margin below which the model's word alone cannot make a claim, whatever else speaks for it."""
        if self.least <= 0:
            return -math.inf
        best = self.relations.get(relation, 0.0) - math.log(self.least / (1 - self.least))
        for name, weight, low, high in zip(FEATURES, self.weights, *ALONE, strict=True):
            best += max(weight * low, weight * high) if name != "margin" else 0.0
        slope = self.weights[FEATURES.index("margin")]
        margin = -best / slope if slope > 0 else -math.inf
        return margin if margin > MARGINS[0] else -math.inf  # below, less says nothing more

    def of_rule(self, rule: str, prior: float) -> float:
        """Share of a rule's finds that are right; ``prior`` is what the rule's own row says, for one not measured."""
        return self.rules.get(rule, prior)


@cache
def packaged() -> Calibration:
    """The calibration of the packaged model and rules."""
    data = json.loads(files("kg.extraction").joinpath("confidence.json").read_text(encoding="utf-8"))
    weights = tuple(data["weights"][name] for name in FEATURES)
    marks = {mark: tuple(values) for mark, values in data["marks"].items()}
    again = tuple(data["again"][name] for name in AGAIN)
    return Calibration(
        weights, data["rules"], data["relations"], marks, again=again, relations_again=data["relations again"]
    )
