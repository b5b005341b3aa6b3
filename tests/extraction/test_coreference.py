"""Texts with their mentions in brackets, and what means the same: ``[words|Type]``, ``[words|Type:Subtype]``."""

import re
from dataclasses import replace

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from kg.extraction.coreference import cluster_names, pronoun_mentions
from kg.extraction.document_entities import document_entities, entity_ids
from kg.extraction.mentions import TokenMention
from kg.extraction.written_names import characters
from kg.records import Document, DocumentEntity

VOCAB = spacy.blank("en").vocab


def marked(text: str) -> tuple[Doc, list[TokenMention]]:
    words: list[str] = []
    mentions = []
    for piece in re.findall(r"\[[^\]]+\]|\S+", text):
        if piece.startswith("["):
            inner, label = piece[1:-1].rsplit("|", 1)
            kind, _, subtype = label.partition(":")
            start = len(words)
            words += inner.split()
            mentions.append(TokenMention(start, len(words), kind, subtype or None))
        else:
            words.append(piece)
    return Doc(VOCAB, words=words), mentions


def clusters(text: str) -> list[list[str]]:
    doc, mentions = marked(text)
    found: dict[int, list[str]] = {}
    for mention in cluster_names(doc, mentions):
        found.setdefault(mention.cluster, []).append(mention.span(doc).text)
    assert list(found) == list(range(len(found)))
    return list(found.values())


def entities(text: str) -> tuple[DocumentEntity, ...]:
    doc, mentions = marked(text)
    return document_entities(doc, Document.of(doc.text, "test"), cluster_names(doc, mentions))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # people
        (
            "[Anna Poe|Person] met [Dr. Poe 's|Person] pupil [POE|Person]",
            [["Anna Poe", "Dr. Poe 's", "POE"]],
        ),
        # one and many
        ("[Tarn DC-4|Product] , the [Tarn DC-4s|Product]", [["Tarn DC-4", "Tarn DC-4s"]]),
        ("a [Velan|Group] , [Velans|Group] and [Velan people|Group]", [["Velan", "Velans", "Velan people"]]),
        ("[Kurds|Group] and [Kurdish people|Group]", [["Kurds", "Kurdish people"]]),
        ("the [Super Cup|Event] of [Super Cups|Event]", [["Super Cup"], ["Super Cups"]]),
        # a short form in brackets, in whatever language it is one; a country in brackets is where it lies
        (
            "[Velan Workers Party|Organization] ( [PKI|Organization] ) met",
            [["Velan Workers Party", "PKI"]],
        ),
        ("[Eureka|Place] ( [USA|Place] ) won", [["Eureka"], ["USA"]]),
        ("[Ida Poe|Person] ( [SPD|Organization] ) won", [["Ida Poe"], ["SPD"]]),
        # parts of names
        ("[Republic of Latvia|Place] or [Latvia|Place]", [["Republic of Latvia", "Latvia"]]),
        ("[Republic of China|Place] or [China|Place]", [["Republic of China"], ["China"]]),
        ("[Harwick Bridge|Facility] , the [Bridge|Facility]", [["Harwick Bridge", "Bridge"]]),
        (
            "[Council of the Vell League|Organization] and [Vell League|Organization]",
            [["Council of the Vell League"], ["Vell League"]],
        ),
        # a relative is not the one whom the surname meant before
        (
            "[Poe|Person] was born to [Jon Poe|Person] , a baker . Later [Poe|Person] wrote",
            [["Poe", "Poe"], ["Jon Poe"]],
        ),
        ("[Poe|Person] wrote . His wife , [Ida Poe|Person] , sang", [["Poe"], ["Ida Poe"]]),
        ("[Poe|Person] wrote . The report by [Jon Poe|Person] is short", [["Poe", "Jon Poe"]]),
        (
            "[Anna Poe|Person] sang . [Poe|Person] was the daughter of [Jon Poe|Person]",
            [["Anna Poe", "Poe"], ["Jon Poe"]],
        ),
        ("The son of [Jon Poe|Person] , a baker , left . [Poe|Person] wept", [["Jon Poe", "Poe"]]),
        (
            "[William Poe|Person] , known as [Bill Poe|Person] , and [William J. Poe|Person]",
            [["William Poe", "Bill Poe", "William J. Poe"]],
        ),
        (
            "[John Poe|Person] and [Mary Poe|Person] came . Mrs. [Poe|Person] spoke , then Mr. [Poe|Person]",
            [["John Poe", "Poe"], ["Mary Poe", "Poe"]],
        ),
        (
            "[Ian Poe|Person] and [Walter Poe|Person] came . [Poe|Person] spoke",
            [["Ian Poe", "Poe"], ["Walter Poe"]],
        ),
        ("[Poe|Person] wins . [Ian Poe|Person] won", [["Poe", "Ian Poe"]]),
        ("[Ian Poe|Person] and [Ian Roe|Person]", [["Ian Poe"], ["Ian Roe"]]),
        ("[Ian Poe|Person] and the [Poes|Group]", [["Ian Poe"], ["Poes"]]),
        ("[Ian Poe Sr.|Person] and [Ian Poe Jr.|Person]", [["Ian Poe Sr."], ["Ian Poe Jr."]]),
        ("[Malvina Poe|Person] won . [Malvina|Person] smiled", [["Malvina Poe", "Malvina"]]),
        # organisations
        (
            "[Harwick Steel Inc.|Organization] grew . [Harwick Steel|Organization] and [Harwick|Organization]",
            [["Harwick Steel Inc.", "Harwick Steel", "Harwick"]],
        ),
        (
            "the [Agency for Inland Waters|Organization] ( [AIW|Organization] ) said . [AIW|Organization]",
            [["Agency for Inland Waters", "AIW", "AIW"]],
        ),
        (
            "the [Coast Guard of Norway|Organization] and the [Norwegian Coast Guard|Organization]",
            [["Coast Guard of Norway", "Norwegian Coast Guard"]],
        ),
        (
            "the [Coast Guard of Norway|Organization] sailed , the [Coast Guard|Organization] said",
            [["Coast Guard of Norway", "Coast Guard"]],
        ),
        (
            "the [Kenyan Senate|Organization] and the [Peruvian Senate|Organization] . The [Senate|Organization]",
            [["Kenyan Senate"], ["Peruvian Senate"], ["Senate"]],
        ),
        (
            "[Harwick University|Organization] and [Harwick University Press|Organization]",
            [["Harwick University"], ["Harwick University Press"]],
        ),
        (
            "[Harwick|Place] beat [Oldmere|Place] . [Harwick|Organization:SportsTeam] and [Harwick|Organization]",
            [["Harwick"], ["Oldmere"], ["Harwick", "Harwick"]],
        ),
        # places
        (
            "[New Zealand|Place] , [NZ|Place] , [N.Z.|Place] and the [New Zealander|Group]",
            [["New Zealand", "NZ", "N.Z.", "New Zealander"]],
        ),
        ("[Norwegian|Place] ships and [Norway|Organization:SportsTeam]", [["Norwegian", "Norway"]]),
        ("[Nairobi|Place] said [Kenya|Place] agreed", [["Nairobi"], ["Kenya"]]),
        ("[Korean|Place] ships near [South Korea|Place]", [["Korean", "South Korea"]]),
        ("[Korean|Place] ships", [["Korean"]]),
        ("[York|Place] and [New York|Place]", [["York"], ["New York"]]),
        ("[Oldmere|Place] and [Oldmere City|Place]", [["Oldmere", "Oldmere City"]]),
        ("the [Kenyans|Group] of [Kenya|Place]", [["Kenyans"], ["Kenya"]]),
        # dates
        ("[Monday|Date] and [Monday|Date]", [["Monday"], ["Monday"]]),
    ],
)
def test_names(text: str, expected: list[list[str]]) -> None:
    assert clusters(text) == expected


@pytest.mark.parametrize(
    ("text", "name", "aliases", "kind", "subtype"),
    [
        ("[Dr. Anna Poe 's|Person] and [Poe|Person]", "Anna Poe", ("Dr. Anna Poe", "Poe"), "Person", None),
        ("[Norwegian|Place] ships", "Norway", ("Norwegian",), "Place", "Country"),
        ("[Georgia|Place] won", "Georgia", (), "Place", None),
        ("[Georgia|Place] and a [Georgian|Place]", "Georgia", ("Georgian",), "Place", "Country"),
        (
            "[The Agency for Inland Waters|Organization] ( [AIW|Organization] )",
            "Agency for Inland Waters",
            ("AIW",),
            "Organization",
            None,
        ),
        ("[KENYA|Place] and [Kenya|Organization:SportsTeam]", "Kenya", ("KENYA",), "Place", "Country"),
        ("the [Kenyans|Group]", "Kenyans", (), "Group", None),
        (
            "[HARWICK STEEL|Organization] : [Harwick Steel|Organization]",
            "Harwick Steel",
            ("HARWICK STEEL",),
            "Organization",
            None,
        ),
    ],
)
def test_entities(text: str, name: str, aliases: tuple[str, ...], kind: str, subtype: str | None) -> None:
    (entity,) = entities(text)
    assert (entity.name, entity.aliases, entity.type, entity.subtype) == (name, aliases, kind, subtype)


def test_claims_and_entities_have_a_name_at_the_same_place() -> None:
    doc, (country, park) = marked("[Kenya 's|Place:Country] ferries and [Kenya 's Wonder|Facility]")
    assert [doc.text[slice(*characters(doc, m))] for m in (country, park)] == ["Kenya", "Kenya 's Wonder"]
    office = replace(country, kind="nominal")
    assert doc.text[slice(*characters(doc, office))] == "Kenya 's"


def test_mentions_are_trimmed_and_dates_are_no_entities() -> None:
    doc, mentions = marked("On [Monday|Date] [Harwick Steel 's|Organization] chief [Anna Poe|Person] left")
    clustered = cluster_names(doc, mentions)
    found = document_entities(doc, Document.of(doc.text, "test"), clustered)
    assert [(e.id, e.name, e.mentions[0].text) for e in found] == [
        ("e1", "Harwick Steel", "Harwick Steel"),
        ("e2", "Anna Poe", "Anna Poe"),
    ]
    assert all(doc.text[m.start : m.end] == m.text for e in found for m in e.mentions)
    assert entity_ids(clustered) == {1: "e1", 2: "e2"}


@pytest.mark.parametrize(
    ("post", "also"),
    [
        ("commander of the Fifth Brigade", ("commander",)),
        ("Kenyan commander", ("commander",)),
        ("Kenyan envoy to Chad", ("Kenyan envoy", "envoy", "envoy to Chad")),
        ("deputy minister", ()),
    ],
)
def test_a_post_is_also_called_by_its_bare_role(post: str, also: tuple[str, ...]) -> None:
    doc = Doc(VOCAB, words=post.split())
    mention = TokenMention(0, len(doc), "Position", kind="nominal", cluster=0)
    (found,) = document_entities(doc, Document.of(doc.text, "test"), [mention])
    assert (found.name, found.aliases) == (post, also)


@pytest.mark.parametrize(
    ("phrase", "name", "also"),
    [
        ("his nostalgic poems", "nostalgic poems", ("his nostalgic poems",)),
        ("their first steel mill", "first steel mill", ("steel mill", "their first steel mill")),
        ("the two hostile armies", "two hostile armies", ("hostile armies",)),
        ("the all", "all", ()),
    ],
)
def test_a_description_is_called_by_what_it_is_not_by_whose(phrase: str, name: str, also: tuple[str, ...]) -> None:
    doc = Doc(VOCAB, words=phrase.split())
    mention = TokenMention(0, len(doc), "Work", kind="nominal", cluster=0)
    (found,) = document_entities(doc, Document.of(doc.text, "test"), [mention])
    assert (found.name, found.aliases) == (name, also)


NAMES = st.sampled_from(
    ["Anna Poe", "Poe", "Mr Poe", "Ian Poe", "Harwick Steel", "Harwick", "HS", "Norway", "Norwegian", "Monday", "'s"]
)
TYPES = st.sampled_from(["Person", "Organization", "Place", "Group", "Date", "Event", "Work"])


@given(st.lists(st.tuples(NAMES, TYPES), max_size=12))
def test_clusters_partition_the_mentions(marks: list[tuple[str, str]]) -> None:
    doc, mentions = marked(" and ".join(f"[{name}|{kind}]" for name, kind in marks))
    found = cluster_names(doc, mentions)
    assert [(m.start, m.end, m.type) for m in found] == [(m.start, m.end, m.type) for m in mentions]
    assert cluster_names(doc, list(reversed(mentions))) == found
    held = document_entities(doc, Document.of(doc.text, "test"), found)
    assert sum(len(e.mentions) for e in held) == sum(m.type != "Date" for m in found)
    assert [e.id for e in held] == [f"e{i + 1}" for i in range(len(held))]
    assert all(e.name and e.name not in e.aliases for e in held)


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


def test_what_no_name_names_is_called_by_a_full_description() -> None:
    doc = Doc(VOCAB, words=["The", "group", ",", "a", "hacker", "group", ",", "struck", "again"])
    mentions = [TokenMention(a, b, "Group", kind="nominal", cluster=0) for a, b in ((0, 2), (3, 6))]
    (found,) = document_entities(doc, Document.of(doc.text, "test"), mentions)
    assert found.name == "hacker group"
    (short,) = document_entities(doc, Document.of(doc.text, "test"), mentions[:1])
    assert short.name == "group"
