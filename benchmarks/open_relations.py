"""Open relations on the development part of CaRB: best F1 over the confidences, and the area under the curve.

The sentences are given cut into words. The tuples come from the parse alone (`benchmarks.tuples`), so this measures the
parser on what open relations need.
"""

from __future__ import annotations

from collections import defaultdict

from benchmarks.carb import Tuple, area, curve, match, read_gold
from benchmarks.model import fingerprint, open_model, parser, read_words
from benchmarks.report import finish, table
from benchmarks.tuples import Clauses

ORDINARY = {"``": '"', "''": '"', "-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "-LCB-": "{", "-RCB-": "}"}


def main() -> None:
    """Command line."""
    ap = parser(__doc__)
    ap.add_argument(
        "--mistakes", type=int, default=0, metavar="N", help="also print N sentences with the poorest tuples"
    )
    a = ap.parse_args()
    nlp = open_model(a.model)
    gold = read_gold(a.corpora / "carb-dev" / "dev.tsv")
    sentences = list(gold)[: a.limit]
    predicted: dict[str, list[Tuple]] = {}
    for sentence in sentences:
        words = sentence.split()
        doc = read_words(nlp, [ORDINARY.get(w, w) for w in words], [0])
        predicted[sentence] = Clauses(doc, words).tuples()
    points = curve({s: gold[s] for s in sentences}, predicted)
    best = max(points, key=lambda p: p.f1)
    if a.mistakes:
        _print_poorest(gold, predicted, a.mistakes)
    by_level = defaultdict(list)
    for s, tuples in predicted.items():
        for t in tuples:
            by_level[t.confidence].append(max((match(g, t)[0] for g in gold[s]), default=0.0))
    rows = [
        [p.confidence, len(by_level[p.confidence]), sum(by_level[p.confidence]) / len(by_level[p.confidence]),
         100 * p.precision, 100 * p.recall, 100 * p.f1]
        for p in points
    ]  # fmt: skip
    head = ["confidence", "tuples", "right", "P from here up", "R", "F1"]
    print(table(head, rows, f"CaRB dev, {len(sentences)} sentences, model {fingerprint(nlp)}"))
    figures = {"precision": best.precision, "recall": best.recall, "f1": best.f1, "auc": area(points)}
    rounded = {k: round(100 * v, 2) for k, v in figures.items()}
    finish("open_relations", {"model": fingerprint(nlp), "at": best.confidence, **rounded})


def _print_poorest(gold: dict[str, list[Tuple]], predicted: dict[str, list[Tuple]], many: int) -> None:
    def found(sentence: str) -> float:
        return sum(max((match(g, p)[1] for p in predicted[sentence]), default=0.0) for g in gold[sentence])

    for sentence in sorted(predicted, key=lambda s: (found(s) - len(gold[s]), s))[:many]:
        print(sentence)
        for name, tuples in (("marked", gold[sentence]), ("ours  ", predicted[sentence])):
            for t in tuples:
                print(f"  {name} {t.args[0] if t.args else '-'} | {t.relation} | {' | '.join(t.args[1:])}")
    print()


if __name__ == "__main__":
    main()
