"""The spaCy component of the default model: one forward pass a window gives tags, lemmas, trees, names.

Registered as the factory ``kg_encoder``. Documents are ordinary spaCy `Doc`s afterwards. ``doc.spans["nominals"]``
holds descriptions that stand for an entity; ``doc._.kg_reading`` what later stages need of the encoder, if the
component was told to keep it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import spacy.attrs
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from kg.language import serialisation  # noqa: F401  so that a Doc that keeps its reading can be packed
from kg.language.columns import strings_of
from kg.language.decoding import best_bio, heads, lemma, spans
from kg.language.pieces import CLS, SEP, windows
from kg.language.reading import Reading, Window
from kg.language.sentence_ends import Line, expected_starts, rough_ends
from kg.language.weights import Weights, WindowOutput
from kg.ontology.vocabulary import SUBTYPES

LIMIT = 320  # word pieces a window: longer ones cost quadratic attention, shorter ones lose context


def subtypes_of(type_: str) -> tuple[str, ...]:
    """The vocabulary's subtypes of a type, in its order."""
    return tuple(sub for sub, main in SUBTYPES.items() if main == type_)


REMEMBERED = 200_000  # lemmas kept: news repeats its words
NOMINAL = ["O", "B-nominal", "I-nominal"]
WITHIN = {
    "PER": ("Person",),
    "ORG": ("Organization", *subtypes_of("Organization")),
    "LOC": ("Place", *subtypes_of("Place"), "Facility"),
    "TIME": ("Date",),
    "NUM": ("Quantity",),
    "MISC": ("Event", "Work", "Product", "Award", "Position", "Group", "Language"),
}


@Language.factory("kg_encoder", default_config={"keep": False}, assigns=["token.tag", "token.head", "doc.ents"])
def make_encoder(nlp: Language, name: str, keep: bool) -> Encoder:
    """Factory for spaCy; the weights come with ``from_disk``."""
    return Encoder(nlp, name, keep)


class Encoder:
    """Callable component; ``weights`` is None until `from_disk`."""

    def __init__(self, nlp: Language, name: str, keep: bool = False) -> None:
        self.nlp, self.name, self.keep = nlp, name, keep
        self.weights: Weights | None = None
        if not Doc.has_extension("kg_reading"):
            Doc.set_extension("kg_reading", default=None)

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> Encoder:
        """Load the weights from the component's folder. Raises `DamagedModel`."""
        self.weights = Weights(Path(path))
        allowed = {k: [self.weights.labels["fine"].index(f) for f in fs] for k, fs in WITHIN.items()}
        allowed["nominal"] = [
            i for i, f in enumerate(self.weights.labels["fine"]) if f not in ("Date", "Quantity", "Language")
        ]
        self._allowed = allowed
        self._keys = _Keys(self.nlp.vocab, self.weights.labels)
        self._lemmas: dict[tuple[str, int, int, int], str] = {}
        return self

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Nothing to write: the files are made by the exporter and never change."""
        Path(path).mkdir(parents=True, exist_ok=True)

    def __call__(self, doc: Doc) -> Doc:
        """Annotate in place, as spaCy's pipelines do."""
        return self.annotate(doc)

    def annotate(self, doc: Doc, sentence_starts: Iterable[int] | None = None) -> Doc:
        """Annotate a tokenized `Doc` in place and return it.

        ``sentence_starts`` are the tokens that begin a sentence where they are known (a treebank's): the model then
        decides none itself. A sentence longer than a window is still cut there.
        """
        weights = self.weights
        if weights is None:
            raise RuntimeError("the component kg_encoder has no weights: load the pipeline with kg.load_language()")
        words = np.flatnonzero(doc.to_array(spacy.attrs.IS_SPACE) == 0).tolist()
        if not words:
            for t in doc:
                t.is_sent_start = t.i == 0
            doc.spans["nominals"] = []
            return doc
        texts = strings_of(doc)
        if len(words) < len(texts):
            texts = [texts[i] for i in words]
        pieces = [weights.pieces(w) for w in texts]
        line = Line.of(doc, words, texts) if sentence_starts is None else None
        if line is not None:
            ends = rough_ends(line)
            forced = {*line.paragraphs}
        else:
            assert sentence_starts is not None
            forced = {0, *(bisect_left(words, token) for token in sentence_starts)}
            ends = sorted({*forced, len(words)} - {0})
        kept: list[Window] = []
        out = _Columns(len(words))
        with weights.blas.limit(limits=1):
            self._windows(texts, pieces, ends, forced, line, out, kept)
        keys = self._keys if doc.vocab is self.nlp.vocab else _Keys(doc.vocab, weights.labels)
        _write(doc, words, [self._lemma(*word) for word in zip(texts, *out.lemmatised(), strict=True)], out, keys)
        if self.keep:
            doc._.kg_reading = Reading(tuple(kept), np.array(words), out.types)
        return doc

    def _windows(
        self, texts: list[str], pieces: list[list[int]], ends: list[int], forced: set[int], line: Line | None,
        out: _Columns, kept: list[Window],
    ) -> None:  # fmt: skip
        assert self.weights is not None
        for start, end in windows([len(p) for p in pieces], ends, LIMIT):
            ids, shapes, first = [CLS], [0], []
            for k in range(start, end):
                mine = pieces[k]
                first.append(len(ids))
                ids += mine
                shapes += self.weights.pieces.shapes(texts[k], len(mine))
            ids.append(SEP)
            shapes.append(0)
            found = self.weights.run(ids, shapes, first)
            at = np.array(first)
            last = np.append(at[1:], len(ids) - 1) - 1
            self._read(found, start, end, forced, line, out)
            self._name(found, start, at, last, out)
            if self.keep:
                kept.append(Window(start, end, at, last, found.states, found.attention))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 128) -> Iterable[Doc]:
        """One document after the other: what a document gets never depends on its neighbours."""
        for doc in stream:
            yield self(doc)

    def _read(
        self, found: WindowOutput, start: int, end: int, forced: set[int], line: Line | None, out: _Columns
    ) -> None:
        assert self.weights is not None
        begins = np.zeros(end - start, bool) if line is None else found.start > expected_starts(line, start, end)
        begins[0] = True
        begins[[k - start for k in forced if start <= k < end]] = True
        head = heads(found.arcs, np.flatnonzero(begins))
        out.head[start:end] = head + start
        out.dep[start:end] = np.where(head == np.arange(end - start), -1, self.weights.arc_labels(found, head))
        out.pos[start:end], out.tag[start:end], out.morph[start:end] = found.upos, found.xpos, found.feats
        out.script[start:end] = found.lemma

    def _lemma(self, text: str, script: int, pos: int, tag: int) -> str:
        """The lemma of a word, remembered; the last three are label numbers."""
        assert self.weights is not None
        key = (text, script, pos, tag)
        held = self._lemmas.get(key)
        if held is None:
            labels = self.weights.labels
            guess = lemma(text, labels["lemma"][script])
            held = self.weights.lexicon.lemma(text, labels["upos"][pos], labels["xpos"][tag], guess)
            if len(self._lemmas) < REMEMBERED:
                self._lemmas[key] = held
        return held

    def _name(self, found: WindowOutput, start: int, first: Any, last: Any, out: _Columns) -> None:
        assert self.weights is not None
        labels = self.weights.labels
        both = spans(best_bio(found.name, labels["name"]), labels["name"])
        both += spans(best_bio(found.nominal, NOMINAL), NOMINAL)
        if not both:
            return
        states = np.stack([np.concatenate([found.states[first[a]], found.states[last[b - 1]]]) for a, b, _ in both])
        logits = self.weights.span_types(states)
        for (a, b, coarse), row in zip(both, logits, strict=True):
            allowed = self._allowed[coarse]
            scores = row[allowed] - row[allowed].max()
            p = np.exp(scores) / np.exp(scores).sum()
            best = int(p.argmax())
            fine = labels["fine"][allowed[best]]
            main = SUBTYPES.get(fine, fine)
            span = (start + a, start + b)
            (out.nominals if coarse == "nominal" else out.names).append((*span, main))
            out.types[span] = (main, fine if fine in SUBTYPES else None, round(float(p[best]), 4))


class _Columns:
    """Annotation by word, collected over the windows: label numbers, -1 for the label of a root; ``head`` by word."""

    def __init__(self, n: int) -> None:
        self.head, self.dep, self.pos, self.tag, self.morph, self.script = (np.zeros(n, np.int64) for _ in range(6))
        self.names: list[tuple[int, int, str]] = []
        self.nominals: list[tuple[int, int, str]] = []
        self.types: dict[tuple[int, int], tuple[str, str | None, float]] = {}

    def lemmatised(self) -> tuple[list[int], list[int], list[int]]:
        """What the lemma of a word depends on besides the word."""
        return self.script.tolist(), self.pos.tolist(), self.tag.tolist()


class _Keys:
    """spaCy's number of every label, as arrays; that of a root's label stands last."""

    def __init__(self, vocab: Vocab, labels: dict[str, list[str]]) -> None:
        def numbers(names: Iterable[str]) -> npt.NDArray[np.uint64]:
            return np.array([vocab.strings.add(name) for name in names], np.uint64)

        self.dep = numbers([*labels["deprel"], "root"])
        self.pos, self.tag = numbers(labels["upos"]), numbers(labels["xpos"])
        self.morph = np.array([vocab.morphology.add("" if x == "_" else x) for x in labels["feats"]], np.uint64)


def _write(doc: Doc, words: list[int], lemmas: list[str], out: _Columns, keys: _Keys) -> None:
    """Put the columns on the Doc. White-space tokens hang on the word before them."""
    strings = doc.vocab.strings
    n = len(doc)
    at = np.array(words)
    dep, pos, tag, lem, mor = (np.zeros(n, np.uint64) for _ in range(5))
    offsets = np.zeros(n, np.int64)
    offsets[at] = at[out.head] - at
    space = np.ones(n, bool)
    space[at] = False
    for i in np.flatnonzero(space).tolist():
        offsets[i] = -1 if i else int(at[0]) - i
        pos[i], tag[i], dep[i] = strings.add("SPACE"), strings.add("_SP"), strings.add("dep")
        lem[i], mor[i] = strings.add(doc[i].text), doc.vocab.morphology.add("")
    # a space attached to the word before it must not chain to another space
    for i in np.flatnonzero(space).tolist():
        while i + offsets[i] >= 0 and space[i + offsets[i]] and i + offsets[i] > 0 and offsets[i] < 0:
            offsets[i] -= 1
        if space[i + offsets[i]]:
            offsets[i] = int(at[0]) - i
    dep[at], pos[at], tag[at], mor[at] = keys.dep[out.dep], keys.pos[out.pos], keys.tag[out.tag], keys.morph[out.morph]
    lem[at] = [strings.add(x) for x in lemmas]
    a = spacy.attrs
    # spaCy wants 64-bit words, heads as wrapped offsets
    columns: Any = np.stack([pos, tag, lem, mor, dep, offsets.astype(np.uint64)], 1)
    doc.from_array([a.POS, a.TAG, a.LEMMA, a.MORPH, a.DEP, a.HEAD], columns)
    doc.ents = tuple(Span(doc, words[s], words[e - 1] + 1, label=kind) for s, e, kind in out.names)
    doc.spans["nominals"] = [Span(doc, words[s], words[e - 1] + 1, label=kind) for s, e, kind in out.nominals]
