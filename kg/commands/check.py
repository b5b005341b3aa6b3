"""``kg verify`` and ``kg conflicts``: does the graph stand in its sources, and do these agree with each other?"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from kg.commands.terminal import OUTPUT, GraphFolder, opened, out, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.building.verification import Difference
    from kg.graph import KnowledgeGraph
    from kg.records import Statement
    from kg.resolution.conflicts import Conflict

Json = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
LONGEST = 160


def verify(
    sources: Annotated[
        list[str] | None,
        typer.Argument(metavar="[SOURCES]...", help="As given to the build; may be left out where it was done here."),
    ] = None,
    graph: GraphFolder = OUTPUT,
    as_json: Json = False,
) -> None:
    """Read every source again and prove that each sentence, mention and offset is there word for word.

    Prints a line for everything missing, moved or changed; then the exit code is 1.

    Example: kg verify

    Example: kg verify news/ -g output --json
    """
    from dataclasses import asdict

    from kg.building.verification import verify as look_up
    from kg.exports.wording import in_words

    found = opened(graph)
    result = look_up(found, graph if graph.is_dir() else graph.parent, sources or ())
    if as_json:
        print(json.dumps({"verified": not result.differences, **asdict(result)}, ensure_ascii=False, indent=1))
    else:
        told = {s.id: s for s in found.statements}
        for difference in result.differences:
            print(_line(difference, [in_words(found, told[id]) for id in difference.statements[:3]]))
    say(f"{result.documents} documents, {result.claims} claims, {result.mentions} mentions looked up")
    if result.new:
        more = f" and {len(result.new) - 3} more" if len(result.new) > 3 else ""
        say(f"not in the graph: {', '.join(result.new[:3])}{more}; build again to read what is new")
    if result.differences:
        say(f"{len(result.differences)} differences; {result.proven} of {result.claims} claims are proven")
        raise typer.Exit(1)
    say("all claims are proven, word for word")


def _line(d: Difference, stated: Sequence[str]) -> str:
    """``news/a.txt 120-180: changed: the sentence “…” now reads “…”; 1 claim rests on it: Mira Olsten leads Port``."""
    from kg.exports.files import one_line

    place = d.document if d.start is None else f"{d.document} {d.start}-{d.end}"
    if d.part == "document":
        told = {
            "missing": "the source is not there" + (f" ({d.found})" if d.found else ""),
            "moved": f"the same text is now {d.moved_to}",
            "changed": "the text is not the one that was read",
        }[d.change]
    elif d.change == "missing":
        told = f"{d.expected} is told by the graph, but not there"
    elif d.change == "moved" and d.moved_to is not None and not isinstance(d.moved_to, str):
        told = f"the {d.part} {_excerpt(d.expected)} now stands at {d.moved_to.start}-{d.moved_to.end}"
    elif d.found:
        near = _first_difference(d.expected, d.found)
        told = f"the {d.part} {_excerpt(d.expected, near)} now reads {_excerpt(d.found, near)}"
    else:
        told = f"the {d.part} {_excerpt(d.expected)} is not there any more"
    return one_line(f"{place}: {d.change}: {told}{_resting(d, stated)}")


def _excerpt(words: str, near: int = 0) -> str:
    """The words in quotation marks; of many only those around an offset."""
    if len(words) <= LONGEST:
        return f"“{words}”"
    start = max(0, min(near - LONGEST // 3, len(words) - LONGEST))
    end = start + LONGEST
    return f"“{'… ' if start else ''}{words[start:end]}{' …' if end < len(words) else ''}”"


def _first_difference(one: str, other: str) -> int:
    return next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _resting(d: Difference, stated: Sequence[str]) -> str:
    if not d.claims:
        return ""
    more = f" and {len(d.statements) - len(stated)} more" if len(d.statements) > len(stated) else ""
    return f"; {d.claims} claim{' rests' if d.claims == 1 else 's rest'} on it: {'; '.join(stated)}{more}"


def conflicts(
    graph: GraphFolder = OUTPUT,
    certain: Annotated[bool, typer.Option("--certain", help="Only where the sources' dates prove it.")] = False,
    as_json: Json = False,
) -> None:
    """Show contradictions, each with its sentences: two values at overlapping times where only one is possible, and
    facts that another sentence denies.

    A successor, a more exact date and a place within the other one contradict nothing.

    Example: kg conflicts

    Example: kg conflicts --certain --json
    """
    from rich.text import Text

    from kg.commands.quotations import headline, sentence, source
    from kg.resolution.conflicts import conflicts as contradictions
    from kg.views import claims_of, clusters

    found = opened(graph)
    told = [c for c in contradictions(found) if c.certain or not certain]
    if as_json:
        print(json.dumps([_conflict(found, c) for c in told], ensure_ascii=False, indent=1))
    console, speakers = out(), clusters(found)
    for number, conflict in enumerate(() if as_json else told):
        if number:
            console.print()
        console.print(Text(_question(found, conflict), "bold"))
        for statement in (conflict.one, conflict.other):
            console.print("  ", headline(found, statement), sep="")
            for claim in claims_of(found, statement, speakers)[:1]:
                console.print("    ", sentence(claim), sep="")
                console.print(Text(f"    {source(claim)}", "dim"))
    sure = sum(c.certain for c in told)
    say(f"{len(told)} contradiction{'s' * (len(told) != 1)}, {sure} of them certain" if told else "no contradictions")


def _question(graph: KnowledgeGraph, c: Conflict) -> str:
    """``Nordwind: chief executive: Anna Poe or Karl Brenn? Both are told for 2023-05-01.``"""
    from kg.exports.files import one_line
    from kg.exports.wording import relation_words

    if c.disputed:
        told = f"{graph.entity_by_id[c.about].name}: {relation_words(c.relation)}: {_other_end(graph, c.one, c.about)}?"
        return one_line(f"{told} One sentence says so, another denies it.")
    values = " or ".join(_other_end(graph, s, c.about) for s in (c.one, c.other))
    if c.days is None:
        when = "There can be only one." if c.certain else "No date tells the two apart."
    else:
        days = [d.isoformat() for d in (c.days.first, c.days.last)]
        whole = days[0] if c.days.one else f"{days[0]} to {days[1]}"
        when = f"Both are told for {whole}." if c.certain else f"Perhaps both held at once ({whole})."
    return one_line(f"{graph.entity_by_id[c.about].name}: {relation_words(c.relation)}: {values}? {when}")


def _other_end(graph: KnowledgeGraph, s: Statement, about: str) -> str:
    from kg.exports.wording import object_words

    return object_words(graph, s) if s.subject == about else graph.entity_by_id[s.subject].name


def _conflict(graph: KnowledgeGraph, c: Conflict) -> dict[str, object]:
    return {
        "about": {"id": c.about, "name": graph.entity_by_id[c.about].name},
        "relation": c.relation,
        "certain": c.certain,
        "days": [c.days.first.isoformat(), c.days.last.isoformat()] if c.days else None,
        "values": [
            {
                "statement": s.id,
                "value": _other_end(graph, s, c.about),
                "denied": s.polarity == "negated",
                "start": s.time.start,
                "end": s.time.end,
                "confidence": s.confidence,
                "documents": s.documents,
                "claims": [
                    {
                        "document": graph.document_by_id[d].source,
                        "date": published.isoformat() if (published := graph.document_by_id[d].published) else None,
                        "start": claim.evidence.start,
                        "end": claim.evidence.end,
                        "sentence": claim.evidence.text,
                    }
                    for d, claim in s.claims
                ],
            }
            for s in (c.one, c.other)
        ],
    }
