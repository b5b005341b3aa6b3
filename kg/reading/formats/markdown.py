"""Markdown (CommonMark and tables): the words without the markup."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date as Date

from markdown_it import MarkdownIt
from markdown_it.token import Token

from kg.reading.dates import parse_date
from kg.reading.draft import Draft, Part, foreign
from kg.reading.encodings import decode
from kg.reading.limits import MAX_CHARACTERS, MAX_TEXT_BYTES, too_large
from kg.reading.streams import Stream

_FRONT_MATTER = re.compile(r"\A\s*---[ \t]*\n(?P<fields>.*?\n)??(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"^(?P<key>[A-Za-z_-]+)[ \t]*:[ \t]*(?P<value>.*)$", re.MULTILINE)
_TITLES = ("title", "headline")
_DATES = ("date", "published", "publishdate", "pubdate", "published_at", "date_published")
_TAG = re.compile(r"<[^<>]*>")


def read(stream: Stream, name: str) -> Iterator[Part]:
    """The one document of a Markdown file. Fenced code is left out: it is no prose. Pictures likewise."""
    text = decode(stream.whole(MAX_TEXT_BYTES, name)).removeprefix("\ufeff")
    if len(text) > MAX_CHARACTERS:
        raise too_large(name)
    yield Part(name, draft(text.replace("\r\n", "\n").replace("\r", "\n"), name))


def draft(text: str, name: str) -> Draft:
    """Draft of Markdown text; title from the front matter or the first top heading, date from the front matter."""
    title, published, body = _front_matter(text)
    with foreign("Markdown", name, "Save it as plain text (.txt)."):
        tokens = MarkdownIt("commonmark").enable("table").parse(body)
    lines: list[str] = []
    for position, token in enumerate(tokens):
        if token.type == "inline":
            line = _inline(token.children or [])
            opener = tokens[position - 1]
            if opener.type == "heading_open" and opener.tag == "h1":
                title = title or line
            lines.append(line)
        elif token.type == "code_block":  # four spaces before prose are more often layout than code
            lines.append(" ".join(token.content.split()))
        elif token.type == "html_block":
            lines.append(" ".join(_TAG.sub(" ", token.content).split()))
    return Draft("\n".join(lines), title, published, wrapped=False)


def _inline(children: Sequence[Token]) -> str:
    """Words of a line; wraps become spaces, pictures and inline tags vanish."""
    words = [" " if token.type in ("softbreak", "hardbreak") else _word(token) for token in children]
    return "".join(words).replace("\n", " ").strip()


def _word(token: Token) -> str:
    return token.content if token.type in ("text", "code_inline", "text_special") else ""


def _front_matter(text: str) -> tuple[str | None, Date | None, str]:
    """Title and date of the YAML header, and the text below it.

    Only plain and quoted scalars are read, which is what titles and dates are; so no YAML reader is needed.
    """
    match = _FRONT_MATTER.match(text)
    if not match or (match["fields"] and not _FIELD.search(match["fields"])):
        return None, None, text
    fields: dict[str, str] = {}
    for field in _FIELD.finditer(match["fields"] or ""):
        fields.setdefault(field["key"].lower().replace("-", "_"), _scalar(field["value"]))
    title = next((fields[key] for key in _TITLES if fields.get(key)), None)
    published = next((found for key in _DATES if (found := parse_date(fields.get(key, "")))), None)
    return title, published, text[match.end() :]


def _scalar(value: str) -> str:
    value = value.strip()
    if len(value) >= 2 and value[0] == value[-1] and value[0] in "'\"":
        quote = value[0]
        return value[1:-1].replace("''" if quote == "'" else '\\"', quote)
    return value.split(" #", 1)[0].strip()
