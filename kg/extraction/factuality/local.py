"""What hangs on the predicate itself: negation, auxiliaries, adverbs, markers, adjectives, tense."""

from __future__ import annotations

from dataclasses import dataclass

from kg.extraction.factuality.lexicon import Class, lexicon
from kg.extraction.trees import Tree, words

_NOT = words("not n't nt never neither nor")
_NOT_ONLY = words("only just merely simply solely alone")
_NO_PRONOUN = words("nobody none no-one nothing neither nowhere")
_CONDITIONS = words("if unless provided providing assuming supposing")
_TIMES = words("week month year monday tuesday wednesday thursday friday saturday sunday day spring summer autumn fall")
_PRESUPPOSING = words("why how when where")
_PAST_TAGS = words("VBD")


@dataclass(frozen=True, slots=True)
class Local:
    """Operators of one node, before its governor has its say."""

    negated: bool = False
    kinds: tuple[tuple[Class, str], ...] = ()
    """Modal classes with the word that brought each: ``("possible", "may")``."""
    reasons: tuple[str, ...] = ()


def read_local(tree: Tree, p: int) -> Local:
    """Operators among the dependents of ``p`` (linear in their number)."""
    table = lexicon()
    negations: list[str] = []
    kinds: list[tuple[Class, str]] = []
    until = False
    for kid in tree.kids[p]:
        word, lemma, role = tree.lower[kid], tree.lemma[kid], tree.role(kid)
        if _negates(tree, p, kid):
            negations.append(word)
        frame = {"aux": "aux", "advmod": "adv", "mark": "mark", "case": "case", "amod": "mod", "acl": "mod"}.get(
            role, ""
        )
        if role == "acl" and any(tree.kids[kid]):
            frame = ""
        found = table.get((word, frame)) or table.get((lemma, frame)) if frame else None
        if frame == "mark" and found and _even(tree, p, kid):
            found = None
        if found == "negates":
            negations.append(word)
        elif found:
            kinds.append((found, word))
        if role == "advcl" and _condition(tree, kid):
            kinds.append(("possible", "if"))
        if role in {"obl", "advcl"} and "until" in tree.cases(kid):
            until = True
        if role in {"obl", "advmod"} and tree.tag[p] not in _PAST_TAGS and _ahead(tree, p, kid):
            kinds.append(("planned", word))
    if _is_to(tree, p):
        kinds.append(("planned", "is to"))
    if _inverted_condition(tree, p):
        kinds.append(("possible", "had"))
    if tree.label[p] == "root" or tree.role(p) in {"parataxis", "conj", "ccomp"}:
        kinds.extend(_mood(tree, p))
    if negations and until and negations[0] in {"not", "n't", "nt"}:
        negations.pop(0)  # "did not arrive until Monday": did arrive
    return Local(bool(negations), tuple(kinds), (*negations, *(word for _, word in kinds)))


def _negates(tree: Tree, p: int, kid: int) -> bool:
    word, role = tree.lower[kid], tree.role(kid)
    if role in {"advmod", "cc", "det", "aux", "dep", "preconj"} and word in _NOT:
        if word == "nor" or (role == "cc" and word != "neither"):
            return word == "nor" and kid < p
        after = tree.lower[kid + 1] if kid + 1 < len(tree.lower) else ""
        return after not in _NOT_ONLY
    if role == "cc" and word in {"rather", "instead"}:
        return kid < p
    if role == "det" and word == "no":
        return True
    if role == "advmod" and word in {"longer", "more"} and any(tree.lower[k] in {"no", "any"} for k in tree.kids[kid]):
        return any(tree.lower[k] == "no" for k in tree.kids[kid])
    if role == "advmod" and word == "no":
        return any(tree.lower[k] == "longer" for k in range(kid, min(kid + 2, len(tree.lower))))
    if role in {"nsubj", "obj"}:
        if word in _NO_PRONOUN or (word == "one" and kid and tree.lower[kid - 1] == "no"):
            return True
        return any(tree.lower[k] in {"no", "neither"} for k in tree.children(kid, "det", "cc", "advmod"))
    if role == "obl":
        return any(tree.lower[k] == "no" for k in tree.children(kid, "det")) and tree.lemma[kid] in _NO_WAY
    return False


_NO_WAY = words("way circumstance point time means case account stage sense")


def _even(tree: Tree, p: int, mark: int) -> bool:
    return mark > 0 and tree.lower[mark - 1] == "even" and tree.role(p) == "advcl" and tree.tag[p] in {"VBD", "VBZ"}


def _condition(tree: Tree, clause: int) -> bool:
    """Whether an adverbial clause is a condition of its governor."""
    for mark in tree.children(clause, "mark"):
        if tree.lower[mark] in _CONDITIONS:
            return not (mark and tree.lower[mark - 1] in {"even", "as"})
    return _inverted_condition(tree, clause)


def _inverted_condition(tree: Tree, p: int) -> bool:
    """*Had they attacked*, *should it win*, *were it to win*."""
    if tree.role(p) != "advcl" or (tree.first(p, "mark") is not None and not _is_to(tree, p)):
        return False
    subject, auxiliary = tree.first(p, "nsubj"), tree.first(p, "aux", "cop")
    if subject is None or auxiliary is None or auxiliary > subject:
        return False
    return tree.lower[auxiliary] in {"had", "should", "were"}


def _is_to(tree: Tree, p: int) -> bool:
    """*is to visit*: UD hangs the *is* on the infinitive."""
    to = next((k for k in tree.children(p, "mark") if tree.lower[k] == "to"), None)
    if to is None:
        return False
    return any(
        k < to and tree.lower[k] in {"is", "are", "was", "were", "'s", "'re"} for k in tree.children(p, "aux", "cop")
    )


def _ahead(tree: Tree, p: int, kid: int) -> bool:
    """A time to come beside a verb that is not in the past: *meets tomorrow*, *is visiting next week*."""
    if any(tree.lower[k] in {"was", "were", "had", "has", "have"} for k in tree.children(p, "aux", "cop")):
        return False
    if tree.lower[kid] == "tomorrow":
        return True
    if tree.lemma[kid] not in _TIMES:
        return False
    return any(tree.lower[k] in {"next", "coming"} for k in tree.children(kid, "amod"))


def _mood(tree: Tree, p: int) -> list[tuple[Class, str]]:
    """Yes-no questions, who-questions and orders. A why-question takes its content for granted."""
    sentence_final = next((tree.lower[k] for k in reversed(tree.kids[p]) if tree.role(k) == "punct"), "")
    if sentence_final == "?" and not any(tree.lower[k] in _PRESUPPOSING for k in tree.children(p, "advmod")):
        return [("possible", "?")]
    if (
        tree.label[p] == "root"
        and tree.tag[p] == "VB"
        and tree.first(p, "nsubj", "csubj", "aux", "mark", "cop", "expl") is None
    ):
        return [("possible", "imperative")]
    return []
