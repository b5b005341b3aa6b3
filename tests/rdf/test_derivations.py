"""However a rule is run, over what it reads and then over what is new or over all every time, it concludes the same."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import QuerySyntax
from kg.ontology.vocabulary import KG
from kg.rdf.derivations import Ground
from kg.rdf.inference import Inference, Rule, infer, read_rules
from kg.rdf.plain_rules import triples_read
from kg.rdf.query import run_query
from kg.rdf.rule_text import plain
from kg.rdf.terms import node, prefixes

KNOWN = read_rules([Path(__file__).parents[2] / "queries" / "rules"])
UNITS_ANSWER = next(rule for rule in KNOWN if rule.name == "chain-of-command-of-parts")
RELATIONS = ("locatedIn", "partOf", "country", "headquarteredIn", "ownedBy", "subordinateTo", "leads", "capitalOf")
RELATIONS += ("headOfGovernment", "parentOf", "participatedIn", "occurredIn", "foundedBy")
CLASSES = ("Place", "Country", "City", "Organization", "Event")


def statements(*facts: str) -> ox.Store:
    """Of facts such as ``s1 a partOf b``, with what is said of the statement behind them."""
    head = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in prefixes().items())
    lines = []
    for fact in facts:
        iri, subject, relation, goal, *more = fact.split()
        lines.append(f"statement:{iri} rdf:subject entity:{subject} ; rdf:predicate kg:{relation} ;")
        lines.append(
            f"  rdf:object entity:{goal} ; {' '.join(more) or 'kg:polarity kg:Asserted ; kg:modality kg:Fact'} ."
        )
    store = ox.Store()
    store.update(f"{head}INSERT DATA {{ {' '.join(lines)} }}")
    return store


def anything(seed: int) -> ox.Store:
    """Statements of all relations between twelve things of all classes; one in eight is no plain fact."""
    chance = random.Random(seed)
    odd = ("kg:polarity kg:Denied ; kg:modality kg:Fact", "kg:polarity kg:Asserted ; kg:modality kg:Possible")
    odd += ("kg:polarity kg:Asserted ; kg:modality kg:Fact ; kg:contested true",)
    facts = (
        f"s{number} e{chance.randrange(12)} {chance.choice(RELATIONS)} e{chance.randrange(12)} "
        + (chance.choice(odd) if chance.random() < 0.125 else "")
        for number in range(100)
    )
    store = statements(*facts)
    head = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in prefixes().items())
    told = " . ".join(
        f"entity:e{number} a kg:{chance.choice(CLASSES)}, kg:{chance.choice(CLASSES)}" for number in range(12)
    )
    told += "".join(f" . kg:{name} rdfs:subPropertyOf kg:locatedIn" for name in ("headquarteredIn", "occurredIn"))
    store.update(f"{head}INSERT DATA {{ {told} }}")
    return store


def wrapped(rule: Rule) -> Rule:
    """The same rule, said so that it is not plain."""
    query = re.sub(r"WHERE \{(.*)\}", r"WHERE { {\1} }", rule.query, flags=re.DOTALL)
    assert plain(query) is None
    return replace(rule, query=query)


def mine(name: str, conclusion: str, conditions: str) -> Rule:
    subject, predicate, goal = conclusion.split()
    said = f"rdf:subject {subject} ; rdf:predicate {predicate} ; rdf:object {goal}"
    return Rule(name, "", f"CONSTRUCT {{ [] {said} ; prov:wasDerivedFrom ?s }} WHERE {{ {conditions} }}")


def told(found: list[Inference]) -> list[str]:
    return [f"{i.subject[-1]} {i.predicate.rpartition('#')[2]} {i.object.value[-1]}" for i in found]  # type: ignore[union-attr]


@pytest.mark.parametrize("seed", range(8))
def test_the_same_conclusions_on_the_same_grounds(seed: int) -> None:
    all_every_time = infer(anything(seed), [wrapped(rule) for rule in KNOWN])
    assert len(all_every_time) > 20
    assert infer(anything(seed), KNOWN) == all_every_time
    mixed = [wrapped(rule) if number % 2 else rule for number, rule in enumerate(KNOWN)]
    assert infer(anything(seed), mixed) == all_every_time


def test_only_what_a_rule_reads_is_at_hand() -> None:
    store = statements("s1 a partOf b", "s2 a ownedBy b", "s3 b partOf c kg:contested true ; kg:note 'x'")
    rule = plain(next(rule.query for rule in KNOWN if rule.name == "part-of-the-whole"))
    assert rule is not None
    read = list(triples_read(store, [rule]))
    assert {quad.subject.value[-2:] for quad in read} == {"s1", "s3"}
    assert {str(quad.predicate.value).rpartition("#")[2] for quad in read} == {
        *("subject", "predicate", "object", "polarity", "modality", "contested")
    }


def test_what_must_not_be_there_may_have_been_concluded() -> None:
    store = statements("s1 a partOf b", "s2 b partOf c", "s3 a ownedBy c", "s4 b ownedBy c")
    fact = "?s rdf:subject ?x ; rdf:predicate kg:ownedBy ; rdf:object ?y "
    unless = mine(
        "unless",
        "?x kg:country ?y",
        fact + "FILTER NOT EXISTS { ?t rdf:subject ?x ; rdf:predicate kg:partOf ; rdf:object ?y }",
    )
    assert plain(unless.query) is not None
    assert told(infer(store, [unless])) == ["a country c"]
    # in the first round nothing says that a is part of c: what was concluded once stays
    whole = next(rule for rule in KNOWN if rule.name == "part-of-the-whole")
    assert told(infer(store, [unless, whole])) == ["a country c", "a partOf c"]
    assert infer(store, [unless, whole]) == infer(store, [wrapped(unless), wrapped(whole)])


def test_a_rule_may_leave_the_relation_open() -> None:
    store = statements("s1 a partOf b", "s2 b partOf c", "s3 d leads a")
    back = mine(
        "back",
        "?y kg:relatedTo ?x",
        "?s rdf:subject ?x ; rdf:predicate ?of ; rdf:object ?y . FILTER(?of != kg:relatedTo)",
    )
    whole = next(rule for rule in KNOWN if rule.name == "part-of-the-whole")
    assert plain(back.query) is not None
    assert told(infer(store, [back, whole])) == [
        "a partOf c",
        "a relatedTo d",
        "b relatedTo a",
        "c relatedTo a",
        "c relatedTo b",
    ]


@pytest.mark.parametrize("wrong", ["FILTER(COUNT(?unit) > 1)", "FILTER(?unit ?top)"])
def test_errors_name_the_lines_of_the_rule(wrong: str) -> None:
    rule = Rule("mine", "", UNITS_ANSWER.query.replace("?unit a kg:Organization .", wrong))
    # the parser that tells plain rules sees only the second
    assert (plain(rule.query) is None) == ("COUNT" not in wrong)
    store = statements("s1 a partOf b")
    with pytest.raises(QuerySyntax, match="line ") as asked:
        run_query(store, rule.query, where="mine")
    with pytest.raises(QuerySyntax) as inferred:
        infer(store, [rule])
    assert str(inferred.value) == str(asked.value)


def test_the_store_is_left_as_it_was() -> None:
    store = anything(0)
    before = set(store)
    infer(store, [wrapped(KNOWN[0]), *KNOWN[1:]])
    assert set(store) == before


def test_a_plain_rule_goes_on_from_the_last_round_alone() -> None:
    store = statements("s1 a partOf b", "s2 b partOf c", "s3 c partOf d", "s4 d partOf e")
    rule = next(rule.query for rule in KNOWN if rule.name == "part-of-the-whole")
    ground = Ground(store, [rule])
    one, two = ox.NamedNode("urn:inference:1"), ox.NamedNode("urn:inference:2")
    part, (a, c, d) = node(KG + "partOf"), (node(prefixes()["entity"] + name) for name in "acd")
    assert len(list(ground.derivations(rule, "rule"))) == 3
    ground.add([(one, (a, part, c))])
    assert [derived[0] for _, derived in ground.derivations(rule, "rule")] == [one]  # type: ignore[index]
    ground.add([(two, (a, part, d))])
    assert [derived[0] for _, derived in ground.derivations(rule, "rule")] == [two]  # type: ignore[index]
