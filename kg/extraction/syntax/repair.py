"""Makes a parse agree with the names in it, and its labels with the words beside them.

A parser that does not know the names hangs their words here and there: "Alder" on the verb, "Rovers" on the next
name. But a name is one phrase: one of its words is the head, the others hang inside, and whatever hangs on any of them
hangs on the head. Then some labels contradict what stands in the text: a noun without a preposition is no oblique.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.extraction.syntax.words import words

_RANK = {
    "root": 0, "nsubj": 1, "nsubjpass": 1, "obj": 1, "agent": 1, "iobj": 2, "obl": 2, "conj": 3, "appos": 3, "nmod": 4,
    "xcomp": 4, "poss": 4, "ccomp": 5, "parataxis": 5, "title": 6, "flat": 7, "compound": 7, "amod": 8, "nummod": 8,
}  # fmt: skip
_INNER = frozenset({"title", "flat", "compound", "amod", "nummod", "dep", "det", "case", "punct"})


def whole_names(head: list[int], dep: list[str], spans: Iterable[tuple[int, int]]) -> None:
    """Give every span one head, in place: tokens inside point inside, what hangs on them hangs on the head.

    Args:
        head: the head of each token; a root is its own.
        dep: the short label of each token.
        spans: half-open token ranges of names; nested ones allowed, crossing ones are left as they are.
    """
    kids: list[list[int]] = [[] for _ in head]
    for i, h in enumerate(head):
        if h != i:
            kids[h].append(i)
    for start, end in sorted(spans, key=lambda span: (span[1] - span[0], span)):
        if end - start < 2:
            continue
        leaving = [i for i in range(start, end) if head[i] == i or not start <= head[i] < end]
        if not leaving:
            continue  # a circle: nothing to hold on to
        best = min(leaving, key=lambda i: (_RANK.get(dep[i], 9), -i))
        for i in leaving:
            if i != best:
                _hang(i, best, head, kids)
                if dep[i] not in _INNER:
                    dep[i] = "flat" if i > best else "compound"
        for i in [c for t in range(start, end) if t != best for c in kids[t] if not start <= c < end]:
            _hang(i, best, head, kids)
        _uncircle(best, head, dep)


def _hang(token: int, new: int, head: list[int], kids: list[list[int]]) -> None:
    if head[token] != token:
        kids[head[token]].remove(token)
    head[token] = new
    kids[new].append(token)


def _uncircle(token: int, head: list[int], dep: list[str]) -> None:
    """Make the token a root if its way upwards comes back to it."""
    above, steps = token, 0
    while head[above] != above and steps <= len(head):
        above, steps = head[above], steps + 1
    if head[above] != above:
        head[token], dep[token] = token, "root"


def bare_obliques(
    head: Sequence[int], dep: list[str], pos: Sequence[str], low: Sequence[str], lemma: Sequence[str],
    free: Sequence[bool],
) -> None:  # fmt: skip
    """A noun without preposition that is called oblique is an object or a subject, if the verb wants one.

    ``free`` tells the tokens that may be one (no dates).
    """
    kids: dict[int, list[int]] = {}
    for i, h in enumerate(head):
        if h != i:
            kids.setdefault(h, []).append(i)
    for i, h in enumerate(head):
        if dep[i] != "obl" or pos[h] != "VERB" or pos[i] not in {"PROPN", "NOUN", "PRON"} or not free[i]:
            continue
        own = kids.get(i, ())
        if lemma[i] in words("time") or any(dep[c] in {"case", "mark", "nummod", "advmod"} for c in own):
            continue
        first = min([i, *(c for c in own if dep[c] in {"det", "amod", "compound", "flat", "poss", "title"})])
        if first and (pos[first - 1] in {"ADP", "SCONJ"} or low[first - 1] in {"than", "as", "to", "-"}):
            continue
        beside = {dep[c] for c in kids.get(h, ())}
        if i > h:
            if not beside & {"obj", "ccomp", "xcomp"} and not beside & {"auxpass", "nsubjpass"}:
                dep[i] = "obj"
        elif not beside & {"nsubj", "nsubjpass"} and dep[h] not in {"acl", "amod", "xcomp"}:
            dep[i] = "nsubjpass" if "auxpass" in beside else "nsubj"
