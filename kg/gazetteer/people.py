"""Names of people: titles off, given names compared through their short forms, gender where the name tells it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from kg.gazetteer.folding import fold
from kg.gazetteer.tables import read_table, values

Gender = Literal["m", "f", ""]
_GENERATIONS = frozenset({"jr", "sr", "junior", "senior", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"})
_NO_GENDER: Gender = ""
_INITIALS = re.compile(r"\b([A-Z])\.(?=[A-Z])")
_KEPT_KINDS = frozenset({"noble", "church"})


@cache
def _titles() -> dict[str, tuple[Gender, str, bool]]:
    found: dict[str, tuple[Gender, str, bool]] = {}
    for row in read_table("titles"):
        gender: Gender = "m" if row["gender"] == "m" else "f" if row["gender"] == "f" else ""
        found[fold(row["title"])] = (gender, row["kind"], row["given"] == "yes")
    return found


@cache
def _genders() -> dict[str, Gender]:
    return {fold(row["name"]): "m" if row["gender"] == "m" else "f" for row in read_table("given-names")}


@cache
def _short_forms() -> dict[str, frozenset[str]]:
    """Every given name and short form, with the given names that it may stand for."""
    found: dict[str, set[str]] = {}
    for row in read_table("nicknames"):
        for form in (row["name"], *values(row["short"])):
            found.setdefault(fold(form), set()).add(fold(row["name"]))
    return {form: frozenset(names) for form, names in found.items()}


def title_gender(words: Sequence[str]) -> tuple[bool, Gender]:
    """Whether the last one to three words are a title that a name may follow, and the gender it tells."""
    for length in (3, 2, 1):
        if len(words) >= length:
            held = _titles().get(fold(" ".join(words[-length:])))
            if held is not None:
                return True, held[0]
    return False, ""


def title_kind(word: str) -> str:
    """``civil``, ``rank``, ``noble``, ``church``, ``learned``, ``office``; empty if none, or a name too."""
    held = _titles().get(fold(word))
    return "" if held is None or held[2] else held[1]


def given_name_gender(folded: str) -> Gender:
    """``m`` or ``f`` where the given name nearly always tells, else the empty string."""
    held = _genders().get(folded)
    if held is None:
        told = {_genders().get(name, "") for name in _short_forms().get(folded, ())}
        held = told.pop() if len(told) == 1 else ""
    return held


def same_given_name(one: str, other: str) -> bool:
    """Whether two folded given names may be one person's: equal, an initial of it, or a short form."""
    if one == other:
        return True
    if len(one) == 1 or len(other) == 1:
        return one[0] == other[0]
    forms = _short_forms()
    return bool(forms.get(one, frozenset({one})) & forms.get(other, frozenset({other})))


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name taken apart: folded ``words`` without titles and generation, ``generation`` (``jr``), ``gender``.

    ``skip`` is the number of words as written that titles take at its front, 0 where the title belongs to the
    name (``Pope Anselm``: a single name hangs on its title).
    """

    words: tuple[str, ...]
    generation: str
    gender: Gender
    skip: int

    @classmethod
    @lru_cache(maxsize=16384)
    def of(cls, name: str) -> PersonName:
        """Take a name apart; the name of nothing but titles keeps its last word."""
        written = _INITIALS.sub(r"\1. ", name).split()
        skip, kept, gender = 0, True, _NO_GENDER
        while skip < len(written) - 1:
            for length in (3, 2, 1):
                title = fold(" ".join(written[skip : skip + length])) if len(written) > skip + length else ""
                held = _titles().get(title)
                if held is not None and not (held[2] and len(written) - skip <= 2):  # "Dean Miller" is a name
                    gender = held[0] or gender
                    kept = held[1] in _KEPT_KINDS
                    skip += length
                    break
            else:
                break
        words = [w for piece in written[skip:] for w in fold(piece).split()]
        generation = ""
        if len(words) > 1 and words[-1] in _GENERATIONS:
            generation = words.pop()
        if not gender and len(words) > 1:
            gender = given_name_gender(words[0])
        if skip and kept and len(words) == 1 and not generation:
            return cls(tuple(words), generation, gender, 0)
        return cls(tuple(words), generation, gender, skip)

    def agrees(self, other: PersonName) -> bool:
        """Whether two names of at least two words may be one person's.

        The last words agree, the given names are the same or one stands for the other, middle names and
        generations do not contradict each other.
        """
        if len(self.words) < 2 or len(other.words) < 2 or self.words[-1] != other.words[-1]:
            return False
        if self.gender and other.gender and self.gender != other.gender:
            return False
        if self.generation != other.generation and self.generation and other.generation:
            return False
        if not same_given_name(self.words[0], other.words[0]):
            return False
        one, two = self.words[1:-1], other.words[1:-1]
        if not one or not two:
            return True
        short, long = sorted((one, two), key=len)
        rest = iter(long)
        return all(any(same_given_name(word, held) for held in rest) for word in short)
