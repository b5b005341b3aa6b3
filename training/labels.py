"""The classes of every head, chosen from the training data, and passages turned into tensors for the network."""

from __future__ import annotations

import bisect
import random
from collections import Counter
from dataclasses import dataclass, field

import numpy as np

from kg.language.pieces import CLS, SEP, WordPieces, shape, windows
from kg.language.relations import DISTANCES
from training.corpora import BIO, COARSE_OF, FINE, WITHIN, Passage, gold_bio, lemma_script

NOMINAL = ("O", "B", "I")


@dataclass
class Labels:
    """Class names of each head, in the order of its logits. ``relation[0]`` is the threshold."""

    upos: list[str]
    xpos: list[str]
    feats: list[str]
    lemma: list[str]
    deprel: list[str]
    relation: list[str]
    name: list[str] = field(default_factory=lambda: list(BIO))
    nominal: list[str] = field(default_factory=lambda: list(NOMINAL))
    fine: list[str] = field(default_factory=lambda: list(FINE))
    start: list[str] = field(default_factory=lambda: ["inside", "start"])

    def sizes(self) -> dict[str, int]:
        """Number of classes a head."""
        return {k: len(v) for k, v in vars(self).items()}

    @classmethod
    def of(cls, docs: list[Passage], relations: list[str]) -> Labels:
        """Collect the classes; rare lemma scripts and features fall to the first class."""
        sentences = [(s, d.words[a:b]) for d in docs for s, a, b in zip(d.syntax or (), d.starts, d.ends, strict=False)]
        scripts = Counter(lemma_script(w, x) for s, ws in sentences for w, x in zip(ws, s.lemmas, strict=True))
        feats = Counter(f for s, _ in sentences for f in s.feats)
        return cls(
            upos=sorted({u for s, _ in sentences for u in s.upos}),
            xpos=sorted({u for s, _ in sentences for u in s.xpos}),
            feats=[f for f, n in sorted(feats.items(), key=lambda x: (-x[1], x[0])) if n >= 5],
            lemma=[f for f, n in sorted(scripts.items(), key=lambda x: (-x[1], x[0])) if n >= 3],
            deprel=sorted({u for s, _ in sentences for u in s.deprels}),
            relation=["threshold", *relations],
        )


def bucket(distance: np.ndarray) -> np.ndarray:
    """Distance in words -> bucket number 0..8."""
    return np.searchsorted(np.asarray(DISTANCES), distance, side="right")


@dataclass
class Window:
    """Pieces of one window; ``first``/``last`` are the piece positions of its words [start, end)."""

    start: int
    end: int
    ids: list[int]
    shapes: list[int]
    first: list[int]
    last: list[int]


class Cutter:
    """Cuts passages into windows of word pieces."""

    def __init__(self, pieces: WordPieces) -> None:
        self.pieces = pieces

    def cut(self, doc: Passage, limit: int, instead: list[str] | None = None) -> list[Window]:
        """Windows of at most ``limit`` pieces (and two special ones); ``instead`` are other words for the passage's."""
        text = doc.words if instead is None else instead
        pieces = [self.pieces(w) for w in text]
        out = []
        for start, end in windows([len(p) for p in pieces], doc.ends, limit):
            w = Window(start, end, [CLS], [0], [], [])
            for word, ps in zip(text[start:end], pieces[start:end], strict=True):
                w.first.append(len(w.ids))
                w.ids += ps
                w.shapes += [shape(word)] * len(ps)
                w.last.append(len(w.ids) - 1)
            w.ids.append(SEP)
            w.shapes.append(0)
            out.append(w)
        return out


class Targets:
    """Gold classes of a passage, worked out once."""

    def __init__(self, doc: Passage, labels: Labels) -> None:
        self.doc = doc
        n = len(doc.words)
        self.layers: dict[str, np.ndarray] = {}
        self.sentence = np.zeros(n, np.int64)
        start = np.zeros(n, np.int64)
        for i, at in enumerate(doc.starts):
            start[at] = 1
            self.sentence[at:] = i
        if not doc.partial:
            self.layers["start"] = start
        if doc.syntax is not None:
            index = {
                k: {v: i for i, v in enumerate(getattr(labels, k))}
                for k in ("upos", "xpos", "feats", "lemma", "deprel")
            }
            rows = {k: [] for k in ("upos", "xpos", "feats", "lemma", "deprel", "head")}
            for s, a, b in zip(doc.syntax, doc.starts, doc.ends, strict=True):
                rows["upos"] += [index["upos"].get(u, 0) for u in s.upos]
                rows["xpos"] += [index["xpos"].get(u, 0) for u in s.xpos]
                rows["feats"] += [index["feats"].get(u, -1) for u in s.feats]
                scripts = [lemma_script(w, x) for w, x in zip(doc.words[a:b], s.lemmas, strict=True)]
                rows["lemma"] += [index["lemma"].get(u, -1) for u in scripts]
                rows["deprel"] += [index["deprel"].get(u, index["deprel"].get(u.split(":")[0], -1)) for u in s.deprels]
                rows["head"] += [a + h - 1 if h else -1 for h in s.heads]
            self.layers |= {k: np.array(v, np.int64) for k, v in rows.items()}
        self.names: np.ndarray | None = None
        if doc.names is not None:
            self.names = np.zeros((n, len(BIO)), bool)
            unmarked = [i for i, b in enumerate(BIO) if b != "O" and b[2:] not in doc.names]
            for i, tag in enumerate(gold_bio(doc)):
                self.names[i, BIO.index(tag)] = True
                if tag == "O":
                    self.names[i, unmarked] = True
        if doc.nominals:
            tags = np.zeros(n, np.int64)
            for m in sorted((m for m in doc.mentions if m.kind == "nominal"), key=lambda m: m.end - m.start):
                tags[m.start], tags[m.start + 1 : m.end] = 1, 2
            self.layers["nominal"] = tags
        self.types = np.array([[f in m.types for f in FINE] for m in doc.mentions], bool).reshape(-1, len(FINE))
        family = [WITHIN[COARSE_OF[min(m.types)]] if len(m.types) < len(FINE) else m.types for m in doc.mentions]
        self.family = np.array([[f in fs for f in FINE] for fs in family], bool).reshape(-1, len(FINE))
        """Fine types of the coarse type of each mention: what is known of a name before its type is found."""
        self.classes = {c: i for i, c in enumerate(labels.relation)}
        clusters: dict[int, list[int]] = {}
        for i, m in enumerate(doc.mentions):
            clusters.setdefault(m.cluster, []).append(i)
        self.clusters = {c: ms for c, ms in sorted(clusters.items()) if c >= 0}


def distances(members: list[list[tuple[int, int]]]) -> np.ndarray:
    """Least number of words between any mentions of two entities, [n, n], from their word spans."""
    n = len(members)
    out = np.zeros((n, n), np.int64)
    starts = [np.array([a for a, _ in m]) for m in members]
    for i in range(n):
        for j in range(i):
            out[i, j] = out[j, i] = np.abs(starts[i][:, None] - starts[j][None]).min()
    return out


def length_sorted_batches(lengths: list[int], size: int, rng: random.Random) -> list[list[int]]:
    """Batches of similar length, in random order."""
    order = sorted(range(len(lengths)), key=lambda i: lengths[i] * rng.uniform(0.85, 1.15))
    out = [order[i : i + size] for i in range(0, len(order), size)]
    rng.shuffle(out)
    return out


def window_of(windows_: list[Window], word: int) -> int:
    """Index of the window that holds the word."""
    return bisect.bisect_right([w.start for w in windows_], word) - 1
