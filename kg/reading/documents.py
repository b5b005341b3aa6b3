"""A draft made a `Document`: cleaned, laid out, with title, date and language."""

from __future__ import annotations

from kg.errors import EmptySource
from kg.reading.cleaning import clean
from kg.reading.dates import date_in_name
from kg.reading.draft import Draft
from kg.reading.english import language_of
from kg.reading.layout import SEPARATOR, paragraphs
from kg.reading.limits import MAX_CHARACTERS, too_large
from kg.reading.masthead import headline, publication_date
from kg.records import Document

_MAX_TITLE = 300
_PDF_REMEDY = "If it is a scan, run text recognition on it first."


def document(draft: Draft, source: str) -> Document:
    """Document whose text is the draft's paragraphs, a blank line between them.

    Title: stated by the source, else the headline. Date: stated by the source (publication metadata), else in the
    first lines, else when the file was made, else in the file's name.

    Raises EmptySource if no paragraph is left, UnreadableSource if the text is larger than `MAX_CHARACTERS`.
    """
    if len(draft.text) > MAX_CHARACTERS:
        raise too_large(source)
    found = paragraphs(clean(draft.text), wrapped=draft.wrapped, dehyphenate=draft.dehyphenate)
    if not found:
        remedy = _PDF_REMEDY if draft.dehyphenate else "Leave it out, or put text into it."
        raise EmptySource("no text in it", where=source, remedy=remedy)
    text = SEPARATOR.join(found)
    title = " ".join(clean(draft.title or "").split())[:_MAX_TITLE].strip() or headline(found)
    published = draft.published or publication_date(found) or draft.created or date_in_name(source.rsplit("/", 1)[-1])
    return Document.of(text, source, title, published, language_of(text))
