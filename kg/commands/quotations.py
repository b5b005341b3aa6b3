"""Sentences as a terminal shows them: subject, relation words and object marked, document and date below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.exports.files import readable
from kg.exports.wording import marks, object_words, relation_words

if TYPE_CHECKING:
    from rich.text import Text

    from kg.graph import KnowledgeGraph
    from kg.records import Statement
    from kg.views import ClaimView

SUBJECT, RELATION, OBJECT = "bold cyan", "bold yellow", "bold green"


def sentence(view: ClaimView) -> Text:
    """The evidence on one line, in quotation marks."""
    from rich.text import Text

    evidence, claim = view.claim.evidence, view.claim
    text = readable(evidence.text)
    shown = Text(f"“{text}”")
    styled = [(word, RELATION) for word in evidence.words]
    styled += [(claim.subject_mention, SUBJECT)]
    styled += [(claim.object_mention, OBJECT)] if claim.object_mention else []
    for span, style in styled:  # of overlapping ones the later style wins
        start, end = span.start - evidence.start, span.end - evidence.start
        if 0 <= start < end <= len(text):
            shown.stylize(style, start + 1, end + 1)
    lines = [line for line in shown.split("\n") if line.plain.strip()]
    return Text(" ").join(lines)


def source(view: ClaimView) -> str:
    """Where it stands: source, date, confidence, and why it is marked."""
    day = f", {view.document.published.isoformat()}" if view.document.published else ""
    notes = f", {', '.join(view.notes)}" if view.notes else ""
    return readable(f"{view.document.source}{day}, confidence {view.confidence:.2f}{notes}")


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
    told.append(f"{statement.documents} document{'' if statement.documents == 1 else 's'}")
    shown.append(f"  ({readable(', '.join(told))})", "dim")
    return shown
