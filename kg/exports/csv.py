"""Two tables for a spreadsheet: ``nodes.csv``, one row an entity, and ``edges.csv``, one row a statement."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from kg.exports.files import atomic, one_line
from kg.exports.wording import marks, object_words
from kg.graph import KnowledgeGraph
from kg.network import measure, to_networkx

NODE_COLUMNS = (
    "id", "name", "type", "subtype", "names", "mentions", "documents", "degree", "pagerank", "betweenness", "community",
)  # fmt: skip
EDGE_COLUMNS = (
    "id", "source", "target", "subject", "relation", "object", "datatype", "plain", "marks", "claimed_by", "start",
    "end", "confidence", "documents", "sentence", "document", "published",
)  # fmt: skip

# with their full-width forms, which some spreadsheets fold; tabs and line ends are gone by then
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def write_csv(graph: KnowledgeGraph, folder: Path) -> None:
    """Write ``nodes.csv`` and ``edges.csv`` into ``folder``; raises `OutputError`.

    Statements with a literal object have a row too, with an empty ``target`` and the literal's ``datatype``. Text that
    a spreadsheet would take for a formula gets an apostrophe in front.
    """
    measures = measure(to_networkx(graph))
    _table(
        folder / "nodes.csv",
        NODE_COLUMNS,
        (
            (
                e.id,
                e.name,
                e.type,
                e.subtype or "",
                " | ".join(e.names),
                len(e.mentions),
                e.documents,
                measures.degree[e.id],
                measures.pagerank[e.id],
                measures.betweenness[e.id],
                measures.community[e.id],
            )
            for e in graph.entities
        ),
    )
    _table(folder / "edges.csv", EDGE_COLUMNS, _edges(graph))


def _edges(graph: KnowledgeGraph) -> Iterable[Sequence[object]]:
    for s in graph.statements:
        document = graph.document_by_id.get(s.claims[0][0]) if s.claims else None
        yield (
            s.id,
            s.subject,
            s.object or "",
            graph.entity_by_id[s.subject].name,
            s.relation,
            object_words(graph, s),
            s.value.datatype if s.value else "",
            str(s.plain).lower(),
            " ".join(marks(s)),
            graph.entity_by_id[s.attribution].name if s.attribution else "",
            s.time.start or "",
            s.time.end or "",
            s.confidence,
            s.documents,
            s.claims[0][1].evidence.text if s.claims else "",
            document.source if document else "",
            document.published.isoformat() if document and document.published else "",
        )


def _table(path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with atomic(path) as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(columns)
        for row in rows:
            writer.writerow([_cell(value) if isinstance(value, str) else value for value in row])


def _cell(text: str) -> str:
    clean = one_line(text)
    return f"'{clean}" if clean.startswith(_FORMULA) else clean
