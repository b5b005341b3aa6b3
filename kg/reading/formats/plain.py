"""Plain text."""

from __future__ import annotations

from collections.abc import Iterator

from kg.reading.draft import Draft, Part
from kg.reading.encodings import decode
from kg.reading.limits import MAX_TEXT_BYTES
from kg.reading.streams import Stream


def read(stream: Stream, name: str) -> Iterator[Part]:
    """The one document of a text file, in any encoding."""
    yield Part(name, Draft(decode(stream.whole(MAX_TEXT_BYTES, name))))
