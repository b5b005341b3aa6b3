"""Where names begin and end: what a recogniser cuts through or runs together is repaired by what stands on the page.

The words and the white space between them are looked at; of the parse only which noun a cut-off name belongs to.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from kg.extraction.mentions import TokenMention
from kg.extraction.written_names import POSSESSIVES, keeps_possessive
from kg.gazetteer import country_named, title_kind

DASHES = frozenset({"-", "–", "—", "--"})
_EDGE = frozenset(
    {",", ";", ":", "-", "–", "—", '"', "“", "”", "'", "‘", "’", "(", ")", "[", "]", "!", "?", "...", "…"}
)
QUOTES = frozenset({'"', "“", "”"})
BRACKETS = {"(": ")", "[": "]"}
_OPEN = frozenset({"of", "for", "the", "and", "&", "on", "in", "at", "by", "to", "with", "from", "a", "an"})
"""Words that no name ends in."""
_LINKS = frozenset({"of", "for", "the"})
_COMPOUND = frozenset({"Organization", "Work", "Event", "Facility", "Award"})
"""Types whose names are phrases with prepositions inside."""
_TITLED = frozenset({"Work", "Product", "Event"})
"""Types whose names go on after a colon."""
_SPELLED = frozenset({"Person", "Work", "Product"})
"""Types of which a hyphen with a capital after it joins two parts of one name: elsewhere it stands between two."""
_NAMING, _NAMED_AFTER = frozenset({"Organization", "Work", "Person"}), frozenset({"Facility", "Award", "Event"})
"""Types of which one right before the other is one name: "Sons of Marl" + "Memorial Hall"."""
_STRIPPED = frozenset({"civil", "rank"})
# fmt: off
_NO_NAME = frozenset((
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march",
    "april", "june", "july", "august", "september", "october", "november", "december", "today", "yesterday",
    "tomorrow", "tonight", "a", "an", "the", "this", "that", "these", "those", "and", "or", "but", "of", "in", "on",
    "at", "by", "for", "from", "with", "to", "as", "it", "its", "he", "his", "she", "her", "they", "their", "we",
    "our", "who", "which", "what", "is", "was", "are", "were", "not", "no", "other", "both", "all", "each", "every",
    "million", "billion", "per", "cent", "percent", "am", "pm", "ad", "bc",
))
# fmt: on


def repaired(doc: Doc, names: Iterable[TokenMention]) -> list[TokenMention]:
    """The names with their borders set right, sorted; none crosses a paragraph, none is a mere title or day."""
    parts = [part for name in names for part in _parted(doc, name)]
    joined = _joined(doc, sorted(parts, key=lambda m: (m.start, -m.end)))
    found: dict[tuple[int, int], TokenMention] = {}
    parsed = doc.has_annotation("DEP")
    for name in joined:
        trimmed = _trimmed(doc, name)
        trimmed = _with_rank(doc, _whole(doc, trimmed) if parsed else trimmed)
        if trimmed.start < trimmed.end and not _junk(doc, trimmed):
            found.setdefault((trimmed.start, trimmed.end), trimmed)
    reach = 0  # of the names of people so far: nobody is named inside another's name ("Prince" in "Prince Harry")
    for name in sorted(found.values(), key=lambda m: (m.start, -m.end)):
        if name.type == "Person" and name.end <= reach:
            del found[name.start, name.end]
        elif name.type == "Person":
            reach = name.end
    return sorted(found.values())


def _parted(doc: Doc, name: TokenMention) -> list[TokenMention]:
    """A headline, its dateline and the first word of the story are three things: "Niv", "PORT VELL" and "Niv"."""
    parts, start = [], name.start
    for token in doc[name.start : name.end]:
        if new_paragraph(token) or (token.text in DASHES and _spaced(doc, token.i)):
            parts.append(replace(name, start=start, end=token.i))
            start = token.i + 1
    return [*parts, replace(name, start=start)]


def new_paragraph(token: Token) -> bool:
    """Whether the white space that it is parts two paragraphs."""
    return token.is_space and token.text.count("\n") > 1


def _spaced(doc: Doc, i: int) -> bool:
    return i > 0 and bool(doc[i - 1].whitespace_) and bool(doc[i].whitespace_)


def _joined(doc: Doc, names: Sequence[TokenMention]) -> list[TokenMention]:
    starts = {name.start: name for name in reversed(names)}
    covered = {i for name in names for i in range(name.start, name.end)}
    found: list[TokenMention] = []
    for name in names:
        if found and name.end <= found[-1].end:
            continue
        end = name.end
        while (grown := _grown(doc, replace(name, end=end), starts, covered)) > end:
            end = grown
        kind = _kind(name, end, names)
        found.append(replace(name, end=end, type=kind, subtype=name.subtype if kind == name.type else None))
    return found


def _kind(name: TokenMention, end: int, names: Sequence[TokenMention]) -> str:
    """The type of a name that has grown to ``end``: a hall named after a club is a hall."""
    last = next((n for n in names if n.end == end and n.start > name.start), None)
    return last.type if last is not None and name.type in _NAMING and last.type in _NAMED_AFTER else name.type


def _grown(doc: Doc, name: TokenMention, starts: dict[int, TokenMention], covered: set[int]) -> int:
    """A later end of the name, or its own."""
    end = name.end
    if end >= len(doc):
        return end
    following = doc[end]
    last = doc[end - 1]
    # "Ji-" and "Ji" "-" "won": a hyphen without blanks
    if last.text.endswith("-") and not last.whitespace_ and name.type in _SPELLED and following.is_alpha:
        return end + 1
    if following.text == "-" and not last.whitespace_ and not following.whitespace_ and end + 1 < len(doc):
        other = starts.get(end + 1)
        if name.type in _SPELLED and (doc[end + 1].text[:1].isupper() or doc[end + 1].is_digit):
            if other is None and end + 1 not in covered:
                return end + 2
            if other is not None and other.type == name.type:
                return other.end
        return end
    # "Rail Standards" + "Kenya": a branch by its country
    branch = starts.get(end)
    if branch is not None and (name.type, branch.type) == ("Organization", "Place"):
        country = country_named(following.text) or country_named(branch.span(doc).text)
        if country is not None and end - name.start > 1:
            return branch.end
    longer = end - name.start > 1 or name.type != "Person"
    if branch is not None and longer and name.type in _NAMING and branch.type in _NAMED_AFTER:
        return branch.end
    other = starts.get(end + 1)
    if other is not None and following.text == "&" and name.type == other.type == "Organization":
        return other.end
    if other is not None and following.lower_ == "and" and country_named(doc[name.start : other.end].text):
        return other.end
    if other is not None and following.text == ":" and {name.type, other.type} <= _TITLED and not last.whitespace_:
        return other.end
    # "2nd Battalion of the" + "Harrier Regiment"
    if name.type in _COMPOUND and name.end - name.start > 1 and last.lower_ in _LINKS and not following.is_space:
        other = starts.get(end)
        if other is not None and other.type not in ("Person", "Date"):
            return other.end
        stop = end
        while stop < len(doc) and stop not in covered and doc[stop].is_title and doc[stop].is_alpha:
            stop += 1
        return stop
    return end


def _trimmed(doc: Doc, name: TokenMention) -> TokenMention:
    start, end = name.start, name.end
    while start < end:
        last = doc[end - 1]
        if last.lower_ in POSSESSIVES:
            if keeps_possessive(doc, start, end, name.type):
                break
        elif not (last.is_space or last.text in _EDGE or last.text in _OPEN):
            break
        end -= 1
    while start < end and (doc[start].is_space or doc[start].text in _EDGE - {"(", "["} or doc[start].text in ".'s’s"):
        start += 1
    start, end = with_quotation(doc, start, before_bracket(doc, start, end))
    follows = doc[end].lower_ in POSSESSIVES if start < end < len(doc) else False
    if follows and not doc[end - 1].whitespace_ and keeps_possessive(doc, start, end + 1, name.type):
        end += 1
    if name.type == "Person":
        while end - start > 1 and doc[start].text[:1].isupper() and title_kind(doc[start].text) in _STRIPPED:
            start += 1 + (doc[start + 1].text == "." and end - start > 2)
    return replace(name, start=start, end=end)


def before_bracket(doc: Doc, start: int, end: int) -> int:
    """The end of a range that leaves out a bracket which it does not close: "Members of Parliament (MPs"."""
    for i in range(start + 1, end):
        if doc[i].text in BRACKETS and not any(doc[k].text == BRACKETS[doc[i].text] for k in range(i, end)):
            return i
    return end


def with_quotation(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """The range with the other mark of a quotation of which it holds one, if that stands beside it: a battle of
    "words has the mark behind it too. One at the edge that opens or closes nothing is left out.
    """
    marks = [i for i in range(start, end) if doc[i].text in QUOTES]
    if len(marks) % 2 == 0:
        return start, end
    if marks[-1] == end - 1:
        return start, end - 1
    if end < len(doc) and doc[end].text in QUOTES:
        return start, end + 1
    return start - (start > 0 and doc[start - 1].text in QUOTES), end


def _whole(doc: Doc, name: TokenMention) -> TokenMention:
    """With the noun that its last, small word goes with ("Harbour Lights film" + "festival"), and the capitals that
    its first word follows ("SMART" + "Village Prize").
    """
    start, end = name.start, name.end
    if name.type not in _COMPOUND or end - start < 2:
        return name
    last = doc[end - 1]
    noun = last.head.i
    cut = last.is_lower and last.is_alpha and last.dep_ in ("compound", "amod", "nmod") and end <= noun <= end + 1
    if cut and all(t.is_lower and t.is_alpha for t in doc[end : noun + 1]):
        end = noun + 1
    before = doc[start - 1] if start else last
    if before.is_upper and before.is_alpha and len(before) > 2 and start <= before.head.i < end:
        start -= 1
    return replace(name, start=start, end=end)


def _with_rank(doc: Doc, name: TokenMention) -> TokenMention:
    """With the "Sir" or "Prince" before it, which is part of how such people are called."""
    before = doc[name.start - 1] if name.start and name.start < name.end else None
    if name.type == "Person" and before is not None and before.text.istitle() and title_kind(before.text) == "noble":
        return replace(name, start=name.start - 1)
    return name


def _junk(doc: Doc, name: TokenMention) -> bool:
    """Words that name nothing: punctuation, function words, a title or a weekday alone, plain numbers."""
    words = [t for t in doc[name.start : name.end] if any(c.isalnum() for c in t.text)]
    if not words or name.type == "Date":
        return not words
    if all(t.lower_.rstrip(".") in _NO_NAME for t in words) and not (len(words) == 1 and words[0].text.isupper()):
        return True
    if len(words) == 1 and words[0].like_num and (words[0].is_alpha or name.type != "Work"):
        return True
    return len(words) == 1 and name.type == "Person" and title_kind(words[0].text) in _STRIPPED
