"""Lines to paragraphs: wrapped lines are joined, headlines, bylines, date lines and list items stay apart.

A newline is a mere wrap where the next word would not have fitted in the width the text is wrapped at.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise

from kg.reading.masthead import is_masthead, looks_like_headline

SEPARATOR = "\n\n"
"""What stands between two paragraphs of ``Document.text``."""

_LONG = 160  # nobody wraps lines as wide as this
_NARROW = 45  # nor, as a rule, as narrow as this
_SLACK = 0.15  # share of the width that a hand-wrapped line may leave empty
_TOP_LINES = 12
_BLANKS = re.compile(r"[ \t]+")
_BULLET = re.compile(r"(?:[-*•‣◦▪●·]\s+)+")
_ITEM = re.compile(r"\s*(?:[-*•‣◦▪●·]|\(?\d{1,3}[.)])\s+\S")
_SENTENCE_END = re.compile(r"[.!?:…]['\"”’)\]]*$")
_CUT_WORD = re.compile(r"[^\W\d_]-$")
_WORDS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def paragraphs(text: str, *, wrapped: bool = True, dehyphenate: bool = False) -> list[str]:
    """Paragraphs of cleaned text, each on one line, without bullets and runs of spaces. Idempotent when joined.

    ``wrapped``: whether single newlines may be wraps; else each line is a paragraph. ``dehyphenate``: whether a
    hyphen at the end of a line cuts a word.
    """
    lines = text.split("\n")
    if not wrapped:
        return list(_finished(lines))
    width = _width(lines)
    words = Counter(_WORDS.findall(text.lower())) if dehyphenate else None
    found: list[str] = []
    top = _TOP_LINES
    for blank, group in groupby(lines, key=lambda line: not line.strip()):
        if not blank:
            block = list(group)
            found.extend(_unwrap(block, width, top, words))
            top -= len(block)
    return list(_finished(found))


def _finished(lines: Iterable[str]) -> Iterator[str]:
    """Lines that hold a letter or digit (rules such as ``-----`` do not), tidied."""
    for line in lines:
        tidy = _BLANKS.sub(" ", line).strip()
        bullet = _BULLET.match(tidy)
        tidy = tidy[bullet.end() :] if bullet else tidy
        if any(c.isalnum() for c in tidy):
            yield tidy


def _width(lines: list[str]) -> int | None:
    """Width the text is wrapped at, in characters; ``None`` where its lines are paragraphs."""
    total = sum(map(len, lines))
    if sum(len(line) for line in lines if len(line) > _LONG) > 0.5 * total:
        return None
    inner = sorted(len(a) for a, b in pairwise(lines) if a.strip() and b.strip() and len(a) <= _LONG)
    if len(inner) >= 5:
        return inner[int(0.9 * len(inner))]
    either = [max(len(a), len(b)) for a, b in pairwise(lines) if a.strip() and b.strip()]
    return max([_NARROW, *(length for length in either if length <= _LONG)])


def _unwrap(block: list[str], width: int | None, top: int, words: Counter[str] | None) -> Iterator[str]:
    """Paragraphs of one block of lines without a blank line; ``top`` of its lines may be a masthead."""
    body = block[1:] if top > 0 and looks_like_headline(block[0].strip()) else block
    ended = sum(bool(_SENTENCE_END.search(line.rstrip())) for line in body)
    starts = not any(line.lstrip()[:1].islower() for line in block[1:])
    # Wraps seldom fall on the ends of sentences, and never all of them.
    if width is None or (starts and len(body) >= 2 and ended >= 0.8 * len(body)):
        yield from block
        return
    pieces = [block[0].rstrip()]
    for index, (previous, line) in enumerate(pairwise(block)):
        masthead = index < top and (is_masthead(previous) or is_masthead(line))
        if masthead or _breaks(previous.rstrip(), line, width):
            yield "".join(pieces)
            pieces = [line.rstrip()]
        else:
            _glue(pieces, line.strip(), words)
    yield "".join(pieces)


def _breaks(previous: str, line: str, width: int) -> bool:
    """Whether the newline between two lines is meant."""
    if _ITEM.match(line) or len(previous) > _LONG or not any(c.isalnum() for c in line):
        return True
    indented = line[0] in " \t" and previous[:1] not in (" ", "\t")
    first = line.split(maxsplit=1)[0]
    if indented and len(line) - len(line.lstrip()) >= 2:
        return True
    if first[0].islower():
        return False
    room = width - len(previous) - 1 - len(first)
    return room > _SLACK * width


def _glue(pieces: list[str], line: str, words: Counter[str] | None) -> None:
    """Append a line to the paragraph that ``pieces`` make, healing a word cut by a hyphen."""
    previous = pieces[-1]
    if not (_CUT_WORD.search(previous) and line[:1].islower()):
        pieces.append(" " + line)
        return
    if words is not None:
        head = _WORDS.findall(previous)[-1].lower()
        tail = _WORDS.findall(line)[0].lower()
        # Cut or compound? The form the text uses elsewhere decides; without one, printed lines cut words.
        if words[head + tail] >= words[f"{head}-{tail}"]:
            pieces[-1] = previous[:-1]
    pieces.append(line)
