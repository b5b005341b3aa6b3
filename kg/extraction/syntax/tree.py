"""One view on a dependency parse, whatever its scheme: who does what to whom, over all the turns of English syntax.

Every method takes and gives token indices. Labels are those of `kg.extraction.syntax.schemes`. Coordination is left
folded: a method names the first conjunct, `Tree.conjuncts` gives all of them.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.attrs import DEP, HEAD, LEMMA, ORTH, POS, TAG
from spacy.tokens import Doc

from kg.extraction.syntax.schemes import from_clearnlp, from_universal, is_clearnlp
from kg.extraction.syntax.words import words

SUBJECTS = frozenset({"nsubj", "nsubjpass"})
NOUNS = frozenset({"NOUN", "PROPN", "PRON", "NUM", "SYM", "X", "ADJ"})
RELATIVES = frozenset({"who", "whom", "which", "that", "whose", "where", "when"})

SUBJECT_CONTROL = frozenset({"promise", "threaten", "vow", "pledge", "agree"})


class Tree:
    """A parse as parallel lists: ``head`` (a root is its own), ``dep``, ``lemma`` and ``low`` (lower case), ``pos``."""

    def __init__(self, doc: Doc) -> None:
        strings = doc.vocab.strings
        names: dict[int, str] = {0: ""}

        def read(column: list[int]) -> list[str]:
            for key in set(column) - names.keys():
                names[key] = strings[key]
            return [names[key] for key in column]

        columns = doc.to_array([HEAD, DEP, POS, TAG, LEMMA, ORTH]).astype("int64").T.tolist()
        offsets = columns[0]
        labels, self.pos, self.tag, lemmas, texts = (read([key % 2**64 for key in column]) for column in columns[1:])
        self.low = [text.lower() for text in texts]
        self.lemma = [lemma.lower() or low for lemma, low in zip(lemmas, self.low, strict=True)]
        heads = [i + (offset - 2**64 if offset >= 2**63 else offset) for i, offset in enumerate(offsets)]
        if is_clearnlp(labels):
            self.head, self.dep = from_clearnlp(heads, labels, self.pos, self.lemma)
        else:
            short = {label: from_universal(label) for label in set(labels)}
            self.head, self.dep = heads, [short[label] for label in labels]
        self.kids: list[list[int]] = [[] for _ in heads]
        for i, h in enumerate(self.head):
            if h != i:
                self.kids[h].append(i)
        self._light, self._complex, self._appeals = words("light"), words("complex"), words("appeal")
        self._subjects: dict[int, tuple[int, ...]] = {}

    def __len__(self) -> int:
        return len(self.head)

    def children(self, token: int, *labels: str) -> list[int]:
        """Children of the token with one of these labels, in text order."""
        return [c for c in self.kids[token] if self.dep[c] in labels]

    def has(self, token: int, *labels: str) -> bool:
        """Whether a child has one of these labels."""
        return any(self.dep[c] in labels for c in self.kids[token])

    def conjuncts(self, token: int) -> list[int]:
        """The token and what is coordinated with it to the right ("A, B and C" from A), nouns with nouns."""
        out = [token]
        for t in out:
            out.extend(c for c in self.spread(t) if self.dep[c] == "conj" and self.pos[c] in NOUNS)
        return out

    def spread(self, token: int) -> list[int]:
        """Children of a word, and of the other words of a name where the parse hung them there by mistake."""
        kids = self.kids[token]
        flat = [c for c in kids if self.dep[c] == "flat"]
        return kids if not flat else sorted({*kids, *(g for f in flat for g in self.kids[f])})

    def preposition(self, noun: int) -> str:
        """The preposition before a noun, all its words in lower case: ``""``, ``"in"``, ``"according to"``."""
        found: list[str] = []
        for c in self.preposition_tokens(noun):
            found.append(self.low[c])
            found.extend(self.low[f] for f in self.kids[c] if self.dep[f] == "fixed")
        return " ".join(found)

    def preposition_tokens(self, noun: int) -> list[int]:
        """The tokens of `preposition`; also where the parse hangs it on the first word of a name."""
        own = [c for c in self.kids[noun] if self.dep[c] == "case" and c < noun]
        if own:
            return own
        return [
            g
            for c in self.kids[noun]
            if c < noun and self.dep[c] in {"compound", "flat"}
            for g in self.kids[c]
            if self.dep[g] == "case" and g < c
        ]

    def obliques(self, token: int) -> Iterator[tuple[str, int, tuple[int, ...]]]:
        """Prepositional dependents as (preposition, noun, trigger tokens); complex prepositions come out both ways.

        ``under the command of X`` gives ("under", command) and ("under command", X), as does ``under X's command``.
        """
        for c in self.spread(token):
            dep = self.dep[c]
            if dep in {"obl", "nmod", "agent"}:
                yield from self.oblique(c)
                for other in self.kids[c]:  # "in X and in Y" as conjuncts with prepositions of their own
                    if (
                        self.dep[other] == "conj"
                        and self.has(other, "case")
                        and self.preposition(other) != (self.preposition(c))
                    ):
                        yield from self.oblique(other)
            elif self.low[c] == "where" and dep == "advmod":
                antecedent = self.antecedent(c)
                if antecedent is not None:
                    yield "in", antecedent, (c,)
            elif (
                dep in {"conj", "appos", "dep"}
                and self.pos[c] in NOUNS
                and not self.has(c, "cc")
                and self.preposition(c)
                and not self.preposition(token)
            ):
                yield from self.oblique(c)  # "X, under the command of Y," with a wrong label

    def oblique(self, noun: int) -> Iterator[tuple[str, int, tuple[int, ...]]]:
        """What `obliques` says of one of its nouns."""
        name, words = self.preposition(noun), tuple(self.preposition_tokens(noun))
        if self.low[noun] in RELATIVES:
            antecedent = self.antecedent(noun)
            if antecedent is not None:
                yield name, antecedent, words
            return
        yield name, noun, words
        key = self.lemma[noun] if self.lemma[noun] in self._complex else self.low[noun]
        if name and key in self._complex:
            whole = f"{name} {key}"
            for c in self.kids[noun]:
                if (self.dep[c] == "nmod" and self.preposition(c) in {"of", "with", "for"}) or self.dep[c] == "poss":
                    yield whole, c, (*words, noun)

    def antecedent(self, relative: int) -> int | None:
        """The noun that the relative pronoun stands for, or None where it opens no relative clause."""
        t = relative
        for _ in range(6):
            if self.dep[t] == "relcl" or (self.dep[t] == "acl" and t != relative):
                return self.head[t]
            if self.head[t] == t:
                return None
            t = self.head[t]
        return None

    def passive(self, verb: int) -> bool:
        """Whether the verb's grammatical subject is the one acted upon."""
        kids = self.kids[verb]
        if any(self.dep[c] in {"nsubjpass", "auxpass"} for c in kids):
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
        governor, dep = self.head[verb], self.dep[verb]
        if own:
            if self.low[own[0]] in RELATIVES:
                antecedent = self.antecedent(own[0])
                return own if antecedent is None else [antecedent]
            return own
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
            objects = self.children(governor, "obj")
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
        """The *by* phrase of a passive."""
        return [
            c
            for c in self.kids[verb]
            if self.dep[c] == "agent" or (self.dep[c] in {"obl", "nmod"} and self.preposition(c) == "by")
        ]

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
        if self.has(first, "cop"):
            out.extend((s, "copula") for s in self.surface_subjects(first))
        elif dep == "appos":
            out.append((self.head[first], "apposition"))
        elif dep == "xcomp":
            out.extend((s, "predicate") for s in self._predicated(self.head[first], first))
        out.extend((c, "apposition") for c in self.kids[noun] if self.dep[c] == "appos")
        return out

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
