"""The knowledge graph: entities, statements, documents. The only thing rdf, network and exports read."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from kg.records import Document, Entity, OwnRelation, Statement


@dataclass(frozen=True)
class KnowledgeGraph:
    """Immutable; every tuple is sorted by ``id``, so that the same knowledge gives the same bytes.

    ``documents`` are those that were read, also the ones without a single claim. ``own_relations`` are those that the
    vocabulary lacks and a user's extension of it declares.
    """

    entities: tuple[Entity, ...]
    statements: tuple[Statement, ...]
    documents: tuple[Document, ...]
    own_relations: tuple[OwnRelation, ...] = ()

    @cached_property
    def entity_by_id(self) -> dict[str, Entity]:
        """Entities by their id."""
        return {e.id: e for e in self.entities}

    @cached_property
    def document_by_id(self) -> dict[str, Document]:
        """Documents by their id."""
        return {d.id: d for d in self.documents}

    @cached_property
    def statements_of(self) -> dict[str, tuple[Statement, ...]]:
        """Statements by the id of every entity that is their subject or object."""
        found: dict[str, list[Statement]] = {}
        for statement in self.statements:
            for end in {statement.subject, statement.object} - {None}:
                found.setdefault(str(end), []).append(statement)
        return {key: tuple(value) for key, value in found.items()}
