import pytest

from benchmarks.carb import Point, Tuple, area, curve, match


def test_perfect() -> None:
    gold = {"s": [Tuple("lives in", ("Mara", "Arvona"))]}
    (point,) = curve(gold, gold)
    assert (point.precision, point.recall, point.f1) == (1, 1, 1)


def test_nothing_predicted() -> None:
    gold = {"s": [Tuple("lives in", ("Mara", "Arvona"))]}
    assert curve(gold, {}) == []


def test_a_tuple_with_another_relation_or_without_its_argument_matches_nothing() -> None:
    gold = Tuple("lives in", ("Mara", "Arvona"))
    assert match(gold, Tuple("left", ("Mara", "Arvona"))) == (0, 0)
    assert match(gold, Tuple("lives in", ("Mara",))) == (0, 0)


def test_tokens_count_once_and_arguments_past_the_first_as_one() -> None:
    gold = Tuple("met", ("Mara Lind", "Tom in Arvona"))
    assert match(gold, Tuple("met", ("Mara Lind", "Tom", "in Arvona in"))) == (pytest.approx(6 / 7), 1)


def test_a_form_of_be_is_matched_by_be() -> None:
    assert match(Tuple("was", ("Mara", "mayor")), Tuple("be", ("Mara", "mayor"))) == (1, 1)


def test_after_a_verb_of_saying_the_ends_may_change_places() -> None:
    assert match(Tuple("said", ("Mara", "it rains")), Tuple("said", ("it rains", "Mara"))) == (1, 1)
    assert match(Tuple("saw", ("Mara", "Tom")), Tuple("saw", ("Tom", "Mara"))) == (1 / 3, 1 / 3)


def test_one_long_tuple_serves_two_marked_ones_for_recall_only() -> None:
    gold = {"s": [Tuple("saw", ("Mara", "Tom")), Tuple("saw", ("Mara", "Ana"))]}
    (point,) = curve(gold, {"s": [Tuple("saw", ("Mara", "Tom Ana"))]})
    assert (point.precision, point.recall) == (0.75, 1)


def test_confidence_makes_the_curve() -> None:
    gold = {"s": [Tuple("saw", ("Mara", "Tom"))], "t": [Tuple("left", ("Ana", "home"))]}
    predicted = {"s": [Tuple("saw", ("Mara", "Tom"), 0.9), Tuple("is", ("Tom", "Ana"), 0.5)]}
    assert curve(gold, predicted) == [Point(0.9, 1, 0.5), Point(0.5, 0.5, 0.5)]


def test_area() -> None:
    assert area([]) == 0
    assert area([Point(0.5, 0.5, 1.0)]) == 0.75
