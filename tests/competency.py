"""The questions that the graph has to answer, and its answers on ``output/``.

Each query of ``queries/`` is one; its answer on the committed ``output/graph.ttl`` lies in ``tests/golden/competency``.
After a rebuild: ``python -m tests.competency`` tells which answers changed, ``python -m tests.competency --update``
writes them anew. Read the difference before you commit it: every line that goes is a fact that was found and is lost.
"""

from __future__ import annotations

import csv
import difflib
import io
import sys
from pathlib import Path

import pyoxigraph as ox

from kg.rdf.query import open_store, question, run_query

HOUSE = Path(__file__).parent.parent
QUERIES = sorted((HOUSE / "queries").glob("*.rq"))
GOLDEN = HOUSE / "tests" / "golden" / "competency"


def answer(store: ox.Store, path: Path) -> str:
    """The question, then the answer as CSV with its rows sorted (equal ones have no order), or as Turtle."""
    query = path.read_text(encoding="utf-8")
    found = run_query(store, query, where=path.name)
    if found.is_graph:
        body = found.to_turtle()
    else:
        head, *rows = csv.reader(io.StringIO(found.to_csv()))
        table = io.StringIO()
        csv.writer(table, lineterminator="\n").writerows([head, *sorted(rows)])
        body = table.getvalue()
    return f"# {question(query)}\n{body}"


def golden(path: Path) -> Path:
    """Where the answer to a query is kept."""
    return GOLDEN / f"{path.stem}.txt"


def main() -> int:
    """Print what changed; with ``--update`` write it. 1 if something changed and was not written."""
    update = "--update" in sys.argv[1:]
    store = open_store(HOUSE / "output" / "graph.ttl")
    changed = False
    GOLDEN.mkdir(parents=True, exist_ok=True)
    for path in QUERIES:
        now, file = answer(store, path), golden(path)
        before = file.read_text("utf-8") if file.exists() else ""
        if now != before:
            changed = True
            lines = (text.splitlines(keepends=True) for text in (before, now))
            sys.stdout.writelines(difflib.unified_diff(*lines, fromfile=f"{path.stem} before", tofile="now", n=0))
            if update:
                file.write_text(now, "utf-8")
    for file in sorted(set(GOLDEN.glob("*.txt")) - {golden(path) for path in QUERIES}):
        print(f"{file.name} answers no query" + (": removed" if update else ""))
        if update:
            file.unlink()
        changed = True
    return 1 if changed and not update else 0


if __name__ == "__main__":
    sys.exit(main())
