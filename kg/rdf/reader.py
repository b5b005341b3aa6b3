"""A graph file read back: everything that was written, but for the texts of the documents.

A `Document` read back has an empty text and the hash of the one it had (``Document.digest``). NUL and lone surrogates
come back as U+FFFD (`kg.rdf.terms.clean`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date as Date
from pathlib import Path
from typing import cast

import pyoxigraph as ox

from kg.errors import BrokenGraph, NoGraph
from kg.graph import KnowledgeGraph
from kg.ontology.vocabulary import KG, OPEN, OWL, RDF, RDFS, SUBTYPES, XSD
from kg.rdf.iris import OPEN_MARK, last, place
from kg.rdf.terms import DCTERMS, NIF, PROV, SKOS
from kg.records import (
    Claim,
    Document,
    Ending,
    Entity,
    Evidence,
    Kind,
    Mention,
    Modality,
    OwnRelation,
    Polarity,
    Span,
    Statement,
    TimeSpan,
    Value,
    claim_order,
)

_Term = ox.NamedNode | ox.Literal
_Node = dict[str, list[_Term]]


def read_graph(path: Path) -> KnowledgeGraph:
    """The graph of a Turtle file that `write_turtle` wrote.

    Raises `NoGraph` if there is no such file and `BrokenGraph` if it is no Turtle or lacks something.
    """
    try:
        found = _load(path)
    except FileNotFoundError:
        raise NoGraph("no graph here", where=str(path), remedy="Build one with: kg build SOURCES -o DIR") from None
    except (SyntaxError, UnicodeDecodeError, OSError) as error:
        raise _broken(path, str(error)) from error
    try:
        return _Reading(found).graph()
    except (KeyError, ValueError) as error:
        raise _broken(path, f"something is missing or wrong: {error}") from error


def _broken(path: Path, what: str) -> BrokenGraph:
    return BrokenGraph(what, where=str(path), remedy="Build it again with: kg build SOURCES -o DIR")


def _load(path: Path) -> Mapping[str, _Node]:
    found: dict[str, _Node] = {}
    for triple in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
        subject, predicate = cast(ox.NamedNode, triple.subject).value, triple.predicate.value
        found.setdefault(subject, {}).setdefault(predicate, []).append(cast(_Term, triple.object))
    return found


class _Reading:
    """One file's nodes, turned into records."""

    def __init__(self, nodes: Mapping[str, _Node]) -> None:
        self.nodes = nodes
        self.by_type: dict[str, list[str]] = defaultdict(list)
        self.claims: dict[str, tuple[str, str, Claim]] = {}
        for iri, node in nodes.items():
            for term in node.get(RDF + "type", []):
                self.by_type[term.value.removeprefix(KG)].append(iri)

    def graph(self) -> KnowledgeGraph:
        mentions, claims = self._mentions(), self._claims()
        entities = [self._entity(iri, mentions[iri]) for iri in self._entities(mentions)]
        statements = [self._statement(iri, claims[iri]) for iri in self.by_type["Statement"]]
        documents = [self._document(iri) for iri in self.by_type["Document"]]
        return KnowledgeGraph(
            tuple(sorted(entities, key=lambda e: e.id)),
            tuple(sorted(statements, key=lambda s: s.id)),
            tuple(sorted(documents, key=lambda d: d.id)),
            tuple(sorted(self._own_relations())),
        )

    def _own_relations(self) -> Iterator[OwnRelation]:
        for kind in ("ObjectProperty", "DatatypeProperty"):
            for iri in self.by_type[OWL + kind]:
                if not iri.startswith((KG, OPEN)):
                    above = self._optional(iri, RDFS + "subPropertyOf")
                    literal = kind == "DatatypeProperty"
                    yield OwnRelation(iri, self._value(iri, RDFS + "label"), literal, above and above.removeprefix(KG))

    def _entities(self, mentions: Mapping[str, object]) -> Iterator[str]:
        # only an entity counts its mentions, also one that has none
        return (iri for iri, node in self.nodes.items() if KG + "mentions" in node or iri in mentions)

    def _value(self, iri: str, predicate: str) -> str:
        return self._term(iri, predicate).value

    def _term(self, iri: str, predicate: str) -> _Term:
        found = self.nodes[iri].get(predicate)
        if not found:
            raise ValueError(f"<{iri}> has no <{predicate}>")
        return found[0]

    def _optional(self, iri: str, predicate: str) -> str | None:
        found = self.nodes[iri].get(predicate)
        return found[0].value if found else None

    def _all(self, iri: str, predicate: str) -> list[str]:
        return [term.value for term in self.nodes[iri].get(predicate, [])]

    def _relation(self, iri: str) -> str:
        if iri.startswith(OPEN):
            return OPEN_MARK + self._value(iri, RDFS + "label")
        return iri.removeprefix(KG)

    def _mentions(self) -> dict[str, list[tuple[str, Mention]]]:
        found: dict[str, list[tuple[str, Mention]]] = defaultdict(list)
        for iri in self.by_type["Mention"]:
            document, cluster, span = place(iri)
            mention = Mention(
                start=span.start,
                end=span.end,
                text=self._value(iri, NIF + "anchorOf"),
                type=self._value(iri, KG + "mentionType").removeprefix(KG),
                entity=cluster or "",
                kind=cast(Kind, self._value(iri, KG + "kind")),
            )
            found[self._value(iri, KG + "entity")].append((document, mention))
        return found

    def _entity(self, iri: str, mentions: list[tuple[str, Mention]]) -> Entity:
        types = [name.removeprefix(KG) for name in self._all(iri, RDF + "type")]
        subtype = next((t for t in types if t in SUBTYPES), None)
        name = self._value(iri, RDFS + "label")
        return Entity(
            id=last(iri),
            name=name,
            type=next(t for t in types if t != subtype),
            names=tuple(sorted({name, *self._all(iri, SKOS + "altLabel")})),
            subtype=subtype,
            mentions=tuple(sorted(mentions, key=lambda m: (m[0], m[1].start, m[1].end, m[1].entity))),
        )

    def _literal(self, iri: str, predicate: str) -> Value | None:
        found = self.nodes[iri].get(predicate)
        if not found or not isinstance(found[0], ox.Literal):
            return None
        literal = found[0]
        datatype = literal.datatype.value.removeprefix(XSD)
        return Value(literal.value, datatype, self._value(iri, KG + "valueText"))

    def _time(self, iri: str) -> TimeSpan:
        return TimeSpan(self._optional(iri, KG + "start"), self._optional(iri, KG + "end"))

    def _told(self, iri: str) -> tuple[Polarity, Modality]:
        polarity, modality = (self._value(iri, KG + key).removeprefix(KG).lower() for key in ("polarity", "modality"))
        return cast(Polarity, polarity), cast(Modality, modality)

    def _claims(self) -> dict[str, list[tuple[str, Claim]]]:
        found: dict[str, list[tuple[str, Claim]]] = defaultdict(list)
        for iri in self.by_type["Claim"]:
            document, cluster, span = place(self._value(iri, KG + "subjectMention"))
            goal = self._optional(iri, KG + "objectMention")
            polarity, modality = self._told(iri)
            claim = Claim(
                subject=cluster or "",
                relation=self._relation(self._value(iri, KG + "relation")),
                object=self._optional(iri, KG + "objectCluster"),
                value=self._literal(iri, KG + "value"),
                evidence=self._evidence(self._value(iri, PROV + "wasDerivedFrom"), self._optional(iri, KG + "words")),
                subject_mention=span,
                object_mention=place(goal)[2] if goal else None,
                polarity=polarity,
                modality=modality,
                attribution=self._optional(iri, KG + "attributionCluster"),
                contested=self._optional(iri, KG + "contested") == "true",
                time=self._time(iri),
                confidence=float(self._value(iri, KG + "confidence")),
                extractor=self._value(iri, KG + "extractor"),
                ended=self._optional(iri, KG + "ended") == "true",
                reasons=tuple(because.split("; ")) if (because := self._optional(iri, KG + "because")) else (),
            )
            self.claims[iri] = (last(self._value(iri, KG + "states")), document, claim)
            found[self._value(iri, KG + "states")].append((document, claim))
        return found

    def _evidence(self, iri: str, words: str | None) -> Evidence:
        _, _, span = place(iri)
        pairs = [pair.split(",") for pair in (words or "").split()]
        spans = tuple(Span(int(start), int(end)) for start, end in pairs)
        return Evidence(span.start, span.end, self._value(iri, PROV + "value"), spans)

    def _statement(self, iri: str, claims: list[tuple[str, Claim]]) -> Statement:
        goal = self._term(iri, RDF + "object")
        by = self._optional(iri, KG + "attributedTo")
        polarity, modality = self._told(iri)
        return Statement(
            id=last(iri),
            subject=last(self._value(iri, RDF + "subject")),
            relation=self._relation(self._value(iri, RDF + "predicate")),
            object=last(goal.value) if isinstance(goal, ox.NamedNode) else None,
            value=self._literal(iri, RDF + "object"),
            polarity=polarity,
            modality=modality,
            attribution=last(by) if by else None,
            time=self._time(iri),
            confidence=float(self._value(iri, KG + "confidence")),
            documents=int(self._value(iri, KG + "documents")),
            claims=tuple(sorted(claims, key=claim_order)),
            contested=self._optional(iri, KG + "contested") == "true",
            ending=self._ending(iri),
        )

    def _ending(self, iri: str) -> Ending | None:
        by = self._optional(iri, KG + "endedBy")
        return None if by is None else Ending(*self.claims[by], by=self._optional(iri, KG + "overBy"))

    def _document(self, iri: str) -> Document:
        published = self._optional(iri, DCTERMS + "date")
        return Document(
            id=last(iri),
            text="",
            source=self._value(iri, DCTERMS + "source"),
            title=self._optional(iri, DCTERMS + "title"),
            published=Date.fromisoformat(published) if published else None,
            language=self._value(iri, DCTERMS + "language"),
            digest=self._value(iri, KG + "sha256"),
        )
