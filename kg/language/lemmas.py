"""Dictionary forms: a lexicon of what the treebanks showed, regular endings, and only then the model's guess."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path

_VOWELS = frozenset("aeiou")
INFLECTED = frozenset({"VERB", "NOUN", "ADJ", "AUX"})


@cache
def irregular_verbs() -> dict[str, str]:
    """Inflected form -> lemma, from ``irregular.tsv``."""
    text = files("kg.language").joinpath("irregular.tsv").read_text(encoding="utf-8")
    out: dict[str, str] = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            lemma, *forms = line.replace("\t", " ").split()
            for form in forms:
                out.setdefault(form, lemma)
    return out


def plural_stems(form: str) -> list[str]:
    """What a form in -s may be the plural (or third person) of."""
    out = []
    if form.endswith("ies"):
        out.append(form[:-3] + "y")
    if form.endswith("es"):
        out.append(form[:-2])
    if form.endswith("s") and not form.endswith("ss"):
        out.append(form[:-1])
    sibilant = form.endswith(("ches", "shes", "sses", "xes", "zzes", "oes", "ies"))
    return out if sibilant else out[::-1]


def verb_stems(form: str) -> list[str]:
    """Regular dictionary forms that this one may be an inflection of, the likeliest first."""
    if form.endswith("s") and not form.endswith("ss"):
        return plural_stems(form)
    for ending in ("ied", "ed", "ing"):
        if not form.endswith(ending) or len(form) < len(ending) + 2:
            continue
        stem = form[: -len(ending)]
        if ending == "ied":
            return [stem + "y"]
        if len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] not in "lsz":
            return [stem[:-1], stem]
        if stem[-1] in "cvuz" or stem.endswith(("dg", "rg", "ng", "at", "iz", "rs", "ns", "as", "us", "is", "os")):
            return [stem + "e", stem]
        short = len(stem) > 2 and stem[-1] not in _VOWELS and stem[-2] in _VOWELS and stem[-3] not in _VOWELS
        return [stem + "e", stem] if short and stem[-1] in "kmpdtlr" and len(stem) <= 4 else [stem, stem + "e"]
    return []


class Lexicon:
    """(lower-case form, part of speech) -> lemma. Built from the treebanks, packaged beside the weights."""

    def __init__(self, entries: dict[tuple[str, str], str]) -> None:
        self.entries = entries
        self.known = {pos: {x for (_, p), x in entries.items() if p == pos} for pos in INFLECTED}

    @classmethod
    def load(cls, path: Path) -> Lexicon:
        """Read ``form TAB pos TAB lemma`` lines."""
        rows = (line.split("\t") for line in path.read_text("utf-8").splitlines())
        return cls({(form, pos): lemma for form, pos, lemma in rows})

    def lemma(self, form: str, pos: str, tag: str, guess: str) -> str:
        """The lemma of a word; ``tag`` is its Penn tag, ``guess`` what the model's edit script makes of it."""
        lower = form.lower()
        held = self.entries.get((lower, pos))
        if held is not None:
            return held if pos != "PROPN" or held != held.lower() else form
        if pos == "PROPN":
            return form
        if pos == "VERB":
            if lower in irregular_verbs() and tag in ("VBD", "VBN", "VBP", "VBZ", ""):
                return irregular_verbs()[lower]
            return self._stem(lower, pos, verb_stems(lower)) if tag in ("VBD", "VBN", "VBG", "VBZ", "") else lower
        if pos == "NOUN":
            return self._stem(lower, pos, plural_stems(lower)) if tag in ("NNS", "NNPS", "") else lower
        return guess if pos in INFLECTED and self._plausible(lower, guess) else lower

    def _stem(self, form: str, pos: str, stems: list[str]) -> str:
        known = self.known[pos]
        return next((s for s in stems if s in known), stems[0] if stems else form)

    @staticmethod
    def _plausible(form: str, guess: str) -> bool:
        """A guess may cut an ending, not half the word."""
        return len(guess) >= max(2, len(form) - 3) and guess[:2] == form[:2]
