"""The word lists of ``words.tsv``: small closed classes that several rules share."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

NOMINAL_TYPES = ("Work", "Event", "Group", "Product", "Facility")


@cache
def words(name: str) -> frozenset[str]:
    """The words of one class.

    Raises:
        KeyError: ``words.tsv`` has no such class.
    """
    return _classes()[name]


@cache
def nominal_types() -> dict[str, str]:
    """Head noun -> the type of the nominal mention that it makes; where a noun is in two lists the first counts."""
    out: dict[str, str] = {}
    for name in NOMINAL_TYPES:
        for word in sorted(words(name)):
            out.setdefault(word, name)
    return out


@cache
def _classes() -> dict[str, frozenset[str]]:
    text = files("kg.extraction.syntax").joinpath("words.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return {row[0]: frozenset(row[2].split()) for row in rows[1:]}
