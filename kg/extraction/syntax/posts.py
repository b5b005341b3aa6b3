"""Role nouns and the posts they name: "deputy commander of the Fifth Brigade"."""

from __future__ import annotations

from kg.extraction.mentions import TokenMention
from kg.extraction.syntax.adjacent import GENITIVE as GENITIVE
from kg.extraction.syntax.emit import Collector
from kg.extraction.syntax.paths import Reader
from kg.extraction.syntax.rules import Rule, RuleTable
from kg.extraction.syntax.words import words
from kg.ontology.names import RelationName

DETERMINERS = frozenset({"a", "an", "the", "its", "their", "his", "her", "whose", "one", "another"})
TITLES = frozenset({"title", "compound", "flat", "amod"})


class Posts:
    """The rules of a role noun, and its noun phrase."""

    def __init__(self, reader: Reader, table: RuleTable, out: Collector) -> None:
        self.reader, self.table, self.out = reader, table, out
        self.tree, self.arguments = reader.tree, reader.arguments
        self._loose = words("loose") | words("former")

    def rules_of(self, token: int) -> list[Rule]:
        """Rules of the longest trigger that matches here: "prime minister" before "minister"."""
        lemma, out, size = self.tree.lemma[token], [], 0
        for kind in ("role", "noun"):
            found = self.table.of(kind, lemma) or self.table.of(kind, self.tree.low[token])
            for trigger, rule in found:
                if len(trigger) < size and rule.relation not in {RelationName.holdsPosition, RelationName.deputyHead}:
                    continue
                if self._words_match(token, trigger):
                    if rule.relation not in {RelationName.holdsPosition, RelationName.deputyHead}:
                        size = max(size, len(trigger))
                    if rule not in out:
                        out.append(rule)
        return out

    def _words_match(self, token: int, trigger: tuple[str, ...]) -> bool:
        if len(trigger) == 1:
            return True
        lemma, low = self.tree.lemma, self.tree.low
        key = lemma[token] if lemma[token] in trigger else low[token]
        start = token - trigger.index(key)
        return (
            start >= 0
            and start + len(trigger) <= len(low)
            and all(word in {low[start + k], lemma[start + k]} for k, word in enumerate(trigger))
        )

    def before(self, token: int) -> list[int]:
        """Words before the role noun in its own noun phrase."""
        start = min(self.phrase_start(token), self.phrase_left(token))
        out = list(range(start, token))
        head = self.tree.head[token]
        if self.tree.dep[token] in TITLES and head > token:
            out += [c for c in self.tree.kids[head] if c < token and c not in out]
        while start > 0 and self.tree.low[start - 1] in self._loose:
            start -= 1
            out.append(start)
        return out

    def phrase_start(self, token: int) -> int:
        """First word of the role's noun phrase, without determiner, possessor and "former"."""
        tree, start = self.tree, token
        kids = {
            c for c in tree.kids[token] if c < token and tree.dep[c] in {"amod", "compound", "flat", "title", "nmod"}
        }
        if tree.dep[token] in TITLES and tree.head[token] > token:
            kids |= {c for c in tree.kids[tree.head[token]] if c < token and tree.dep[c] in {"amod", "compound"}}
        while start > 0:
            left = start - 1
            if (
                tree.low[left] in self._loose
                or tree.low[left] in GENITIVE
                or tree.dep[left] in {"det", "case", "punct"}
                or tree.has(left, "case")
            ):
                break
            inside = start <= tree.head[left] < token and tree.dep[left] in {"compound", "amod", "flat"}
            if not (left in kids or inside or (tree.dep[left] == "flat" and tree.head[left] in kids)):
                break
            start = left
        return start

    def phrase_left(self, token: int) -> int:
        """First word of the role's noun phrase by what the words are, determiner included, whatever the parse says."""
        tree, start = self.tree, token
        while start > 0 and token - start < 8:
            left = start - 1
            inside = tree.pos[left] in {"ADJ", "NOUN", "PROPN", "NUM", "ADV"} or tree.low[left] in GENITIVE | {"-"}
            if tree.low[left] in DETERMINERS or tree.low[left] in self._loose:
                start = left
                if tree.low[left] in DETERMINERS:
                    break
            elif inside:
                start = left
            else:
                break
        return start

    def position(self, token: int) -> TokenMention:
        """The post as a nominal mention: the role with what stands before it and its *of* phrase."""
        tree, end = self.tree, token + 1
        here = self.arguments.heads[token]
        if here is not None and here.type == "Position":
            return here
        for c in tree.kids[token]:
            if c >= end and tree.dep[c] in {"nmod", "obl"} and tree.preposition(c) in {"of", "for", "at", "in"}:
                first = min(tree.preposition_tokens(c), default=c)
                if first != end:
                    break
                end = self._phrase_end(c, token)
        start = self._hyphens_before(self.phrase_start(token))
        return TokenMention(start, self._hyphens_after(end), "Position", kind="nominal")

    def _hyphens_before(self, start: int) -> int:
        """With what a hyphen ties to the first word: "vice-president", wherever the parse hangs it."""
        low, glued = self.tree.low, self.tree.glued
        while start > 1 and low[start - 1] == "-" and glued[start - 1] and glued[start - 2]:
            start -= 2
        return start

    def _hyphens_after(self, end: int) -> int:
        """With what a hyphen ties to the last word: "singer-songwriter"."""
        low, glued = self.tree.low, self.tree.glued
        while end + 1 < len(low) and low[end] == "-" and glued[end] and glued[end - 1]:
            end += 2
        return end

    def _phrase_end(self, noun: int, role: int) -> int:
        """End of the noun phrase of the complement, without clauses and appositions."""
        tree, end = self.tree, noun + 1
        around = self.arguments.cover[noun]
        if around is not None:
            end = max(end, around.end)
        for c in tree.kids[noun]:
            if tree.dep[c] == "conj" and self.rules_of(c):  # "professor of law and chair of the board"
                continue
            if c > noun and tree.dep[c] in {"nmod", "conj", "compound", "flat"} and tree.low[c - 1] not in {",", ";"}:
                first = min([*tree.preposition_tokens(c), *tree.kids[c], c])
                if first <= end + 1 and tree.preposition(c) in {"", "of", "and", "for"}:
                    end = max(end, self._phrase_end(c, role))
        return end
