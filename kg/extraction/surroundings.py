"""What every word around a proposed fact is to its two ends: on the way between them, beside it, above it, or aside.

Two people and one post in a sentence: which of them holds it shows in the parse, not in the distance. The model that
reads a proposal again (`kg.language.rereading`) is told of each word what it is to the pair in question.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from kg.extraction.mentions import TokenMention
from kg.extraction.sentences import Sentences
from kg.extraction.trees import Tree
from kg.language.rereading import LONGEST, PARTS, Excerpt

_PART = {name: number for number, name in enumerate(PARTS)}


class Surroundings:
    """Excerpts of one document; built once, every question costs the length of its sentences."""

    def __init__(self, tree: Tree, sentences: Sentences) -> None:
        self.tree, self.sentences = tree, sentences
        self._excerpts: dict[tuple[int, int, int, int, tuple[int, ...]], Excerpt] = {}

    def excerpt(self, subject: TokenMention, obj: TokenMention, trigger: Iterable[int]) -> Excerpt:
        """The sentences from one end to the other with the one before and the one after them; of a long excerpt the
        `LONGEST` words around the middle of the ends. The same object for the same words.
        """
        words = tuple(trigger)
        key = (subject.start, subject.end, obj.start, obj.end, words)
        if key not in self._excerpts:
            self._excerpts[key] = self._excerpt(subject, obj, words)
        return self._excerpts[key]

    def _excerpt(self, subject: TokenMention, obj: TokenMention, trigger: tuple[int, ...]) -> Excerpt:
        at = self.sentences.at
        left, right = min(subject.start, obj.start), max(subject.end, obj.end)
        own, end_of_own = at(left).start, at(max(subject.start, obj.start)).end
        start = at(own - 1).start if own else own
        end = at(end_of_own).end if end_of_own < len(self.tree.head) else end_of_own
        if end - start > LONGEST:
            start = max(start, min((left + right) // 2 - LONGEST // 2, end - LONGEST))
            end = start + LONGEST
        place = np.ones(end - start, np.int64)
        place[: max(left - start, 0)] = 0
        place[max(right - start, 0) :] = 2
        place[max(own - start, 0) :] += 3
        place[max(end_of_own - start, 0) :] += 3
        part = self._parts(start, end, subject, obj, trigger)
        return Excerpt(start, end, part, place)

    def _parts(
        self, start: int, end: int, subject: TokenMention, obj: TokenMention, trigger: tuple[int, ...]
    ) -> list[int]:
        tree = self.tree
        up, other, common = tree.ways(subject.span(tree.doc).root.i, obj.span(tree.doc).root.i)
        above: list[int] = []
        joint: tuple[int, ...] = ()
        if common is not None:
            top = other[common]
            cut = up.index(top)
            joint, above = (top,), up[cut + 1 :]
            up, other = up[:cut], other[:common]
        part = [0] * (end - start)

        def put(nodes: Iterable[int], name: str) -> None:
            number = _PART[name]
            for node in nodes:
                if start <= node < end and not part[node - start]:
                    part[node - start] = number

        put(range(subject.start, subject.end), "subject")
        put(range(obj.start, obj.end), "object")
        put(trigger, "trigger")
        put(joint, "joint")
        put(up, "above subject")
        put(other, "above object")
        put(above[:1], "above")
        put(above[1:], "far above")
        for node in (*trigger, *joint, *up, *other):
            put(tree.kids[node], "beside")
        for node in above:
            put(tree.kids[node], "beside above")
        return part
