"""What a thing without a name is called: by its first full description, and by shorter and longer ones."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from spacy.tokens import Doc

from kg.extraction.mentions import TokenMention
from kg.extraction.name_spans import QUOTES
from kg.extraction.trees import words

_ARTICLES = words("the a an this that these those")
_OWNERS = words("my our your his her its their whose")
_COUNTED = words(
    "very first second third last next several some many most few both all other another more every each any of "
    "two three four five six seven eight nine ten dozen dozens hundreds thousands"
)
"""Words before a description that say whose it is, and how many of how many: not what it is."""
_LEFT_OUT = (frozenset[str](), _OWNERS, _OWNERS | _COUNTED)
_NUMBERS = re.compile(r"\d|\b(two|three|four|five|six|seven|eight|nine|ten|dozen|hundred)\b", re.IGNORECASE)
_LONGEST = 12  # words of a description with its complement
_OTHER_CLAUSE = words("acl advcl appos relcl cc")


def noun_phrase(doc: Doc, mention: TokenMention, also: frozenset[str] = frozenset(), end: int | None = None) -> str:
    """The description without article, and without the words of ``also`` before it, but at least its last word; up to
    ``end`` instead of the mention's own."""
    held = list(doc[mention.start : end or mention.end])
    while len(held) > 1 and held[0].lower_ in _ARTICLES | also:
        held.pop(0)
    while len(held) > 1 and held[-1].pos_ == "ADP":
        held.pop()
    if len(held) > 2 and held[0].text in QUOTES and held[-1].text in QUOTES:
        held = held[1:-1]
    return " ".join("".join(word.text_with_ws for word in held).split())


def described(doc: Doc, mentions: Sequence[TokenMention]) -> tuple[str, set[str]]:
    """The best description among nominal mentions of one thing, and all other ones. "Trial" alone says too little where
    it is "the trial for manslaughter"; both are names then.
    """
    label = _best([noun_phrase(doc, m, _OWNERS) for m in mentions])
    completed = [(m, end) for m in mentions if (end := completed_end(doc, m)) > m.end]
    if len(label.split()) == 1:
        label = _best([noun_phrase(doc, m, _OWNERS, end) for m, end in completed]) or label
    ends = [*((m, m.end) for m in mentions), *completed]
    return label, {noun_phrase(doc, m, also, end) for m, end in ends for also in _LEFT_OUT} - {label, ""}


def completed_end(doc: Doc, mention: TokenMention) -> int:
    """The end of a description with the complement that follows it: "creation [of the Union]", "trial [for theft]"."""
    for kid in mention.span(doc).root.rights:
        if kid.i < mention.end:
            continue
        if kid.dep_ not in ("nmod", "prep") or kid.left_edge.i != mention.end:
            break
        end = kid.right_edge.i + 1
        for word in doc[mention.end : end]:
            if word.dep_.split(":")[0] in _OTHER_CLAUSE:
                end = min(end, word.left_edge.i)
            elif word.pos_ == "PUNCT" and word.text not in '"“”-':
                end = min(end, word.i)
        return end if kid.i < end <= mention.start + _LONGEST else mention.end
    return mention.end


def _best(phrases: Sequence[str]) -> str:
    """One of two to six words, so that "hacker group" wins over "group": one without a number, the most frequent,
    the first. Failing that the first.
    """
    often = Counter(phrases)
    full = [phrase for phrase in phrases if 2 <= len(phrase.split()) <= 6] or list(phrases)
    return min(full, key=lambda d: (_NUMBERS.search(d) is not None, -often[d]), default="")
