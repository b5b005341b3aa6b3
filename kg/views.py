"""A graph as a person looks at it: entities by any of their names, claims with their sentence and document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property

from kg.errors import NoSuchEntity
from kg.exports.wording import object_words, reason_words, relation_words
from kg.gazetteer import fold
from kg.graph import KnowledgeGraph
from kg.records import Claim, Document, Entity, Mention, Statement


@dataclass(frozen=True)
class ClaimView:
    """One sentence of one document that states something. ``speaker`` is who says so, None for the document itself."""

    claim: Claim
    statement: Statement
    document: Document
    subject: str
    object: str
    speaker: str | None = None

    @property
    def relation(self) -> str:
        """A name of the vocabulary or ``open:<lemma phrase>``."""
        return self.statement.relation

    @property
    def sentence(self) -> str:
        """The words of the source."""
        return self.claim.evidence.text

    @property
    def confidence(self) -> float:
        """0..1."""
        return self.claim.confidence

    @property
    def notes(self) -> tuple[str, ...]:
        """Why it is no plain fact, and who says so: ``denied``, ``planned``, ``claimed by Mira Olsten``."""
        claim = self.claim
        found = ["denied"] if claim.polarity == "negated" else []
        if claim.modality != "fact":
            found.append(claim.modality)
        if claim.contested:
            found.append(f"claimed by {self.speaker}" if self.speaker else "claimed")
        elif self.speaker:
            found.append(f"said by {self.speaker}")
        if claim.ended:
            found.append("said to be over")
        return tuple(found)

    @property
    def because(self) -> tuple[str, ...]:
        """What the notes rest on: words of the sentence in quotation marks, or what the model reads out of it."""
        return tuple(dict.fromkeys(reason_words(reason) for reason in self.claim.reasons))

    def __str__(self) -> str:
        notes = f" ({', '.join(self.notes)})" if self.notes else ""
        return f"{self.subject} {relation_words(self.relation)} {self.object}{notes}"


@dataclass(frozen=True)
class EntityView:
    """One entity and all that the graph says of it."""

    entity: Entity
    graph: KnowledgeGraph

    @property
    def id(self) -> str:
        """The last part of its IRI."""
        return self.entity.id

    @property
    def name(self) -> str:
        """The preferred name."""
        return self.entity.name

    @property
    def names(self) -> tuple[str, ...]:
        """Every name, the preferred one first."""
        return (self.entity.name, *(name for name in self.entity.names if name != self.entity.name))

    @property
    def type(self) -> str:
        """A type of the vocabulary, such as ``Person``."""
        return self.entity.type

    @property
    def subtype(self) -> str | None:
        """A narrower type, such as ``Company``."""
        return self.entity.subtype

    @property
    def mentions(self) -> tuple[tuple[str, Mention], ...]:
        """Document ids with mentions."""
        return self.entity.mentions

    @property
    def documents(self) -> tuple[Document, ...]:
        """Those that mention it, sorted by id."""
        return tuple(self.graph.document_by_id[id] for id in sorted({id for id, _ in self.entity.mentions}))

    @property
    def statements(self) -> tuple[Statement, ...]:
        """Those with it as subject or object, the best supported first."""
        return tuple(sorted(self.graph.statements_of.get(self.id, ()), key=by_support))

    @cached_property
    def claims(self) -> tuple[ClaimView, ...]:
        """The sentences behind its statements."""
        speakers = clusters(self.graph)
        return tuple(view for s in self.statements for view in claims_of(self.graph, s, speakers))

    def __str__(self) -> str:
        return f"{self.name} ({self.subtype or self.type})"


def by_support(s: Statement) -> tuple[object, ...]:
    """Sorts plain facts and the best supported ones first."""
    return (not s.plain, -s.documents, -s.confidence, s.relation, s.id)


def clusters(graph: KnowledgeGraph) -> Mapping[tuple[str, str], str]:
    """The entity id of each document-level entity, by document id and document-level id."""
    return {(document, m.entity): e.id for e in graph.entities for document, m in e.mentions}


def claims_of(
    graph: KnowledgeGraph, statement: Statement, speakers: Mapping[tuple[str, str], str]
) -> tuple[ClaimView, ...]:
    """The claims of a statement, in their order; ``speakers`` are the `clusters` of the graph."""
    subject, goal = graph.entity_by_id[statement.subject].name, object_words(graph, statement)
    found = []
    for document, claim in statement.claims:
        speaker = speakers.get((document, claim.attribution)) if claim.attribution else None
        name = graph.entity_by_id[speaker].name if speaker else None
        found.append(ClaimView(claim, statement, graph.document_by_id[document], subject, goal, name))
    return tuple(found)


def find(graph: KnowledgeGraph, name: str) -> Entity:
    """The entity of that name, the most mentioned one where several bear it. Raises `NoSuchEntity`."""
    return find_all(graph, name)[0]


def find_all(graph: KnowledgeGraph, name: str) -> list[Entity]:
    """All entities that a name may mean: by id, else as written, else as folded, else by the words of a name.

    The most mentioned first. Raises `NoSuchEntity`, with the names that come nearest.
    """
    if name in graph.entity_by_id:
        return [graph.entity_by_id[name]]
    folded = fold(name)
    words = set(folded.split())
    for fits in (
        lambda e: e.name == name,
        lambda e: name in e.names,
        lambda e: folded and folded in {fold(n) for n in (e.name, *e.names)},
        lambda e: words and any(words <= set(fold(n).split()) for n in (e.name, *e.names)),
    ):
        found = [e for e in graph.entities if fits(e)]
        if found:
            return sorted(found, key=lambda e: (-len(e.mentions), e.id))
    raise NoSuchEntity("no entity has this name", where=name, remedy=_remedy(graph, folded))


def _remedy(graph: KnowledgeGraph, folded: str) -> str:
    shown: dict[str, str] = {}
    for e in sorted(graph.entities, key=lambda e: (-len(e.mentions), e.id)):
        for name in (e.name, *e.names):
            shown.setdefault(fold(name), e.name)
            for word in fold(name).split():
                shown.setdefault(word, e.name)
    near = dict.fromkeys(shown[key] for key in get_close_matches(folded, sorted(shown), n=5, cutoff=0.7))
    if near:
        return f"Did you mean {' or '.join(list(near)[:3])}?"
    return "`kg stats` lists the most connected entities."
