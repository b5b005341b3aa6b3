"""Predications: of whom a noun is said, by copula, apposition or as the predicate of "become" and "appoint"."""

from __future__ import annotations

from kg.extraction.syntax.clauses import Clauses
from kg.extraction.syntax.tree import NOUNS, RELATIVES
from kg.extraction.syntax.words import words


class Grammar(Clauses):
    """All that the rules ask of a parse."""

    def holders(self, noun: int) -> list[tuple[int, str]]:
        """Of whom a role or relational noun is said, with how: ``copula``, ``apposition``, ``predicate``."""
        out: list[tuple[int, str]] = []
        first, dep = noun, self.dep[noun]
        if (dep == "conj" and self.asyndetic(noun)) or (dep == "conj" and self._shares_apposition(noun)):
            dep = "appos"
        elif dep == "conj" and self.pos[self.head[noun]] in NOUNS:
            first = self.head[noun]
            while self.dep[first] == "conj" and self.pos[self.head[first]] in NOUNS:
                first = self.head[first]
            dep = self.dep[first]
        if self._made(first):
            out.append((self.head[first], "predicate"))
        elif self.has(first, "cop"):
            out.extend((s, "copula") for s in self.surface_subjects(first))
        elif dep == "appos":
            out.append((self.head[first], "apposition"))
        elif dep == "xcomp":
            out.extend((s, "predicate") for s in self._predicated(self.head[first], first))
        out.extend((c, "apposition") for c in self.kids[noun] if self.dep[c] == "appos")
        return out

    def _made(self, noun: int) -> bool:
        """ "appointed Jane Doe chief executive" where the parse makes the post a part of the name."""
        name = self.head[noun]
        return (
            name < noun
            and self.pos[noun] == "NOUN"
            and self.dep[noun] in {"title", "flat", "appos", "compound", "list", "dep"}
            and self.dep[name] == "obj"
            and self.lemma[self.head[name]] in words("result")
            and not any(self.low[i] in {",", "(", "-", "–", "—"} for i in range(name + 1, noun))
            and not self.has(noun, "det", "poss")
        )

    def _shares_apposition(self, noun: int) -> bool:
        """ "X, founder and chairman of Y," where the parse hangs *chairman* on X itself."""
        head = self.head[noun]
        return (
            self.pos[noun] == "NOUN"
            and self.pos[head] == "PROPN"
            and any(self.dep[c] == "appos" and self.pos[c] == "NOUN" and c < noun for c in self.kids[head])
        )

    def asyndetic(self, noun: int) -> bool:
        """Whether a conjunct stands after a comma with no "and" in sight: an apposition, whatever its label."""
        head = self.head[noun]
        return (
            self.low[noun - 1 if noun else 0] != "and"
            and any(self.low[i] == "," for i in range(head + 1, noun))
            and not any(self.dep[c] == "cc" for c in self.kids[noun])
            and not any(self.dep[c] == "conj" and c != noun for c in self.kids[head])
            and not any(self.dep[c] == "conj" and self.has(c, "cc") for c in self.kids[noun])
        )

    def _predicated(self, verb: int, noun: int) -> list[int]:
        """Who becomes, or is made, what the predicate noun says."""
        objects = [c for c in self.kids[verb] if self.dep[c] in {"obj", "iobj"} and c != noun]
        if objects and not self.passive(verb):
            return [self.antecedent(o) or o if self.low[o] in RELATIVES else o for o in objects[:1]]
        return list(self.surface_subjects(verb))
