"""Sources to documents, one at a time; what cannot be read is handed on as a failure, in its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import EmptySource, KgError
from kg.reading.documents import document
from kg.reading.draft import Part
from kg.reading.formats import csv, docx, eml, html, json, jsonl, markdown, pdf, plain
from kg.reading.kinds import Kind, kind_of
from kg.reading.limits import HEAD_BYTES
from kg.reading.sources import Source, locate
from kg.reading.streams import Stream, opened
from kg.records import Document

_READERS: dict[Kind, Callable[[Stream, str], Iterator[Part]]] = {
    "text": plain.read,
    "markdown": markdown.read,
    "html": html.read,
    "pdf": pdf.read,
    "docx": docx.read,
    "json": json.read,
    "jsonl": jsonl.read,
    "csv": csv.read,
    "eml": eml.read,
}


@dataclass(frozen=True, slots=True)
class ReadingFailure:
    """A source, or one row of it, that was refused, and why."""

    source: str
    error: KgError


def read_sources(sources: Sequence[str | Path]) -> Iterator[Document | ReadingFailure]:
    """Documents of files, folders (recursively), globs and ``-`` (standard input), in order of their names.

    Lazy: one file is open at a time, of CSV and JSON lines one row is held. A source that cannot be read gives one
    `ReadingFailure` in its place; the others are read. The same bytes give equal documents, whatever the working
    folder, the day and the machine; how documents are named is told in `kg.reading.sources`.

    Raises NoSources, at once, where an argument means no file.
    """
    return (item for source in locate(sources) for item in read_source(source))


def read_source(source: Source) -> Iterator[Document | ReadingFailure]:
    """Documents of one located source, lazily; failures as in `read_sources`."""
    try:
        with opened(source) as stream:
            if len(stream.head) < HEAD_BYTES and not stream.head.strip():
                raise EmptySource("empty file", where=source.name, remedy="Leave it out, or put text into it.")
            kind = kind_of(stream.head, stream.name, source.name)
            for part in _READERS[kind](stream, source.name):
                yield _finished(part)
    except KgError as error:
        yield ReadingFailure(source.name, error)


def _finished(part: Part) -> Document | ReadingFailure:
    if isinstance(part.content, KgError):
        return ReadingFailure(part.name, part.content)
    try:
        return document(part.content, part.name)
    except KgError as error:
        return ReadingFailure(part.name, error)
