import math
import random

import pytest

from benchmarks.gold_relations import (
    Document,
    Predicted,
    best_threshold,
    calibration_rows,
    counts,
    lenient,
    logistic_fit,
    strict,
)
from benchmarks.measures import Counts

A, B, C = frozenset({(0, 2), (9, 10)}), frozenset({(4, 5)}), frozenset({(7, 8)})
FACTS = frozenset({(0, "P17", 1), (0, "P36", 2)})


def document(*predictions: Predicted) -> Document:
    return Document((A, B, C), FACTS, predictions)


def test_perfect() -> None:
    doc = document(Predicted(A, "P17", B, 1.0), Predicted(A, "P36", C, 1.0))
    for judge in (lenient, strict):
        assert counts(judge(doc), 2, 0).f1 == 1


def test_empty() -> None:
    assert counts(lenient(document()), 2, 0) == Counts(0, 0, 2)


def test_half_right() -> None:
    doc = document(Predicted(A, "P17", B, 1.0), Predicted(B, "P36", C, 1.0), Predicted(A, "P36", C, -1.0))
    assert counts(lenient(doc), 2, 0) == Counts(1, 2, 2)
    assert counts(lenient(doc), 2, -2) == Counts(2, 3, 2)


def test_part_of_a_cluster_is_enough_for_the_lenient_measure_alone() -> None:
    doc = document(Predicted(frozenset({(9, 10), (20, 21)}), "P17", B, 1.0))
    assert counts(lenient(doc), 2, 0).right == 1
    assert counts(strict(doc), 2, 0) == Counts(0, 1, 2)


def test_a_fact_found_twice_counts_once() -> None:
    halves = [Predicted(frozenset({span}), "P17", B, 1.0) for span in A]
    assert counts(lenient(document(*halves)), 2, 0) == Counts(1, 1, 2)


def test_threshold_with_the_best_f1() -> None:
    doc = document(
        Predicted(A, "P17", B, 2.0),
        Predicted(A, "P36", C, 1.0),
        Predicted(B, "P17", C, 0.5),
        Predicted(C, "P17", B, 0.4),
    )
    assert best_threshold([lenient(doc)], [2], [0.0, 0.45, 0.7, 1.5]) == 0.7


def test_logistic_fit_finds_what_made_the_data() -> None:
    rng = random.Random(7)
    margins = [rng.uniform(-4, 4) for _ in range(4000)]
    right = [rng.random() < 1 / (1 + math.exp(-(1.3 * m - 0.8))) for m in margins]
    slope, shift = logistic_fit(margins, right)
    assert slope == pytest.approx(1.3, abs=0.15)
    assert shift == pytest.approx(-0.8, abs=0.15)
    assert logistic_fit([], []) == (0, 0)


def test_calibration_rows_leave_out_empty_bands() -> None:
    doc = document(Predicted(A, "P17", B, 1.5), Predicted(B, "P17", C, 1.2))
    assert calibration_rows(lenient(doc), [0, 1, 2], 0, 0) == [[1, 2, 2, 0.5, 0.5]]
