"""Where paragraphs begin, where windows may be cut, and how readily a sentence begins at a word.

The model says how likely each word begins a sentence; what punctuation, quotation marks and list numbers make sure of,
it need not guess. The bars were chosen on the training parts of UD EWT and GUM.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from spacy.attrs import SPACY
from spacy.tokens import Doc

ENDERS = frozenset(".!?…。")
ENDING = frozenset((":", ";", "-", "–", "—", "•", "*", ")"))
CLOSERS = frozenset(('"', "'", "”", "’", ")", "]", "»", "''"))
EITHER = frozenset(('"', "'"))  # opens or closes: the white space around it tells
OPENERS = frozenset(("“", "‘", "«", "``", "("))
BEGINNERS = frozenset(("“", "‘", "«", "``", "(", "[", '"', "'"))
STOPPED, ENDED, AFTER_MARK, SALUTED, RISING, PLAIN, NEVER = -1.0, 0.0, 0.0, -1.0, 0.0, 1.0, 9.0
"""How far the log odds must rise: at a capital after a full stop, at anything else after one, after a colon or dash,
after "Dear Mira,", at a capital or figure after no mark, at another word, where a mark belongs to what went before.
"""
SALUTATION = 3  # words before its comma at most


@dataclass(frozen=True)
class Line:
    """The words of a text; ``spaced[k]``: whether white space stands before word k; ``paragraphs`` begin there."""

    texts: Sequence[str]
    spaced: Sequence[bool]
    paragraphs: frozenset[int]

    @classmethod
    def of(cls, doc: Doc, words: list[int], texts: list[str]) -> Line:
        """The words (token numbers without white space) of a tokenized `Doc`."""
        at = np.array(words, np.int64)
        spaced = np.ones(len(words), bool)
        spaced[1:] = (np.diff(at) > 1) | (doc.to_array(SPACY)[at[:-1]] != 0)
        return cls(texts, spaced.tolist(), frozenset(paragraph_starts(doc, words)))

    def opens(self, k: int) -> bool:
        """Whether word k is a quotation mark or bracket that opens: white space before it, none after."""
        if self.texts[k] not in EITHER:
            return self.texts[k] in OPENERS
        glued = k + 1 < len(self.texts) and not self.spaced[k + 1]
        return glued and (self.spaced[k] or k in self.paragraphs or self.texts[k - 1] in OPENERS)

    def closes(self, k: int) -> bool:
        """Whether word k is a quotation mark or bracket that closes."""
        return self.texts[k] in CLOSERS and not (self.texts[k] in EITHER and (self.spaced[k] or self.opens(k)))

    def before(self, k: int) -> int:
        """The last word before k but for marks that close, and references such as "[12]"; -1 if there is none."""
        k -= 1
        while k >= 0 and k + 1 not in self.paragraphs:
            if self.texts[k] == "]" and k > 1 and self.reference(k - 2):
                k -= 3
            elif self.texts[k] in CLOSERS and not self.opens(k):
                k -= 1
            else:
                return k
        return k

    def reference(self, k: int) -> bool:
        """Whether word k begins a "[12]"."""
        three = self.texts[k : k + 3]
        return len(three) == 3 and three[0] == "[" and three[1].isdigit() and three[2] == "]"

    def number(self, k: int) -> bool:
        """Whether words k - 1 and k are the number of a list item, "2." or "B.", at the start of a sentence."""
        if k < 1 or self.texts[k] != ".":
            return False
        item = self.texts[k - 1]
        if not ((item.isdigit() and len(item) < 3) or (len(item) == 1 and item.isupper() and item != "I")):
            return False
        return k - 1 in self.paragraphs or k < 2 or ends(self.texts[k - 2]) or self.texts[k - 2] == "*"


def ends(text: str) -> bool:
    """Whether a word is a mark that ends sentences: a full stop, or a run such as "?!" and "..."."""
    return text[0] in ENDERS and text[-1] in ENDERS


def paragraph_starts(doc: Doc, words: list[int]) -> list[int]:
    """Indices into ``words`` (token numbers without white space) that begin a paragraph."""
    gaps = np.flatnonzero(np.diff(np.array(words, np.int64)) > 1).tolist()
    broken = [k + 1 for k in gaps if any("\n" in doc[i].text for i in range(words[k] + 1, words[k + 1]))]
    return [0, *broken]


def rough_ends(line: Line) -> list[int]:
    """Word indices after which a sentence surely or very likely ends: good enough to cut windows at."""
    texts = line.texts
    found = set(line.paragraphs) - {0}
    for k in range(1, len(texts)):
        if texts[k - 1][-1].isalnum() or not (texts[k][0].isupper() or texts[k] in BEGINNERS):
            continue
        j = line.before(k)
        if j >= 0 and len(texts[j]) == 1 and ends(texts[j]) and not _bound(line, k):
            found.add(k)
    found.add(len(texts))
    return sorted(found)


def _bound(line: Line, k: int) -> bool:
    """Whether word k surely goes on: it closes something, or what stands before it opens something or is a number."""
    return line.closes(k) or line.opens(k - 1) or line.reference(k) or line.number(k - 1)


def expected_starts(line: Line, start: int, end: int) -> list[float]:
    """How far the log odds of a sentence start must rise at words [start, end): little after a full stop before a
    capital, far where nothing ends, since a false break or a missed one makes false facts.
    """
    texts = line.texts
    bars = []
    for k in range(start, end):
        first = texts[k][0]
        rising = first.isupper() or first.isdigit()
        if k == 0 or texts[k - 1][-1].isalnum():
            bars.append(NEVER if k and line.closes(k) else RISING if rising else PLAIN)
            continue
        j = line.before(k)
        if _bound(line, k):
            bars.append(NEVER)
        elif j >= 0 and ends(texts[j]):
            bars.append(STOPPED if first.isupper() else ENDED)
        elif texts[k - 1] in ENDING:
            bars.append(AFTER_MARK)
        elif texts[k - 1] == "," and first.isupper() and _saluted(line, k - 2):
            bars.append(SALUTED)
        else:
            bars.append(RISING if rising else PLAIN)
    return bars


def _saluted(line: Line, k: int) -> bool:
    """Whether word k ends a sentence of at most `SALUTATION` words: "Dear Mira", "Thanks"."""
    for n in range(SALUTATION + 1):
        if k - n < 0 or k - n + 1 in line.paragraphs or ends(line.texts[k - n]) or line.texts[k - n] in (",", ")"):
            return True
    return False
