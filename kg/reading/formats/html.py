"""Web pages: the main text without menus and advertisements, by trafilatura."""

from __future__ import annotations

import re
from collections.abc import Iterator
from configparser import ConfigParser
from copy import deepcopy
from datetime import date as Date
from functools import cache

import trafilatura
from trafilatura.settings import DEFAULT_CONFIG

from kg.errors import EmptySource, UnreadableSource
from kg.reading.dates import parse_date
from kg.reading.draft import Draft, Part, foreign
from kg.reading.encodings import decode_markup
from kg.reading.limits import MAX_CHARACTERS, MAX_TAGS, MAX_TEXT_BYTES, too_large
from kg.reading.streams import Stream

_REMEDY = "Save the article itself, or its text."
_XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*>")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f]")
_PREFORMATTED = re.compile(r"(<pre\b(?:(?!</pre).)*</pre>)", re.IGNORECASE | re.DOTALL)
_WRAP = re.compile(r"[ \t]*[\r\n][ \t\r\n]*")
_FUTURE = "2999-12-31"


def read(stream: Stream, name: str) -> Iterator[Part]:
    """The one document of a web page. Raises EmptySource for a page without text, such as one of mere script."""
    yield Part(name, draft(decode_markup(stream.whole(MAX_TEXT_BYTES, name)), name))


def draft(page: str, name: str) -> Draft:
    """Draft of HTML text, with title and date of its metadata.

    The date is searched for only where it is stated; guessing one from the page would depend on today's date.
    """
    if len(page) > MAX_CHARACTERS:
        raise too_large(name)
    if page.count("<") > MAX_TAGS:
        raise UnreadableSource(f"more than {MAX_TAGS:,} tags in one page", where=name, remedy=_REMEDY)
    page = _unwrapped(_CONTROLS.sub("", _XML_DECLARATION.sub("", page)))
    with foreign("a web page", name, _REMEDY, logger="trafilatura"), foreign("", name, _REMEDY, logger="htmldate"):
        found = trafilatura.bare_extraction(
            # A page of one element is taken for no page at all, so it gets company.
            page if "<body" in page.lower() else f"<html><body><div>{page}</div></body></html>",
            include_comments=False,
            include_tables=False,
            config=_settings(),
            with_metadata=True,
            date_extraction_params={"extensive_search": False, "original_date": True, "max_date": _FUTURE},
        )
    if found is None or isinstance(found, dict) or not (found.text or "").strip():
        raise EmptySource("no text in this page, perhaps only script", where=name, remedy=_REMEDY)
    return Draft(found.text or "", found.title, _date(found.date), wrapped=False)


@cache
def _settings() -> ConfigParser:
    """Trafilatura's own, but short articles count too: below its 250 characters it gives the whole page, menus and
    all, with a line break at every link."""
    settings = deepcopy(DEFAULT_CONFIG)
    settings["DEFAULT"]["MIN_EXTRACTED_SIZE"] = "25"
    return settings


def _unwrapped(page: str) -> str:
    """The page with its newlines as spaces, which they mean in HTML; trafilatura would end paragraphs there."""
    pieces = _PREFORMATTED.split(page)
    return "".join(piece if index % 2 else _WRAP.sub(" ", piece) for index, piece in enumerate(pieces))


def _date(value: str | None) -> Date | None:
    return parse_date(value) if value else None
