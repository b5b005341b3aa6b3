"""Time of functions where they stand, without changing them: their names are rebound for a while."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import process_time
from typing import Any

Place = tuple[str, object, str]
"""Name of the stage, the module, class or object that holds the function, its name there."""


@dataclass
class Stopwatch:
    """Processor seconds by stage, so that other programs do not count; an inner stage is taken out of the outer one."""

    seconds: dict[str, float] = field(default_factory=dict)
    _inner: list[float] = field(default_factory=list)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Count the time of the block."""
        begun = process_time()
        self._inner.append(0.0)
        try:
            yield
        finally:
            spent = process_time() - begun
            self.seconds[name] = self.seconds.get(name, 0.0) + spent - self._inner.pop()
            if self._inner:
                self._inner[-1] += spent

    def timed(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, counted to a stage."""

        def run(*args: Any, **kwargs: Any) -> Any:
            with self.stage(name):
                return function(*args, **kwargs)

        return run

    @contextmanager
    def on(self, places: Sequence[Place]) -> Iterator[None]:
        """Count these functions inside the block. Raises `AttributeError` if one is not there."""
        before = [(holder, name, getattr(holder, name)) for _, holder, name in places]
        for (stage, holder, name), (_, _, function) in zip(places, before, strict=True):
            setattr(holder, name, self.timed(stage, function))
        try:
            yield
        finally:
            for holder, name, function in before:
                setattr(holder, name, function)
