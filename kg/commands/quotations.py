"""Sentences as a terminal shows them: subject, relation words and object marked, document and date below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.exports.files import readable
from kg.exports.wording import in_words, marks, object_words, relation_words
from kg.records import Span

if TYPE_CHECKING:
    from rich.text import Text

    from kg.graph import KnowledgeGraph
    from kg.records import Claim, Statement
    from kg.views import ClaimView

SUBJECT, RELATION, OBJECT = "bold cyan", "bold yellow", "bold green"


def sentence(view: ClaimView, *, marked: bool = False) -> Text:
    """The evidence on one line, in quotation marks, its words in colour.

    ``marked`` shows them without colour too: ``[subject]``, ``*relation*`` and ``[object]``.
    """
    from rich.text import Text

    evidence, claim = view.claim.evidence, view.claim
    text = readable(evidence.text)
    shown = Text(f"“{text}”")
    styled = [(word, RELATION) for word in _relation_words(claim)]
    styled += [(claim.subject_mention, SUBJECT)]
    styled += [(claim.object_mention, OBJECT)] if claim.object_mention else []
    inserts: list[tuple[int, str]] = []
    for span, style in styled:  # of overlapping ones the later style wins
        start, end = span.start - evidence.start, span.end - evidence.start
        if 0 <= start < end <= len(text):
            shown.stylize(style, start + 1, end + 1)
            left, right = ("*", "*") if style == RELATION else ("[", "]")
            inserts += [(start + 1, left), (end + 1, right)]
    if marked:
        shown = _with_marks(shown, inserts)
    lines = [line for line in shown.split("\n") if line.plain.strip()]
    return Text(" ").join(lines)


def _relation_words(claim: Claim) -> list[Span]:
    """The words of the evidence that carry the relation, neighbours as one: neither its subject nor its object."""
    ends = [claim.subject_mention, *([claim.object_mention] if claim.object_mention else [])]
    found: list[Span] = []
    for w in sorted(claim.evidence.words):
        if any(w.start < e.end and e.start < w.end for e in ends):
            continue
        if found and w.start - found[-1].end <= 1:
            w = Span(found.pop().start, w.end)
        found.append(w)
    return found


def _with_marks(shown: Text, inserts: list[tuple[int, str]]) -> Text:
    from rich.text import Text

    pieces, last = Text(), 0
    # where two meet, what closes comes first
    for at, mark in sorted(inserts, key=lambda pair: (pair[0], pair[1] != "]")):
        pieces.append_text(shown[last:at]).append(mark)
        last = at
    return pieces.append_text(shown[last:])


def source(view: ClaimView) -> str:
    """Where it stands: source, date, confidence, and why it is marked."""
    day = f", {view.document.published.isoformat()}" if view.document.published else ""
    notes = f", {', '.join(view.notes)}" if view.notes else ""
    return readable(f"{view.document.source}{day}, confidence {view.confidence:.2f}{notes}")


def reasons(view: ClaimView) -> str | None:
    """Why it is marked: ``denied, because of “not”``; None for a plain fact of the document's own."""
    if not view.notes:
        return None
    because = f", because of {', '.join(view.because)}" if view.because else ""
    return readable(f"marked: {', '.join(view.notes)}{because}")


def ending(graph: KnowledgeGraph, statement: Statement) -> tuple[str, str] | None:
    """Why it is over, and the sentence that says so; None where its own claims' times say all."""
    told = statement.ending
    if told is None:
        return None
    by_id = {s.id: s for s in graph.statements}
    when = f"until {statement.time.end}" if statement.time.end else f"over by {told.by}" if told.by else "over"
    document = graph.document_by_id[told.document]
    other = "" if told.statement == statement.id else f" since {in_words(graph, by_id[told.statement])}"
    return readable(f"{when}{other} ({document.source}):"), readable(" ".join(told.claim.evidence.text.split()))


def headline(graph: KnowledgeGraph, statement: Statement) -> Text:
    """A statement in words, with its marks, time and support."""
    from rich.text import Text

    shown = Text()
    shown.append(readable(graph.entity_by_id[statement.subject].name), SUBJECT)
    shown.append(f" {readable(relation_words(statement.relation))} ", RELATION)
    shown.append(readable(object_words(graph, statement)), OBJECT)
    told = list(marks(statement))
    if statement.attribution:
        told[-1] = f"claimed by {graph.entity_by_id[statement.attribution].name}"
    if statement.time.start:
        told.append(f"from {statement.time.start}")
    if statement.time.end:
        told.append(f"until {statement.time.end}")
    elif statement.ending:
        told.append(f"over by {statement.ending.by}" if statement.ending.by else "over")
    told.append(f"{statement.documents} document{'' if statement.documents == 1 else 's'}")
    shown.append(f"  ({readable(', '.join(told))})", "dim")
    return shown
