"""What the reading tests share: write a source, read it back."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from kg.reading import ReadingFailure, read_sources
from kg.records import Document

Read = Callable[[str, bytes | str], list[Document | ReadingFailure]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Write one file into a folder ``news`` and read it."""

    def run(name: str, content: bytes | str) -> list[Document | ReadingFailure]:
        path = tmp_path / "news" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return list(read_sources([path]))

    return run


@pytest.fixture
def one(read: Read) -> Callable[[str, bytes | str], Document]:
    """The same for a file that must give exactly one document."""

    def run(name: str, content: bytes | str) -> Document:
        found = read(name, content)
        assert len(found) == 1
        assert isinstance(found[0], Document), found
        return found[0]

    return run


@pytest.fixture
def refused(read: Read) -> Callable[[str, bytes | str], ReadingFailure]:
    """The same for a file that must be refused; the error names the source and a remedy."""

    def run(name: str, content: bytes | str) -> ReadingFailure:
        found = read(name, content)
        assert len(found) == 1
        failure = found[0]
        assert isinstance(failure, ReadingFailure), found
        assert failure.error.where == failure.source
        assert failure.error.remedy
        assert "\n" not in str(failure.error)
        return failure

    return run


@pytest.fixture
def make_pdf() -> Callable[..., bytes]:
    """PDF with these pages of lines, and metadata; locked with ``password``."""

    def run(pages: list[list[str]], metadata: dict[str, str] | None = None, password: str | None = None) -> bytes:
        writer = PdfWriter()
        font = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Font"),
                NameObject("/Subtype"): NameObject("/Type1"),
                NameObject("/BaseFont"): NameObject("/Helvetica"),
            }
        )
        for lines in pages:
            page = writer.add_blank_page(612, 792)
            stream = DecodedStreamObject()
            shown = " ".join(f"({line}) Tj 0 -14 Td" for line in lines)
            stream.set_data(f"BT /F1 11 Tf 50 750 Td {shown} ET".encode("latin-1"))
            page[NameObject("/Contents")] = writer._add_object(stream)
            page[NameObject("/Resources")] = DictionaryObject(
                {NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})}
            )
        if metadata:
            writer.add_metadata(metadata)
        if password is not None:
            writer.encrypt(password, algorithm="RC4-128")
        target = io.BytesIO()
        writer.write(target)
        assert len(PdfReader(io.BytesIO(target.getvalue())).pages if password is None else pages) == len(pages)
        return target.getvalue()

    return run
