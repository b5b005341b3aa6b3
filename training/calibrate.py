"""How often is a find right? Measured on the project's own marked news and on real news marked by the project.

``python -m training.calibrate --corpora DIR`` runs the packaged model and the rules over marked documents, compares
what they find with the marks, and writes ``kg/extraction/confidence.json``: for every rule the share of its finds that
is right (rules learn nothing from the documents, so all of them serve); and two logistic curves over the grounds of a
find (`kg.extraction.confidence.Grounds`), fitted on the dev and test documents, which the model has not seen: one over
all finds, which tells what is worth a second look, and one over those that had it. Their reliability is measured by
five-fold cross-validation over documents.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import numpy.typing as npt

from kg.extraction.confidence import AGAIN, FEATURES, Calibration, Grounds
from kg.extraction.factuality import mark_features
from kg.language.rereading import ANSWERS, Rereading
from training.annotated import MarkedDocument
from training.judging import Judged, MarkedReading, gold, judged_facts, pipeline
from training.news_corpus import MARKED, marked_news, split_of

Floats = npt.NDArray[np.float64]
RIDGE = 3.0  # how strongly a relation is held to the common curve
PRIOR = 4.0  # a rule's own prior counts like so many finds


FOLDS = 5


@dataclass(frozen=True)
class Find:
    """One relation found in one document."""

    document: str
    rule: str | None
    prior: float
    relation: str
    grounds: Grounds
    right: bool
    split: str
    text: str


def finds(reading: MarkedReading, rereading: Rereading | None = None) -> Iterator[Find]:
    """Everything that rules and model find in one document, read again where ``rereading`` is there."""
    found = reading.found
    if rereading is not None:
        found = reading.look.again(found, rereading, Calibration(least=0.0))
    doc, split = reading.doc, split_of(reading.marked.name)
    for p in found:
        if p.object is not None and (right := reading.right(p)) is not None:
            words = f"{p.subject.span(doc)} | {p.relation} | {p.object.span(doc)} :: {doc[p.object.start].sent.text}"
            rule = p.extractor.removesuffix("+model").removeprefix("syntax:") if p.extractor != "model" else None
            prior = p.grounds.share or 0.0
            yield Find(reading.marked.name, rule, prior, p.relation, p.grounds, right, split, words)


def fit(found: list[Find], rules: dict[str, float]) -> Calibration:
    """The curve over all finds and, of those worth it that were read again, the second one."""
    weights, relations = curve([(f.relation, with_share(f, rules).features(), f.right) for f in found])
    first = Calibration(weights, rules, relations)
    seen = [f for f in found if f.grounds.reread is not None and first.worth(f.relation, with_share(f, rules))]
    if not seen:
        return first
    again, offsets = curve([(f.relation, with_share(f, rules).features_again(), f.right) for f in seen])
    return replace(first, again=again, relations_again=offsets)


def curve(found: list[tuple[str, list[float], bool]]) -> tuple[tuple[float, ...], dict[str, float]]:
    """Weights of the features and offsets of the relations together, by Newton's method with a little ridge."""
    names = sorted({relation for relation, _, _ in found})
    many = len(found[0][1])
    column = {name: many + i for i, name in enumerate(names)}
    x = np.zeros((len(found), many + len(names)))
    for i, (relation, features, _) in enumerate(found):
        x[i, :many] = features
        x[i, column[relation]] = 1
    y = np.array([float(right) for _, _, right in found])
    ridge = np.array([0.05] * many + [RIDGE] * len(names))
    w = newton(x, y, ridge)
    return (
        tuple(round(float(v), 3) for v in w[:many]), {name: round(float(w[column[name]]), 2) for name in names},
    )  # fmt: skip


def newton(x: Floats, y: Floats, ridge: Floats) -> Floats:
    """Weights [k] of a logistic curve over x [n, k] to y [n]."""
    w = np.zeros(x.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ w))
        hessian = (x * (p * (1 - p))[:, None]).T @ x + np.diag(ridge)
        w += np.linalg.solve(hessian, x.T @ (y - p) - ridge * w)
    return w


def with_share(f: Find, rules: dict[str, float]) -> Grounds:
    """The grounds with the measured share of the rule in the place of its prior."""
    return f.grounds if f.rule is None else replace(f.grounds, share=rules[f.rule])


def fit_marks(seen: Sequence[Judged]) -> dict[str, list[float]]:
    """For each mark the weights of what rules and second look say of it."""
    out = {}
    judged = [(j, j.answer) for j in seen if j.answer is not None]
    if not judged:
        raise SystemExit("nothing was read again: python -m training.rereading comes first")
    for mark in ANSWERS[1:]:
        x = np.array([mark_features(j.ruled, j.triggered, answer, mark) for j, answer in judged])
        marks = [{MARKED.get(f) for f in j.fact.flags} | ({"attributed"} if j.fact.by else set()) for j, _ in judged]
        y = np.array([float(mark in found) for found in marks])
        out[mark] = [round(float(v), 3) for v in newton(x, y, np.full(x.shape[1], 0.3))]
        print(mark, out[mark], f"{int(y.sum())} of {len(y)}")
    return out


def shares(found: list[Find], show: int = 0) -> dict[str, float]:
    """Share of right finds of each rule, held to its prior where they are few; printed."""
    by_rule: dict[str, list[Find]] = defaultdict(list)
    for f in found:
        if f.rule is not None:
            by_rule[f.rule].append(f)
    rules = {}
    for name, fs in sorted(by_rule.items(), key=lambda x: -len(x[1])):
        right = sum(f.right for f in fs)
        rules[name] = round((right + PRIOR * fs[0].prior) / (len(fs) + PRIOR), 3)
        if show:
            print(f"{name:34s} finds {len(fs):4d} right {right:4d} -> {rules[name]:.2f}")
        for f in [f for f in fs if not f.right][:show]:
            print("      ", f.text.replace("\n", " ")[:260])
    return rules


def fold_of(document: str) -> int:
    """Fold of a document, stable when documents are added."""
    return int(hashlib.sha256(f"fold {document}".encode()).hexdigest(), 16) % FOLDS


def reliability(found: list[Find]) -> list[tuple[str, int, float, float]]:
    """Cross-validated: (range of probability, finds, mean probability, share of right ones), ten ranges."""
    said, right = [], []
    for fold in range(FOLDS):
        train = [f for f in found if fold_of(f.document) != fold]
        rules = shares([f for f in found if fold_of(f.document) != fold])
        made = fit(train, rules | {f.rule: f.prior for f in found if f.rule is not None and f.rule not in rules})
        for f in found:
            if fold_of(f.document) == fold:
                grounds = with_share(f, dict(made.rules))
                if not made.worth(f.relation, grounds):  # never read again
                    grounds = replace(grounds, reread=None)
                said.append(made.probability(f.relation, grounds))
                right.append(float(f.right))
    p, y = np.array(said), np.array(right)
    rows = []
    for low in range(10):
        inside = (p >= low / 10) & (p < (low + 1) / 10)
        if inside.any():
            rows.append((f"{low / 10:.1f}-{(low + 1) / 10:.1f}", int(inside.sum()), p[inside].mean(), y[inside].mean()))
    return [*rows, ("all", len(p), float(p.mean()), float(y.mean()))]


@dataclass(frozen=True)
class Measured:
    """What one document gives: its finds and, of one not trained on, the judgements of its facts."""

    finds: list[Find]
    judged: list[Judged]


def _measure(marked: MarkedDocument) -> Measured:
    nlp, weights = pipeline()
    held = split_of(marked.name) != "train"
    reading = MarkedReading(marked, nlp, weights, Calibration(), learned=held)  # a model knows what it has seen
    found = list(finds(reading, weights.rereading if held else None))
    return Measured(found, list(judged_facts(reading, weights, Calibration())) if held else [])


def main() -> None:
    """Command line."""
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--corpora", type=Path, help="with them the marked real news is taken in")
    ap.add_argument("--out", type=Path, default=Path("kg/extraction/confidence.json"))
    ap.add_argument("--show", type=int, default=0, help="print so many wrong finds of each rule")
    ap.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    a = ap.parse_args()
    marked = marked_news(a.corpora)
    with get_context("spawn").Pool(a.processes) as pool:
        measured = pool.map(_measure, marked, chunksize=8)
    found = [f for m in measured for f in m.finds]
    rules = shares(found, a.show)
    unseen = [f for f in found if f.split != "train"]
    made = fit(unseen, rules)
    for low, n, said, right in reliability(unseen):
        print(f"said {low}: {n:5d} finds, mean {said:.3f}, right {right:.3f}")
    total = sum(len(gold(d)) for d in marked if split_of(d.name) != "train")
    for least in (0.2, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6, 0.7, 0.8):
        kept = [f for f in unseen if made.worth(f.relation, with_share(f, rules), least)]
        right = sum(f.right for f in kept)
        p, r = right / max(len(kept), 1), right / total
        print(
            f"from {least}: {len(kept):5d} finds, precision {p:.3f} recall {r:.3f} F {2 * p * r / max(p + r, 1e-9):.3f}"
        )
    data = {
        "again": dict(zip(AGAIN, made.again, strict=True)),
        "marks": fit_marks([j for m in measured for j in m.judged]),
        "relations": dict(made.relations),
        "relations again": dict(made.relations_again),
        "rules": dict(sorted(rules.items())),
        "weights": dict(zip(FEATURES, made.weights, strict=True)),
    }
    a.out.write_text(json.dumps(data, indent=1) + "\n", "utf-8")
    print(data["weights"], data["again"], "documents", len(marked))


if __name__ == "__main__":
    main()
