"""PDF, by pypdf: the text of the pages without page numbers and running heads."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date as Date

from pypdf import PdfReader

from kg.errors import UnreadableSource
from kg.reading.draft import Draft, Part, foreign
from kg.reading.limits import MAX_CHARACTERS, MAX_PACKED_BYTES, too_large
from kg.reading.streams import Stream

_REMEDY = "Open it in a PDF viewer and save it again."
_LOCKED = "Save it without a password first."
_PAGE_NUMBER = re.compile(
    r"\s*(?:[-–—]\s*)?(?:page\s+)?\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?(?:\s*[-–—])?\s*", re.IGNORECASE
)
# Programs put the file's name or their own into the title.
_NO_TITLE = re.compile(r"untitled|microsoft word|.*\.(?:docx?|pdf|indd|qxd|tex|rtf|txt|html?)\s*$|\W*$", re.IGNORECASE)


def read(stream: Stream, name: str) -> Iterator[Part]:
    """The one document of a PDF. Raises UnreadableSource if it is damaged or locked."""
    data = stream.whole(MAX_PACKED_BYTES, name)
    with foreign("a PDF", name, _REMEDY, logger="pypdf"):
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not _unlocked(reader):
            raise UnreadableSource("encrypted PDF", where=name, remedy=_LOCKED)
        pages = _pages(reader, name)
        title = str(reader.metadata.title or "") if reader.metadata else ""
        created = _created(reader)
    text = "\n".join(line for page in _without_running_heads(pages) for line in page)
    yield Part(name, Draft(text, None if _NO_TITLE.match(title) else title, created=created, dehyphenate=True))


def _unlocked(reader: PdfReader) -> bool:
    """Many files are encrypted with an empty password, only so as not to be changed."""
    try:
        return bool(reader.decrypt(""))
    except (NotImplementedError, ImportError):  # a cipher pypdf has no library for
        return False


def _pages(reader: PdfReader, name: str) -> list[list[str]]:
    pages: list[list[str]] = []
    size = 0
    for page in reader.pages:
        text = page.extract_text()
        size += len(text)
        if size > MAX_CHARACTERS:
            raise too_large(name)
        pages.append(text.split("\n"))
    return pages


def _created(reader: PdfReader) -> Date | None:
    try:
        created = reader.metadata.creation_date if reader.metadata else None
    except ValueError:  # not a date at all
        return None
    return created.date() if created else None


def _without_running_heads(pages: list[list[str]]) -> list[list[str]]:
    """Pages without their number, and without the first or last line that most pages share."""
    stripped = [_trim(page) for page in pages]
    if len(pages) < 3:
        return stripped
    edges = Counter(line for page in stripped if page for line in {_key(page[0]), _key(page[-1])})
    running = {line for line, count in edges.items() if line and count > 0.5 * len(pages)}
    return [
        [line for i, line in enumerate(page) if i not in (0, len(page) - 1) or _key(line) not in running]
        for page in stripped
    ]


def _trim(page: list[str]) -> list[str]:
    lines = list(page)
    while lines and (not lines[0].strip() or _PAGE_NUMBER.fullmatch(lines[0])):
        lines.pop(0)
    while lines and (not lines[-1].strip() or _PAGE_NUMBER.fullmatch(lines[-1])):
        lines.pop()
    return lines


def _key(line: str) -> str:
    """A line without its digits, so that ``Daily 3`` and ``Daily 4`` are one running head."""
    return re.sub(r"[\d\s]+", " ", line).strip()
