from __future__ import annotations

import os
from pathlib import Path

import pytest

from kg.errors import BadOntology
from kg.ontology.extension import VARIABLE, current, read_extension, using
from kg.ontology.vocabulary import RELATIONS
from kg.records import OwnRelation

HEAD = """@prefix my: <https://example.org/my#> . @prefix kg: <https://w3id.org/newskg/ontology#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""
INSURES = 'my:insures a owl:ObjectProperty ; rdfs:label "insures" ; rdfs:domain kg:Company ; rdfs:range kg:Thing .\n'
LISTED = 'my:listed a owl:DatatypeProperty ; rdfs:label "listed" .\n'
TABLE = "name\trelation\tkind\ttriggers\tsubject\tobject\n"
ROW = "insure\tmy:insures\tverb\tinsure\tsubj\tobj\n"


def written(folder: Path, turtle: str, table: str | None = None) -> Path:
    (folder / "mine.ttl").write_text(HEAD + turtle, "utf-8")
    if table is not None:
        (folder / "mine.tsv").write_text(table, "utf-8")
    return folder / "mine.ttl"


def test_relations_with_their_types(tmp_path: Path) -> None:
    found = read_extension(written(tmp_path, INSURES + LISTED)).relations
    insures, listed = found["https://example.org/my#insures"], found["https://example.org/my#listed"]
    assert set(found) == {insures.name, listed.name}
    assert (insures.domain, insures.range, insures.core) == (("Organization",), ("Any",), False)
    assert (listed.domain, listed.range, listed.literal) == (("Any",), ("Date",), True)


def test_what_a_graph_has_to_know(tmp_path: Path) -> None:
    narrow = 'my:backs a owl:ObjectProperty ; rdfs:label "backs" ; rdfs:subPropertyOf kg:supports .'
    assert read_extension(written(tmp_path, narrow + LISTED)).declared == (
        OwnRelation("https://example.org/my#backs", "backs", False, "supports"),
        OwnRelation("https://example.org/my#listed", "listed", True, None),
    )


@pytest.mark.parametrize(
    "name", ["my:insures", "insures", "https://example.org/my#insures", "<https://example.org/my#insures>"]
)
def test_a_row_names_its_relation_in_any_way(tmp_path: Path, name: str) -> None:
    found = read_extension(written(tmp_path, INSURES, TABLE + ROW.replace("my:insures", name)))
    assert found.rules.splitlines()[1].split("\t")[:2] == ["mine:insure", "https://example.org/my#insures"]
    assert found.rules.splitlines()[1].endswith("\t0.7")


@pytest.mark.parametrize("name", ["supports", "kg:supports"])
def test_a_row_may_name_one_of_ours(tmp_path: Path, name: str) -> None:
    assert (
        read_extension(written(tmp_path, "", TABLE + ROW.replace("my:insures", name))).rules.count("\tsupports\t") == 1
    )


def test_the_digest_knows_both_files(tmp_path: Path) -> None:
    one = read_extension(written(tmp_path, INSURES, TABLE + ROW)).digest
    assert read_extension(written(tmp_path, INSURES, TABLE + ROW)).digest == one
    assert read_extension(written(tmp_path, INSURES, TABLE)).digest != one
    assert read_extension(written(tmp_path, INSURES + LISTED, TABLE + ROW)).digest != one


@pytest.mark.parametrize(
    ("turtle", "table", "told"),
    [
        ("nonsense", None, "no Turtle"),
        ("my:x a owl:ObjectProperty .", None, "has no rdfs:label"),
        (INSURES.replace("kg:Company", "kg:Ship"), None, "no type of entity: .*Ship"),
        (INSURES + 'kg:supports rdfs:label "likes" .', None, "supports> is ours"),
        ('my:x a owl:ObjectProperty ; rdfs:label "x" ; rdfs:subPropertyOf kg:none .', None, "narrows <none>"),
        ('my:x a owl:ObjectProperty ; rdfs:label "x" ; kg:primary my:y .', None, "kg:primary"),
        ("my:x rdfs:seeAlso [] .", None, "blank node"),
        (INSURES, "name\trelation\n", "no column kind, object, subject, triggers"),
        (INSURES, "", None),
        (INSURES, TABLE + ROW.replace("my:insures", "my:buys"), "line 2: no relation 'my:buys'"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, turtle: str, table: str | None, told: str | None) -> None:
    path = written(tmp_path, turtle, table)
    if told is None:
        assert read_extension(path).rules == ""
        return
    with pytest.raises(BadOntology, match=told) as error:
        read_extension(path)
    assert str(error.value.where).startswith(str(tmp_path / "mine."))
    assert error.value.remedy


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(BadOntology, match="cannot be read"):
        read_extension(tmp_path / "mine.ttl")


def test_in_use_for_a_while(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    path = written(tmp_path, INSURES)
    assert current() is None
    with using(path) as extension:
        assert current() == extension
        assert set(extension.relations).isdisjoint(RELATIONS) if extension else False
        with using(None) as same:
            assert same == extension
    assert current() is None
    monkeypatch.setenv(VARIABLE, "elsewhere.ttl")
    with using(path):
        assert os.environ[VARIABLE] == str(path)
    assert os.environ[VARIABLE] == "elsewhere.ttl"
