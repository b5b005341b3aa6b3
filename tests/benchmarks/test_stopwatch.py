import types

import pytest

from benchmarks import stopwatch
from benchmarks.stopwatch import Stopwatch


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    ticks = iter(range(100))
    monkeypatch.setattr(stopwatch, "process_time", lambda: next(ticks))


@pytest.mark.usefixtures("clock")
def test_an_inner_stage_is_taken_out_of_the_outer_one() -> None:
    watch = Stopwatch()
    with watch.stage("outer"), watch.stage("inner"):
        pass
    assert watch.seconds == {"inner": 1, "outer": 2}


@pytest.mark.usefixtures("clock")
def test_functions_are_given_back() -> None:
    module = types.SimpleNamespace(double=lambda x: 2 * x)
    before, watch = module.double, Stopwatch()
    with watch.on([("doubling", module, "double")]):
        assert module.double(4) == 8
        assert module.double is not before
    assert module.double is before
    assert watch.seconds == {"doubling": 1}
