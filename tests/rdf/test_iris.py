from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import UsageError
from kg.ontology.vocabulary import KG, OPEN
from kg.rdf.iris import Iris, last, open_name, place, relation
from kg.records import Span
from tests.graphs import texts

PHRASES = st.one_of(st.from_regex(r"[a-zA-Z' -]{1,20}", fullmatch=True), texts())


def test_ids_under_the_base() -> None:
    iris = Iris("https://example.org/x")
    assert iris.entity("ab12") == "https://example.org/x/entity/ab12"
    assert iris.evidence("d1", 3, 9) == "https://example.org/x/document/d1#char=3,9"
    assert iris.mention("d1", "e2", Span(3, 9)) == "https://example.org/x/document/d1/e2#char=3,9"


@pytest.mark.parametrize("base", ["", "no iri", "example", "https://a b/"])
def test_a_base_that_is_no_iri_is_refused(base: str) -> None:
    with pytest.raises(UsageError, match="KG100 --base"):
        Iris(base)


@given(st.text(st.characters(exclude_categories=("Cs",)), min_size=1), st.integers(0), st.integers(0))
def test_ids_come_back(id: str, start: int, end: int) -> None:
    iris = Iris()
    assert last(iris.entity(id)) == id
    assert place(iris.evidence(id, start, end)) == (id, None, Span(start, end))
    assert place(iris.mention(id, id, Span(start, end))) == (id, id, Span(start, end))


def test_place_refuses_other_iris() -> None:
    with pytest.raises(ValueError, match="no place"):
        place(Iris().entity("ab12"))


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [("pay tribute to", "payTributeTo"), ("x", "x"), ("co-found", "co-found"), ("lead-off with", "lead-offWith")],
)
def test_open_names(phrase: str, expected: str) -> None:
    assert open_name(phrase) == expected
    assert relation("open:" + phrase) == OPEN + expected


@given(PHRASES, PHRASES)
def test_open_names_are_safe_and_differ(one: str, other: str) -> None:
    names = open_name(one), open_name(other)
    assert (names[0] == names[1]) == (one == other)
    for name in names:
        assert name.isascii()
        assert set(name) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_")
        ox.NamedNode(OPEN + name)


def test_relations() -> None:
    assert relation("commands") == KG + "commands"
    with pytest.raises(ValueError, match="neither"):
        relation("commandz")
