"""What the mentions of a document make of an entity: its name, what else it is called, its type."""

from dataclasses import replace

import pytest
from spacy.tokens import Doc

from kg.extraction.coreference import cluster_names
from kg.extraction.document_entities import document_entities, entity_ids
from kg.extraction.mentions import TokenMention
from kg.extraction.written_names import characters
from kg.records import Document, DocumentEntity
from tests.bracketed import VOCAB, marked


def entities(text: str) -> tuple[DocumentEntity, ...]:
    doc, mentions = marked(text)
    return document_entities(doc, Document.of(doc.text, "test"), cluster_names(doc, mentions))


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


def test_what_no_name_names_is_called_by_a_full_description() -> None:
    doc = Doc(VOCAB, words=["The", "group", ",", "a", "hacker", "group", ",", "struck", "again"])
    mentions = [TokenMention(a, b, "Group", kind="nominal", cluster=0) for a, b in ((0, 2), (3, 6))]
    (found,) = document_entities(doc, Document.of(doc.text, "test"), mentions)
    assert found.name == "hacker group"
    (short,) = document_entities(doc, Document.of(doc.text, "test"), mentions[:1])
    assert short.name == "group"
