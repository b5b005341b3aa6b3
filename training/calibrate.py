"""How often is a rule right, and what is a margin worth? Measured on the project's own marked news.

``python -m training.calibrate`` runs the packaged model and the rules over marked documents, compares what they
find with the marks, and writes ``kg/extraction/confidence.json``: for every rule the share of its finds that is
right (rules learn nothing from the documents, so all of them serve), for the model a logistic curve from its margin
to the probability, fitted on the dev and test documents, which it has not seen.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from kg.extraction.confidence import Calibration
from kg.extraction.document import stated, weights_of
from kg.extraction.learned import find_learned
from kg.extraction.mentions import TokenMention
from kg.language import load
from kg.ontology.vocabulary import RELATIONS, primary
from training.annotated import MarkedDocument, documents
from training.news_corpus import split_of

RIDGE = 3.0  # how strongly a relation is held to the common curve
PRIOR = 4.0  # a rule's own prior counts like so many finds


@dataclass(frozen=True)
class Find:
    """One relation found in one document; ``right`` is None where an end is no marked entity."""

    source: str
    relation: str
    score: float
    right: bool | None
    split: str
    both: bool
    text: str


def gold(marked: MarkedDocument) -> set[tuple[str, str, str]]:
    """Facts by entity ids, primary relations, symmetric ones sorted.

    Denied and planned ones are among them: finding a relation is one thing, judging it another.
    """
    found = set()
    for f in marked.facts:
        relation, turned = primary(f.relation)
        s, o = (f.object, f.subject) if turned else (f.subject, f.object)
        found.add(_key(s, relation, o))
    return found


def _key(s: str, relation: str, o: str) -> tuple[str, str, str]:
    known = RELATIONS.get(relation)
    return (min(s, o), relation, max(s, o)) if known and known.symmetric else (s, relation, o)


def finds(marked: MarkedDocument, nlp, weights) -> Iterator[Find]:  # type: ignore[no-untyped-def]
    """Everything that rules and model find in one document."""
    doc = nlp(marked.text)
    mentions, syntax = stated(doc, weights)
    at = {(m.start, m.end): m.entity for m in marked.mentions}
    names = {n: key for key, (_, _, n) in marked.entities.items()}
    votes: dict[int, Counter[str]] = defaultdict(Counter)
    for m in mentions:
        span = m.span(doc)
        entity = at.get((span.start_char, span.end_char)) or at.get((span.start_char + 4, span.end_char))
        entity = entity or names.get(span.text)
        if entity and m.cluster >= 0:
            votes[m.cluster][entity] += 1
    entity_of = {c: v.most_common(1)[0][0] for c, v in votes.items()}
    facts = gold(marked)
    learned = find_learned(doc, mentions, weights, Calibration(1.0, 0.0, least=0.04))
    model = {(x.subject.cluster, x.relation, x.object.cluster) for x in learned}
    rules = {(c.subject.cluster, c.relation, c.object.cluster) for c in syntax if c.object}

    def right(s: TokenMention, relation: str, o: TokenMention | None) -> bool | None:
        if o is None or s.cluster not in entity_of or o.cluster not in entity_of:
            return None
        return _key(entity_of[s.cluster], relation, entity_of[o.cluster]) in facts

    split = split_of(marked.name)
    for c in syntax:
        if c.object and not c.relation.startswith("open:"):
            key = (c.subject.cluster, c.relation, c.object.cluster)
            words = f"{c.subject.span(doc)} | {c.relation} | {c.object.span(doc)} :: {doc[c.trigger[0]].sent.text}"
            yield Find(c.rule, c.relation, c.score, right(c.subject, c.relation, c.object), split, key in model, words)
    for x in learned:
        key = (x.subject.cluster, x.relation, x.object.cluster)
        margin = float(np.log(x.score / (1 - x.score)))
        words = f"{x.subject.span(doc)} | {x.relation} | {x.object.span(doc)} :: {doc[x.object.start].sent.text}"
        yield Find("model", x.relation, margin, right(x.subject, x.relation, x.object), split, key in rules, words)


def logistic(x: np.ndarray, y: np.ndarray, steps: int = 50) -> tuple[float, float]:
    """Slope and shift by Newton's method, with a little ridge."""
    features = np.stack([x, np.ones_like(x)], 1)
    w = np.array([1.0, 0.0])
    for _ in range(steps):
        p = 1 / (1 + np.exp(-features @ w))
        gradient = features.T @ (y - p) - 0.01 * w
        hessian = (features * (p * (1 - p))[:, None]).T @ features + 0.01 * np.eye(2)
        w += np.linalg.solve(hessian, gradient)
    return float(w[0]), float(w[1])


def by_relation(found: list[Find], slope: float, shift: float) -> dict[str, float]:
    """What to add to the shift for each relation: found by Newton's method, held near 0 where finds are few."""
    groups: dict[str, list[Find]] = defaultdict(list)
    for f in found:
        groups[f.relation].append(f)
    out = {}
    for relation, fs in sorted(groups.items()):
        base = slope * np.array([f.score for f in fs]) + shift
        y = np.array([float(bool(f.right)) for f in fs])
        extra = 0.0
        for _ in range(30):
            p = 1 / (1 + np.exp(-(base + extra)))
            extra += float((y - p).sum() - RIDGE * extra) / float((p * (1 - p)).sum() + RIDGE)
        out[relation] = round(extra, 2)
    return out


def main() -> None:
    """Command line."""
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--out", type=Path, default=Path("kg/extraction/confidence.json"))
    ap.add_argument("--show", type=int, default=0, help="print so many wrong finds of each rule")
    a = ap.parse_args()
    nlp = load(keep=True)
    weights = weights_of(nlp)
    found = [f for d in documents() for f in finds(d, nlp, weights)]
    by_rule: dict[str, list[Find]] = defaultdict(list)
    for f in found:
        if f.source != "model":
            by_rule[f.source].append(f)
    rules = {}
    for name, fs in sorted(by_rule.items(), key=lambda x: -len(x[1])):
        known = [f for f in fs if f.right is not None]
        prior = fs[0].score
        right = sum(bool(f.right) for f in known)
        score = (right + PRIOR * prior) / (len(known) + PRIOR)
        rules[name] = round(score, 3)
        print(f"{name:34s} finds {len(fs):4d} judged {len(known):4d} right {right:4d} -> {score:.2f}")
        for f in [f for f in known if not f.right][: a.show]:
            print("      ", f.text.replace("\n", " ")[:260])
    unseen = [f for f in found if f.source == "model" and f.split != "train"]
    x = np.array([f.score for f in unseen])
    y = np.array([float(bool(f.right)) for f in unseen])
    slope, shift = logistic(x, y)
    relations = by_relation(unseen, slope, shift)
    total = sum(len(gold(d)) for d in documents() if split_of(d.name) != "train")
    for least in (-3, -2, -1, -0.5, 0, 0.5, 1, 2, 3):
        chosen = y[x > least]
        p, r = chosen.mean() if len(chosen) else 0.0, chosen.sum() / total
        f1 = 2 * p * r / max(p + r, 1e-9)
        print(f"model margin > {least:5.1f}: {len(chosen):5d} finds, precision {p:.3f} recall {r:.3f} F {f1:.3f}")
    model = {"slope": round(slope, 3), "shift": round(shift, 3), "relations": relations}
    data = {"rules": dict(sorted(rules.items())), "model": model}
    a.out.write_text(json.dumps(data, indent=1) + "\n", "utf-8")
    print("slope", model["slope"], "shift", model["shift"], "documents", len(list(documents())))


if __name__ == "__main__":
    main()
