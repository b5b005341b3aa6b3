"""Open relations: what a sentence says of two names in words for which the vocabulary has no relation."""

from __future__ import annotations

from kg.extraction.mentions import Candidate
from kg.extraction.syntax.arguments import Argument
from kg.extraction.syntax.emit import Collector
from kg.extraction.syntax.paths import Reader
from kg.extraction.syntax.words import words

_TIME = frozenset({"during", "until", "since", "before", "after", "despite", "because of", "according to", "including"})


def match_open(verb: int, reader: Reader, out: Collector) -> list[Candidate]:
    """Candidates ``open:<lemmas>`` between the named subject of a predicate and its named objects."""
    tree, reporting = reader.tree, words("reporting")
    has_copula = tree.pos[verb] != "VERB" and tree.has(verb, "cop")
    if tree.pos[verb] != "VERB" and not (has_copula and tree.pos[verb] in {"ADJ", "NOUN"}):
        return []
    if tree.dep[verb] in {"amod", "compound", "case", "fixed", "aux", "auxpass", "cop"} or tree.has(verb, "ccomp"):
        return []
    passive = not has_copula and tree.passive(verb)
    subjects = _named(reader, list(tree.surface_subjects(verb)))
    if not subjects:
        return []
    said, phrase = [verb], ["be", tree.lemma[verb]] if has_copula else [tree.lemma[verb]]
    particles = tree.children(verb, "prt")
    said += particles
    phrase += [tree.low[p] for p in particles]
    found: list[Candidate] = []
    objects = [] if has_copula else tree.children(verb, "obj")
    direct = [] if passive or tree.lemma[verb] in reporting else _named(reader, tree.objects(verb))
    reached: list[tuple[Argument, list[str], list[int]]] = [(a, phrase, said) for a in direct]
    middle, middle_words = phrase, said
    if objects and not direct:
        if tree.pos[objects[0]] != "NOUN":
            return []
        middle, middle_words = [*phrase, tree.lemma[objects[0]]], [*said, objects[0]]
    anchors = [verb, *(objects[:1] if tree.lemma[verb] in words("light") else [])]
    if not direct and (has_copula or objects or tree.lemma[verb] not in reporting):
        for anchor in anchors:
            for preposition, noun, extra in tree.obliques(anchor):
                if not preposition or preposition in _TIME or tree.head[noun] not in {anchor, verb}:
                    continue
                if preposition == "by" and passive:
                    reached += [(a, [*phrase], [*said]) for a in _named(reader, [noun])]
                    continue
                reached += [
                    (a, [*middle, *preposition.split()], [*middle_words, *extra]) for a in _named(reader, [noun])
                ]
    for subject in subjects:
        for argument, lemmas, trigger in reached:
            s, o = subject.mention, argument.mention
            agentive = passive and lemmas == phrase
            if agentive:
                s, o = o, s
            relation = "open:" + " ".join((["be"] if passive and not agentive else []) + lemmas)
            head, *rest = trigger
            score = 0.45 * subject.weight * argument.weight
            found.append(Candidate(s, relation, o, (head, *sorted(set(rest) - {head})), "open", round(score, 4)))
    known = out.pairs()
    return [
        c
        for c in found
        if c.object is not None
        and (verb, (c.subject.start, c.subject.end), (c.object.start, c.object.end)) not in known
    ]


def _named(reader: Reader, tokens: list[int]) -> list[Argument]:
    return [
        a
        for t in tokens
        for a in reader.arguments.each(t)
        if a.mention.kind != "nominal" and a.mention.type not in {"Date", "Position"} and a.weight >= 0.8
    ]
