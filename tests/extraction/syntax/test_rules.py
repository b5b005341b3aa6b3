"""The table of rules itself."""

import pytest

from kg.extraction.mentions import TokenMention
from kg.extraction.syntax.rules import parse_path, parse_rules, role_head, rule_table
from kg.extraction.syntax.words import nominal_types, words
from kg.ontology.vocabulary import RELATIONS

HEADER = "name\trelation\tkind\ttriggers\tsubject\tobject\ttypes\tvoice\tconditions\tscore\texample\ttriple\n"


def test_names_are_unique_and_relations_known() -> None:
    rules = rule_table().rules
    assert len({r.name for r in rules}) == len(rules)
    assert {r.relation for r in rules} <= set(RELATIONS)
    assert len({r.relation for r in rules}) >= 80
    assert all(0 < r.score <= 1 for r in rules)
    assert {r.kind for r in rules} == {
        "verb",
        "event",
        "role",
        "noun",
        "prep",
        "poss",
        "adj",
        "title",
        "appos",
        "hyphen",
    }
    assert {r.voice for r in rules} == {"any", "active", "passive"}


def test_only_primary_relations() -> None:
    inverse = {"hasPart", "subsidiary", "developer", "manufacturer", "locationOf", "participant"}
    assert not inverse & {r.relation for r in rule_table().rules}


def test_lookup_prefers_longer_triggers() -> None:
    pairs = rule_table().of("role", "minister")
    assert pairs[0][0] == ("first", "minister") or len(pairs[0][0]) == 2
    assert {r.relation for t, r in pairs if t == ("prime", "minister")} >= {"headOfGovernment"}


def test_paths_and_conditions() -> None:
    assert parse_path("obl:with|~/obj") == (("obl", frozenset({"with", ""})), ("obj", frozenset()))
    assert parse_path("obl:under_command") == (("obl", frozenset({"under command"})),)
    row = "x\tattacked\tverb\ttake_over hit\tsubj\tobj\tPlace>Organization.Company\t\t!obj=deal|goal prt\t0.5\t\t\n"
    (rule,) = parse_rules(HEADER + "# a comment\n" + row).rules
    assert rule.triggers == (("take", "over"), ("hit",))
    assert [(c.forbidden, c.lemmas) for c in rule.conditions] == [(True, {"deal", "goal"}), (False, set())]
    assert TokenMention(0, 1, "Organization", "Company") in rule.object_types
    assert TokenMention(0, 1, "Organization") not in rule.object_types
    assert TokenMention(0, 1, "Person") not in rule.subject_types


def test_a_bad_row_is_named() -> None:
    with pytest.raises(ValueError, match="broken"):
        parse_rules(HEADER + "broken\tattacked\tverb\thit\tsubj\tobj\t\t\t\tmuch\t\t\n")


def test_role_heads() -> None:
    assert role_head(("chief", "of", "staff")) == "chief"
    assert role_head(("prime", "minister")) == "minister"


def test_words() -> None:
    assert "launch" in words("light")
    assert nominal_types()["decree"] == "Work"
    assert "people" not in nominal_types()
    with pytest.raises(KeyError):
        words("no such class")
