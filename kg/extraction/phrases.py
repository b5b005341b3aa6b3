"""Every noun phrase and pronoun of a parsed document, of whatever type: what can be spoken of again.

The phrases are drawn as the GUM corpus draws them: a head with all that belongs to it, its articles, adjectives,
complements and relative clauses, but without the preposition before it and without what is coordinated with it or
stands beside it in apposition or in brackets; these are phrases of their own. So phrases nest: "the mayor of
[Harwick]". A phrase never reaches past a dependent of its head that is no part of it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from spacy.tokens import Doc

from kg.extraction.trees import Tree, words
from kg.gazetteer import place_subtype
from kg.records import Kind

_PARTS = words("flat fixed goeswith discourse reparandum")
_ARGUMENTS = words("nsubj obj iobj obl nmod")
_RELATIVE = words("which who whose whom what there whatever whoever each other both")
_POINTING = words("this that these those")
_SOME = words("some all many both none several")
_SAYINGS = frozenset({
    "for example", "for instance", "in fact", "in addition", "as a result", "in turn", "by the way", "as a whole",
    "of course", "take place", "give rise", "at issue",
})  # fmt: skip
_MEASURES = words("lot bit kind sort")

_WALLS = words("cc conj cop mark nsubj aux parataxis discourse advcl csubj reparandum list case vocative")
"""Dependents that end the phrase: what stands on their far side belongs to something else."""
_OUTSIDE = words("advmod expl dislocated appos orphan obl ccomp punct")
"""Dependents that are no part of it; what stands beyond may be."""
_OPENER = {")": "(", "]": "[", "”": "“", '"': '"', "’": "‘", "»": "«"}


@dataclass(frozen=True, slots=True, order=True)
class Phrase:
    """Half-open token range, its head word, and whether that is a name, a pronoun or another noun."""

    start: int
    end: int
    head: int
    kind: Kind


def noun_phrases(doc: Doc) -> list[Phrase]:
    """All of them, sorted by start, the longer first. Needs tags and a parse, with labels of UD or ClearNLP.

    A noun before a noun ("population structure") is a phrase of its own only where its word heads another one, a name
    inside a name ("the [Harwick] Chamber of Trade") also where it is a place's. The names of places hold no others:
    in the train part of GUM 9 of 47 such words are marked.
    """
    tree = Tree(doc)
    able = [i for i in range(len(doc)) if tree.role(i) not in _PARTS and tree.role(i) != "compound"]
    names = frozenset(tree.lemma[i] for i in able if tree.pos[i] == "PROPN")
    heads = names | {tree.lemma[i] for i in able if tree.pos[i] == "NOUN"}
    closed = _within_places(doc, tree)
    found = []
    for i in range(len(doc)):
        kind = _kind(tree, i, heads, names)
        if kind is not None and not (kind == "name" and i in closed):
            found.append(Phrase(*_span(tree, i), i, kind))
    return sorted(found, key=lambda p: (p.start, -p.end, p.head))


# ---------------------------------------------------------------- heads


def _within_places(doc: Doc, tree: Tree) -> set[int]:
    """Words of the names of places, but for the head of each."""
    found: set[int] = set()
    for place in (e for e in doc.ents if e.label_ == "Place"):
        within = range(place.start, place.end)
        found.update(i for i in within if tree.head[i] != i and tree.head[i] in within)
    return found


def _kind(tree: Tree, i: int, heads: frozenset[str], names: frozenset[str]) -> Kind | None:
    """What the phrase of this word is, None if the word heads none.

    ``heads`` are lemmas of words that head phrases, ``names`` those of them that are proper nouns.
    """
    if tree.role(i) in _PARTS:
        return None
    match tree.pos[i]:
        case "PROPN":
            return "name" if _heads_name(tree, i, names) else None
        case "NOUN":
            return "nominal" if _heads_noun_phrase(tree, i, heads) else None
        case "PRON":
            return "pronoun" if _refers(tree, i) else None
        case "DET" if tree.role(i) in ("nsubj", "obj"):
            word = tree.lower[i]
            return "pronoun" if word in _POINTING else "nominal" if word in _SOME else None
        case other:
            return "nominal" if _stands_alone(tree, i, other) else None


def _heads_name(tree: Tree, i: int, names: frozenset[str]) -> bool:
    if tree.label[i] == "nmod:desc":  # the title in "Colonel Varga"
        return False
    if tree.role(i) != "compound":
        return True
    over = tree.pos[tree.head[i]]
    if over == "PROPN":
        return tree.lemma[i] in names or place_subtype(tree.doc[i].text) is not None
    return over == "NOUN"


def _heads_noun_phrase(tree: Tree, i: int, heads: frozenset[str]) -> bool:
    role = tree.role(i)
    if role == "compound":
        return tree.pos[tree.head[i]] in ("NOUN", "PROPN") and tree.lemma[i] in heads
    return role not in ("vocative", "advmod") and not _saying(tree, i)


def _saying(tree: Tree, i: int) -> bool:
    """Whether the noun only stands in a saying ("for example", "take place") or measures ("a lot better")."""
    if tree.label[i] == "obl:unmarked" and (tree.lower[i] in _MEASURES or tree.lower[tree.head[i]] == "ago"):
        return True
    verb = [tree.lemma[tree.head[i]]] if tree.label[i] == "obj" else []
    kids = [tree.lower[k] for k in tree.kids[i] if tree.role(k) != "punct"]
    return " ".join([*verb, *kids, tree.lower[i]]) in _SAYINGS


def _refers(tree: Tree, i: int) -> bool:
    """Not so relative and asking pronouns, those that stand for nothing, and "the house itself"."""
    word, role = tree.lower[i], tree.role(i)
    if word in _RELATIVE or role == "expl" or tree.tag[i] == "WDT":
        return False
    if word == "that":
        return role in _ARGUMENTS
    return not (word.endswith(("self", "selves")) and tree.label[i] == "nmod:unmarked")


def _stands_alone(tree: Tree, i: int, pos: str) -> bool:
    """Numbers, years, adjectives and foreign words that stand where a noun would."""
    role, word = tree.role(i), tree.lower[i]
    if pos == "NUM":
        year = len(word) == 4 and word.isdigit()
        return role not in ("nummod", "compound") or (year and role == "compound")
    if pos == "X":
        return role in ("appos", "conj", "nmod", "nsubj", "obj")
    if pos == "ADJ":
        return role == "nsubj" or (role in _ARGUMENTS and tree.first(i, "det") is not None)
    return pos == "ADV" and word == "ago" and tree.first(i, "obl") is not None


# ---------------------------------------------------------------- spans


def _span(tree: Tree, head: int) -> tuple[int, int]:
    """First word and the word after the last of the phrase of a head."""
    low = high = head
    for kid in reversed([k for k in tree.kids[head] if k < head]):
        role = tree.role(kid)
        if role in _WALLS or role == "acl":
            break
        if role in _OUTSIDE and not (role == "obl" and tree.lower[head] == "ago"):
            continue
        if role == "nmod" and tree.label[kid] != "nmod:poss" and tree.cases(kid):
            continue  # "As a student, Varga ..."
        low = _edge(tree, kid, min)
    for kid in (k for k in tree.kids[head] if k > head):
        role = tree.role(kid)
        if not _close(tree, head, kid, high):
            if role in _WALLS:
                break
            if role in _OUTSIDE or _aside(tree, kid):
                continue
        high = _edge(tree, kid, max)
    return _trimmed(tree, low, _with_sibling(tree, head, high), head)


def _close(tree: Tree, head: int, kid: int, high: int) -> bool:
    """Whether a dependent that mostly lies outside is part of the phrase after all."""
    role, first = tree.role(kid), _edge(tree, kid, min)
    if role == "case":
        return kid == high + 1  # the possessive 's
    if role == "conj":
        return tree.pos[kid] == "X"  # "et al."
    if role == "appos":
        return first == high + 1 and tree.pos[first] != "PUNCT"  # "his brother Alfred"
    if role == "obl":
        return tree.pos[head] in ("ADJ", "DET", "NUM")  # "many of them"
    if role == "advmod":
        return kid == high + 1 and tree.pos[kid] == "ADV" and tree.first(head, "cop") is None  # "a year abroad"
    return False


def _aside(tree: Tree, kid: int) -> bool:
    """Whether a dependent stands in brackets or after a dash, a citation say; a year in brackets belongs."""
    first = _edge(tree, kid, min)
    if tree.label[kid] == "nmod:unmarked" and tree.pos[kid] == "NUM":
        return False
    if tree.role(kid) == "dep" and tree.pos[first - 1] == "PUNCT":
        return True
    return tree.doc[first].text in ("(", "[") and tree.role(kid) != "compound"


def _with_sibling(tree: Tree, head: int, high: int) -> int:
    """The end of "July 1831" in "3 July 1831", of "Harwick, Tavia" in an address: both words hang on the same."""
    if tree.label[head] != "nmod:unmarked":
        return high
    for kid in tree.kids[tree.head[head]]:
        near = _edge(tree, kid, min)
        if (
            kid > high
            and near == high + 1
            and tree.label[kid] == "nmod:unmarked"
            and tree.doc[near].text in (",", tree.doc[kid].text)
        ):
            high = _edge(tree, kid, max)
    return high


def _trimmed(tree: Tree, low: int, high: int, head: int) -> tuple[int, int]:
    """Without punctuation at the edges, with the other half of a bracket or quote."""
    texts = [tree.doc[i].text for i in range(low, high + 1)]
    while high > head and tree.pos[high] == "PUNCT" and _OPENER.get(texts[-1], "?") not in texts[:-1]:
        high -= 1
        texts.pop()
    while low < head and tree.pos[low] == "PUNCT":
        low += 1
        texts.pop(0)
    if high + 1 < len(tree.doc):
        closing = tree.doc[high + 1].text
        opening = _OPENER.get(closing)
        if opening is not None and texts.count(opening) % 2 > (closing != opening and closing in texts):
            high += 1
    return low, high + 1


def _edge(tree: Tree, top: int, further: Callable[[int, int], int]) -> int:
    """The first (``min``) or last (``max``) word of all that hangs on a word."""
    found, stack, seen = top, [top], set[int]()
    while stack:
        word = stack.pop()
        if word not in seen:  # a damaged parse may go round in circles
            seen.add(word)
            found = further(found, word)
            stack += tree.kids[word]
    return found
