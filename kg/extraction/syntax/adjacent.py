"""What stands right beside a name says what it is, wherever the parse hangs it: "X, of Y", "X in Z on Friday".

Tables of rules are the same as for the parse (kinds ``prep`` and ``poss``); only the way from name to name is shorter.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.extraction.mentions import TokenMention
from kg.extraction.syntax.arguments import Argument
from kg.extraction.syntax.emit import Collector
from kg.extraction.syntax.paths import Reader
from kg.extraction.syntax.rules import RuleTable
from kg.extraction.syntax.words import words

GENITIVE = frozenset({"'s", "’s", "'", "’"})
PREPOSITIONS = frozenset({"of", "in", "from", "at", "near", "on", "outside", "for", "inside"})
_SURE = 0.9


def match_following(mention: TokenMention, head: int, reader: Reader, table: RuleTable, out: Collector) -> None:
    """All ``prep`` rules on "NAME[,] preposition NAME"; of an event also what stands behind that: place and day."""
    holder = Argument(mention, _SURE)
    for preposition, at, other in _phrases(mention, reader):
        for _, rule in table.of("prep", preposition):
            if not reader.allows(rule, head):
                continue
            if rule.subject[0][0] == "head":
                out.add(rule, holder, Argument(other), (at,))
            else:
                out.add(rule, Argument(other), holder, (at,))


def _phrases(mention: TokenMention, reader: Reader) -> Iterator[tuple[str, int, TokenMention]]:
    low, cover = reader.tree.low, reader.arguments.cover
    at = mention.end
    while at + 1 < len(low):
        comma = low[at] == ","
        at += comma
        preposition = low[at]
        if preposition not in PREPOSITIONS:
            return
        place = name_after(at + 1, reader)
        other = cover[place] if place is not None else None
        if other is None or (mention.type == "Person" and preposition == "in"):
            return
        if not (comma and other.type not in {"Place", "Date", "Organization"}):
            yield preposition, at, other
        if mention.type != "Event":
            return
        at = other.end


def name_after(start: int, reader: Reader) -> int | None:
    """First token of the name that a noun phrase beginning here is: "the northern town of Brenna" gives "Brenna"."""
    tree, cover = reader.tree, reader.arguments.cover
    token = start
    while token < min(len(tree), start + 7):
        found = cover[token]
        if found is None:
            if tree.pos[token] not in {"DET", "ADJ", "ADV"} and tree.low[token] not in words("ground") | {"of", "the"}:
                return None
            token += 1
            continue
        if found.start != token:
            return None
        end = found.end
        if end + 1 < len(tree) and tree.low[end] in words("ground") and tree.low[end + 1] == "of":
            token = end + 2  # "the Tavian province of Y"
            continue
        if end < len(tree) and (tree.low[end] in GENITIVE or _goes_on(end, reader)):
            return None
        return token
    return None


def _goes_on(end: int, reader: Reader) -> bool:
    """Whether the name before this token is only an adjective of the noun here ("in Brenna hospital")."""
    tree = reader.tree
    if tree.low[end] in words("ground") or tree.low[end] in words("time"):
        return False
    return tree.pos[end] in {"NOUN", "PROPN"} and tree.head[end - 1] >= end and tree.dep[end - 1] in _BEFORE


_BEFORE = frozenset({"amod", "compound", "nmod", "flat", "title", "poss", "dep"})


def match_day(mention: TokenMention, head: int, reader: Reader, table: RuleTable, out: Collector) -> None:
    """ "Sunday's final": the day before an event, inside or outside of its mention."""
    low, heads = reader.tree.low, reader.arguments.cover
    for token in range(max(1, mention.start - 2), head + 1):
        day = heads[token - 1]
        if low[token] in GENITIVE and day is not None and day.end == token and day.type == "Date":
            for _, rule in table.of("poss", "*"):
                out.add(rule, Argument(mention), Argument(day), (token,))


def match_ground(token: int, reader: Reader, table: RuleTable, out: Collector) -> None:
    """ "The Tavian province of Y": Y lies in Tavia."""
    tree, arguments = reader.tree, reader.arguments
    if tree.low[token] not in words("ground") or not 0 < token < len(tree) - 2:
        return
    before, after = arguments.cover[token - 1], arguments.cover[token + 2]
    if tree.low[token + 1] != "of" or before is None or after is None:
        return
    if before.end == token and after.start == token + 2:
        for _, rule in table.of("appos", "*"):
            out.add(rule, Argument(after), Argument(arguments.as_country(before)), (token,))


def match_hyphen(token: int, reader: Reader, table: RuleTable, out: Collector) -> None:
    """ "Brenna-based Nordwind", "the Brenna-based company", "a Norland-born doctor": of whom is it said?"""
    tree, arguments = reader.tree, reader.arguments
    rules = table.of("hyphen", tree.low[token])
    other = arguments.cover[token - 2] if token > 1 and tree.low[token - 1] == "-" else None
    if not rules or other is None or other.end != token - 1:
        return
    head = next((i for i in range(token + 1, min(token + 9, len(tree))) if not _before_noun(i, reader)), None)
    if head is None:
        return
    named = arguments.cover[head]
    found = [Argument(named)] if named is not None else _apposed(token, head - 1, reader)
    for argument in found:
        for _, rule in rules:
            ends = (argument, Argument(arguments.as_country(other)))
            out.add(rule, *(ends if rule.subject[0][0] == "head" else ends[::-1]), (token,))


def _before_noun(token: int, reader: Reader) -> bool:
    """Whether the noun phrase goes on with common words, so that its name or its end is still to come."""
    common = reader.tree.pos[token] in {"NOUN", "ADJ", "ADV", "NUM", "CCONJ"} or reader.tree.low[token] == "-"
    name = reader.arguments.cover[token]
    return common and (name is None or name.type in {"Group", "Place", "Position", "Language"})


def _apposed(token: int, last: int, reader: Reader) -> list[Argument]:
    """Whom a noun phrase without a name says something of: "X, a Brenna-based company," or what its noun stands for."""
    low, cover = reader.tree.low, reader.arguments.cover
    start = token - 2
    while start > 0 and low[start - 1] not in {",", "a", "an", "the"} and token - start < 7:
        start -= 1
    before = cover[start - 3] if start > 2 and low[start - 1] in {"a", "an", "the"} and low[start - 2] == "," else None
    if before is not None and before.end == start - 2:
        return [Argument(before, 0.9)]
    return [
        Argument(a.mention, a.weight * 0.9) for noun, _ in reader.tree.holders(last) for a in reader.arguments.of(noun)
    ]
