from __future__ import annotations

import gzip
import io
import json
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime

import docx
import pytest

from kg.errors import EmptySource, UnreadableSource
from kg.reading import ReadingFailure, read_sources
from kg.records import Document

DAY = date(2015, 8, 21)
One = Callable[[str, bytes | str], Document]
Read = Callable[[str, bytes | str], list[Document | ReadingFailure]]
Refused = Callable[[str, bytes | str], ReadingFailure]


def test_plain_text(one: One) -> None:
    found = one("a.txt", "Mayor steps down\n\n21 August 2015\n\nThe mayor has left.\n")
    assert found == Document.of(
        "Mayor steps down\n\n21 August 2015\n\nThe mayor has left.", "news/a.txt", "Mayor steps down", DAY, "en"
    )


def test_markdown(one: One) -> None:
    found = one(
        "a.md",
        "---\ntitle: 'The mayor''s end' \ndate: 2015-08-21T10:00:00Z\ntags: [a, b]\n---\n\n# Mayor *steps* down\n\n"
        "The **mayor** of [Exton](http://example.org 'x'), said\n`Jane Doe`. ![picture](a.png)<br>\n\n"
        "* first\n* second\n  wrapped\n\n> quoted\n\n```python\nprint(1)\n```\n\n<div>inside</div>\n\n"
        "| Name | Age |\n|---|---|\n| Doe | 40 |\n\n[ref]: http://example.org\n",
    )
    assert (found.title, found.published) == ("The mayor's end", DAY)
    assert found.text.split("\n\n") == [
        "Mayor steps down",
        "The mayor of Exton, said Jane Doe.",
        "first",
        "second wrapped",
        "quoted",
        "inside",
        "Name",
        "Age",
        "Doe",
        "40",
    ]


def test_markdown_without_front_matter_is_titled_by_its_heading(one: One) -> None:
    found = one("a.md", "# The mayor of Exton is gone.\n\n21 August 2015\n\nShe left.\n\n---\n\nHe stayed.\n")
    assert (found.title, found.published) == ("The mayor of Exton is gone.", DAY)
    assert found.text.endswith("She left.\n\nHe stayed.")


PAGE = """<!DOCTYPE html><html><head><title>Mayor steps down - Exton Post</title>
<meta property="og:title" content="Mayor steps down">
<meta property="article:published_time" content="2015-08-21T08:00:00Z">
<script>var menu = "ignored words";</script></head><body><nav><a href="/">Home</a><a href="/x">Sport</a></nav>
<article><h1>Mayor steps down</h1><p>By Jane Doe</p>
<p>The mayor of <a href="/exton">Exton</a> stepped
down &amp; left.</p><p>She   denies the charge.</p></article><footer>All rights reserved</footer></body></html>"""


@pytest.mark.parametrize("name", ["a.html", "a.txt", "a"])
def test_web_page_whatever_its_name(one: One, name: str) -> None:
    found = one(name, PAGE)
    assert (found.title, found.published) == ("Mayor steps down", DAY)
    assert found.text.split("\n\n")[-2:] == ["The mayor of Exton stepped down & left.", "She denies the charge."]
    assert "ignored" not in found.text
    assert "Sport" not in found.text


def test_a_date_in_the_future_is_taken_as_stated(one: One) -> None:
    assert one("a.html", PAGE.replace("2015", "2095")).published == date(2095, 8, 21)


def test_html_fragment_and_html_that_is_text(one: One) -> None:
    assert one("a.html", "<p>The mayor left.</p>").text == "The mayor left."
    assert one("b.html", "The mayor left; 3 < 4.").text == "The mayor left; 3 < 4."


def test_pdf(one: One, make_pdf: Callable[..., bytes]) -> None:
    pages = [
        ["Exton Post 1", "Mayor steps down", "21 August 2015", "The mayor of Exton stepped down after an inter-"],
        ["Exton Post 2", "national audit had found that much of the money was", "1 / 3"],
        ["Exton Post 3", "gone, the council said.", "- 3 -"],
    ]
    found = one("a.pdf", make_pdf(pages, {"/Title": "Microsoft Word - a.doc", "/CreationDate": "D:20200101000000Z"}))
    assert (found.title, found.published) == ("Mayor steps down", DAY)
    assert found.text.split("\n\n") == [
        "Mayor steps down",
        "21 August 2015",
        "The mayor of Exton stepped down after an international audit had found that much of the money was gone, the "
        "council said.",
    ]


def test_pdf_metadata(one: One, make_pdf: Callable[..., bytes]) -> None:
    found = one("a.pdf", make_pdf([["She left."]], {"/Title": "The end", "/CreationDate": "D:20150821000000Z"}))
    assert (found.title, found.published) == ("The end", DAY)


def test_pdf_locked_with_an_empty_password_is_read(one: One, make_pdf: Callable[..., bytes]) -> None:
    assert one("a.pdf", make_pdf([["She left."]], password="")).text == "She left."


def test_pdf_locked_broken_and_without_text(refused: Refused, make_pdf: Callable[..., bytes]) -> None:
    assert "encrypted" in str(refused("a.pdf", make_pdf([["She left."]], password="secret")).error)
    assert refused("b.pdf", b"%PDF-1.4\n1 0 obj <</Type").error.code == "KG201"
    assert refused("b.pdf", make_pdf([["She left."]])[:200]).error.code == "KG201"
    empty = refused("c.pdf", make_pdf([[]])).error
    assert isinstance(empty, EmptySource)
    assert "recognition" in str(empty)


def word_file(**properties: object) -> bytes:
    word = docx.Document()
    word.add_heading("Mayor steps down", 0)
    word.add_paragraph("The mayor of Exton\nhas left.")
    table = word.add_table(1, 2)
    table.cell(0, 0).text = "Doe"
    table.cell(0, 1).text = "40"
    word.add_paragraph("She denies it.")
    for key, value in properties.items():
        setattr(word.core_properties, key, value)
    target = io.BytesIO()
    word.save(target)
    return target.getvalue()


def test_word(one: One) -> None:
    found = one("a.docx", word_file(title="The end", created=datetime(2015, 8, 21, tzinfo=UTC)))
    assert (found.title, found.published) == ("The end", DAY)
    assert found.text.split("\n\n") == [
        "Mayor steps down",
        "The mayor of Exton",
        "has left.",
        "Doe",
        "40",
        "She denies it.",
    ]


def test_word_without_properties(one: One) -> None:
    found = one("a.docx", word_file())
    assert (found.title, found.published) == ("Mayor steps down", None)


def test_json_lines(read: Read) -> None:
    rows = [
        {"Text": "She left.", "Headline": "The end", "Date": "2015-08-21", "source": "Exton Post"},
        {"body": ["One.", "Two."], "url": "https://example.org/a"},
        {"content": " "},
        {"name": "no text"},
    ]
    lines = "\n\n".join(json.dumps(row) for row in rows) + "\n{broken\n" + json.dumps({"text": "\ud800Last."})
    found = read("a.jsonl", lines)
    assert [item.source for item in found] == [
        "news/a.jsonl#1",
        "https://example.org/a",
        "news/a.jsonl#3",
        "news/a.jsonl#4",
        "news/a.jsonl#5",
        "news/a.jsonl#6",
    ]
    first, second, empty, textless, broken, last = found
    assert first == Document.of("She left.", "news/a.jsonl#1", "The end", DAY, "und")
    assert isinstance(second, Document)
    assert second.text == "One.\n\nTwo."
    assert isinstance(empty, ReadingFailure)
    assert isinstance(empty.error, EmptySource)
    assert isinstance(textless, ReadingFailure)
    assert isinstance(broken, ReadingFailure)
    assert isinstance(last, Document)
    assert last.text == "\ufffdLast."


def test_json_lines_in_utf_16(one: One) -> None:
    assert one("a.jsonl", json.dumps({"text": "Zoë left."}, ensure_ascii=False).encode("utf-16")).text == "Zoë left."


@pytest.mark.parametrize(
    ("content", "names"),
    [
        ({"text": "She left."}, ["a.json"]),
        ([{"text": "She left."}, {"text": "He too."}], ["a.json#1", "a.json#2"]),
        ({"meta": [1], "articles": [{"text": "She left."}]}, ["a.json#1"]),
    ],
)
def test_json(read: Read, content: object, names: list[str]) -> None:
    for indent in (None, 2):
        found = read("a.json", json.dumps(content, indent=indent))
        assert [item.source for item in found] == [f"news/{name}" for name in names]
        assert all(isinstance(item, Document) for item in found)


@pytest.mark.parametrize("content", ["{", "[1, 2]", '"x"', '{"a": 1}', "[" * 100_000, "{" * 100_000])
@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
def test_json_without_documents(refused: Refused, name: str, content: str) -> None:
    assert isinstance(refused(name, content).error, UnreadableSource)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_csv(read: Read, delimiter: str) -> None:
    rows = [
        ["ID", "Headline", "Published", "Body", "Source"],
        ["1", "The end", "21 August 2015", '"She said ""no"".\n\nHe left."', "Exton Post"],
        ["", "", "", "", ""],
        ["2", "", "", "", ""],
        ["3", "", "", "He left.", "https://example.org/3"],
        ["4"],
    ]
    found = read("a.csv", "\r\n".join(delimiter.join(row) for row in rows))
    assert [item.source for item in found] == [
        "news/a.csv#1",
        "news/a.csv#2",
        "https://example.org/3",
        "news/a.csv#4",
    ]
    first, empty, third, short = found
    assert isinstance(first, Document)
    assert (first.text, first.title, first.published) == ('She said "no".\n\nHe left.', "The end", DAY)
    assert isinstance(empty, ReadingFailure)
    assert isinstance(empty.error, EmptySource)
    assert isinstance(third, Document)
    assert isinstance(short, ReadingFailure)


def test_csv_with_a_long_field_leaves_the_global_limit_alone(one: One) -> None:
    import csv

    before = csv.field_size_limit()
    assert len(one("a.csv", "text\n" + '"' + "word " * 100_000 + '"').text) == 499_999
    assert csv.field_size_limit() == before


def test_csv_without_a_text_column(refused: Refused) -> None:
    assert "body" in str(refused("a.csv", "name,age\nDoe,40\n").error)


def test_csv_line_that_is_not_utf_8(read: Read) -> None:
    found = read("a.csv", "text\nZoë left.\n".encode() + b"caf\xe9 closed.\n")
    assert [item.text for item in found if isinstance(item, Document)] == ["Zoë left.", "café closed."]


MAIL = (
    "From: Jane Doe <jane@example.org>\nTo: x@example.org\nSubject: =?utf-8?q?The_end_of_Zo=C3=AB?=\n"
    "Date: Fri, 21 Aug 2015 23:30:00 -0500\nMIME-Version: 1.0\n"
)


def test_mail(one: One) -> None:
    found = one(
        "a.eml",
        MAIL
        + 'Content-Type: multipart/alternative; boundary="b"\n\n--b\nContent-Type: text/plain; charset=iso-8859-1\n'
        "Content-Transfer-Encoding: quoted-printable\n\nThe caf=E9 closed.\n\n> She left.\n\n-- \nJane\n"
        "--b\nContent-Type: text/html\n\n<p>Other</p>\n--b--\n",
    )
    assert (found.title, found.published) == ("The end of Zoë", DAY)
    assert found.text == "The café closed.\n\nShe left."


def test_mail_of_html_alone(one: One) -> None:
    found = one("a.eml", MAIL + "Content-Type: text/html\n\n<html><body><p>She left.</p></body></html>")
    assert (found.text, found.title) == ("She left.", "The end of Zoë")


def test_mail_with_an_unknown_character_set(one: One) -> None:
    assert one("a.eml", MAIL + "Content-Type: text/plain; charset=x-none\n\nShe left.").text == "She left."


def test_mail_without_text(refused: Refused) -> None:
    content = MAIL + "Content-Type: image/png\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n"
    assert isinstance(refused("a.eml", content).error, EmptySource)


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.txt", "She left."), ("a.md", "# *She* left."), ("a.csv", "text\nShe left."), ("a.html", PAGE)],
)
def test_gzip_of_anything(read: Read, name: str, content: str) -> None:
    plain = [item.text for item in read(name, content) if isinstance(item, Document)]
    packed = [item.text for item in read(name + ".gz", gzip.compress(content.encode())) if isinstance(item, Document)]
    assert plain == packed != []


@pytest.mark.parametrize(
    ("content", "names"),
    [
        (b"The mayor left.", ["-"]),
        (b'{"text": "The mayor left."}\n{"text": "The mayor left."}\n', ["-#1", "-#2"]),
        (b"<html><body><p>The mayor left.</p></body></html>", ["-"]),
        (gzip.compress(b"The mayor left.", mtime=0), ["-"]),
        ("The mayor left.".encode("utf-16"), ["-"]),
    ],
)
def test_standard_input(content: bytes, names: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    found = list(read_sources(["-"]))
    assert [item.source for item in found] == names
    assert {item.text for item in found if isinstance(item, Document)} == {"The mayor left."}
