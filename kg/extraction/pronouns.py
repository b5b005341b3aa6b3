"""Third-person pronouns: where they stand, and which earlier name or noun each one means.

A few salience rules over the parse in the spirit of Lappin and Leass (1994): the same sentence before the last two,
subjects before objects, never two arguments of one verb but for reflexives, gender where a title, a given name or an
earlier pronoun told it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from spacy.attrs import SENT_START
from spacy.tokens import Doc, Token

from kg.extraction.mentions import TokenMention
from kg.gazetteer.people import Gender
from kg.language.columns import strings_of

_WINDOW: Final = 2  # sentences back
_PERSONAL: Final[dict[str, tuple[str, Gender]]] = {
    **dict.fromkeys(("he", "him", "his", "himself"), ("Person", "m")),
    **dict.fromkeys(("she", "her", "hers", "herself"), ("Person", "f")),
    **dict.fromkeys(("it", "its", "itself"), ("Organization", "")),
    **dict.fromkeys(("they", "them", "their", "theirs", "themselves"), ("Group", "")),
}
_FITTING: Final[dict[str, frozenset[str]]] = {
    "Person": frozenset({"Person"}),
    "Organization": frozenset({"Organization", "Place", "Facility", "Product", "Work", "Event"}),
    "Group": frozenset({"Group", "Organization"}),
}
_SUBJECTS: Final = frozenset({"nsubj", "nsubjpass", "nsubj:pass", "nsubj:outer", "csubj"})
_OBJECTS: Final = frozenset({"obj", "dobj", "iobj", "dative"})
_RAISING: Final = frozenset({"be", "seem", "appear", "turn", "happen", "mean", "take"})
_CLAUSES: Final = frozenset({"csubj", "ccomp", "xcomp", "advcl", "acl", "csubj:outer"})


@dataclass(frozen=True, slots=True)
class Antecedent:
    """An earlier mention with its cluster; ``gender`` is the cluster's, empty where nothing tells."""

    mention: TokenMention
    head: int
    sentence: int
    gender: Gender


def pronoun_mentions(doc: Doc) -> list[TokenMention]:
    """Third-person pronouns as mentions of kind ``pronoun``, in the order of the text.

    The type is provisional: Person for he and she, Organization for it, Group for they; the antecedent's replaces it.
    An "it" that stands for nothing ("it is likely that") is left out. Without a parse, so is nothing else.
    """
    found = []
    for number, text in enumerate(strings_of(doc)):
        held = _PERSONAL.get(text.lower())
        if held is None:
            continue
        token = doc[number]
        if token.pos_ not in ("", "PRON", "DET") and not token.tag_.startswith("PRP"):
            continue
        if token.lower_ == "it" and _expletive(token):
            continue
        found.append(TokenMention(token.i, token.i + 1, held[0], kind="pronoun"))
    return found


def pronoun_gender(doc: Doc, mention: TokenMention) -> Gender:
    """What the pronoun itself tells."""
    return _PERSONAL.get(doc[mention.start].lower_, ("", ""))[1]


def sentence_numbers(doc: Doc) -> list[int]:
    """For each token the number of its sentence; all 0 where the Doc has no sentences."""
    begins = doc.to_array(SENT_START) == 1
    begins[:1] = True
    numbers: list[int] = (np.cumsum(begins) - 1).tolist()
    return numbers


def antecedent(
    doc: Doc,
    pronoun: TokenMention,
    before: Sequence[Antecedent],
    mentions_of: Mapping[int, int],
    sentences: Sequence[int],
) -> Antecedent | None:
    """The best earlier mention, or None. ``before`` is in text order; ``mentions_of`` counts a cluster's mentions.

    For a thing or a group the bar is higher, since most of what "it" and "they" mean has no name: a subject (or, in
    the same sentence, an object), and no common noun of the same number in between that could be meant as well.
    """
    token = doc[pronoun.start]
    reflexive = token.lower_.endswith(("self", "selves"))
    gender = pronoun_gender(doc, pronoun)
    here = sentences[token.i]
    partners = _partners(doc, token, before)
    best: tuple[float, int] | None = None
    chosen: Antecedent | None = None
    for place in range(len(before) - 1, -1, -1):
        candidate = before[place]
        distance = here - candidate.sentence
        if distance > _WINDOW:
            break
        if candidate.mention.type not in _FITTING.get(pronoun.type, ()):
            continue
        if gender and candidate.gender and gender != candidate.gender:
            continue
        head = doc[candidate.head]
        if reflexive != (candidate.mention.cluster in partners):
            continue
        if not _owner_apart(token, head):
            continue
        role = _role(head)
        if pronoun.type != "Person" and role < (1.5 if distance else 1):
            continue
        score = role + min(mentions_of[candidate.mention.cluster], 4) * 0.25 - 1.5 * distance
        score += 0.5 * bool(gender and candidate.gender)
        score += 0.75 * (token.dep_ in _SUBJECTS and head.dep_ in _SUBJECTS)
        score += 0.5 * (candidate.mention.type == "Organization") * (pronoun.type == "Organization")
        if best is None or (score, candidate.head) > best:
            best, chosen = (score, candidate.head), candidate
    if chosen is not None and pronoun.type != "Person" and not reflexive and _rival(doc, token, chosen):
        return None
    return chosen


def _rival(doc: Doc, token: Token, chosen: Antecedent) -> bool:
    """Whether a common noun of the pronoun's number stands between, as a subject or object: as likely as any name."""
    number = "Sing" if token.lower_.startswith("it") else "Plur"
    for between in doc[chosen.mention.end : token.i]:
        argument = between.dep_ in _SUBJECTS or between.dep_ in _OBJECTS
        if argument and between.pos_ == "NOUN" and number == _number(between):
            return True
    return False


def _number(token: Token) -> str:
    return "Plur" if "Number=Plur" in str(token.morph) or token.tag_ in ("NNS", "NNPS") else "Sing"


def _partners(doc: Doc, token: Token, before: Sequence[Antecedent]) -> set[int]:
    """Clusters of the other arguments of the pronoun's verb: a reflexive means one of them, no other pronoun does."""
    found: set[int] = set()
    if _argument(token):
        for candidate in reversed(before):
            head = doc[candidate.head]
            if head.i < token.sent.start:
                break
            if head.head.i == token.head.i and _argument(head):
                found.add(candidate.mention.cluster)
    return found


def _expletive(token: Token) -> bool:
    if token.dep_ == "expl":
        return True
    verb = token.head
    if token.dep_ not in _SUBJECTS:
        return False
    copula = verb.lemma_ in _RAISING or any(child.dep_ in ("cop", "auxpass", "aux:pass") for child in verb.children)
    return copula and any(
        child.dep_ in _CLAUSES and child.i > token.i and any(c.dep_ == "mark" or c.tag_ == "TO" for c in child.children)
        for child in verb.children
    )


def _argument(token: Token) -> bool:
    """Whether it is an argument of its head; a possessor ("his") is none."""
    return token.dep_ in _SUBJECTS or token.dep_ in _OBJECTS or token.dep_.startswith("obl")


def _owner_apart(token: Token, head: Token) -> bool:
    """In "Poe's visit to her" or "her brother Poe" the pronoun lies inside the mention's phrase: not the same one."""
    return head not in token.ancestors or head.pos_ in ("VERB", "AUX")


def _role(head: Token) -> float:
    if head.dep_ in _SUBJECTS:
        return 2.0
    if head.dep_ in _OBJECTS:
        return 1.0
    if head.dep_ == "conj" and head.head.i < head.i:
        return 0.75 * _role(head.head)
    return 0.25
