"""The words that decide factuality, read from ``data/lexicon.tsv``.

Columns: ``lemma`` (with particle: "rule out"), ``class``, ``frame`` and ``example``. A class says what the word does
to the thing it governs:

* ``keeps``     as true as the word's own clause: *managed to*, *began*, *carried out*, *became*
* ``factive``   true whatever happens to the word's clause: *knew that*, *condemned*, *convicted of*
* ``negates``   the opposite: *failed to*, *prevented*, *false*, *without*
* ``denies``    said not to be so: *denied*, *rejected claims*, *ruled out*
* ``doubts``    probably not so: *doubted*, *unlikely to*
* ``possible``  open: *may*, *urged*, *considered*, *alleged*, *if*
* ``planned``   to come: *will*, *plans to*, *is expected to*, *proposal*
* ``says``      told by a source in a neutral voice: *announced*, *confirmed*
* ``claims``    told by a source that is contradicted or takes sides: *claimed*, *accused of*, *allegation*
* ``believes``  held by somebody: *thought*, *is believed to*

A frame says where the governed thing stands, several joined by ``|``: ``clause`` (finite clause), ``to``
(infinitive), ``ing`` (gerund), ``obj`` (event noun as object or passive subject), ``content`` (the same, only for
nouns such as *claim*), ``subj``, ``pred`` (predicate of *become*), any preposition; and for words that hang on the
predicate itself ``aux``, ``adv``, ``mark``, ``case``, ``mod`` (adjective of an event or role noun).
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Literal, cast, get_args

from kg.errors import DataError

Class = Literal["keeps", "factive", "negates", "denies", "doubts", "possible", "planned", "says", "claims", "believes"]


def parse(text: str) -> dict[tuple[str, str], Class]:
    """Classes by (lemma, frame). Raises `DataError` on a bad row or a pair that has two classes."""
    table: dict[tuple[str, str], Class] = {}
    for number, line in enumerate(text.splitlines()[1:], start=2):
        columns = line.split("\t")
        if len(columns) != 4 or columns[1] not in get_args(Class):
            raise DataError("not lemma, class, frame, example", where=f"lexicon.tsv:{number}", remedy="Mend the row.")
        for frame in columns[2].split("|"):
            if (columns[0], frame) in table:
                raise DataError(
                    f"{columns[0]} has two rows for {frame}", where=f"lexicon.tsv:{number}", remedy="Keep one of them."
                )
            table[columns[0], frame] = cast(Class, columns[1])
    return table


@cache
def lexicon() -> MappingProxyType[tuple[str, str], Class]:
    """The packaged table, read once."""
    path = files("kg.extraction.factuality").joinpath("data", "lexicon.tsv")
    return MappingProxyType(parse(path.read_text(encoding="utf-8")))


@cache
def content_lemmas() -> frozenset[str]:
    """Words that, as nouns, have a proposition for content: *claim*, *report*, *plan*, *possibility*."""
    speech = {"says", "claims", "possible", "planned", "believes", "denies"}
    return frozenset(lemma for (lemma, frame), kind in lexicon().items() if frame == "clause" and kind in speech)
