"""The packaged pipeline as anybody with spaCy would load it."""

from __future__ import annotations

import numpy as np
import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

import kg.language.components  # noqa: F401  registers the factory where the package is not installed
from kg.extraction.document import extract, weights_of
from kg.language import load
from kg.language.loading import PACKAGED
from kg.language.relations import score_relations
from kg.records import Document

pytestmark = pytest.mark.model
TEXT = "Mira Olsten leads the Varn Bank in Tolmere. She met Joren Tavlek, a banker, on 3 May 2021."
LAYERS = ["ORTH", "LEMMA", "POS", "TAG", "MORPH", "DEP", "HEAD", "ENT_IOB", "ENT_TYPE", "SENT_START"]


@pytest.fixture(scope="module")
def nlp() -> Language:
    return spacy.load(PACKAGED)


def assert_whole(doc: Doc) -> None:
    """Every layer is there, and every sentence is one tree of its own."""
    for layer in ("DEP", "TAG", "LEMMA", "SENT_START", "ENT_IOB"):
        assert doc.has_annotation(layer) or not len(doc)
    for sentence in doc.sents:
        assert sum(t.head == t for t in sentence) == 1
        assert all(t.head in sentence for t in sentence)
    assert [t.i for s in doc.sents for t in s] == list(range(len(doc)))


def test_an_ordinary_doc(nlp: Language) -> None:
    doc = nlp(TEXT)
    assert_whole(doc)
    assert doc.text == TEXT
    assert [s.text.split()[0] for s in doc.sents] == ["Mira", "She"]
    leads = doc[2]
    assert (leads.text, leads.lemma_, leads.pos_, leads.head) == ("leads", "lead", "VERB", leads)
    assert (doc[0].dep_, doc[0].head) == ("nsubj", leads)
    assert {"Mira Olsten", "Tolmere", "Joren Tavlek"} <= {e.text for e in doc.ents}
    assert {e.label_ for e in doc.ents if e.text == "Mira Olsten"} == {"Person"}
    assert "nominals" in doc.spans


def test_the_same_text_gives_the_same_doc_beside_whatever_neighbours(nlp: Language) -> None:
    def layers(doc: Doc) -> tuple[object, ...]:
        nominals = [(s.start, s.end, s.label_) for s in doc.spans["nominals"]]
        return doc.to_array(LAYERS).tolist(), nominals

    once = layers(nlp(TEXT))
    assert layers(spacy.load(PACKAGED)(TEXT)) == once
    assert layers(list(nlp.pipe(["The port of Tolmere opens.", TEXT, ""]))[1]) == once


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", "\t \n", " Olsten left.", "Olsten left. \n\n \n Tavlek  stayed. \n", "."]
)
def test_white_space_and_empty_texts(nlp: Language, text: str) -> None:
    doc = nlp(text)
    assert doc.text == text
    if text.strip():
        assert_whole(doc)
        assert all(t.pos_ == "SPACE" for t in doc if t.is_space)
        assert not any(e[0].is_space or e[-1].is_space for e in doc.ents)


def test_a_long_text_keeps_every_word(nlp: Language) -> None:
    doc = nlp("Mira Olsten met Joren Tavlek in Tolmere , and the port stayed open .\n" * 215)
    words = [t for t in doc if not t.is_space]
    assert len(words) > 3000
    assert_whole(doc)
    assert all(t.dep_ and t.tag_ and t.pos_ and t.lemma_ for t in words)
    assert sum(t.text == "Tolmere" and t.ent_type_ != "" for t in doc) == 215


def test_a_sentence_longer_than_any_window_keeps_every_word(nlp: Language) -> None:
    doc = nlp("and the harbour " * 400)
    assert_whole(doc)
    assert all(t.dep_ and t.tag_ for t in doc)


def test_a_reading_is_kept_only_where_it_is_asked_for(nlp: Language) -> None:
    assert nlp(TEXT)._.kg_reading is None
    doc = load(keep=True)(TEXT)
    reading = doc._.kg_reading
    assert (reading.windows[0].start, reading.windows[-1].end) == (0, len(doc))
    assert [reading.word_of(t.i) for t in doc] == list(range(len(doc)))


def test_relations_do_not_depend_on_the_order_of_entities() -> None:
    keeping = load(keep=True)
    doc = keeping(TEXT)
    weights = keeping.get_pipe("kg_encoder").weights  # type: ignore[attr-defined]
    entities = [[(0, 2)], [(4, 6)], [(7, 8)], [(11, 13)]]
    types = ["Person", "Company", "City", "Person"]
    every = score_relations(weights, doc._.kg_reading, entities, types, -99.0)
    order = np.array([2, 0, 3, 1])
    found = score_relations(weights, doc._.kg_reading, [entities[e] for e in order], [types[e] for e in order], -99.0)
    assert {(order[s.head], s.label, order[s.tail]): s.margin for s in found} == pytest.approx(
        {(s.head, s.label, s.tail): s.margin for s in every}, abs=0.005
    )


def test_descriptions_of_entities_are_nominals(nlp: Language) -> None:
    doc = nlp("The minister praised the bank, and the company thanked the minister.")
    assert {"minister", "bank"} <= {s[-1].text for s in doc.spans["nominals"]}


def test_docs_that_keep_their_reading_come_back_from_other_processes() -> None:
    keeping = load(keep=True)
    texts = [TEXT, "", "The port of Tolmere opens."]
    for one, other in zip(keeping.pipe(texts), keeping.pipe(texts, n_process=2), strict=True):
        assert one.to_array(LAYERS).tolist() == other.to_array(LAYERS).tolist()
        if one._.kg_reading is not None:
            np.testing.assert_array_equal(one._.kg_reading.windows[0].states, other._.kg_reading.windows[0].states)
            assert one._.kg_reading.subtypes == other._.kg_reading.subtypes


@pytest.mark.parametrize("text", ["It rained all day and nobody came.", "42.", "Mira Olsten."])
def test_a_text_without_two_entities_has_no_claims(text: str) -> None:
    doc = load(keep=True)(text)
    assert extract(doc, Document.of(text, "rain"), weights_of(load(keep=True))).claims == ()
