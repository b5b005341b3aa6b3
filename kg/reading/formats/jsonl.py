"""JSON lines: an object a line, read one at a time however long the file is."""

from __future__ import annotations

import json
from collections.abc import Iterator

from kg.errors import UnreadableSource
from kg.reading.draft import Part
from kg.reading.formats import rows
from kg.reading.limits import too_large
from kg.reading.streams import Stream

_REMEDY = "Put one JSON object on each line."


def read(stream: Stream, name: str) -> Iterator[Part]:
    """A document for each line, numbered from 1, blank lines not counted. A broken line does not stop the others.

    Raises UnreadableSource if already the first line is not JSON.
    """
    number = 0
    for line in stream.lines():
        if line is not None and not line.strip("\ufeff \t\r\n"):
            continue
        number += 1
        part = _part(line, name, number)
        if number == 1 and line is not None and type(part.content) is UnreadableSource and not _object(line):
            raise UnreadableSource("not JSON lines", where=name, remedy=_REMEDY)
        yield part


def _part(line: str | None, name: str, number: int) -> Part:
    own = f"{name}#{number}"
    if line is None:
        return Part(own, too_large(own))
    found = _object(line)
    if found is None:
        return Part(own, UnreadableSource("not a JSON object", where=own, remedy=_REMEDY))
    return rows.part(found, name, number)


def _object(line: str) -> dict[str, object] | None:
    try:
        found = json.loads(line.strip().lstrip("\ufeff"))
    except (ValueError, RecursionError):  # the caller reports the line
        return None
    return found if isinstance(found, dict) else None
