"""From the claims of many documents to one graph."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kg.graph import KnowledgeGraph
from kg.records import DocumentClaims
from kg.resolution.copies import Print, copies, print_of
from kg.resolution.entities import build_entities
from kg.resolution.merging import merge
from kg.resolution.occurrences import holders, occurrences
from kg.resolution.statements import build_statements
from kg.resolution.succession import with_endings
from kg.resolution.worth import used, worthless


def resolve(claims: Iterable[DocumentClaims], *, keep_texts: bool = True) -> KnowledgeGraph:
    """Bring document entities together into entities, and claims into statements.

    The result depends on the set of documents alone, not on their order; a document given twice (same id) counts
    once. Ids are hashes: they stay when documents are added that do not mention the entity. Without ``keep_texts`` the
    documents have only the hash of their text, as in a graph read from its file, and no two texts are held at once.
    """
    by_id: dict[str, DocumentClaims] = {}
    prints: dict[str, Print] = {}
    for found in claims:
        prints[found.document.id] = print_of(found.document.text)
        by_id[found.document.id] = found if keep_texts else _without_text(found)
    documents = [by_id[key] for key in sorted(by_id)]
    held = occurrences(documents)
    needed = used(documents)
    groups = [group for group in merge(held, holders(documents)) if not worthless(group, needed)]
    entities, entity_of = build_entities(groups)
    return KnowledgeGraph(
        entities=tuple(sorted(entities, key=lambda entity: entity.id)),
        statements=with_endings(
            build_statements(documents, entity_of, copies(prints)),
            {found.document.id: found.document.published for found in documents},
        ),
        documents=tuple(found.document for found in documents),
    )


def _without_text(found: DocumentClaims) -> DocumentClaims:
    document = found.document
    return replace(found, document=replace(document, text="", digest=document.sha256))
