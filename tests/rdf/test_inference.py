"""Rules conclude what no source states; each conclusion knows its statements, and nothing mixes with the sources."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from kg.errors import QuerySyntax, UsageError
from kg.ontology.vocabulary import KG, RELATIONS
from kg.rdf.inference import Inference, infer, inferred_graph, quads, read_rules, trig
from kg.rdf.query import run_query, store_of
from kg.records import TimeSpan
from tests.graphs import ARMY, BRIGADE, MINISTRY, Article, Fact, Thing, graph_of, small

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
RULES = Path(__file__).parents[2] / "queries" / "rules"
KNOWN = read_rules([RULES])

TAVIA = Thing("Tavia", "Place", subtype="Country")
ALDERSHIRE = Thing("Aldershire", "Place", subtype="Region")
BRENNA = Thing("Brenna", "Place", subtype="City")
QUAY = Thing("Old Quay", "Facility")
QUILL = Thing("Mara Quill", "Person")
PIKE = Thing("Jon Pike", "Person")
IDA = Thing("Ida Pike", "Person")
OLE = Thing("Ole Pike", "Person")
NORD = Thing("Nordwind", "Organization", subtype="Company")
HELIX = Thing("Helix Foods", "Organization", subtype="Company")
FUND = Thing("Gull Fund", "Organization")
GAMES = Thing("Tavian Games", "Event")
RELAY = Thing("Harbour Relay", "Event")
TABLES = Thing("Tide Tables", "Work")
THINGS = (TAVIA, ALDERSHIRE, BRENNA, QUAY, QUILL, PIKE, IDA, OLE, NORD, HELIX, FUND, GAMES, RELAY, TABLES)

TEXT = (
    "Old Quay lies in Brenna. Brenna lies in Aldershire. Aldershire is part of Tavia. Brenna belongs to Tavia. "
    "Mara Quill is the mayor of Brenna. Jon Pike has a daughter, Ida Pike. Jon Pike has a son, Ole Pike. "
    "Nordwind is owned by Helix Foods. Helix Foods is owned by Gull Fund. Nordwind may lie in Brenna. "
    "Ida Pike ran in the Harbour Relay. The Harbour Relay is part of the Tavian Games. "
    "Helix Foods is said to be in Brenna."
)
ATLAS = Article(
    "atlas.txt",
    "An atlas",
    None,
    TEXT,
    (
        Fact(QUAY, "locatedIn", BRENNA, "Old Quay lies in"),
        Fact(BRENNA, "locatedIn", ALDERSHIRE, "Brenna lies in"),
        Fact(ALDERSHIRE, "partOf", TAVIA, "is part of Tavia"),
        Fact(BRENNA, "country", TAVIA, "belongs to"),
        Fact(BRENNA, "headOfGovernment", QUILL, "mayor of", time=TimeSpan("2030")),
        Fact(PIKE, "parentOf", IDA, "daughter"),
        Fact(PIKE, "parentOf", OLE, "a son"),
        Fact(NORD, "ownedBy", HELIX, "Nordwind is owned"),
        Fact(HELIX, "ownedBy", FUND, "Helix Foods is owned"),
        Fact(NORD, "locatedIn", BRENNA, "may lie in", modality="possible"),
        Fact(HELIX, "locatedIn", BRENNA, "is said to be", by=QUILL),
        Fact(IDA, "participatedIn", RELAY, "ran in"),
        Fact(RELAY, "partOf", GAMES, "part of the Tavian Games"),
    ),
)
GRAPH = graph_of(THINGS, (ATLAS,))
NAMES = {thing.id: thing.name for thing in THINGS}


def told(found: list[Inference]) -> set[tuple[str, str, str]]:
    def name(iri: str) -> str:
        return NAMES[iri.rsplit("/", 1)[-1]]

    return {(name(i.subject), i.predicate.removeprefix(KG), name(str(i.object.value))) for i in found}  # type: ignore[union-attr]


def test_what_follows_and_nothing_else() -> None:
    assert told(infer(store_of(GRAPH), KNOWN)) == {
        ("Old Quay", "locatedIn", "Aldershire"),
        ("Old Quay", "locatedIn", "Tavia"),
        ("Old Quay", "country", "Tavia"),
        ("Brenna", "locatedIn", "Tavia"),
        ("Mara Quill", "country", "Tavia"),
        ("Nordwind", "ownedBy", "Gull Fund"),
        ("Ida Pike", "participatedIn", "Tavian Games"),
        next(t for t in (("Ida Pike", "siblingOf", "Ole Pike"), ("Ole Pike", "siblingOf", "Ida Pike"))
             if (IDA.id < OLE.id) == (t[0] == "Ida Pike")),
    }  # fmt: skip


def test_chain_of_command() -> None:
    (found,) = [i for i in infer(store_of(small()), KNOWN) if i.predicate != KG + "locatedIn"]
    assert (found.subject.rsplit("/", 1)[-1], found.predicate) == (BRIGADE.id, KG + "subordinateTo")
    assert found.rules == ("chain-of-command-of-parts",)
    stated = {s.id: (s.subject, s.relation, s.object) for s in small().statements}
    assert {stated[iri.rsplit("/", 1)[-1]] for iri in found.statements} == {
        (BRIGADE.id, "partOf", ARMY.id),
        (ARMY.id, "subordinateTo", MINISTRY.id),
    }


def test_a_broader_relation_is_entailed() -> None:
    text = "Mara Quill wrote Tide Tables. Ida Pike may have written it. Ole Pike says that Jon Pike wrote it. "
    text += "Jon Pike is no member of Helix Foods, but Ole Pike is. Old Quay is part of Nordwind, which sits in Brenna."
    facts = (
        Fact(TABLES, "author", QUILL, "Mara Quill wrote"),
        Fact(TABLES, "author", IDA, "may have written", modality="possible"),
        Fact(TABLES, "author", PIKE, "Jon Pike wrote", by=OLE),
        Fact(PIKE, "memberOfParty", HELIX, "no member", polarity="negated"),
        Fact(OLE, "memberOfParty", HELIX, "but Ole Pike is"),
        Fact(QUAY, "locatedIn", NORD, "part of Nordwind"),
        Fact(NORD, "headquarteredIn", BRENNA, "sits in"),
    )
    found = infer(store_of(graph_of(THINGS, (Article("books.txt", "Books", None, text, facts),))), KNOWN)
    assert told([i for i in found if i.rules == ("what-is-entailed",)]) == {
        ("Tide Tables", "creator", "Mara Quill"),
        ("Ole Pike", "memberOf", "Helix Foods"),
        ("Nordwind", "locatedIn", "Brenna"),
    }
    # what is entailed is a premise as any
    assert told([i for i in found if "lies-in" in i.rules]) == {("Old Quay", "locatedIn", "Brenna")}
    assert len(found) == 4


def test_a_conclusion_from_a_conclusion_rests_on_statements() -> None:
    stated = {f"https://w3id.org/newskg/id/statement/{s.id}": s for s in GRAPH.statements}
    for found in infer(store_of(GRAPH), KNOWN):
        assert set(found.statements) <= set(stated)
        assert len(found.statements) >= 2
        assert all(stated[iri].plain for iri in found.statements)
    (far,) = [i for i in infer(store_of(GRAPH), KNOWN) if told([i]) == {("Old Quay", "locatedIn", "Tavia")}]
    assert {stated[iri].relation for iri in far.statements} == {"locatedIn", "partOf"}
    assert len(far.statements) == 3


def test_a_stated_country_stands_against_another() -> None:
    norland = Thing("Norland", "Place", subtype="Country")
    facts = (*ATLAS.facts, Fact(QUAY, "country", norland, "Norland"))
    graph = graph_of(
        (*THINGS, norland), (Article("atlas.txt", "An atlas", None, f"{TEXT} Old Quay is Norland soil.", facts),)
    )
    assert not [i for i in infer(store_of(graph), KNOWN) if i.predicate == KG + "country" and QUAY.id in i.subject]


def test_cycles_end() -> None:
    facts = (Fact(BRENNA, "partOf", ALDERSHIRE, "Brenna lies"), Fact(ALDERSHIRE, "partOf", BRENNA, "Aldershire is"))
    graph = graph_of(THINGS, (Article("a.txt", "A", None, TEXT, facts),))
    assert infer(store_of(graph), KNOWN) == []


def test_inferences_lie_in_a_graph_of_their_own_without_blank_nodes() -> None:
    store = store_of(GRAPH)
    before = len(store)
    found = infer(store, KNOWN)
    assert len(store) == before, "the work leaves nothing behind"
    written = trig(quads(found, KNOWN))
    dataset = rdflib.Dataset().parse(data=written, format="trig")
    graphs = {str(g) for *_, g in dataset.quads() if g is not None}
    assert graphs == {inferred_graph()}
    assert not any(isinstance(term, rdflib.BNode) for quad in dataset.quads() for term in quad)
    triples = {t[:3] for t in dataset.quads()}
    node = rdflib.URIRef
    for one in found:
        assert (node(one.subject), node(one.predicate), node(str(one.object.value))) in triples  # type: ignore[union-attr]
    inferences = [t[0] for t in triples if t[2] == node(KG + "Inference")]
    assert len(inferences) == len(found)
    assert trig(quads(infer(store_of(GRAPH), list(reversed(KNOWN))), KNOWN)) == written


def test_a_query_sees_them_only_where_it_asks() -> None:
    store = store_of(GRAPH)
    store.extend(quads(infer(store, KNOWN), KNOWN))
    asked = "ASK { ?x rdfs:label 'Old Quay' %s }"
    assert run_query(store, asked % "; kg:country ?y").boolean is False
    inside = f". GRAPH <{inferred_graph()}> {{ ?x kg:country ?y }}"
    assert run_query(store, asked % inside).boolean is True


def test_every_rule_says_what_it_does_and_concludes_a_relation_of_the_vocabulary() -> None:
    assert len(KNOWN) >= 8
    for rule in KNOWN:
        assert rule.words.endswith("."), rule.name
        assert run_query(store_of(small()), rule.query, where=rule.name).is_graph
    assert {i.predicate.removeprefix(KG) for i in infer(store_of(GRAPH), KNOWN)} <= set(RELATIONS)


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("SELECT * { ?a kg:partOf ?b }", "no CONSTRUCT"),
        ("CONSTRUCT { ?a kg:partOf ?b } WHERE { ?a kg:locatedIn ?b }", "something else than inferences"),
        ("CONSTRUCT WHERE {", "line 1"),
    ],
)
def test_rules_that_are_none(tmp_path: Path, query: str, told: str) -> None:
    (tmp_path / "mine.rq").write_text(query, "utf-8")
    with pytest.raises(QuerySyntax, match=told) as error:
        infer(store_of(GRAPH), read_rules([tmp_path]))
    assert error.value.where == "mine"


def test_no_rules(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "nowhere.rq"):
        with pytest.raises(UsageError, match=path.name):
            read_rules([path])


def test_a_literal_may_be_concluded() -> None:
    query = (
        "CONSTRUCT { [] rdf:subject ?x ; rdf:predicate kg:foundedOn ; rdf:object '2030'^^xsd:gYear ;"
        " prov:wasDerivedFrom ?s } WHERE { ?s rdf:subject ?x ; rdf:predicate kg:headOfGovernment }"
    )
    rule = KNOWN[0].__class__("mine", "", query)
    (found,) = infer(store_of(GRAPH), [rule])
    assert found.object == ox.Literal("2030", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#gYear"))
