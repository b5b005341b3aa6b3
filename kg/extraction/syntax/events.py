"""Verbs and event nouns: "Tavia attacked Norland", "Tavia's attack on Norland", "talks between A and B"."""

from __future__ import annotations

from kg.extraction.syntax.emit import Collector
from kg.extraction.syntax.paths import Reader
from kg.extraction.syntax.rules import Rule, RuleTable

_PARTNERS = frozenset({"prt", "obj", "advmod", "xcomp", "compound", "obl", "mark", "case", "nsubjpass", "amod"})


def match_verb(token: int, reader: Reader, table: RuleTable, out: Collector) -> None:
    """All verb rules whose trigger is this verb, or this adjective with a copula."""
    tree = reader.tree
    for trigger, rule in table.of("verb", tree.lemma[token]):
        words = _partners(token, trigger, reader)
        if words is not None and reader.allows(rule, token):
            _apply(token, (token, *words), rule, reader, out)


def match_event(token: int, reader: Reader, table: RuleTable, out: Collector) -> None:
    """All rules for event nouns whose trigger is this noun."""
    tree = reader.tree
    found = table.of("event", tree.lemma[token]) or table.of("event", tree.low[token])
    if not found or (reader.arguments.cover[token] is not None and reader.arguments.heads[token] is None):
        return  # "Attack" inside a name such as "Massive Attack" is no event
    for _, rule in found:
        if reader.allows(rule, token):
            _apply(token, (token,), rule, reader, out)


def _partners(verb: int, trigger: tuple[str, ...], reader: Reader) -> tuple[int, ...] | None:
    """Tokens of the further words of a trigger ("over" of "take over"), or None where one is missing."""
    tree, out = reader.tree, []
    for word in trigger[1:]:
        partner = next(
            (c for c in tree.kids[verb] if tree.dep[c] in _PARTNERS and word in {tree.lemma[c], tree.low[c]}), None
        )
        if partner is None:
            return None
        out.append(partner)
    return tuple(out)


def _apply(anchor: int, words: tuple[int, ...], rule: Rule, reader: Reader, out: Collector) -> None:
    subjects = reader.fill(anchor, rule.subject)
    if not subjects:
        return
    if rule.reciprocal:
        each = reader.spread(subjects)
        for i, (one, extra) in enumerate(each):
            if i and len(each) > 3:
                break  # "talks between A and B, C and D": all met the first, who else met whom is not said
            for other, _ in each[i + 1 :]:
                out.add(rule, one, other, _trigger(words, extra))
        return
    objects = reader.fill(anchor, rule.object)
    if not objects:
        return
    left, right = reader.spread(subjects), reader.spread(objects)
    for subject, before in left:
        for object, after in right:
            out.add(rule, subject, object, _trigger(words, before + after))


def _trigger(words: tuple[int, ...], extra: tuple[int, ...]) -> tuple[int, ...]:
    return words + tuple(sorted(set(extra) - set(words)))
