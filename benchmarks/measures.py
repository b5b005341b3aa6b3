"""Counts of right, predicted and wanted things, and the figures made of them."""

from __future__ import annotations

from collections.abc import Collection, Hashable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Counts:
    """How many were right, predicted and wanted; pooled over documents with ``+`` (micro average).

    ``found`` is the number of wanted ones that were found, where that differs from ``right`` (several predictions
    may match one wanted thing, or the other way round).
    """

    right: float = 0
    predicted: float = 0
    wanted: float = 0
    found: float | None = None

    @classmethod
    def of(cls, predicted: Collection[Hashable], wanted: Collection[Hashable]) -> Counts:
        """Counts of two sets that match by equality."""
        p, w = set(predicted), set(wanted)
        return cls(len(p & w), len(p), len(w))

    def __add__(self, other: Counts) -> Counts:
        found = None
        if self.found is not None or other.found is not None:
            found = self._found + other._found
        return Counts(self.right + other.right, self.predicted + other.predicted, self.wanted + other.wanted, found)

    @property
    def _found(self) -> float:
        return self.right if self.found is None else self.found

    @property
    def precision(self) -> float:
        """Share of the predicted ones that are right, 0 if none is predicted."""
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Share of the wanted ones that were found, 0 if none is wanted."""
        return self._found / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return harmonic(self.precision, self.recall)

    def percent(self) -> tuple[float, float, float]:
        """Precision, recall, F1 times 100, to two places."""
        return round(100 * self.precision, 2), round(100 * self.recall, 2), round(100 * self.f1, 2)


def harmonic(a: float, b: float) -> float:
    """Harmonic mean of two shares, 0 if both are 0."""
    return 2 * a * b / (a + b) if a + b else 0.0
