"""Names: strict and span-only F1 on the dev parts of Re-DocRED (six types) and Universal NER on EWT (three).

Words and sentences are given. What the model calls by a finer type is compared as the coarse type it belongs to.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from spacy.tokens import Doc

from benchmarks.measures import Counts
from benchmarks.model import fingerprint, open_model, parser, read_words
from benchmarks.report import Row, finish, table
from training.corpora import COARSE_OF, redocred

Name = tuple[int, int, str]
ALL = frozenset({"PER", "ORG", "LOC", "TIME", "NUM", "MISC"})
UNIVERSAL = frozenset({"PER", "ORG", "LOC"})


@dataclass(frozen=True)
class Marked:
    """Words, the word index of each sentence start, and names as (start, end, coarse type)."""

    words: list[str]
    starts: list[int]
    names: frozenset[Name]


def of_redocred(path: Path) -> Iterator[Marked]:
    """Every mention of every cluster."""
    for passage in redocred(path):
        names = frozenset((m.start, m.end, COARSE_OF[min(m.types)]) for m in passage.mentions)
        yield Marked(passage.words, passage.starts, names)


def of_universal_ner(path: Path) -> Iterator[Marked]:
    """Documents of a Universal NER file (number, word, BIO tag); tags of other types count as O."""
    words: list[str] = []
    tags: list[str] = []
    starts: list[int] = []
    fresh = True
    for line in [*path.read_text("utf-8").split("\n"), "# newdoc"]:
        columns = line.split("\t")
        if line.startswith("# newdoc") and words:
            yield Marked(words, starts, frozenset(n for n in spans(tags) if n[2] in UNIVERSAL))
            words, tags, starts = [], [], []
        if not line.strip():
            fresh = True
        elif columns[0].isdigit():
            if fresh:
                starts.append(len(words))
            fresh = False
            words.append(columns[1])
            tags.append(columns[2])


def spans(tags: Iterable[str]) -> Iterator[Name]:
    """Names of BIO tags; an I that continues nothing begins one."""
    start, kind = 0, ""
    for i, tag in enumerate([*tags, "O"]):
        prefix, _, found = tag.partition("-")
        if kind and not (prefix == "I" and found == kind):
            yield start, i, kind
            kind = ""
        if prefix in ("B", "I") and found and not kind:
            start, kind = i, found


def predicted(doc: Doc, types: frozenset[str]) -> frozenset[Name]:
    """Names that the component put on ``doc.ents``, in coarse types, those of ``types`` only."""
    found = ((e.start, e.end, COARSE_OF.get(e.label_, "MISC")) for e in doc.ents)
    return frozenset(n for n in found if n[2] in types)


def mistakes(ours: frozenset[Name], gold: frozenset[Name], words: list[str], into: dict[str, Counter[str]]) -> None:
    """Sort what differs into wrong type, wrong edge, invented and overlooked; ``into`` counts kinds and examples."""
    at = {(a, b): k for a, b, k in gold}
    touched = set()
    for a, b, kind in sorted(ours):
        near = next(((x, y, k) for x, y, k in sorted(gold) if x < b and a < y), None)
        text = " ".join(words[a:b])
        if (a, b) in at:
            touched.add((a, b))
            if at[a, b] != kind:
                into["type gold>ours"][f"{at[a, b]}>{kind}"] += 1
                into["type, example"][f"{at[a, b]}>{kind} {text}"] += 1
        elif near is not None:
            touched.add(near[:2])
            into["edge gold>ours"][f"{near[2]}: {' '.join(words[near[0] : near[1]])} > {text}"] += 1
            into["edge, type of gold"][near[2]] += 1
        else:
            into["invented, type"][kind] += 1
            into["invented"][f"{kind} {text}"] += 1
    for a, b, kind in sorted(gold):
        if (a, b) not in touched and not any(x < b and a < y for x, y, _ in ours):
            into["overlooked, type"][kind] += 1
            into["overlooked"][f"{kind} {' '.join(words[a:b])}"] += 1


def main() -> None:
    """Command line."""
    ap = parser(__doc__)
    ap.add_argument("--mistakes", type=int, default=0, metavar="N", help="also print the N commonest of each kind")
    a = ap.parse_args()
    nlp = open_model(a.model)
    corpora = {
        "Re-DocRED dev": (of_redocred(a.corpora / "redocred" / "dev" / "dev_revised.json"), ALL),
        "UNER-EWT dev": (of_universal_ner(next((a.corpora / "uner-ewt" / "dev").iterdir())), UNIVERSAL),
    }
    rows: list[Row] = []
    figures: dict[str, object] = {}
    for corpus, (docs, types) in corpora.items():
        counts = dict.fromkeys(["strict", "span only", *sorted(types)], Counts())
        wrong: dict[str, Counter[str]] = {
            k: Counter()
            for k in (
                "type gold>ours", "type, example", "edge, type of gold", "edge gold>ours", "invented, type", "invented",
                "overlooked, type", "overlooked",
            )
        }  # fmt: skip
        for k, doc in enumerate(docs):
            if a.limit is not None and k >= a.limit:
                break
            ours = predicted(read_words(nlp, doc.words, doc.starts), types)
            counts["strict"] += Counts.of(ours, doc.names)
            counts["span only"] += Counts.of({n[:2] for n in ours}, {n[:2] for n in doc.names})
            for kind in types:
                counts[kind] += Counts.of({n for n in ours if n[2] == kind}, {n for n in doc.names if n[2] == kind})
            mistakes(ours, doc.names, doc.words, wrong)
        rows += [[corpus, what, *c.percent(), int(c.wanted)] for what, c in counts.items()]
        figures[corpus] = {what: c.percent()[2] for what, c in counts.items()}
        for kind, found in wrong.items() if a.mistakes else ():
            print(table(["times", "what"], [[n, w] for w, n in found.most_common(a.mistakes)], f"{corpus}: {kind}"))
    print(table(["corpus", "names", "P", "R", "F1", "gold"], rows, f"Names, model {fingerprint(nlp)}"))
    finish("names", {"model": fingerprint(nlp), "f1": figures})


if __name__ == "__main__":
    main()
