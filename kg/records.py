"""The records that walk through the house: frozen, hashable, with nothing but plain values inside.

Offsets are character offsets (Python ``str``) into ``Document.text``; ``text[m.start:m.end] == m.text`` always
holds. Document-level entities are named ``e1``, ``e2`` ... in order of first mention; an `Entity` is what those
become once documents have been brought together.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date as Date
from typing import Literal

Kind = Literal["name", "nominal", "pronoun"]
Polarity = Literal["asserted", "negated"]
Modality = Literal["fact", "possible", "planned"]


@dataclass(frozen=True, slots=True)
class Document:
    """One source text. ``id`` is 16 hex digits of the hash of source name and text.

    ``digest`` is set where the text is no longer at hand: a graph file keeps the hash of a text, not the text.
    """

    id: str
    text: str
    source: str
    title: str | None = None
    published: Date | None = None
    language: str = "en"
    digest: str | None = None

    @classmethod
    def of(
        cls, text: str, source: str, title: str | None = None, published: Date | None = None, language: str = "en"
    ) -> Document:
        """A document with its id computed."""
        digest = hashlib.sha256(f"{source}\0{text}".encode("utf-8", "surrogatepass")).hexdigest()
        return cls(digest[:16], text, source, title, published, language)

    @property
    def sha256(self) -> str:
        """Hash of the text alone, as 64 hex digits."""
        return self.digest or hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open character range of one document."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mention:
    """Words of one document that stand for an entity; ``entity`` is the document-level id."""

    start: int
    end: int
    text: str
    type: str
    entity: str
    kind: Kind = "name"


@dataclass(frozen=True, slots=True)
class Reference:
    """A noun phrase or pronoun of one document, of whatever type: words that stand for something."""

    start: int
    end: int
    text: str
    kind: Kind


Clusters = tuple[tuple[Reference, ...], ...]
"""Coreference of a document: each cluster in the order of the text, the clusters by their first words; many hold one
phrase alone."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """The sentence that says so, and the spans of the words in it that carry the claim."""

    start: int
    end: int
    text: str
    words: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Value:
    """A literal object: XSD lexical form (``2023-07``, ``--07``), XSD type name (``gYearMonth``), the words read."""

    lexical: str
    datatype: str
    text: str


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """When it held: XSD lexical forms of any precision, ``None`` where open."""

    start: str | None = None
    end: str | None = None

    def __bool__(self) -> bool:
        return self.start is not None or self.end is not None


@dataclass(frozen=True, slots=True)
class Claim:
    """What one sentence of one document says. ``relation`` is a vocabulary name or ``open:<lemma phrase>``.

    Exactly one of ``object`` (a document-level entity id) and ``value`` is set. ``attribution`` is the entity
    that says so, ``None`` where the document itself does; ``contested`` is True where that source only claims,
    alleges or accuses, False where it announces, says or confirms. ``extractor`` is ``syntax:<rule>``, ``model``,
    or both joined by ``+``. ``ended`` is True where the sentence says that it is over ("the former mayor", "resigned as
    mayor", "is no longer mayor"), with a date or without. ``reasons`` are the words that keep it from being a plain
    fact, from its predicate outwards: ``("not", "ccomp deny")``.
    """

    subject: str
    relation: str
    object: str | None
    value: Value | None
    evidence: Evidence
    subject_mention: Span
    object_mention: Span | None = None
    polarity: Polarity = "asserted"
    modality: Modality = "fact"
    attribution: str | None = None
    contested: bool = False
    time: TimeSpan = field(default_factory=TimeSpan)
    confidence: float = 1.0
    extractor: str = ""
    ended: bool = False
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentEntity:
    """One coreference cluster of one document. ``name`` is the fullest name, ``aliases`` every other name, sorted."""

    id: str
    name: str
    type: str
    mentions: tuple[Mention, ...]
    aliases: tuple[str, ...] = ()
    subtype: str | None = None


@dataclass(frozen=True, slots=True)
class DocumentClaims:
    """All that extraction found in one document."""

    document: Document
    entities: tuple[DocumentEntity, ...]
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Entity:
    """One thing in the world across documents. ``id`` is a hash, the last part of its IRI.

    ``names`` are all its names, sorted, ``name`` among them. ``mentions`` pairs document ids with mentions,
    sorted by document and offset.
    """

    id: str
    name: str
    type: str
    names: tuple[str, ...] = ()
    subtype: str | None = None
    mentions: tuple[tuple[str, Mention], ...] = ()

    @property
    def documents(self) -> int:
        """Number of different documents that mention it."""
        return len({document for document, _ in self.mentions})


@dataclass(frozen=True, slots=True)
class Ending:
    """The claim that says, or from which it follows, that a statement is over, with what it states and where.

    ``by`` is the day of publication by which it was over (``2023-03-14``), where no source states the end itself.
    """

    statement: str
    document: str
    claim: Claim
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """What the sources together say: one (subject, relation, object, polarity, modality, attribution) with its claims.

    ``attribution`` is set only where the statement is ``contested``: somebody's claim, not what the sources state.
    ``subject``, ``object`` and ``attribution`` are `Entity` ids. ``claims`` pairs document ids with the claims
    that state it, sorted by `claim_order`. ``documents`` counts independent documents. ``ending`` is set where its end
    does not stand in its own claims' times: a successor began, the holder was dismissed, or it is told as over.
    """

    id: str
    subject: str
    relation: str
    object: str | None
    value: Value | None
    polarity: Polarity
    modality: Modality
    attribution: str | None
    time: TimeSpan
    confidence: float
    documents: int
    claims: tuple[tuple[str, Claim], ...]
    contested: bool = False
    ending: Ending | None = None

    @property
    def plain(self) -> bool:
        """Whether the sources state it as a fact, so that a plain triple stands for it."""
        return self.polarity == "asserted" and self.modality == "fact" and not self.contested


@dataclass(frozen=True, slots=True, order=True)
class OwnRelation:
    """A relation of a user's extension of the vocabulary, as far as a graph has to know it.

    ``literal``: its objects are dates or numbers. ``entails`` is the relation of the vocabulary that follows from it.
    """

    iri: str
    label: str
    literal: bool = False
    entails: str | None = None


def claim_order(stated: tuple[str, Claim]) -> tuple[object, ...]:
    """The order of ``Statement.claims``: by document, then by place in it, then by every other field."""
    document, c = stated
    evidence = (c.evidence.start, c.evidence.end, c.evidence.words)
    value = c.value and (c.value.lexical, c.value.datatype, c.value.text)
    words = (c.subject_mention, c.object_mention or Span(-1, -1), c.subject, c.relation, c.object or "", value or ())
    told = (c.polarity, c.modality, c.attribution or "", c.contested, c.time.start or "", c.time.end or "")
    return (document, evidence, words, told, c.confidence, c.extractor, *([c.ended] if c.ended else []))
