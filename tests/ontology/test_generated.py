"""What is made from the vocabulary is current and says what the vocabulary says."""

from __future__ import annotations

from importlib.resources import files

import pytest
import rdflib
from rdflib.namespace import OWL, RDF, RDFS, SH

from kg.ontology.generated import FILES, context
from kg.ontology.names import EntityType, RelationName, Subtype
from kg.ontology.shapes import packaged_shapes
from kg.ontology.vocabulary import KG, RELATIONS, SUBTYPES, TYPES, ontology_turtle

KGS = rdflib.Namespace("https://w3id.org/newskg/shapes#")
NS = rdflib.Namespace(KG)


@pytest.fixture(scope="module")
def shapes() -> rdflib.Graph:
    return rdflib.Graph().parse(data=packaged_shapes(), format="turtle")


@pytest.fixture(scope="module")
def ontology() -> rdflib.Graph:
    return rdflib.Graph().parse(data=ontology_turtle(), format="turtle")


@pytest.mark.parametrize("name", FILES)
def test_the_file_is_current(name: str) -> None:
    assert (files("kg.ontology") / name).read_text("utf-8") == FILES[name](), "run: python docs/make_ontology.py"


def test_typed_names_are_all_names() -> None:
    assert [str(name) for name in EntityType] == list(TYPES)
    assert [str(name) for name in Subtype] == list(SUBTYPES)
    assert [str(name) for name in RelationName] == list(RELATIONS)
    assert RELATIONS[RelationName.commands].range == (EntityType.Organization,)


def test_shapes_have_no_blank_nodes_and_name_only_what_the_vocabulary_has(
    shapes: rdflib.Graph, ontology: rdflib.Graph
) -> None:
    assert not any(isinstance(term, rdflib.BNode) for triple in shapes for term in triple)
    for key in (SH["class"], SH.targetClass):
        for goal in shapes.objects(None, key):
            assert (goal, RDF.type, None) in ontology, goal
    for key in (SH.targetSubjectsOf, SH.path):
        for goal in shapes.objects(None, key):
            assert not str(goal).startswith(KG) or (goal, RDFS.label, None) in ontology, goal


def test_every_relation_that_the_graph_holds_has_a_shape(shapes: rdflib.Graph) -> None:
    spoken_of = {str(goal).removeprefix(KG) for goal in shapes.objects(None, SH.targetSubjectsOf)}
    assert spoken_of == {r.name for r in RELATIONS.values() if r.inverse in (None, r.name)}
    assert (KGS.commands, SH["class"], NS.Person) in shapes
    assert (KGS["commands-value"], SH["class"], NS.Organization) in shapes
    assert (KGS["birthDate-value"], SH["or"], KGS["dates-1"]) in shapes


def test_every_constraint_says_its_rule_in_words(shapes: rdflib.Graph) -> None:
    told = set(shapes.subjects(SH.message))
    checked = set(shapes.subjects(SH.path)) | set(shapes.subjects(SH.select)) | set(shapes.subjects(SH["class"]))
    assert checked <= told
    assert len(checked) > 150


def test_the_context_knows_every_term(ontology: rdflib.Graph) -> None:
    terms = context()["@context"]
    assert isinstance(terms, dict)
    known = {value["@id"] if isinstance(value, dict) else value for value in terms.values()}
    kinds = (OWL.ObjectProperty, OWL.DatatypeProperty)
    for kind in kinds:
        for term in ontology.subjects(RDF.type, kind):
            assert str(term) in known, term
    assert {KG + name for name in (*TYPES, *SUBTYPES)} <= known
    assert terms["commands"] == {"@id": KG + "commands", "@type": "@id"}
    assert terms["birthDate"] == KG + "birthDate", "a date keeps its own datatype"
