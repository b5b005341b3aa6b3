"""``report.md``: what a build found, for a person to read before opening anything else."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise
from pathlib import Path

from kg.errors import KgError
from kg.exports.files import atomic, one_line
from kg.exports.wording import marks, object_words, relation_words
from kg.graph import KnowledgeGraph
from kg.network import measure, to_networkx
from kg.records import Statement

TOP = 10
"""So many rows each of the tables of single entities and statements has at most."""

BANDS = (0.9, 0.7, 0.5, 0.0)
"""Lower ends of the bands of confidence that facts are counted in."""

_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~&!])")


def write_report(graph: KnowledgeGraph, path: Path, refused: Sequence[KgError] = ()) -> None:
    """Write the report to ``path``; ``refused`` are the sources that could not be read. Raises `OutputError`."""
    with atomic(path) as stream:
        stream.write(render_report(graph, refused))


def render_report(graph: KnowledgeGraph, refused: Sequence[KgError] = ()) -> str:
    """The report as Markdown: counts, central entities, refused sources, best and least supported statements."""
    parts = (_counts(graph), _central(graph), _support(graph), _refused(refused))
    return "\n".join(["# What the sources say\n", *chain.from_iterable(parts)])


def _counts(graph: KnowledgeGraph) -> Iterator[str]:
    plain = sum(s.plain for s in graph.statements)
    marked = Counter(mark for s in graph.statements for mark in marks(s))
    open_ = sum(s.relation.startswith("open:") for s in graph.statements)
    yield from _table(
        ("", "count"),
        [
            ("documents", len(graph.documents)),
            ("entities", len(graph.entities)),
            ("statements", len(graph.statements)),
            ("stated as facts", plain),
            *((mark, marked[mark]) for mark in ("denied", "planned", "possible", "claimed") if marked[mark]),
            ("confirmed by a second document", sum(s.documents > 1 for s in graph.statements)),
            ("in words of the text, not of the vocabulary", open_),
        ],
    )
    types = Counter(e.type for e in graph.entities)
    if types:
        yield "## Entities by type\n"
        yield from _table(("type", "entities"), _ranked(types))
    if graph.statements:
        yield "## Statements by relation\n"
        facts = Counter(s.relation for s in graph.statements if s.plain)
        every = Counter(s.relation for s in graph.statements)
        # open relations are many and rare: the frequent ones only
        named = [(r, n) for r, n in _ranked(every) if not r.startswith("open:")]
        free = [(r, n) for r, n in _ranked(every) if r.startswith("open:")]
        rows = [(relation, facts[relation], n - facts[relation]) for relation, n in [*named, *free[:TOP]]]
        yield from _table(("relation", "facts", "denied, planned, possible, claimed"), rows)
        if len(free) > TOP:
            yield f"{len(free) - TOP} more open relations are not listed.\n"
        yield "## Facts by confidence\n"
        yield from _table(("confidence", "facts"), _bands([s.confidence for s in graph.statements if s.plain]))


def _bands(values: Sequence[float]) -> list[tuple[str, int]]:
    """So many of the values lie in each band, the surest first."""
    found = []
    for top, low in pairwise((math.inf, *BANDS)):
        name = f"{low:.1f} and more" if top == math.inf else f"{low:.1f} to {top:.1f}"
        found.append((name, sum(low <= value < top for value in values)))
    return found


def _central(graph: KnowledgeGraph) -> Iterator[str]:
    measures = measure(to_networkx(graph))
    tied = [e for e in graph.entities if measures.degree[e.id]]
    if not tied:
        return
    tied.sort(key=lambda e: (-measures.degree[e.id], -measures.pagerank[e.id], e.id))
    yield "## Most connected entities\n"
    yield from _table(
        ("entity", "type", "facts with another entity", "documents", "mentions"),
        [(e.name, e.subtype or e.type, measures.degree[e.id], e.documents, len(e.mentions)) for e in tied[:TOP]],
    )


def _support(graph: KnowledgeGraph) -> Iterator[str]:
    plain = sorted((s for s in graph.statements if s.plain), key=lambda s: (-s.documents, -s.confidence, s.id))
    best, least = plain[:TOP], plain[TOP:][-TOP:][::-1]
    for title, part in (("Best supported facts", best), ("Least supported facts", least)):
        if part:
            yield f"## {title}\n"
            for statement in part:
                yield from _quoted(graph, statement)
            yield ""
    others = [s for s in graph.statements if not s.plain]
    if others:
        others.sort(key=lambda s: (-s.documents, -s.confidence, s.id))
        yield "## Denied, planned, possible or claimed\n"
        for statement in others[:TOP]:
            yield from _quoted(graph, statement)
        yield ""
        if len(others) > TOP:
            yield f"{len(others) - TOP} more are in the graph.\n"


def _quoted(graph: KnowledgeGraph, s: Statement) -> Iterator[str]:
    subject = _escaped(graph.entity_by_id[s.subject].name)
    words, goal = _escaped(relation_words(s.relation)), _escaped(object_words(graph, s))
    said = [m for m in marks(s) if m != "claimed"]
    if s.attribution:
        said.append(f"claimed by {_escaped(graph.entity_by_id[s.attribution].name)}")
    support = f"confidence {s.confidence:.2f}, {s.documents} document{'' if s.documents == 1 else 's'}"
    yield f"* **{subject}** {words} **{goal}** ({'; '.join([*said, support])})  "
    if s.claims:
        document, claim = s.claims[0]
        found = graph.document_by_id.get(document)
        source = f" — {_escaped(found.source)}" if found else ""
        day = f", {found.published.isoformat()}" if found and found.published else ""
        yield f"  “{_escaped(claim.evidence.text)}”{source}{day}"


def _refused(refused: Sequence[KgError]) -> Iterator[str]:
    if refused:
        yield f"## Refused sources ({len(refused)})\n"
        for error in sorted(refused, key=lambda e: (e.where or "", e.what)):
            yield f"* {_escaped(str(error))}"
        yield ""


def _ranked(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def _table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> Iterator[str]:
    """A Markdown table; columns of numbers stand to the right."""
    numbers = [isinstance(cell, int) for cell in rows[0]] if rows else [False] * len(head)
    yield f"| {' | '.join(head)} |"
    yield f"| {' | '.join('---:' if number else '---' for number in numbers)} |"
    for row in rows:
        yield f"| {' | '.join(_escaped(str(cell)) for cell in row)} |"
    yield ""


def _escaped(text: str) -> str:
    """Text that Markdown shows as it is, on one line."""
    return _MARKUP.sub(r"\\\1", one_line(text))
