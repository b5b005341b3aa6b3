"""One view on a dependency parse, whatever its scheme: children, conjuncts, prepositions, relative pronouns.

Every method takes and gives token indices. Labels are those of `kg.extraction.syntax.schemes`. Coordination is left
folded: a method names the first conjunct, `Tree.conjuncts` gives all of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.attrs import DEP, HEAD, LEMMA, ORTH, POS, SPACY, TAG
from spacy.tokens import Doc

from kg.extraction.syntax.forms import lemma_of
from kg.extraction.syntax.repair import bare_obliques, whole_names
from kg.extraction.syntax.schemes import from_clearnlp, from_universal, is_clearnlp
from kg.extraction.syntax.words import words

NOUNS = frozenset({"NOUN", "PROPN", "PRON", "NUM", "SYM", "X", "ADJ"})
RELATIVES = frozenset({"who", "whom", "which", "that", "whose", "where", "when"})


class Tree:
    """A parse as parallel lists: ``head`` (a root is its own), ``dep``, ``lemma`` and ``low`` (lower case), ``pos``;
    ``glued`` where no blank follows the word.
    """

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
        self.glued: list[bool] = (doc.to_array(SPACY) == 0).tolist()
        self.lemma = [
            lemma_of(low, pos, tag, lemma.lower() or low)
            for low, pos, tag, lemma in zip(self.low, self.pos, self.tag, lemmas, strict=True)
        ]
        heads = [i + (offset - 2**64 if offset >= 2**63 else offset) for i, offset in enumerate(offsets)]
        if is_clearnlp(labels):
            self.head, self.dep = from_clearnlp(heads, labels, self.pos, self.lemma)
        else:
            short = {label: from_universal(label) for label in set(labels)}
            self.head, self.dep = heads, [short[label] for label in labels]
        self._link()
        self._complex = words("complex")

    def _link(self) -> None:
        self.kids: list[list[int]] = [[] for _ in self.head]
        for i, h in enumerate(self.head):
            if h != i:
                self.kids[h].append(i)
            else:
                self.dep[i] = "root"  # whatever a parser calls it: every walk upwards ends here

    def mend(self, names: Sequence[tuple[int, int]], dates: Sequence[tuple[int, int]] = ()) -> None:
        """Make the parse agree with names and dates (half-open token ranges), see `kg.extraction.syntax.repair`."""
        whole_names(self.head, self.dep, [*names, *dates])
        free = [True] * len(self.head)
        for start, end in dates:
            free[start:end] = [False] * (end - start)
        bare_obliques(self.head, self.dep, self.pos, self.low, self.lemma, free)
        self._link()

    def top(self, start: int, end: int) -> int:
        """The head of a phrase: its first word that hangs on nothing inside."""
        return next((i for i in range(start, end) if self.head[i] == i or not start <= self.head[i] < end), end - 1)

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

    def noun_before(self, token: int) -> int | None:
        """The noun phrase that ends right before this word, a comma between or not: "X of Y, which" gives X."""
        t = token - 1 - (token > 0 and self.low[token - 1] == ",")
        if t < 0 or self.pos[t] not in {"NOUN", "PROPN"}:
            return None
        for _ in range(4):
            start = t
            while start > 0 and self.pos[start - 1] in {"PROPN", "ADJ", "NOUN", "NUM", "DET"}:
                start -= 1
            if start < 2 or self.low[start - 1] not in {"of", "in", "from", "at"}:
                break
            if self.pos[start - 2] not in {"NOUN", "PROPN"}:
                break
            t = start - 2
        while self.dep[t] in {"flat", "compound"} and self.head[t] != t and abs(self.head[t] - t) < 6:
            t = self.head[t]
        return t

    def antecedent(self, relative: int) -> int | None:
        """The noun that the relative pronoun stands for, or None where it opens no relative clause."""
        t = relative
        for _ in range(6):
            if self.dep[t] == "relcl" or (self.dep[t] == "acl" and t != relative):
                return self.head[t]
            if self.head[t] == t:
                break
            t = self.head[t]
        return self.noun_before(relative) if self.low[relative] in {"who", "which"} else None
