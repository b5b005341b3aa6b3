"""Time of validation, of the rules and of every query of ``queries/`` on a built graph, through Oxigraph.

``-g DIR`` is what ``kg build -o DIR`` wrote. Seconds are those of the processor, so that other programs change little;
of several runs (``--runs``) the fastest counts. Loading the file into the store is timed apart: it happens once.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from time import process_time
from typing import TypeVar

from benchmarks.report import Row, finish, table
from kg.ontology.shapes import packaged_shapes
from kg.rdf.inference import infer, read_rules
from kg.rdf.query import open_store, run_query
from kg.rdf.validation import findings, validate

QUERIES = Path(__file__).parent.parent / "queries"
T = TypeVar("T")


def timed(runs: int, work: Callable[[], T]) -> tuple[float, T]:
    """The seconds of the fastest run, and what it gave."""
    seconds = []
    for _ in range(runs):
        begun = process_time()
        found = work()
        seconds.append(process_time() - begun)
    return min(seconds), found


def main() -> None:
    """Command line."""
    ap = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    ap.add_argument("-g", "--graph", type=Path, default=Path("output"), metavar="DIR")
    ap.add_argument("--runs", type=int, default=3)
    a = ap.parse_args()
    loading, store = timed(1, lambda: open_store(a.graph / "graph.ttl"))
    shapes = [("shapes.ttl", packaged_shapes())]
    checking, breaches = timed(a.runs, lambda: validate(store, shapes))
    telling, told = timed(1, lambda: findings(store, breaches))
    rows: list[Row] = [
        ["loading graph.ttl", loading, len(store)],
        ["kg validate: the shapes", checking, len(breaches)],
        ["kg validate: statements and sentences of what it found", telling, len(told)],
    ]
    rules = read_rules([QUERIES / "rules"])
    inferring, concluded = timed(1, lambda: infer(store, rules))
    rows.append(["kg infer: all rules", inferring, len(concluded)])
    slowest, which = checking, "validation"
    for path in sorted(QUERIES.glob("*.rq")):
        text = path.read_text("utf-8")
        seconds, found = timed(a.runs, lambda text=text: run_query(store, text))  # type: ignore[misc]
        rows.append([f"queries/{path.name}", seconds, len(found.cells())])
        slowest, which = max((slowest, which), (seconds, path.name))
    print(table(["what", "s", "triples, findings, rows"], rows, f"{a.graph}: {len(store)} triples"))
    figures = {"triples": len(store), "loading": loading, "validation": checking, "inference": inferring}
    finish("queries", {**figures, "slowest": slowest, "slowest of": which})


if __name__ == "__main__":
    main()
