"""Word files (.docx), by python-docx: paragraphs and table cells in their order."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import date as Date
from typing import Any

import docx
from docx.table import Table

from kg.errors import UnreadableSource
from kg.reading.draft import Draft, Part, foreign
from kg.reading.limits import MAX_CHARACTERS, MAX_PACKED_BYTES, MAX_XML_BYTES, too_large
from kg.reading.streams import Stream

_REMEDY = "Open it in an office program and save it again as .docx."
_MAIN = "word/document.xml"
_OTHERS = {
    "xl/workbook.xml": ("a spreadsheet", "Save it as CSV."),
    "ppt/presentation.xml": ("a presentation", "Save it as PDF."),
    "content.xml": ("an OpenDocument file", "Save it as .docx."),
    "META-INF/container.xml": ("an e-book", "Convert it to HTML or plain text."),
}
_TEMPLATE_DATE = Date(2013, 12, 23)  # of python-docx's own template, which its users leave in place


def read(stream: Stream, name: str) -> Iterator[Part]:
    """The one document of a Word file. Raises UnreadableSource for another kind of ZIP archive or a damaged one."""
    data = stream.whole(MAX_PACKED_BYTES, name)
    with foreign("a Word file", name, _REMEDY):
        _check(data, name)
        word = docx.Document(io.BytesIO(data))
        lines: list[str] = []
        styled: str | None = None
        for block in word.iter_inner_content():
            if isinstance(block, Table):
                lines.extend(_table(block))
                continue
            if styled is None and block.style is not None and block.style.name == "Title":
                styled = block.text.strip() or None
            lines.append(block.text)
        title = (word.core_properties.title or "").strip() or styled
        created = _created(word.core_properties)
    text = "\n".join(lines)
    if len(text) > MAX_CHARACTERS:
        raise too_large(name)
    yield Part(name, Draft(text, title, created=created, wrapped=False))


def _check(data: bytes, name: str) -> None:
    """Refuse other archives by name, and those that would unpack to more than is read."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sizes = {member.filename: member.file_size for member in archive.infolist()}
    if _MAIN not in sizes:
        what, remedy = next((_OTHERS[key] for key in _OTHERS if key in sizes), ("a ZIP archive", "Unpack it first."))
        raise UnreadableSource(f"looks like {what}", where=name, remedy=remedy)
    xml = sum(size for member, size in sizes.items() if member.endswith((".xml", ".rels")))
    if xml > MAX_XML_BYTES or sum(sizes.values()) > 2 * MAX_PACKED_BYTES:
        raise too_large(name)


def _table(table: Table) -> Iterator[str]:
    """One line for each cell; merged cells once."""
    for row in table.rows:
        seen: list[Any] = []
        for cell in row.cells:
            if cell._tc not in seen:
                seen.append(cell._tc)
                yield cell.text


def _created(properties: Any) -> Date | None:
    """Day the file was made, unless it is the library's template's."""
    created = properties.created
    day: Date | None = created.date() if created else None
    return None if day == _TEMPLATE_DATE else day
