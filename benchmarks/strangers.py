"""Claims that relate one sentence to another that has nothing to do with it.

Sentences of different marked documents are put together eight at a time, one a paragraph, as in a digest. A claim whose
two ends are each named in one sentence only, and not in the same one, is wrong.
"""

from __future__ import annotations

import sys

from benchmarks.model import fingerprint, open_model, parser, weights
from benchmarks.report import Row, finish, table
from kg.extraction.document import extract
from kg.records import Document, DocumentClaims
from training.annotated import MarkedDocument
from training.news_corpus import marked_news, split_of

TOGETHER = 8


def sentences(doc: MarkedDocument) -> list[str]:
    """Those that name two things at least, and end as sentences do."""
    found = []
    for start, end in doc.sentences:
        names = {m.entity for m in doc.mentions if m.kind == "name" and start <= m.start and m.end <= end}
        text = doc.text[start:end].strip()
        if len(names) > 1 and text.endswith("."):
            found.append(text)
    return found


def digests(documents: list[MarkedDocument]) -> list[list[str]]:
    """The k-th sentences of documents that follow each other by name, eight at a time."""
    held = [sentences(d) for d in sorted(documents, key=lambda d: d.name)]
    out = []
    for k in range(max(map(len, held), default=0)):
        row = [s[k] for s in held if len(s) > k]
        out += [row[i : i + TOGETHER] for i in range(0, len(row) - TOGETHER + 1, TOGETHER)]
    return out


def across(claims: DocumentClaims, ends: list[int]) -> tuple[int, int]:
    """How many claims relate one sentence to another, and how many have two ends that one sentence names."""
    of: dict[str, int] = {}
    for entity in claims.entities:
        held = {next(i for i, end in enumerate(ends) if m.start < end) for m in entity.mentions}
        if len(held) == 1:
            of[entity.id] = held.pop()
    both = [(of[c.subject], of[c.object]) for c in claims.claims if c.subject in of and c.object in of]
    return sum(a != b for a, b in both), len(both)


def main() -> int:
    """Print one table."""
    ap = parser(__doc__, corpora=False)
    ap.add_argument("--split", choices=("dev", "test"), default="dev")
    a = ap.parse_args()
    nlp = open_model(a.model)
    wrong = claims = 0
    held = digests([d for d in marked_news(None) if split_of(d.name) == a.split])[: a.limit]
    for number, digest in enumerate(held):
        text, ends = "", []
        for sentence in digest:
            text += sentence + "\n\n"
            ends.append(len(text))
        found = extract(nlp(text), Document.of(text, f"{number}"), weights(nlp))
        more, all_ = across(found, ends)
        wrong, claims = wrong + more, claims + all_
    share = round(100 * wrong / max(claims, 1), 2)
    rows: list[Row] = [[len(held), claims, wrong, share]]
    print(
        table(
            ["digests", "claims of entities named in one sentence", "between two sentences", "%"],
            rows,
            f"model {fingerprint(nlp)}",
        )
    )
    finish(
        "strangers", {"model": fingerprint(nlp), "digests": len(held), "claims": claims, "across": wrong, "%": share}
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
