"""How much of one source is read. The limits keep memory bounded whatever a file claims about itself.

A document of 20 million characters is some 40 novels: more than that in one file is a dump, not an article.
"""

from __future__ import annotations

from kg.errors import UnreadableSource

MAX_CHARACTERS = 20_000_000
"""The most text one document may hold, in characters."""

MAX_TEXT_BYTES = 4 * MAX_CHARACTERS
"""The most bytes read of a text file: UTF-32 takes four for a character."""

MAX_PACKED_BYTES = 200_000_000
"""The most bytes read of a PDF, a Word file or a mail, which carry pictures besides their text."""

MAX_XML_BYTES = 100_000_000
"""The most XML that a Word file may unpack to."""

MAX_TAGS = 100_000
"""The most tags in one web page; finding the main text takes time that grows faster than their number."""

HEAD_BYTES = 65_536
"""How much of a file's beginning decides its format and encoding."""


def too_large(source: str) -> UnreadableSource:
    """The error for a document above `MAX_CHARACTERS` or a file above the limit of its format."""
    limit = MAX_CHARACTERS // 1_000_000
    return UnreadableSource(
        f"too large: a document may hold {limit} MB of text", where=source, remedy="Split it into several files."
    )
