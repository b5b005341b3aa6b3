"""Roles and relational nouns wherever English puts them, and the posts that people hold.

Title ("Interior Minister Jane Doe"), apposition ("Jane Doe, commander of the brigade,"), copula ("is the head of"),
predicate ("was named chair of"), *as* phrase ("resigned as mayor of", "X's appointment as commander"). Each says who
holds the role and of what body, and what relation that is stands in the rule table.
"""

from __future__ import annotations

from kg.extraction.mentions import TokenMention
from kg.extraction.syntax.arguments import Argument
from kg.extraction.syntax.emit import Collector
from kg.extraction.syntax.paths import Filler, Reader
from kg.extraction.syntax.rules import Path, Rule, RuleTable
from kg.extraction.syntax.tree import NOUNS
from kg.extraction.syntax.words import words

_BODY = frozenset({"of", "for", "at", "in", "with", "to", "from", "on", "within"})

_GENITIVE = frozenset({"'s", "’s", "'", "’"})
_TITLES = frozenset({"title", "compound", "flat", "amod"})


class RoleReader:
    """Finds holders and bodies of the role nouns of one document."""

    def __init__(self, reader: Reader, table: RuleTable, out: Collector) -> None:
        self.reader, self.table, self.out = reader, table, out
        self.tree, self.arguments = reader.tree, reader.arguments
        self._loose = words("loose") | words("former")

    def match(self, token: int) -> None:
        """All role and relational-noun rules whose head word is this noun."""
        rules = self._rules(token)
        if not rules:
            return
        holders = self._holders(token)
        if not holders:
            return
        before = self._before(token)
        former = any(self.tree.low[i] in words("former") for i in before)
        deputy = any(self.tree.low[i] in words("deputy") for i in before)
        for holder, place in holders:
            suffix = f":{place}:former" if former else f":{place}"
            done = False
            for rule in rules:
                if deputy and rule.kind == "role" and rule.relation not in {"deputyHead", "holdsPosition"}:
                    continue
                if (
                    rule.kind == "role"
                    and rule.relation == "deputyHead"
                    and not deputy
                    and "deputy" not in self.tree.lemma[token]
                ):
                    continue
                if rule.relation == "holdsPosition":
                    post = Argument(self.position(token))
                    self.out.add(rule, holder, post, (token,), suffix=suffix)
                    continue
                done = self._relate(token, holder, rule, suffix) or done
            if not done and place in {"as", "predicate", "change"}:
                self._look_around(token, holder, rules, suffix, deputy)

    def _relate(self, token: int, holder: Argument, rule: Rule, suffix: str) -> bool:
        """Relate the holder to every body that fits."""
        bodies: list[tuple[Argument, tuple[int, ...]]] = []
        path = rule.object if self._is_holder(rule.subject) else rule.subject
        for name, fillers in path:
            bodies = self._bodies(token, holder) if name == "body" else self.reader.spread(
                self.reader.fill(token, ((name, fillers),))
            )  # fmt: skip
            if bodies:
                break
        found = False
        for body, extra in bodies:
            if body.mention == holder.mention:
                continue
            ends = (holder, body) if self._is_holder(rule.subject) else (body, holder)
            found = self.out.add(rule, *ends, (token, *extra), suffix=suffix) or found
        return found

    @staticmethod
    def _is_holder(path: Path) -> bool:
        return path[0][0] == "holder"

    def _rules(self, token: int) -> list[Rule]:
        """Rules of the longest trigger that matches here: "prime minister" before "minister"."""
        lemma, out, size = self.tree.lemma[token], [], 0
        for kind in ("role", "noun"):
            found = self.table.of(kind, lemma) or self.table.of(kind, self.tree.low[token])
            for trigger, rule in found:
                if len(trigger) < size and rule.relation not in {"holdsPosition", "deputyHead"}:
                    continue
                if self._words_match(token, trigger):
                    if rule.relation not in {"holdsPosition", "deputyHead"}:
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

    def _before(self, token: int) -> list[int]:
        """Words before the role noun in its own noun phrase."""
        start = self.phrase_start(token)
        out = list(range(start, token))
        head = self.tree.head[token]
        if self.tree.dep[token] in _TITLES and head > token:
            out += [c for c in self.tree.kids[head] if c < token and c not in out]
        while start > 0 and self.tree.low[start - 1] in self._loose:
            start -= 1
            out.append(start)
        return out

    # who holds it

    def _holders(self, token: int) -> list[tuple[Argument, str]]:
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
            if self._rules(other) and self.arguments.cover[token] is None:
                out = self._holders(other)
        if not out:
            out = self._misplaced(token)
        if not out:
            out = self._as_phrase(token)
        if not out and tree.dep[token] in {"obj", "nmod", "obl"}:
            out = self._predicate_object(token)
        return out

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

    # of what

    def _bodies(self, token: int, holder: Argument) -> list[tuple[Argument, tuple[int, ...]]]:
        """What the role is of: prepositional phrase, possessor, or a name before it."""
        tree = self.tree
        fillers: list[Filler] = [
            (noun, 1.0, extra) for preposition, noun, extra in tree.obliques(token) if preposition in _BODY
        ]
        fillers += [(c, 1.0, ()) for c in tree.children(token, "poss")]
        if tree.dep[token] in _TITLES and not fillers:  # "King Jon of Tavia"
            fillers += [(noun, 0.9, extra) for p, noun, extra in tree.obliques(tree.head[token]) if p == "of"]
        before = [c for c in tree.kids[token] if c < token and tree.dep[c] in {"amod", "compound", "title", "flat"}]
        head = tree.head[token]
        if tree.dep[token] in _TITLES:  # "Tavian President X": both may hang on X
            before += [
                c
                for c in tree.kids[head]
                if c < token and tree.dep[c] in {"amod", "compound", "poss", "flat", "nmod"} and c not in before
            ]
            if tree.dep[token] == "flat" and head < token and self.arguments.named(head) not in {None, holder.mention}:
                before.append(head)  # "US President X" as one flat name headed by its first word
            if tree.dep[token] == "compound" and tree.dep[head] in _TITLES:
                before += [c for c in tree.kids[head] if c < token and tree.dep[c] in {"amod", "compound"}]
        for c in tuple(before):  # "Tavian chief executive X"
            before += [g for g in tree.kids[c] if g < c and tree.dep[g] in _TITLES and g not in before]
        if tree.dep[token] == "conj" and not fillers and not before:  # "founder and chairman of X"
            return self._bodies(tree.head[token], holder) if tree.head[token] != token else []
        if not fillers and not before:
            beside = tree.children(head, "conj") if tree.dep[token] == "appos" else []
            for c in [*tree.children(token, "conj"), *(c for c in beside if c > token)]:
                if tree.pos[c] in {"NOUN", "PROPN"}:
                    fillers += [(n, 0.95, extra) for p, n, extra in tree.obliques(c) if p in _BODY]
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
        return out

    def _own(self, token: int) -> list[Filler]:
        """Possessors that the parse does not tell: "X and his wife Y", and a name with 's right before."""
        tree, start = self.tree, self.phrase_start(token)
        if start >= 2 and tree.low[start - 1] in _GENITIVE:
            mention = self.arguments.cover[start - 2]
            if mention is not None:
                head = next((i for i in range(mention.start, mention.end) if self.arguments.named(i) == mention), None)
                return [] if head is None else [(head, 0.9, ())]
        pronoun = any(tree.pos[c] == "PRON" and self.arguments.named(c) is None for c in tree.children(token, "poss"))
        top = tree.head[token] if tree.dep[token] in _TITLES else token
        if pronoun and tree.dep[top] == "conj":
            return [(tree.head[top], 0.9, ())]
        return []

    def _look_around(self, token: int, holder: Argument, rules: list[Rule], suffix: str, deputy: bool) -> None:
        """ "changes within the Guard's leadership, with X's appointment as commander": the body stands next door."""
        tree = self.tree
        if list(self.reader.spread([(n, 1.0, e) for p, n, e in tree.obliques(token) if p in _BODY])):
            return
        best: TokenMention | None = None
        node = self._first(token)
        for _ in range(6):
            node = tree.head[node]
            near = [n for p, n, _ in tree.obliques(node) if p in {"in", "within", "at", "inside", "of", "across"}]
            near += [s for s in tree.kids[node] if tree.dep[s] in {"nsubj", "nsubjpass", "obj"}]
            for noun in near:
                if noun >= token:
                    continue
                nested = [n for p, n, _ in tree.obliques(noun) if p in {"in", "within", "at", "inside", "of"}]
                for place in [noun, *tree.children(noun, "poss", "compound"), *nested,
                              *(c for n in nested for c in tree.children(n, "poss", "compound"))]:  # fmt: skip
                    mention = self.arguments.named(place)
                    if mention is not None and mention.type == "Organization" and mention != holder.mention:
                        best = mention if best is None or mention.start > best.start else best
            if best is not None or tree.head[node] == node:
                break
        if best is None:
            return
        for rule in rules:
            if rule.relation == "holdsPosition" or rule.kind != "role" or (deputy and rule.relation != "deputyHead"):
                continue
            if not deputy and rule.relation == "deputyHead":
                continue
            body = Argument(best, 0.65)
            ends = (holder, body) if self._is_holder(rule.subject) else (body, holder)
            self.out.add(rule, *ends, (token,), suffix=f"{suffix}:near")

    # the post itself

    def phrase_start(self, token: int) -> int:
        """First word of the role's noun phrase, without determiner, possessor and "former"."""
        tree, start = self.tree, token
        kids = {
            c for c in tree.kids[token] if c < token and tree.dep[c] in {"amod", "compound", "flat", "title", "nmod"}
        }
        if tree.dep[token] in _TITLES and tree.head[token] > token:
            kids |= {c for c in tree.kids[tree.head[token]] if c < token and tree.dep[c] in {"amod", "compound"}}
        while start > 0:
            left = start - 1
            if (
                tree.low[left] in self._loose
                or tree.low[left] in _GENITIVE
                or tree.dep[left] in {"det", "case", "punct"}
                or tree.has(left, "case")
            ):
                break
            inside = start <= tree.head[left] < token and tree.dep[left] in {"compound", "amod", "flat"}
            if not (left in kids or inside or (tree.dep[left] == "flat" and tree.head[left] in kids)):
                break
            start = left
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
        start = self.phrase_start(token)
        return TokenMention(start, end, "Position", kind="nominal")

    def _phrase_end(self, noun: int, role: int) -> int:
        """End of the noun phrase of the complement, without clauses and appositions."""
        tree, end = self.tree, noun + 1
        around = self.arguments.cover[noun]
        if around is not None:
            end = max(end, around.end)
        for c in tree.kids[noun]:
            if tree.dep[c] == "conj" and self._rules(c):  # "professor of law and chair of the board"
                continue
            if c > noun and tree.dep[c] in {"nmod", "conj", "compound", "flat"} and tree.low[c - 1] not in {",", ";"}:
                first = min([*tree.preposition_tokens(c), *tree.kids[c], c])
                if first <= end + 1 and tree.preposition(c) in {"", "of", "and", "for"}:
                    end = max(end, self._phrase_end(c, role))
        return end
