"""Names made comparable: what a reader overlooks (case, accents, full stops, a leading "the", a possessive) is gone."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_UNDECOMPOSED = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ʻ": "", "ʼ": ""}
)
_POSSESSIVE = re.compile(r"(?<=\w)[’'`]\s?s\b|(?<=s)[’'`](?=\s|$)|(?<=\w)\s+[’'`]s\b")
_ARTICLE = re.compile(r"^(?:(?:the|a|an)\s+)+(?=\S)")
_DOTTED = re.compile(r"\b(?:\w\.){2,}(?:\w\b)?|\b(?:\w\.)+\w\b")
_INNER_APOSTROPHE = re.compile(r"(?<=\w)[’'`](?=\w)")
_NOT_WORD = re.compile(r"[^\w]+|_+")


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """The name as a key: lower case, no accents, no punctuation, no leading article, no possessive.

    Acronyms lose their full stops ("U.S." is ``us``), hyphens become spaces, and a name that is nothing but
    punctuation folds to the empty string. Idempotent.
    """
    text = unicodedata.normalize("NFKD", name).casefold().translate(_UNDECOMPOSED)
    text = "".join(c for c in text if not unicodedata.combining(c))
    text = _POSSESSIVE.sub("", text)
    text = _DOTTED.sub(lambda m: m.group().replace(".", ""), text)
    text = _INNER_APOSTROPHE.sub("", text)
    text = " ".join(_NOT_WORD.sub(" ", text).split())
    return _ARTICLE.sub("", text)


def initials(folded: str) -> frozenset[str]:
    """The acronyms that a folded name of several words may have: of its long words only, and of all its words."""
    words = folded.split()
    if len(words) < 2:
        return frozenset()
    small = {"of", "the", "and", "for", "in", "on", "at", "to", "de", "la", "del", "du", "des", "et", "a", "an"}
    return frozenset({"".join(w[0] for w in words if w not in small), "".join(w[0] for w in words)})
