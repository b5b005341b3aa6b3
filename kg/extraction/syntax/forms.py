"""Dictionary forms of inflected verbs and nouns, checked against the words that the rules know.

A parser's lemmatiser guesses, and a wrong guess loses a rule. So a form that is an inflection of a trigger is read as
that trigger; only words that no rule knows keep the lemma that the pipeline gave, if it can be one.
"""

from __future__ import annotations

from functools import cache, lru_cache

from kg.extraction.syntax.rules import role_head, rule_table
from kg.extraction.syntax.words import nominal_types, words
from kg.language.lemmas import irregular_verbs, plural_stems, verb_stems

AGAIN = ("re-", "co-")  # who is re-elected is elected, and a co-director directs; a non-member is no member


@lru_cache(maxsize=65536)
def lemma_of(form: str, pos: str, tag: str, given: str) -> str:
    """The lemma of a lower-case form; ``given`` is what the pipeline says, ``tag`` its Penn tag (may be empty)."""
    if pos == "VERB" or (pos == "ADJ" and tag in {"VBN", "VBG", "VBD"}):
        found, known = _verb(form, tag, given), known_verbs
    elif pos in {"NOUN", "PROPN"}:
        found, known = _noun(form, given), known_nouns
    else:
        return given
    if form.startswith(AGAIN) and found not in known():
        bare = lemma_of(form[3:], pos, tag, given.removeprefix(form[:3]))
        return bare if bare in known() else found
    return found


def _verb(form: str, tag: str, given: str) -> str:
    irregular = irregular_verbs().get(form)
    if irregular is not None and (tag in {"VBD", "VBN", ""} or form not in known_verbs()):
        return irregular
    if form in known_verbs() and tag not in {"VBD", "VBN", "VBG"}:
        return form
    stems = verb_stems(form)
    for stem in stems:
        if stem in known_verbs():
            return stem
    if form in known_verbs() or given in stems or not stems:
        return given if given in stems or form not in known_verbs() else form
    if given != form and len(given) > 2 and form.startswith(given.removesuffix("e")):
        return given  # "cancelled" doubles a letter that "cancel" has not
    return stems[0]


def _noun(form: str, given: str) -> str:
    if form.endswith("men") and form[:-2] + "an" in known_nouns():
        return form[:-2] + "an"
    for stem in plural_stems(form):
        if stem in known_nouns():
            return stem
    return form if form in known_nouns() else given


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
