"""How far two hands agree: ``python -m training.agreement FIRST SECOND`` compares marked documents of the same names.

Entities are matched by their mentions (each entity of one hand with the one of the other that shares the most), facts
by matched ends, inverses folded and symmetric ones either way round. Printed as F1 of the second hand against the
first, over all documents together.
"""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from training.annotated import MarkedDocument, MarkedFact, MarkedMention, key_of, parse


def place(doc: MarkedDocument, m: MarkedMention) -> tuple[int, int, int]:
    """Sentence and range in it, so that blank lines between paragraphs make no difference."""
    n = bisect_right([start for start, _ in doc.sentences], m.start) - 1
    return n, m.start - doc.sentences[n][0], m.end - doc.sentences[n][0]


def matched(a: MarkedDocument, b: MarkedDocument) -> dict[str, str]:
    """Entities of b -> entities of a, one to one, by the number of mentions with equal spans, best first."""
    at = {place(a, m): m.entity for m in a.mentions}
    shared = Counter((m.entity, at[place(b, m)]) for m in b.mentions if place(b, m) in at)
    found: dict[str, str] = {}
    for (theirs, ours), _ in sorted(shared.items(), key=lambda x: (-x[1], x[0])):
        if theirs not in found and ours not in found.values():
            found[theirs] = ours
    return found


def keys(facts: Iterable[MarkedFact], name: dict[str, str] | None = None) -> set[tuple[str, str, str]]:
    """Facts as (subject, primary relation, object); ``name`` renames entities, unknown ones get a name of their own."""
    out = set()
    for f in facts:
        s, o = f.subject, f.object
        if name is not None:
            s, o = name.get(s, f"second {s}"), name.get(o, f"second {o}")
        out.add(key_of(s, f.relation, o))
    return out


def f1(both: int, first: int, second: int) -> float:
    """F1 of counts, in percent."""
    return 200 * both / max(first + second, 1)


def compared(pairs: list[tuple[MarkedDocument, MarkedDocument]]) -> dict[str, float]:
    """Agreement in percent by layer."""
    counts: Counter[tuple[str, str]] = Counter()

    def count(layer: str, first: set, second: set) -> None:  # type: ignore[type-arg]
        counts[layer, "both"] += len(first & second)
        counts[layer, "first"] += len(first)
        counts[layer, "second"] += len(second)

    for n, (a, b) in enumerate(pairs):
        name = matched(a, b)
        for kind in ("name", "nominal", "pronoun"):
            count(
                f"mentions, {kind}s", {(n, place(a, m)) for m in a.mentions if m.kind == kind},
                {(n, place(b, m)) for m in b.mentions if m.kind == kind},
            )  # fmt: skip
        count("entities", {(n, e) for e in a.entities}, {(n, name.get(e, f"second {e}")) for e in b.entities})
        typed = {(n, e, a.entities[e][0]) for e in name.values()}
        count("types of shared entities", typed, {(n, ours, b.entities[theirs][0]) for theirs, ours in name.items()})
        ours = {(n, *k) for k in keys(a.facts)}
        theirs = {(n, *k) for k in keys(b.facts, name)}
        count("facts", ours, theirs)
        said = {(n, *k) for k in keys(f for f in a.facts if "implied" not in f.flags)}
        also = {(n, *k) for k in keys((f for f in b.facts if "implied" not in f.flags), name)}
        counts["explicit facts found by the other", "both"] += len(said & theirs) + len(also & ours)
        counts["explicit facts found by the other", "first"] += len(said)
        counts["explicit facts found by the other", "second"] += len(also)
        count(
            "linked pairs",
            {(n, *sorted((s, o))) for _, s, _, o in ours},
            {(n, *sorted((s, o))) for _, s, _, o in theirs},
        )
        for flag in ("negated", "planned", "claimed"):
            count(
                f"{flag} among shared facts",
                {(n, *k) for k in keys(f for f in a.facts if flag in f.flags)} & theirs,
                {(n, *k) for k in keys((f for f in b.facts if flag in f.flags), name)} & ours,
            )  # fmt: skip
    layers = dict.fromkeys(layer for layer, _ in counts)
    scale = {"explicit facts found by the other": 0.5}
    return {
        layer: scale.get(layer, 1.0) * f1(counts[layer, "both"], counts[layer, "first"], counts[layer, "second"])
        for layer in layers
    }


def main() -> int:
    """Compare two folders."""
    first, second = map(Path, sys.argv[1:3])
    pairs = [(parse(first / p.name), parse(p)) for p in sorted(second.glob("*.md")) if (first / p.name).exists()]
    print(f"{len(pairs)} documents")
    for layer, value in compared(pairs).items():
        print(f"{layer}: {value:.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
