"""A plain rule is known by what it reads; one whose text leaves that open is not taken for plain."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.ontology.vocabulary import KG
from kg.rdf.inference import read_rules
from kg.rdf.rule_text import plain

RULES = Path(__file__).parents[2] / "queries" / "rules"

HEAD = "CONSTRUCT { [] a kg:Inference ; rdf:subject ?x ; rdf:predicate kg:partOf ; rdf:object ?y ; "
HEAD += "prov:wasDerivedFrom ?s } WHERE { "
SAID = "?s rdf:subject ?x ; rdf:predicate kg:partOf ; rdf:object ?y . "
FIRST, SECOND, S = ox.Variable("first"), ox.Variable("second"), ox.Variable("s")


def relations(*names: str) -> frozenset[ox.NamedNode]:
    return frozenset(ox.NamedNode(KG + name) for name in names)


def test_the_rules_of_the_house_are_plain() -> None:
    for rule in read_rules([RULES]):
        assert plain(rule.query) is not None, rule.name


def test_what_a_rule_reads() -> None:
    found = plain((RULES / "lies-in.rq").read_text("utf-8"))
    assert found is not None
    assert found.premises == {
        FIRST: relations("locatedIn", "headquarteredIn", "occurredIn"),
        SECOND: relations("locatedIn", "partOf"),
    }
    assert found.parts == (ox.Variable("thing"), ox.NamedNode(KG + "locatedIn"), ox.Variable("larger"))
    assert found.derived == (FIRST, SECOND)
    read = {pattern.predicate.value.removeprefix(KG) for pattern in found.patterns}
    assert {"polarity", "modality", "contested"} < read


def test_it_asks_again_only_for_what_is_new_to_it() -> None:
    found = plain((RULES / "lies-in.rq").read_text("utf-8"))
    assert found is not None
    assert [len(list(found.queries(set(relations(name)), 1))) for name in ("locatedIn", "partOf", "ownedBy")] == [
        2,
        1,
        0,
    ]
    assert len(list(found.queries(set(), 0))) == 1


@pytest.mark.parametrize(
    "conditions",
    [
        SAID + "FILTER(STR(?x) < STR(?y) && ?x NOT IN (kg:a, kg:b))",
        SAID + "FILTER regex(STR(?x), '(') FILTER NOT EXISTS { ?s kg:contested true . ?x a kg:Place }",
        SAID + "VALUES ?y { kg:a <http://x/#y> 'z'@en \"2030\"^^xsd:gYear 5 } # } EXISTS\n",
        SAID + "$x a kg:Place, kg:Thing",
    ],
)
def test_plain(conditions: str) -> None:
    found = plain(f"# Words\nprefix kg: <{KG}>\n{HEAD}{conditions} }}\n")
    assert found is not None
    assert found.premises == {S: relations("partOf")}


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("# CONSTRUCT { ?a } WHERE {\n", " "),
        (f"prefix k:<{KG}> # CONSTRUCT {{ }}\nPREFIX : <{KG}>\n", "# WHERE {\n?x k:partOf 'x { # ' ; a :Place . "),
    ],
)
def test_what_the_query_asks_is_what_the_rule_asks(head: str, body: str) -> None:
    conclusion = f"rdf:subject ?x ; # }} WHERE {{\nrdf:predicate <{KG}partOf> ; rdf:object ?y ; prov:wasDerivedFrom ?s"
    found = plain(f"{head}construct{{ [] {conclusion} }} # {{ \nwhere{{{body}{SAID}}}")
    assert found is not None
    assert list(found.queries(set(), 0)) == [f"{head}SELECT ?x ?y ?s WHERE {{{body}{SAID}}}"]


@pytest.mark.parametrize(
    "conditions",
    [
        SAID + "OPTIONAL { ?x a ?c }",
        "{ " + SAID + "} UNION { ?s rdf:object ?x, ?y }",
        SAID + "MINUS { ?s kg:contested true }",
        SAID + "FILTER EXISTS { ?t rdf:subject ?x }",
        SAID + "FILTER(NOT EXISTS { ?t rdf:subject ?x })",
        SAID + "FILTER(!EXISTS { ?t rdf:subject ?x })",
        SAID + "FILTER NOT EXISTS { ?t rdf:subject ?x FILTER NOT EXISTS { ?t kg:contested true } }",
        SAID + "?x a kg:Claim FILTER NOT EXISTS { ?x rdf:predicate kg:country }",
        SAID + "BIND(?x AS ?z)",
        SAID + "GRAPH ?g { ?x a kg:Place }",
        SAID + "?x ?p ?z",
        SAID + "?x kg:partOf/kg:partOf ?z",
        SAID + "?x kg:partOf+ ?z",
        SAID + "?x kg:partOf? ?z",
        SAID + "?z ^rdf:subject ?t",
        SAID + "[] rdf:subject ?y",
        SAID + "[ rdf:subject ?y ] rdf:object ?z",
        SAID + "_:t rdf:subject ?y",
        SAID + "?x mine:partOf ?z",
        SAID + "?x <partOf> ?z",
        SAID + "?x rdfs:label '\\u0027'",
        SAID + "?x rdfs:label '''a'''",
        SAID + "VALUES ?y { UNDEF }",
        SAID + "VALUES (?x ?y) { (kg:a kg:b) }",
        SAID + "SELECT ?x",
        SAID + "# \rOPTIONAL { ?x a ?c }\n",
        "SELECT * { " + SAID + "}",
        "?s rdf:subject ?x",
        "?kg_fresh rdf:subject ?x ; rdf:object ?y",
    ],
)
def test_not_plain(conditions: str) -> None:
    assert plain(f"{HEAD}{conditions} }}") is None


@pytest.mark.parametrize(
    "query",
    [
        "",
        "SELECT * { ?a kg:partOf ?b }",
        "CONSTRUCT WHERE {",
        HEAD,
        HEAD + SAID,
        HEAD + SAID + "} LIMIT 1",
        HEAD + SAID + "} VALUES ?x { kg:a }",
        (HEAD + SAID + "}").replace("WHERE", "FROM kg:graph WHERE"),
        (HEAD + SAID + "}").replace("[]", "?s"),
        (HEAD + SAID + "}").replace("[]", "kg:one"),
        (HEAD + SAID + "}").replace("rdf:object ?y ; prov", "rdf:object ?y, ?x ; prov", 1),
        (HEAD + SAID + "}").replace("kg:partOf", "'partOf'", 1),
        (HEAD + SAID + "}").replace("} WHERE", ". ?x a kg:Thing } WHERE"),
    ],
)
def test_no_plain_rule(query: str) -> None:
    assert plain(query) is None


def test_a_relation_that_is_left_open_may_be_any() -> None:
    for conditions in (
        SAID.replace("kg:partOf", "?of"),
        SAID.replace("kg:partOf", "?of") + "VALUES ?of { kg:partOf 'x' }",
    ):
        found = plain(f"{HEAD}{conditions} }}")
        assert found is not None
        assert found.premises == {S: None}
        assert len(list(found.queries(set(relations("country", "ownedBy")), 3))) == 2


def test_one_name_for_two_excluded_statements_leaves_open_what_they_are() -> None:
    unless = "FILTER NOT EXISTS { ?t rdf:subject ?x } FILTER NOT EXISTS { ?t rdf:object ?y ; rdf:predicate kg:country }"
    found = plain(f"{HEAD}{SAID}{unless} }}")
    assert found is not None
    assert found.excluded == {ox.Variable("t"): None}
