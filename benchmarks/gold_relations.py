"""Predicted relations against the marked ones of a document, by two measures, and the threshold sweep over them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from benchmarks.measures import Counts

Span = tuple[int, int]
Fact = tuple[int, str, int]


@dataclass(frozen=True, slots=True)
class Predicted:
    """A relation between two clusters of predicted mentions, with its margin over the model's own threshold."""

    head: frozenset[Span]
    label: str
    tail: frozenset[Span]
    margin: float


@dataclass(frozen=True, slots=True)
class Judged:
    """A prediction with the marked facts it may stand for (empty: it is wrong)."""

    label: str
    margin: float
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """Marked clusters and facts (cluster index, property, cluster index), and all predictions with their margins."""

    clusters: tuple[frozenset[Span], ...]
    facts: frozenset[Fact]
    predictions: tuple[Predicted, ...]


def lenient(doc: Document) -> list[Judged]:
    """A predicted cluster stands for every marked one with which it shares a mention of exactly the same span."""
    holders: dict[Span, set[int]] = {}
    for number, cluster in enumerate(doc.clusters):
        for span in cluster:
            holders.setdefault(span, set()).add(number)

    def meant(cluster: frozenset[Span]) -> list[int]:
        return sorted({number for span in cluster for number in holders.get(span, ())})

    return _judged(doc, {c: meant(c) for p in doc.predictions for c in (p.head, p.tail)})


def strict(doc: Document) -> list[Judged]:
    """A predicted cluster stands for the marked one with the same mentions (JEREX; Eberts and Ulges 2021)."""
    same = {cluster: [number] for number, cluster in enumerate(doc.clusters)}
    return _judged(doc, same)


def _judged(doc: Document, meant: Mapping[frozenset[Span], Sequence[int]]) -> list[Judged]:
    return [
        Judged(
            p.label,
            p.margin,
            tuple(
                fact
                for h in meant.get(p.head, ())
                for t in meant.get(p.tail, ())
                if (fact := (h, p.label, t)) in doc.facts
            ),
        )
        for p in doc.predictions
    ]


def counts(judged: Iterable[Judged], wanted: int, threshold: float) -> Counts:
    """Counts of one document at a threshold; several predictions of one fact count as one."""
    done: set[Fact] = set()
    wrong = 0
    for j in judged:
        if j.margin > threshold:
            if j.facts:
                done.add(j.facts[0])
            else:
                wrong += 1
    return Counts(len(done), len(done) + wrong, wanted)


def best_threshold(judged: Sequence[Sequence[Judged]], wanted: Sequence[int], grid: Iterable[float]) -> float:
    """The threshold of the grid with the best micro F1 over the documents; the higher one of equals."""
    return max(
        ((sum((counts(j, w, t) for j, w in zip(judged, wanted, strict=True)), Counts()).f1, t) for t in grid),
        default=(0.0, 0.0),
    )[1]


def logistic_fit(margins: Sequence[float], right: Sequence[bool], steps: int = 50) -> tuple[float, float]:
    """Slope and shift of P(right) = 1 / (1 + exp(-(slope * margin + shift))), by Newton's method with a weak prior.

    Returns (0, 0) for no data.
    """
    x = np.column_stack([np.asarray(margins, float), np.ones(len(margins))])
    y = np.asarray(right, float)
    beta = np.zeros(2)
    for _ in range(steps if len(margins) else 0):
        p = 1 / (1 + np.exp(-np.clip(x @ beta, -30, 30)))
        gradient = x.T @ (y - p) - 1e-3 * beta
        hessian = (x * (p * (1 - p))[:, None]).T @ x + 1e-3 * np.eye(2)
        step = np.linalg.solve(hessian, gradient)
        beta += step
        if float(np.abs(step).max()) < 1e-9:
            break
    return round(float(beta[0]), 4), round(float(beta[1]), 4)


def calibration_rows(judged: Iterable[Judged], edges: Sequence[float], slope: float, shift: float) -> list[list[float]]:
    """For each band of margins: lower edge, upper edge, predictions, share right, mean of the fitted probability."""
    found = list(judged)
    rows = []
    for low, high in pairwise(edges):
        inside = [j for j in found if low < j.margin <= high]
        if inside:
            fitted = [1 / (1 + float(np.exp(-(slope * j.margin + shift)))) for j in inside]
            right = sum(bool(j.facts) for j in inside) / len(inside)
            rows.append([low, high, len(inside), right, sum(fitted) / len(fitted)])
    return rows
