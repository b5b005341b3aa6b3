"""Groups of document entities become entities: one type, one name, one id."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence

from kg.extraction.document_entities import fullest
from kg.gazetteer import fold
from kg.records import Entity, Mention
from kg.resolution.occurrences import Occurrence


def build_entities(groups: Sequence[Sequence[Occurrence]]) -> tuple[list[Entity], Mapping[tuple[str, str], str]]:
    """One entity for each group, and the entity id of each (document id, document-level id).

    The id is 16 hex digits of the hash of type and folded name. Of several with the same type and name one keeps
    that id (the country, then the one in most documents, then the first in the first document by id). The others,
    people known by one word, posts of general name and things that no name names add what tells them apart: their
    sense, or where they are met first.
    """
    entities: list[Entity] = []
    entity_of: dict[tuple[str, str], str] = {}
    taken: set[str] = set()
    for group in sorted(groups, key=_rank):
        kind, subtype = _type(group)
        name = _name(group, kind)
        key = _id(kind, fold(name) or name)
        if key in taken or all(
            held.bare or held.general or (not held.named and held.entity.type != "Position") for held in group
        ):
            key = _id(kind, fold(name) or name, _difference(group, taken, kind, fold(name) or name))
        taken.add(key)
        entity_of.update((held.key, key) for held in group)
        names = {name, *(n for held in group for n in (held.entity.name, *held.entity.aliases))}
        mentions = sorted(((held.document, m) for held in group for m in held.entity.mentions), key=_by_place)
        entities.append(Entity(key, name, kind, tuple(sorted(names)), subtype, tuple(mentions)))
    return entities, entity_of


def _vague(held: Occurrence) -> bool:
    """Whether the name alone says little about which thing it is."""
    return held.bare or held.general or (not held.named and held.entity.type != "Position")


def _by_place(pair: tuple[str, Mention]) -> tuple[str, int, int]:
    document, mention = pair
    return document, mention.start, mention.end


def _rank(group: Sequence[Occurrence]) -> tuple[bool, int, int, tuple[str, int, str]]:
    return (
        all(held.country is None and held.sense != "itself" for held in group),
        -len({held.document for held in group}),
        -sum(len(held.entity.mentions) for held in group),
        min((held.document, held.start, held.entity.id) for held in group),
    )


def _type(group: Sequence[Occurrence]) -> tuple[str, str | None]:
    """What most documents say, those that name it before the others; of equals the one with more mentions."""
    country = next((held.country for held in group if held.country is not None), None)
    if country is not None:
        return "Place", country.subtype
    voters = [held for held in group if held.named] or list(group)
    documents = Counter(held.entity.type for held in voters)
    mentions = Counter(dict.fromkeys(documents, 0))
    for held in voters:
        mentions[held.entity.type] += len(held.entity.mentions)
    kind = max(sorted(documents), key=lambda k: (documents[k], mentions[k]))
    subtypes = Counter(held.entity.subtype for held in voters if held.entity.type == kind and held.entity.subtype)
    return kind, max(sorted(subtypes), key=lambda s: subtypes[s]) if subtypes else None


def _name(group: Sequence[Occurrence], kind: str) -> str:
    """The fullest of the names that are at least a quarter as frequent as the most frequent one."""
    country = next((held.country for held in group if held.country is not None), None)
    if country is not None:
        return country.name
    often = Counter(held.entity.name for held in group if held.named) or Counter(held.entity.name for held in group)
    most = max(often.values())
    return fullest([name for name in sorted(often.elements()) if often[name] * 4 >= most], kind)


def _difference(group: Sequence[Occurrence], taken: set[str], kind: str, name: str) -> str:
    senses = {held.sense for held in group} - {""}
    if len(senses) == 1:
        sense = senses.pop()
        if _id(kind, name, sense) not in taken:
            return sense
    document, start, entity = min((held.document, held.start, held.entity.id) for held in group)
    return f"{document}\0{start}\0{entity}"


def _id(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]
