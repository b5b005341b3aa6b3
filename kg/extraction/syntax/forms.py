"""Dictionary forms of inflected verbs and nouns, checked against the words that the rules know.

A parser's lemmatiser guesses, and a wrong guess loses a rule. So a form that is an inflection of a trigger is read as
that trigger; only words that no rule knows keep the lemma that the pipeline gave, if it can be one.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from kg.extraction.syntax.rules import role_head, rule_table
from kg.extraction.syntax.words import nominal_types, words
from kg.language.lemmas import irregular_verbs, plural_stems, verb_stems
from kg.ontology.extension import current

AGAIN = ("re-", "co-")  # who is re-elected is elected, and a co-director directs; a non-member is no member


@dataclass(frozen=True, eq=False, slots=True)
class Known:
    """Words that the rules and the word lists know; those of the extension in use among them."""

    verbs: frozenset[str]
    nouns: frozenset[str]


def lemma_of(form: str, pos: str, tag: str, given: str) -> str:
    """The lemma of a lower-case form; ``given`` is what the pipeline says, ``tag`` its Penn tag (may be empty)."""
    return _lemma(form, pos, tag, given, known())


@lru_cache(maxsize=65536)
def _lemma(form: str, pos: str, tag: str, given: str, known: Known) -> str:
    if pos == "VERB" or (pos == "ADJ" and tag in {"VBN", "VBG", "VBD"}):
        found, words = _verb(form, tag, given, known.verbs), known.verbs
    elif pos in {"NOUN", "PROPN"}:
        found, words = _noun(form, given, known.nouns), known.nouns
    else:
        return given
    if form.startswith(AGAIN) and found not in words:
        bare = _lemma(form[3:], pos, tag, given.removeprefix(form[:3]), known)
        return bare if bare in words else found
    return found


def _verb(form: str, tag: str, given: str, known: frozenset[str]) -> str:
    irregular = irregular_verbs().get(form)
    if irregular is not None and (tag in {"VBD", "VBN", ""} or form not in known):
        return irregular
    if form in known and tag not in {"VBD", "VBN", "VBG"}:
        return form
    stems = verb_stems(form)
    for stem in stems:
        if stem in known:
            return stem
    if form in known or given in stems or not stems:
        return given if given in stems or form not in known else form
    if given != form and len(given) > 2 and form.startswith(given.removesuffix("e")):
        return given  # "cancelled" doubles a letter that "cancel" has not
    return stems[0]


def _noun(form: str, given: str, known: frozenset[str]) -> str:
    if form.endswith("men") and form[:-2] + "an" in known:
        return form[:-2] + "an"
    for stem in plural_stems(form):
        if stem in known:
            return stem
    return form if form in known else given


def known() -> Known:
    """What is known now."""
    extension = current()
    return _known("" if extension is None else extension.digest)


@lru_cache(maxsize=8)
def _known(digest: str) -> Known:
    """``digest`` is that of the extension in use, whose words are there too."""
    rules = rule_table().rules
    lists = words("light") | words("reporting") | words("result") | words("own")
    verbs = {t[0] for rule in rules if rule.kind == "verb" for t in rule.triggers}
    kinds = {"event", "role", "noun", "poss", "adj"}
    nouns = {role_head(t) for rule in rules if rule.kind in kinds for t in rule.triggers}
    more = words("change") | words("post") | words("representative") | words("quantity") | words("complex")
    return Known(
        (lists | verbs | frozenset(irregular_verbs().values())) - {"born", "married"},
        frozenset(nouns | more | nominal_types().keys() | words("appeal")),
    )
