"""Mails (.eml): the body, with subject and date."""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date as Date
from email import policy
from email.message import EmailMessage

from kg.errors import EmptySource
from kg.reading.dates import parse_date
from kg.reading.draft import Draft, Part, foreign
from kg.reading.encodings import decode
from kg.reading.formats import html
from kg.reading.limits import MAX_PACKED_BYTES
from kg.reading.streams import Stream

_REMEDY = "Save the mail again, or its text."
_SIGNATURE = re.compile(r"^-- ?$.*", re.MULTILINE | re.DOTALL)
_QUOTE = re.compile(r"^(?:>[ \t]?)+", re.MULTILINE)


def read(stream: Stream, name: str) -> Iterator[Part]:
    """The one document of a mail; its plain text goes before its HTML, attachments and the signature are left out."""
    data = stream.whole(MAX_PACKED_BYTES, name)
    with foreign("a mail", name, _REMEDY):
        mail = email.message_from_bytes(data, policy=policy.default)
        subject = " ".join(str(mail["Subject"] or "").split()) or None
        published = _date(str(mail["Date"] or ""))
        body = mail.get_body(("plain", "html"))
        if not isinstance(body, EmailMessage):
            raise EmptySource("no text in this mail", where=name, remedy=_REMEDY)
        text, markup = _content(body), body.get_content_type() == "text/html"
    if markup:
        yield Part(name, replace(html.draft(text, name), title=subject, published=published))
    else:
        plain = _QUOTE.sub("", _SIGNATURE.sub("", text.replace("\r\n", "\n")))
        yield Part(name, Draft(plain, subject, published))


def _content(body: EmailMessage) -> str:
    """Text of a part, by its declared character set unless that is unknown or plainly wrong."""
    raw = body.get_payload(decode=True)
    data = raw if isinstance(raw, bytes) else b""
    charset = body.get_content_charset("utf-8")
    if re.fullmatch(r"(?:us-ascii|utf-?8|iso-8859-\d+|windows-125\d|koi8-r|gb2312|gbk|big5|shift_jis)", charset):
        try:
            return data.decode(charset)
        except (UnicodeDecodeError, LookupError):  # mails lie about it: guess, as for a file
            return decode(data)
    return decode(data)


def _date(value: str) -> Date | None:
    return parse_date(value)
