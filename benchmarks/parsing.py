"""Tags, lemmas and trees on the dev parts of UD EWT and GUM.

Twice: with the treebank's words and sentences given, and from raw text through tokenizer and sentence head. The
figures are F1 as in the CoNLL 2018 shared task (with words given that is accuracy).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

from benchmarks.conllu import Parsed, Word, read
from benchmarks.measures import Counts
from benchmarks.model import fingerprint, open_model, parser, read_words
from benchmarks.parses import METRICS, aligned, compare, words_of
from benchmarks.report import Row, finish, table


def treebanks(corpora: Path) -> dict[str, list[Parsed]]:
    """The dev documents of each treebank, GUM's news apart as well."""
    gum = {p.stem: read(p) for p in sorted((corpora / "gum" / "dev").glob("*.conllu"))}
    return {
        "EWT dev": [d for p in sorted((corpora / "ewt" / "dev").glob("*.conllu")) for d in read(p)],
        "GUM dev": [d for docs in gum.values() for d in docs],
        "GUM dev news": [d for name, docs in gum.items() if "_news_" in name for d in docs],
    }


class Mistakes:
    """What goes wrong most often, for the reader of the table."""

    def __init__(self) -> None:
        self.kinds: dict[str, Counter[str]] = {}

    def note(self, kind: str, what: str) -> None:
        """Count one mistake."""
        self.kinds.setdefault(kind, Counter())[what] += 1

    def of_tree(self, gold: Parsed, system: Parsed) -> None:
        """Confused tags, labels with the right head, and labels of words on the wrong head."""
        for i, j in aligned(gold.words, system.words):
            g, s = gold.words[i], system.words[j]
            if g.upos != s.upos:
                self.note("UPOS gold>system", f"{g.upos}>{s.upos}")
            if g.head == s.head and g.deprel != s.deprel:
                self.note("label, head right", f"{g.deprel}>{s.deprel}")
            elif g.head != s.head:
                self.note("head wrong", g.deprel)
            if g.lemma != s.lemma:
                self.note("lemma form/gold>system", f"{g.form}/{g.lemma}>{s.lemma}")

    def of_text(self, gold: Parsed, system: Parsed) -> None:
        """Words cut otherwise, sentences cut too often or not at all."""
        ours = {(w.start, w.end) for w in system.words}
        for w in gold.words:
            if (w.start, w.end) not in ours:
                inside = [
                    x.form for x in system.words[_near(system, w.start) :][:6] if x.start < w.end and x.end > w.start
                ]
                self.note("words gold>system", f"{w.form}>{'|'.join(inside)}")
        starts = {a for a, _ in gold.sentences}, {a for a, _ in system.sentences}
        for at in sorted(starts[0] - starts[1]):
            self.note("no sentence start at", _around(gold.text, at))
        for at in sorted(starts[1] - starts[0]):
            self.note("sentence start at", _around(gold.text, at))


def _near(system: Parsed, start: int) -> int:
    low, high = 0, len(system.words)
    while low < high:
        middle = (low + high) // 2
        if system.words[middle].end <= start:
            low = middle + 1
        else:
            high = middle
    return low


def _around(text: str, at: int) -> str:
    return (text[max(0, at - 12) : at] + "‖" + text[at : at + 12]).replace("\n", "¶")


def main() -> None:
    """Command line."""
    ap = parser(__doc__)
    ap.add_argument("--mistakes", type=int, default=0, metavar="N", help="also print the N commonest of each kind")
    a = ap.parse_args()
    nlp = open_model(a.model)
    rows: list[Row] = []
    figures: dict[str, object] = {}
    for name, docs in treebanks(a.corpora).items():
        mistakes = Mistakes()
        for way in ("words given", "raw text"):
            total = dict.fromkeys(METRICS, Counts())
            for gold in docs[: a.limit]:
                if way == "raw text":
                    system = words_of(nlp(gold.text))
                    mistakes.of_text(gold, system)
                else:
                    system = words_of(read_words(nlp, [w.form for w in gold.words], gold.starts, gold.spaces))
                    system.words = [_moved(s, g) for s, g in zip(system.words, gold.words, strict=True)]
                    mistakes.of_tree(gold, system)
                total = {m: total[m] + c for m, c in compare(gold, system).items()}
            rows.append([name, way, *(total[m].percent()[2] for m in METRICS)])
            figures[f"{name}, {way}"] = {m: total[m].percent()[2] for m in METRICS}
        for kind, found in mistakes.kinds.items() if a.mistakes else ():
            print(table(["times", "what"], [[n, w] for w, n in found.most_common(a.mistakes)], f"{name}: {kind}"))
    print(table(["treebank", "input", *METRICS], rows, f"Parsing, F1, model {fingerprint(nlp)}"))
    finish("parsing", {"model": fingerprint(nlp), "f1": figures})


def _moved(system: Word, gold: Word) -> Word:
    """Given words align one to one, also where a multi-word token has other letters than its words."""
    return replace(system, start=gold.start, end=gold.end)


if __name__ == "__main__":
    main()
