"""JSON: one document, a list of them, or an object that holds such a list."""

from __future__ import annotations

import json
from collections.abc import Iterator

from kg.errors import UnreadableSource
from kg.reading.draft import Part, foreign
from kg.reading.encodings import decode
from kg.reading.formats import rows
from kg.reading.limits import MAX_TEXT_BYTES
from kg.reading.streams import Stream

_REMEDY = "Check it with a JSON tool, or save it as JSON lines."


def read(stream: Stream, name: str) -> Iterator[Part]:
    """The documents of a JSON file; those of a list are numbered from 1. Raises UnreadableSource."""
    text = decode(stream.whole(MAX_TEXT_BYTES, name))
    with foreign("JSON", name, _REMEDY):
        found = json.loads(text.strip("\ufeff \t\r\n"))
    if isinstance(found, dict) and rows.has_text(found):
        yield rows.part(found, name, None)
        return
    objects = _objects(found)
    if objects is None:
        raise UnreadableSource("no documents in this JSON", where=name, remedy=rows.REMEDY)
    for number, item in enumerate(objects, 1):
        own = f"{name}#{number}"
        if isinstance(item, dict):
            yield rows.part(item, name, number)
        else:
            yield Part(own, UnreadableSource("not a JSON object", where=own, remedy=rows.REMEDY))


def _objects(found: object) -> list[object] | None:
    """The list of documents: the value itself, or the first field (by name) that is a list of objects with text."""
    if isinstance(found, dict):
        lists = (value for _, value in sorted(found.items()) if isinstance(value, list))
        return next((value for value in lists if _holds_documents(value)), None)
    return found if isinstance(found, list) and _holds_documents(found) else None


def _holds_documents(items: list[object]) -> bool:
    return any(isinstance(item, dict) and rows.has_text(item) for item in items)
