"""``kg stats``, ``kg export`` and ``kg ontology``: the graph in numbers, in other formats, and its vocabulary."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kg.commands.terminal import OUTPUT, GraphFolder, opened, out


def stats(graph: GraphFolder = OUTPUT) -> None:
    """Show how much the graph holds, and what is most connected in it.

    Example: kg stats -g output
    """
    from kg.exports.wording import marks
    from kg.network import measure, to_networkx

    found = opened(graph)
    told = Counter(mark for s in found.statements for mark in marks(s))
    rows: list[tuple[object, ...]] = [
        ("documents", len(found.documents)),
        ("entities", len(found.entities)),
        ("statements", len(found.statements)),
        ("stated as facts", sum(s.plain for s in found.statements)),
        ("confirmed by a second document", sum(s.documents > 1 for s in found.statements)),
        *((mark, told[mark]) for mark in ("denied", "planned", "possible", "claimed") if told[mark]),
        ("sentences quoted", len({(d, c.evidence.start) for s in found.statements for d, c in s.claims})),
    ]
    _table("The graph", ("", "count"), rows)
    _table("Types", ("type", "entities"), _ranked(Counter(e.type for e in found.entities)))
    named = Counter(s.relation for s in found.statements if not s.relation.startswith("open:"))
    free = sum(s.relation.startswith("open:") for s in found.statements)
    _table("Relations", ("relation", "statements"), [*_ranked(named), *([("open ones", free)] if free else [])])
    degree = measure(to_networkx(found)).degree
    top = sorted(found.entities, key=lambda e: (-degree[e.id], e.id))[:10]
    central = [(e.name, e.subtype or e.type, degree[e.id], e.documents) for e in top if degree[e.id]]
    _table("Most connected", ("entity", "type", "facts", "documents"), central)


def export(
    to: Annotated[
        str,
        typer.Option(
            "--to", help="csv, gexf, graphml, html, jsonld, md, nq, rdf (XML), trig or ttl.", metavar="FORMAT"
        ),
    ],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="The file (for csv the folder) to write.", metavar="PATH")
    ] = None,
    graph: GraphFolder = OUTPUT,
) -> None:
    """Write the graph in another format; prints the path.

    Example: kg export --to graphml -o graph.graphml
    """
    from kg.errors import UnknownFormat
    from kg.exports import EXPORTS
    from kg.rdf.jsonld import write_jsonld
    from kg.rdf.rdfxml import write_rdfxml
    from kg.rdf.trig import write_trig
    from kg.rdf.writer import write_quads, write_turtle

    rdf = {"jsonld": write_jsonld, "nq": write_quads, "rdf": write_rdfxml, "trig": write_trig, "ttl": write_turtle}
    writers = {**EXPORTS, **rdf}
    name = to.lower().lstrip(".")
    if name not in writers:
        raise UnknownFormat("no such format", where=to, remedy=f"There are: {', '.join(sorted(writers))}.")
    path = output or graph / ("csv" if name == "csv" else f"graph.{name}")
    writers[name](opened(graph), path)
    print(path)


class Form(StrEnum):
    """How the vocabulary is printed."""

    TTL = "ttl"
    TABLE = "table"
    SHAPES = "shapes"
    CONTEXT = "context"


def ontology(
    format: Annotated[
        Form, typer.Option(help="All as Turtle, relations as a table, SHACL shapes, JSON-LD context.")
    ] = Form.TTL,
) -> None:
    """Print the vocabulary: types and relations, with their links to Wikidata and schema.org.

    Example: kg ontology > newskg.ttl
    """
    from kg.ontology.vocabulary import RELATIONS

    if format is not Form.TABLE:
        from importlib.resources import files

        name = {Form.TTL: "newskg.ttl", Form.SHAPES: "shapes.ttl", Form.CONTEXT: "context.jsonld"}[format]
        sys.stdout.write((files("kg.ontology") / name).read_text("utf-8"))
        return
    rows = [
        (r.name, "|".join(r.domain), "|".join(r.range), r.wikidata or "", r.comment)
        for r in sorted(RELATIONS.values(), key=lambda r: r.name)
    ]
    _table("Relations", ("name", "domain", "range", "Wikidata", "meaning"), rows)


def _ranked(counts: Counter[str]) -> list[tuple[object, ...]]:
    return [*sorted(counts.items(), key=lambda item: (-item[1], item[0]))]


def _table(title: str, head: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    from rich.table import Table
    from rich.text import Text

    if not rows:
        return
    table = Table(title=title, title_justify="left")
    for column, cell in zip(head, rows[0], strict=True):
        table.add_column(column, justify="right" if isinstance(cell, int) else "left")
    for row in rows:
        table.add_row(*(Text(str(cell)) for cell in row))
    out().print(table)
