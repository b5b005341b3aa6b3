"""A column of a `Doc` at once: asking token by token costs more than what is asked."""

from __future__ import annotations

from spacy.attrs import ORTH
from spacy.tokens import Doc


def strings_of(doc: Doc, attribute: int = ORTH) -> list[str]:
    """A string attribute (``spacy.attrs``) of every token, "" where it is not set; by default the token's text."""
    strings = doc.vocab.strings
    column = doc.to_array(attribute).tolist()
    names = {key: strings[key] if key else "" for key in set(column)}
    return [names[key] for key in column]
