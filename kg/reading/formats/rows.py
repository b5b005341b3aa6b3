"""A table's row or a JSON object as a document: which fields are text, title, date, source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kg.errors import EmptySource, KgError, UnreadableSource
from kg.reading.dates import parse_date
from kg.reading.draft import Draft, Part

TEXTS = ("text", "body", "content", "article", "full_text", "fulltext")
_TITLES = ("title", "headline")
_DATES = ("date", "published", "published_at", "date_published", "publication_date", "pubdate", "timestamp")
_SOURCES = ("url", "source", "link", "uri")
REMEDY = f"Name the field with the text one of: {', '.join(TEXTS)}."


def has_text(fields: Iterable[object]) -> bool:
    """Whether one of the field names stands for the text."""
    return not {_key(field) for field in fields}.isdisjoint(TEXTS)


def part(row: Mapping[str, object], name: str, number: int | None) -> Part:
    """The document in a row of the source ``name``: ``name#3`` for the third, or the address the row states.

    A source or URL field names the document only if it is an address; the name of a newspaper would be shared by
    many rows.
    """
    fields = {_key(key): value for key, value in row.items()}
    stated = _first(fields, _SOURCES)
    numbered = name if number is None else f"{name}#{number}"
    own = stated if "://" in stated and len(stated.split()) == 1 else numbered
    return Part(own, _draft(fields, own))


def _draft(fields: Mapping[str, object], own: str) -> Draft | KgError:
    if not has_text(fields):
        return UnreadableSource("no field with the text", where=own, remedy=REMEDY)
    text = _first(fields, TEXTS)
    if not text.strip():
        return EmptySource("no text in it", where=own, remedy="Leave it out, or put text into it.")
    dates = (parse_date(_string(fields.get(key))) for key in _DATES)
    return Draft(text, _first(fields, _TITLES) or None, next((day for day in dates if day), None))


def _key(field: object) -> str:
    return str(field).strip().lower().replace(" ", "_").replace("-", "_").lstrip("\ufeff")


def _first(fields: Mapping[str, object], names: Iterable[str]) -> str:
    """Value of the first of these fields that has one."""
    return next((value for key in names if (value := _string(fields.get(key)).strip())), "")


def _string(value: object) -> str:
    """Strings as they are, lists of strings as paragraphs; numbers and objects are no text."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return "\n\n".join(item for item in value if isinstance(item, str))
    return ""
