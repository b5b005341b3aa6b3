"""Characters that would break offsets, files or eyes are taken out once, here; offsets refer to what is left."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

# Bidirectional and zero-width marks, soft hyphen, deprecated and invisible format characters, tag characters.
_INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0"
    "\ufff9-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
# Controls but tab and newline; code points that are no characters (XML 1.0 forbids some of them).
_CONTROLS = "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef" + "".join(
    f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)
)
_REMOVED = re.compile(f"[{_INVISIBLE}{_CONTROLS}]+")
_NEWLINES = re.compile("\r\n?|[\x0b\x85\u2028]")
_BREAKS = re.compile("[\x0c\u2029]")  # form feed and paragraph separator end a paragraph, not only a line
_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_SURROGATES = re.compile("[\ud800-\udfff]")


def clean(text: str) -> str:
    """Text with LF newlines, plain spaces, composed characters (NFC) and nothing invisible. Idempotent.

    Control characters other than tab and newline are removed, as are bidirectional marks, zero-width characters and
    soft hyphens; lone surrogates become U+FFFD.
    """
    text = _BREAKS.sub("\n\n", _NEWLINES.sub("\n", text))
    text = _REMOVED.sub("", text)
    if text.isascii():
        return text
    text = _SURROGATES.sub("\ufffd", _SPACES.sub(" ", text))
    # Capped before normalising, for the time, and after it, since a few marks come apart into two.
    accents = _long_accents()
    return accents.sub(r"\1", unicodedata.normalize("NFC", accents.sub(r"\1", text)))


@cache
def _long_accents() -> re.Pattern[str]:
    """Runs of more than 30 combining marks (the bound of UAX 15): ordering them takes quadratic time."""
    marks = "".join(chr(code) for code in range(0x300, 0x1F000) if unicodedata.combining(chr(code)))
    return re.compile(f"([{marks}]{{30}})[{marks}]+")
