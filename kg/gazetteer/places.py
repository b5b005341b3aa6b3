"""What a name alone tells of a place: whether it is a country, a capital, a body of water; where it cannot lie."""

from __future__ import annotations

from collections import Counter
from functools import cache, lru_cache

from kg.gazetteer.countries import countries, country_named
from kg.gazetteer.folding import fold
from kg.gazetteer.tables import read_table

_CONTINENTS = frozenset({"africa", "antarctica", "asia", "europe", "north america", "south america", "oceania"})
_LAST = {
    **dict.fromkeys(("river", "sea", "ocean", "lake", "strait", "gulf", "canal", "bay", "creek"), "BodyOfWater"),
    **dict.fromkeys(("province", "county", "prefecture", "oblast", "governorate", "peninsula", "valley"), "Region"),
    "city": "City",
}
_FIRST = {
    **dict.fromkeys(("gulf of", "sea of", "strait of", "straits of", "bay of", "river", "lake"), "BodyOfWater"),
    **dict.fromkeys(("province of", "state of", "county"), "Region"),
    **dict.fromkeys(("city of", "town of"), "City"),
}


@cache
def _regions() -> dict[str, str]:
    return {fold(row["name"]): row["country"] for row in read_table("regions")}


@cache
def _capitals() -> frozenset[str]:
    return frozenset(fold(c.capital) for c in countries() if c.capital) - {fold(c.name) for c in countries()}


_SETTLED = frozenset({"Australia", "Canada", "United States"})
"""Countries that have towns named after other countries' capitals."""


@cache
def _states_of_capitals() -> dict[str, str]:
    """Of capitals that share their name with no other."""
    many = Counter(fold(c.capital) for c in countries())
    return {fold(c.capital): c.name for c in countries() if c.kind == "state" and many[fold(c.capital)] == 1}


@lru_cache(maxsize=16384)
def lies_elsewhere(name: str, country: str) -> bool:
    """Whether a place of that name is known to lie in another state than the one of that name: a capital, a region.

    False wherever either name tells too little: of former states and parts of states, of towns in countries that
    have namesakes of many capitals.
    """
    there = country_named(country)
    if there is None or there.kind != "state" or there.shared:
        return False
    folded = fold(name)
    home = _regions().get(folded)
    if home is None and there.name not in _SETTLED:
        home = _states_of_capitals().get(folded)
    return home is not None and home != there.name


@lru_cache(maxsize=16384)
def place_subtype(name: str) -> str | None:
    """The subtype of Place that a place of that name nearly always has, or None where the name does not tell."""
    folded = fold(name)
    words = folded.split()
    country = country_named(name)
    if country is not None:
        return None if country.shared else country.subtype
    if folded in _CONTINENTS:
        return "Continent"
    if folded in _regions():
        return "Region"
    if folded in _capitals():
        return "City"
    if len(words) > 1:
        first = _FIRST.get(" ".join(words[:2])) or _FIRST.get(words[0])
        return _LAST.get(words[-1]) or first
    return None
