"""The curve from grounds to probabilities, on data whose curve is known."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from kg.extraction.assembly import Proposal
from kg.extraction.confidence import AGAIN, FEATURES, Calibration, Grounds
from kg.extraction.factuality import Judgement
from kg.extraction.mentions import TokenMention
from kg.language.rereading import ANSWERS, Answer
from tests.parses import parse
from training.annotated import MarkedFact
from training.calibrate import Find, curve, finds, fit, fit_marks, newton, reliability, shares
from training.judging import Judged


def find(relation: str, grounds: Grounds, right: bool, document: str = "d", rule: str | None = None) -> Find:
    return Find(document, rule, grounds.share or 0.0, relation, grounds, right, "dev", "")


def drawn(true: Calibration, n: int) -> list[Find]:
    """Finds whose rightness is drawn with the probability that ``true`` gives them; read again where that has a second
    curve.
    """
    random = np.random.default_rng(7)
    out = []
    for k in range(n):
        grounds = Grounds(
            margin=float(random.uniform(-4, 4)), apart=int(random.integers(0, 3)), pronouns=int(random.integers(0, 3))
        )
        if true.again:
            grounds = replace(grounds, reread=float(random.normal(0, 3)))
        out.append(find("leads", grounds, bool(random.random() < true.probability("leads", grounds)), f"d{k % 97}"))
    return out


def test_fit_finds_the_curve_that_made_the_data() -> None:
    true = Calibration()
    found = fit(drawn(true, 12_000), {})
    for margin in (-3.0, 0.0, 3.0):
        for apart in (0, 2):
            grounds = Grounds(margin=margin, apart=apart, pronouns=1)
            assert found.probability("leads", grounds) == pytest.approx(true.probability("leads", grounds), abs=0.04)


SEEN = {"bias": -1.0, "model": -0.2, "margin": 0.2, "reread": 0.8}
READ_AGAIN = Calibration(again=tuple(SEEN.get(name, 0.0) for name in AGAIN))


def test_fit_finds_the_curve_of_the_second_look() -> None:
    found = fit(drawn(READ_AGAIN, 12_000), {})
    for margin in (-1.0, 0.0, 3.0):
        for reread in (-3.0, 0.0, 3.0):
            grounds = Grounds(margin=margin, pronouns=1, reread=reread)
            wanted = READ_AGAIN.probability("leads", grounds)
            assert found.probability("leads", grounds) == pytest.approx(wanted, abs=0.04)


def test_without_a_second_look_there_is_one_curve() -> None:
    found = fit(drawn(Calibration(), 200), {})
    assert (found.again, found.relations_again) == ((), {})


def test_the_second_curve_is_fitted_on_what_is_worth_a_look_alone() -> None:
    found = drawn(READ_AGAIN, 400)
    # what is hopeless is wrong, and the second look is mistaken in it
    found += [find("won", Grounds(margin=-4.0, reread=5.0), False)] * 400
    made = fit(found, {})
    worth = [f for f in found if made.worth(f.relation, f.grounds)]
    assert 300 < len(worth) < 500
    alone, offsets = curve([(f.relation, f.grounds.features_again(), f.right) for f in worth])
    assert (made.again, made.relations_again) == (alone, offsets)
    assert set(offsets) == {"leads"}
    assert set(made.relations) == {"leads", "won"}
    everything, _ = curve([(f.relation, f.grounds.features_again(), f.right) for f in found])
    assert made.again != everything
    blind = [replace(f, grounds=replace(f.grounds, reread=None)) for f in found]
    assert fit(blind, {}).weights == made.weights  # the first curve does not know of the second look


def test_what_is_fitted_is_the_measured_share_of_a_rule_not_its_prior() -> None:
    grounds = Grounds(share=0.5, reread=1.0)
    found = [find("leads", grounds, True, rule="post:title"), find("leads", grounds, False, rule="post:as")] * 20
    measured = fit(found, {"post:title": 0.9, "post:as": 0.1})
    alike = fit(found, {"post:title": 0.5, "post:as": 0.5})
    share = FEATURES.index("rule's share")
    assert measured.weights[share] > 0.3
    assert measured.again[share] > 0.3
    assert alike.weights[share] == alike.again[share] == 0
    assert measured.rules == {"post:title": 0.9, "post:as": 0.1}


def test_newton_ends_where_nothing_can_be_better() -> None:
    random = np.random.default_rng(3)
    x = random.normal(0, 1, (300, 4))
    y = (random.random(300) < 1 / (1 + np.exp(-x @ [1.0, -2.0, 0.5, 0.0]))).astype(float)
    ridge = np.array([0.1, 0.1, 3.0, 0.0])
    w = newton(x, y, ridge)
    slope = x.T @ (y - 1 / (1 + np.exp(-x @ w))) - ridge * w
    np.testing.assert_allclose(slope, 0, atol=1e-6)
    assert w[0] > 0.5 > -1 > w[1]


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
    rare = [find("leads", grounds, True, rule="post:copula"), find("leads", grounds, False, rule="post:copula")]
    found = shares(often + rare)
    assert found["post:title"] == pytest.approx(42 / 44, abs=0.001)
    assert found["post:copula"] == pytest.approx(3 / 6)


def test_reliability_of_the_true_curve_is_near_the_diagonal() -> None:
    rows = reliability(drawn(Calibration(), 6000))
    assert sum(n for _, n, _, _ in rows[:-1]) == rows[-1][1] == 6000
    assert all(abs(said - right) < 0.08 for _, n, said, right in rows if n > 200)


def test_reliability_tells_what_is_said_in_the_end() -> None:
    sure = [find("leads", Grounds(margin=3.0, reread=5.0), True, f"d{k}") for k in range(60)]
    doubted = [find("leads", Grounds(margin=3.0, reread=-5.0), False, f"d{k}") for k in range(60)]
    hopeless = [find("leads", Grounds(margin=-4.0, reread=5.0), False, f"d{k}") for k in range(200)]
    rows = {name: (n, right) for name, n, _, right in reliability(sure + doubted + hopeless)}
    assert rows["all"] == (320, 60 / 320)
    assert rows["0.9-1.0"] == (60, 1.0)
    assert rows["0.0-0.1"] == (260, 0.0)  # the second look at the hopeless is not believed: nobody would take it


class Look:
    """A second look that takes everything for right."""

    def again(self, found: list[Proposal], rereading: object, calibration: Calibration) -> list[Proposal]:
        assert rereading == "head"
        read = [replace(p, grounds=replace(p.grounds, reread=4.0)) for p in found]
        return [p for p in read if calibration.least <= 0]  # nothing may be lost that is measured


def proposed() -> Any:
    """A reading with finds of both kinds, one without object and one of an open relation."""
    doc, _ = parse("nsubj(Ana) leads/VBZ obj(Nordwind)")
    ana, nordwind = TokenMention(0, 1, "Person"), TokenMention(2, 3, "Organization")

    def p(relation: str, extractor: str, grounds: Grounds, obj: TokenMention | None = nordwind) -> Proposal:
        return Proposal(ana, relation, obj, None, (1,), 0.5, extractor, grounds)

    found = [
        p("leads", "syntax:post:title+model", Grounds(share=0.8, margin=1.0)),
        p("worksFor", "model", Grounds(margin=2.0)),
        p("holdsPosition", "syntax:post:copula", Grounds(share=0.7)),
        p("leads", "syntax:post:title", Grounds(share=0.8), None),
        p("open:lead", "syntax:open", Grounds(share=0.8)),
    ]

    def right(p: Proposal) -> bool | None:
        return None if p.object is None or p.relation.startswith("open:") else p.relation == "leads"

    return SimpleNamespace(found=found, look=Look(), doc=doc, marked=SimpleNamespace(name="port-02"), right=right)


def test_finds_of_a_document() -> None:
    found = list(finds(proposed()))
    assert [(f.relation, f.rule, f.prior, f.right) for f in found] == [
        ("leads", "post:title", 0.8, True), ("worksFor", None, 0.0, False), ("holdsPosition", "post:copula", 0.7, False)
    ]  # fmt: skip
    assert {(f.document, f.split) for f in found} == {("port-02", "test")}
    assert [f.grounds.reread for f in found] == [None] * 3
    assert found[0].text.startswith("Ana | leads | Nordwind :: ")
    again = list(finds(proposed(), "head"))  # type: ignore[arg-type]
    assert [f.grounds.reread for f in again] == [4.0] * 3
    assert [replace(f, grounds=replace(f.grounds, reread=None)) for f in again] == found


def judgement(flags: set[str], by: str | None, odds: tuple[float, ...] | None, ruled: Judgement) -> Judged:
    fact = MarkedFact("e1", "leads", "e2", 0, frozenset(flags), by)
    return Judged(fact, ruled, ruled, None if odds is None else Answer((0.0, *odds), None), True, None, "")


def test_marks_are_weighed_by_how_often_they_are_right() -> None:
    no = Judgement()
    seen = [
        *[judgement({"negated"}, "e3", (4.0, -4.0, -4.0, 4.0), Judgement("negated"))] * 20,
        *[judgement({"planned"}, None, (-4.0, 4.0, 4.0, -4.0), no)] * 20,  # it takes all plans for claims
        *[judgement({"claimed"}, "e3", (-4.0, -4.0, -4.0, 4.0), Judgement(contested=True))] * 20,
        *[judgement(set(), None, (-4.0, -4.0, -4.0, -4.0), no)] * 20,
    ]
    weights = fit_marks(seen)
    assert list(weights) == list(ANSWERS[1:])
    assert {len(w) for w in weights.values()} == {4}
    for mark in ("negated", "possible", "attributed"):
        assert weights[mark][3] > 0.3
    assert weights["claimed"][1] > 2 > 0 > weights["claimed"][3]
    unseen = [judgement({"possible"}, None, None, Judgement("negated"))] * 50
    assert fit_marks(seen + unseen) == weights  # where nothing was read again, nothing is learned
