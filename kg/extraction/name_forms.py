"""Forms of one name that differ at their end: the party and its adjective, one and many, a place and its adjective."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from kg.extraction.written_names import Links, WrittenName

_COUNTED_TYPES = frozenset({"Organization", "Place", "Product", "Award"})


def link_forms(names: Sequence[WrittenName], links: Links) -> None:
    """Join the names of a document that are forms of one."""
    _link_parties(names, links)
    _link_plurals(names, links)
    _link_adjectives(names, links)


def _link_parties(names: Sequence[WrittenName], links: Links) -> None:
    """ "Social Democratic Party", "Social Democratic" and "Social Democrats", whichever comes first."""
    stems: dict[str, list[int]] = defaultdict(list)
    for i, name in enumerate(names):
        if name.family == "Organization" and name.country is None:
            stems[name.folded.removesuffix(" party").removesuffix("s").removesuffix("ic")].append(i)
    for held in stems.values():
        if any(names[i].folded.endswith(" party") for i in held):
            for i in held:
                links.join(i, held[0])


def _link_adjectives(names: Sequence[WrittenName], links: Links) -> None:
    """ "Tuvan" and "Tuva": the adjectives of places that no table holds."""
    places = {name.folded: i for i, name in enumerate(names) if name.family == "Place" and len(name.folded) > 3}
    for place, i in places.items():
        for stem, ends in ((place, ("n", "an", "ian", "ese")), (place[:-1], ("an", "ian", "ese"))):
            for end in ends:
                links.join(i, places.get(stem + end, i))


def _link_plurals(names: Sequence[WrittenName], links: Links) -> None:
    """ "DC-4" and "DC-4s"; of peoples also "Kurds", "Kurdish" and "Kurdish people"."""
    at = {(name.family, name.folded): i for i, name in enumerate(names) if name.country is None}
    peoples: dict[str, int] = {}
    for i, name in enumerate(names):
        if name.country is not None or len(name.folded) < 3:
            continue
        if name.family in _COUNTED_TYPES:
            links.join(i, at.get((name.family, f"{name.folded}s"), i))
        elif name.family == "Group":
            stem = name.folded.removesuffix(" people")
            links.join(
                i, peoples.setdefault(stem.removesuffix("ish") if stem.endswith("ish") else stem.removesuffix("s"), i)
            )
