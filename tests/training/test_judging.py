"""What a marked document says, and what of it the program proposes: rules on flat clauses, without a model."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from kg.extraction.assembly import Proposal
from kg.extraction.confidence import Calibration
from kg.language import load
from kg.language.rereading import Answer, Question
from tests import clauses
from tests.language.test_coreference import ONE
from tests.language.test_coreference import reading as states
from training.annotated import MarkedDocument, MarkedFact, parse
from training.judging import MarkedReading, gold, judged_facts

TEXT = """---
title: Ferries
date: 2021-03-10
genre: agency
entities:
  e1: Organization/Company | Varn Bank
  e2: Organization/Company | Larch Lines
  e3: Organization/Company | Osk Harbours
---
[Varn Bank](e1) acquired [Larch Lines](e2).
> e1 acquired e2
[Osk Harbours](e3) did not acquired [Larch Lines](e2).
> e3 acquired e2; negated
[Varn Bank](e1) acquired [Osk Harbours](e3).
Stray Holdings acquired [Osk Harbours](e3).
"""


def test_gold_has_one_direction_of_each_fact() -> None:
    facts = [
        MarkedFact("e2", "metWith", "e1", 0, frozenset()),
        MarkedFact("e1", "metWith", "e2", 1, frozenset({"negated"})),
        MarkedFact("e1", "leads", "e3", 1, frozenset()),
    ]
    marked = MarkedDocument("brief-x", "", None, "", facts=facts)
    assert gold(marked) == {("e1", "metWith", "e2"), ("e1", "leads", "e3")}


class Denies:
    """A second look that takes everything for denied, and the word 6 for the one who says it."""

    ANSWER = Answer((-9.0, 6.0, -6.0, -6.0, 6.0), 6)

    def known(self, relation: str) -> bool:
        return relation == "acquired"

    def answers(self, states: object, questions: Sequence[Question]) -> list[Answer]:
        return [self.ANSWER for _ in questions]


@pytest.fixture
def read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, readings: None) -> Callable[[str], MarkedReading]:
    monkeypatch.syspath_prepend(str(tmp_path))
    nlp = load(clauses.install(tmp_path))

    def made(text: str) -> MarkedReading:
        (tmp_path / "brief-x.md").write_text(text, "utf-8")
        return MarkedReading(parse(tmp_path / "brief-x.md"), nlp, None, Calibration(), learned=False)  # type: ignore[arg-type]

    return made


@pytest.fixture
def reading(read: Callable[[str], MarkedReading]) -> MarkedReading:
    made = read(TEXT)
    made.doc._.kg_reading = states([ONE] * len(made.doc))
    return made


def words(reading: MarkedReading, p: Proposal) -> str:
    assert p.object is not None
    return f"{p.subject.span(reading.doc)} {p.relation} {p.object.span(reading.doc)}"


def test_proposals_are_right_or_wrong_by_the_marks(reading: MarkedReading) -> None:
    assert {words(reading, p): reading.right(p) for p in reading.found} == {
        "Varn Bank acquired Larch Lines": True,
        "Osk Harbours acquired Larch Lines": True,  # it is denied, but found
        "Varn Bank acquired Osk Harbours": False,
        "Stray Holdings acquired Osk Harbours": False,  # nobody has marked who that is
    }


def test_what_a_marked_fact_carries_is_right_too(read: Callable[[str], MarkedReading]) -> None:
    reading = read(TEXT.replace("> e1 acquired e2", "> e2 ownedBy e1\n> e2 chiefExecutive e1").replace(
        "e1: Organization/Company", "e1: Person"
    ))  # fmt: skip
    bank_lines, *_ = reading.found
    assert reading.right(replace(bank_lines, relation="leads"))  # the other way round
    assert not reading.right(replace(bank_lines, relation="worksFor"))


def test_every_find_of_a_rule_is_a_question_as_it_is_where_claims_are_made(reading: MarkedReading) -> None:
    assert [reading.look.question(p) is not None for p in reading.found] == [True] * 4


def test_the_marked_facts_are_proposals_with_the_trigger_of_their_rule(reading: MarkedReading) -> None:
    (bought, first), (denied, second) = reading.facts()
    assert [words(reading, p) for p in (first, second)] == [
        "Varn Bank acquired Larch Lines", "Osk Harbours acquired Larch Lines"
    ]  # fmt: skip
    assert [reading.doc[p.trigger[0]].text for p in (first, second)] == ["acquired", "acquired"]
    assert [bought.flags, denied.flags] == [frozenset(), {"negated"}]
    assert [reading.assembler.judged(p)[1].polarity for p in (first, second)] == ["asserted", "negated"]


def test_a_mention_is_the_entity_that_is_marked_there(reading: MarkedReading) -> None:
    assert [reading.entity(m) for m in reading.mentions] == ["e1", "e2", "e3", "e2", "e1", "e3", None, "e3"]


def test_the_facts_are_judged_with_what_the_second_look_gives(reading: MarkedReading) -> None:
    for head, polarities in ((None, ["asserted", "negated"]), (Denies(), ["negated", "negated"])):
        weights = SimpleNamespace(rereading=head)
        found = list(judged_facts(reading, weights, Calibration()))  # type: ignore[arg-type]
        assert [j.joined.polarity for j in found] == polarities
        assert [j.ruled.polarity for j in found] == ["asserted", "negated"]
        assert [j.answer for j in found] == [None if head is None else Denies.ANSWER] * 2
        assert [j.speaker for j in found] == [None if head is None else "e3"] * 2
        assert all(j.triggered for j in found)
        assert [j.sentence for j in found] == [
            "Varn Bank acquired Larch Lines.", "Osk Harbours did not acquired Larch Lines."
        ]  # fmt: skip
