"""``kg query``: SPARQL over the graph."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.commands.terminal import OUTPUT, GraphFolder, out
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.rdf.query import QueryResult


class Format(StrEnum):
    """How an answer is printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    TTL = "ttl"


def query(
    file: Annotated[str | None, typer.Argument(help="A file with a SPARQL query, or - for standard input.")] = None,
    expression: Annotated[str | None, typer.Option("-e", "--expression", help="The query itself.")] = None,
    as_of: Annotated[
        str | None, typer.Option("--as-of", help="Only what held on that day, such as 2023-08-01.", metavar="DATE")
    ] = None,
    published: Annotated[
        str | None,
        typer.Option("--published-by", help="Only what some document had told by the end of that day.", metavar="DATE"),
    ] = None,
    rules: Annotated[
        list[Path] | None,
        typer.Option(help="Rules to conclude from: a file or folder, such as queries/rules.", metavar="PATH"),
    ] = None,
    graph: GraphFolder = OUTPUT,
    format: Annotated[
        Format | None, typer.Option(help="By default a table on a terminal, elsewhere csv, and ttl for triples.")
    ] = None,
) -> None:
    """Ask the graph in SPARQL 1.1; the usual prefixes need no declaration.

    Example: kg query -e 'SELECT ?name { ?x a kg:Person ; rdfs:label ?name }'

    Example: kg query queries/who-leads-what.rq --format csv

    Example: kg query --as-of 2023-08-01

    Example: kg query --as-of 2023-08-01 --published-by 2023-12-31

    With --rules, what follows by them lies in a graph of its own, and a query has to ask for it:

    Example: kg query --rules queries/rules -e 'SELECT * { GRAPH ?inferred { ?i a kg:Inference ; kg:rule ?rule } }'
    """
    from kg.rdf.asof import LISTING, day_of, held_on, published_by
    from kg.rdf.query import open_store, run_query

    day = day_of(as_of, "--as-of") if as_of is not None else None
    by = day_of(published, "--published-by") if published is not None else None
    listing = (day is not None or by is not None) and file is None and expression is None
    text, where = (LISTING, "the listing") if listing else _text(file, expression)
    store = open_store(graph / "graph.ttl")
    store = published_by(store, by) if by else store
    store = held_on(store, day) if day else store
    if rules:
        from kg.rdf.inference import infer, quads, read_rules

        known = read_rules(rules)
        store.extend(quads(infer(store, known), known))
    result = run_query(store, text, where=where)
    if format is None:
        format = Format.TABLE if sys.stdout.isatty() else Format.TTL if result.is_graph else Format.CSV
    if format is Format.TABLE:
        _table(result)
    else:
        write = {Format.CSV: result.to_csv, Format.JSON: result.to_json, Format.TTL: result.to_turtle}[format]
        sys.stdout.write(write().replace("\r\n", "\n").rstrip("\n") + "\n")


def _text(file: str | None, expression: str | None) -> tuple[str, str]:
    if (file is None) == (expression is None):
        raise UsageError("a query is needed, and only one", remedy="Give a file, or -e 'SELECT …'.")
    if expression is not None:
        return expression, "-e"
    assert file is not None
    if file == "-":
        return sys.stdin.read(), "standard input"
    try:
        return Path(file).read_text(encoding="utf-8"), file
    except (OSError, UnicodeDecodeError) as error:
        reason = (error.strerror or str(error)) if isinstance(error, OSError) else "not UTF-8"
        raise UsageError(
            f"the query cannot be read: {reason}", where=file, remedy="Give a file with SPARQL."
        ) from error


def _table(result: QueryResult) -> None:
    from rich.table import Table
    from rich.text import Text

    if result.boolean is not None:
        print("yes" if result.boolean else "no")
        return
    columns = ("subject", "predicate", "object") if result.is_graph else result.columns
    table = Table(*columns, caption=f"{len(result.cells())} rows", caption_justify="left")
    for row in result.cells():
        table.add_row(*map(Text, row))
    out().print(table)
