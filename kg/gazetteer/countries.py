"""Countries by every name, abbreviation and demonym that news uses for them.

The table is ``data/countries.tsv``; its head says where the facts come from.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from kg.gazetteer.folding import fold
from kg.gazetteer.tables import read_table, values

_TRIM = re.compile(r"^(?:the|The|THE)\s+|\s*[’'`]s?$")


@dataclass(frozen=True, slots=True)
class Country:
    """A state, territory, part of a state or former state.

    ``kind`` is ``state``, ``territory``, ``part`` or ``former``; ``continent`` a two-letter code (``EU``).
    ``shared`` says that something else of note bears the name, so that the name alone proves little.
    """

    name: str
    iso2: str
    iso3: str
    kind: str
    names: tuple[str, ...]
    abbreviations: tuple[str, ...]
    adjectives: tuple[str, ...]
    people: tuple[str, ...]
    capital: str
    continent: str
    shared: bool = False

    @property
    def subtype(self) -> str:
        """The subtype of Place that it is."""
        return "Region" if self.kind == "territory" else "Country"


@cache
def countries() -> tuple[Country, ...]:
    """All of them, sorted by name."""
    return tuple(
        Country(
            row["name"],
            row["iso2"],
            row["iso3"],
            row["kind"],
            values(row["names"]),
            values(row["abbreviations"]),
            values(row["adjectives"]),
            values(row["people"]),
            row["capital"],
            row["continent"],
            row["shared"] == "yes",
        )
        for row in read_table("countries")
    )


@cache
def _by_name() -> dict[str, Country]:
    named = {fold(name): country for country in countries() for name in (country.name, *country.names)}
    republics = {f"republic of {name}": country for name, country in named.items()}
    return republics | named  # the table has those that are another country: "Republic of China"


@cache
def _by_abbreviation() -> dict[str, Country]:
    return {short: country for country in countries() for short in country.abbreviations}


@cache
def _by_people() -> dict[str, tuple[Country, ...]]:
    found: dict[str, list[Country]] = {}
    for country in countries():
        words = {fold(w) for w in (*country.adjectives, *country.people)}
        for word in words | {plural(w) for w in words}:
            found.setdefault(word, []).append(country)
    return {word: tuple(held) for word, held in found.items()}


def plural(demonym: str) -> str:
    """Several of them: ``kenyans``; a word that is its own plural (``japanese``, ``irish``) comes back as it is."""
    return demonym if demonym.endswith(("ese", "sh", "ch", "s", "men")) else f"{demonym}s"


@lru_cache(maxsize=16384)
def country_named(name: str) -> Country | None:
    """The country of that name or abbreviation, or None. Abbreviations count only as written (``US``, not ``us``)."""
    bare = _TRIM.sub("", name.strip())
    held = _by_abbreviation().get(bare)
    if held is None and len(bare) > 3:
        held = _by_name().get(fold(name))
    return held


@cache
def country_words() -> frozenset[str]:
    """Every lower-case word that a name of `country_named` may hold, with the articles that it may begin with."""
    written = [*_by_name(), *(name.lower() for name in _by_abbreviation())]
    return frozenset(word for name in written for word in name.split()) | {"the", "a", "an"}


@lru_cache(maxsize=16384)
def country_of_people(name: str) -> tuple[Country, ...]:
    """The countries whose people, language or things are so called (``Kenyan``, ``Kenyans``); capitalised words only.

    Several for an ambiguous demonym, none for anything else.
    """
    return _by_people().get(fold(name), ()) if name[:1].isupper() or name[:4].casefold() == "the " else ()
