import pytest

from benchmarks.measures import Counts
from benchmarks.names import spans


def test_counts_of_sets() -> None:
    assert Counts.of({1, 2}, {1, 2}).f1 == 1
    assert Counts.of(set(), set()).f1 == 0
    assert Counts.of({1, 2}, {2, 3, 4}).percent() == (50.0, 33.33, 40.0)


def test_sums_are_micro_averages() -> None:
    total = sum([Counts(1, 1, 1), Counts(0, 3, 1)], Counts())
    assert (total.precision, total.recall) == (0.25, 0.5)


def test_found_counts_for_recall_alone() -> None:
    total = Counts(2, 4, 4, found=1) + Counts(1, 1, 1)
    assert (total.precision, total.recall) == (pytest.approx(3 / 5), pytest.approx(2 / 5))


def test_spans_of_tags() -> None:
    tags = ["B-PER", "I-PER", "B-PER", "O", "I-LOC", "I-ORG"]
    assert list(spans(tags)) == [(0, 2, "PER"), (2, 3, "PER"), (4, 5, "LOC"), (5, 6, "ORG")]
