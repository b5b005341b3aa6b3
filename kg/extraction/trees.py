"""One reading of the parse for rules: Universal Dependencies, whichever scheme the pipeline speaks.

spaCy's own English models use ClearNLP labels, where prepositions and the copula are heads (``prep``/``pobj``,
``attr``, ``acomp``, ``pcomp``); the packaged model speaks UD, where content words are heads. `Tree` turns the
former into the latter once per document, label by label, so that a rule is written once. A UD parse passes
through unchanged.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from spacy.attrs import DEP, HEAD, LEMMA, ORTH, POS, TAG
from spacy.tokens import Doc

from kg.language.columns import strings_of

RENAMED = {
    "dobj": "obj", "dative": "iobj", "nsubjpass": "nsubj:pass", "csubjpass": "csubj:pass", "auxpass": "aux:pass",
    "neg": "advmod", "poss": "nmod:poss", "relcl": "acl:relcl", "npadvmod": "obl:unmarked", "nn": "compound",
    "prt": "compound:prt", "attr": "xcomp", "acomp": "xcomp", "oprd": "xcomp", "intj": "discourse",
    "preconj": "cc:preconj", "predet": "det:predet", "quantmod": "advmod", "num": "nummod", "meta": "dep",
    "possessive": "case", "ROOT": "root", "tmod": "obl:unmarked",
}  # fmt: skip
"""ClearNLP labels that only have another name in UD."""

VERBAL = frozenset({"VERB", "AUX", "ADJ", "ADV"})


def words(text: str) -> frozenset[str]:
    """A set of words written as one string."""
    return frozenset(text.split())


class Tree:
    """Heads, labels, children, lemmas of a whole `Doc` as plain lists, in UD terms.

    ``head[i]`` is the index of the governor, ``i`` itself at a root (label ``root``). ``kids[i]`` is in text
    order. ``lemma[i]`` is lower-cased. Building is linear in the tokens.
    """

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.head: list[int] = (doc.to_array(HEAD).astype("int64") + np.arange(len(doc))).tolist()
        self.label, self.pos, self.tag, lemmas, texts = (strings_of(doc, a) for a in (DEP, POS, TAG, LEMMA, ORTH))
        self.lower = [text.lower().replace("’", "'") for text in texts]
        self.lemma = [lemma.lower() or w for lemma, w in zip(lemmas, self.lower, strict=True)]
        self._rename()
        self._lower_copulas()
        self._lower_prepositions()
        self.kids: list[list[int]] = [[] for _ in self.head]
        for i, head in enumerate(self.head):
            if head != i:
                self.kids[head].append(i)

    def _rename(self) -> None:
        for i, label in enumerate(self.label):
            if label == "aux" and self.lower[i] == "to":
                self.label[i] = "mark"
            elif not (label == "dative" and self.pos[i] == "ADP") and label not in {"attr", "acomp"}:
                self.label[i] = RENAMED.get(label, label)
            if self.head[i] == i:
                self.label[i] = "root"

    def _lower_copulas(self) -> None:
        """``is -attr-> capital`` becomes ``capital -cop-> is``."""
        kids: dict[int, list[int]] = {}
        if any(label in {"attr", "acomp"} for label in self.label):
            for i, head in enumerate(self.head):
                if head != i:
                    kids.setdefault(head, []).append(i)
        for i, label in enumerate(self.label):
            if label not in {"attr", "acomp"}:
                continue
            be = self.head[i]
            if self.lemma[be] != "be" or be == i or self.label[be] == "cop":
                self.label[i] = "xcomp"
                continue
            self.head[i] = i if self.head[be] == be else self.head[be]
            if self.head[i] != i:
                kids[self.head[i]].append(i)
            for kid in kids[be]:
                if kid != i and self.head[kid] == be:
                    self.head[kid] = i
                    kids.setdefault(i, []).append(kid)
            self.label[i], self.label[be], self.head[be] = self.label[be], "cop", i

    def _lower_prepositions(self) -> None:
        """``met -prep-> in -pobj-> Rome`` becomes ``met -obl-> Rome -case-> in``."""
        for i, label in enumerate(self.label):
            if label not in {"pobj", "pcomp"}:
                continue
            outer = self.head[i]
            if outer == i:
                continue
            chain = [outer]
            while self.label[outer] == "prep" and self.label[self.head[outer]] == "prep":
                outer = self.head[outer]
                chain.append(outer)
            governor, role = self.head[outer], self.label[outer]
            if governor == outer or role in {"case", "mark"}:
                continue
            clause = label == "pcomp" and self.pos[i] in {"VERB", "AUX"}
            if role == "agent":
                self.label[i] = "obl:agent"
            elif clause:
                self.label[i] = "advcl" if self.pos[governor] in VERBAL else "acl"
            else:
                self.label[i] = "obl" if self.pos[governor] in VERBAL else "nmod"
            self.head[i] = governor
            for preposition in chain:
                self.head[preposition], self.label[preposition] = i, "mark" if clause else "case"
        for i, label in enumerate(self.label):
            if label in {"prep", "agent", "dative"}:
                self.label[i] = "advmod"

    def role(self, token: int) -> str:
        """The label without its subtype: ``nsubj:pass`` is ``nsubj``."""
        return self.label[token].split(":")[0]

    def children(self, token: int, *roles: str) -> Iterator[int]:
        """Dependents with one of the labels; a label without subtype takes all its subtypes."""
        for kid in self.kids[token]:
            label = self.label[kid]
            if label in roles or label.split(":")[0] in roles:
                yield kid

    def first(self, token: int, *roles: str) -> int | None:
        """The first such dependent in text order, or None."""
        return next(self.children(token, *roles), None)

    def cases(self, token: int) -> list[str]:
        """Prepositions and markers of a token, lower case: ``["according", "to"]``, ``["without"]``."""
        found: list[str] = []
        for kid in self.children(token, "case", "mark"):
            found.append(self.lower[kid])
            found.extend(self.lower[part] for part in self.children(kid, "fixed"))
        return found

    def ways(self, first: int, second: int) -> tuple[list[int], list[int], int | None]:
        """Both tokens with their governors up to the root, and the place in the second way of the first word that
        both share; None if the parse does not join the two.
        """
        one, other = list(self.up(first)), list(self.up(second))
        shared = set(one)
        return one, other, next((i for i, node in enumerate(other) if node in shared), None)

    def up(self, token: int) -> Iterator[int]:
        """The token and its governors up to the root, guarded against cycles in a damaged parse."""
        seen: set[int] = set()
        while token not in seen:
            yield token
            seen.add(token)
            token = self.head[token]
