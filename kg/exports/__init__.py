"""The graph as files for other programs and for people: one module a format, one function that writes it.

A format writes the whole graph to a path (``csv`` to a folder), whole or not at all, the same bytes every time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from kg.errors import UnknownFormat
from kg.exports.csv import write_csv
from kg.exports.gexf import write_gexf
from kg.exports.graphml import write_graphml
from kg.exports.html import render_html, write_html
from kg.exports.report import render_report, write_report
from kg.graph import KnowledgeGraph

EXPORTS: Mapping[str, Callable[[KnowledgeGraph, Path], None]] = MappingProxyType(
    {"csv": write_csv, "gexf": write_gexf, "graphml": write_graphml, "html": write_html, "md": write_report}
)
"""What ``kg export --to FORMAT`` can write, by the format's name."""

__all__ = [
    "EXPORTS",
    "export",
    "render_html",
    "render_report",
    "write_csv",
    "write_gexf",
    "write_graphml",
    "write_html",
    "write_report",
]


def export(graph: KnowledgeGraph, to: str, path: Path) -> None:
    """Write ``graph`` to ``path`` in the format named ``to``. Raises `UnknownFormat` and `OutputError`."""
    write = EXPORTS.get(to.lower().lstrip("."))
    if write is None:
        raise UnknownFormat("no such format", where=to, remedy=f"There are: {', '.join(EXPORTS)}.")
    write(graph, path)
