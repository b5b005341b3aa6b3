"""``kg infer``: what follows, by rules, from what the sources say."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.commands.terminal import OUTPUT, GraphFolder, out, say

if TYPE_CHECKING:
    from kg.api import KnowledgeGraph
    from kg.rdf.inference import Inference, Rule


class Form(StrEnum):
    """How inferences are printed."""

    TEXT = "text"
    TRIG = "trig"


def infer(
    rules: Annotated[
        list[Path], typer.Argument(help="Files with SPARQL CONSTRUCT, or folders of them.", metavar="RULES...")
    ],
    graph: GraphFolder = OUTPUT,
    format: Annotated[Form | None, typer.Option(help="By default text on a terminal, elsewhere trig.")] = None,
) -> None:
    """Conclude what no source states, each conclusion with the rule and the sentences it rests on.

    Nothing is written to the build: what is inferred never mixes with what sources say.

    Example: kg infer queries/rules -g output > inferred.trig
    """
    from kg.rdf import inference
    from kg.rdf.query import open_store

    known = inference.read_rules(rules)
    found = inference.infer(open_store(graph / "graph.ttl"), known)
    if format is None:
        format = Form.TEXT if sys.stdout.isatty() else Form.TRIG
    if format is Form.TRIG:
        sys.stdout.write(inference.trig(inference.quads(found, known)))
    elif found:
        _tell(graph, found, known)
    say(f"{len(found)} conclusions by {len({name for i in found for name in i.rules})} of {len(known)} rules")


def _tell(folder: Path, found: list[Inference], rules: list[Rule]) -> None:
    from rich.text import Text

    from kg.commands.quotations import sentence, source
    from kg.commands.terminal import opened
    from kg.rdf.iris import last
    from kg.views import claims_of, clusters

    graph = opened(folder)
    words = {rule.name: rule.words for rule in rules}
    statements = {s.id: s for s in graph.statements}
    speakers, console = clusters(graph), out()
    for number, one in enumerate(found):
        if number:
            console.print()
        console.print(Text(_words(graph, one), "bold"))
        for name in one.rules:
            console.print(Text(f"  {words[name]} ({name})", "dim"))
        for iri in one.statements:
            for claim in claims_of(graph, statements[last(iri)], speakers)[:1]:
                console.print("  ", sentence(claim), sep="")
                console.print(Text(f"  {source(claim)}", "dim"))


def _words(graph: KnowledgeGraph, one: Inference) -> str:
    from kg.exports.files import readable
    from kg.exports.wording import relation_words
    from kg.ontology.vocabulary import KG
    from kg.rdf.iris import last

    value = str(getattr(one.object, "value", one.object))
    ends = [
        graph.entity_by_id[last(iri)].name if last(iri) in graph.entity_by_id else iri for iri in (one.subject, value)
    ]
    return readable(f"{ends[0]} {relation_words(one.predicate.removeprefix(KG))} {ends[1]}")
