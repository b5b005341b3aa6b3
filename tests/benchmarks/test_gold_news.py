"""Graphs of a few statements against a marked document of a few sentences."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.gold_news import Comparison, compare, folded, key_of
from benchmarks.measures import Counts
from benchmarks.news import macro, told
from kg.graph import KnowledgeGraph
from kg.records import Claim, Document, Entity, Evidence, Span, Statement, TimeSpan, Value
from training.annotated import MarkedDocument, parse

MARKED = """---
title: A sale
date: 2024-05-06
genre: news
entities:
  P1: Person | Mira Olsten
  O1: Organization/Company | Nordwind
  O2: Organization/Company | Osk Lines
  C1: Place/City | Brenna
  D1: Date | 2019-03
  R1: Position | chief executive
---
[Mira Olsten](P1) is [chief executive](R1~n) of [Nordwind](O1), founded in [Brenna](C1) in [March 2019](D1).
> P1 worksFor O1
> P1 holdsPosition R1
> O1 foundedOn D1
> O1 headquarteredIn C1 ; implied
[She](P1~p) denied that [the company](O1~n) bought [Osk Lines](O2), of which a rival had spoken.
> O1 acquired O2 ; negated
> O2 competitorOf O1 ; claimed
> P1 visited C1 ; planned
"""


@pytest.fixture
def marked(tmp_path: Path) -> MarkedDocument:
    path = tmp_path / "sale-01.md"
    path.write_text(MARKED, "utf-8")
    return parse(path)


def entity(id: str, type: str, name: str, *names: str) -> Entity:
    return Entity(id, name, type, tuple(sorted({name, *names})))


MIRA = entity("a", "Person", "Olsten", "Mira Olsten")
NORDWIND = entity("b", "Organization", "the Nordwind")
OSK = entity("c", "Organization", "Osk Lines")
BRENNA = entity("d", "Place", "Brenna")
CHIEF = entity("e", "Position", "chief executive")
ALL = (MIRA, NORDWIND, OSK, BRENNA, CHIEF)


def graph(*said: str, entities: tuple[Entity, ...] = ALL) -> KnowledgeGraph:
    """Each: subject id, relation, object id or date, and a mark."""
    statements = []
    for number, line in enumerate(said):
        subject, relation, obj, *marks = line.split()
        value = Value(obj, "gYearMonth", obj) if obj[0].isdigit() else None
        polarity = "negated" if "negated" in marks else "asserted"
        evidence = Evidence(0, 4, "Mira")
        target = None if value else obj
        claim = Claim(subject, relation, target, value, evidence, Span(0, 4), extractor="model")
        statements.append(
            Statement(
                str(number), subject, relation, target, value, polarity, "planned" if "planned" in marks else "fact",
                None, TimeSpan(), 0.5, 1, (("x", claim),), contested="claimed" in marks,
            )  # type: ignore[arg-type]
        )  # fmt: skip
    return KnowledgeGraph(entities, tuple(statements), (Document.of("Mira", "x"),))


def relations(doc: MarkedDocument, *said: str) -> Counts:
    return compare(graph(*said), doc).relations


@pytest.mark.parametrize(
    ("name", "expected"),
    [("The Nordwind's  ships", "nordwind ships"), ("A.B. Osk", "a b osk"), ("ﬁre", "fire"), ("Another", "another")],
)
def test_folded(name: str, expected: str) -> None:
    assert folded(name) == expected


def test_inverse_and_symmetric_relations_are_one() -> None:
    assert key_of("x", "hasPart", "y") == key_of("y", "partOf", "x")
    assert key_of("x", "metWith", "y") == key_of("y", "metWith", "x")
    assert key_of("x", "worksFor", "y") != key_of("y", "worksFor", "x")


def test_entities_one_to_one(marked: MarkedDocument) -> None:
    assert compare(graph(), marked).entities == Counts(4, 4, 4)
    second = entity("f", "Organization", "company")  # a description of Nordwind
    strange = entity("g", "Person", "She")  # pronouns are no names
    found = compare(graph(entities=(MIRA, NORDWIND, second, strange)), marked)
    assert found.entities == Counts(2, 4, 4)
    assert found.spurious == ("She",)
    assert found.unfound == ("Brenna", "Osk Lines")


def test_right_ones_and_recall_of_explicit_facts(marked: MarkedDocument) -> None:
    assert relations(marked) == Counts(0, 0, 3, 0)
    assert relations(marked, "a worksFor b", "b foundedOn 2019-03", "a holdsPosition e") == Counts(3, 3, 3, 3)
    assert relations(marked, "b foundedOn 2019-04", "b worksFor a", "a leads b") == Counts(0, 3, 3, 0)


def test_an_implied_fact_is_right_but_not_asked_for(marked: MarkedDocument) -> None:
    assert relations(marked, "b headquarteredIn d") == Counts(1, 1, 3, 0)


def test_a_claimed_fact_is_neither_right_nor_wrong(marked: MarkedDocument) -> None:
    assert relations(marked, "b competitorOf c") == Counts(0, 0, 3, 0)


def test_a_denied_or_planned_fact_is_wrong_as_a_fact(marked: MarkedDocument) -> None:
    assert relations(marked, "b acquired c", "a visited d") == Counts(0, 2, 3, 0)


def test_only_plain_statements_of_the_vocabulary_are_looked_at(marked: MarkedDocument) -> None:
    said = ("a worksFor b negated", "a worksFor b planned", "a worksFor b claimed", "a open:praise b")
    assert relations(marked, *said) == Counts(0, 0, 3, 0)


def test_a_narrower_relation_is_the_one_that_it_entails(marked: MarkedDocument) -> None:
    marked.facts = [f for f in marked.facts if f.relation == "worksFor"]
    marked.facts[0] = type(marked.facts[0])("O1", "creator", "P1", 0, frozenset())
    assert relations(marked, "b author a") == Counts(1, 1, 1, 1)
    assert relations(marked, "b author a", "b creator a") == Counts(1, 1, 1, 1)


def test_a_wider_relation_than_the_marked_one_is_right_but_not_asked_for(marked: MarkedDocument) -> None:
    marked.facts = [type(marked.facts[0])("O1", "author", "P1", 0, frozenset())]
    assert relations(marked, "b creator a") == Counts(1, 1, 1, 0)
    assert relations(marked, "b author a", "b creator a") == Counts(2, 2, 1, 1)


def test_a_fact_said_outright_once_is_asked_for(marked: MarkedDocument) -> None:
    fact = next(f for f in marked.facts if f.relation == "headquarteredIn")
    marked.facts.append(type(fact)(fact.subject, fact.relation, fact.object, 1, frozenset()))
    assert relations(marked, "b headquarteredIn d") == Counts(1, 1, 4, 1)


def test_the_list_tells_sentences(marked: MarkedDocument) -> None:
    made = graph("b acquired c", "b foundedOn 2019-04")
    found: Comparison = compare(made, marked)
    lines = told(marked, made, found).splitlines()
    assert "  wrong   the Nordwind | acquired | Osk Lines (model 0.50): Mira" in lines
    assert "  wrong   the Nordwind | foundedOn | 2019-04 (model 0.50): Mira" in lines
    assert sum(line.startswith("  missed  ") for line in lines) == 3
    assert any("Nordwind | foundedOn | 2019-03: Mira Olsten is" in line for line in lines)


def test_macro_is_the_mean_of_documents() -> None:
    assert macro([Counts(1, 1, 1), Counts(0, 1, 1)]) == (50.0, 50.0, 50.0)
    assert macro([]) == (0.0, 0.0, 0.0)
