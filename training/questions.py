"""Examples for the second look: what rules and model propose in marked news, and the marked facts themselves.

Every proposal is right or wrong by the marks; every marked fact is denied, possible, claimed, or said by somebody.
"""

from __future__ import annotations

import pickle
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path
from typing import cast

import numpy as np
import numpy.typing as npt
from spacy.tokens import Doc

from kg.extraction.confidence import Calibration
from kg.language.rereading import ANSWERS, MARKS, Question, numbered
from kg.language.tokens import blank_english
from training.annotated import ENDS, MarkedDocument, MarkedFact
from training.judging import MarkedReading, pipeline
from training.news_corpus import MARKED
from training.standoff import digest

UNLIKELY = -2.5
"""Proposals of the model alone below this margin are unlikely: of a thousand some forty are right."""
WRONG, EASY, PLAIN = 1.0, 0.1, 0.35
"""Share of the wrong proposals that an epoch sees, of those among them that were unlikely, and of the marked facts
without any mark."""
OF_FACTS = 0.3
"""Weight of "right" for a marked fact: it need not have been proposed."""
OF_MARKS = 2.0
"""Weight of the marks of a fact: with 4 they are told better still, and what is right worse (EXPERIMENTS.md)."""

TYPES = numbered(ENDS)
States = npt.NDArray[np.float16]


@dataclass(frozen=True, slots=True)
class Example:
    """A question with its answer. ``around`` [words] is part * PLACES + place; ``ends`` are the first and last words of
    subject and object; ``wanted`` and ``weight`` [answers]; ``said`` [words] is 1 for who may be the speaker, 2 for who
    is; ``likely`` whether it was worth asking.
    """

    document: int
    start: int
    around: npt.NDArray[np.uint8]
    ends: tuple[int, int, int, int]
    relation: str
    types: tuple[int, int]
    wanted: tuple[float, ...]
    weight: tuple[float, ...]
    said: npt.NDArray[np.uint8]
    likely: bool = True

    @property
    def marked(self) -> bool:
        """Whether it bears a mark, or somebody says it."""
        return any(self.wanted[1:])

    @property
    def share(self) -> float:
        """How often an epoch sees it."""
        if not self.wanted[0]:
            return WRONG if self.likely else EASY
        return PLAIN if self.weight[1] and not self.marked else 1.0


def example(
    document: int, q: Question, wanted: Sequence[float], weight: Sequence[float], by: Sequence[int], likely: bool = True
) -> Example:
    """``by`` are the first words of the mentions of the one who says it."""
    said = np.zeros(len(q.excerpt.part), np.uint8)
    said[[s - q.excerpt.start for s in q.speakers]] = 1
    said[[s - q.excerpt.start for s in q.speakers if s in by]] = 2
    return Example(
        document, q.excerpt.start, q.excerpt.around.astype(np.uint8),
        (q.subject.start, q.subject.end - 1, q.object.start, q.object.end - 1), q.relation,
        (q.subject.number(TYPES), q.object.number(TYPES)), tuple(wanted), tuple(weight), said,
        likely,
    )  # fmt: skip


def wanted_of(fact: MarkedFact) -> list[float]:
    """One number for each of `ANSWERS`."""
    marks = {MARKED[f] for f in fact.flags if f in MARKED}
    return [1.0, *(float(mark in marks) for mark in MARKS), float(fact.by is not None)]


def examples(number: int, reading: MarkedReading) -> Iterator[Example]:
    """Of one document."""
    for p in reading.found:
        right = reading.right(p)
        if right is not None and (q := reading.look.question(p)) is not None:
            likely = p.grounds.share is not None or (p.grounds.margin or 0.0) >= UNLIKELY
            yield example(number, q, [float(right), 0, 0, 0, 0], [1, 0, 0, 0, 0], (), likely)
    for fact, p in reading.facts():
        if (q := reading.look.question(p)) is None:
            continue
        by = [m.start for m in reading.look.speaker_at.values() if fact.by and reading.entity(m) == fact.by]
        yield example(number, q, wanted_of(fact), [OF_FACTS] + [OF_MARKS] * (len(ANSWERS) - 1), by)


def _read(task: tuple[int, MarkedDocument, Path | None]) -> tuple[States, list[Example]]:
    number, marked, model = task
    nlp, weights = pipeline(model)
    reading = MarkedReading(marked, nlp, weights, Calibration(least=0.0))
    kept = reading.doc._.kg_reading
    return kept.states(len(reading.doc)).astype(np.float16), list(examples(number, reading))


def read(
    documents: Sequence[MarkedDocument], processes: int, model: Path | None = None
) -> tuple[list[States], list[Example]]:
    """States of every document, and all examples."""
    with get_context("spawn").Pool(processes) as pool:
        done = pool.map(_read, [(i, d, model) for i, d in enumerate(documents)], chunksize=8)
    return [states for states, _ in done], [e for _, found in done for e in found]


def in_words(found: Sequence[Example], tokens: Doc) -> list[Example]:
    """The examples of one document, tokens of white space left out."""
    real = np.array([not t.is_space for t in tokens])
    word = np.cumsum(real) - real
    out = []
    for e in found:
        kept = real[e.start : e.start + len(e.around)]
        ends = cast(tuple[int, int, int, int], tuple(int(word[i]) for i in e.ends))
        out.append(replace(e, start=int(word[e.start]), around=e.around[kept], said=e.said[kept], ends=ends))
    return out


def keep(path: Path, documents: Sequence[MarkedDocument], found: Sequence[Example]) -> None:
    """Write the examples of all documents, counted in words, by name of the document, with its words' digest."""
    blank, by_document = blank_english(), defaultdict(list)
    for e in found:
        by_document[e.document].append(e)
    named = {}
    for i, d in enumerate(documents):
        tokens = blank(d.text)
        words = [t.text for t in tokens if not t.is_space]
        named[d.name] = (digest(words), in_words(by_document[i], tokens))
    path.write_bytes(pickle.dumps(named, protocol=5))


def kept(path: Path, words: Mapping[str, Sequence[str]]) -> dict[str, list[Example]]:
    """What `keep` wrote, of the documents whose ``words`` are given by name. Stops where a text is no longer the same:
    its examples would point at other words.
    """
    named = pickle.loads(path.read_bytes())
    changed = [name for name, own in words.items() if name in named and named[name][0] != digest(own)]
    if changed:
        raise SystemExit(f"{path}: ask again with training.rereading --examples; changed since: {', '.join(changed)}")
    return {name: named[name][1] for name in words if name in named}
