"""The measure of CaRB (Bhardwaj, Aggarwal and Mausam 2019) for open-information tuples, written from the paper.

Two tuples are compared part by part, by shared tokens, capitals told apart. What the paper leaves open (that only the
relations must share a token, that arguments may not be lacking) follows the authors' published program. Precision: each
predicted tuple is matched to one marked tuple at most; recall: each marked tuple takes the best of all predicted ones,
so that one long prediction may serve several.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from benchmarks.measures import harmonic

_BE = frozenset({"be", "is", "am", "are", "was", "were", "been", "being"})
_SAYING = frozenset({"said", "told", "added", "adds", "says"})


@dataclass(frozen=True, slots=True)
class Tuple:
    """An open relation: tokens parted by blanks; ``args`` are the first argument and all others, in order."""

    relation: str
    args: tuple[str, ...]
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Point:
    """Precision and recall when only tuples of at least this confidence count."""

    confidence: float
    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Harmonic mean."""
        return harmonic(self.precision, self.recall)


def read_gold(path: Path) -> dict[str, list[Tuple]]:
    """Marked tuples of each sentence: a line has sentence, relation, first argument and the others, parted by tabs."""
    found: dict[str, list[Tuple]] = defaultdict(list)
    for line in path.read_text("utf-8").splitlines():
        sentence, relation, *args = line.split("\t")
        found[sentence].append(Tuple(relation, tuple(a for a in args if a.strip())))
    return dict(found)


def _merged(t: Tuple) -> tuple[list[str], list[list[str]]]:
    """Tokens of the relation and of two arguments: the first, and all others as one."""
    args = [a.split() for a in t.args]
    return t.relation.split(), [args[0] if args else [], [w for a in args[1:] for w in a]][: max(len(args), 1)]


def _common(gold: Sequence[str], predicted: Sequence[str]) -> list[str]:
    """Tokens that both have, each as often as in both."""
    return list((Counter(gold) & Counter(predicted)).elements())


def _shared(gold: Sequence[str], predicted: Sequence[str]) -> int:
    """Number of common tokens of two relations; a predicted "be" stands for any form of it."""
    common = _common(gold, predicted)
    left = list(predicted).count("be") > common.count("be")
    return len(common) + bool(left and _BE & set(gold))


def match(gold: Tuple, predicted: Tuple) -> tuple[float, float]:
    """Precision and recall of one tuple by another; (0, 0) unless the relations share a token.

    No argument may be lacking either. For verbs of saying the arguments may also stand the other way round.
    """
    relation, args = _merged(gold)
    said, ours = _merged(predicted)
    best = _match(relation, args, said, ours)
    if len(ours) > 1 and _SAYING & set(relation):
        best = max(best, _match(relation, args, said, ours[::-1]))
    return best


def _match(
    relation: Sequence[str], args: Sequence[Sequence[str]], said: Sequence[str], ours: Sequence[Sequence[str]]
) -> tuple[float, float]:
    right = _shared(relation, said)
    if not right or len(ours) < len(args):
        return 0.0, 0.0
    right += sum(len(_common(wanted, given)) for wanted, given in zip(args, ours, strict=False))
    predicted = len(said) + sum(len(g) for g in ours[: len(args)])
    return right / predicted, right / (len(relation) + sum(map(len, args)))


def curve(gold: Mapping[str, Sequence[Tuple]], predicted: Mapping[str, Sequence[Tuple]]) -> list[Point]:
    """A point for every confidence that occurs, from the highest down."""
    pairs = {
        sentence: [[match(g, p) for p in predicted.get(sentence, ())] for g in tuples]
        for sentence, tuples in gold.items()
    }
    levels = sorted({p.confidence for tuples in predicted.values() for p in tuples}, reverse=True)
    return [_point(gold, predicted, pairs, level) for level in levels]


def _point(
    gold: Mapping[str, Sequence[Tuple]],
    predicted: Mapping[str, Sequence[Tuple]],
    pairs: Mapping[str, list[list[tuple[float, float]]]],
    level: float,
) -> Point:
    precision = recall = 0.0
    given = wanted = 0
    for sentence, tuples in gold.items():
        kept = [j for j, p in enumerate(predicted.get(sentence, ())) if p.confidence >= level]
        given += len(kept)
        wanted += len(tuples)
        scores = pairs[sentence]
        recall += sum(max((row[j][1] for j in kept), default=0.0) for row in scores)
        precision += _one_to_one({(i, j): row[j][0] for i, row in enumerate(scores) for j in kept})
    return Point(level, precision / given if given else 0.0, recall / wanted if wanted else 0.0)


def _one_to_one(scores: Mapping[tuple[int, int], float]) -> float:
    """Sum of the best pairs, taken greedily, no row or column twice."""
    total = 0.0
    rows: set[int] = set()
    columns: set[int] = set()
    for (i, j), score in sorted(scores.items(), key=lambda item: (-item[1], item[0])):
        if i not in rows and j not in columns:
            rows.add(i)
            columns.add(j)
            total += score
    return total


def area(points: Iterable[Point]) -> float:
    """Area under precision over recall, by trapezoids, from recall 0 with precision 1, as CaRB's authors take it."""
    ordered = sorted(points, key=lambda p: (p.recall, -p.precision))
    start = Point(1.0, 1.0, 0.0)
    return sum((b.recall - a.recall) * (a.precision + b.precision) / 2 for a, b in pairwise([start, *ordered]))
