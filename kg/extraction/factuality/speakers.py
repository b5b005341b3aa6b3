"""Who says so: the source of a speech verb or noun, of a parenthesis ("..., she said"), of "according to"."""

from __future__ import annotations

from kg.extraction.factuality.lexicon import Class, lexicon
from kg.extraction.trees import Tree, words

_RELATIVES = words("who which that")
_BY = words("by from of")
_LIGHT_FRAMES = words("keeps says claims denies")


def key(tree: Tree, token: int) -> str:
    """Lemma as the lexicon has it, with the particle of a phrasal verb: ``rule out``."""
    particle = tree.first(token, "compound:prt")
    return f"{tree.lemma[token]} {tree.lower[particle]}" if particle is not None else tree.lemma[token]


def speech_class(tree: Tree, token: int) -> Class | None:
    """``says``, ``claims``, ``believes`` or ``denies`` where the token can govern a reported clause."""
    found = lexicon().get((key(tree, token), "clause"))
    return found if found in {"says", "claims", "believes", "denies"} else None


def passive(tree: Tree, verb: int) -> bool:
    """Whether the verb has a passive auxiliary or subject, or is a bare participle without object."""
    if any(k in {"aux:pass", "nsubj:pass", "csubj:pass"} for k in (tree.label[k] for k in tree.kids[verb])):
        return True
    return tree.tag[verb] == "VBN" and tree.role(verb) == "acl"


def speaker_of(tree: Tree, source: int) -> int | None:
    """The token that names the source of a speech verb or noun; None where nobody is named.

    Looks at the subject (the agent in the passive), through relative pronouns, control and coordination; at
    ``X's claim`` and ``claims by X``.
    """
    if tree.pos[source] in {"NOUN", "PROPN", "ADJ"} and tree.first(source, "cop") is None:
        return _speaker_of_noun(tree, source)
    for node in list(tree.up(source))[:5]:
        if passive(tree, node):
            agent = next(
                (k for k in tree.children(node, "obl") if tree.label[k] == "obl:agent" or "by" in tree.cases(k)), None
            )
            if agent is not None or node == source:
                return agent
        subject = _subject(tree, node)
        if subject is not None:
            return _antecedent(tree, node, subject)
        role = tree.role(node)
        if role in {"xcomp", "conj", "cop", "aux"} or (role == "advcl" and tree.tag[node] == "VBG"):
            continue
        return tree.head[node] if role == "acl" and tree.pos[tree.head[node]] in {"NOUN", "PROPN", "PRON"} else None
    return None


def _subject(tree: Tree, verb: int) -> int | None:
    """The subject; of two the nearer one, for the first is a dateline ("OSLO - The ministry said"). What stands before
    its verb as an object is one too: '..., the ministry said' is easily parsed so.
    """
    found = [k for k in tree.children(verb, "nsubj") if not tree.label[k].endswith("pass")]
    found = found or [k for k in tree.children(verb, "obj") if k < verb and tree.lower[k] not in _RELATIVES]
    return max((k for k in found if k < verb), default=found[0] if found else None)


def _antecedent(tree: Tree, verb: int, subject: int) -> int:
    if tree.lower[subject] not in _RELATIVES:
        return subject
    for node in list(tree.up(verb))[:4]:
        if tree.role(node) == "acl":
            return tree.head[node]
    return subject


def _speaker_of_noun(tree: Tree, noun: int) -> int | None:
    for kid in tree.children(noun, "nmod:poss"):
        if tree.lower[kid] not in {"its", "their", "his", "her"}:
            return kid
    for kid in tree.children(noun, "nmod"):
        if tree.label[kid] != "nmod:poss" and _BY & set(tree.cases(kid)) and "of" not in tree.cases(kid):
            return kid
    governor = tree.head[noun]
    if governor != noun and tree.role(noun) == "obj" and lexicon().get((tree.lemma[governor], "obj")) == "keeps":
        return speaker_of(tree, governor)
    for kid in tree.children(noun, "compound", "amod"):
        if tree.pos[kid] == "PROPN":
            return kid
    return next(tree.children(noun, "nmod:poss"), None)


def parenthesis(tree: Tree, p: int) -> tuple[int, bool] | None:
    """Source and contestedness of a parenthesis on ``p``, or None: *X fell, officials claimed*; *as X said*;
    *according to X*. The source is a token.
    """  # fmt: skip
    for kid in tree.kids[p]:
        role = tree.role(kid)
        if role in {"parataxis", "advcl"}:
            said = speech_class(tree, kid)
            if said is None or tree.first(kid, "ccomp", "xcomp", "advcl") is not None:
                continue
            if role == "advcl" and "as" not in tree.cases(kid):
                continue
            if role == "parataxis" and tree.first(kid, "obj") is not None and "tell" not in tree.lemma[kid]:
                continue
            voice = speaker_of(tree, kid)
            if voice is not None:
                return voice, said in {"claims", "denies", "believes"}
        elif role in {"obl", "nmod", "advmod"} and "according" in tree.cases(kid):
            return kid, False
        elif role in {"advcl", "advmod", "dep"} and tree.lower[kid] == "according":
            named = tree.first(kid, "obl", "nmod")
            if named is not None:
                return named, False
    return None
