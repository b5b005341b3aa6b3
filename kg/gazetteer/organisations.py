"""What of an organisation's name may vary while the organisation stays the same."""

from __future__ import annotations

from functools import cache, lru_cache

from kg.gazetteer.countries import country_named, country_of_people
from kg.gazetteer.folding import fold
from kg.gazetteer.tables import read_table

_SMALL = frozenset({"of", "the", "and", "for", "in", "on", "at", "to", "a", "an"})


@cache
def _suffixes() -> tuple[frozenset[str], frozenset[str]]:
    rows = read_table("organisation-suffixes")
    return (
        frozenset(fold(row["suffix"]) for row in rows if row["legal"]),
        frozenset(fold(row["suffix"]) for row in rows),
    )


def legal_core(folded: str, *, loose: bool = False) -> str:
    """The folded name without legal forms at its end (``inc``, ``gmbh``); ``loose`` also drops ``group``, ``company``.

    At least one word stays.
    """
    ends = _suffixes()[loose]
    words = folded.split()
    while len(words) > 1 and words[-1] in ends:
        words.pop()
        while len(words) > 1 and words[-1] in ("and", "co"):
            words.pop()
    return " ".join(words)


@lru_cache(maxsize=16384)
def word_set(name: str) -> frozenset[str]:
    """The words of a name in no order, with one word for each country, however it is said.

    ``Kenyan Ministry of Health`` and ``Ministry of Health of Kenya`` give the same set.
    """
    words = [w for w in name.replace("’s", "").replace("'s", "").split() if w]
    found: set[str] = set()
    start = 0
    while start < len(words):
        for length in range(min(4, len(words) - start), 0, -1):
            piece = " ".join(words[start : start + length])
            country = country_named(piece)
            people = country_of_people(piece) if country is None else ()
            if country is None and len(people) == 1:
                country = people[0]
            if country is not None:
                found.add(f"@{country.name}")
                start += length
                break
        else:
            found.update(w for w in fold(words[start]).split() if w not in _SMALL)
            start += 1
    return frozenset(found)
