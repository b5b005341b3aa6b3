"""The files of a build, all of one graph: written beside the former ones, which they replace when all are complete."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from tempfile import mkdtemp

from kg.errors import KgError, OutputError
from kg.exports import write_gexf, write_html, write_report
from kg.graph import KnowledgeGraph
from kg.network import picture_of
from kg.rdf.iris import BASE
from kg.rdf.writer import write_quads, write_turtle

TURTLE = "graph.ttl"
QUADS = "graph.nq"
WRITTEN = (TURTLE, QUADS, "graph.gexf", "graph.html", "report.md")
DRAFTS = ".kg-draft-"


def write_files(
    graph: KnowledgeGraph, folder: Path, refused: Sequence[KgError] = (), *, base: str = BASE, quads: bool = False
) -> list[Path]:
    """Write `WRITTEN` into a folder (`QUADS` only if asked for) and return the paths.

    Raises `OutputError` if one cannot be written; then the files of the former build are all as they were.
    """
    picture = picture_of(graph)
    try:
        for left in folder.glob(f"{DRAFTS}*"):  # by a build that was killed while writing
            shutil.rmtree(left)
        draft = Path(mkdtemp(prefix=DRAFTS, dir=folder))
        try:
            write_turtle(graph, draft / TURTLE, base)
            if quads:
                write_quads(graph, draft / QUADS, base)
            write_gexf(graph, draft / "graph.gexf", picture)
            write_html(graph, draft / "graph.html", picture)
            write_report(graph, draft / "report.md", refused)
            written = [name for name in WRITTEN if (draft / name).exists()]
            for name in written:
                os.replace(draft / name, folder / name)
            if not quads:  # of the former graph
                (folder / QUADS).unlink(missing_ok=True)
        finally:
            shutil.rmtree(draft)
    except OSError as error:
        raise _output_error(folder, error.strerror or str(error)) from error
    except OutputError as error:
        raise _output_error(folder, error.what) from error
    return [folder / name for name in written]


def _output_error(folder: Path, reason: str) -> OutputError:
    return OutputError(
        f"the graph cannot be written: {reason.removeprefix('cannot be written: ')}",
        where=str(folder),
        remedy="The former files are untouched. Free some space or choose another folder with -o.",
    )
