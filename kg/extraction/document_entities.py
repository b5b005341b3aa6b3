"""Records of coreference clusters: one `DocumentEntity` each, with the fullest name and every other one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from spacy.tokens import Doc

from kg.extraction.descriptions import described, noun_phrase
from kg.extraction.mentions import TokenMention
from kg.extraction.written_names import characters, is_people, written_name
from kg.gazetteer import Country, PersonName, country_named, country_of_people, fold
from kg.records import Document, DocumentEntity, Mention

_WITHOUT_ENTITY = frozenset({"Date"})


_DESCRIBED = frozenset({"Event", "Organization", "Work", "Facility", "Product", "Award"})
"""Types whose things are also called by a word of their name and a common noun: "the Halvary summit"."""
POST = re.compile(r"(\w[\w -]*?) (?:of|for|at|in|to|from|with|on)\b")


def entity_ids(mentions: Iterable[TokenMention]) -> dict[int, str]:
    """The document-level id (``e1`` ...) of each cluster, by first mention.

    Left out are dates, which are literals, and what has no cluster (-1). Call it with all clustered mentions.
    """
    ids: dict[int, str] = {}
    for mention in sorted(mentions):
        if mention.cluster >= 0 and mention.type not in _WITHOUT_ENTITY and mention.cluster not in ids:
            ids[mention.cluster] = f"e{len(ids) + 1}"
    return ids


def document_entities(doc: Doc, document: Document, mentions: Sequence[TokenMention]) -> tuple[DocumentEntity, ...]:
    """The entities of one document, in the order of `entity_ids`.

    ``doc.text`` must be ``document.text``. The name is the fullest proper name without title, possessive or leading
    "the" (a country's usual name, also where only its adjective is in the text); an entity that nothing names is
    called by its first noun phrase of more than a noun. Type and subtype are what most mentions say.
    """
    ids = entity_ids(mentions)
    members: dict[int, list[TokenMention]] = {}
    for mention in sorted(set(mentions)):
        if mention.cluster in ids:
            members.setdefault(mention.cluster, []).append(mention)
    return tuple(_entity(doc, document, ids[cluster], held) for cluster, held in members.items())


def _entity(doc: Doc, document: Document, name: str, members: list[TokenMention]) -> DocumentEntity:
    kind, subtype = _vote(members)
    names = [m for m in members if m.kind == "name"]
    written = [written_name(doc, m) for m in names]
    country = _country(written) if kind in ("Place", "Organization", "Group") else None
    if country is not None and kind == "Group" and all(map(is_people, written)):
        country = None
    if country is not None:
        kind = "Place"
        subtype = subtype if subtype not in (None, "Country", "Region") and not country.shared else country.subtype
    if written:
        bare = [_bare(text, kind) for text in written]
        label = country.name if country is not None else fullest(bare, kind)
        aliases = {*bare, *(text for text, m in zip(written, names, strict=True) if m.type == "Person")} - {label, ""}
        if kind in _DESCRIBED:
            own = {word for text in written for word in text.split() if word[:1].isupper()}
            phrases = (noun_phrase(doc, m) for m in members if m.kind == "nominal")
            aliases |= {p for p in phrases if len(p.split()) > 1 and own & set(p.split())} - {label}
    else:
        nominals = [m for m in members if m.kind == "nominal"]
        label, aliases = described(doc, nominals) if nominals else (noun_phrase(doc, members[0]), set[str]())
        if kind == "Position":
            aliases = _shorter_posts(label)
    return DocumentEntity(
        name,
        label,
        kind,
        tuple(_record(doc, document, m, kind, name) for m in members),
        tuple(sorted(aliases)),
        subtype,
    )


def _record(doc: Doc, document: Document, mention: TokenMention, kind: str, entity: str) -> Mention:
    start, stop = characters(doc, mention)
    return Mention(start, stop, document.text[start:stop], kind, entity, mention.kind)


def _vote(members: Sequence[TokenMention]) -> tuple[str, str | None]:
    """Names count before nouns before pronouns; of equals the one met first wins."""
    for kinds in (("name",), ("nominal",), ("pronoun",)):
        voters = [m for m in members if m.kind in kinds]
        if voters:
            kind = Counter(m.type for m in voters).most_common(1)[0][0]
            subtypes = Counter(m.subtype for m in members if m.type == kind and m.subtype is not None)
            return kind, subtypes.most_common(1)[0][0] if subtypes else None
    return members[0].type, members[0].subtype


def _country(written: Sequence[str]) -> Country | None:
    """The one country that the names mean; one that shares its name needs more than the name alone."""
    named = {c for c in map(country_named, written) if c is not None}
    people = {c for text in written for c in country_of_people(text) if len(country_of_people(text)) == 1}
    found = named or people
    if len(found) != 1:
        return None
    country = next(iter(found))
    return None if country.shared and len({fold(text) for text in written}) == 1 else country


def _bare(text: str, kind: str) -> str:
    if kind == "Person":
        words = text.split()
        return " ".join(words[PersonName.of(text).skip :]) or text
    for article in ("the ", "The ", "THE "):
        if text.startswith(article) and kind != "Work":
            return text.removeprefix(article)
    return text


def fullest(names: Sequence[str], kind: str) -> str:
    """The name to call it by: the most words, then the most letters but not all capitals, then the most frequent.

    A name longer than eight words is a description and never wins over a shorter one.
    """
    often = Counter(names)

    def rank(name: str) -> tuple[bool, bool, int, bool, int, int, str]:
        words = fold(name).split()
        shouted = name.isupper() and any(fold(other) == fold(name) and not other.isupper() for other in often)
        demonym = kind != "Group" and bool(country_of_people(name))
        long = sum(len(word) for word in words)
        return (not demonym, not shouted and len(words) <= 8, len(words), not name.isupper(), often[name], long, name)

    return max(sorted(often), key=rank)


def _shorter_posts(label: str) -> set[str]:
    """A post is also called by its bare role: "commander" for "commander of the Fifth Brigade", "Kenyan commander"."""
    role = POST.match(label)
    roles = {label, role[1]} if role else {label}
    for role_name in sorted(roles):
        first, _, rest = role_name.partition(" ")
        if rest and country_of_people(first):
            roles.add(rest)
    return roles - {label}
