"""Roles and relational nouns wherever English puts them, and the posts that people hold.

Title ("Interior Minister Jane Doe"), apposition ("Jane Doe, commander of the brigade,"), copula ("is the head of"),
predicate ("was named chair of"), *as* phrase ("resigned as mayor of", "X's appointment as commander"). Each says who
holds the role and of what body, and what relation that is stands in the rule table.
"""

from __future__ import annotations

from kg.extraction.mentions import TokenMention
from kg.extraction.syntax.arguments import Argument
from kg.extraction.syntax.bodies import BODY, Bodies
from kg.extraction.syntax.rules import Path, Rule
from kg.extraction.syntax.words import words
from kg.ontology.names import RelationName


class RoleReader(Bodies):
    """Finds holders and bodies of the role nouns of one document."""

    def match(self, token: int) -> None:
        """All role and relational-noun rules whose head word is this noun."""
        rules = self.rules_of(token)
        if not rules:
            return
        if self._part_of_title(token):
            return
        holders = self.holders(token)
        name = self.arguments.cover[token]
        if name is not None and name.kind == "name" and name.type == "Person":  # Alan King, Earl Wilson, Prince Harry
            holders = [h for h in holders if token == name.start and h[0].mention == name]
        if not holders:
            return
        before = self.before(token)
        former = any(self.tree.low[i] in words("former") for i in before)
        deputy = any(self.tree.low[i] in words("deputy") for i in before)
        for holder, place in holders:
            suffix = f":{place}:former" if former else f":{place}"
            done = False
            for rule in rules:
                if (
                    deputy
                    and rule.kind == "role"
                    and rule.relation not in {RelationName.deputyHead, RelationName.holdsPosition}
                ):
                    continue
                if (
                    rule.kind == "role"
                    and rule.relation == RelationName.deputyHead
                    and not deputy
                    and "deputy" not in self.tree.lemma[token]
                ):
                    continue
                if rule.relation == RelationName.holdsPosition:
                    post = Argument(self.position(token))
                    self.out.add(rule, holder, post, (token,), suffix=suffix)
                    continue
                done = self._relate(token, holder, rule, suffix) or done
            if not done and place in {"as", "predicate", "change"}:
                self._look_around(token, holder, rules, suffix, deputy)

    def _part_of_title(self, token: int) -> bool:
        """Whether a later word is the post: "chief negotiator", "head coach", "deputy foreign minister"."""
        tree, following = self.tree, token + 1
        if (
            following < len(tree)
            and tree.pos[following] == "NOUN"
            and self.arguments.cover[following] is None
            and self.rules_of(following)
        ):
            return True
        head = tree.head[token]
        between = range(token + 1, head)
        return (
            token + 4 > head > token
            and tree.dep[token] in {"amod", "compound"}
            and tree.pos[head] in {"NOUN", "PROPN"}
            and not self._named(head)
            and all(tree.pos[i] in {"ADJ", "NOUN", "PROPN"} and tree.head[i] <= head for i in between)
            and bool(self.rules_of(head))
        )

    def _named(self, token: int) -> bool:
        around = self.arguments.cover[token]
        return around is not None and around.kind == "name"

    def _relate(self, token: int, holder: Argument, rule: Rule, suffix: str) -> bool:
        """Relate the holder to every body that fits."""
        bodies: list[tuple[Argument, tuple[int, ...]]] = []
        path = rule.object if self._is_holder(rule.subject) else rule.subject
        for name, fillers in path:
            bodies = self.bodies(token, holder) if name == "body" else self.reader.spread(
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

    def _look_around(self, token: int, holder: Argument, rules: list[Rule], suffix: str, deputy: bool) -> None:
        """ "changes within the Guard's leadership, with X's appointment as commander": the body stands next door."""
        tree = self.tree
        if list(self.reader.spread([(n, 1.0, e) for p, n, e in tree.obliques(token) if p in BODY])):
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
            if (
                rule.relation == RelationName.holdsPosition
                or rule.kind != "role"
                or (deputy and rule.relation != RelationName.deputyHead)
            ):
                continue
            if not deputy and rule.relation == RelationName.deputyHead:
                continue
            body = Argument(best, 0.65)
            ends = (holder, body) if self._is_holder(rule.subject) else (body, holder)
            self.out.add(rule, *ends, (token,), suffix=f"{suffix}:near")
