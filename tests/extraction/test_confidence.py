"""Probabilities of finds: what speaks for a find makes it more probable, and nothing worth saying is thrown away."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extraction.confidence import (
    AGAIN,
    FEATURES,
    MARGINS,
    REREAD,
    WORTH_A_LOOK,
    WORTH_SAYING,
    Calibration,
    Grounds,
    packaged,
)  # fmt: skip
from kg.language.rereading import ANSWERS
from kg.ontology.vocabulary import RELATIONS

grounds = st.builds(
    Grounds,
    share=st.none() | st.floats(0, 1), margin=st.none() | st.floats(-20, 20), apart=st.integers(0, 9),
    distance=st.integers(0, 500), pronouns=st.integers(0, 2), nominals=st.integers(0, 2), looked_at=st.booleans(),
)  # fmt: skip

odds = st.floats(-9, 9)
READ_AGAIN = Calibration(
    again=tuple(
        {"bias": -1.0, "margin": 0.5, "reread": 0.7, "reread, by a rule": -0.2}.get(name, 0.0) for name in AGAIN
    ),
    relations_again={"leads": 0.5},
)


@given(grounds, st.none() | odds, st.sampled_from(sorted(RELATIONS)))
def test_it_is_a_probability(g: Grounds, reread: float | None, relation: str) -> None:
    assert len(g.features()) == len(FEATURES)
    for known in (packaged(), READ_AGAIN):
        assert 0 < known.probability(relation, replace(g, reread=reread)) < 1


@given(grounds, st.floats(-4, 5), st.floats(-4, 5))
def test_a_larger_margin_is_never_less_sure(g: Grounds, a: float, b: float) -> None:
    low, high = sorted((a, b))
    sure = [packaged().probability("leads", replace(g, margin=m)) for m in (low, high)]
    assert sure[0] <= sure[1]


@given(grounds, odds)
def test_what_a_second_look_adds(g: Grounds, reread: float) -> None:
    features = replace(g, reread=reread).features_again()
    assert len(features) == len(AGAIN)
    assert features[: len(FEATURES)] == g.features()
    seen, by_a_rule = features[len(FEATURES) :]
    assert seen == min(max(reread, REREAD[0]), REREAD[1])
    assert by_a_rule == (0 if g.share is None else seen)


@pytest.mark.parametrize("curve", ["made", "packaged"])
@given(g=grounds, a=odds, b=odds, relation=st.sampled_from(sorted(RELATIONS)))
def test_what_is_right_on_a_second_look_is_never_less_sure(
    curve: str, g: Grounds, a: float, b: float, relation: str
) -> None:
    known = packaged() if curve == "packaged" else READ_AGAIN
    assert len(known.again) == len(AGAIN)
    weight = known.again[AGAIN.index("reread")]
    assert weight > 0
    assert weight + known.again[AGAIN.index("reread, by a rule")] > 0
    sure = [known.probability(relation, replace(g, reread=reread)) for reread in sorted((a, b))]
    assert sure[0] <= sure[1]


def test_what_was_read_again_has_a_curve_of_its_own() -> None:
    first, second = Grounds(margin=2.0), Grounds(margin=2.0, reread=3.0)
    assert READ_AGAIN.probability("leads", first) == Calibration().probability("leads", first)
    assert READ_AGAIN.probability("leads", second) == pytest.approx(0.9309, abs=1e-4)  # -1 + 1 + 2.1 + 0.5
    assert READ_AGAIN.probability("won", second) == pytest.approx(0.8909, abs=1e-4)
    assert Calibration().probability("leads", second) == Calibration().probability("leads", first)  # no second curve


@pytest.mark.parametrize(
    ("margin", "reread", "least", "worth"),
    [
        (2.0, -6.0, 0.0, True),
        (2.0, None, 0.0, True),
        (-4.0, 6.0, 0.0, False),  # the second look is not asked
        (-4.0, None, 0.0, False),
        (2.0, 6.0, WORTH_SAYING, True),
        (2.0, -6.0, WORTH_SAYING, False),
        (-4.0, 6.0, WORTH_SAYING, False),
        (2.0, None, WORTH_SAYING, True),
        (-1.5, None, WORTH_SAYING, False),
        (-1.5, 6.0, WORTH_SAYING, True),
    ],
)
def test_what_is_worth_a_look_and_then_likely(margin: float, reread: float | None, least: float, worth: bool) -> None:
    assert READ_AGAIN.worth("won", Grounds(margin=margin, reread=reread), least) is worth


@given(grounds, odds, st.sampled_from(sorted(RELATIONS)))
def test_what_the_first_curve_holds_for_likely_enough_is_worth_a_look(g: Grounds, reread: float, relation: str) -> None:
    for known in (packaged(), READ_AGAIN):
        likely = known.probability(relation, g) >= WORTH_A_LOOK
        assert known.worth(relation, replace(g, reread=reread)) is likely


@given(st.floats(-4, 5), st.sampled_from(sorted(RELATIONS)))
def test_below_the_least_margin_the_model_alone_is_never_worth_saying(margin: float, relation: str) -> None:
    known = packaged()
    if margin < known.least_margin:
        assert known.probability(relation, Grounds(margin=margin, looked_at=True)) < known.least


def test_everything_is_scored_where_everything_is_wanted() -> None:
    assert Calibration(least=0.0).least_margin == MARGINS[0]


def test_a_rule_that_was_not_measured_keeps_its_own_share() -> None:
    known = Calibration(rules={"post:title": 0.9})
    assert known.of_rule("post:title", 0.5) == 0.9
    assert known.of_rule("unheard-of", 0.5) == 0.5


def test_the_packaged_numbers_are_complete() -> None:
    known = packaged()
    assert len(known.weights) == len(FEATURES)
    assert len(known.again) == len(AGAIN)
    assert set(known.relations_again) <= set(known.relations)
    assert known.relations_again
    assert set(known.marks) == set(ANSWERS[1:])
    assert {len(weights) for weights in known.marks.values()} == {4}
    assert all(weights[-1] > 0 for weights in known.marks.values())  # what the second look says counts
    assert known.rules
    assert all(0 < share < 1 for share in known.rules.values())


@given(
    grounds, st.floats(-4, 5), st.sampled_from(sorted(RELATIONS)), st.sampled_from([WORTH_SAYING, WORTH_A_LOOK])
)  # fmt: skip
def test_below_the_margin_alone_nothing_else_helps_the_model(
    g: Grounds, margin: float, relation: str, least: float
) -> None:
    known = replace(packaged(), least=least)
    if margin < known.margin_alone(relation):
        assert known.probability(relation, replace(g, share=None, margin=margin)) < least
    assert Calibration(least=0.0).margin_alone(relation) == float("-inf")
