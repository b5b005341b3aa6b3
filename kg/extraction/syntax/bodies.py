"""Of what a role is: "of" phrase, possessor, name or adjective of country before it."""

from __future__ import annotations

from kg.extraction.mentions import TokenMention
from kg.extraction.syntax.adjacent import name_after
from kg.extraction.syntax.arguments import Argument
from kg.extraction.syntax.holders import Holders
from kg.extraction.syntax.paths import Filler
from kg.extraction.syntax.posts import GENITIVE, TITLES

BODY = frozenset({"of", "for", "at", "in", "with", "to", "from", "on", "within"})


class Bodies(Holders):
    """Finds the body, place or person that a role belongs to."""

    def bodies(self, token: int, holder: Argument) -> list[tuple[Argument, tuple[int, ...]]]:
        """What the role is of: prepositional phrase, possessor, or a name before it."""
        tree = self.tree
        fillers: list[Filler] = [
            (noun, 1.0, extra) for preposition, noun, extra in tree.obliques(token) if preposition in BODY
        ]
        fillers += [(c, 1.0, ()) for c in tree.children(token, "poss")]
        if tree.dep[token] in TITLES and not fillers:  # "King Jon of Tavia"
            fillers += [(noun, 0.9, extra) for p, noun, extra in tree.obliques(tree.head[token]) if p == "of"]
        before = [c for c in tree.kids[token] if c < token and tree.dep[c] in {"amod", "compound", "title", "flat"}]
        head = tree.head[token]
        if tree.dep[token] in TITLES:  # "Tavian President X": both may hang on X
            before += [
                c
                for c in tree.kids[head]
                if c < token and tree.dep[c] in {"amod", "compound", "poss", "flat", "nmod"} and c not in before
            ]
            if tree.dep[token] == "flat" and head < token and self.arguments.named(head) not in {None, holder.mention}:
                before.append(head)  # "US President X" as one flat name headed by its first word
            if tree.dep[token] == "compound" and tree.dep[head] in TITLES:
                before += [c for c in tree.kids[head] if c < token and tree.dep[c] in {"amod", "compound"}]
        for c in tuple(before):  # "Tavian chief executive X"
            before += [g for g in tree.kids[c] if g < c and tree.dep[g] in TITLES and g not in before]
        if tree.dep[token] == "conj" and not fillers and not before:  # "founder and chairman of X"
            return self.bodies(tree.head[token], holder) if tree.head[token] != token else []
        if not fillers and not before:
            beside = tree.children(head, "conj") if tree.dep[token] == "appos" else []
            for c in [*tree.children(token, "conj"), *(c for c in beside if c > token)]:
                if tree.pos[c] in {"NOUN", "PROPN"}:
                    fillers += [(n, 0.95, extra) for p, n, extra in tree.obliques(c) if p in BODY]
        if not fillers or tree.pos[fillers[0][0]] == "PRON":
            fillers += self._own(token)
        out = self.reader.spread(fillers)
        for c in before:
            mention = self.arguments.named(c)
            if mention is not None and mention != holder.mention and not mention.start <= token < mention.end:
                out.append((Argument(self.arguments.as_country(mention), 0.95), ()))
        if not out and token > 0 and not fillers:  # a name right before it that the parse hangs elsewhere
            start = self.phrase_start(token)
            near = self.arguments.cover[start - 1] if start > 0 else None
            if (
                near is not None
                and near.end == start
                and near.type in {"Organization", "Place"}
                and tree.dep[token] == "title"
            ):
                out.append((Argument(near, 0.85), ()))
        out = out or (self._beside(token, holder) if not fillers else [])
        return [(a, extra) for a, extra in out if not self.arguments.is_dateline(a.mention)]

    def _beside(self, token: int, holder: Argument) -> list[tuple[Argument, tuple[int, ...]]]:
        """ "mayor of Brenna", "a Swiss doctor", "Nordwind, whose owner ..." by the words alone."""
        low, cover, start = self.tree.low, self.arguments.cover, self.phrase_left(token)
        found: list[tuple[TokenMention, tuple[int, ...]]] = []
        if token + 2 < len(low) and low[token + 1] in BODY - {"in", "with", "to", "on"}:
            place = name_after(token + 2, self.reader)
            named = cover[place] if place is not None else None
            found = [(named, (token + 1,))] if named is not None else []
        if not found:
            inside = [cover[i] for i in range(start, token)]
            found = [(m, ()) for m in dict.fromkeys(inside) if m is not None and start <= m.start and m.end <= token]
        if not found and low[start] == "whose" and start > 1:
            owner = cover[start - 2] if low[start - 1] == "," else cover[start - 1]
            found = [(owner, (start,))] if owner is not None else []
        return [
            (Argument(self.arguments.as_country(m), 0.9), extra)
            for m, extra in found
            if m != holder.mention and m.type not in {"Date", "Position"} and not m.start <= token < m.end
        ]

    def _own(self, token: int) -> list[Filler]:
        """Possessors that the parse does not tell: "X and his wife Y", and a name with 's right before."""
        tree, start = self.tree, self.phrase_start(token)
        if start >= 2 and tree.low[start - 1] in GENITIVE:
            mention = self.arguments.cover[start - 2] or self.arguments.heads[start - 2]
            if mention is not None:
                head = next((i for i in range(mention.start, mention.end) if self.arguments.named(i) == mention), None)
                return [] if head is None else [(head, 0.9, ())]
        pronoun = any(tree.pos[c] == "PRON" and self.arguments.named(c) is None for c in tree.children(token, "poss"))
        top = tree.head[token] if tree.dep[token] in TITLES else token
        if pronoun and tree.dep[top] == "conj":
            return [(tree.head[top], 0.9, ())]
        return []
