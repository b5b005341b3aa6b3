"""Names that a recogniser passed over and that need no judgement: countries, datelines, names said before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from spacy.attrs import SPACY
from spacy.tokens import Doc, Token

from kg.extraction.mentions import TokenMention
from kg.extraction.name_spans import DASHES, new_paragraph
from kg.gazetteer import country_named, country_words, fold, given_name_gender, initials, place_subtype
from kg.language.columns import strings_of

_LONGEST = 6
_DATELINE = 4


def with_missed(doc: Doc, names: Sequence[TokenMention]) -> list[TokenMention]:
    """The names and those passed over, sorted; none overlaps another."""
    free = [True] * len(doc)
    for name in names:
        free[name.start : name.end] = [False] * (name.end - name.start)
    found = list(names)
    for search in (_datelines, _acronyms, _said_before, _countries):
        for name in list(search(doc, found)):
            if all(free[name.start : name.end]) and not _part(doc, name):
                free[name.start : name.end] = [False] * (name.end - name.start)
                found.append(name)
    return sorted(found)


def _part(doc: Doc, name: TokenMention) -> bool:
    """Whether the words are part of a longer capitalised phrase or of a compound with a hyphen."""
    before = doc[name.start - 1] if name.start else None
    after = doc[name.end] if name.end < len(doc) else None
    if before is not None and (before.text == "-" or (before.text[:1].isupper() and before.is_alpha)):
        first = before.i == 0 or doc[before.i - 1].is_space or doc[before.i - 1].is_punct
        if before.text == "-" or not (first or before.text in ("The", "THE")):
            return True
    if after is None or after.is_space:
        return False
    return (after.text == "-" and not doc[name.end - 1].whitespace_) or (after.is_title and after.is_alpha)


def _datelines(doc: Doc, _: Sequence[TokenMention]) -> Iterable[TokenMention]:
    """The capitals before a dash or a date at the beginning of a paragraph: "PORT VELL, May 3 -", "NIV -"."""
    for start, text in enumerate(strings_of(doc)):
        if not text.isupper() or len(text) < 2 or not (start == 0 or new_paragraph(doc[start - 1])):
            continue
        end = start
        while end < len(doc) and end - start < _DATELINE and doc[end].is_upper and doc[end].text.strip(".").isalpha():
            end += 1
        dash = next((t.i for t in doc[end : end + 8] if t.text in DASHES), len(doc))
        if (
            end < len(doc)
            and doc[end].text in DASHES | {",", "("}
            and dash + 1 < len(doc)
            and not _shouted(doc[dash + 1])
        ):
            yield TokenMention(start, end, "Place", place_subtype(doc[start:end].text) or "City")


def _shouted(token: Token) -> bool:
    return token.is_upper and len(token.text) > 1


def _acronyms(doc: Doc, names: Sequence[TokenMention]) -> Iterable[TokenMention]:
    """The letters in brackets after the name that they stand for: "Harwick Institute of Mechanics (HIM)"."""
    for name in names:
        after = doc[name.end : name.end + 3]
        if name.type == "Date" or [t.text for t in after][::2] != ["(", ")"] or not _shouted(after[1]):
            continue
        if fold(after[1].text) in initials(fold(name.span(doc).text)):
            yield TokenMention(name.end + 1, name.end + 2, name.type, name.subtype)


def _said_before(doc: Doc, names: Sequence[TokenMention]) -> Iterable[TokenMention]:
    """The very words of a name of several words, or of a rare single one, that was found elsewhere in the text."""
    known: dict[tuple[str, ...], TokenMention] = {}
    for name in names:
        words = tuple(token.text for token in doc[name.start : name.end])
        if name.type != "Date" and len(words) <= _LONGEST and words[0][:1].isupper() and words[-1][:1].isupper():
            spelled = (
                name.start > 0 and name.end < len(doc) and doc[name.start - 1].text == "(" and doc[name.end].text == ")"
            )
            if len(words) > 1 or (len(words[0]) > 3 and not words[0].isupper()) or (spelled and len(words[0]) > 2):
                known.setdefault(words, name)
    longest = max(map(len, known), default=0)
    first = {words[0] for words in known}
    texts = strings_of(doc)
    for start, text in enumerate(texts):
        if text not in first:
            continue
        for length in range(min(longest, len(doc) - start), 0, -1):
            held = known.get(tuple(texts[start : start + length]))
            if held is not None:
                yield TokenMention(start, start + length, held.type, held.subtype)
                break


def _countries(doc: Doc, _: Sequence[TokenMention]) -> Iterable[TokenMention]:
    texts = strings_of(doc)
    able = _able(doc, texts)
    for start, text in enumerate(texts):
        if not able[start] or not text[:1].isupper():
            continue
        most = next((n for n, may in enumerate(able[start : start + _LONGEST]) if not may), _LONGEST)
        for length in range(min(most, len(doc) - start), 0, -1):
            written = doc[start : start + length].text
            country = country_named(written) if written[-1:].isalpha() and not written.startswith("The") else None
            if country is not None and not country.shared and len(written) > 3 and not given_name_gender(written):
                yield TokenMention(start, start + length, "Place", country.subtype)
                break


def _able(doc: Doc, texts: Sequence[str]) -> list[bool]:
    """Whether each word may be part of a country's name; what is not letters alone may: it is folded with others."""
    known = country_words()
    alone = doc.to_array(SPACY) != 0
    alone[1:] &= alone[:-1].copy()
    return [
        text.lower() in known or not (apart and text.isascii() and text.isalpha())
        for text, apart in zip(texts, alone.tolist(), strict=True)
    ]
