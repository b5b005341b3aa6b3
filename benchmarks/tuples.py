"""Open-information tuples from a parse: full phrases as arguments, not names alone.

A clause with a subject gives one tuple for each of its conjoined subjects and objects; the other complements follow as
further arguments. Appositions, possessives and places give tuples of lower confidence without a verb.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from spacy.tokens import Doc

from benchmarks.carb import Tuple
from kg.extraction.trees import Tree, words

SUBJECTS = ("nsubj", "csubj")
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "SYM"})
RELATIVE = frozenset({"who", "which", "that", "whom", "whose", "where", "when"})
OUTSIDE = frozenset({"conj", "cc", "parataxis", "acl:relcl", "appos", "discourse", "mark"})
"""What hangs on a noun without being part of the phrase that it heads."""
CLAUSAL = frozenset({"nsubj", "csubj", "cop", "aux", "advcl", "expl"})
NO_CLAUSE = frozenset({"amod", "compound", "case", "fixed", "flat", "mark", "cop", "aux"})
SHORT_ADVERBS = words("not n't never also no still")
ADVERB_ARGUMENTS = words("there here today yesterday now later again together")
PROMISES = frozenset({"promise", "threaten", "vow"})
"""Verbs whose object does not do what the infinitive says."""
MOST = 5  # prepositional phrases a tuple


class Clauses:
    """Tuples of one annotated sentence; ``printed`` are the tokens as they shall be printed."""

    def __init__(self, doc: Doc, printed: Sequence[str]) -> None:
        self.tree = Tree(doc)
        self.words = printed

    def tuples(self) -> list[Tuple]:
        """All tuples, each once, in the order of their predicates."""
        found: dict[tuple[str, tuple[str, ...]], Tuple] = {}
        for i in range(len(self.words)):
            for t in (*self._clause(i), *self._without_verb(i)):
                if all(t.args) and t.relation and t.args[0].lower() not in RELATIVE:
                    found.setdefault((t.relation, t.args), t)
        return list(found.values())

    # ------------------------------------------------------------ phrases

    def _say(self, tokens: Iterable[int]) -> str:
        ordered = sorted(set(tokens))
        empty = {"PUNCT", "CCONJ"}
        while ordered and self.tree.pos[ordered[0]] in empty and self.words[ordered[0]] not in ("``", '"', "(", "$"):
            ordered.pop(0)
        while ordered and self.tree.pos[ordered[-1]] in empty and self.words[ordered[-1]] not in ("''", '"', ")"):
            ordered.pop()
        return " ".join(self.words[i] for i in ordered)

    def _under(self, token: int, without: Callable[[str], bool] = lambda label: False) -> list[int]:
        """The token and all that hangs on it, but for direct dependents with a label that ``without`` refuses."""
        found = [token]
        for kid in self.tree.kids[token]:
            if not without(self.tree.label[kid]):
                found += self._under(kid)
        return found

    def phrase(self, noun: int, *also_without: str) -> str:
        """The noun phrase (or the predicate without its clause) that a token heads."""
        drop = OUTSIDE | set(also_without)
        if self.tree.pos[noun] not in ("VERB", "AUX"):
            drop |= CLAUSAL
        wide = drop - {"acl"}

        def outside(label: str) -> bool:
            return label in drop or (label != "nmod:poss" and label.split(":")[0] in wide)

        return self._say(self._under(noun, outside))

    def phrases(self, noun: int, *without: str) -> list[str]:
        """One phrase for each conjunct; later ones take over the first one's preposition."""
        conjuncts, waiting = [noun], [noun]
        while waiting:
            for kid in self.tree.children(waiting.pop(), "conj"):
                if self.tree.pos[kid] in NOMINAL or self.tree.pos[kid] == self.tree.pos[noun]:
                    conjuncts.append(kid)
                    waiting.append(kid)
        before = " ".join(self.words[c] for c in self.tree.children(noun, "case") if c < noun)
        found = [self.phrase(noun, *without)]
        for other in sorted(conjuncts[1:]):
            own = "case" in without or self.tree.first(other, "case") is not None
            found.append(
                self.phrase(other, *without) if own or not before else f"{before} {self.phrase(other, *without)}"
            )
        return found

    # ------------------------------------------------------------ clauses

    def _is_clause(self, i: int) -> bool:
        if self.tree.first(i, "cop") is not None:
            return True
        return self.tree.pos[i] == "VERB" and self.tree.role(i) not in NO_CLAUSE

    def _relative(self, clause: int) -> int | None:
        """The relative word of a relative clause, as the argument that it stands in."""
        if self.tree.label[clause] != "acl:relcl":
            return None
        for kid in self.tree.children(clause, *SUBJECTS, "obj", "obl", "advmod", "iobj"):
            inside = [kid, *self.tree.children(kid, "det", "nmod:poss")]
            if any(self.tree.lower[i] in RELATIVE for i in inside):
                return kid
        return None

    def _antecedent(self, clause: int) -> list[str]:
        return [self.phrase(self.tree.head[clause], "acl", "case")]

    def subjects(self, clause: int, seen: frozenset[int] = frozenset()) -> list[str]:
        """What the clause speaks of: its own subject, else the one it shares."""
        if clause in seen:
            return []
        tree, role, head = self.tree, self.tree.label[clause], self.tree.head[clause]
        seen |= {clause}
        own = tree.first(clause, *SUBJECTS)
        if own is not None:
            if tree.lower[own] in RELATIVE:
                if role == "acl:relcl":
                    return self._antecedent(clause)
                if role == "conj" and tree.label[head] == "acl:relcl":
                    return self._antecedent(head)
            if tree.role(own) == "csubj":
                return [self._say(self._under(own))]
            return [] if tree.lower[own] == "there" and len(seen) > 1 else self.phrases(own, "case")
        there = tree.first(clause, "expl")
        if there is not None:
            return [self.words[there]] if len(seen) == 1 else []
        if role in ("conj", "advcl"):
            return self.subjects(head, seen)
        if role == "xcomp":
            obj = tree.first(head, "obj", "iobj")
            if obj is not None and tree.lemma[head] not in PROMISES and tree.pos[clause] in ("VERB", "AUX"):
                return self.phrases(obj)
            return self.subjects(head, seen)
        if role == "acl" and tree.first(clause, "mark") is None and tree.tag[clause] in ("VBN", "VBG", "VBD"):
            return self._antecedent(clause)
        if role == "acl:relcl":
            relative = self._relative(clause)
            if relative is None or tree.role(relative) in SUBJECTS:
                return self._antecedent(clause)
        return []

    def _relation_words(self, i: int) -> list[int]:
        tree, found = self.tree, [i]
        for kid in tree.kids[i]:
            near = kid < i and i - kid <= 2 and not tree.kids[kid]
            adverb = tree.label[kid] == "advmod" and tree.lower[kid] not in RELATIVE | {"how", "why", "however", "then"}
            verbal = tree.role(kid) in ("aux", "cop") or tree.label[kid] == "compound:prt"
            if verbal or (adverb and (tree.lower[kid] in SHORT_ADVERBS or near)):
                found.append(kid)
        return found

    def _clause(self, i: int) -> list[Tuple]:
        tree = self.tree
        if not self._is_clause(i):
            return []
        copula = tree.first(i, "cop") is not None
        bare = tree.pos[i] == "VERB" and tree.first(tree.head[i], "obj", "iobj") is None
        if tree.role(i) == "xcomp" and self._is_clause(tree.head[i]) and (copula or bare):
            return []  # part of the clause above
        subjects = self.subjects(i)
        if not subjects:
            return []
        return self._with_copula(i, subjects) if copula else self._with_verb(i, subjects)

    def _with_copula(self, i: int, subjects: list[str]) -> list[Tuple]:
        tree = self.tree
        said = [k for k in tree.kids[i] if tree.role(k) in ("aux", "cop") or tree.lower[k] in SHORT_ADVERBS]
        before = [k for k in tree.children(i, "case") if k < i]
        adverbs = ("advmod",) if any(tree.role(k) == "advmod" for k in said) else ()
        if tree.pos[i] in NOMINAL:
            kinds = self.phrases(i, "case", "obl")
        else:
            kinds = [self.phrase(i, "obl", "xcomp", "ccomp", *adverbs)]
        obliques = [self.phrase(k) for k in sorted(tree.children(i, "obl", "iobj"))]
        more = obliques + [self._say(self._under(k)) for k in tree.children(i, "xcomp", "ccomp")]
        if tree.pos[i] == "ADJ":
            more += [self._say(self._under(k)) for k in tree.children(i, "advcl") if k > i]
        verb = self._say_in_order(said)
        if tree.pos[i] == "ADJ" and obliques:
            return [Tuple(f"{verb} {kind}", (s, *more), 0.8) for s in subjects for kind in kinds]
        relation = " ".join([verb, *(self.words[k] for k in before)])
        return [Tuple(relation, (s, kind, *more), 0.85) for s in subjects for kind in kinds]

    def _say_in_order(self, tokens: Iterable[int]) -> str:
        return " ".join(self.words[k] for k in sorted(set(tokens)))

    def _with_verb(self, i: int, subjects: list[str]) -> list[Tuple]:
        tree, relative = self.tree, self._relative(i)
        said, chain = self._relation_words(i), [i]
        while tree.first(chain[-1], "obj", "iobj") is None:
            nexts = [
                k
                for k in tree.children(chain[-1], "xcomp")
                if tree.pos[k] == "VERB" or tree.first(k, "cop") is not None
            ]
            if not nexts or nexts[0] in chain:
                break
            chain.append(nexts[0])
            said += list(tree.children(nexts[0], "mark", "aux", "cop", "compound:prt"))
            said += [nexts[0]] if tree.pos[nexts[0]] == "VERB" else []
        shared = tree.label[i] == "conj" and tree.pos[tree.head[i]] == "VERB" and tree.first(i, *SUBJECTS) is None
        if shared and tree.first(i, "aux", "cop") is None and tree.tag[i] in ("VBN", "VB", "VBG"):
            said += tree.children(tree.head[i], "aux")
        objects: list[int] = []
        obliques: list[int] = []
        clauses: list[int] = []
        for verb in chain:
            for kid in tree.kids[verb]:
                role = tree.role(kid)
                if kid == relative or kid in chain or kid in said or role in SUBJECTS:
                    continue
                if role == "obj" or (role == "xcomp" and tree.pos[kid] != "VERB"):
                    objects.append(kid)
                elif role in ("xcomp", "ccomp"):
                    clauses.append(kid)
                elif role in ("obl", "iobj") or (role == "advcl" and kid > verb) or self._place_or_time(kid):
                    obliques.append(kid)
        if shared:
            obliques += [k for k in tree.children(tree.head[i], "obl") if k < tree.head[i]]
        obliques = [k for k in sorted(obliques, key=lambda k: (k < i, k)) if tree.lower[k] not in RELATIVE][:MOST]
        whole = ("advcl", "advmod")
        others = [[self._say(self._under(k))] if tree.role(k) in whole else self.phrases(k) for k in obliques]
        if relative is not None and tree.role(relative) in ("obl", "advmod"):
            preposition = " ".join(self.words[k] for k in tree.children(relative, "case")) or "in"
            if tree.lower[relative] == "where" or tree.first(relative, "case") is not None:
                others.append([f"{preposition} {self._antecedent(i)[0]}"])
        participle = tree.label[i] == "acl" and tree.tag[i] in ("VBN", "VBD") and tree.first(i, "aux") is None
        relation = ("is " if participle else "") + self._say_in_order(said)
        rest, said_clauses = [o[0] for o in others], [self._say(self._under(k)) for k in clauses]
        direct = self.phrases(objects[0]) if objects else self._left_out_object(i, relative)
        if direct:
            return [Tuple(relation, (s, o, *rest, *said_clauses), 0.9) for s in subjects for o in direct]
        if said_clauses:
            if said_clauses[0].startswith("that "):  # "says that" is what is said of them
                relation, said_clauses[0] = f"{relation} that", said_clauses[0].removeprefix("that ")
            return [Tuple(relation, (s, *said_clauses, *rest), 0.75) for s in subjects]
        if not others:
            return [Tuple(relation, (s,), 0.2) for s in subjects]  # hardly ever marked
        return [self._oblique(relation, s, o, rest[1:], obliques) for s in subjects for o in others[0]]

    def _place_or_time(self, i: int) -> bool:
        tree = self.tree
        if tree.label[i] != "advmod":
            return False
        return tree.lower[i] in ADVERB_ARGUMENTS or tree.first(i, "obl", "case", "advmod") is not None

    def _left_out_object(self, i: int, relative: int | None) -> list[str]:
        """The noun of a relative clause in which it is the object: "the offer that they made"."""
        if self.tree.label[i] != "acl:relcl" or self.tree.first(i, *SUBJECTS) is None:
            return []
        is_object = relative is None or self.tree.role(relative) == "obj"
        return self._antecedent(i) if is_object else []

    def _oblique(self, relation: str, subject: str, first: str, rest: list[str], obliques: list[int]) -> Tuple:
        """The preposition of the first phrase goes with the relation."""
        words = first.split(" ")
        many = 0
        if obliques and self.tree.role(obliques[0]) not in ("advcl", "advmod"):
            many = sum(k < obliques[0] for k in self.tree.children(obliques[0], "case"))
        if 0 < many < len(words):
            return Tuple(" ".join([relation, *words[:many]]), (subject, " ".join(words[many:]), *rest), 0.85)
        return Tuple(relation, (subject, first, *rest), 0.8)

    # ------------------------------------------------------------ without a verb

    def _without_verb(self, i: int) -> list[Tuple]:
        tree, head, label, found = self.tree, self.tree.head[i], self.tree.label[i], []
        if tree.pos[i] not in ("NOUN", "PROPN"):
            return []
        owner = self.phrase(head, "acl", "case", "nmod") if head != i else ""
        if label == "appos" and tree.pos[head] in ("NOUN", "PROPN"):
            ends = (owner, self.phrase(i))
            if tree.pos[i] == "PROPN" and tree.pos[head] == "NOUN":
                ends = ends[::-1]  # "the mayor, Ana Rull": she is the mayor
            found.append(Tuple("is", ends, 0.6))
        if label == "nmod" and tree.pos[i] == "PROPN" and tree.pos[head] in ("NOUN", "PROPN"):
            where = [tree.lower[k] for k in tree.children(i, "case") if k < i]
            if where and where[0] in ("in", "at", "on", "from", "near"):
                found.append(Tuple("is " + " ".join(where), (owner, self.phrase(i, "case")), 0.35))
        if label == "nmod:poss":
            found.append(
                Tuple("has", (self.phrase(i, "case"), self.phrase(head, "nmod:poss", "case", "acl", "nmod")), 0.3)
            )
        if label == "nmod:desc" and tree.pos[head] == "PROPN" and not self.words[i].endswith("."):
            name = [head, *(k for part in tree.children(head, "flat") for k in self._under(part))]
            found.append(Tuple("is", (self._say(name), self.phrase(i)), 0.55))
        return found
