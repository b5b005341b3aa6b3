"""The compiled shapes and pySHACL come to the same verdict, node by node; what is broken is told with its sentence."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import HealthCheck, assume, given, settings
from rdflib.namespace import RDF, SH

from kg.errors import BadShapes
from kg.ontology.shapes import packaged_shapes
from kg.ontology.vocabulary import KG
from kg.rdf.query import ONTOLOGY, store_of
from kg.rdf.shacl import Breach, NotCompiled, compile_shapes, parse_shapes, run, subclasses
from kg.rdf.validation import findings, report_turtle, validate
from tests.graphs import BRIGADE, ESSEL, TAVLEN, graphs, small

OURS = [("ours", packaged_shapes())]
ENTITY = "https://w3id.org/newskg/id/entity/"
CHECKS = compile_shapes(parse_shapes(packaged_shapes()), subclasses(store_of(small())))
WHOLE_NUMBER = ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer")


def kg(name: str) -> ox.NamedNode:
    return ox.NamedNode(KG + name)


def short(breaches: list[Breach]) -> set[tuple[str, str, str, str]]:
    """Shape, constraint, node and value, without the vocabularies in front."""
    return {
        (b.shape.rsplit("#")[-1], b.component.rsplit("#")[-1].removesuffix("ConstraintComponent"), name(b.focus),
         name(b.value)) for b in breaches
    }  # fmt: skip


def name(term: object) -> str:
    return str(getattr(term, "value", "")).rsplit("/", 1)[-1].rsplit("#", 1)[-1]


def both(store: ox.Store) -> set[tuple[str, str, str, str]]:
    """What both engines find, which has to be the same."""
    fast, slow = short(validate(store, OURS)), short(validate(store, OURS, compiled=False))
    assert fast == slow
    return fast


def node_of(store: ox.Store, class_: str, predicate: str | None = None) -> ox.NamedNode:
    is_a = ox.NamedNode(str(RDF.type))
    found = sorted((q.subject for q in store.quads_for_pattern(None, is_a, kg(class_))), key=str)
    if predicate is not None:
        wanted = ox.NamedNode(str(RDF.predicate))
        found = [s for s in found if list(store.quads_for_pattern(s, wanted, kg(predicate)))]
    assert isinstance(found[0], ox.NamedNode)
    return found[0]


def test_a_good_graph_is_as_both_say() -> None:
    assert both(store_of(small())) == set()


def test_a_wrong_type_is_found_on_either_end() -> None:
    store = store_of(small())
    tavlen, brigade = ox.NamedNode(ENTITY + TAVLEN.id), ox.NamedNode(ENTITY + BRIGADE.id)
    for node, old, new in ((tavlen, "Person", "Language"), (brigade, "Organization", "Award")):
        store.remove(ox.Quad(node, ox.NamedNode(str(RDF.type)), kg(old)))
        store.add(ox.Quad(node, ox.NamedNode(str(RDF.type)), kg(new)))
    store.remove(ox.Quad(brigade, ox.NamedNode(str(RDF.type)), kg("MilitaryUnit")))
    found = both(store)
    assert ("commands", "Class", TAVLEN.id, TAVLEN.id) in found
    assert ("commands-value", "Class", TAVLEN.id, BRIGADE.id) in found
    assert ("bornIn", "Class", TAVLEN.id, TAVLEN.id) in found


def test_a_facility_is_a_place() -> None:
    store = store_of(small())
    essel = ox.NamedNode(ENTITY + ESSEL.id)
    for class_ in ("Place", "City"):
        store.remove(ox.Quad(essel, ox.NamedNode(str(RDF.type)), kg(class_)))
    store.add(ox.Quad(essel, ox.NamedNode(str(RDF.type)), kg("Facility")))
    assert both(store) == set()


DECIMAL = ox.NamedNode("http://www.w3.org/2001/XMLSchema#decimal")
NIF = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"
WRONG = (
    ("Statement", KG + "polarity", kg("Fact"), "Class"),
    ("Statement", KG + "start", ox.Literal("in May"), "Or"),
    ("Statement", KG + "documents", ox.Literal("many", datatype=WHOLE_NUMBER), "Datatype"),
    ("Claim", KG + "confidence", ox.Literal("1.5", datatype=DECIMAL), "MaxInclusive"),
    ("Claim", KG + "states", kg("Nothing"), "Class"),
    ("Claim", KG + "words", ox.Literal(True), "Datatype"),
    ("Claim", KG + "extractor", None, "MinCount"),
    ("Document", KG + "sha256", ox.Literal("abc"), "Pattern"),
    ("Mention", KG + "kind", ox.Literal("noun"), "Pattern"),
    ("Mention", KG + "entity", ox.Literal("Tavlen"), "Class"),
    ("Evidence", NIF + "beginIndex", ox.Literal("99999", datatype=WHOLE_NUMBER), "LessThanOrEquals"),
)


def test_what_a_node_lacks_has_twice_or_has_wrong() -> None:
    store = store_of(small())
    for class_, predicate, value, _ in WRONG:
        node, property_ = node_of(store, class_), ox.NamedNode(predicate)
        for quad in list(store.quads_for_pattern(node, property_, None)):
            store.remove(quad)
        if value is not None:
            store.add(ox.Quad(node, property_, value))
    store.add(ox.Quad(node_of(store, "Statement"), kg("confidence"), ox.Literal("0.25", datatype=DECIMAL)))
    found = {(shape, constraint) for shape, constraint, _, _ in both(store)}
    for class_, predicate, _, constraint in WRONG:
        assert (f"{class_}-{predicate.rsplit('#')[-1]}", constraint) in found, predicate
    assert ("Statement-confidence", "MaxCount") in found


def test_a_plain_triple_stands_for_a_fact_and_a_fact_has_one() -> None:
    store = store_of(small())
    tavlen, essel = ox.NamedNode(ENTITY + TAVLEN.id), ox.NamedNode(ENTITY + ESSEL.id)
    store.add(ox.Quad(tavlen, kg("visited"), essel))  # which is denied
    store.remove(ox.Quad(tavlen, kg("bornIn"), essel))
    found = both(store)
    assert ("triple-has-fact", "SPARQL", TAVLEN.id, ESSEL.id) in found
    assert {("fact-has-triple", ESSEL.id)} == {(f[0], f[3]) for f in found if f[0] == "fact-has-triple"}
    assert len(found) == 2


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(graphs(max_entities=3, max_statements=3))
def test_both_engines_agree_on_wild_graphs(graph) -> None:  # type: ignore[no-untyped-def]
    times = [t for s in graph.statements for c in (s, *(c for _, c in s.claims)) for t in (c.time.start, c.time.end)]
    assume("-0044-03-15" not in times)  # rdflib takes a date before our era for none
    both(store_of(graph))


def test_a_finding_is_told_with_statement_and_sentence() -> None:
    store = store_of(small())
    tavlen = ox.NamedNode(ENTITY + TAVLEN.id)
    store.remove(ox.Quad(tavlen, ox.NamedNode(str(RDF.type)), kg("Person")))
    store.add(ox.Quad(tavlen, ox.NamedNode(str(RDF.type)), kg("Group")))
    told = findings(store, validate(store, OURS))
    commands = [f for f in told if f.breach.shape.endswith("#commands")]
    assert [f.words for f in commands] == ["Mira Tavlen commands Third River Brigade"]
    assert commands[0].rule == "“commands” leads from a person to an organization."
    assert {s.text for s in commands[0].sentences} == {
        "Colonel Tavlen has commanded the Third River Brigade since May.",
        "Mira Tavlen commands the River Brigade.",
    }
    assert {s.date for s in commands[0].sentences} == {"2031-03-14", "2031-04-02"}
    report = rdflib.Graph().parse(data=report_turtle(told), format="turtle")
    results = set(report.subjects(RDF.type, SH.ValidationResult))
    assert len(results) == len({f.breach for f in told})
    assert not any(isinstance(term, rdflib.BNode) for triple in report for term in triple)
    assert report_turtle(told) == report_turtle(list(reversed(told)))


def test_the_report_of_a_good_graph_conforms() -> None:
    report = rdflib.Graph().parse(data=report_turtle([]), format="turtle")
    assert [value.toPython() for value in report.objects(None, SH.conforms)] == [True]


PREFIXES = f"@prefix sh: <{SH}> . @prefix kg: <{KG}> . @prefix my: <https://example.org/shapes#> .\n"
DATED = PREFIXES + "my:Dated a sh:NodeShape ; sh:targetClass kg:Statement ; sh:property my:start .\n"
DATED += 'my:start sh:path kg:start ; sh:minCount 1 ; sh:message "Every statement has a beginning." .'
LONG = (
    PREFIXES
    + "my:Long a sh:NodeShape ; sh:targetClass kg:Document ; sh:property [ sh:path kg:sha256 ; sh:minLength 70 ] ."
)


def test_shapes_of_a_user_are_compiled_where_they_can_be() -> None:
    store = store_of(small())
    checks = compile_shapes(parse_shapes(DATED.encode()), subclasses(store))
    found = run(store, checks)
    assert short(found) == short(validate(store, [("mine", DATED.encode())], compiled=False))
    assert len(found) == len(small().statements) - 1
    assert {b.message for b in found} == {"Every statement has a beginning."}


def test_other_shapes_go_to_pyshacl() -> None:
    store = store_of(small())
    with pytest.raises(NotCompiled):
        compile_shapes(parse_shapes(LONG.encode()), subclasses(store))
    found = validate(store, [*OURS, ("mine", LONG.encode())])
    assert {name(b.focus) for b in found} == {d.id for d in small().documents}


def test_shapes_that_are_none() -> None:
    with pytest.raises(BadShapes, match="KG106 mine: no Turtle"):
        validate(store_of(small()), [("mine", b"shapes!")])
    wrong = PREFIXES + 'my:X a sh:NodeShape ; sh:targetClass kg:Claim ; sh:sparql my:s . my:s sh:select "nothing" .'
    with pytest.raises(BadShapes, match="KG106"):
        validate(store_of(small()), [("mine", wrong.encode())])


def test_the_vocabulary_lies_in_a_graph_of_its_own() -> None:
    store = store_of(small())
    assert list(store.quads_for_pattern(kg("commands"), None, None, ox.NamedNode(ONTOLOGY)))
    assert len(CHECKS) > 300
