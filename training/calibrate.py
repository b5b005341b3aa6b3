"""How often is a find right? Measured on the project's own marked news and on real news marked by the project.

``python -m training.calibrate --corpora DIR`` runs the packaged model and the rules over marked documents, compares
what they find with the marks, and writes ``kg/extraction/confidence.json``: for every rule the share of its finds that
is right (rules learn nothing from the documents, so all of them serve); and a logistic curve over the grounds of a find
(`kg.extraction.confidence.Grounds`), fitted on the dev and test documents, which the model has not seen. The
reliability of the curve is measured by five-fold cross-validation over documents.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from kg.extraction.assembly import proposals
from kg.extraction.confidence import FEATURES, Calibration, Grounds
from kg.extraction.document import stated, weights_of
from kg.extraction.factuality import mark_features
from kg.extraction.learned import find_learned
from kg.extraction.mentions import TokenMention
from kg.extraction.sentences import Sentences
from kg.language import load
from kg.language.relations import MARKS
from training.annotated import Key, MarkedDocument, key_of
from training.judging import judged, matched
from training.news_corpus import MARKED, marked_news, split_of

RIDGE = 3.0  # how strongly a relation is held to the common curve
PRIOR = 4.0  # a rule's own prior counts like so many finds


FOLDS = 5
NARROWER = {
    "awardReceived": (("won", False),), "creator": (("author", False),),
    "leads": (("chairperson", True), ("chiefExecutive", True), ("headOfGovernment", True), ("headOfState", True),
              ("commands", False)),
    "locatedIn": (("country", False), ("headquarteredIn", False), ("capitalOf", False)),
    "memberOf": (("memberOfParty", False),), "participatedIn": (("foughtIn", False),),
    "worksFor": (("memberOf", False), ("spokespersonFor", False)),
}  # fmt: skip
"""Relations that are right where a narrower one is marked (and whether its ends are exchanged)."""


@dataclass(frozen=True)
class Find:
    """One relation found in one document; ``right`` is None where an end is no marked entity."""

    document: str
    rule: str | None
    prior: float
    relation: str
    grounds: Grounds
    right: bool | None
    split: str
    text: str


def gold(marked: MarkedDocument) -> set[Key]:
    """Facts by entity ids, primary relations, symmetric ones sorted.

    Denied and planned ones are among them: finding a relation is one thing, judging it another.
    """
    return {key_of(f.subject, f.relation, f.object) for f in marked.facts}


def finds(marked: MarkedDocument, nlp, weights) -> Iterator[Find]:  # type: ignore[no-untyped-def]
    """Everything that rules and model find in one document; of one trained on, only what the rules find."""
    doc = nlp(marked.text)
    mentions, syntax = stated(doc, weights)
    votes, _ = matched(doc, marked, mentions)
    entity_of = {c: v.most_common(1)[0][0] for c, v in votes.items()}
    facts = gold(marked)
    everything = Calibration(least=0.0)
    sentences = Sentences(doc)
    split = split_of(marked.name)
    learned = find_learned(doc, sentences, mentions, weights, everything) if split != "train" else []

    def right(s: TokenMention, relation: str, o: TokenMention) -> bool | None:
        if s.cluster not in entity_of or o.cluster not in entity_of:
            return None
        a, b = entity_of[s.cluster], entity_of[o.cluster]
        if key_of(a, relation, b) in facts:
            return True
        return any((b, r, a) in facts if turned else (a, r, b) in facts for r, turned in NARROWER.get(relation, ()))

    for p in proposals(sentences, syntax, learned, everything):
        if p.object is not None and not p.relation.startswith("open:"):
            words = f"{p.subject.span(doc)} | {p.relation} | {p.object.span(doc)} :: {doc[p.object.start].sent.text}"
            rule = p.extractor.removesuffix("+model").removeprefix("syntax:") if p.extractor != "model" else None
            found = right(p.subject, p.relation, p.object)
            yield Find(marked.name, rule, p.grounds.share or 0.0, p.relation, p.grounds, found, split, words)


def fit(found: list[Find], rules: dict[str, float]) -> Calibration:
    """Weights of the grounds and offsets of the relations together, by Newton's method with a little ridge."""
    names = sorted({f.relation for f in found})
    column = {name: len(FEATURES) + i for i, name in enumerate(names)}
    x = np.zeros((len(found), len(FEATURES) + len(names)))
    for i, f in enumerate(found):
        x[i, : len(FEATURES)] = with_share(f, rules).features()
        x[i, column[f.relation]] = 1
    y = np.array([float(bool(f.right)) for f in found])
    ridge = np.array([0.05] * len(FEATURES) + [RIDGE] * len(names))
    w = np.zeros(x.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ w))
        gradient = x.T @ (y - p) - ridge * w
        hessian = (x * (p * (1 - p))[:, None]).T @ x + np.diag(ridge)
        w += np.linalg.solve(hessian, gradient)
    return Calibration(
        tuple(round(float(v), 3) for v in w[: len(FEATURES)]), rules,
        {name: round(float(w[column[name]]), 2) for name in names},
    )  # fmt: skip


def with_share(f: Find, rules: dict[str, float]) -> Grounds:
    """The grounds with the measured share of the rule in the place of its prior."""
    return f.grounds if f.rule is None else replace(f.grounds, share=rules[f.rule])


def fit_marks(marked: list[MarkedDocument], nlp, weights) -> dict[str, list[float]]:  # type: ignore[no-untyped-def]
    """For each mark the weights of what rules and model say of it."""
    seen = [x for d in marked for x in judged(d, nlp, weights, Calibration())]
    out = {}
    for mark in MARKS:
        x = np.array([mark_features(j.ruled, j.triggered, j.marks, mark) for j in seen])
        y = np.array([any(MARKED.get(f) == mark for f in j.fact.flags) for j in seen], float)
        w, ridge = np.zeros(x.shape[1]), np.full(x.shape[1], 0.3)
        for _ in range(30):
            p = 1 / (1 + np.exp(-x @ w))
            hessian = (x * (p * (1 - p))[:, None]).T @ x + np.diag(ridge)
            w += np.linalg.solve(hessian, x.T @ (y - p) - ridge * w)
        out[mark] = [round(float(v), 3) for v in w]
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
        known = [f for f in fs if f.right is not None]
        right = sum(bool(f.right) for f in known)
        rules[name] = round((right + PRIOR * fs[0].prior) / (len(known) + PRIOR), 3)
        if show:
            print(f"{name:34s} finds {len(fs):4d} judged {len(known):4d} right {right:4d} -> {rules[name]:.2f}")
        for f in [f for f in known if not f.right][:show]:
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
        curve = fit(train, rules | {f.rule: f.prior for f in found if f.rule is not None and f.rule not in rules})
        for f in found:
            if fold_of(f.document) == fold:
                said.append(curve.probability(f.relation, with_share(f, dict(curve.rules))))
                right.append(float(bool(f.right)))
    p, y = np.array(said), np.array(right)
    rows = []
    for low in range(10):
        inside = (p >= low / 10) & (p < (low + 1) / 10)
        if inside.any():
            rows.append((f"{low / 10:.1f}-{(low + 1) / 10:.1f}", int(inside.sum()), p[inside].mean(), y[inside].mean()))
    return [*rows, ("all", len(p), float(p.mean()), float(y.mean()))]


def main() -> None:
    """Command line."""
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--corpora", type=Path, help="with them the marked real news is taken in")
    ap.add_argument("--out", type=Path, default=Path("kg/extraction/confidence.json"))
    ap.add_argument("--show", type=int, default=0, help="print so many wrong finds of each rule")
    a = ap.parse_args()
    nlp = load(keep=True)
    weights = weights_of(nlp)
    marked = marked_news(a.corpora)
    found = [f for d in marked for f in finds(d, nlp, weights)]
    rules = shares(found, a.show)
    unseen = [f for f in found if f.split != "train" and f.right is not None]
    curve = fit(unseen, rules)
    for low, n, said, right in reliability(unseen):
        print(f"said {low}: {n:5d} finds, mean {said:.3f}, right {right:.3f}")
    total = sum(len(gold(d)) for d in marked if split_of(d.name) != "train")
    for least in (0.2, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6, 0.7, 0.8):
        kept = [f for f in unseen if curve.probability(f.relation, with_share(f, rules)) >= least]
        right = sum(bool(f.right) for f in kept)
        p, r = right / max(len(kept), 1), right / total
        print(
            f"from {least}: {len(kept):5d} finds, precision {p:.3f} recall {r:.3f} F {2 * p * r / max(p + r, 1e-9):.3f}"
        )
    weights_by_name = dict(zip(FEATURES, curve.weights, strict=True))
    marks = fit_marks([d for d in marked if split_of(d.name) != "train"], nlp, weights)
    data = {
        "marks": marks,
        "relations": dict(curve.relations),
        "rules": dict(sorted(rules.items())),
        "weights": weights_by_name,
    }
    a.out.write_text(json.dumps(data, indent=1) + "\n", "utf-8")
    print(weights_by_name, "documents", len(marked))


if __name__ == "__main__":
    main()
