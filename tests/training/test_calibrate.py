"""The curve from grounds to probabilities, on data whose curve is known."""

from __future__ import annotations

import numpy as np
import pytest

from kg.extraction.confidence import FEATURES, Calibration, Grounds
from training.annotated import MarkedDocument, MarkedFact
from training.calibrate import Find, fit, gold, reliability, shares


def find(relation: str, grounds: Grounds, right: bool | None, document: str = "d", rule: str | None = None) -> Find:
    return Find(document, rule, grounds.share or 0.0, relation, grounds, right, "dev", "")


def drawn(true: Calibration, n: int) -> list[Find]:
    """Finds whose rightness is drawn with the probability that ``true`` gives them."""
    random = np.random.default_rng(7)
    out = []
    for k in range(n):
        grounds = Grounds(
            margin=float(random.uniform(-4, 4)), apart=int(random.integers(0, 3)), pronouns=int(random.integers(0, 3))
        )
        out.append(find("leads", grounds, bool(random.random() < true.probability("leads", grounds)), f"d{k % 97}"))
    return out


def test_fit_finds_the_curve_that_made_the_data() -> None:
    true = Calibration()
    found = fit(drawn(true, 12_000), {})
    for margin in (-3.0, 0.0, 3.0):
        for apart in (0, 2):
            grounds = Grounds(margin=margin, apart=apart, pronouns=1)
            assert found.probability("leads", grounds) == pytest.approx(true.probability("leads", grounds), abs=0.04)


def test_fit_stays_finite_where_the_classes_part() -> None:
    found = fit([find("leads", Grounds(margin=m), m > 0) for m in (-2.0, -1.0, 1.0, 2.0)], {})
    assert found.weights[FEATURES.index("margin")] > 0.5
    assert all(np.isfinite(found.weights))


def test_a_relation_that_is_often_right_is_raised_and_a_rare_one_held() -> None:
    grounds = Grounds(margin=0.0)
    found = fit(
        [find("leads", grounds, True)] * 40
        + [find("bornIn", grounds, False)] * 40
        + [find("metWith", grounds, right) for right in [True, False] * 20]
        + [find("won", grounds, True)],
        {},
    ).relations
    assert found["leads"] > 1 > abs(found["metWith"]) > -1 > found["bornIn"]
    assert 0 < found["won"] < found["leads"] / 2


def test_a_rule_s_share_is_held_to_its_prior_where_finds_are_few() -> None:
    grounds = Grounds(share=0.5)
    often = [find("leads", grounds, True, rule="post:title")] * 40
    rare = [find("leads", grounds, True, rule="post:copula"), find("leads", grounds, None, rule="post:copula")]
    found = shares(often + rare)
    assert found["post:title"] == pytest.approx(42 / 44, abs=0.001)
    assert found["post:copula"] == pytest.approx(3 / 5)


def test_reliability_of_the_true_curve_is_near_the_diagonal() -> None:
    rows = reliability(drawn(Calibration(), 6000))
    assert sum(n for _, n, _, _ in rows[:-1]) == rows[-1][1] == 6000
    assert all(abs(said - right) < 0.08 for _, n, said, right in rows if n > 200)


def test_gold_has_one_direction_of_each_fact() -> None:
    facts = [
        MarkedFact("e2", "metWith", "e1", 0, frozenset()),
        MarkedFact("e1", "metWith", "e2", 1, frozenset({"negated"})),
        MarkedFact("e1", "leads", "e3", 1, frozenset()),
    ]
    marked = MarkedDocument("brief-x", "", None, "", facts=facts)
    assert gold(marked) == {("e1", "metWith", "e2"), ("e1", "leads", "e3")}
