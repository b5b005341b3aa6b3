"""Clusters of phrases, on parses and weights made by hand: words of equal state go together."""

from __future__ import annotations

import pytest

from kg.extraction.mentions import TokenMention
from kg.extraction.phrase_clusters import coreference, phrase_clusters
from kg.records import Reference
from tests.language.test_coreference import ONE, reading, weights
from tests.parses import parse

pytestmark = pytest.mark.usefixtures("readings")
NOTHING = (0.0, 0.0)


def clusters(notation: str, alike: str = "", names: tuple[tuple[int, int], ...] = ()) -> list[str]:
    """``alike``: words that the model holds for one thing; ``names``: word and cluster of each recognised name."""
    doc, _ = parse(notation)
    states = [ONE if t.text in alike.split() else NOTHING for t in doc]
    doc._.kg_reading = reading(states)
    mentions = [TokenMention(i, i + 1, "Person", cluster=cluster) for i, cluster in names]
    found = phrase_clusters(doc, mentions, weights())
    return [", ".join(doc[p.start : p.end].text for p in cluster) for cluster in found]


def test_the_model_joins() -> None:
    told = "nsubj(Varga) bought/VBD obj(ships/NNS) || nsubj(they) sank/VBD || nsubj(he) wept/VBD"
    assert clusters(told) == ["Varga", "ships", "they", "he"]
    assert clusters(told, "ships they") == ["Varga", "ships, they", "he"]


def test_equal_names_are_joined_and_equal_nouns_are_not() -> None:
    told = "nsubj(Varga) bought/VBD obj(ships/NNS) || nsubj(Varga) sold/VBD obj(ships/NNS)"
    assert clusters(told) == ["Varga, Varga", "ships", "ships"]


def test_clusters_of_names_are_kept() -> None:
    told = "nsubj(Varga) bought/VBD obj(ships/NNS) || nsubj(Mira) sold/VBD obj(ships/NNS)"
    assert clusters(told, names=((0, 4), (3, 4))) == ["Varga, Mira", "ships", "ships"]


def test_the_model_does_not_join_two_names_held_apart() -> None:
    told = "nsubj(Varga) met/VBD obj(Mira) || nsubj(she) left/VBD"
    assert clusters(told, "Varga Mira she") == ["Varga, Mira, she"]
    assert clusters(told, "Varga Mira she", ((0, 0), (2, 1))) == ["Varga, she", "Mira"]


def test_a_name_that_the_tagger_took_for_a_noun_is_one() -> None:
    told = "nsubj(Iron/NN) fell/VBD || nsubj(Iron/NN) rose/VBD"
    assert clusters(told) == ["Iron", "Iron"]
    assert clusters(told, names=((0, 0), (2, 0))) == ["Iron, Iron"]


def test_nothing_is_what_it_is_a_part_of() -> None:
    told = "nsubj(nmod:poss(brigade/NN) men/NNS) left/VBD"
    assert clusters(told, "brigade men") == ["brigade men", "brigade"]


def test_dates_are_never_one_by_their_cluster() -> None:
    doc, _ = parse("nsubj(Varga) left/VBD obl(case(in) May) || nsubj(Mira) left/VBD obl(case(in) June)")
    dates = [TokenMention(i, i + 1, "Date", cluster=0) for i in (3, 7)]
    found = phrase_clusters(doc, dates)
    assert [[doc[p.head].text for p in c] for c in found] == [["Varga"], ["May"], ["Mira"], ["June"]]


def test_records_without_a_model() -> None:
    doc, _ = parse("nsubj(Varga) left/VBD || nsubj(Varga) slept/VBD obl(case(in) det(the) port)")
    assert coreference(doc) == (
        (Reference(0, 5, "Varga", "name"), Reference(11, 16, "Varga", "name")),
        (Reference(26, 34, "the port", "nominal"),),
    )
