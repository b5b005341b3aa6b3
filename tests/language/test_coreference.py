"""The coreference head on weights made by hand: mentions of equal state go together."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from threadpoolctl import ThreadpoolController

from kg.language.coreference import BACK, antecedents
from kg.language.reading import KINDS, Reading, Window

ONE, OTHER, FAINT = (1.0, 0.0), (0.0, 1.0), (0.2, 0.0)


def weights() -> Any:
    """Log odds are 2 a·b - 1, and 0.5 more for a pronoun that goes back to a name."""
    near = np.zeros((81, 1), np.float32)
    near[np.arange(9) * 9 + KINDS["pronoun"] * 3 + KINDS["name"]] = 0.5
    heads = {
        "spans.anaphor.weight": np.eye(4),
        "spans.anaphor.bias": np.zeros(4),
        "spans.antecedent.weight": np.eye(4),
        "spans.antecedent.bias": np.zeros(4),
        "spans.own.weight": np.zeros((1, 4)),
        "spans.own.bias": -np.ones(1),
        "spans.pair": np.eye(4),
        "spans.near.weight": near,
    }
    heads = {name: matrix.astype(np.float32) for name, matrix in heads.items()}
    return SimpleNamespace(heads=heads, blas=ThreadpoolController())


def reading(*windows: list[tuple[float, float]]) -> Reading:
    """Windows whose words have these states."""
    made, start = [], 0
    for states in windows:
        n = len(states)
        made.append(
            Window(start, start + n, np.arange(n), np.arange(n), np.array(states, np.float32), np.zeros((12, n, n)))
        )
        start += n
    return Reading(tuple(made), np.arange(start), {})


def ask(read: Reading, mentions: list[tuple[int, int]], kinds: list[str]) -> list[tuple[int, float] | None]:
    return antecedents(weights(), read, mentions, kinds)


def test_each_goes_back_to_the_likeliest_before_it() -> None:
    read = reading([ONE, OTHER, ONE], [OTHER, FAINT])
    found = ask(read, [(i, i + 1) for i in range(5)], ["name"] * 5)
    assert found == [None, None, (0, 1.0), (1, 1.0), None]


def test_the_kinds_of_both_count() -> None:
    read = reading([ONE, ONE, ONE])
    spans = [(0, 1), (1, 2), (2, 3)]
    assert ask(read, spans, ["name", "nominal", "pronoun"]) == [None, (0, 1.0), (0, 1.5)]
    assert ask(read, spans, ["nominal", "name", "pronoun"]) == [None, (0, 1.0), (1, 1.5)]


def test_a_mention_over_the_end_of_a_window_is_left_out() -> None:
    read = reading([ONE, ONE], [ONE, ONE])
    assert ask(read, [(0, 1), (1, 3), (3, 4)], ["name"] * 3) == [None, None, (0, 1.0)]


@pytest.mark.parametrize("mentions", [[], [(0, 1)], [(0, 1), (1, 3)]])
def test_fewer_than_two_mentions_go_back_to_nothing(mentions: list[tuple[int, int]]) -> None:
    read = reading([ONE, ONE], [ONE])
    assert ask(read, mentions, ["name"] * len(mentions)) == [None] * len(mentions)


def test_the_search_back_ends_but_no_antecedent_ever_follows_its_mention() -> None:
    read = reading([ONE] + [OTHER] * (3 * BACK) + [ONE])
    n = 3 * BACK + 2
    found = ask(read, [(i, i + 1) for i in range(n)], ["name"] * n)
    assert found[-1] is None
    assert found[1] is None
    assert all(x is not None and x[0] < i for i, x in enumerate(found[2:-1], 2))
