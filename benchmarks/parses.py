"""Two analyses of one text compared as in the CoNLL 2018 shared task (Zeman et al. 2018).

Words match if they cover the same characters. What is counted of a sentence is its span of characters; of a word its
span together with the tag, the lemma, or the head (matched to the gold head) and the relation, subtypes included.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from benchmarks.conllu import Parsed, Word
from benchmarks.measures import Counts

METRICS = ("Words", "Sentences", "UPOS", "XPOS", "Lemmas", "UAS", "LAS", "CLAS")
_FUNCTIONAL = {"aux", "case", "cc", "clf", "cop", "det", "mark", "punct"}


def words_of(doc: Doc) -> Parsed:
    """The analysis that a pipeline made, white-space tokens left out."""
    kept = [t for t in doc if not t.is_space]
    number = {t.i: k for k, t in enumerate(kept)}
    found = Parsed("", doc.text)
    for k, t in enumerate(kept):
        head = number.get(t.head.i, k)
        found.words.append(Word(t.idx, t.idx + len(t), t.text, t.lemma_, t.pos_, t.tag_, head, t.dep_))
        if k == 0 or t.sent.start != kept[k - 1].sent.start:
            found.starts.append(k)
    return found


def aligned(gold: Sequence[Word], system: Sequence[Word]) -> list[tuple[int, int]]:
    """Index pairs (gold, system) of the words that cover the same characters, in order."""
    at: dict[tuple[int, int], int] = {}
    for i, w in enumerate(gold):
        at.setdefault((w.start, w.end), i)
    return [(at[w.start, w.end], j) for j, w in enumerate(system) if (w.start, w.end) in at]


def compare(gold: Parsed, system: Parsed) -> dict[str, Counts]:
    """Counts of each of `METRICS`. Both analyses must have the same text."""
    pairs = aligned(gold.words, system.words)
    to_gold = {j: i for i, j in pairs}
    right = dict.fromkeys(METRICS, 0)
    right["Words"] = len(pairs)
    for i, j in pairs:
        g, s = gold.words[i], system.words[j]
        attached = (s.head == j) if g.head == i else (s.head != j and to_gold.get(s.head) == g.head)
        labelled = attached and g.deprel == s.deprel
        right["UPOS"] += g.upos == s.upos
        right["XPOS"] += g.xpos == s.xpos
        right["Lemmas"] += g.lemma in (s.lemma, "_")
        right["UAS"] += attached
        right["LAS"] += labelled
        right["CLAS"] += labelled and _content(g)
    out = {m: Counts(right[m], len(system.words), len(gold.words)) for m in METRICS}
    out["CLAS"] = Counts(right["CLAS"], sum(map(_content, system.words)), sum(map(_content, gold.words)))
    out["Sentences"] = Counts.of(system.sentences, gold.sentences)
    return out


def _content(word: Word) -> bool:
    return word.deprel.split(":")[0] not in _FUNCTIONAL
