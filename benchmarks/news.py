"""Entities and relations of a build on the marked news: our own, and real news (GUM, re3d) where the corpora are given.

Each document makes a graph alone. Only plain statements count, what the graph states as a plain triple. P, R and F1
over all documents together (micro), and the mean of the documents (macro). ``--least`` tries other probabilities from
which a claim is made: choose one on the dev part, the test part is for the last look.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from spacy.language import Language

from benchmarks.gold_news import Comparison, compare
from benchmarks.measures import Counts
from benchmarks.model import fingerprint, open_model, parser, weights
from benchmarks.report import Row, finish, table
from kg.extraction.confidence import packaged
from kg.extraction.document import extract
from kg.graph import KnowledgeGraph
from kg.records import Document
from kg.resolution import resolve
from training.annotated import MarkedDocument
from training.news_corpus import marked_news, split_of

SPLITS = ("dev", "test")
KINDS = ("own", "real")


@dataclass
class Tally:
    """The documents of one kind and split, for one probability."""

    entities: list[Counts] = field(default_factory=list)
    relations: list[Counts] = field(default_factory=list)

    def add(self, found: Comparison) -> None:
        """One document more."""
        self.entities.append(found.entities)
        self.relations.append(found.relations)


def read(nlp: Language, doc: MarkedDocument, least: Sequence[float]) -> list[KnowledgeGraph]:
    """The graph of one document for each probability; it is parsed once."""
    document, parsed = Document.of(doc.text, doc.name, published=doc.published), nlp(doc.text)
    calibrations = [replace(packaged(), least=p) for p in least]
    return [resolve([extract(parsed, document, weights(nlp), c)]) for c in calibrations]


def told(doc: MarkedDocument, graph: KnowledgeGraph, found: Comparison) -> str:
    """What is missed and wrong, with sentences."""
    names = {key: name for key, (_, _, name) in doc.entities.items()}
    called = {e.id: e.name for e in graph.entities}
    lines = [doc.name]
    for f in found.missed:
        start, end = doc.sentences[f.sentence]
        lines.append(f"  missed  {names[f.subject]} | {f.relation} | {names[f.object]}: {doc.text[start:end]}")
    for s in found.wrong:
        _, claim = s.claims[0]
        end_name = called[s.object] if s.object else s.value.lexical if s.value else ""
        source = f"{claim.extractor} {s.confidence:.2f}"
        evidence = " ".join(claim.evidence.text.split())
        lines.append(f"  wrong   {called[s.subject]} | {s.relation} | {end_name} ({source}): {evidence}")
    lines += [f"  no such entity  {name}" for name in found.spurious]
    lines += [f"  entity missed   {name}" for name in found.unfound]
    return "\n".join(lines)


def macro(counts: Sequence[Counts]) -> tuple[float, float, float]:
    """Mean precision, recall and F1 of the documents, in percent to two places; 0 without documents."""
    many = max(len(counts), 1)
    p, r, f = (sum(getattr(c, what) for c in counts) / many for what in ("precision", "recall", "f1"))
    return round(100 * p, 2), round(100 * r, 2), round(100 * f, 2)


def main() -> None:
    """Command line."""
    ap = parser(__doc__, corpora=False)
    ap.add_argument("--corpora", type=Path, help="folder of the unpacked corpora: with it the real news is taken in")
    ap.add_argument("--least", type=float, nargs="+", metavar="P", default=[packaged().least])
    ap.add_argument("--split", choices=SPLITS, action="append", help="only this one (default: both)")
    ap.add_argument("--list", action="store_true", help="print what is missed and what is wrong, with sentences")
    a = ap.parse_args()
    nlp = open_model(a.model)
    own = {d.name for d in marked_news(None)}
    tallies: dict[tuple[str, str, float], Tally] = {}
    held = [d for d in marked_news(a.corpora) if split_of(d.name) in (a.split or SPLITS)]
    for doc in held[: a.limit]:
        kind = KINDS[doc.name not in own]
        for least, graph in zip(a.least, read(nlp, doc, a.least), strict=True):
            found = compare(graph, doc)
            tallies.setdefault((kind, split_of(doc.name), least), Tally()).add(found)
            if a.list:
                print(told(doc, graph, found))
    rows: list[Row] = []
    figures: dict[str, object] = {}
    for (kind, split, least), tally in sorted(tallies.items()):
        for what, counts in (("entities", tally.entities), ("relations", tally.relations)):
            micro, mean = sum(counts, Counts()), macro(counts)
            rows.append([f"{kind} {split}", len(counts), least, what, int(micro.wanted), *micro.percent(), *mean])
            figures[f"{kind} {split}, {what}, from {least}"] = {"micro": micro.percent(), "macro": mean}
    head = ["news", "documents", "from", "what", "marked", "P", "R", "F1", "macro P", "macro R", "macro F1"]
    print(table(head, rows, f"Marked news, model {fingerprint(nlp)}"))
    finish("news", {"model": fingerprint(nlp), **figures})


if __name__ == "__main__":
    main()
