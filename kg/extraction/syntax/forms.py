"""Dictionary forms of inflected verbs and nouns, checked against the words that the rules know.

A parser's lemmatiser guesses, and a wrong guess loses a rule. So a form that is an inflection of a trigger is read as
that trigger; only words that no rule knows keep the lemma that the pipeline gave, if it can be one.
"""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.resources import files

from kg.extraction.syntax.rules import role_head, rule_table
from kg.extraction.syntax.words import nominal_types, words

_VOWELS = frozenset("aeiou")


@lru_cache(maxsize=65536)
def lemma_of(form: str, pos: str, tag: str, given: str) -> str:
    """The lemma of a lower-case form; ``given`` is what the pipeline says, ``tag`` its Penn tag (may be empty)."""
    if pos == "VERB" or (pos == "ADJ" and tag in {"VBN", "VBG", "VBD"}):
        return _verb(form, tag, given)
    if pos in {"NOUN", "PROPN"}:
        return _noun(form, given)
    return given


def _verb(form: str, tag: str, given: str) -> str:
    irregular = irregular_verbs().get(form)
    if irregular is not None and (tag in {"VBD", "VBN", ""} or form not in known_verbs()):
        return irregular
    if form in known_verbs() and tag not in {"VBD", "VBN", "VBG"}:
        return form
    stems = _stems(form)
    for stem in stems:
        if stem in known_verbs():
            return stem
    if form in known_verbs() or given in stems or not stems:
        return given if given in stems or form not in known_verbs() else form
    return stems[0]


def _noun(form: str, given: str) -> str:
    if form.endswith("men") and form[:-2] + "an" in known_nouns():
        return form[:-2] + "an"
    for stem in _plural_stems(form):
        if stem in known_nouns():
            return stem
    return form if form in known_nouns() else given


def _plural_stems(form: str) -> list[str]:
    out = []
    if form.endswith("ies"):
        out.append(form[:-3] + "y")
    if form.endswith("es"):
        out.append(form[:-2])
    if form.endswith("s") and not form.endswith("ss"):
        out.append(form[:-1])
    return out


def _stems(form: str) -> list[str]:
    """Regular dictionary forms that this one may be an inflection of, the likeliest first."""
    if form.endswith("s") and not form.endswith("ss"):
        plural = _plural_stems(form)
        sibilant = form.endswith(("ches", "shes", "sses", "xes", "zzes", "oes"))
        return plural if sibilant or form.endswith("ies") else plural[::-1]
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


@cache
def irregular_verbs() -> dict[str, str]:
    """Inflected form -> lemma, from ``irregular.tsv``."""
    text = files("kg.extraction.syntax").joinpath("irregular.tsv").read_text(encoding="utf-8")
    out: dict[str, str] = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            lemma, *forms = line.replace("\t", " ").split()
            for form in forms:
                out.setdefault(form, lemma)
    return out


@cache
def known_verbs() -> frozenset[str]:
    """Verbs of the rules and the word lists."""
    lists = words("light") | words("reporting") | words("result") | words("own")
    triggers = {t[0] for rule in rule_table().rules if rule.kind == "verb" for t in rule.triggers}
    return (lists | triggers | frozenset(irregular_verbs().values())) - {"born", "married"}


@cache
def known_nouns() -> frozenset[str]:
    """Nouns of the rules and the word lists."""
    kinds = {"event", "role", "noun", "poss", "adj"}
    triggers = {role_head(t) for rule in rule_table().rules if rule.kind in kinds for t in rule.triggers}
    lists = words("change") | words("post") | words("representative") | words("quantity") | words("complex")
    return frozenset(triggers | lists | nominal_types().keys() | words("appeal"))
