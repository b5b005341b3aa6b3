"""Independent witnesses of a statement, and how sure they make it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.records import Claim, Evidence, Span
from kg.resolution.support import MOST_CONFIDENT, confidence, kind_of, witnesses


def claim(sure: float = 0.5, extractor: str = "model", sentence: str = "Short one.") -> Claim:
    evidence = Evidence(0, len(sentence), sentence)
    return Claim("e1", "leads", "e2", None, evidence, Span(0, 1), confidence=sure, extractor=extractor)


LONG = "Anna Poe will lead the Harwick Steel works, the board said on Monday."


@pytest.mark.parametrize(
    ("told", "copy_of", "expected"),
    [
        ([("a", claim()), ("b", claim())], {}, 2),
        ([("a", claim()), ("a", claim(sentence="Another."))], {}, 1),
        ([("a", claim()), ("b", claim()), ("c", claim())], {"b": "a"}, 2),
        # the same long sentence, whatever its layout; a short one is written twice by chance
        ([("a", claim(sentence=LONG)), ("b", claim(sentence=LONG.replace(" the ", "  the\n")))], {}, 1),
        ([("a", claim(sentence="Poe leads it.")), ("b", claim(sentence="Poe leads it."))], {}, 2),
        # two copies, one of which shares a sentence with a third
        ([("a", claim()), ("b", claim(sentence=LONG)), ("c", claim(sentence=LONG)), ("d", claim())], {"b": "a"}, 2),
    ],
)
def test_witnesses(told: list[tuple[str, Claim]], copy_of: dict[str, str], expected: int) -> None:
    found = witnesses(told, copy_of)
    assert len(found) == expected
    assert sum(map(len, found)) == len(told)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ([("model", 0.6)], 0.6),
        ([("model", 0.6), ("model", 0.4)], 0.68),  # 1 - 0.4 * 0.8
        ([("model", 0.4), ("syntax:leader", 0.6)], 0.76),  # two kinds: a full noisy-or
        ([("syntax:leader", 0.6), ("syntax:head", 0.4)], 0.68),
        ([("syntax:leader+model", 0.6), ("model", 0.4)], 0.68),
        ([("syntax:leader+model", 0.6), ("syntax:leader", 0.4)], 0.76),
        ([("model", 0.4)] * 4, 0.5896),  # weights 1, 1/2, 1/4, 1/8
        ([("model", 1.0), ("model", 1.0)], MOST_CONFIDENT),
    ],
)
def test_confidence_of_several_witnesses(told: list[tuple[str, float]], expected: float) -> None:
    groups = [[claim(sure, extractor)] for extractor, sure in told]
    assert confidence(groups) == confidence(groups[::-1]) == expected


def test_a_witness_is_as_sure_as_its_surest_claim() -> None:
    assert confidence([[claim(0.3), claim(0.7), claim(0.5)]]) == 0.7


@given(st.lists(st.tuples(st.floats(0, 1), st.sampled_from(["model", "syntax:a", "syntax:b+model"])), min_size=1))
def test_more_witnesses_never_make_less_sure_nor_surer_than_a_noisy_or(told: list[tuple[float, str]]) -> None:
    groups = [[claim(sure, extractor)] for sure, extractor in told]
    found, doubt = confidence(groups), 1.0
    for sure, _ in told:
        doubt *= 1 - sure
    assert min(max(sure for sure, _ in told), MOST_CONFIDENT) - 1e-4 <= found <= 1 - doubt + 1e-4
    assert all(confidence([*groups[:i], *groups[i + 1 :]]) <= found for i in range(len(groups)))


def test_kinds() -> None:
    assert [kind_of(e) for e in ("syntax:head-of-state:title+model", "model", "syntax:meet", "")] == [
        "model",
        "model",
        "syntax",
        "",
    ]
