"""What begins and what is over: "resigned as mayor", "the former mayor", "is no longer mayor", "was elected mayor".

The verb of such a sentence dates the beginning or the end of the post, not some moment in it: who "resigned as mayor in
March" was mayor until March.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from kg.extraction.trees import Tree, words

_ENDING = words(
    "resign quit retire depart dismiss sack fire oust remove depose suspend leave axe strip relieve impeach expel "
    "unseat topple overthrow abdicate"
)
_BEGINNING = words(
    "appoint name elect reelect re-elect choose select pick become make install swear promote hire crown inaugurate "
    "designate ordain join recruit"
)
_WHO_FOLLOWS = words("replace succeed supersede supplant")
_DOWN = {"step": "down aside", "stand": "down aside", "bow": "out", "force": "out", "vote": "out", "push": "out"}
_ENDING_NOUNS = words("resignation dismissal removal ouster sacking departure retirement impeachment abdication firing")
_BEGINNING_NOUNS = words("appointment election inauguration promotion nomination selection installation")
_FORMER = words("former ex ex- erstwhile late onetime one-time ousted past previous then then- deposed retired")
_ONCE = words("once formerly previously")
_MODALS = words("will 'll wo would may might can could should shall must")
_NEVER = words("not n't never")
_TELLING = words("say announce report confirm add note write tell recall state")
_OBLIQUE = words("obl nmod xcomp obj ccomp advcl conj")


@dataclass(frozen=True, slots=True)
class Change:
    """A word that says that something ``begins`` or ``ends``, and did: nothing planned, denied or only feared."""

    token: int
    kind: Literal["begins", "ends"]


def change_of(tree: Tree, trigger: Sequence[int]) -> Change | None:
    """What the clause says of the beginning or end of what the trigger (its first word the head) names, if it does."""
    if not trigger:
        return None
    for verb in _governors(tree, trigger[0]):
        kind = _kind(tree, verb)
        if kind is not None:
            return Change(verb, kind) if _happened(tree, verb) else None
    return None


def over(tree: Tree, trigger: Sequence[int]) -> bool:
    """Whether what the trigger names is said to be over: it ended, or is former, or is so no longer."""
    if not trigger:
        return False
    change = change_of(tree, trigger)
    if change is not None:
        return change.kind == "ends"
    first = trigger[0]
    kids = [kid for kid in tree.kids[first] if tree.role(kid) not in {"nsubj", "obj", "obl", "conj", "appos", "acl"}]
    if tree.pos[first] in {"NOUN", "PROPN"} and any(tree.lower[k] in _FORMER for k in kids if k < first):
        return True
    around = [*kids, *(tree.kids[tree.head[first]] if tree.role(first) in {"cop", "aux"} else [])]
    for kid in around:
        if tree.role(kid) == "advmod" and (
            tree.lower[kid] in _ONCE
            or (tree.lower[kid] == "longer" and kid > 0 and tree.lower[kid - 1] in {"no", "any"})
        ):
            return True
    return False


def _governors(tree: Tree, first: int) -> Iterator[int]:
    """Verbs that may say so: the one that the role hangs on, or whose subject or object bears the role."""
    if tree.pos[first] not in {"NOUN", "PROPN", "ADJ"}:
        return
    above = tree.head[first]
    if above == first:
        return
    role = tree.role(first)
    if role in _OBLIQUE:
        yield above
        if role == "conj" and tree.head[above] != above:
            yield tree.head[above]
        return
    # "Mayor Jane Doe resigned", "Jane Doe, the mayor, was dismissed": only who goes, or is sent, gives up the role
    person = above if role in {"appos", "compound", "flat", "nmod", "title", "amod"} else first
    verb = tree.head[person]
    gone = tree.label[person] in {"nsubj", "nsubj:pass", "nsubjpass"} or tree.role(person) == "obj"
    if verb != person and gone and _kind(tree, verb) == "ends" and _leaves(tree, verb, tree.label[person]):
        yield verb


def _leaves(tree: Tree, verb: int, role: str) -> bool:
    passive = role.endswith("pass") or any(tree.children(verb, "aux:pass", "auxpass"))
    sent = tree.lemma[verb] not in words("resign quit retire depart leave abdicate step stand bow")
    if role.split(":")[0] == "obj":
        return sent
    # whoever "left Paris" or "quit the race" may hold the post still
    return passive == sent and not any(tree.children(verb, "obj"))


def _kind(tree: Tree, verb: int) -> Literal["begins", "ends"] | None:
    lemma = tree.lemma[verb]
    if tree.pos[verb] in {"NOUN", "PROPN"}:
        return "ends" if lemma in _ENDING_NOUNS else "begins" if lemma in _BEGINNING_NOUNS else None
    particles = {tree.lower[k] for k in tree.children(verb, "compound:prt", "prt", "advmod")}
    if lemma in _ENDING or particles & set(_DOWN.get(lemma, "").split()):
        return "ends"
    if lemma in _BEGINNING or (lemma == "take" and "over" in particles):
        return "begins"
    if lemma in _WHO_FOLLOWS:
        passive = any(tree.children(verb, "aux:pass", "auxpass", "nsubj:pass", "nsubjpass"))
        return "ends" if passive else "begins"
    return None


def _happened(tree: Tree, verb: int) -> bool:
    """Whether the change is told as a fact of the past, as far as its own clause shows."""
    if tree.pos[verb] in {"NOUN", "PROPN"}:
        return True
    own = {tree.lower[k] for k in tree.kids[verb]}
    if own & (_MODALS | _NEVER) or (any(tree.children(verb, "mark")) and "to" in own):
        return False
    if tree.tag[verb] not in {"VBD", "VBN"}:
        return False
    if tree.role(verb) in {"ccomp", "csubj"}:
        return tree.lemma[tree.head[verb]] in _TELLING
    return tree.role(verb) != "xcomp"
