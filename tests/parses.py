"""Parses written by hand, in one line, so that rules can be tested without a model.

    nsubj(Varga) denied/VBD ccomp(mark(that) nsubj(he) *attacked/VBD obj(det(the) port)) punct(.)

Words stand in the order of the text. ``label(...)`` holds one dependent with all that hangs on it; the one word in a
bracket that has no label of its own is its head. ``word/TAG`` gives a tag, else it follows from label and letters;
``*`` before a word marks a trigger; ``||`` parts sentences. Labels are those of UD or of ClearNLP, as written.
"""

from __future__ import annotations

import re

from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.extraction.factuality.lexicon import lexicon
from kg.extraction.mentions import MentionTable, TokenMention
from kg.extraction.trees import words as word_set

_TOKEN = re.compile(r"[\w:]+\(|\)|[^\s()]+|\(")
_BY_LABEL = {
    "det": "DT", "case": "IN", "prep": "IN", "agent": "IN", "cc": "CC", "advmod": "RB", "neg": "RB", "amod": "JJ",
    "punct": ".", "nummod": "CD", "compound:prt": "RP", "prt": "RP", "expl": "EX", "acomp": "JJ", "mark": "IN",
}  # fmt: skip
_POS = {
    "VB": "VERB", "MD": "AUX", "NNP": "PROPN", "NN": "NOUN", "JJ": "ADJ", "RB": "ADV", "DT": "DET", "PRP": "PRON",
    "TO": "PART", "CD": "NUM", "CC": "CCONJ", "IN": "ADP", "RP": "ADP", "EX": "PRON", "WP": "PRON", "WRB": "ADV",
    "POS": "PART", ".": "PUNCT",
}  # fmt: skip
_WORDS = {
    "to": "TO", "not": "RB", "n't": "RB", "'s": "POS", "who": "WP", "which": "WP", "that": "WP", "why": "WRB",
    "when": "WRB", "how": "WRB", "is": "VBZ", "are": "VBP",
    "was": "VBD", "were": "VBD", "be": "VB", "been": "VBN", "being": "VBG",
    "has": "VBZ", "have": "VBP", "had": "VBD", "did": "VBD", "does": "VBZ", "do": "VBP",
}  # fmt: skip
_PRONOUNS = word_set("he she it they him her them his its their we i you nobody none one")
_IRREGULAR = {
    "said": "say", "told": "tell", "was": "be", "is": "be", "are": "be", "were": "be", "been": "be", "be": "be",
    "thought": "think", "sought": "seek", "meant": "mean", "became": "become", "held": "hold", "made": "make",
    "took": "take", "found": "find", "knew": "know", "known": "know", "went": "go", "began": "begin", "kept": "keep",
    "forgot": "forget", "had": "have", "has": "have", "led": "lead", "came": "come", "chose": "choose", "won": "win",
    "wrote": "write", "fought": "fight",
    "gave": "give", "swore": "swear", "felt": "feel", "shown": "show", "ran": "run",
    "met": "meet", "bought": "buy", "'s": "'s", "going": "go", "talks": "talk", "n't": "not", "paid": "pay",
    "taken": "take", "begun": "begin", "seen": "see", "saw": "see", "left": "leave", "set": "set",
}  # fmt: skip


_KNOWN = frozenset(lemma for lemma, _ in lexicon()) | frozenset(
    ["invade", "bomb", "free", "own", "meet", "lead", "arrive", "resign", "die", "step", "replace", "fire"]
)


def lemma_of(word: str, tag: str) -> str:
    """A lemma good enough for tests: irregular forms by list; endings cut so that a word of the lexicon is left."""
    low = word.lower()
    if low in _IRREGULAR:
        return _IRREGULAR[low]
    for ending, tags in (("ed", ("VBD", "VBN")), ("d", ("VBD", "VBN")), ("ing", ("VBG",)), ("s", ("VBZ", "NNS"))):
        if tag not in tags or not low.endswith(ending):
            continue
        stem = low[: -len(ending)]
        forms = [stem, stem + "e", stem[:-1]]
        if stem.endswith(("i", "ie")):
            forms.append(stem.rstrip("ie") + "y")
        for form in forms:
            if form in _KNOWN:
                return form
    return low


def parse(notation: str, vocab: Vocab | None = None) -> tuple[Doc, list[int]]:
    """The document and the indices of its marked words. Raises `ValueError` where a bracket has not one head."""
    words: list[str] = []
    tags: list[str] = []
    heads: list[int] = []
    labels: list[str] = []
    marked: list[int] = []
    starts: list[int] = []
    for sentence in notation.split("||"):
        starts.append(len(words))
        stack: list[tuple[str, list[int], int | None]] = [("ROOT", [], None)]  # label, dependents, head
        for piece in _TOKEN.findall(sentence):
            if piece.endswith("(") and len(piece) > 1:
                stack.append((piece[:-1], [], None))
            elif piece == ")":
                label, kids, head = stack.pop()
                _close(label, kids, head, heads, labels, notation)
                assert head is not None
                stack[-1][1].append(head)
            else:
                label, kids, head = stack.pop()
                if head is not None:
                    raise ValueError(f"two heads in one bracket, {words[head]} and {piece}: {notation}")
                if piece.startswith("*"):
                    marked.append(len(words))
                    piece = piece[1:]
                word, _, tag = piece.partition("/")
                stack.append((label, kids, len(words)))
                words.append(word)
                tags.append(tag or _tag(word, label))
                heads.append(len(words) - 1)
                labels.append(label)
        label, kids, head = stack.pop()
        if stack:
            raise ValueError(f"open bracket: {notation}")
        _close(label, kids, head, heads, labels, notation)
    pos = [_pos(word, tag, label) for word, tag, label in zip(words, tags, labels, strict=True)]
    lemmas = [lemma_of(word, tag) for word, tag in zip(words, tags, strict=True)]
    sent_starts = [i in starts for i in range(len(words))]
    doc = Doc(vocab or Vocab(), words, heads=heads, deps=labels, tags=tags, pos=pos, lemmas=lemmas)
    assert [s.start for s in doc.sents] == [i for i, first in enumerate(sent_starts) if first]
    return doc, marked


def _close(label: str, kids: list[int], head: int | None, heads: list[int], labels: list[str], notation: str) -> None:
    if head is None:
        raise ValueError(f"no head in {label}(...): {notation}")
    labels[head] = label
    for kid in kids:
        heads[kid] = head


def _tag(word: str, label: str) -> str:
    low = word.lower()
    if (
        label in {"aux", "aux:pass", "auxpass", "cop", "mark", "advmod", "nsubj", "nsubj:pass", "nsubjpass", "obj"}
        and low in _WORDS
    ):
        if label == "mark" and low == "that":
            return "IN"
        return _WORDS[low]
    if label == "aux":
        return "MD"
    if low in _PRONOUNS:
        return "PRP"
    if label in _BY_LABEL:
        return _BY_LABEL[label]
    if not word[0].isalnum():
        return _WORDS.get(low, ".")
    if low in _WORDS and label not in {"obl", "pobj"}:
        return _WORDS[low]
    if word[0].isupper():
        return "NNP"
    return "CD" if word[0].isdigit() else "NN"


def _pos(word: str, tag: str, label: str) -> str:
    if label in {"aux", "aux:pass", "auxpass", "cop"}:
        return "AUX"
    if tag == "IN" and label == "mark":
        return "SCONJ"
    return next((pos for prefix, pos in sorted(_POS.items(), key=lambda p: -len(p[0])) if tag.startswith(prefix)), "X")


def mentions(doc: Doc) -> MentionTable:
    """Every proper noun and pronoun as a mention of its own, flat names together."""
    found = []
    for token in doc:
        if token.pos_ == "PROPN" and token.dep_ not in {"flat", "compound"}:
            name = [token.i, *(k.i for k in token.children if k.dep_ in {"flat", "compound"} and k.pos_ == "PROPN")]
            found.append(TokenMention(min(name), max(name) + 1, "Person"))
        elif token.pos_ == "PRON" and token.tag_ == "PRP":
            found.append(TokenMention(token.i, token.i + 1, "Person", kind="pronoun"))
    return MentionTable(doc, found)
