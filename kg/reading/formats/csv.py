"""CSV and TSV: a document a row, read one at a time however long the file is."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import contextmanager

from kg.errors import UnreadableSource
from kg.reading.draft import Part
from kg.reading.formats import rows
from kg.reading.limits import MAX_CHARACTERS, too_large
from kg.reading.streams import Stream

_DELIMITERS = ",\t;|"
_REMEDY = "Save it as CSV with a header line and quotes around the texts."


def read(stream: Stream, name: str) -> Iterator[Part]:
    """A document for each row below the header, numbered from 1, blank rows not counted.

    Raises UnreadableSource if the header names no column with the text, or a quotation mark never closes.
    """
    lines = _lines(stream, name)
    first = next(lines, "")
    reader = csv.reader(_chain(first, lines), delimiter=_delimiter(first))
    header = _next(reader, name) or []
    if not rows.has_text(header):
        raise UnreadableSource("no column with the text", where=name, remedy=rows.REMEDY)
    number = 0
    while (row := _next(reader, name)) is not None:
        if any(cell.strip() for cell in row):
            number += 1
            yield rows.part(dict(zip(header, row, strict=False)), name, number)


def _lines(stream: Stream, name: str) -> Iterator[str]:
    for line in stream.lines():
        if line is None:
            raise too_large(name)
        yield line.replace("\0", "")


def _chain(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest


def _delimiter(header: str) -> str:
    """The character that is most frequent in the header; the comma among equals."""
    return max(_DELIMITERS, key=header.count)


def _next(reader: Iterator[list[str]], name: str) -> list[str] | None:
    try:
        with _wide_fields():
            return next(reader, None)
    except csv.Error as error:
        raise UnreadableSource(f"damaged CSV ({error})", where=name, remedy=_REMEDY) from error


@contextmanager
def _wide_fields() -> Iterator[None]:
    """Let a field be as long as a document; the standard limit is shorter than a long report, and global."""
    before = csv.field_size_limit(MAX_CHARACTERS)
    try:
        yield
    finally:
        csv.field_size_limit(before)
