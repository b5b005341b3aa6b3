"""The relation head on small invented weights: what it gives must not depend on the order it is asked in."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from threadpoolctl import ThreadpoolController

from kg.language.reading import Reading, Window
from kg.language.relations import REACH, Asked, score_relations

WIDE, HIDDEN, GROUP, KINDS, CLOSE = 6, 4, 2, 3, 2
ENTITIES = [[(0, 1), (9, 10)], [(2, 4)], [(5, 6), (12, 13)], [(14, 15)]]
TYPES = ["Person", "Organization", "Place", "Person"]


def weights() -> Any:
    """Random matrices of the shapes that the packaged ones have."""
    random = np.random.default_rng(3)
    shapes = {
        "relations.types.weight": (3, KINDS),
        "relations.distances.weight": (9, CLOSE),
        "relations.head.weight": (HIDDEN, 2 * WIDE + KINDS + CLOSE),
        "relations.head.bias": (HIDDEN,),
        "relations.tail.weight": (HIDDEN, 2 * WIDE + KINDS + CLOSE),
        "relations.tail.bias": (HIDDEN,),
        "relations.out.weight": (4, HIDDEN * GROUP),
        "relations.out.bias": (4,),
    }
    heads = {name: random.normal(0, 1, size).astype(np.float32) for name, size in shapes.items()}
    labels = {"fine": ["Person", "Organization", "Place"], "relation": ["none", "leads", "metWith", "locatedIn"]}
    return SimpleNamespace(heads=heads, labels=labels, blas=ThreadpoolController())


def reading(*sizes: int) -> Reading:
    """Windows of so many words, one piece a word, with random states and attention."""
    random = np.random.default_rng(5)
    made, start = [], 0
    for n in sizes:
        attention = random.random((12, n + 2, n + 2)).astype(np.float32)
        attention /= attention.sum(-1, keepdims=True)
        states = random.normal(0, 1, (n + 2, WIDE)).astype(np.float32)
        pieces = np.arange(1, n + 1)
        made.append(Window(start, start + n, pieces, pieces, states, attention))
        start += n
    return Reading(tuple(made), np.arange(start), {})


def table(found: list[Any], order: list[int]) -> dict[tuple[int, str, int], float]:
    return {(order[s.head], s.label, order[s.tail]): s.margin for s in found}


WEIGHTS = weights()
READINGS = [reading(16), reading(8, 8)]


@given(st.permutations(range(len(ENTITIES))), st.sampled_from(READINGS), st.randoms())
def test_scores_do_not_depend_on_the_order_of_entities_or_mentions(
    order: list[int], read: Reading, random: Any
) -> None:
    every = table(score_relations(WEIGHTS, read, ENTITIES, TYPES, -99.0), [0, 1, 2, 3])
    assert len(every) == 4 * 3 * 3
    turned = [random.sample(ENTITIES[e], len(ENTITIES[e])) for e in order]
    found = table(score_relations(WEIGHTS, read, turned, [TYPES[e] for e in order], -99.0), order)
    assert found == pytest.approx(every, abs=0.0021)


def test_only_what_beats_the_least_margin_is_returned() -> None:
    every = score_relations(WEIGHTS, READINGS[0], ENTITIES, TYPES, -99.0)
    middle = sorted(s.margin for s in every)[len(every) // 2] + 0.0005
    chosen = score_relations(WEIGHTS, READINGS[0], ENTITIES, TYPES, middle)
    assert 0 < len(chosen) < len(every)
    assert chosen == [s for s in every if s.margin > middle]


def test_pairs_of_different_windows_are_scored_and_pairs_out_of_reach_are_not() -> None:
    read = reading(REACH + 20, 20)
    entities = [[(0, 1)], [(REACH + 5, REACH + 6)], [(REACH + 25, REACH + 26)]]
    found = score_relations(WEIGHTS, read, entities, TYPES[:3], -99.0)
    assert {(s.head, s.tail) for s in found} == {(1, 2), (2, 1)}


def test_what_is_not_asked_changes_nothing_of_the_rest() -> None:
    every = table(score_relations(WEIGHTS, READINGS[0], ENTITIES, TYPES, -99.0), [0, 1, 2, 3])
    choice = np.full((4, 4), -1)
    choice[0, 1], choice[2, 3], choice[3, 0] = 0, 1, 1
    asked = Asked(choice, [np.array([1, 3]), np.array([2])])
    found = table(score_relations(WEIGHTS, READINGS[0], ENTITIES, TYPES, -99.0, asked=asked), [0, 1, 2, 3])
    wanted = {(0, "leads", 1), (0, "locatedIn", 1), (2, "metWith", 3), (3, "metWith", 0)}
    assert found == pytest.approx({key: every[key] for key in wanted}, abs=0.0021)


@pytest.mark.parametrize("entities", [[], [[(0, 1)]], [[(0, 1)], []], [[(0, 1)], [(7, 9)]]])
def test_fewer_than_two_entities_with_a_state_have_no_relations(entities: list[list[tuple[int, int]]]) -> None:
    # a mention that runs over the end of its window, as (7, 9) does, has no state
    assert score_relations(WEIGHTS, READINGS[1], entities, TYPES[: len(entities)], -99.0) == []


def test_the_evidence_is_the_sentence_both_look_at() -> None:
    read = reading(16)
    window = read.windows[0]
    attention = np.full_like(window.attention, 1e-3)
    attention[:, :, 1 + 12] = 1.0  # everybody looks at the word 12
    seen = Reading((Window(0, 16, window.first, window.last, window.states, attention),), read.words, {})
    sentence = np.array([0] * 5 + [1] * 6 + [2] * 5)
    found = score_relations(WEIGHTS, seen, ENTITIES, TYPES, -99.0, sentence=sentence)
    assert {s.evidence for s in found} == {2}
    assert {s.evidence for s in score_relations(WEIGHTS, seen, ENTITIES, TYPES, -99.0)} == {-1}
