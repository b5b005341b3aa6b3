"""Copies of one report: texts that share most of their word sequences, found with MinHash.

News agencies sell one report to many papers, which cut it, retitle it and add a line: twenty papers, one witness. Two
texts count as copies where at least `SHARED` of the shorter one's runs of `RUN` words stand in the other too; what that
finds and what it misses is measured in docs/corroboration.md.

MinHash: Broder, "On the resemblance and containment of documents", 1997; here as `rensa` has it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rensa import RMinHash, RMinHashLSH

RUN = 4
SHARED = 0.5
SHORTEST = 24
"""Runs of words below which a text is too short to be told from another by chance; then only an equal one is a copy."""

_HASHES, _BANDS, _SEED = 256, 128, 17
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Print:
    """What is kept of a text to know its copies by: all its words if they are few, else hashes of its runs of words.

    ``runs`` counts the different runs. An empty text has neither words nor hashes.
    """

    runs: int
    words: str = ""
    hashes: RMinHash | None = None


def print_of(text: str) -> Print:
    """The same for every text with the same words, whatever their case, layout and punctuation."""
    words = words_of(text).split()
    runs = sorted({" ".join(words[i : i + RUN]) for i in range(len(words) - RUN + 1)})
    if len(runs) < SHORTEST:
        return Print(len(runs), " ".join(words))
    hashes = RMinHash(num_perm=_HASHES, seed=_SEED)
    hashes.update(runs)
    return Print(len(runs), hashes=hashes)


def words_of(text: str) -> str:
    """The words alone, folded, with one blank between them."""
    return " ".join(_WORD.findall(text.casefold()))


def shared(one: Print, other: Print) -> float:
    """The share of the shorter text's runs of words that stand in the other one, 0..1, within some 0.05."""
    if one.hashes is None or other.hashes is None:
        return float(bool(one.words) and one.words == other.words)
    alike: float = one.hashes.jaccard(other.hashes)
    both = alike * (one.runs + other.runs) / (1 + alike)
    return min(1.0, both / min(one.runs, other.runs))


def copies(prints: Mapping[str, Print]) -> Mapping[str, str]:
    """For the id of each text the smallest id among its copies, its own where it has none.

    The order of the texts does not matter. A copy of a copy is a copy.
    """
    ids = sorted(prints)
    index = RMinHashLSH(threshold=0.1, num_perm=_HASHES, num_bands=_BANDS)
    short: dict[str, list[str]] = defaultdict(list)
    pairs = [(id, id) for id in ids]
    for number, id in enumerate(ids):
        own = prints[id]
        if own.hashes is None:
            if own.words:
                short[own.words].append(id)
            continue
        near = (ids[other] for other in index.query(own.hashes))
        pairs += [(other, id) for other in near if shared(own, prints[other]) >= SHARED]
        index.insert(number, own.hashes)
    pairs += [(same[0], other) for same in short.values() for other in same[1:]]
    return grouped(pairs)


def grouped(pairs: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """For every id the smallest one of its group, where the pairs say which two are in one group."""
    above: dict[str, str] = {}

    def top(id: str) -> str:
        while above.setdefault(id, id) != id:
            above[id] = id = above[above[id]]
        return id

    for one, other in pairs:
        first, second = sorted((top(one), top(other)))
        above[second] = first
    return {id: top(id) for id in above}
