"""Texts with what a recogniser marked in brackets, ``[words|LABEL]``, and the names that come out of it."""

import re
from itertools import pairwise

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc, Span

from kg.extraction.mentions import TokenMention
from kg.extraction.name_spans import repaired
from kg.extraction.recognition import recognised

VOCAB = spacy.blank("en").vocab
BREAK = "¶"


def document(text: str) -> Doc:
    """``¶`` is a paragraph border; ``_`` before a word says that no blank parts it from the word before."""
    words: list[str] = []
    spaces: list[bool] = []
    marks: list[tuple[int, int, str]] = []
    for piece in re.findall(r"\[[^\]]+\]|\S+", text):
        inner, label = piece[1:-1].rsplit("|", 1) if piece.startswith("[") else (piece, "")
        start = len(words)
        for word in inner.split():
            if word.startswith("_") and len(word) > 1:
                word, spaces[-1] = word[1:], False
            words.append("\n\n" if word == BREAK else word)
            spaces.append(word != BREAK)
        if label:
            marks.append((start, len(words), label))
    doc = Doc(VOCAB, words=words, spaces=spaces)
    doc.ents = [Span(doc, start, end, label) for start, end, label in marks]
    return doc


def names(text: str) -> list[str]:
    doc = document(text)
    return [m.span(doc).text for m in recognised(doc) if m.kind == "name"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # nothing crosses a paragraph, a dateline ends at its dash
        ("[Port Vell ¶ PORT VELL|Place] , May 3", ["Port Vell", "PORT VELL"]),
        ("[MARKO - Marko|Person] burnt", ["MARKO", "Marko"]),
        # a bracket that is not closed
        ("[Ida ( _Poe|Person] _) left", ["Ida"]),
        ("[Bank of Vell ( _BV|Organization] _) grew", ["Bank of Vell", "BV"]),
        ("[Jon (or Jan) Poe|Person] left", ["Jon (or Jan) Poe"]),
        # hyphens
        ("[Yun Se _-|Person] _won spoke", ["Yun Se-won"]),
        ("[Night|Work] _- [_Owl|Work] opened", ["Night-Owl"]),
        ("[Kenya|Place] _- _based troops", ["Kenya"]),
        ("[Kenya|Place] _- [_Chad|Place] talks", ["Kenya", "Chad"]),
        # a rank goes with the name, and is no name beside it
        ("[Prince|Person] [Harry Poe|Person] left", ["Prince Harry Poe"]),
        # words that join
        ("[Harwick|Organization] & [Sons|Organization] sold", ["Harwick & Sons"]),
        ("[Harwick|Organization] & [Poe|Person] sold", ["Harwick", "Poe"]),
        ("[Bosnia|Place] and [Herzegovina|Place] agreed", ["Bosnia and Herzegovina"]),
        ("[Kenya|Place] and [Chad|Place] agreed", ["Kenya", "Chad"]),
        ("[Night Flight|Work] _: [Part Two|Work] ran", ["Night Flight: Part Two"]),
        ("[3rd Fleet of the|Organization] [Harrier Army|Organization]", ["3rd Fleet of the Harrier Army"]),
        ("[Office for|Organization] Border Affairs said", ["Office for Border Affairs"]),
        ("[Ministry for|Organization] [Anna Poe|Person] said", ["Ministry", "Anna Poe"]),
        ("[Rail Standards|Organization] [Kenya|Place] said", ["Rail Standards Kenya"]),
        ("[Rail Standards|Organization] [Kenyan|Place] chief", ["Rail Standards", "Kenyan"]),
        ("the [Sons of Marl|Organization] [Memorial Hall|Facility] burned", ["Sons of Marl Memorial Hall"]),
        ("[Marl|Organization] [Poe|Person] said", ["Marl", "Poe"]),
        # edges
        ("the [Office for the|Organization] moon", ["Office"]),
        ("[Harwick _,|Organization] which", ["Harwick"]),
        ("[Harwick _'s|Organization] ferry", ["Harwick"]),
        # titles
        ("[Mrs Poe|Person] met [Brigadier Anna Poe|Person]", ["Poe", "Anna Poe"]),
        ("Sir [Anton Poe|Person] sailed", ["Sir Anton Poe"]),
        # no names at all
        ("[the|Organization] [Ms.|Person] [January|Event] [_,|Work] [of the|Work] [Monday|Event]", []),
        ("[IT|Organization] failed", ["IT"]),
        # possessives that belong
        ("in [St. John _'s|Place] police", ["St. John's"]),
        ("in [St. John|Place] _'s , police", ["St. John's"]),
        ("the final at [Ford|Facility] _'s", ["Ford's"]),
        ("the gate of [Ford|Facility] _'s", ["Ford"]),
        ("[St. Anna Poe _'s|Person] boat", ["St. Anna Poe"]),
    ],
)  # fmt: skip
def test_borders_of_names(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # passed over
        ("Fire in Kenya , say the police", ["Kenya"]),
        ("Fire in South Africa and Chad", ["South Africa", "Chad"]),
        ("The Kenya Post and Jordan Poe said so", []),
        ("PORT VELL , May 3 - A ferry sank", ["PORT VELL"]),
        ("A fire ¶ NIV - A ferry sank", ["NIV"]),
        ("PRESS RELEASE - FOR USE", []),
        ("NIV burnt", []),
        ("[Anna Poe|Person] left , Anna Poe said , and Anna Poe Roe too", ["Anna Poe", "Anna Poe"]),
        (
            "[Harwick Institute of Mechanics|Organization] ( HIM ) fell ; HIM rose , OMH not",
            ["Harwick Institute of Mechanics", "HIM", "HIM"],
        ),
        ("[Harwick Institute of Mechanics|Organization] ( ABC ) fell", ["Harwick Institute of Mechanics"]),
    ],
)
def test_names_passed_over(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # one name, one type; of equals the first
        ("[Harwick|Person] [Harwick|Organization] [Harwick|Organization]", ["Organization"] * 3),
        ("[Harwick|Organization] [HARWICK|Person]", ["Organization"] * 2),
        # what stands before and after
        ("the ferry [Orla|Event] and [Orla|Event]", ["Product", "Product"]),
        ("the ferry company [Orla|Organization]", ["Organization"]),
        ("[HMS Harrier|Person] left . [Harrier|Group] sank", ["Product", "Product"]),
        ("[HMS Kenya|Person] left [Kenya|Place]", ["Product", "Place/Country"]),
        ("the town of [Orla|Organization]", ["Place/City"]),
        ("the mayor of [Orla|Organization]", ["Organization"]),
        ("[Tarn|Person] province", ["Place/Region"]),
        ("Mrs [Tarn|Organization] spoke", ["Person"]),
        # surnames
        ("[Anna Tarn|Person] and [Tarn|Organization]", ["Person", "Person"]),
        ("[Ian Tarn|Person] [Tarn AG|Organization] [Tarn|Organization]", ["Person", "Organization", "Organization"]),
        # the gazetteer
        ("in [Texas|Place] and [NAIROBI|Person]", ["Place/Region", "Place/City"]),
        ("[Paris Poe|Person] and [Paris|Person]", ["Person", "Person"]),
        ("[Kenya|Place] , [Asia|Place] , [Lake Tarn|Place]", ["Place/Country", "Place/Continent", "Place/BodyOfWater"]),
    ],
)  # fmt: skip
def test_types_of_names(text: str, expected: list[str]) -> None:
    found = [m for m in recognised(document(text)) if m.kind == "name"]
    assert ["/".join(filter(None, (m.type, m.subtype))) for m in found] == expected


def test_labels_of_other_pipelines_and_amounts() -> None:
    doc = document("[Niv|GPE] paid [nine|CARDINAL] to [Kenyans|NORP]")
    assert [(m.span(doc).text, m.type) for m in recognised(doc)] == [("Niv", "Place"), ("Kenyans", "Group")]


WORD = st.sampled_from(["Niv", "POE", "the", "of", "-", "&", "and", "'s", ",", BREAK, "Sir", "Ms.", "St.", "7", "_won"])


@given(st.lists(WORD, min_size=1, max_size=12), st.data())
def test_names_lie_in_the_text_and_cross_no_paragraph(words: list[str], data: st.DataObject) -> None:
    cut = sorted(data.draw(st.sets(st.integers(0, len(words)), max_size=4)))
    doc = document(" ".join(["Start", *words]))
    doc.ents = [Span(doc, a + 1, b + 1, "Organization") for a, b in pairwise(cut) if a < b]
    found = [m for m in recognised(doc) if m.kind == "name"]
    assert all("\n" not in m.span(doc).text and m.start < m.end for m in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@pytest.mark.parametrize(
    ("words", "heads", "deps", "span", "expected"),
    [
        ("the Harbour Lights film festival", [4, 4, 4, 4, 4], "det compound compound compound root", (1, 4),
         "Harbour Lights film festival"),
        ("the Harbour Lights opened here", [2, 2, 3, 3, 3], "det compound nsubj root advmod", (1, 3), "Harbour Lights"),
        ("the SMART Village Prize", [3, 3, 3, 3], "det amod compound root", (2, 4), "SMART Village Prize"),
    ],
)  # fmt: skip
def test_a_name_has_its_noun_and_its_capitals(
    words: str, heads: list[int], deps: str, span: tuple[int, int], expected: str
) -> None:
    doc = Doc(VOCAB, words=words.split(), heads=heads, deps=deps.split())
    found = repaired(doc, [TokenMention(*span, "Event", None, "name")])
    assert [m.span(doc).text for m in found] == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ada is [president and|Position] chief", "president"),
        ("the [singer _-|Position] _songwriter Ada", "singer-songwriter"),
        ("the [ski|Position] coach", "ski"),
        ("an [office|Organization] 's door", "office"),
        ('a [battle of " words|Event] " ended', 'battle of " words "'),
        ('the " [raid "|Event] ended', "raid"),
    ],
)
def test_borders_of_descriptions(text: str, expected: str) -> None:
    doc = document(text)
    doc.spans["nominals"], doc.ents = list(doc.ents), []
    for token in doc:
        token.pos_ = "NOUN"
    assert [m.span(doc).text for m in recognised(doc)] == [expected]


def test_no_description_ends_inside_a_name() -> None:
    doc = document("Ada is chief justice of the [Supreme Court|Organization] of Niv")
    for token in doc:
        token.pos_ = "NOUN"
    doc.spans["nominals"] = [Span(doc, 2, 7, "Position"), Span(doc, 2, 4, "Position")]
    texts = [m.span(doc).text for m in recognised(doc) if m.kind == "nominal"]
    assert texts == ["chief justice", "chief justice of the Supreme Court"]


def test_a_description_in_the_words_of_a_name_is_that_name() -> None:
    doc = document("The [Vell raid|Event] came after [the Vell raid|Event] of [the raid|Event]")
    ends = list(doc.ents)
    doc.ents, doc.spans["nominals"] = ends[:1], ends[1:]
    for token in doc:
        token.pos_ = "NOUN"
    assert [(m.span(doc).text, m.kind) for m in recognised(doc)] == [
        ("Vell raid", "name"), ("Vell raid", "name"), ("the raid", "nominal"),
    ]  # fmt: skip


def test_a_form_of_address_is_no_post() -> None:
    doc = document("said [Dr.|Position] Poe , the [envoy|Position] , of it")
    doc.spans["nominals"], doc.ents = list(doc.ents), []
    for token in doc:
        token.pos_ = "NOUN"
    assert [m.span(doc).text for m in recognised(doc) if m.kind == "nominal"] == ["envoy"]


def test_no_description_ends_in_the_title_of_a_name() -> None:
    doc = document("the school of Dr. [Ada Poe|Person] , the pupil [Jon Poe|Person] , the raid on [Niv|Place]")
    heads = (1, 1, 5, 5, 5, 1, 1, 8, 1, 10, 8, 1, 13, 1, 15, 13)
    for token, head in zip(doc, heads, strict=True):
        token.pos_, token.head, token.dep_ = "ADP" if token.text in ("of", "on") else "NOUN", doc[head], "dep"
    doc.spans["nominals"] = [Span(doc, 0, 4, "Organization"), Span(doc, 7, 9, "Person"), Span(doc, 12, 15, "Event")]
    texts = [m.span(doc).text for m in recognised(doc) if m.kind == "nominal"]
    assert texts == ["the school of Dr. Ada Poe", "the pupil", "the raid"]
