"""Two dependency schemes, one view: Universal Dependencies and ClearNLP labels become the same short labels.

The view is Universal Dependencies without most subtypes. What the rules tell apart keeps a name of its own:

    nsubj:pass -> nsubjpass    obl:agent -> agent    nmod:poss -> poss     nmod:desc -> title
    acl:relcl  -> relcl        aux:pass  -> auxpass  compound:prt -> prt   everything else -> the part before the colon

ClearNLP trees (``en_core_web_*``) are turned round where the schemes disagree on the head: prepositions become
``case`` children of their noun, and the predicate noun or adjective takes the place of its copula.
"""

from __future__ import annotations

from collections.abc import Sequence

_KEPT = {
    "nsubj:pass": "nsubjpass",
    "csubj:pass": "csubj",
    "obl:agent": "agent",
    "nmod:poss": "poss",
    "det:poss": "poss",
    "nmod:desc": "title",
    "acl:relcl": "relcl",
    "aux:pass": "auxpass",
    "compound:prt": "prt",
    "det:predet": "det",
    "ROOT": "root",
}
_CLEARNLP_ONLY = frozenset(
    {"prep", "pobj", "dobj", "pcomp", "attr", "nsubjpass", "csubjpass", "auxpass", "acomp", "relcl", "nn", "npadvmod"}
    | {"dative", "oprd", "agent", "poss", "prt", "neg", "predet", "preconj", "quantmod", "meta", "intj"}
)
_CLEARNLP = {
    "dobj": "obj",
    "dative": "iobj",
    "nn": "compound",
    "npadvmod": "obl",
    "oprd": "xcomp",
    "acomp": "xcomp",
    "attr": "xcomp",
    "neg": "advmod",
    "predet": "det",
    "csubjpass": "csubj",
    "preconj": "cc",
    "ROOT": "root",
}
_PREDICATES = frozenset({"VERB", "AUX", "ADJ", "ADV"})


def is_clearnlp(labels: Sequence[str]) -> bool:
    """Whether these dependency labels of one document come from the ClearNLP scheme."""
    return not _CLEARNLP_ONLY.isdisjoint(labels)


def from_universal(label: str) -> str:
    """The short label of one Universal Dependencies label."""
    return _KEPT.get(label) or label.partition(":")[0]


def from_clearnlp(
    heads: Sequence[int], labels: Sequence[str], pos: Sequence[str], lemmas: Sequence[str]
) -> tuple[list[int], list[str]]:
    """New heads and short labels for a ClearNLP tree; a root is its own head. All sequences have one item a token."""
    head, label = list(heads), list(labels)
    children: list[list[int]] = [[] for _ in head]
    for i, h in enumerate(heads):
        if h != i:
            children[h].append(i)
    for be in range(len(head)):
        if lemmas[be] == "be" and pos[be] in {"AUX", "VERB"} and labels[be] not in {"aux", "auxpass"}:
            _promote_predicate(be, head, label, children)
    for i, name in enumerate(labels):
        if name in {"prep", "agent"} or (name == "dative" and pos[i] == "ADP"):
            _demote_preposition(i, head, label, labels, pos, children)
    for i, name in enumerate(label):
        if name == "npadvmod" and pos[head[i]] not in _PREDICATES:
            label[i] = "nmod"
        elif name == "conj" and pos[i] == "ADP" and head[i] != i:
            label[i] = "conj"
        else:
            label[i] = _CLEARNLP.get(name, name)
    return head, label


def _promote_predicate(be: int, head: list[int], label: list[str], children: list[list[int]]) -> None:
    """``X is mayor``: *mayor* becomes the head, with *X* as subject and *is* as copula."""
    if any(label[c] == "expl" for c in children[be]):
        for c in children[be]:
            if label[c] == "attr":
                label[c] = "nsubj"
        return
    predicate = next((c for c in children[be] if label[c] in {"attr", "acomp"} and c > be), None)
    if predicate is None and any(label[c] == "nsubj" for c in children[be]):
        preposition = next((c for c in children[be] if label[c] == "prep" and c > be), None)
        if preposition is not None:
            predicate = next((c for c in children[preposition] if label[c] == "pobj"), None)
            if predicate is not None:
                children[be].remove(preposition)
                children[preposition].remove(predicate)
                head[preposition], label[preposition] = predicate, "case"
                children[predicate].append(preposition)
                children[be].append(predicate)
    if predicate is None:
        return
    head[predicate] = predicate if head[be] == be else head[be]
    label[predicate] = label[be]
    moved = [c for c in children[be] if c != predicate]
    for c in moved:
        head[c] = predicate
    children[predicate].extend([*moved, be])
    children[be] = []
    head[be], label[be] = predicate, "cop"
    if head[predicate] != predicate:
        siblings = children[head[predicate]]
        siblings[siblings.index(be)] = predicate


def _demote_preposition(
    i: int, head: list[int], label: list[str], original: Sequence[str], pos: Sequence[str], children: list[list[int]]
) -> None:
    """``met with X``: *X* hangs on *met*, *with* on *X*. A chain ("out of X") leaves both as ``case`` of *X*."""
    if label[i] == "case":
        return
    objects = [c for c in children[i] if label[c] in {"pobj", "pcomp"}]
    if not objects:
        return
    governor = head[i]
    while label[governor] == "prep" and head[governor] != governor:
        governor = head[governor]
    noun = objects[0]
    if label[noun] == "pcomp":
        label[noun] = "advcl" if pos[governor] in _PREDICATES else "acl"
        label[i] = "mark"
    else:
        if original[i] == "agent":
            label[noun] = "agent"
        else:
            label[noun] = "obl" if pos[governor] in _PREDICATES and label[governor] != "amod" else "nmod"
        label[i] = "case"
    head[noun] = governor
    head[i] = noun
    children[governor].append(noun)
    for other in children[i]:
        if other == noun:
            continue
        if original[other] == "conj" and pos[other] == "ADP":  # "in X and from Y": the second preposition likewise
            head[other], label[other] = governor, "prep"
            children[governor].append(other)
            _demote_preposition(other, head, label, [*original], pos, children)
        elif label[other] == "prep":  # "out of X", when no noun of its own stands between
            continue
        else:
            head[other] = noun
