"""Time of validation, of the rules and of every query of ``queries/`` on a built graph, through Oxigraph.

``-g DIR`` is what ``kg build -o DIR`` wrote. Of several runs (``--runs``) the fastest counts. Beside the seconds on the
clock stand those of the processors, which other programs change little. Loading the file into the store happens once.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from time import perf_counter, process_time
from typing import TypeVar

from benchmarks.report import Row, finish, table
from kg.ontology.shapes import packaged_shapes
from kg.rdf.inference import infer, read_rules
from kg.rdf.query import open_store, run_query
from kg.rdf.validation import findings, validate

QUERIES = Path(__file__).parent.parent / "queries"
T = TypeVar("T")


def timed(runs: int, work: Callable[[], T]) -> tuple[tuple[float, float], T]:
    """The seconds of the fastest run on the clock and of the processors, and what it gave."""
    seconds = []
    for _ in range(runs):
        begun, spent = perf_counter(), process_time()
        found = work()
        seconds.append((perf_counter() - begun, process_time() - spent))
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
        ["loading graph.ttl", *loading, len(store)],
        ["kg validate: the shapes", *checking, len(breaches)],
        ["kg validate: statements and sentences of what it found", *telling, len(told)],
    ]
    rules = read_rules([QUERIES / "rules"])
    inferring, concluded = timed(1, lambda: infer(store, rules))
    rows.append(["kg infer: all rules", *inferring, len(concluded)])
    slowest, which = checking[0], "validation"
    for path in sorted(QUERIES.glob("*.rq")):
        text = path.read_text("utf-8")
        seconds, found = timed(a.runs, lambda text=text: run_query(store, text))  # type: ignore[misc]
        rows.append([f"queries/{path.name}", *seconds, len(found.cells())])
        slowest, which = max((slowest, which), (seconds[0], path.name))
    print(table(["what", "s", "CPU s", "triples, findings, rows"], rows, f"{a.graph}: {len(store)} triples"))
    figures = {"triples": len(store), "loading": loading[0], "validation": checking[0], "inference": inferring[0]}
    finish("queries", {**figures, "slowest": slowest, "slowest of": which})


if __name__ == "__main__":
    main()
