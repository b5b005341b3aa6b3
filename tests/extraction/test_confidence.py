"""Probabilities of finds: what speaks for a find makes it more probable, and nothing worth saying is thrown away."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from kg.extraction.confidence import FEATURES, MARGINS, Calibration, Grounds, packaged
from kg.language.relations import MARKS
from kg.ontology.vocabulary import RELATIONS

grounds = st.builds(
    Grounds,
    share=st.none() | st.floats(0, 1), margin=st.none() | st.floats(-20, 20), apart=st.integers(0, 9),
    distance=st.integers(0, 500), pronouns=st.integers(0, 2), nominals=st.integers(0, 2), looked_at=st.booleans(),
)  # fmt: skip


@given(grounds, st.sampled_from(sorted(RELATIONS)))
def test_it_is_a_probability(g: Grounds, relation: str) -> None:
    assert len(g.features()) == len(FEATURES)
    assert 0 < packaged().probability(relation, g) < 1


@given(grounds, st.floats(-4, 5), st.floats(-4, 5))
def test_a_larger_margin_is_never_less_sure(g: Grounds, a: float, b: float) -> None:
    low, high = sorted((a, b))
    sure = [packaged().probability("leads", replace(g, margin=m)) for m in (low, high)]
    assert sure[0] <= sure[1]


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
    assert set(known.marks) == set(MARKS)
    assert known.rules
    assert all(0 < share < 1 for share in known.rules.values())


@given(grounds, st.floats(-4, 5), st.sampled_from(sorted(RELATIONS)))
def test_below_the_margin_alone_nothing_else_helps_the_model(g: Grounds, margin: float, relation: str) -> None:
    known = packaged()
    if margin < known.margin_alone(relation):
        assert known.probability(relation, replace(g, share=None, margin=margin)) < known.least
    assert Calibration(least=0.0).margin_alone(relation) == float("-inf")
