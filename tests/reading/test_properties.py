"""Whatever the bytes and whatever their name: a document fit for every later stage, or a failure; twice the same."""

from __future__ import annotations

import gzip
import tempfile
import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import UnreadableSource
from kg.reading import ReadingFailure, read_sources
from kg.reading.documents import document
from kg.reading.draft import Draft
from kg.records import Document

NAMES = ["a", "a.txt", "a.md", "a.html", "a.pdf", "a.docx", "a.json", "a.jsonl", "a.csv", "a.tsv", "a.eml", "a.gz"]
STARTS = [
    b"", b"%PDF-1.4\n", b"PK\x03\x04", b"<html><body><p>", b'{"text": "', b"text,title\n", b"Subject: x\n\n", b"---\n",
    b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"\x1f\x8b\x08\0", b"<?xml version='1.0' encoding='utf-7'?><html>",
]  # fmt: skip
ANY = st.builds(
    lambda start, rest, packed: gzip.compress(start + rest, mtime=0) if packed else start + rest,
    st.sampled_from(STARTS),
    st.one_of(st.binary(max_size=400), st.text(max_size=200).map(lambda s: s.encode()), st.text("<>&{}[]\"'a \n,;#*")
              .map(str.encode)),
    st.booleans(),
)  # fmt: skip


def read(name: str, content: bytes) -> list[Document | ReadingFailure]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "news", name)
        path.parent.mkdir()
        path.write_bytes(content)
        return list(read_sources([path.parent]))


def plain(found: list[Document | ReadingFailure]) -> list[object]:
    return [item if isinstance(item, Document) else str(item.error) for item in found]


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(content=ANY)
def test_any_bytes(name: str, content: bytes) -> None:
    found = read(name, content)
    for item in found:
        if isinstance(item, ReadingFailure):
            assert isinstance(item.error, UnreadableSource)
            continue
        assert item.text
        assert not [c for c in item.text if c != "\n" and unicodedata.category(c) in ("Cc", "Cs")]
        assert all(p == p.strip() and p and "\n" not in p for p in item.text.split("\n\n"))
        assert unicodedata.is_normalized("NFC", item.text)
    assert plain(read(name, content)) == plain(found)


@given(st.text(st.characters(codec=None), max_size=300))
def test_the_text_of_a_document_read_again_stays_as_it_is(text: str) -> None:
    try:
        once = document(Draft(text), "a")
    except UnreadableSource:
        return
    assert document(Draft(once.text), "a").text == once.text
