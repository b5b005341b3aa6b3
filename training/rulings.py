"""What a marked fact says as well. Of two relations that fit one fact the documents are marked with the closer one
("country", not "located in" as well; ``training/news/GUIDE.md``); who says the wider one is no less right.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from training.annotated import Key, key_of

NARROWER = {
    "awardReceived": (("won", False),), "creator": (("author", False),),
    "leads": (("chairperson", True), ("chiefExecutive", True), ("headOfGovernment", True), ("headOfState", True),
              ("commands", False)),
    "locatedIn": (("country", False), ("headquarteredIn", False), ("capitalOf", False)),
    "memberOf": (("memberOfParty", False),), "participatedIn": (("foughtIn", False),),
    "worksFor": (("memberOf", False), ("spokespersonFor", False)),
}  # fmt: skip
"""Relations that are right where a narrower one is marked (and whether its ends are exchanged)."""
LIES = frozenset({"Place", "Facility"})
"""What belongs to a country lies in it; a company or a film need not."""
_WIDER: Mapping[str, tuple[tuple[str, bool], ...]] = {
    narrow: tuple((wide, turned) for wide, found in NARROWER.items() for name, turned in found if name == narrow)
    for found in NARROWER.values()
    for narrow, _ in found
}


def wider(key: Key, entities: Mapping[str, tuple[str, str | None, str]]) -> Iterator[Key]:
    """The wider facts that one fact carries; ``entities`` are those of its `MarkedDocument`."""
    subject, relation, obj = key
    for wide, turned in _WIDER.get(relation, ()):
        first, second = (obj, subject) if turned else (subject, obj)
        if wide != "locatedIn" or entities[first][0] in LIES:
            yield key_of(first, wide, second)
