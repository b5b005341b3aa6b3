"""A written name of one document, and the union of names that mean the same."""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Doc

from kg.extraction.mentions import TokenMention
from kg.gazetteer import Country, PersonName, country_of_people


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
    """Union-find over names; a cluster is known by its smallest member."""

    def __init__(self, size: int) -> None:
        self._parent = list(range(size))

    def find(self, one: int) -> int:
        """The cluster of a name."""
        while self._parent[one] != one:
            self._parent[one] = self._parent[self._parent[one]]
            one = self._parent[one]
        return one

    def join(self, one: int, other: int) -> None:
        """Make one cluster of those of two names."""
        a, b = sorted((self.find(one), self.find(other)))
        self._parent[b] = a


def written_name(doc: Doc, mention: TokenMention) -> str:
    """The mention's words on one line, without a possessive at their end."""
    end = mention.end
    if end - mention.start > 1 and doc[end - 1].text in ("'s", "’s", "'", "’"):
        end -= 1
    text = " ".join(doc[mention.start : end].text.split())
    for mark in ("'s", "’s"):
        text = text.removesuffix(mark) or text
    return text


def is_people(written: str) -> bool:
    """Whether it is a plural demonym: "Kenyans" are a group of people, "Kenyan" is an adjective."""
    return written.endswith("s") and len(country_of_people(written[:-1])) > 0
