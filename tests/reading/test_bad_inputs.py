from __future__ import annotations

import gzip
import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.errors import EmptySource, UnreadableSource
from kg.reading import ReadingFailure, formats, limits, read_sources
from kg.records import Document

Refused = Callable[[str, bytes | str], ReadingFailure]
One = Callable[[str, bytes | str], Document]
JPEG = b"\xff\xd8\xff\xe0\0\x10JFIF\0" + bytes(range(256)) * 20


@pytest.mark.parametrize(
    "name", ["a.txt", "a.html", "a.csv", "a.json", "a.pdf", "a.docx", "a.md", "a.eml", "a", "a.gz"]
)
@pytest.mark.parametrize("content", [b"", b" \n\t\r\n", b"\xef\xbb\xbf"])
def test_empty(refused: Refused, name: str, content: bytes) -> None:
    assert refused(name, content).error.code in ("KG201", "KG202")


@pytest.mark.parametrize("content", [b"", b" \n", b"\xef\xbb\xbf\n", "\u200b\u00a0".encode(), b"----\n"])
def test_empty_text(refused: Refused, content: bytes) -> None:
    assert isinstance(refused("a.txt", content).error, EmptySource)


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (JPEG, "a JPEG image"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a PNG image"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "a WebP image"),
        (b"BM\x10\0\0\0\0\0", "a BMP image"),
        (b"\x7fELF\2\1\1\0", "a program"),
        (b"SQLite format 3\0\x10\0", "an SQLite database"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "Office"),
        (b"{\\rtf1\\ansi She left.}", "Rich Text"),
        (b"a.txt" + bytes(252) + b"ustar\x0000", "a tar archive"),
        (bytes(range(1, 9)) * 100, "binary data"),
        (bytes(5000), "binary data"),
        (b"<?xml version='1.0'?><feed><entry>x</entry></feed>", "XML"),
    ],
)
@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.txt.gz"])
def test_what_is_no_text_is_told_by_what_it_is(refused: Refused, name: str, content: bytes, what: str) -> None:
    if name == "a.html" and what == "XML":
        pytest.skip("a page is what its name says")
    packed = gzip.compress(content) if name.endswith(".gz") else content
    assert what in str(refused(name, packed).error)


@pytest.mark.parametrize("text", ["BM shares rose", "MZ is the code of Mozambique", "ID3 tags", "II won", "%PD"])
def test_text_that_begins_like_a_binary_is_text(one: One, text: str) -> None:
    assert one("a.txt", text).text == text


def test_nul_and_right_to_left_marks_are_taken_out(one: One) -> None:
    assert one("a.txt", "The may\0or of \u202eExton\u202c spo\u200bke.").text == "The mayor of Exton spoke."


def archive(**members: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return target.getvalue()


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (archive(a=b"x"), "a ZIP archive"),
        (archive(xl__workbook_xml=b"<x/>"), "a spreadsheet"),
        (archive(content_xml=b"<x/>"), "an OpenDocument file"),
        (archive(word__document_xml=b"<x/>"), "damaged"),
        (archive(word__document_xml=b"<x/>")[:40], "damaged"),
        (archive(word__document_xml=bytes(limits.MAX_XML_BYTES + 1)), "too large"),
    ],
    ids=["zip", "spreadsheet", "opendocument", "no text", "cut off", "bomb"],
)
def test_archives(refused: Refused, content: bytes, what: str) -> None:
    assert what in str(refused("a.docx", content).error)


def test_entities_in_a_word_file_do_not_explode(refused: Refused) -> None:
    entities = "".join(f'<!ENTITY e{i + 1} "{f"&e{i};" * 10}">' for i in range(12))
    bomb = f'<!DOCTYPE x [<!ENTITY e0 "ha">{entities}]><x>&e12;</x>'.encode()
    types = b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    refused("a.docx", archive(word__document_xml=bomb, **{"[Content_Types]_xml": types}))


@pytest.mark.parametrize(
    "page",
    [
        "<html><head><script>" + "var a = 1;" * 5000 + "</script></head><body><script>run('hi')</script></body></html>",
        "<html></html>",
        "<!doctype html>",
        "<html><body>" + "<div>" * 40_000,
        "<html><body>" + "<a " * 40_000,
        "<!-- " * 40_000 + "<html>",
    ],
)
def test_pages_without_text(refused: Refused, page: str) -> None:
    assert isinstance(refused("a.html", page).error, UnreadableSource)


def test_a_page_with_entities_and_another_with_too_many_tags(
    one: One, refused: Refused, monkeypatch: pytest.MonkeyPatch
) -> None:
    bomb = '<!DOCTYPE html [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><html><body><p>She left &b; town.</p></body></html>'
    assert "ha" not in one("a.html", bomb).text
    monkeypatch.setattr(formats.html, "MAX_TAGS", 3)
    assert "tags" in str(refused("b.html", "<html><body><p>She left.</p></body></html>").error)


def test_damaged_gzip(refused: Refused) -> None:
    packed = gzip.compress(os.urandom(200_000))
    for content in (packed[:1000], packed[:10] + b"x" * 100, b"\x1f\x8b", gzip.compress(gzip.compress(b"x"))):
        assert "gzip" in str(refused("a.txt.gz", content).error)


def test_too_large(refused: Refused) -> None:
    for name, content in (
        ("a.txt", b"She left.\n" * 2_100_000),
        ("bomb.gz", gzip.compress(b"She left. " * 10_000_000, 1)),
        ("a.md", b"a " * 10_100_000),
        ("a.html", b"<html>" + b"a " * 10_100_000),
    ):
        error = str(refused(name, content).error)
        assert "too large" in error
        assert "20 MB" in error


def test_a_row_that_is_too_large_does_not_stop_the_others(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    with path.open("w") as file:
        file.write('{"text": "She left."}\n{"text": "' + "a " * 10_100_000 + '"}\n{"text": "He stayed."}\n')
    found = list(read_sources([path]))
    assert [type(item) for item in found] == [Document, ReadingFailure, Document]


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text("She left.")

    def deny(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("builtins.open", deny)
    (found,) = read_sources([path])
    assert isinstance(found, ReadingFailure)
    assert "permission denied" in str(found.error)


def test_one_bad_folder(tmp_path: Path) -> None:
    """Everything at once: one line for each that is refused, the rest read, in order of names."""
    contents: dict[str, bytes] = {
        "a-empty.txt": b"",
        "b-photo.txt": JPEG,
        "c-latin.txt": "The café closed.".encode("latin-1"),
        "d-utf16.txt": "The café closed.".encode("utf-16"),
        "e-broken.pdf": b"%PDF-1.7 nothing",
        "f-script.html": b"<html><script>run()</script></html>",
        "g-marks.txt": "The\0 caf\u00e9 \u200fclosed.".encode(),
    }
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    found = list(read_sources([tmp_path]))
    assert [item.source.rsplit("/", 1)[1] for item in found] == sorted(contents)
    assert [item.source.rsplit("/", 1)[1][0] for item in found if isinstance(item, ReadingFailure)] == list("abef")
    assert {item.text for item in found if isinstance(item, Document)} == {"The café closed."}


def test_libraries_print_nothing(refused: Refused, capfd: pytest.CaptureFixture[str]) -> None:
    refused("a.pdf", b"%PDF-1.7 nothing")
    refused("a.html", "<html><script>run()</script></html>")
    captured = capfd.readouterr()
    assert captured.out + captured.err == ""
