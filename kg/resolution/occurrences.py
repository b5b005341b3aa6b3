"""A document entity with what decides whether it is the same as another document's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.gazetteer import Country, PersonName, country_named, country_of_people, fold
from kg.records import Claim, DocumentClaims, DocumentEntity

_INSIDE = frozenset({"country", "locatedIn", "partOf"})


@dataclass(frozen=True)
class Occurrence:
    """One entity of one document.

    ``country`` is set where the names alone say which country it is. ``sense`` tells namesakes apart: a person's
    year of birth, a place's country, ``itself`` for a country that shares its name; empty where the document does
    not tell.
    """

    document: str
    entity: DocumentEntity
    named: bool
    folded: str
    country: Country | None
    person: PersonName | None
    sense: str

    @property
    def start(self) -> int:
        """Offset of the first mention."""
        return min((mention.start for mention in self.entity.mentions), default=0)

    @property
    def bare(self) -> bool:
        """Whether it is a person known by one word only."""
        return self.person is not None and len(self.person.words) < 2 and not self.person.generation

    @property
    def general(self) -> bool:
        """Whether it is a post that any body may have: "commander", not "commander of the Harrier Regiment"."""
        return self.entity.type == "Position" and not any(
            word[:1].isupper() or word == "of" for word in self.entity.name.split()[1:]
        )

    @property
    def key(self) -> tuple[str, str]:
        """Document and document-level id."""
        return self.document, self.entity.id


def occurrences(documents: Sequence[DocumentClaims]) -> list[Occurrence]:
    """All entities of all documents, in the order given."""
    found = []
    for held in documents:
        by_id = {entity.id: entity for entity in held.entities}
        inside = _containers(held.claims)
        births = {c.subject: c.value.lexical[:4] for c in held.claims if c.relation == "birthDate" and c.value}
        for entity in held.entities:
            named = any(mention.kind == "name" for mention in entity.mentions)
            country = _country(entity) if named else None
            shared = country is not None and country.shared
            sure = country is not None and (not shared or len({fold(n) for n in (entity.name, *entity.aliases)}) > 1)
            if entity.type == "Person":
                sense = births.get(entity.id, "")
            elif entity.type == "Place":
                sense = "itself" if sure and shared else "" if sure else _state(entity, by_id, inside)
            else:
                sense = ""
            found.append(
                Occurrence(
                    held.document.id,
                    entity,
                    named,
                    fold(entity.name) or entity.name,
                    country if sure and not shared else None,
                    PersonName.of(entity.name) if entity.type == "Person" and named else None,
                    sense,
                )
            )
    return found


def holders(documents: Sequence[DocumentClaims]) -> dict[tuple[str, str], list[tuple[str, str]]]:
    """Who holds each post, both as document id and document-level id."""
    found: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for held in documents:
        for claim in held.claims:
            if claim.relation == "holdsPosition" and claim.object is not None:
                found.setdefault((held.document.id, claim.object), []).append((held.document.id, claim.subject))
    return found


def _country(entity: DocumentEntity) -> Country | None:
    if entity.type not in ("Place", "Organization"):  # a national team, a government: named by its country, it is it
        return None
    country = country_named(entity.name)
    if country is None and entity.type == "Place" and len(country_of_people(entity.name)) == 1:
        country = country_of_people(entity.name)[0]
    return country


def _containers(claims: Sequence[Claim]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for claim in claims:
        if claim.object is not None and claim.polarity == "asserted":
            if claim.relation in _INSIDE:
                found.setdefault(claim.subject, []).append(claim.object)
            elif claim.relation in ("locationOf", "hasPart"):
                found.setdefault(claim.object, []).append(claim.subject)
    return found


def _state(entity: DocumentEntity, by_id: Mapping[str, DocumentEntity], inside: Mapping[str, list[str]]) -> str:
    """The one country that the document puts the place in, directly or by steps, else the empty string."""
    seen, front, states = {entity.id}, [entity.id], set[str]()
    while front:
        front = [above for one in front for above in inside.get(one, ()) if above in by_id and above not in seen]
        seen.update(front)
        states |= {country.name for country in (_country(by_id[one]) for one in front) if country is not None}
    return states.pop() if len(states) == 1 else ""
