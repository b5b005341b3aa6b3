"""What hangs on a name: "X in Y", "Y's X", "the Tavian parliament", "X, Y" of two places, "under the command of Y"."""

from __future__ import annotations

from kg.extraction.mentions import TokenMention
from kg.extraction.syntax.arguments import Argument, Arguments
from kg.extraction.syntax.emit import Collector
from kg.extraction.syntax.paths import Reader
from kg.extraction.syntax.rules import Rule, RuleTable


def match_modifiers(mention: TokenMention, head: int, reader: Reader, table: RuleTable, out: Collector) -> None:
    """All prep, poss, adj, title and appos rules on one mention with this head token."""
    tree, arguments = reader.tree, reader.arguments
    holder = Argument(mention)
    for preposition, noun, words in tree.obliques(head):
        _prepositional(holder, head, preposition, noun, words, reader, table, out)
    _beside(holder, head, reader, table, out)
    if mention.kind == "pronoun":
        return
    before = [
        c for c in tree.kids[head] if c < head and tree.dep[c] in {"amod", "compound", "poss", "flat", "title", "nmod"}
    ]
    for c in before:
        modifier = arguments.named(c)
        if modifier is None or modifier == mention or tree.low[c + 1] == "-":
            continue
        genitive = modifier.kind == "pronoun" or tree.low[min(modifier.end, len(tree) - 1)] in _GENITIVE
        kind = "poss" if tree.dep[c] == "poss" and genitive else "adj"
        if (kind == "adj" and modifier.kind != "name") or (modifier.kind == "pronoun" and mention.kind != "name"):
            continue
        owner, done = Argument(modifier if kind == "poss" else arguments.as_country(modifier)), False
        for key in (tree.lemma[head], "*"):
            for _, rule in () if done else table.of(kind, key):
                if reader.allows(rule, head):
                    done = (_add(rule, holder, owner, (head, c), out) and key != "*") or done
    _inside(mention, reader, table, out)
    for c in tree.kids[head]:
        dep = tree.dep[c]
        if (dep in {"appos", "nmod"} or (dep == "conj" and tree.asyndetic(c))) and c > head and not tree.preposition(c):
            other = arguments.named(c)
            if other is not None and other.kind == "name" and not _listed(mention, other, arguments):
                for _, rule in table.of("appos", "*"):
                    _add(rule, holder, Argument(other), (c, head), out)


def _listed(first: TokenMention, second: TokenMention, arguments: Arguments) -> bool:
    """Whether two names with a comma between are members of a list ("A, B and C"), not "Brenna, Norland"."""
    low, cover = arguments.tree.low, arguments.cover
    before = first.start - 1
    if before > 0 and low[before] == "," and (cover[before - 1] or first).type == first.type and cover[before - 1]:
        return True
    end = second.end
    while end + 1 < len(low) and low[end] == ",":
        follows = cover[end + 1]
        if low[end + 1] in {"and", "or"}:
            return True
        if follows is None or follows.type != second.type:
            return False
        end = follows.end
    follows = cover[end + 1] if end + 1 < len(low) else None
    return follows is not None and low[end] in {"and", "or"} and follows.type == second.type


def _add(rule: Rule, head: Argument, other: Argument, trigger: tuple[int, ...], out: Collector) -> bool:
    """Put both ends in the order that the rule asks for: the ``head`` may be its subject or its object."""
    subject, object = (head, other) if rule.subject[0][0] == "head" else (other, head)
    return out.add(rule, subject, object, trigger)


def _beside(holder: Argument, head: int, reader: Reader, table: RuleTable, out: Collector) -> None:
    """ "X of Y", and of places "X in Y", "X, in western Y", where the parse hangs Y on another word."""
    low, pos, cover = reader.tree.low, reader.tree.pos, reader.arguments.cover
    mention, at = holder.mention, holder.mention.end
    if at + 2 < len(low) and low[at] == "," and low[at + 1] == "in":
        at += 1
    if at + 1 >= len(low) or mention.kind != "name":
        return
    preposition = low[at]
    if preposition != "of" and not (preposition == "in" and mention.type in {"Place", "Facility"}):
        return
    place = at + 1
    while place < len(low) - 1 and cover[place] is None and (pos[place] in {"DET", "ADJ"} or low[place] == "the"):
        place += 1
    other = cover[place]
    if other is None or other.start != place or reader.tree.dep[other.end - 1] in {"amod", "compound"}:
        return  # "X, in the Tavian province of Y"
    for _, rule in table.of("prep", preposition):
        if reader.allows(rule, head):
            _add(rule, Argument(mention, 0.95), Argument(other), (at,), out)


def match_nationality(mention: TokenMention, head: int, reader: Reader, table: RuleTable, out: Collector) -> None:
    """ "Jane Doe, a Tavian,", "she is a Tavian", "the family was Tavian": said of whom?"""
    tree = reader.tree
    indefinite = any(tree.low[c] in {"a", "an"} for c in tree.kids[head])
    if tree.preposition(head) or not (indefinite or tree.has(head, "cop")):
        return
    for noun, _ in tree.holders(head):
        for holder in reader.arguments.each(noun):
            for _, rule in table.of("title", "people" if reader.arguments.is_demonym(mention) else "*"):
                _add(rule, holder, Argument(mention), (head,), out)


def _prepositional(
    holder: Argument,
    head: int,
    preposition: str,
    noun: int,
    words: tuple[int, ...],
    reader: Reader,
    table: RuleTable,
    out: Collector,
) -> None:
    rules = table.of("prep", preposition)
    if not rules or noun < head:
        return
    for argument in reader.arguments.each(noun):
        for _, rule in rules:
            if not rule.conditions or reader.allows(rule, head):
                _add(rule, holder, argument, (words[-1], *words[:-1]) if words else (noun,), out)


def match_predicate_phrase(noun: int, reader: Reader, table: RuleTable, out: Collector) -> None:
    """``X is in Y``, ``X, under the command of Y, ...`` where the phrase hangs on a verb or a copula."""
    tree = reader.tree
    if tree.has(noun, "cop"):
        found = list(tree.oblique(noun))
        people = tree.surface_subjects(noun)
    elif tree.dep[noun] == "obl" and reader.tree.preposition(noun):
        verb = tree.head[noun]
        people = tree.surface_subjects(verb)
        found = [x for x in tree.oblique(noun) if " " in x[0] and (noun < verb or tree.lemma[verb] in _STATIVE)]
    else:
        return
    for preposition, place, words in found:
        rules = table.of("prep", preposition)
        if rules:
            for person in people:
                for holder in reader.arguments.each(person):
                    _prepositional(holder, person, preposition, place, words, reader, table, out)


_GENITIVE = frozenset({"'s", "’s", "'", "’"})
_STATIVE = frozenset({"be", "operate", "work", "serve", "act", "remain", "fight", "function", "come", "fall", "place"})


def _inside(mention: TokenMention, reader: Reader, table: RuleTable, out: Collector) -> None:
    """A place that opens a longer name ("Tavian Interior Ministry" as one mention) still says its country."""
    if mention.kind != "name" or mention.end - mention.start < 2:
        return
    arguments: Arguments = reader.arguments
    tree = reader.tree
    for i in range(mention.start, mention.end - 1):
        inner = arguments.heads[i]
        if inner is None or inner == mention or inner.kind != "name" or inner.start != mention.start:
            continue
        kind = "poss" if inner.end < mention.end and tree.low[inner.end] in _GENITIVE else "adj"
        head = tree.top(mention.start, mention.end)
        done = False
        for key in (tree.lemma[head], "*"):
            for _, rule in () if done else table.of(kind, key):
                added = _add(rule, Argument(mention), Argument(arguments.as_country(inner)), (head, i), out)
                done = (added and key != "*") or done
        return


def match_religion(mention: TokenMention, head: int, reader: Reader, out_of: RuleTable, out: Collector) -> None:
    """A group name as title of a person ("Sikh leader Jane Doe", "Zoroastrian Jane Doe")."""
    arguments, tree = reader.arguments, reader.tree
    before = arguments.cover[mention.start - 1] if mention.start else None
    if before is None or before.type != "Group" or before.end != mention.start:
        return
    if tree.head[before.end - 1] == head or tree.head[head] == before.end - 1:
        key = "people" if arguments.is_demonym(before) else "*"
        for _, rule in out_of.of("title", key):
            _add(rule, Argument(mention), Argument(before), (before.end - 1,), out)
