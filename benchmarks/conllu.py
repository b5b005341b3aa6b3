"""Treebank documents as raw text with the gold analysis laid over it by character."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Word:
    """A syntactic word: its characters [start, end) and columns; ``head`` is a word index, its own for a root."""

    start: int
    end: int
    form: str
    lemma: str
    upos: str
    xpos: str
    head: int
    deprel: str


@dataclass
class Parsed:
    """A document: its text, its words, the word index at which each sentence starts."""

    name: str
    text: str = ""
    words: list[Word] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)

    @property
    def sentences(self) -> list[tuple[int, int]]:
        """Character ranges from the first to the last word of each sentence."""
        bounds = pairwise([*self.starts, len(self.words)])
        return [(self.words[a].start, self.words[b - 1].end) for a, b in bounds]

    @property
    def spaces(self) -> list[bool]:
        """Whether white space follows each word."""
        after = [w.start for w in self.words[1:]]
        return [w.end < n for w, n in zip(self.words, [*after, len(self.text)], strict=True)]


def read(path: Path) -> list[Parsed]:
    """Documents of a CoNLL-U file, text rebuilt from SpaceAfter, paragraphs (``# newpar``) parted by a blank line.

    The words of a multi-word token share its characters out where they spell it ("do" + "n't"), else each has them all.
    """
    found: list[Parsed] = []
    for comments, rows in _blocks(path):
        keys = [c.lstrip("# ").split("=")[0].strip() for c in comments]
        new = next((c for c in comments if c.startswith("# newdoc")), None)
        if new is not None or not found:
            found.append(Parsed(new.partition("=")[2].strip() if new else path.stem))
        doc = found[-1]
        if doc.text and "newpar" in keys:
            doc.text = doc.text.rstrip() + "\n\n"
        _add(doc, rows)
    for doc in found:
        doc.text = doc.text.rstrip()
    return found


def _blocks(path: Path) -> Iterator[tuple[list[str], list[list[str]]]]:
    comments: list[str] = []
    rows: list[list[str]] = []
    for line in [*path.read_text("utf-8").split("\n"), ""]:
        if line.startswith("#"):
            comments.append(line)
        elif line.strip():
            rows.append(line.split("\t"))
        elif rows:
            yield comments, rows
            comments, rows = [], []


def _add(doc: Parsed, rows: list[list[str]]) -> None:
    base = len(doc.words)
    doc.starts.append(base)
    tokens: dict[int, tuple[int, str, bool]] = {}  # first word -> (last word, form, space after)
    for row in rows:
        first, dash, until = row[0].partition("-")
        if dash:
            tokens[int(first)] = (int(until), row[1], "SpaceAfter=No" not in row[9].split("|"))
    words = [row for row in rows if row[0].isdigit()]
    number = 1
    while number <= len(words):
        row = words[number - 1]
        last, form, space = tokens.get(number, (number, row[1], "SpaceAfter=No" not in row[9].split("|")))
        at = len(doc.text)
        doc.text += form + (" " if space else "")
        parts = words[number - 1 : last]
        spelt = "".join(p[1] for p in parts) == form
        for p in parts:
            start, end = (at, at + len(p[1])) if spelt else (at, at + len(form))
            at += len(p[1]) if spelt else 0
            head = base + int(p[6]) - 1 if p[6] != "0" else base + int(p[0]) - 1
            doc.words.append(Word(start, end, p[1], p[2], p[3], p[4], head, p[7]))
        number = last + 1
