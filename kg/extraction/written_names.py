"""A written name of one document, and the union of names that mean the same."""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Doc

from kg.extraction.mentions import TokenMention
from kg.gazetteer import Country, PersonName, country_of_people

POSSESSIVES = frozenset({"'s", "’s", "'", "’"})
_PLACES = frozenset({"Place", "Facility", "Organization"})


@dataclass
class WrittenName:
    """All mentions of one document that share type family and folded name."""

    family: str
    folded: str
    written: str
    mentions: list[int] = field(default_factory=list)
    country: Country | None = None
    person: PersonName | None = None

    @property
    def first(self) -> int:
        """The first mention, as its place among the names of the document."""
        return self.mentions[0]


class Links:
    """Union-find over names or phrases; a cluster is known by its smallest member."""

    def __init__(self, size: int) -> None:
        self._parent = list(range(size))

    def find(self, one: int) -> int:
        """The cluster of one."""
        while self._parent[one] != one:
            self._parent[one] = self._parent[self._parent[one]]
            one = self._parent[one]
        return one

    def join(self, one: int, other: int) -> int:
        """Make one cluster of those of two; returns it."""
        a, b = sorted((self.find(one), self.find(other)))
        self._parent[b] = a
        return a

    def clusters(self) -> list[list[int]]:
        """The members of each cluster, in order of the first."""
        found: dict[int, list[int]] = {}
        for one in range(len(self._parent)):
            found.setdefault(self.find(one), []).append(one)
        return list(found.values())


def keeps_possessive(doc: Doc, start: int, end: int, kind: str) -> bool:
    """Whether the possessive in which the range ends belongs to the name: "St. John's", "the match at Lord's".

    ``kind`` is the type of the name. A saint's name keeps it; another does where nothing follows that it could own.
    """
    if kind not in _PLACES or doc[end - 1].lower_ not in ("'s", "’s"):
        return False
    if doc[start].lower_ in ("st.", "st", "saint") and end - start > 2:
        return True
    before = doc[start - 1].lower_ if start else ""
    return before == "at" and (end == len(doc) or doc[end].pos_ in ("PUNCT", "ADP", "CCONJ", "SCONJ", "AUX", "SPACE"))


def name_end(doc: Doc, mention: TokenMention) -> int:
    """Where the name ends when a possessive that is no part of it is left off."""
    end = mention.end
    if end - mention.start > 1 and doc[end - 1].lower_ in POSSESSIVES:
        end -= not keeps_possessive(doc, mention.start, end, mention.type)
    return end


def characters(doc: Doc, mention: TokenMention) -> tuple[int, int]:
    """Where the mention stands in the text, for entities and claims alike: a name without such a possessive."""
    end = name_end(doc, mention) if mention.kind == "name" else mention.end
    return doc[mention.start].idx, doc[end - 1].idx + len(doc[end - 1])


def written_name(doc: Doc, mention: TokenMention) -> str:
    """The mention's words on one line, without a possessive at their end."""
    end = name_end(doc, mention)
    text = " ".join(doc[mention.start : end].text.split())
    if end - mention.start > 1 and text[-1:] in "sS'’" and doc[end - 1].lower_ in POSSESSIVES:
        return text
    for mark in ("'s", "’s"):
        text = text.removesuffix(mark) or text
    return text


def is_people(written: str) -> bool:
    """Whether it is a plural demonym: "Kenyans" are a group of people, "Kenyan" is an adjective."""
    return written.endswith("s") and len(country_of_people(written[:-1])) > 0
