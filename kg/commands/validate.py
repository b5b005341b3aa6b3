"""``kg validate``: whether the graph is as the shapes say, told as a person would."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.commands.terminal import OUTPUT, GraphFolder, out, say

if TYPE_CHECKING:
    import pyoxigraph as ox

    from kg.rdf.validation import Finding


class Report(StrEnum):
    """How the findings are written for machines."""

    TTL = "ttl"
    JSON = "json"


def validate(
    graph: GraphFolder = OUTPUT,
    shapes: Annotated[
        list[Path] | None, typer.Option(help="SHACL shapes of your own, beside ours.", metavar="FILE.ttl")
    ] = None,
    ontology: Annotated[
        Path | None, typer.Option(help="An extension of the vocabulary.", metavar="FILE.ttl", envvar="KG_ONTOLOGY")
    ] = None,
    report: Annotated[Report | None, typer.Option(help="Print a SHACL report, or JSON.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="So many findings of each rule at most are printed.")] = 20,
    engine: Annotated[
        str, typer.Option(help="oxigraph, or pyshacl for all shapes: slow, and an independent opinion.")
    ] = "oxigraph",
) -> None:
    """Check the graph against SHACL shapes: each rule that is broken, the statement, its sentence.

    Example: kg validate -g output --shapes my-shapes.ttl
    """
    from kg.errors import UsageError
    from kg.ontology.shapes import packaged_shapes
    from kg.rdf.query import open_store
    from kg.rdf.validation import findings
    from kg.rdf.validation import validate as run

    if engine not in ("oxigraph", "pyshacl"):
        raise UsageError("no such engine", where=f"--engine {engine}", remedy="There are: oxigraph, pyshacl.")
    store = open_store(graph / "graph.ttl")
    given = [("the shapes of the vocabulary", packaged_shapes()), *((str(p), _read(p)) for p in shapes or ())]
    if ontology is not None:
        given.append((str(ontology), _extend(store, ontology)))
    found = findings(store, run(store, given, compiled=engine == "oxigraph"))
    if report is Report.TTL:
        from kg.rdf.validation import report_turtle

        sys.stdout.write(report_turtle(found))
    elif report is Report.JSON:
        print(json.dumps([_record(f) for f in found], ensure_ascii=False, indent=1))
    else:
        _tell(found, limit)
    if found:
        raise typer.Exit(1)


def _read(path: Path) -> bytes:
    from kg.errors import BadShapes

    try:
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise BadShapes(f"cannot be read: {reason}", where=str(path), remedy="Give a Turtle file.") from error


def _extend(store: ox.Store, path: Path) -> bytes:
    """Put an extension beside the vocabulary; returns the shapes of its relations."""
    import pyoxigraph as ox

    from kg.ontology.extension import read_extension
    from kg.ontology.shapes import extension_shapes
    from kg.rdf.query import ONTOLOGY

    extension = read_extension(path)
    store.bulk_load(extension.turtle, format=ox.RdfFormat.TURTLE, to_graph=ox.NamedNode(ONTOLOGY))
    return extension_shapes(extension.relations.values())


def _tell(found: list[Finding], limit: int) -> None:
    from rich.text import Text

    console = out()
    rules: dict[str, list[Finding]] = {}
    for finding in found:
        rules.setdefault(finding.rule, []).append(finding)
    for number, (rule, broken) in enumerate(rules.items()):
        if number:
            console.print()
        console.print(Text(rule, "bold red"))
        for finding in broken[:limit]:
            console.print(Text(f"  {finding.words}", "bold"))
            for sentence in finding.sentences:
                told = " ".join(sentence.text.split())
                day = f", {sentence.date}" if sentence.date else ""
                console.print(Text(f"    “{told}”"), Text(f"{sentence.source}{day}", "dim"))
        if len(broken) > limit:
            console.print(Text(f"  and {len(broken) - limit} more; see them with --limit"))
    if not found:
        print("everything is as the shapes say")
    else:
        say(f"{len(found)} findings against {len(rules)} rules")


def _record(finding: Finding) -> dict[str, object]:
    breach = finding.breach
    return {
        "rule": finding.rule,
        "shape": breach.shape,
        "constraint": breach.component,
        "severity": breach.severity.rsplit("#", 1)[-1].lower(),
        "node": str(getattr(breach.focus, "value", breach.focus)),
        "path": breach.path,
        "value": str(getattr(breach.value, "value", breach.value)) if breach.value is not None else None,
        "statement": finding.statement,
        "says": finding.words,
        "sentences": [{"text": s.text, "source": s.source, "date": s.date} for s in finding.sentences],
    }
