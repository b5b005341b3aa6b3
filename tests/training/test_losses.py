"""Which pairs of a passage of single sentences are learned from."""

import numpy as np
import pytest

from training.corpora import Marked, Passage

torch = pytest.importorskip("torch", reason="training needs torch, which is not installed here")

NAME = frozenset({"Person"})


def test_strangers_stand_in_different_sentences() -> None:
    from training.labels import Labels, Targets, Window
    from training.losses import Unit, _strangers

    words = "Ida left Marl . Tor met Bo .".split()
    mentions = [Marked(i, i + 1, NAME, "name", c) for c, i in enumerate((0, 2, 4, 6))]
    doc = Passage("x", words, [0, 4], mentions=mentions, relation_set="docred", partial=True)
    labels = Labels([], [], [], [], [], ["threshold"])
    unit = Unit(Targets(doc, labels), [Window(0, 8, [], [], [], [])], True)
    np.random.seed(0)
    members = [[0], [1], [2], [3]]
    every = {(a, b) for a in (0, 1) for b in (2, 3)}
    assert _strangers(unit, members, 99) == every | {(b, a) for a, b in every}
    assert len(_strangers(unit, members, 3)) == 3
