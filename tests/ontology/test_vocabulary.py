from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.namespace import OWL, RDF, RDFS, SKOS

from kg.ontology.vocabulary import (
    KG,
    RELATIONS,
    SUBTYPES,
    TYPES,
    WIKIDATA,
    admits,
    ontology_turtle,
    primary,
)

CORE = 100
"""Relations of the contract's table."""

DOCRED = re.findall(
    r"P\d+",
    """P6 P17 P19 P20 P22 P25 P26 P27 P30 P31 P35 P36 P37 P39 P40 P50 P54 P57 P58 P69 P86 P102 P108 P112 P118 P123
P127 P131 P136 P137 P140 P150 P155 P156 P159 P161 P162 P166 P170 P171 P172 P175 P176 P178 P179 P190 P194 P205 P206 P241
P264 P272 P276 P279 P355 P361 P364 P400 P403 P449 P463 P488 P495 P527 P551 P569 P570 P571 P576 P577 P580 P582 P585 P607
P674 P676 P706 P710 P737 P740 P749 P800 P807 P840 P937 P1001 P1056 P1198 P1336 P1344 P1365 P1366 P1376 P1412 P1441
P3373""",
)


@pytest.fixture(scope="module")
def ontology() -> rdflib.Graph:
    return rdflib.Graph().parse(data=ontology_turtle(), format="turtle")


def test_every_property_of_docred_has_a_relation() -> None:
    assert len(DOCRED) == 96
    assert set(DOCRED) <= set(WIKIDATA)


def test_the_core_is_complete_and_comes_first() -> None:
    core = [r.name for r in RELATIONS.values() if r.core]
    assert len(core) == CORE
    assert list(RELATIONS)[:CORE] == core
    assert core[:3] == ["headOfState", "headOfGovernment", "commands"]
    assert core[-1] == "caused"


def test_types_and_subtypes() -> None:
    expected = "Person Organization Place Facility Event Work Product Award Position Group Language Date"
    assert " ".join(TYPES) == expected
    assert SUBTYPES["MilitaryUnit"] == "Organization"
    assert SUBTYPES["BodyOfWater"] == "Place"
    assert len(SUBTYPES) == 12
    assert not set(SUBTYPES) & set(TYPES)


def test_domains_ranges_and_inverses_name_what_exists() -> None:
    literal = {"Any", "Number"}
    for relation in RELATIONS.values():
        assert relation.domain
        assert relation.range
        assert set(relation.domain) | set(relation.range) <= set(TYPES) | literal
        for other in (relation.inverse, relation.narrower_of):
            assert other is None or other in RELATIONS
        if relation.inverse is not None:
            assert primary(relation.inverse) == (relation.inverse, False), "a primary relation is its own primary"


def test_a_narrower_relation_fits_in_the_wider_one() -> None:
    for relation in RELATIONS.values():
        if relation.narrower_of is not None:
            wider = RELATIONS[relation.narrower_of]
            assert all(wider.domain == ("Any",) or admits(wider.name, d, wider.range[0]) for d in relation.domain)
            pairs = {(d, r) for d in relation.domain for r in relation.range if "Any" not in (d, r)}
            assert all(admits(wider.name, *pair) for pair in pairs), (relation.name, wider.name)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("partOf", ("partOf", False)),
        ("hasPart", ("partOf", True)),
        ("capital", ("capitalOf", True)),
        ("replacedBy", ("successorOf", True)),
        ("father", ("parentOf", True)),
        ("mother", ("parentOf", True)),
        ("manufacturer", ("produces", True)),
        ("spouseOf", ("spouseOf", False)),
        ("open:pay tribute to", ("open:pay tribute to", False)),
    ],
)
def test_primary(name: str, expected: tuple[str, bool]) -> None:
    assert primary(name) == expected


def test_wikidata_knows_the_reversed_ones() -> None:
    assert WIKIDATA["P35"] == ("headOfState", False)
    assert WIKIDATA["P1308"] == ("leads", True)
    assert WIKIDATA["P137"] == ("operates", True)
    assert WIKIDATA["P36"] == ("capital", False)


@pytest.mark.parametrize(
    ("relation", "subject", "goal", "expected"),
    [
        ("commands", "Person", "Organization", True),
        ("commands", "Organization", "Person", False),
        ("bornIn", "Person", "Facility", True),
        ("headquarteredIn", "Organization", "Facility", True),
        ("visited", "Person", "Facility", True),
        ("birthDate", "Person", "Date", True),
        ("birthDate", "Person", "Place", False),
        ("partOf", "Facility", "Organization", True),
        ("partOf", "Date", "Event", False),
        ("supports", "Person", "Date", False),
        ("unemploymentRate", "Place", "Place", False),
        ("open:pay tribute to", "Work", "Date", True),
    ],
)
def test_admits(relation: str, subject: str, goal: str, expected: bool) -> None:
    assert admits(relation, subject, goal) is expected


def test_every_term_is_labelled_and_explained(ontology: rdflib.Graph) -> None:
    for term in {s for s in ontology.subjects() if str(s).startswith(KG)}:
        assert len(list(ontology.objects(term, RDFS.label))) == 1, term
        assert len(list(ontology.objects(term, RDFS.comment))) == 1, term


def test_every_property_has_a_domain_and_a_range(ontology: rdflib.Graph) -> None:
    properties = {p for kind in (OWL.ObjectProperty, OWL.DatatypeProperty) for p in ontology.subjects(RDF.type, kind)}
    assert len(properties) > len(RELATIONS) + 20
    for term in properties:
        assert len(list(ontology.objects(term, RDFS.domain))) == 1, term
        assert len(list(ontology.objects(term, RDFS.range))) == 1, term


def test_unions_are_named_after_their_members(ontology: rdflib.Graph) -> None:
    for union in ontology.subjects(RDF.type, rdflib.URIRef(KG + "UnionClass")):
        members = {str(s).removeprefix(KG) for s in ontology.subjects(RDFS.subClassOf, union)}
        assert members == set(re.split("Or(?=[A-Z])", str(union).removeprefix(KG))), union


LINKED = ("schema.org", "/ns/org#", "/ns/prov#", "wikidata.org")


def test_classes_are_aligned_and_so_are_most_relations(ontology: rdflib.Graph) -> None:
    def linked(name: str) -> set[str]:
        return {base for base in LINKED for goal in ontology.objects(rdflib.URIRef(KG + name)) if base in str(goal)}

    for name in {*TYPES, *SUBTYPES} - {"Date"}:
        assert "wikidata.org" in linked(name), name
    assert sum(bool(linked(name)) for name in RELATIONS) > 0.85 * len(RELATIONS)
    for base in LINKED:
        assert any(base in linked(name) for name in (*TYPES, *SUBTYPES)), base


def test_transitive_relations_lead_from_a_thing_to_such_a_thing() -> None:
    found = {r.name for r in RELATIONS.values() if r.transitive}
    assert found == {"partOf", "hasPart", "locatedIn", "locationOf", "subordinateTo", "subsidiary", "subclassOf"}
    for name in found:
        r = RELATIONS[name]
        assert "Any" in (*r.domain, *r.range) or set(r.domain) & set(r.range), name


def test_every_relation_has_an_example_and_labels_differ(ontology: rdflib.Graph) -> None:
    for name in RELATIONS:
        assert len(list(ontology.objects(rdflib.URIRef(KG + name), SKOS.example))) == 1, name
    labels = [r.label for r in RELATIONS.values()]
    assert len(set(labels)) == len(labels)


def test_no_blank_nodes_and_nothing_undeclared(ontology: rdflib.Graph) -> None:
    declared = {s for s, p in ontology.subject_predicates() if p == RDF.type}
    for triple in ontology:
        assert not any(isinstance(term, rdflib.BNode) for term in triple)
        for term in triple:
            assert not str(term).startswith(KG) or term in declared, term


def test_exact_inverses_mirror_domain_and_range(ontology: rdflib.Graph) -> None:
    pairs = [(s, o) for s, o in ontology.subject_objects(OWL.inverseOf) if str(o).startswith(KG)]
    assert len(pairs) >= 10
    for one, other in pairs:
        a, b = RELATIONS[str(one).removeprefix(KG)], RELATIONS[str(other).removeprefix(KG)]
        assert a.inverse == b.name


def test_no_relation_is_equivalent_to_two_properties_of_wikidata(ontology: rdflib.Graph) -> None:
    linked = [o for o in ontology.objects(None, OWL.equivalentProperty) if "wikidata" in str(o)]
    assert len(linked) == len(set(linked))


def test_both_parsers_read_the_same(ontology: rdflib.Graph) -> None:
    assert len(list(ox.parse(ontology_turtle(), format=ox.RdfFormat.TURTLE))) == len(ontology)


def test_every_term_that_a_graph_uses_is_declared(ontology: rdflib.Graph) -> None:
    writer = (Path(__file__).parents[2] / "kg" / "rdf" / "nodes.py").read_text("utf-8")
    used = set(re.findall(r'_kg\("(\w+)"\)', writer))
    assert len(used) > 20
    assert {name for name in used if (rdflib.URIRef(KG + name), RDFS.label, None) not in ontology} == set()


def test_queries_and_rules_name_only_what_exists(ontology: rdflib.Graph) -> None:
    for path in sorted((Path(__file__).parents[2] / "queries").rglob("*.rq")):
        for name in set(re.findall(r"\bkg:(\w+)", path.read_text("utf-8"))):
            assert (rdflib.URIRef(KG + name), RDFS.label, None) in ontology, f"{path.name}: kg:{name}"
