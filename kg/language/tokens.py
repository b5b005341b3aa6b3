"""Words as the treebanks have them: spaCy's English tokenizer with the conventions of UD EWT and GUM.

Nothing but regular expressions and listed words, so that the tokenizer is kept in a pipeline's folder as spaCy's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, cast

from spacy.lang.char_classes import ALPHA, ALPHA_LOWER, ALPHA_UPPER, LIST_ELLIPSES, LIST_ICONS
from spacy.lang.en import English
from spacy.language import Language
from spacy.symbols import NORM, ORTH
from spacy.tokenizer import Tokenizer
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

PREFIXES = (
    "anti", "arch", "co", "counter", "cross", "e", "hyper", "inter", "intra", "macro", "mega", "meta", "micro", "mini",
    "multi", "non", "over", "post", "pre", "pseudo", "psycho", "quasi", "re", "semi", "socio", "sub", "super", "trans",
    "ultra", "un", "under",
)  # fmt: skip
"""A hyphen after one of these stays in the word ("non-stop", "e-mail"), except before a capital: the name in "pro-Varn"
must be a word. Not "ex" and "vice": what is read of a president is read of an ex-president.
"""
TIME_PREFIXES = ("mid",)  # also before capitals and figures: "mid-July", "mid-1990s"
ABBREVIATIONS = (
    "Attn.", "Blvd.", "Dept.", "Ft.", "Lt.", "Mlle.", "Mme.", "Reps.", "Thur.", "Thurs.", "Tue.", "Tues.", "Wed.",
    "al.", "approx.", "B.Sc.", "M.Sc.", "n.d.", "w/o", "w/out", "s/he",
)  # fmt: skip
CUT = {"wanna": 3, "gimme": 3, "lemme": 3}  # words that are two, and how long the first is
NO_EXCEPTIONS = frozenset({"id", "Id", "wed", "Wed", "k.", "and/or"})  # spaCy cuts the first ("I'd"), not the last
FILES = "docx?|xlsx?|pptx?|pdf|jpe?g|gif|png|html?|txt|csv|zip|exe|mp3"


def _alone(words: Iterable[str]) -> str:
    """Lookbehinds that forbid one of these words, capitalised or not, right before."""
    either = (f"[{word[0]}{word[0].upper()}]{word[1:]}" for word in words)
    return "".join(rf"(?<!(?<![\w-]){word})" for word in either)


# What is one word though affixes or infixes could be taken off it.
KEPT = (
    r"[0-9]{1,4}/[0-9]{1,2}/[0-9]{2,4}",
    r"[0-9]{1,2}-[0-9]{1,2}-[0-9]{2,4}",
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}",
    r"(?:[0-9]-)?[0-9]{3}-[0-9]{3}-[0-9]{4}",
    r"[0-9]{3}-[0-9]{2}(?!00)[0-9]{2}",  # a telephone; a range has a round end
    r"[0-9]{1,3}0['’]s",
    rf"[\w#.-]+\.(?i:{FILES})",
)
RUNS = (r"[!?]{2,}", r"(?P<run>[-*=_~+#<>])(?P=run)+", "''", "``", "’’", "‘’")
_SHORT_YEAR = r"[0-9]{2}(?:s|ers)?(?![0-9A-Za-z])"
_PREFIXED = (
    *RUNS,
    rf"'(?!{_SHORT_YEAR})",
    rf"’(?!{_SHORT_YEAR})",
    r"#(?![A-Za-z])",
    r"-(?=[A-Za-z])",
    r"@(?=[0-9])",
)
_SUFFIXED = (
    *RUNS,
    r"(?<=[0-9])(?:k|bn|tn|mn|a\.m\.|p\.m\.)",
    r"(?<=[A-Za-z])(?:[nN]['’`´][tT]|[`´][sS])",
    rf"(?<=[{ALPHA}]{{3}})[-–—]",
    r"(?<=[0-9])[-–—]",
    r"(?<=[0-9]s)[-–—]",
    r"(?<=[a-z][A-Z])\.",
    r"(?<=[0-9][kKM])\.",
    r"(?<=[a-z]{4})\.[!?]+",
)
INFIXES = (
    *LIST_ELLIPSES,
    *LIST_ICONS,
    *RUNS,
    r"\[|\]",
    # Universal Dependencies splits a hyphen between letters or digits, a slash between words, and a dash before a year
    rf"(?<=[{ALPHA}0-9])(?:–|—|---?|——|~)(?=[{ALPHA}0-9])",
    rf"(?<=[{ALPHA}0-9]){_alone(TIME_PREFIXES)}-(?=[{ALPHA_UPPER}0-9])",
    rf"(?<=[{ALPHA}0-9]){_alone((*PREFIXES, *TIME_PREFIXES))}-(?=[{ALPHA_LOWER}])",
    r"(?<=\.)-(?=[a-z])",
    rf"(?<=[{ALPHA}0-9])[:<>=/](?=[{ALPHA}])",
    rf"(?:(?<=[{ALPHA}])|(?<=[0-9]{{3}}))/(?=[0-9])",
    r"(?<=[0-9])[+*^](?=[0-9-])",
    rf"(?<=[{ALPHA}]),(?=[{ALPHA}\[])",
    r"(?<=[0-9]),(?=[0-9]{1,2}(?![0-9]|,[0-9]{3}))",  # references, not thousands
    r"(?<=[A-Za-z0-9])\((?=\w)",
    rf"(?<=[{ALPHA_LOWER}'\"”“`‘´’»«])\.(?=[{ALPHA_UPPER}'\"”“`‘´’»«])",
    r"(?<=[a-z0-9)\"”])\.(?=\[)",
    r"(?<=[a-z])[!?](?=[A-Za-z])",
    r"(?<=[0-9])(?=(?:am|pm|AM|PM)(?![A-Za-z]))",
    r"(?<=[a-z])(?=n['’]t(?![a-z]))",
    r"(?<=[A-Za-z])(?=['’](?:s|ve|ll|re)(?![A-Za-z]))",
)


def blank_english() -> Language:
    """spaCy's English tokenizer, brought nearer to Universal Dependencies."""
    nlp = English()
    defaults = nlp.Defaults
    assert defaults.prefixes is not None
    assert defaults.suffixes is not None
    prefixes = [p for p in map(str, defaults.prefixes) if p not in ("\\'", "’", "#")]
    tokenizer = cast(Tokenizer, nlp.tokenizer)
    tokenizer.rules = exceptions()
    tokenizer.prefix_search = compile_prefix_regex([*_PREFIXED, *prefixes]).search
    tokenizer.suffix_search = compile_suffix_regex([*_SUFFIXED, *map(str, defaults.suffixes)]).search
    tokenizer.infix_finditer = compile_infix_regex(list(INFIXES)).finditer
    tokenizer.token_match = re.compile(rf"(?:{'|'.join(KEPT)})\Z").match
    return nlp


def exceptions() -> dict[str, list[dict[int, Any]]]:
    """Words with a cut of their own: spaCy's less those that prose has otherwise, contractions in capitals, ours."""
    assert English.Defaults.tokenizer_exceptions is not None
    found: dict[str, list[dict[int, Any]]] = {}
    for text, parts in English.Defaults.tokenizer_exceptions.items():
        face = not any(c.isalpha() for c in text)
        if text in NO_EXCEPTIONS or (face and (text[0] == ")" or text == "(=" or any(map(str.isdigit, text)))):
            continue  # "(as he said):" is no face
        found[text] = parts
        shouted = text.upper()
        if len(parts) > 1 and len(text) > 3 and text[0].isalpha() and text == text.lower():
            found[shouted] = [{**p, ORTH: str(p[ORTH]).upper()} for p in parts]
    for word in ABBREVIATIONS:
        found[word] = [{ORTH: word}]
    for word, first in CUT.items():
        for form in (word, word.capitalize(), word.upper()):
            found[form] = [{ORTH: form[:first]}, {ORTH: form[first:], NORM: word[first:]}]
    return found
