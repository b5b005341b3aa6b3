"""Bytes to text: byte order marks, UTF-8, UTF-16 without a mark, then a guess.

English news that is not UTF-8 is nearly always Windows-1252 or its subset Latin-1, where statistics over a few
accented letters go astray; so statistics (charset-normalizer) are asked only where high bytes are frequent, and of
a sample, since they are slow.
"""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

SAMPLE_BYTES = 32_768

_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

# Codecs a document may ask for by name. Others of Python's are no character sets (rot13) or costly on purpose
# (idna and punycode take quadratic time).
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,20})""", re.IGNORECASE)
_HARMLESS = re.compile(
    r"utf[-_]?8|us-ascii|(?:x-)?mac(?:intosh|-?roman)|(?:windows|cp)-?12[5]\d|iso-?8859-?\d{1,2}|latin-?\d{1,2}"
    r"|koi8-[ru]|gb2312|gbk|gb18030|big5|euc[-_](?:jp|kr)|shift[-_]jis|iso-2022-jp",
    re.IGNORECASE,
)


def guess(data: bytes, *, complete: bool = True) -> str:
    """Name of the Python codec for these bytes; ``complete`` is false where they may end within a character."""
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return codec
    wide = _wide(data[:SAMPLE_BYTES])
    if wide:
        return wide
    try:
        codecs.getincrementaldecoder("utf-8")().decode(data, final=complete)
    except UnicodeDecodeError:
        return _guess_narrow(data)
    return "utf-8"


def decode(data: bytes) -> str:
    """Text of the bytes; never fails, what no codec explains becomes U+FFFD."""
    codec = guess(data)
    if codec == "cp1252":
        return decode_western(data)
    return data.decode(codec, errors="replace")


def decode_western(data: bytes) -> str:
    """Windows-1252, with the five bytes it leaves open read as Latin-1."""
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def declared(head: bytes) -> str | None:
    """The character set that an HTML or XML document says it is in, where it is one we would use."""
    match = _DECLARED.search(head[:2048])
    if not match:
        return None
    name = match.group(1).decode("ascii")
    try:
        return codecs.lookup(name).name if _HARMLESS.fullmatch(name) else None
    except LookupError:
        return None


def decode_markup(data: bytes) -> str:
    """Text of an HTML or XML document: UTF-8 or a mark wins, then what it declares, then a guess."""
    codec = guess(data)
    stated = declared(data)
    if codec in ("utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be") or stated in (None, "utf-8"):
        return decode(data)
    assert stated is not None
    # Browsers read Latin-1 as Windows-1252 (WHATWG Encoding Standard), and so do we.
    return decode_western(data) if stated == "iso8859-1" else data.decode(stated, errors="replace")


def _wide(sample: bytes) -> str | None:
    """UTF-16 without a mark: Latin letters have a zero byte each, always on the same side."""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = max(1, len(sample) // 2)
    if len(sample) < 4 or max(even, odd) < 0.4 * half or min(even, odd) > 0.1 * half:
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _guess_narrow(data: bytes) -> str:
    """A codec for bytes that are not UTF-8 throughout."""
    sample = data[:SAMPLE_BYTES]
    if sample.isascii():  # the first high byte comes later: look there
        first = next(i for i, byte in enumerate(data) if byte > 127)
        sample = data[max(0, first - 1024) : first + SAMPLE_BYTES]
    text = sample.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    if sum(c > "\x7f" for c in text) - broken > 4 * broken:
        return "utf-8"  # mostly good UTF-8 with a damaged spot
    high = sum(byte > 127 for byte in sample)
    if high <= 0.15 * len(sample):
        return "cp1252"
    best = from_bytes(sample, steps=3, chunk_size=1024).best()
    return best.encoding if best else "cp1252"
