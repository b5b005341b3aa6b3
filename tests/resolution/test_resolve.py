"""Documents as short tables, and the statements that they make; what holds whatever the documents."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.records import DocumentClaims, TimeSpan
from kg.resolution import resolve
from kg.resolution.times import together
from tests.documents import doc, names


def test_statements_gather_claims() -> None:
    graph = resolve(
        [
            doc("a", "e1 Person Anna Poe", "e2 Organization Harwick Steel", "e1 leads e2"),
            doc("b", "e2 Person Anna Poe", "e1 Organization Harwick Steel", "e2 leads e1", "e2 leads e1"),
        ]
    )
    (statement,) = graph.statements
    by_name = {entity.name: entity.id for entity in graph.entities}
    assert (statement.subject, statement.object) == (by_name["Anna Poe"], by_name["Harwick Steel"])
    assert (statement.documents, statement.confidence, len(statement.claims)) == (2, 0.625, 2)
    assert statement.claims == tuple(sorted(statement.claims, key=lambda pair: pair[0]))


def test_the_same_text_twice_is_one_witness() -> None:
    lines = ("e1 Person Anna Poe", "e2 Organization Harwick Steel", "e1 leads e2")
    graph = resolve([doc("a", *lines, text="one wire report"), doc("b", *lines, text="one wire report")])
    (statement,) = graph.statements
    assert (statement.documents, statement.confidence, len(statement.claims)) == (1, 0.5, 2)


def test_confidence_is_never_certainty() -> None:
    lines = ("e1 Person Anna Poe", "e2 Organization Harwick Steel", "e1 leads e2")
    (statement,) = resolve([doc(source, *lines, confidence=1.0) for source in "abc"]).statements
    assert statement.confidence == 0.99


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("e1 hasPart e2", "e2 partOf e1"),
        ("e1 alliedWith e2", "e2 alliedWith e1"),
        ("e1 subsidiary e2", "e2 subordinateTo e1"),
    ],
)
def test_inverse_and_symmetric_relations_meet(one: str, other: str) -> None:
    things = ("e1 Organization Harwick Steel", "e2 Organization Oldmere Bank")
    graph = resolve([doc("a", *things, one), doc("b", *things, other)])
    assert [statement.documents for statement in graph.statements] == [2]


def test_open_relations_keep_their_direction() -> None:
    things = ("e1 Organization Harwick Steel", "e2 Organization Oldmere Bank")
    graph = resolve([doc("a", *things, "e1 open:court e2"), doc("b", *things, "e2 open:court e1")])
    assert len(graph.statements) == 2


def test_what_differs_stays_apart() -> None:
    lines = ("e1 Person Anna Poe", "e2 Organization Harwick Steel", "e3 Person Ian Roe", "e1 leads e2")
    graph = resolve(
        [
            doc("a", *lines),
            doc("b", *lines, polarity="negated"),
            doc("c", *lines, modality="planned"),
            doc("d", *lines, attribution="e3", contested=True),
        ]
    )
    assert len(graph.statements) == 4
    assert sum(statement.plain for statement in graph.statements) == 1
    roe = next(entity.id for entity in graph.entities if entity.name == "Ian Roe")
    assert [statement.attribution for statement in graph.statements if statement.attribution] == [roe]


def test_a_sentence_stands_once_behind_a_statement() -> None:
    both = doc("a", "e1 Person Anna Poe", "e2 Person Ian Roe", "e1 metWith e2", "e2 metWith e1")
    (statement,) = resolve([both]).statements
    assert len(statement.claims) == 1


def test_nothing_relates_to_itself() -> None:
    same = doc("a", "e1 Place Kenya", "e2 Place Kenyan", "e1 borders e2")
    graph = resolve([same])
    assert names(graph) == ["Place Kenya (1)"]
    assert graph.statements == ()


def test_values_of_another_precision_are_other_statements() -> None:
    one = doc("a", "e1 Person Anna Poe", "e1 birthDate =1970-01-02:date")
    two = doc("b", "e1 Person Anna Poe", "e1 birthDate =1970:gYear")
    graph = resolve([one, two])
    assert sorted(s.value.lexical for s in graph.statements if s.value) == ["1970", "1970-01-02"]
    assert len(graph.entities) == 1


def test_documents_without_entities_stay() -> None:
    held = [doc(source) for source in "ba"]
    assert [d.id for d in resolve(held).documents] == sorted(d.document.id for d in held)


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([], (None, None)),
        ([("2023", None), ("2023-07", None)], ("2023-07", None)),
        ([("--07", None), ("2023-07", None)], ("2023-07", None)),
        ([("2020", None), (None, "2023-05")], ("2020", "2023-05")),
        ([("2021", "2022"), ("2019-03", None)], ("2019-03", None)),
        ([("2021", "2022"), ("2021-05", "2024")], ("2021", "2022")),
        ([(None, "2022"), (None, "2024")], (None, "2022")),
        ([("20", None), ("2023", None)], ("20", None)),
    ],
)
def test_time_spans_together(
    spans: list[tuple[str | None, str | None]], expected: tuple[str | None, str | None]
) -> None:
    held = [TimeSpan(*span) for span in spans]
    assert together(held) == together(reversed(held)) == TimeSpan(*expected)


PEOPLE = ["Anna Poe", "Ann Poe", "Poe", "Ian Poe", "I. Poe", "Ian B. Poe", "Roe"]
BODIES = ["Harwick Steel; Harwick", "Harwick", "Agency for Inland Waters; AIW", "AIW", "Harwick Steel Ltd", "Kenya"]
PLACES = ["Kenya", "Kenyan", "Georgia", "Georgia; Georgian", "Oldmere", "Peru"]


@st.composite
def corpora(draw: st.DrawFn) -> list[DocumentClaims]:
    found = []
    for source in range(draw(st.integers(1, 6))):
        things = draw(
            st.lists(
                st.one_of(
                    st.sampled_from(PEOPLE).map(lambda n: f"Person {n}"),
                    st.sampled_from(BODIES).map(lambda n: f"Organization {n}"),
                    st.sampled_from(PLACES).map(lambda n: f"Place {n}"),
                ),
                min_size=1,
                max_size=4,
                unique=True,
            )
        )
        lines = [f"e{i + 1} {thing}" for i, thing in enumerate(things)]
        ends = st.integers(1, len(things))
        for subject, relation, object_ in draw(
            st.lists(st.tuples(ends, st.sampled_from(["leads", "hasPart", "borders", "locatedIn"]), ends), max_size=3)
        ):
            lines.append(f"e{subject} {relation} e{object_}")
        found.append(doc(str(source), *lines))
    return found


@given(corpora(), st.randoms(use_true_random=False))
def test_the_order_of_documents_does_not_matter(documents: list[DocumentClaims], chance: random.Random) -> None:
    shuffled: Sequence[DocumentClaims] = chance.sample(documents, len(documents))
    graph = resolve(documents)
    assert resolve(shuffled) == graph
    assert resolve([*documents, documents[0]]) == graph
    assert [e.id for e in graph.entities] == sorted({e.id for e in graph.entities})
    assert [s.id for s in graph.statements] == sorted({s.id for s in graph.statements})
    for statement in graph.statements:
        assert statement.subject in graph.entity_by_id
        assert statement.object in graph.entity_by_id
        assert statement.subject != statement.object


@given(corpora())
def test_every_mention_has_one_entity(documents: list[DocumentClaims]) -> None:
    given_ = [(d.document.id, m) for d in documents for e in d.entities for m in e.mentions]
    held = [pair for entity in resolve(documents).entities for pair in entity.mentions]
    # an adjective that no claim needs is left out with all its mentions
    assert len(set(map(repr, held))) == len(held)
    assert set(map(repr, held)) <= set(map(repr, given_))
    assert {m.text for _, m in given_} - {m.text for _, m in held} <= {"Kenyan"}


@given(corpora())
def test_ids_stay_when_unrelated_documents_come(documents: list[DocumentClaims]) -> None:
    before = resolve(documents)
    other = doc("other", "e1 Person Zoltan Quill", "e2 Organization Quill Paper; QP", "e3 Place Peru", "e1 leads e2")
    after = resolve([*documents, other])
    assert {e.id for e in before.entities} <= {e.id for e in after.entities}
    assert {s.id for s in before.statements} <= {s.id for s in after.statements}
