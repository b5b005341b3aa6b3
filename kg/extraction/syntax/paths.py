"""Walks the paths of a rule from its trigger to the words at both ends."""

from __future__ import annotations

from kg.extraction.syntax.arguments import Argument, Arguments
from kg.extraction.syntax.predications import Grammar
from kg.extraction.syntax.rules import Condition, Path, Rule

Filler = tuple[int, float, tuple[int, ...]]  # token, factor on the score, further trigger tokens


class Reader:
    """The paths of ``relations.tsv`` over one document."""

    def __init__(self, tree: Grammar, arguments: Arguments) -> None:
        self.tree, self.arguments = tree, arguments

    def fill(self, anchor: int, path: Path) -> list[Filler]:
        """Words at the end of a path, the first alternative that finds any."""
        for name, words in path:
            found = self._step(anchor, name, words)
            if found:
                return found
        return []

    def holds(self, anchor: int, conditions: tuple[Condition, ...]) -> bool:
        """Whether all conditions of a rule hold at this trigger."""
        for condition in conditions:
            fillers = [token for token, _, _ in self.fill(anchor, condition.path)]
            if condition.lemmas:
                met = any(
                    self.tree.lemma[t] in condition.lemmas or self.tree.low[t] in condition.lemmas for t in fillers
                )
            else:
                met = bool(fillers)
            if met == condition.forbidden:
                return False
        return True

    def spread(self, fillers: list[Filler]) -> list[tuple[Argument, tuple[int, ...]]]:
        """Mentions behind the words, conjuncts included."""
        return [
            (Argument(a.mention, a.weight * factor), extra)
            for token, factor, extra in fillers
            for a in self.arguments.each(token)
        ]

    def _step(self, anchor: int, name: str, words: frozenset[str]) -> list[Filler]:
        tree = self.tree
        if name == "subj":
            return [(t, 1.0, ()) for t in tree.subjects(anchor)]
        if name == "obj":
            return [(t, 1.0, ()) for t in tree.objects(anchor)]
        if name == "surface":
            return [(t, 1.0, ()) for t in tree.surface_subjects(anchor)]
        if name == "recv":
            return [(t, 1.0, ()) for t in tree.receivers(anchor)]
        if name in {"obl", "nmod"}:
            return self._obliques(anchor, words)
        if name == "compound":
            return [(c, 1.0, ()) for c in tree.kids[anchor] if c < anchor and tree.dep[c] in _HYPHENED]
        if name == "self":  # the event itself, where it is a mention already
            here = self.arguments.heads[anchor]
            return [(anchor, 1.0, ())] if here is not None and here.type == "Event" else []
        if name == "actor":
            return self._actors(anchor)
        if name == "adj":
            return [(c, 0.95, ()) for c in tree.kids[anchor] if c < anchor and tree.dep[c] in {"amod", "compound"}]
        if name == "by":
            return [(c, 1.0, ()) for c in self._by(anchor)]
        if name == "light":
            verb = tree.light_verb(anchor)
            return [] if verb is None else [(t, 0.95, (verb,)) for t in tree.subjects(verb)]
        if name == "context":
            return [(t, 0.8, ()) for t in self._context(anchor)]
        if name == "prt":
            return [(c, 1.0, ()) for c in tree.kids[anchor] if tree.dep[c] == "prt"]
        return [(c, 1.0, ()) for c in tree.kids[anchor] if tree.dep[c] == name]

    def _obliques(self, anchor: int, words: frozenset[str]) -> list[Filler]:
        tree = self.tree
        out: list[Filler] = [
            (noun, 1.0, extra) for preposition, noun, extra in tree.obliques(anchor) if preposition in words
        ]
        for thing in tree.children(anchor, "obj"):  # "take place in", "take part in"
            if tree.lemma[thing] in {"place", "part"}:
                out += [(noun, 1.0, extra) for preposition, noun, extra in tree.obliques(thing) if preposition in words]
        if not out and tree.pos[anchor] == "VERB" and words & _ATTACHED:  # "sent tanks to X": hung on *tanks*
            out = [
                (noun, 0.9, extra)
                for thing in tree.children(anchor, "obj", "nsubjpass")
                if self.arguments.named(thing) is None
                for preposition, noun, extra in tree.obliques(thing)
                if preposition in words & _ATTACHED
            ]
        if tree.pos[anchor] in {"NOUN", "PROPN"}:
            if not out and words & _ATTACHED:  # "a visit by X to Y": hung on X
                out = [
                    (noun, 0.9, extra)
                    for c in tree.kids[anchor]
                    if c > anchor and tree.dep[c] in {"nmod", "agent"} and tree.preposition(c) in {"by", "of"}
                    for preposition, noun, extra in tree.obliques(c)
                    if preposition in words & _ATTACHED
                ]
            verb = tree.light_verb(anchor)  # "launched an attack on X": the parse may hang "on X" on the verb
            if verb is not None:
                out += [
                    (noun, 0.9, extra)
                    for preposition, noun, extra in tree.obliques(verb)
                    if preposition in words and noun > anchor and noun != anchor
                ]
        return out

    def _context(self, noun: int) -> list[int]:
        """ "Tavia did it as the war with Norland dragged on": the subject around an adverbial clause."""
        tree = self.tree
        verb = tree.head[noun]
        if tree.dep[noun] in {"nsubj", "nsubjpass"} and tree.dep[verb] == "advcl":
            around = tree.head[verb]
            while tree.dep[around] in {"advcl", "xcomp"}:
                around = tree.head[around]
            return list(tree.surface_subjects(around))
        return []

    def _by(self, noun: int) -> list[int]:
        """The *by* phrase of an event noun, also where the parse hangs it on the *of* phrase before it."""
        tree = self.tree
        near = [c for c in tree.kids[noun] if tree.dep[c] in {"nmod", "agent", "obl"}]
        nested = [g for c in near if tree.preposition(c) == "of" for g in tree.children(c, "nmod", "agent")]
        return [c for c in [*near, *nested] if tree.preposition(c) == "by"]

    def _actors(self, noun: int) -> list[Filler]:
        tree = self.tree
        own = tree.children(noun, "poss")
        own += self._by(noun)
        if own:
            return [(t, 1.0, ()) for t in own]
        before = [
            c
            for c in tree.kids[noun]
            if c < noun and tree.dep[c] in {"amod", "compound"} and self.arguments.named(c) is not None
        ]
        if before:
            return [(c, 0.95, ()) for c in before]
        verb = tree.light_verb(noun)
        if verb is not None:
            return [(t, 0.95, (verb,)) for t in tree.subjects(verb)]
        return []

    def allows(self, rule: Rule, anchor: int) -> bool:
        """Whether voice and conditions let the rule speak at this trigger."""
        if rule.voice != "any" and (rule.voice == "passive") != self.tree.passive(anchor):
            return False
        return not rule.conditions or self.holds(anchor, rule.conditions)


_ATTACHED = frozenset({"to", "from", "on", "at", "against", "with", "into", "for"})
_HYPHENED = frozenset({"compound", "obl", "nmod", "nsubj", "advmod", "amod", "dep", "obj"})
