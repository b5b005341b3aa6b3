"""Which format a source is in: by what it holds, by its name only where that leaves it open."""

from __future__ import annotations

import json
import re
from typing import Literal

from kg.errors import UnreadableSource
from kg.reading.encodings import decode, guess
from kg.reading.signatures import binary_kind

Kind = Literal["text", "markdown", "html", "pdf", "docx", "json", "jsonl", "csv", "eml"]

_BY_NAME: dict[str, Kind] = {
    "md": "markdown",
    "markdown": "markdown",
    "html": "html",
    "htm": "html",
    "xhtml": "html",
    "json": "json",
    "jsonl": "jsonl",
    "ndjson": "jsonl",
    "csv": "csv",
    "tsv": "csv",
    "eml": "eml",
}
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|article)\b", re.I | re.S
)
_TAG = re.compile(r"<(?:[a-z][a-z0-9]*\b[^<>]*>|!--|!doctype\b)", re.IGNORECASE)
_XML = re.compile(r"\s*<\?xml\b")
_RTF = "Save it as .docx or as plain text."
_OLE = "Open it in an office program and save it as .docx without a password."


def kind_of(head: bytes, name: str, where: str) -> Kind:
    """Format of a source with these first bytes and this name (without ``.gz``).

    Raises UnreadableSource for what holds no text we can read, naming what it looks like.
    """
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "docx"  # or another ZIP archive, which its reader refuses by name
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        raise UnreadableSource("looks like an old or encrypted Office file", where=where, remedy=_OLE)
    if head.startswith(b"{\\rtf"):
        raise UnreadableSource("looks like Rich Text", where=where, remedy=_RTF)
    if head.startswith(b"%!PS"):
        raise UnreadableSource("looks like PostScript", where=where, remedy="Convert it to PDF.")
    binary = binary_kind(head)
    if binary and (binary != "binary data" or not guess(head, complete=False).startswith(("utf-16", "utf-32"))):
        remedy = "Leave it out, or give its text in a format that is read."
        raise UnreadableSource(f"looks like {binary}", where=where, remedy=remedy)
    return _text_kind(decode(head).removeprefix("\ufeff"), name, where)


def _text_kind(head: str, name: str, where: str) -> Kind:
    """Format among those that are text."""
    if _HTML.match(head):
        return "html"
    extension = name.rsplit(".", 1)[-1].lower() if "." in name else ""
    named = _BY_NAME.get(extension)
    if named == "html":
        return "html" if _TAG.search(head) else "text"
    if named == "json":
        return "jsonl" if _json_lines(head, at_least=2) else "json"
    if named is not None:
        return named
    if _XML.match(head):
        raise UnreadableSource("XML that is not a web page", where=where, remedy="Convert it to HTML or plain text.")
    return "jsonl" if _json_lines(head, at_least=1) else "text"


def _json_lines(head: str, at_least: int) -> bool:
    """Whether the text begins with so many lines that are a JSON object each."""
    lines = [line for line in head.split("\n")[: at_least + 8] if line.strip()][:at_least]
    if len(lines) < at_least or not all(line.lstrip().startswith("{") for line in lines):
        return False
    if at_least == 1 and "\n" not in head.strip():
        return True  # a single line, perhaps longer than the head
    try:
        return isinstance(json.loads(lines[0]), dict)
    except (ValueError, RecursionError):
        return False
