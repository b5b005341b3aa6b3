"""How sure a find is: measured shares of right finds, not opinions.

``confidence.json`` is written by ``python -m training.calibrate``: for every rule the share of its finds that were
right in the marked news, for the model the logistic curve from its margin to the share of right ones.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

WORTH_SAYING = 0.4
"""Claims less likely than this are not made: below it, two in three are wrong."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """Turns scores into probabilities; ``least`` is the probability from which a claim is made.

    ``relations`` are added to the shift: how much more, or less, than others the model is to be believed on a relation.
    """

    slope: float = 0.72
    shift: float = -0.7
    rules: Mapping[str, float] = field(default_factory=dict)
    relations: Mapping[str, float] = field(default_factory=dict)
    least: float = WORTH_SAYING

    def of_margin(self, margin: float, relation: str = "") -> float:
        """Probability that a relation with this margin over the model's threshold is right."""
        odds = self.slope * margin + self.shift + self.relations.get(relation, 0.0)
        return 1 / (1 + math.exp(-odds))

    @property
    def least_margin(self) -> float:
        """The margin from which a relation of the model alone can be worth a claim, or help a rule's."""
        odds = self.least / 2
        most = max([0.0, *self.relations.values()])
        return (math.log(odds / (1 - odds)) - self.shift - most) / self.slope

    def of_rule(self, rule: str, prior: float) -> float:
        """Probability that a find of a rule is right; ``prior`` is what the rule's own row says.

        The measured share replaces the prior of the rule's table; what the rule takes off for a find that is far
        fetched (a lower ``prior`` than usual) stays off.
        """
        return self.rules.get(rule, prior)


@cache
def packaged() -> Calibration:
    """The calibration of the packaged model and rules."""
    data = json.loads(files("kg.extraction").joinpath("confidence.json").read_text(encoding="utf-8"))
    model = data["model"]
    return Calibration(model["slope"], model["shift"], data["rules"], model["relations"])
