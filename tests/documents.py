"""Documents as short tables: ``e1 Type name; alias; alias`` and ``e1 relation e2``."""

from __future__ import annotations

from kg.graph import KnowledgeGraph
from kg.records import Claim, Document, DocumentClaims, DocumentEntity, Evidence, Mention, Span, Value


def doc(
    source: str, *lines: str, kinds: str = "name", text: str | None = None, confidence: float = 0.5, **claim: object
) -> DocumentClaims:
    """A document; ``relation`` lines have three words, value lines ``e1 birthDate =1970-01-01:date``."""
    document = Document.of(text if text is not None else f"{source}: {lines}", source)
    entities, claims = [], []
    for place, line in enumerate(lines):
        first, second, rest = line.split(" ", 2)
        if second[0].isupper():
            name, *aliases = rest.split("; ")
            kind, _, subtype = second.partition(":")
            mentions = tuple(
                Mention(100 * place + 10 * i, 100 * place + 10 * i + len(n), n, kind, first, kinds)  # type: ignore[arg-type]
                for i, n in enumerate((name, *aliases))
            )
            entities.append(DocumentEntity(first, name, kind, mentions, tuple(sorted(aliases)), subtype or None))
        else:
            value = None
            if rest.startswith("="):
                lexical, datatype = rest[1:].rsplit(":", 1)
                value = Value(lexical, datatype, lexical)
            claims.append(
                Claim(
                    first,
                    second,
                    None if value else rest,
                    value,
                    Evidence(0, 9, "some text"),
                    Span(0, 1),
                    confidence=confidence,
                    **claim,  # type: ignore[arg-type]
                )
            )
    return DocumentClaims(document, tuple(entities), tuple(claims))


def names(graph: KnowledgeGraph) -> list[str]:
    """Every entity as ``Type name (number of documents)``, sorted."""
    return sorted(f"{e.type} {e.name} ({e.documents})" for e in graph.entities)
