"""Reads the parsed sentences of ``tests/data/syntax``: a CoNLL-like table, one block a sentence.

``# id``, ``# expect = subject | relation | object [| part of the rule name]``, ``# never = ...`` (a whole triple, or
a relation alone), ``# glued = 4 5`` (numbers of words that no blank follows), then one line a token: number, word,
lemma, part of speech, tag, head, label, mention (``B-Person``).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.extraction.mentions import MentionTable, TokenMention

DATA = Path(__file__).parents[2] / "data" / "syntax"
VOCAB = Vocab()


@dataclass(frozen=True)
class Sentence:
    id: str
    expect: tuple[tuple[str, ...], ...]
    never: tuple[tuple[str, ...], ...]
    rows: tuple[tuple[str, ...], ...]
    glued: frozenset[str] = frozenset()

    def doc(self) -> Doc:
        heads = [i if row[5] == "0" else int(row[5]) - 1 for i, row in enumerate(self.rows)]
        return Doc(
            VOCAB,
            words=[row[1] for row in self.rows],
            spaces=[row[0] not in self.glued for row in self.rows],
            lemmas=[row[2] for row in self.rows],
            pos=[row[3] for row in self.rows],
            tags=[row[4] for row in self.rows],
            heads=heads,
            deps=[row[6] for row in self.rows],
            sent_starts=[i == 0 for i in range(len(self.rows))],
        )

    def table(self, doc: Doc) -> MentionTable:
        mentions: list[TokenMention] = []
        for i, row in enumerate(self.rows):
            mark, _, kind = row[7].partition("-")
            type_, _, subtype = kind.partition(".")
            if mark == "B":
                mentions.append(TokenMention(i, i + 1, type_, subtype or None))
            elif mark == "I":
                last = mentions.pop()
                mentions.append(TokenMention(last.start, i + 1, last.type, last.subtype))
        return MentionTable(doc, mentions)


def read(name: str) -> list[Sentence]:
    blocks = (DATA / name).read_text(encoding="utf-8").strip().split("\n\n")
    return [_sentence(block) for block in blocks]


def _sentence(block: str) -> Sentence:
    notes: dict[str, list[str]] = {"id": [], "expect": [], "never": [], "glued": []}
    rows = []
    for line in block.splitlines():
        if line.startswith("# "):
            key, _, value = line[2:].partition(" = ")
            notes[key].append(value.strip())
        else:
            rows.append(tuple(line.split(" ")))
    parts = {key: tuple(tuple(p.strip() for p in v.split("|")) for v in values) for key, values in notes.items()}
    return Sentence(
        notes["id"][0], parts["expect"], parts["never"], tuple(rows), frozenset(" ".join(notes["glued"]).split())
    )
