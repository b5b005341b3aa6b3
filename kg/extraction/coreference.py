"""Coreference inside one document: which names, nouns and pronouns mean the same thing.

Names first, over the whole document (`kg.extraction.name_clusters`); then definite nouns and third-person pronouns
from left to right, each to something already said. `kg.extraction.document_entities` makes records of the clusters.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from spacy.tokens import Doc

from kg.extraction.mentions import TokenMention
from kg.extraction.name_clusters import cluster_written_names
from kg.extraction.nominals import name_behind, nominal_antecedent
from kg.extraction.pronouns import Antecedent, antecedent, pronoun_gender, pronoun_mentions, sentence_numbers
from kg.extraction.written_names import written_name
from kg.gazetteer import PersonName, fold, title_gender
from kg.gazetteer.people import Gender

__all__ = ["cluster_names", "pronoun_mentions"]


def cluster_names(
    doc: Doc, mentions: Sequence[TokenMention], proposed: Mapping[TokenMention, TokenMention] = MappingProxyType({})
) -> list[TokenMention]:
    """The mentions, sorted, with ``cluster`` set; clusters are numbered by first mention from 0.

    Names need no annotation but the tokens; nouns and pronouns need a parse. A pronoun that nothing answers keeps
    cluster -1; one that is answered takes the type and subtype of its antecedent. A Date is always alone.
    ``proposed`` gives the antecedents that a model chose for nouns and pronouns, and for names the descriptions that
    came before them; rules answer for the rest.
    """
    ordered = sorted(set(mentions))
    names = [m for m in ordered if m.kind == "name"]
    numbers = cluster_written_names(doc, names)
    clusters: dict[TokenMention, int] = dict(zip(names, numbers, strict=True))
    _join_parts(doc, clusters, proposed)
    genders = _genders(doc, names, [clusters[name] for name in names])
    others = [m for m in ordered if m.kind != "name"]
    if others:
        _resolve(doc, ordered, clusters, genders, proposed)
    renumbered: dict[int, int] = {}
    found = []
    for mention in ordered:
        cluster = clusters[mention]
        if cluster != -1:
            cluster = renumbered.setdefault(cluster, len(renumbered))
        found.append(replace(mention, cluster=cluster))
    return _retyped(found)


def _join_parts(doc: Doc, clusters: dict[TokenMention, int], proposed: Mapping[TokenMention, TokenMention]) -> None:
    """Give what goes by one name only the cluster of a name that the model takes that one for."""
    for name, earlier in sorted(proposed.items()):
        if name.kind == earlier.kind == "name":
            one, other = sorted((name, earlier), key=lambda m: len(m.span(doc).text))
            mine = [m for m, number in clusters.items() if number == clusters[one]]
            if len({fold(m.span(doc).text) for m in mine}) == 1:
                clusters.update(dict.fromkeys(mine, clusters[other]))


def _genders(doc: Doc, names: Sequence[TokenMention], numbers: Sequence[int]) -> dict[int, Gender]:
    """What titles and given names tell of each cluster of a person; titles win."""
    votes: dict[int, Counter[Gender]] = {}
    for mention, number in zip(names, numbers, strict=True):
        if mention.type == "Person":
            told = title_gender([token.text for token in doc[max(0, mention.start - 3) : mention.start]])[1]
            weight = 3 if told else 1
            told = told or PersonName.of(written_name(doc, mention)).gender
            if told:
                votes.setdefault(number, Counter())[told] += weight
    return {number: max(sorted(told), key=lambda g: told[g]) for number, told in votes.items()}


def _resolve(
    doc: Doc,
    ordered: Sequence[TokenMention],
    clusters: dict[TokenMention, int],
    genders: dict[int, Gender],
    proposed: Mapping[TokenMention, TokenMention],
) -> None:
    """Give nouns and pronouns their cluster, left to right; fills ``clusters``, which holds those of the names, and
    ``genders``.
    """
    sentences = sentence_numbers(doc)
    parsed = doc.has_annotation("DEP")
    fresh = max(clusters.values(), default=-1) + 1
    before: list[Antecedent] = []
    often: Counter[int] = Counter()
    names, of_names = {m.start: m for m in clusters}, set(clusters.values())
    named_at_last: dict[int, int] = {}
    for mention in ordered:
        cluster = clusters.get(mention, -1)
        kind, subtype = mention.type, mention.subtype
        chosen = proposed.get(mention)
        if parsed and mention.kind == "nominal":
            chosen = name_behind(doc, mention, names) or chosen
        if chosen is not None and clusters.get(chosen, -1) != -1 and mention.kind != "name":
            cluster = clusters[chosen]
            if mention.kind == "pronoun":
                kind, subtype = chosen.type, chosen.subtype
        elif mention.kind == "pronoun":
            held = antecedent(doc, mention, before, often, sentences) if parsed else None
            if held is not None:
                cluster, kind, subtype = held.mention.cluster, held.mention.type, held.mention.subtype
                told = pronoun_gender(doc, mention)
                if told:
                    genders.setdefault(cluster, told)
        elif mention.kind == "nominal":
            held = nominal_antecedent(doc, mention, before, sentences) if parsed and mention.type != "Date" else None
            cluster = held.mention.cluster if held is not None else fresh
            fresh += held is None
        elif chosen is not None and not often[cluster] and clusters[chosen] not in of_names:
            named_at_last.setdefault(clusters[chosen], cluster)
        clusters[mention] = cluster
        if cluster != -1 and kind != "Date":
            head = mention.span(doc).root.i if parsed else mention.end - 1
            settled = replace(mention, cluster=cluster, type=kind, subtype=subtype)
            before.append(Antecedent(settled, head, sentences[head], genders.get(cluster, "")))
            often[cluster] += 1
    for mention, cluster in clusters.items():
        clusters[mention] = named_at_last.get(cluster, cluster)


def _retyped(mentions: list[TokenMention]) -> list[TokenMention]:
    """Pronouns take the type that most of their cluster's other mentions have."""
    types: dict[int, Counter[tuple[str, str | None]]] = {}
    for mention in mentions:
        if mention.kind != "pronoun":
            types.setdefault(mention.cluster, Counter())[mention.type, mention.subtype] += 1
    found = []
    for mention in mentions:
        if mention.kind == "pronoun" and mention.cluster in types:
            kind, subtype = types[mention.cluster].most_common(1)[0][0]
            mention = replace(mention, type=kind, subtype=subtype)
        found.append(mention)
    return found
