"""Sentences parsed by hand, and whom their pronouns and descriptions mean."""

from dataclasses import replace

import pytest
from spacy.tokens import Doc

from kg.extraction.coreference import cluster_names, pronoun_mentions
from kg.extraction.mentions import TokenMention
from tests.bracketed import VOCAB


# A parse in a few columns: word, tag, head, dependency.
def parsed(*sentences: str) -> Doc:
    words: list[str] = []
    tags: list[str] = []
    heads: list[int] = []
    deps: list[str] = []
    starts: list[bool] = []
    for sentence in sentences:
        offset = len(words)
        for i, cell in enumerate(sentence.split()):
            word, tag, head, dep = cell.split("/")
            words.append(word)
            tags.append(tag)
            heads.append(offset + int(head) - 1 if head != "0" else offset + i)
            deps.append(dep)
            starts.append(i == 0)
    return Doc(
        VOCAB, words=words, pos=tags, heads=heads, deps=deps, sent_starts=starts, lemmas=[w.lower() for w in words]
    )


ANNA = "Anna/PROPN/2/compound Poe/PROPN/3/nsubj met/VERB/0/root Ian/PROPN/5/compound Roe/PROPN/3/obj ./PUNCT/3/punct"
PEOPLE = [TokenMention(0, 2, "Person"), TokenMention(3, 5, "Person")]


def referents(doc: Doc, mentions: list[TokenMention]) -> list[str]:
    """For each pronoun or nominal, the first words of its cluster, ``-`` for none."""
    found = cluster_names(doc, mentions)
    answer = []
    for mention in found:
        if mention.kind != "name":
            first = next(m for m in found if m.cluster == mention.cluster)
            answer.append("-" if first is mention or mention.cluster == -1 else first.span(doc).text)
    return answer


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        ("She/PRON/2/nsubj left/VERB/0/root ./PUNCT/2/punct", ["Anna Poe"]),
        ("He/PRON/2/nsubj left/VERB/0/root ./PUNCT/2/punct", ["Ian Roe"]),
        ("His/PRON/2/nmod:poss plane/NOUN/3/nsubj left/VERB/0/root", ["Ian Roe"]),
        ("It/PRON/2/nsubj rained/VERB/0/root", ["-"]),
        ("He/PRON/2/nsubj hurt/VERB/0/root himself/PRON/2/obj", ["Ian Roe", "Ian Roe"]),
        ("He/PRON/2/nsubj saw/VERB/0/root him/PRON/2/obj", ["Ian Roe", "-"]),
    ],
)
def test_pronouns(second: str, expected: list[str]) -> None:
    doc = parsed(ANNA, second)
    assert referents(doc, PEOPLE + pronoun_mentions(doc)) == expected


def test_a_pronoun_takes_the_type_of_what_it_means() -> None:
    doc = parsed("Harwick/PROPN/2/nsubj grew/VERB/0/root ./PUNCT/2/punct", "It/PRON/2/nsubj hired/VERB/0/root")
    found = cluster_names(doc, [TokenMention(0, 1, "Facility", "Airport"), *pronoun_mentions(doc)])
    assert [(m.cluster, m.type, m.subtype, m.kind) for m in found] == [
        (0, "Facility", "Airport", "name"),
        (0, "Facility", "Airport", "pronoun"),
    ]


@pytest.mark.parametrize(
    ("between", "expected"),
    [("profit/NOUN/2/nsubj fell/VERB/0/root", "-"), ("profits/NOUN/2/nsubj fell/VERB/0/root", "Harwick")],
)
def test_a_noun_between_may_be_meant_as_well(between: str, expected: str) -> None:
    doc = parsed("Harwick/PROPN/2/nsubj grew/VERB/0/root", between, "It/PRON/2/nsubj hired/VERB/0/root")
    doc[2].set_morph("Number=Plur" if doc[2].text.endswith("s") else "Number=Sing")
    assert referents(doc, [TokenMention(0, 1, "Organization"), *pronoun_mentions(doc)]) == [expected]


def test_a_pronoun_reaches_two_sentences_back() -> None:
    filler = "Rain/NOUN/2/nsubj fell/VERB/0/root ./PUNCT/2/punct"
    she = "She/PRON/2/nsubj left/VERB/0/root"
    near, far = parsed(ANNA, filler, she), parsed(ANNA, filler, filler, she)
    assert referents(near, PEOPLE + pronoun_mentions(near)) == ["Anna Poe"]
    assert referents(far, PEOPLE + pronoun_mentions(far)) == ["-"]


def test_it_that_means_nothing() -> None:
    doc = parsed("It/PRON/3/expl is/AUX/3/cop likely/ADJ/0/root that/SCONJ/6/mark it/PRON/6/nsubj grew/VERB/3/csubj")
    assert [m.start for m in pronoun_mentions(doc)] == [4]


HARWICK = "Harwick/PROPN/2/compound Steel/PROPN/3/nsubj grew/VERB/0/root ./PUNCT/3/punct"


@pytest.mark.parametrize(
    ("second", "nominal", "expected"),
    [
        ("The/DET/2/det company/NOUN/3/nsubj hired/VERB/0/root", (4, 6), ["Harwick Steel"]),
        ("A/DET/2/det company/NOUN/3/nsubj hired/VERB/0/root", (4, 6), ["-"]),
        ("The/DET/2/det club/NOUN/3/nsubj hired/VERB/0/root", (4, 6), ["-"]),
        ("The/DET/3/det rival/ADJ/3/amod company/NOUN/4/nsubj hired/VERB/0/root", (4, 7), ["-"]),
        ("The/DET/2/det steel/NOUN/3/nsubj melted/VERB/0/root", (4, 6), ["Harwick Steel"]),
    ],
)
def test_definite_nouns_for_names(second: str, nominal: tuple[int, int], expected: list[str]) -> None:
    doc = parsed(HARWICK, second)
    mentions = [TokenMention(0, 2, "Organization", "Company"), TokenMention(*nominal, "Organization", kind="nominal")]
    assert referents(doc, mentions) == expected


@pytest.mark.parametrize(
    ("said", "name", "one"),
    [
        ("His/DET/2/det wife/NOUN/3/nsubj left/VERB/0/root ,/PUNCT/5/punct Ida/PROPN/3/obj", (4, 5), False),
        ("His/DET/2/det wife/NOUN/4/nsubj Ida/PROPN/2/appos left/VERB/0/root", (2, 3), True),
        ("His/DET/2/det wife/NOUN/5/nsubj ,/PUNCT/4/punct Ida/PROPN/2/appos left/VERB/0/root", (3, 4), True),
        ("His/DET/2/det wives/NOUN/4/nsubj Ida/PROPN/2/appos left/VERB/0/root", (2, 3), False),
    ],
)
def test_a_name_behind_a_noun_says_who_is_meant(said: str, name: tuple[int, int], one: bool) -> None:
    doc = parsed(said)
    doc[1].set_morph("Number=Plur" if doc[1].text.endswith("s") else "Number=Sing")
    wife, ida = TokenMention(0, 2, "Person", kind="nominal"), TokenMention(*name, "Person")
    found = cluster_names(doc, [wife, ida])
    assert (found[0].cluster == found[1].cluster) is one
    other = cluster_names(doc, [wife, replace(ida, type="Place")])
    assert other[0].cluster != other[1].cluster


def test_what_was_described_gets_its_name() -> None:
    doc = parsed(
        "A/DET/2/det militia/NOUN/3/nsubj struck/VERB/0/root",
        "It/PRON/2/nsubj fled/VERB/0/root",
        "Harrier/PROPN/2/nsubj returned/VERB/0/root",
        "Harwick/PROPN/2/nsubj fell/VERB/0/root",
    )
    militia, it = TokenMention(0, 2, "Organization", kind="nominal"), TokenMention(3, 4, "Organization", kind="pronoun")
    harrier, harwick = TokenMention(5, 6, "Organization"), TokenMention(7, 8, "Organization")
    mentions = [militia, it, harrier, harwick]
    assert [m.cluster for m in cluster_names(doc, mentions, {it: militia})] == [0, 0, 1, 2]
    assert [m.cluster for m in cluster_names(doc, mentions, {it: militia, harrier: militia})] == [0, 0, 0, 1]
    both = {it: militia, harrier: militia, harwick: militia}  # one description has one name
    assert [m.cluster for m in cluster_names(doc, mentions, both)] == [0, 0, 0, 1]


def test_a_noun_said_again() -> None:
    doc = parsed(
        "A/DET/3/det new/ADJ/3/amod decree/NOUN/4/nsubj came/VERB/0/root",
        "The/DET/2/det decree/NOUN/3/nsubj failed/VERB/0/root",
        "The/DET/3/det second/ADJ/3/amod decree/NOUN/4/nsubj held/VERB/0/root",
        "The/DET/2/det decree/NOUN/5/nsubj of/ADP/4/case May/PROPN/2/nmod held/VERB/0/root",
    )
    spans = [(0, 3), (4, 6), (7, 10), (11, 13)]
    mentions = [TokenMention(a, b, "Work", kind="nominal") for a, b in spans]
    assert [m.cluster for m in cluster_names(doc, mentions)] == [0, 0, 1, 2]


def test_the_country_only_where_one_is_meant() -> None:
    the = "The/DET/2/det country/NOUN/3/nsubj agreed/VERB/0/root"
    one = parsed("Kenya/PROPN/2/nsubj agreed/VERB/0/root", the)
    two = parsed("Kenya/PROPN/2/nsubj met/VERB/0/root Peru/PROPN/2/obj", the)
    kenya = TokenMention(0, 1, "Place", "Country")
    assert referents(one, [kenya, TokenMention(2, 4, "Place", kind="nominal")]) == ["Kenya"]
    both = [kenya, TokenMention(2, 3, "Place", "Country"), TokenMention(3, 5, "Place", kind="nominal")]
    assert referents(two, both) == ["-"]


def test_without_a_parse_nouns_stay_alone_and_pronouns_unanswered() -> None:
    doc = Doc(VOCAB, words=["Anna", "Poe", "left", ".", "She", "won", "the", "cup"])
    mentions = [TokenMention(0, 2, "Person"), *pronoun_mentions(doc), TokenMention(6, 8, "Award", kind="nominal")]
    assert [m.cluster for m in cluster_names(doc, mentions)] == [0, -1, 1]
