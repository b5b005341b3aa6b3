"""What a governor says of its dependent: the class of the edge from a predicate to the word above it."""

from __future__ import annotations

from dataclasses import dataclass

from kg.extraction.factuality.lexicon import Class, content_lemmas, lexicon
from kg.extraction.factuality.speakers import key, passive, speech_class
from kg.extraction.trees import Tree, words

_DEFINITE = words("the this that these those its his her their our your my")
_TRANSPARENT = words(
    "series wave number string spate round one part act kind sort type group pair couple lot attack case"
)
_TEMPORAL = words("when after before once until while as since where so than")
_REASONS = words("because although though whereas despite")
_STOPS = words("appos flat compound amod nummod vocative dislocated list det case mark discourse punct cc goeswith")
_ORDINALS = words("first last only second third fourth fifth next youngest oldest latest")


@dataclass(frozen=True, slots=True)
class Edge:
    """``kind`` is a lexicon class, or ``stop``: what stands above does not matter to the predicate."""

    kind: Class | str
    reason: str = ""
    purpose: bool = False


KEEP, STOP = Edge("keeps"), Edge("stop")


def infinitive(tree: Tree, p: int) -> bool:
    """Whether *to* marks the predicate and no *is* stands before it."""
    return any(tree.lower[k] == "to" for k in tree.children(p, "mark"))


def classify(tree: Tree, p: int) -> Edge:
    """The edge from ``p`` to its head; `STOP` at a root."""
    h, role = tree.head[p], tree.role(p)
    if h == p:
        return STOP
    if tree.label[p] == "nmod:poss" or tree.label[p] == "nmod:desc":
        return STOP
    if role in {"ccomp", "csubj"} or (role == "dep" and tree.pos[p] in {"VERB", "AUX"}):
        return _clause(tree, p, h)
    if role == "xcomp":
        return _open_clause(tree, p, h)
    if role == "parataxis":
        said = speech_class(tree, h)
        return Edge(said, tree.lemma[h]) if said and p > h and tree.first(h, "ccomp") is None else STOP
    if role == "advcl":
        return _adverbial(tree, p, h)
    if role == "acl":
        return _adnominal(tree, p, h)
    if role in {"obj", "nsubj", "obl", "nmod", "iobj"}:
        return _nominal(tree, p, h)
    if role == "compound":
        return _modifier(tree, h)
    if role == "dep":
        return KEEP
    return STOP if role in _STOPS else KEEP


def _look(tree: Tree, h: int, *frames: str) -> Edge | None:
    table, lemma = lexicon(), key(tree, h)
    for frame in frames:
        found = table.get((lemma, frame)) or table.get((tree.lemma[h], frame)) or table.get((tree.lower[h], frame))
        if found:
            return Edge(found, f"{lemma} {frame}")
    return None


def _clause(tree: Tree, p: int, h: int) -> Edge:
    if infinitive(tree, p):
        return _look(tree, h, "to", "clause") or Edge("possible", f"{tree.lemma[h]} to")
    if tree.tag[p] == "VBG" and tree.first(p, "aux") is None:
        return _look(tree, h, "ing", "clause") or KEEP
    return _look(tree, h, "clause") or KEEP


def _open_clause(tree: Tree, p: int, h: int) -> Edge:
    if infinitive(tree, p):
        if tree.lemma[h] == "have":
            return Edge("possible", "have to")
        if tree.lemma[h] == "able" and any(tree.lower[k] in {"was", "were", "been"} for k in tree.children(h, "cop")):
            return KEEP  # "was able to": did
        return _look(tree, h, "to") or Edge("possible", f"{tree.lemma[h]} to")
    marks = tree.cases(p)
    for mark in marks:
        if found := _look(tree, h, mark):
            return found
    if tree.tag[p] == "VBG":
        return _look(tree, h, "ing") or KEEP
    if tree.pos[p] in {"NOUN", "PROPN", "ADJ"}:
        return _look(tree, h, "pred", "to") or KEEP
    return _look(tree, h, "pred", "ing", "to") or KEEP


def _adverbial(tree: Tree, p: int, h: int) -> Edge:
    marks = tree.cases(p)
    if "to" in marks and infinitive(tree, p):
        found = _look(tree, h, "to")
        if found and marks[0] == "to" and found.kind in {"possible", "planned", "negates"}:
            return found
        if tree.pos[h] == "ADJ" and _degree(tree, h):
            return Edge("possible", "enough to")
        return Edge("planned", "purpose", purpose=True)
    for mark in marks:
        if mark in {"of", "from", "for", "with", "in", "on", "at", "about", "against", "over", "into", "to", "by"}:
            return _look(tree, h, mark) or KEEP
    if "that" in marks:
        return _clause(tree, p, h)
    if set(marks) & _REASONS:
        return Edge("aside", marks[0])
    if set(marks) & _TEMPORAL or (tree.first(p, "advmod") is not None and _wh(tree, p)):
        return Edge("temporal", marks[0] if marks else "when")
    if not marks and tree.first(p, "nsubj") is None:
        return KEEP if p > h else STOP
    if "without" in marks or "instead" in marks or "rather" in marks:
        return KEEP
    return STOP


def _degree(tree: Tree, adjective: int) -> bool:
    return any(tree.lower[k] in {"too", "enough"} for k in tree.children(adjective, "advmod"))


def _wh(tree: Tree, p: int) -> bool:
    return any(tree.lower[k] in {"when", "where", "while"} for k in tree.children(p, "advmod"))


def _adnominal(tree: Tree, p: int, h: int) -> Edge:
    if infinitive(tree, p):
        if any(tree.lower[k] in _ORDINALS for k in tree.children(h, "amod", "nummod")) or tree.lower[h] in _ORDINALS:
            return Edge("factive", "ordinal")
        return _look(tree, h, "to") or Edge("possible", f"{tree.lemma[h]} to")
    for mark in tree.cases(p):
        if found := _look(tree, h, mark):
            return found
    relative = tree.label[p].endswith("relcl")
    if tree.lemma[h] in content_lemmas() and (not relative or _modal(tree, p)):
        found = _look(tree, h, "clause")
        if found and (found.kind not in {"says", "claims", "denies"} or not relative):
            return found
    if tree.first(h, "cop") is not None and not relative:
        return KEEP
    if any(tree.lower[k] in {"no", "any", "every"} for k in tree.children(h, "det")):
        return KEEP
    told = _past(tree, p) if relative else tree.role(h) == "nsubj"
    return Edge("aside", tree.lemma[h]) if told or not _indefinite(tree, h) else KEEP


def _past(tree: Tree, p: int) -> bool:
    return tree.tag[p] == "VBD" or any(tree.lower[k] in {"was", "were", "had"} for k in tree.children(p, "aux", "cop"))


def _modal(tree: Tree, p: int) -> bool:
    return any(tree.lower[k] in {"would", "will", "could", "may", "might"} for k in tree.children(p, "aux"))


def _nominal(tree: Tree, p: int, h: int) -> Edge:
    role = tree.role(p)
    if tree.pos[p] in {"PROPN", "PRON"} and tree.first(p, "det") is None:
        return Edge("aside", tree.lower[p])
    prepositions = tree.cases(p)
    if role == "nsubj" and not tree.label[p].endswith("pass"):
        return (_look(tree, h, "subj") if tree.pos[p] == "NOUN" else None) or _presupposed(tree, p)
    if role in {"obj", "nsubj"}:
        frames = ("obj", "content") if tree.lemma[p] in content_lemmas() else ("obj",)
        found = _look(tree, h, *frames)
        return found or _presupposed(tree, p)
    if "by" in prepositions and passive(tree, h):
        return _presupposed(tree, p)
    if tree.pos[h] == "ADP" and tree.head[h] != h:
        return _presupposed(tree, p)
    for preposition in (" ".join(prepositions), *prepositions):
        if preposition and (found := _look(tree, h, preposition)):
            return found
    if role == "nmod" and tree.lemma[h] in _TRANSPARENT:
        return KEEP
    return _presupposed(tree, p)


def _presupposed(tree: Tree, p: int) -> Edge:
    """A definite event is taken for granted; an indefinite one is as real as the clause it stands in."""
    return KEEP if _indefinite(tree, p) else STOP


def _modifier(tree: Tree, h: int) -> Edge:
    """*takeover bid*, *coup attempt*, *merger talks*."""
    if tree.lemma[h] not in content_lemmas() and tree.lemma[h] not in _BIDS:
        return STOP
    return _look(tree, h, "of", "to", "for", "on", "clause") or STOP


_BIDS = words(
    "attempt bid plot plan proposal talk threat rumour rumor allegation claim charge accusation offer warning"
)


def _indefinite(tree: Tree, noun: int) -> bool:
    if tree.pos[noun] in {"PROPN", "PRON"}:
        return False
    for kid in tree.kids[noun]:
        if tree.label[kid] == "nmod:poss" or (tree.role(kid) == "det" and tree.lower[kid] in _DEFINITE):
            return False
    return True
