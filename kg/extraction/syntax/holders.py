"""Who holds a role, wherever English puts it: title, apposition, copula, predicate, *as* phrase, event noun."""

from __future__ import annotations

from kg.extraction.syntax.adjacent import name_after
from kg.extraction.syntax.arguments import Argument
from kg.extraction.syntax.posts import DETERMINERS, GENITIVE, Posts
from kg.extraction.syntax.tree import NOUNS
from kg.extraction.syntax.words import words

_APPOSED = frozenset({"Person", "Organization", "Place", "Facility", "Group", "Product", "Work"})


class Holders(Posts):
    """Finds the holders of a role noun, each with the construction that says so."""

    def holders(self, token: int) -> list[tuple[Argument, str]]:
        """Holders of the role that this noun names, with ``title``, ``apposition``, ``copula``, ``as`` ..."""
        tree = self.tree
        out: list[tuple[Argument, str]] = []
        title = self._titled(token)
        if title is not None:
            return [(title, "title")]
        for noun, place in tree.holders(token):
            out.extend((a, place) for a in self._people(noun, token))
        if not out and tree.dep[token] == "conj" and self.arguments.cover[token] is None:
            named = self.arguments.named(tree.head[token])  # "Jane Doe, dean of A, and Chair of B"
            if named is not None and named.type == "Person" and tree.has(tree.head[token], "appos"):
                out = [(Argument(named, 0.9), "apposition")]
        if not out and tree.dep[token] == "conj" and tree.dep[tree.head[token]] == "nmod":
            other = tree.head[tree.head[token]]  # "dean of A and chair of B" with *chair* hung on A
            if self.rules_of(other) and self.arguments.cover[token] is None:
                out = self.holders(other)
        if not out:
            out = self._misplaced(token)
        if not out:
            out = self._as_phrase(token)
        if not out and tree.dep[token] in {"obj", "nmod", "obl"}:
            out = self._predicate_object(token)
        if not out:
            out = self._adjacent(token)
        return out

    def _adjacent(self, token: int) -> list[tuple[Argument, str]]:
        """ "Tavia's mayor, Jane Doe," and "Jane Doe, mayor of Brenna," where the parse ties them to other words."""
        low, cover, start = self.tree.low, self.arguments.cover, self.phrase_left(token)
        definite = low[start] in DETERMINERS or any(low[i] in GENITIVE for i in range(start, token))
        end = token + 1
        if end + 1 < len(low) and low[end] in {"of", "for", "at"}:  # "the mayor of Brenna, Jane Doe,"
            body = name_after(end + 1, self.reader)
            named = cover[body] if body is not None else None
            end = named.end if named is not None and named.type != "Person" else end
        after = cover[end + 1] if end + 1 < len(cover) and low[end] == "," else None
        if after is not None and after.type == "Person" and after.start == end + 1 and definite:
            closes = after.end >= len(low) or low[after.end] in {",", ".", ";", "said", ")"}
            if closes:
                return [(Argument(after, 0.85), "apposition")]
        before = cover[start - 2] if start > 1 and low[start - 1] == "," else None
        if (
            before is not None
            and before.end == start - 1
            and (before.type == "Person" or (definite and before.type in _APPOSED))
        ):
            return [(Argument(before, 0.85), "apposition")]
        return []

    def _misplaced(self, token: int) -> list[tuple[Argument, str]]:
        """ "The commander of the brigade, Jane Doe," where the parse hangs the name on *brigade*."""
        tree = self.tree
        out: list[tuple[Argument, str]] = []
        for c in tree.children(token, "nmod"):
            body = self.arguments.named(c)
            for a in tree.kids[c]:
                if a > c and (tree.dep[a] == "appos" or (tree.dep[a] == "conj" and tree.asyndetic(a))):
                    name = self.arguments.named(a)
                    if name is not None and name.type == "Person" and (body is None or body.type != "Person"):
                        out.append((Argument(name, 0.9), "apposition"))
        return out

    def _people(self, noun: int, role: int) -> list[Argument]:
        found = self.arguments.each(noun) if self.tree.dep[role] != "appos" else list(self.arguments.of(noun))
        return [a for a in found if not (a.mention.start <= role < a.mention.end and a.mention.kind != "name")]

    def _titled(self, token: int) -> Argument | None:
        """The name right after the role noun, when the parse ties them together in whatever way."""
        tree, cover = self.tree, self.arguments.cover
        around = cover[token]
        if around is not None and around.type == "Person" and around.start <= token < around.end - 1:
            if around.end - around.start == 2 and tree.low[token] in words("namelike"):
                return None
            return Argument(around) if token == around.start or tree.low[token - 1] in {"prime", "vice"} else None
        follows = cover[token + 1] if token + 1 < len(cover) else None
        if follows is None or follows.start != token + 1 or (around is not None and around.type != "Position"):
            return None
        inside = range(follows.start, follows.end)
        head = tree.head[token]
        if head in inside and tree.dep[token] in {"title", "compound", "flat", "nmod", "amod", "appos", "nsubj"}:
            return Argument(follows)
        if any(tree.head[i] == token and tree.dep[i] in {"flat", "title", "appos", "compound", "nmod"} for i in inside):
            return Argument(follows)
        if follows.type == "Person" and any(tree.head[i] == head and i != head for i in inside):
            return Argument(follows, 0.9)
        return None

    def _as_phrase(self, token: int) -> list[tuple[Argument, str]]:
        """ "resigned as mayor", "was sworn in as president", "X's appointment as commander"."""
        tree, role = self.tree, self._first(token)
        if tree.preposition(role) != "as" and not any(
            tree.low[c] == "as" for c in tree.kids[role] if tree.dep[c] in {"mark", "case"}
        ):
            return []
        governor = tree.head[role]
        if tree.pos[governor] in {"NOUN", "PROPN"} and tree.lemma[governor] in words("change"):
            return self._changed(governor)
        if tree.pos[governor] == "VERB":
            if tree.passive(governor):
                people = list(tree.surface_subjects(governor))
            else:
                people = tree.objects(governor) if tree.lemma[governor] not in words("own") else []
                people = people or list(tree.surface_subjects(governor))
                nouns = [o for o in people if tree.lemma[o] in words("change")]  # "announced X's appointment ... as"
                if nouns:
                    return self._changed(nouns[0])
            return [(a, "as") for p in people for a in self.arguments.each(p)]
        return []

    def _changed(self, noun: int) -> list[tuple[Argument, str]]:
        tree = self.tree
        people = tree.children(noun, "poss") or [
            c for c in tree.children(noun, "nmod") if tree.preposition(c) in {"of", "by"}
        ]
        return [(a, "change") for p in people for a in self.arguments.each(p)]

    def _predicate_object(self, token: int) -> list[tuple[Argument, str]]:
        """ "appointed to the post of chair", "was elected mayor" where the parse calls *mayor* an object."""
        tree, role = self.tree, self._first(token)
        governor = tree.head[role]
        if tree.dep[role] == "nmod" and tree.preposition(role) == "of" and tree.lemma[governor] in words("post"):
            role, governor = governor, tree.head[governor]
        elif tree.dep[role] != "obj" or tree.lemma[governor] not in words("result"):
            return []
        if tree.pos[governor] != "VERB":
            return self._changed(governor) if tree.lemma[governor] in words("change") else []
        people = [c for c in tree.children(governor, "obj", "iobj") if c != role] if not tree.passive(governor) else []
        return [(a, "predicate") for p in (people or tree.surface_subjects(governor)) for a in self.arguments.each(p)]

    def _first(self, token: int) -> int:
        tree = self.tree
        while tree.dep[token] == "conj" and tree.pos[tree.head[token]] in NOUNS and not tree.has(token, "case"):
            token = tree.head[token]
        return token
