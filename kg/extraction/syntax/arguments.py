"""From a word of the parse to the mentions it stands for.

A name stands for itself. "The coach, Jane Doe," stands for Jane Doe, "Tavian troops" for Tavia (less surely),
"dozens of Tavian soldiers" for the soldiers. A definite noun that no recogniser marked ("the decree") becomes a
nominal mention, if its head is in ``words.tsv``. "Tavia's car" stands for nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from kg.extraction.mentions import MentionTable, TokenMention
from kg.extraction.syntax.tree import RELATIVES, Tree
from kg.extraction.syntax.words import nominal_types, words

_INNER = frozenset({"compound", "advmod", "flat"})
_PREMODIFIERS = frozenset({"amod", "compound", "nummod", "flat", "title"})
_DEMONYM_ENDINGS = ("an", "ian", "ish", "ese", "i", "ch", "sh", "ic", "ss", "ek")


@dataclass(frozen=True, slots=True)
class Argument:
    """A mention that fills a place, and how sure it is that the words stand for it (a factor, 0..1)."""

    mention: TokenMention
    weight: float = 1.0


class Arguments:
    """Answers for one document; every token is worked out once."""

    def __init__(self, tree: Tree, table: MentionTable) -> None:
        self.tree, self.table = tree, table
        self._types = nominal_types()
        self._religious = tuple(sorted(words("religious")))
        self.heads: list[TokenMention | None] = [None] * len(tree)
        for m in sorted(table.mentions, key=lambda m: (m.kind != "name", m.end - m.start)):
            head = tree.top(m.start, m.end)  # the longest mention wins a head, names before nominals
            held = self.heads[head]
            if held is None or (held.kind == m.kind and m.end - m.start > held.end - held.start):
                self.heads[head] = m
        self.cover: list[TokenMention | None] = [None] * len(tree)
        for mention in table.mentions:  # the longest name around each token
            for i in range(mention.start, mention.end):
                held = self.cover[i]
                if mention.kind == "name" and (held is None or mention.end - mention.start > held.end - held.start):
                    self.cover[i] = mention
        self._known: dict[int, tuple[Argument, ...]] = {}

    def named(self, token: int) -> TokenMention | None:
        """The mention with this token as its head, also where the parse gives a name two heads."""
        mention = self.heads[token]
        if mention is not None:
            return mention
        around = self.cover[token]
        if around is not None and not around.start <= self.tree.head[token] < around.end:
            return around
        return None

    def each(self, token: int) -> list[Argument]:
        """What a word and everything coordinated with it stand for."""
        out: list[Argument] = []
        for conjunct in self.tree.conjuncts(token):
            out.extend(a for a in self.of(conjunct) if a not in out)
        return out

    def of(self, token: int) -> tuple[Argument, ...]:
        """What one word stands for, without its conjuncts."""
        known = self._known.get(token)
        if known is None:
            self._known[token] = ()
            known = self._known[token] = self._find(token)
        return known

    def _find(self, token: int) -> tuple[Argument, ...]:
        tree = self.tree
        mention = self.named(token)
        if mention is not None and mention.kind == "name":
            return self._after_dateline(token) if self.is_dateline(mention) else (Argument(mention),)
        name = self.name_beside(token)
        if name is not None:
            return (Argument(name, 0.95),)
        if mention is not None:
            return (Argument(mention),)
        if tree.low[token] in RELATIVES:
            antecedent = tree.antecedent(token)
            return () if antecedent in {None, token} else self.of(antecedent or 0)
        lemma = tree.lemma[token]
        if lemma in words("quantity") or tree.pos[token] == "NUM":
            return tuple(
                replace(a, weight=a.weight * 0.9)
                for c in tree.children(token, "nmod")
                if tree.preposition(c) == "of"
                for a in self.each(c)
            )
        actor = self._represented(token)
        if actor:
            return actor
        made = self.nominal(token)
        return () if made is None else (Argument(made, 0.8),)

    def is_dateline(self, mention: TokenMention) -> bool:
        """ "BRENNA, May 3 - Tavia said ...": a place in capitals before a dash takes no part in the sentence."""
        low, doc = self.tree.low, self.table.doc
        words = mention.span(doc).text
        if mention.type != "Place" or len(words) < 4 or not words.isupper():
            return False
        for token in range(mention.end, min(mention.end + 12, len(low))):
            if low[token] in {"-", "–", "—", ":"}:
                return True
            if not (
                self.cover[token] or low[token] in {",", "(", ")", "."} or self.tree.pos[token] in {"NUM", "PROPN"}
            ):
                return False
        return False

    def _after_dateline(self, token: int) -> tuple[Argument, ...]:
        for c in self.tree.kids[token]:
            mention = self.heads[c]
            if self.tree.dep[c] == "flat" and mention is not None and mention.start == c:
                return (Argument(mention, 0.9),)
        return ()

    def name_beside(self, token: int) -> TokenMention | None:
        """The name that a common noun carries: "coach Jane Doe", "the coach, Jane Doe"."""
        if self.tree.pos[token] not in {"NOUN", "PROPN"}:
            return None
        for c in self.tree.kids[token]:
            if c > token and self.tree.dep[c] in {"flat", "appos", "title"}:
                mention = self.named(c)
                if mention is not None and mention.kind == "name" and mention.type not in {"Date", "Position"}:
                    return mention
        return None

    def _represented(self, token: int) -> tuple[Argument, ...]:
        """ "Tavian troops", "Tavia's army", "officials of the ministry" stand for whom they belong to."""
        tree = self.tree
        if not self._in_class(token, "representative"):
            return ()
        out: list[Argument] = []
        for c in tree.kids[token]:
            if tree.dep[c] in {"amod", "compound", "poss"} or (tree.dep[c] == "nmod" and tree.preposition(c) == "of"):
                mention = self.named(c)
                if mention is not None and mention.type in {"Place", "Organization", "Group"}:
                    out.append(Argument(self.as_country(mention), 0.75))
                    for other in tree.conjuncts(c)[1:]:
                        also = self.named(other)
                        if also is not None and also.type in {"Place", "Organization", "Group"}:
                            out.append(Argument(self.as_country(also), 0.75))
        return tuple(out)

    def _in_class(self, token: int, name: str) -> bool:
        return self.tree.lemma[token] in words(name) or self.tree.low[token] in words(name)

    def as_country(self, mention: TokenMention) -> TokenMention:
        """A demonym before a noun ("Tavian troops") as the place it belongs to; anything else as it is."""
        if mention.type == "Group" and self.is_demonym(mention):
            return replace(mention, type="Place", subtype="Country")
        return mention

    def is_demonym(self, mention: TokenMention) -> bool:
        """Whether a Group mention names a people, by its form: one capitalised word with the ending of a demonym."""
        last = self.tree.low[mention.end - 1].removesuffix("s")
        words = range(mention.start, mention.end)
        return (
            all(self.table.doc[i].text[:1].isupper() for i in words)
            and last.endswith(_DEMONYM_ENDINGS)
            and not last.startswith(self._religious)
        )

    def nominal(self, token: int) -> TokenMention | None:
        """A new nominal mention for a specific common noun ("the decree", "American citizens"), or None."""
        tree = self.tree
        if tree.pos[token] != "NOUN":
            return None
        lemma, start = tree.lemma[token], token
        left = [c for c in tree.kids[token] if c < token and tree.dep[c] in _PREMODIFIERS]
        two = f"{tree.lemma[token - 1]}_{lemma}" if left and left[-1] == token - 1 else ""
        kind = self._types.get(two) or self._types.get(lemma)
        if kind is None:
            return None
        for c in reversed(left):
            if c != start - 1:
                break
            start = c
            while (
                start > 0 and self.tree.head[start - 1] == c and tree.dep[start - 1] in {"compound", "advmod", "flat"}
            ):
                start -= 1
        definite = any(
            (tree.dep[c] == "det" and tree.low[c] in {"the", "this", "that", "these", "those"}) or tree.dep[c] == "poss"
            for c in tree.kids[token]
        )
        modified = start < token or any(tree.dep[c] in {"nmod", "acl"} for c in tree.kids[token])
        if kind == "Group":  # a bare plural only with something that says which
            if not modified:
                return None
        elif not definite and not modified:
            return None
        return TokenMention(start, token + 1, kind, kind="nominal")
