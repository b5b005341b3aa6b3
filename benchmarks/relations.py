"""Document-level relations on Re-DocRED dev: with the marked mentions, and from words to relations end to end.

The threshold is chosen on the first 100 documents, everything is measured on the others. Only classes of Re-DocRED
count. With marked mentions an entity's type is fed in one of three ways: the coarse type, the finer one that the model
finds, or the one that the marked relations tell (as in training; an oracle, to see how much the head leans on it).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from spacy.language import Language

from benchmarks.gold_relations import (
    Document,
    Judged,
    Predicted,
    Span,
    best_threshold,
    calibration_rows,
    counts,
    lenient,
    logistic_fit,
    strict,
)
from benchmarks.measures import Counts
from benchmarks.model import fingerprint, open_model, parser, read_words, weights
from benchmarks.report import Row, finish, table
from kg.extraction.coreference import cluster_names
from kg.extraction.learned import model_type
from kg.extraction.mentions import TokenMention
from kg.extraction.recognition import recognised
from kg.language.components import WITHIN
from kg.language.reading import Reading
from kg.language.relations import score_relations
from kg.language.weights import Weights
from training.corpora import COARSE_OF, Passage, redocred

HELD_OUT = 100
LEAST = -3.0
GRID = [x / 10 for x in range(-29, 51)]
EDGES = [-3, -2.5, -2, -1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2, 3, 4, 6, 100]
MAIN = {"PER": "Person", "ORG": "Organization", "LOC": "Place", "TIME": "Date", "NUM": "Quantity", "MISC": "Work"}
WAYS = ("marked, coarse types", "marked, types found", "marked, types told", "end to end", "end to end, names only")


def main() -> None:
    """Command line."""
    ap = parser(__doc__)
    ap.add_argument("--mistakes", type=int, default=0, metavar="N", help="also print N wrong relations of each kind")
    a = ap.parse_args()
    nlp = open_model(a.model)
    properties = {k: v["name"] if isinstance(v, dict) else v for k, v in _properties(a.corpora).items()}
    passages = redocred(a.corpora / "redocred" / "dev" / "dev_revised.json")[: a.limit]
    docs: dict[str, list[Document]] = {way: [] for way in WAYS}
    for passage in passages:
        for way, doc in read(nlp, passage, frozenset(properties)):
            docs[way].append(doc)
    rows: list[Row] = []
    figures: dict[str, object] = {}
    calibrated: list[list[Judged]] = []
    for way in WAYS:
        for measure, judge in (("lenient", lenient), ("strict", strict)):
            if way.startswith("marked") and measure == "strict":
                continue  # the clusters are the marked ones
            judged = [judge(d) for d in docs[way]]
            wanted = [len(d.facts) for d in docs[way]]
            at = best_threshold(judged[:HELD_OUT], wanted[:HELD_OUT], GRID)
            for label, threshold in (("0", 0.0), ("best", at)):
                total = _total(judged[HELD_OUT:], wanted[HELD_OUT:], threshold)
                rows.append([way, measure, label, threshold, *total.percent()])
                figures[f"{way}, {measure}, threshold {label}"] = {"threshold": threshold, "prf": total.percent()}
            if (way, measure) == ("end to end", "lenient"):
                calibrated, threshold_used = judged, at
    _per_relation(docs["end to end"], docs["marked, types found"], threshold_used, properties)
    if a.mistakes:
        _mistakes(passages, docs["end to end"], calibrated, threshold_used, properties, a.mistakes)
    figures["calibration"] = _calibrate(calibrated)
    head = ["mentions", "measure", "threshold", "at", "P", "R", "F1"]
    print(table(head, rows, f"Relations of Re-DocRED dev, model {fingerprint(nlp)}"))
    finish("relations", {"model": fingerprint(nlp), **figures})


def _properties(corpora: Path) -> dict[str, str]:
    found: dict[str, str] = json.loads((corpora / "redocred" / "rel_info.json").read_text("utf-8"))
    return found


def read(nlp: Language, passage: Passage, properties: frozenset[str]) -> Iterator[tuple[str, Document]]:
    """The document in each of `WAYS`."""
    doc = read_words(nlp, passage.words, passage.starts)
    model, reading = weights(nlp), doc._.kg_reading
    clusters: list[set[Span]] = []
    coarse: list[str] = []
    told: list[str] = []
    for marked in passage.mentions:
        while len(clusters) <= marked.cluster:
            clusters.append(set())
            coarse.append("")
            told.append("")
        clusters[marked.cluster].add((marked.start, marked.end))
        coarse[marked.cluster] = coarse[marked.cluster] or MAIN[COARSE_OF[min(marked.types)]]
        told[marked.cluster] = min(marked.types) if len(marked.types) == 1 else coarse[marked.cluster]
    held = [sorted(c) for c in clusters]
    gold = Document(tuple(frozenset(c) for c in clusters), frozenset(passage.relations), ())
    found = [found_type(model, reading, spans, kind) for spans, kind in zip(held, coarse, strict=True)]
    for way, types in zip(WAYS, (coarse, found, told), strict=False):
        yield way, replace(gold, predictions=predictions(model, reading, held, types, properties))
    fine = set(model.labels["fine"])
    mentions = recognised(doc)
    for way in WAYS[3:]:
        kept = [m for m in mentions if way == WAYS[3] or m.kind == "name"]
        grouped: dict[int, list[TokenMention]] = {}
        for m in cluster_names(doc, kept):
            if m.cluster >= 0:
                grouped.setdefault(m.cluster, []).append(m)
        spans = [[(m.start, m.end) for m in c] for c in grouped.values()]
        names = [[(m.start, m.end) for m in c if m.kind == "name"] for c in grouped.values()]
        types = [model_type(c, fine) for c in grouped.values()]
        yield way, replace(gold, predictions=predictions(model, reading, spans, types, properties, names))


def found_type(model: Weights, reading: Reading, spans: Sequence[Span], kind: str) -> str:
    """What the span head calls marked mentions, summed over them, among the types that the coarse one leaves."""
    coarse = next(c for c, main in MAIN.items() if main == kind)
    allowed = [model.labels["fine"].index(f) for f in WITHIN[coarse]]
    total = np.zeros(len(allowed))
    for a, b in spans:
        first, last = reading.window_of(a), reading.window_of(b - 1)
        both = [first.states[first.first[a - first.start]], last.states[last.last[b - 1 - last.start]]]
        logits = model.span_types(np.concatenate(both)[None])[0, allowed]
        total += logits - np.logaddexp.reduce(logits)
    return model.labels["fine"][allowed[int(total.argmax())]]


def predictions(
    model: Weights,
    reading: Reading,
    spans: Sequence[Sequence[Span]],
    types: Sequence[str],
    properties: frozenset[str],
    names: Sequence[Sequence[Span]] | None = None,
) -> tuple[Predicted, ...]:
    """Everything over `LEAST`.

    ``names``: what of each cluster is compared with the marked names, if not all of it. A cluster without any is one
    that the corpus would never mark, so nothing is said of its relations.
    """
    shown = [frozenset(s) for s in (spans if names is None else names)]
    found = score_relations(model, reading, spans, types, LEAST)
    return tuple(
        Predicted(shown[s.head], s.label, shown[s.tail], s.margin)
        for s in found
        if s.label in properties and shown[s.head] and shown[s.tail]
    )


def _total(judged: Sequence[Sequence[Judged]], wanted: Sequence[int], threshold: float) -> Counts:
    return sum((counts(j, w, threshold) for j, w in zip(judged, wanted, strict=True)), Counts())


def _per_relation(
    docs: Sequence[Document], marked: Sequence[Document], threshold: float, names: dict[str, str]
) -> None:
    total: dict[str, list[Counts]] = {}
    for kind, group in enumerate((docs[HELD_OUT:], marked[HELD_OUT:])):
        for doc in group:
            judged = lenient(doc)
            wanted = Counter(label for _, label, _ in doc.facts)
            for label in {j.label for j in judged if j.margin > threshold} | set(wanted):
                of = total.setdefault(label, [Counts(), Counts()])
                of[kind] += counts([j for j in judged if j.label == label], wanted[label], threshold)
    rows: list[Row] = [
        [label, names.get(label, ""), int(e.wanted), *e.percent(), *m.percent()]
        for label, (e, m) in sorted(total.items(), key=lambda item: (-item[1][0].wanted, item[0]))
    ]
    head = ["class", "name", "marked", "P", "R", "F1", "P marked", "R marked", "F1 marked"]
    print(table(head, rows, f"Per relation, lenient, end to end and with marked mentions, threshold {threshold}"))


def _calibrate(judged: Sequence[Sequence[Judged]]) -> dict[str, float]:
    held = [j for doc in judged[:HELD_OUT] for j in doc if j.margin > -3]
    slope, shift = logistic_fit([j.margin for j in held], [bool(j.facts) for j in held])
    rest = [j for doc in judged[HELD_OUT:] for j in doc]
    rows = calibration_rows(rest, EDGES, slope, shift)
    head = ["margin over", "to", "predictions", "right", "fitted"]
    print(table(head, rows, f"Calibration, end to end, lenient: slope {slope}, shift {shift}"))
    return {"slope": slope, "shift": shift}


def _mistakes(
    passages: Sequence[Passage],
    docs: Sequence[Document],
    judged: Sequence[Sequence[Judged]],
    threshold: float,
    names: dict[str, str],
    many: int,
) -> None:
    """The surest wrong predictions, and why marked facts were missed."""
    wrong: list[tuple[float, str]] = []
    missed: Counter[str] = Counter()
    for passage, doc, found in zip(passages, docs, judged, strict=True):
        spans = {s for p in doc.predictions for c in (p.head, p.tail) for s in c}

        def text(cluster: frozenset[Span], words: list[str] = passage.words) -> str:
            return max((" ".join(words[a:b]) for a, b in sorted(cluster)), key=len, default="(no name)")

        pairs = {(h, t): label for h, label, t in doc.facts}
        held = {s: n for n, c in enumerate(doc.clusters) for s in c}
        for p, j in zip(doc.predictions, found, strict=True):
            if p.margin > threshold and not j.facts:
                h = next((held[s] for s in p.head if s in held), None)
                t = next((held[s] for s in p.tail if s in held), None)
                real = "end unknown" if h is None or t is None else names.get(pairs.get((h, t), ""), "no relation")
                wrong.append((p.margin, f"{text(p.head)} | {names[p.label]} | {text(p.tail)} | marked: {real}"))
                missed[f"wrong: {'other relation' if real not in ('end unknown', 'no relation') else real}"] += 1
        done = {f for j in found if j.margin > threshold for f in j.facts}
        for h, _, t in sorted(doc.facts - done):
            ends = [any(s in spans for s in doc.clusters[e]) for e in (h, t)]
            missed["missed: " + ("both ends found" if all(ends) else "an end has no mention")] += 1
    print(table(["times", "what"], [[n, w] for w, n in missed.most_common()], "Why"))
    worst: list[Row] = [[m, w] for m, w in sorted(wrong, reverse=True)[:many]]
    print(table(["margin", "wrong"], worst, "Surest wrong relations"))


if __name__ == "__main__":
    main()
