"""The curve from margins to probabilities, on data whose curve is known."""

from __future__ import annotations

import numpy as np
import pytest

from training.annotated import MarkedDocument, MarkedFact
from training.calibrate import Find, by_relation, gold, logistic


@pytest.mark.parametrize(("slope", "shift"), [(1.0, 0.0), (2.0, -1.0), (0.5, 1.5)])
def test_logistic_finds_the_curve_that_made_the_data(slope: float, shift: float) -> None:
    random = np.random.default_rng(7)
    x = random.uniform(-3, 3, 20_000)
    y = (random.random(len(x)) < 1 / (1 + np.exp(-(slope * x + shift)))).astype(float)
    assert logistic(x, y) == pytest.approx((slope, shift), abs=0.12)


def test_logistic_stays_finite_where_the_classes_part() -> None:
    slope, shift = logistic(np.array([-2.0, -1.0, 1.0, 2.0]), np.array([0.0, 0.0, 1.0, 1.0]))
    assert slope > 1
    assert abs(shift) < 1e-6
    assert np.isfinite(slope)


def finds(relation: str, rights: list[bool]) -> list[Find]:
    return [Find("model", relation, 0.0, right, "dev", False, "") for right in rights]


def test_by_relation_raises_what_is_often_right_and_holds_what_is_rare() -> None:
    found = by_relation(
        finds("leads", [True] * 40)
        + finds("bornIn", [False] * 40)
        + finds("metWith", [True, False] * 20)
        + finds("won", [True]),
        1.0,
        0.0,
    )
    assert list(found) == ["bornIn", "leads", "metWith", "won"]
    assert found["leads"] > 1
    assert found["bornIn"] == -found["leads"]
    assert found["metWith"] == 0
    assert 0 < found["won"] < 0.3


def test_gold_has_one_direction_of_each_fact() -> None:
    facts = [
        MarkedFact("e2", "metWith", "e1", 0, frozenset()),
        MarkedFact("e1", "metWith", "e2", 1, frozenset({"negated"})),
        MarkedFact("e1", "leads", "e3", 1, frozenset()),
    ]
    marked = MarkedDocument("brief-x", "", None, "", facts=facts)
    assert gold(marked) == {("e1", "metWith", "e2"), ("e1", "leads", "e3")}
