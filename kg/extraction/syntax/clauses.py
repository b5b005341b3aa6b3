"""Clauses: who does what to whom, over passives, control, coordination, relative and participial clauses."""

from __future__ import annotations

from spacy.tokens import Doc

from kg.extraction.syntax.tree import RELATIVES, Tree
from kg.extraction.syntax.words import words

SUBJECT_CONTROL = frozenset({"promise", "threaten", "vow", "pledge", "agree"})


class Clauses(Tree):
    """The arguments of verbs, and who acts in what an event noun says."""

    def __init__(self, doc: Doc) -> None:
        super().__init__(doc)
        self._light, self._appeals = words("light"), words("appeal")
        self._subjects: dict[int, tuple[int, ...]] = {}

    def passive(self, verb: int) -> bool:
        """Whether the verb's grammatical subject is the one acted upon."""
        kids = self.kids[verb]
        if any(self.dep[c] in {"nsubjpass", "auxpass"} for c in kids):
            return True
        after = verb + 1 + (verb + 1 < len(self) and self.dep[verb + 1] == "prt")
        if self.tag[verb] == "VBN" and after < len(self) and self.low[after] == "by" and not self.has(verb, "aux"):
            return True
        if self.tag[verb] not in {"VBN", "VBD"} or any(self.dep[c] == "aux" for c in kids):
            return False
        if any(self.dep[c] == "nsubj" for c in kids):  # a participle that the parse took for the main verb
            whole = any(self.dep[c] in {"obj", "xcomp", "ccomp"} for c in kids)
            return (self.low[verb - 1] == "," and self.tag[verb] == "VBN" and not whole) or any(
                self.dep[c] == "agent" for c in kids
            )
        dep = self.dep[verb]
        if dep in {"acl", "amod"}:
            return True
        if dep == "advcl":  # "Led by X, the group ..." but not "as he led the group"
            return not any(self.dep[c] in {"obj", "mark"} for c in kids)
        if dep in {"conj", "xcomp"} and self.tag[verb] == "VBN" and self.head[verb] != verb:
            return dep == "xcomp" or self.passive(self.head[verb])
        return False

    def surface_subjects(self, verb: int) -> tuple[int, ...]:
        """Grammatical subjects, shared and controlled ones included ("X agreed to buy Y": X for *buy*)."""
        known = self._subjects.get(verb)
        if known is None:
            self._subjects[verb] = ()  # a broken parse may run in circles
            known = self._subjects[verb] = tuple(self._find_subjects(verb))
        return known

    def _find_subjects(self, verb: int) -> list[int]:
        own = self.children(verb, "nsubj", "nsubjpass")
        if len(own) > 1 and own[0] < verb:  # of two subjects the one after the verb is a mislabelled object
            own = [c for c in own if c < verb][-1:]
        governor, dep = self.head[verb], self.dep[verb]
        if own:
            if self.low[own[0]] in RELATIVES:
                antecedent = self.antecedent(own[0])
                return own if antecedent is None else [antecedent]
            return own
        if self.tag[verb] == "VBN" and verb > 1 and self.low[verb - 1] == "," and dep not in {"acl", "relcl"}:
            before = self.noun_before(verb)  # "the fund, set up by X," with a wrong label
            if before is not None and not self.has(verb, "aux", "auxpass", "cc"):
                return [before]
        if dep in {"conj", "parataxis"} and self._predicate(governor):
            return list(self.surface_subjects(governor))
        if dep in {"acl", "advcl", "xcomp"} and any(self.low[c] == "to" for c in self.kids[verb]):
            appealed = self._appealed(verb)
            if appealed:
                return appealed
        if dep == "xcomp":
            objects = self.children(governor, "obj", "iobj")
            if objects and self.lemma[governor] not in SUBJECT_CONTROL and objects[0] < verb:
                return objects
            return list(self.surface_subjects(governor))
        if dep == "advcl":
            objects = self.children(governor, "obj", "iobj")
            whole = any(self.low[c] == "to" for c in self.kids[verb])
            if objects and whole and objects[0] < verb and self.lemma[governor] in words("control"):
                return objects
            if objects and {self.low[c] for c in self.children(verb, "mark", "case")} & {"of", "for", "from", "into"}:
                return objects
            return list(self.surface_subjects(governor))
        if dep == "ccomp" and self.tag[verb] in {"VB", "VBG"}:
            objects = self.children(governor, "obj", "iobj")
            return objects or list(self.surface_subjects(governor))
        if dep in {"acl", "amod"}:
            if self.pos[governor] != "PROPN" and self.has(verb, "mark"):
                return self.actors(governor)  # "X's plan to attack Y", "a decision by X to attack Y"
            return [governor]
        if dep == "relcl" and not self.has(verb, "obj") and self.tag[verb] in {"VBN", "VBG"}:
            return [governor]
        return []

    def _appealed(self, verb: int) -> list[int]:
        """ "an invitation to X to join Y", "called on X to join Y": X is to join."""
        noun = self.head[verb]
        nouns = [noun] if self.pos[noun] == "NOUN" else self.children(noun, "obj")
        for noun in nouns:
            if self.lemma[noun] in self._appeals:
                places = [noun, self.head[noun]] if self.dep[noun] == "obj" else [noun]
                for place in places:
                    found = [n for p, n, _ in self.obliques(place) if p in {"to", "on", "for"}]
                    if found:
                        return found
        return []

    def _predicate(self, token: int) -> bool:
        return self.pos[token] in {"VERB", "AUX"} or self.has(token, "cop")

    def subjects(self, verb: int) -> list[int]:
        """Who does it: the grammatical subject of an active verb, the agent of a passive one."""
        if self.passive(verb):
            return self.agents(verb)
        return list(self.surface_subjects(verb))

    def agents(self, verb: int) -> list[int]:
        """The *by* phrase of a passive, also where the parse hangs it on a noun between."""
        found = [
            c
            for c in self.kids[verb]
            if self.dep[c] == "agent" or (self.dep[c] in {"obl", "nmod"} and self.preposition(c) == "by")
        ]
        if found:
            return found
        for token in range(verb + 1, min(verb + 12, len(self))):
            noun = self.head[token]
            if self.low[token] == "by" and self.dep[token] == "case" and noun > token and self.pos[noun] != "NUM":
                return [noun]
            if self.pos[token] in {"VERB", "AUX"} or self.low[token] in {";", ".", '"'}:
                break
        return []

    def objects(self, verb: int) -> list[int]:
        """To whom it is done: the object of an active verb, the grammatical subject of a passive one."""
        own = [c for c in self.kids[verb] if self.dep[c] == "obj"]
        if self.passive(verb):
            return own or list(self.surface_subjects(verb))
        if own:
            if self.low[own[0]] in RELATIVES:
                antecedent = self.antecedent(own[0])
                return own if antecedent is None else [antecedent]
            return own
        subjects = self.children(verb, "nsubj")
        if len(subjects) > 1 and subjects[0] < verb < subjects[-1] and not self.has(verb, "ccomp"):
            return subjects[-1:]
        if self.dep[verb] == "relcl" and self.has(verb, "nsubj"):
            gapped = not any(self.low[c] in RELATIVES for c in self.kids[verb] if self.dep[c] != "mark")
            if gapped and not self.has(verb, "ccomp", "xcomp"):
                return [self.head[verb]]
        governor = self.head[verb]
        if self.dep[verb] == "conj" and self.pos[governor] == "VERB":  # "attacked and occupied Y" with Y on the left
            return [c for c in self.kids[governor] if self.dep[c] == "obj" and c > verb]
        shared = [c for c in self.kids[verb] if self.dep[c] == "conj" and self.pos[c] == "VERB"]
        if shared and not self.has(verb, "obl", "xcomp", "ccomp"):  # ... or on the right verb
            return [o for v in shared[:1] for o in self.kids[v] if self.dep[o] == "obj" and not self.has(v, "nsubj")]
        return []

    def receivers(self, verb: int) -> list[int]:
        """Indirect objects, and the subject of "X was awarded Y"."""
        if self.passive(verb) and self.has(verb, "obj"):
            return list(self.surface_subjects(verb))
        return self.children(verb, "iobj")

    def actors(self, noun: int) -> list[int]:
        """Who does what an event noun says: possessor, *by* phrase, or subject of the light verb that governs it."""
        out = self.children(noun, "poss")
        out += [c for c in self.kids[noun] if self.dep[c] in {"nmod", "agent", "obl"} and self.preposition(c) == "by"]
        if out:
            return out
        verb = self.light_verb(noun)
        return [] if verb is None else self.subjects(verb)

    def light_verb(self, noun: int) -> int | None:
        """The verb of "launch an attack", "hold talks", "take part in talks", or None."""
        verb = self.head[noun]
        if self.pos[verb] == "VERB" and (
            (self.dep[noun] == "obj" and self.lemma[verb] in self._light)
            or (self.dep[noun] == "nsubjpass" and self.lemma[verb] in self._light)
            or (self.dep[noun] == "obl" and self.preposition(noun) == "in" and self.lemma[verb] in {"engage", "lead"})
        ):
            return verb
        return None
