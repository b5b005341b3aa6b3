"""Trees for documents without any: each sentence read alone, by several checkpoints kept where all agree.

In whole news documents the parser sees no gold tree, and what names and relations ask of the encoder there wears its
trees down: read within its document every eighth word of news hung otherwise than in its sentence read alone, and
mostly worse. So the marked news gets the trees of its single sentences as training data (self-training; agreement of
the readers as filter is that of tri-training, Zhou and Li 2005).

``python -m training.silver FOLDER... --corpora DIR --out FILE``; the folders are packaged models.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from spacy.language import Language

from benchmarks.model import open_model, read_words
from training import news_corpus
from training.corpora import Passage, Sentence, property_classes, redocred

UNSURE = 1_000_000  # a head outside every window: nothing is learned from it

Word = tuple[str, str, str, str, int, str]
"""upos, xpos, feats, lemma, head counted from 1 in the sentence (0 at its root), label."""


def read_alone(nlp: Language, words: list[str]) -> list[Word]:
    """The words of one sentence, annotated without their document."""
    doc = read_words(nlp, words, [0])
    return [
        (t.pos_, t.tag_, str(t.morph) or "_", t.lemma_, 0 if t.head.i == t.i else t.head.i + 1, t.dep_) for t in doc
    ]


def agreed(first: list[Word], *others: list[Word]) -> Sentence:
    """The first reading; words that another one gives another head or label have the head `UNSURE`."""
    columns = [list(c) for c in zip(*first, strict=True)]
    heads = [a[4] if all(a[4:] == b[4:] for b in rest) else UNSURE for a, *rest in zip(first, *others, strict=True)]
    return Sentence(columns[0], columns[1], columns[2], columns[3], heads, columns[5])  # type: ignore[arg-type]


def key(passage: Passage) -> str:
    """Under which the trees of a passage are kept: its name, and what tells it from others of that name."""
    return f"{passage.name} {len(passage.words)} {passage.words[0]}"


def attach(passages: list[Passage], path: Path) -> int:
    """Give the passages that have no trees those of a file that `main` wrote. Returns how many got some."""
    held = dict(json.loads(line) for line in path.read_text("utf-8").splitlines())
    found = 0
    for passage in passages:
        rows = held.get(key(passage))
        if passage.syntax is None and rows is not None and len(rows) == len(passage.starts):
            passage.syntax = [Sentence(*row) for row in rows]
            found += 1
    return found


def main() -> None:
    """Command line."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("readers", type=Path, nargs="+", help="folders of packaged models")
    ap.add_argument("--corpora", type=Path, required=True)
    ap.add_argument("--out", type=Path, required=True)
    a = ap.parse_args()
    readers = [open_model(folder) for folder in a.readers]
    passages = news_corpus.passages(property_classes(a.corpora), "train", a.corpora)
    passages += redocred(a.corpora / "redocred/train/train_revised_part992.json")
    with a.out.open("w", encoding="utf-8") as out:
        for passage in passages:
            parts = [passage.words[s:e] for s, e in zip(passage.starts, passage.ends, strict=True)]
            rows = [list(vars(agreed(*(read_alone(nlp, p) for nlp in readers))).values()) for p in parts]
            out.write(json.dumps([key(passage), rows], ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
