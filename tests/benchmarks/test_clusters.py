import pytest

from benchmarks.clusters import Cluster, compare, conll


def of(*clusters: str) -> list[Cluster]:
    return [frozenset(c) for c in clusters]


def f1(system: list[Cluster], gold: list[Cluster]) -> dict[str, float]:
    return {name: round(counts.f1, 4) for name, counts in compare(system, gold).items()}


def test_perfect() -> None:
    assert set(f1(of("abc", "d"), of("abc", "d")).values()) == {1.0}
    assert conll(compare(of("ab"), of("ab"))) == pytest.approx(1)


def test_nothing_predicted() -> None:
    assert set(f1([], of("abc", "de")).values()) == {0.0}


def test_nothing_but_invented_mentions() -> None:
    assert set(f1(of("xy"), of("ab")).values()) == {0.0}


def test_the_example_of_vilain_and_others() -> None:
    """Gold {a b c d}, response {a b} {c d}: all links right, one of three missing."""
    found = compare(of("ab", "cd"), of("abcd"))
    assert (found["MUC"].precision, found["MUC"].recall) == (1, pytest.approx(2 / 3))


def test_the_example_of_bagga_and_baldwin() -> None:
    """Two chains of five joined by mistake: B-cubed precision tells a small mistake from a big one."""
    gold = of("12345", "67", "89ABC")
    small, big = of("12345", "6789ABC"), of("1234589ABC", "67")
    assert compare(small, gold)["B3"].precision == pytest.approx(16 / 21 - 16 / 21 + (5 + (4 + 25) / 7) / 12)
    assert compare(big, gold)["B3"].precision == pytest.approx((50 / 10 + 2) / 12)
    assert compare(small, gold)["MUC"].precision == compare(big, gold)["MUC"].precision == pytest.approx(9 / 10)


def test_ceaf_aligns_each_cluster_once() -> None:
    """{a b} and {c d} both overlap {a b c d}; only one of them may be its partner: phi-4 is 2 * 2 / (2 + 4)."""
    found = compare(of("ab", "cd"), of("abcd"))["CEAFe"]
    assert (found.precision, found.recall) == (pytest.approx(1 / 3), pytest.approx(2 / 3))


def test_ceaf_takes_the_best_sum_and_not_the_best_pair() -> None:
    system, gold = of("abc", "de"), of("abd", "c")
    found = compare(system, gold)["CEAFe"]
    assert found.right == pytest.approx(max(4 / 6 + 0, 2 / 4 + 2 / 5))


def test_half_right() -> None:
    assert f1(of("ab", "x"), of("ab", "c")) == {"mentions": 0.6667, "MUC": 1.0, "B3": 0.6667, "CEAFe": 0.5}
