"""``kg build`` and ``kg extract``: documents in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.commands.terminal import OUTPUT, Model, Ontology, Problems, Sources, Workers, say, watching, workers_of


def build(
    sources: Sources,
    output: Annotated[Path, typer.Option("-o", "--output", help="The folder to write to.", metavar="DIR")] = OUTPUT,
    model: Model = None,
    workers: Workers = 0,
    base: Annotated[str, typer.Option(help="The base of the IRIs.")] = "https://w3id.org/newskg/id/",
    quads: Annotated[bool, typer.Option("--quads", help="Write graph.nq too, one named graph a document.")] = False,
    ontology: Ontology = None,
    timings: Annotated[bool, typer.Option("--timings", help="Tell how long each stage took.")] = False,
) -> None:
    """Build a graph from documents; only new or changed ones are read again.

    Writes graph.ttl, graph.gexf, graph.html and report.md.

    Example: kg build news/ -o output
    """
    from kg import pipeline
    from kg.extraction.syntax.rules import extended

    problems = Problems()
    with extended(ontology), watching(problems) as watcher:
        found = pipeline.build(
            sources, output, model=model, workers=workers_of(workers), base=base, quads=quads, watcher=watcher
        )
    graph = found.graph
    kept = f" ({found.kept} unchanged)" if found.kept else ""
    say(f"{len(graph.documents)} documents{kept}, {len(graph.entities)} entities, {len(graph.statements)} statements")
    if timings:
        for stage, seconds in found.seconds.items():
            say(f"{stage:<11} {seconds:8.2f} s")
    for path in found.files:
        print(path)
    if found.refused:
        say(f"{len(found.refused)} refused, the rest was built")
        raise typer.Exit(1)


def extract(
    sources: Sources,
    model: Model = None,
    workers: Workers = 1,
    ontology: Ontology = None,
    coreference: Annotated[
        bool, typer.Option("--coreference", help="Add which noun phrases and pronouns mean the same.")
    ] = False,
) -> None:
    """Print what each document says, as one JSON object a line; nothing is stored.

    Example: kg extract article.html | jq .claims
    """
    from kg import pipeline
    from kg.extraction.jsonlines import json_line
    from kg.extraction.syntax.rules import extended

    problems = Problems()
    with extended(ontology), watching(problems, quiet=True) as watcher:
        if coreference:
            found = pipeline.coreference(sources, model=model, workers=workers_of(workers), watcher=watcher)
            for claims, clusters in found:
                print(json_line(claims, clusters), flush=True)
        else:
            for claims in pipeline.extract(sources, model=model, workers=workers_of(workers), watcher=watcher):
                print(json_line(claims), flush=True)
    if problems.count:
        raise typer.Exit(1)
