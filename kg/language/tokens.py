"""Tokens as the treebanks have them, and where windows may be cut."""

from __future__ import annotations

from typing import cast

from spacy.lang.en import English
from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc
from spacy.util import compile_infix_regex

# Universal Dependencies splits a hyphen between letters or digits, a slash between words, and a dash before a year.
INFIXES = [
    r"\[|\]",
    r"(?<=[A-Za-z])\((?=\w)",
    r"(?<=[A-Za-z]),(?=[A-Za-z\[])",
    r"(?<=[A-Za-z0-9])(?:-|–|—|/)(?=[A-Za-z0-9])",
    r"(?<=\.)-(?=[a-z])",
    r"(?<=[a-z])\.(?=[A-Z])",
]
ENDERS = frozenset(".!?…。")
ENDING = frozenset((":", ";", "...", "-", "–", "—", "•", "*", ")"))
CLOSERS = frozenset("\"'”’)]»")


def blank_english() -> Language:
    """spaCy's English tokenizer, brought nearer to Universal Dependencies."""
    nlp = English()
    defaults = nlp.Defaults
    assert defaults.infixes is not None
    tokenizer = cast(Tokenizer, nlp.tokenizer)
    tokenizer.infix_finditer = compile_infix_regex([*defaults.infixes, *INFIXES]).finditer
    return nlp


def paragraph_starts(doc: Doc, words: list[int]) -> list[int]:
    """Indices into ``words`` (token numbers without white space) that begin a paragraph."""
    starts = [0]
    for k in range(1, len(words)):
        gap = range(words[k - 1] + 1, words[k])
        if any("\n" in doc[i].text for i in gap):
            starts.append(k)
    return starts


def rough_ends(texts: list[str], paragraphs: list[int]) -> list[int]:
    """Word indices after which a sentence surely or very likely ends: good enough to cut windows at."""
    ends = set(paragraphs[1:])
    for i in range(1, len(texts)):
        before = texts[i - 1]
        if before in CLOSERS and i > 1:
            before = texts[i - 2]
        if before[-1] in ENDERS and len(before) == 1 and (texts[i][0].isupper() or texts[i][0] in "\"“'‘(["):
            ends.add(i)
    ends.add(len(texts))
    return sorted(ends)


def expected_starts(texts: list[str], start: int, end: int) -> list[float]:
    """How far the log odds of a sentence start must rise at words [start, end): little after a full stop before a
    capital, far where nothing ends, since a false break or a missed one makes false facts."""
    bars = []
    for k in range(start, end):
        before = texts[k - 1] if k else ""
        if before in CLOSERS and k > 1:
            before = texts[k - 2]
        ended = before in ENDERS
        bars.append(-2.0 if ended and texts[k][0].isupper() else 0.0 if ended or before in ENDING else 2.0)
    return bars
