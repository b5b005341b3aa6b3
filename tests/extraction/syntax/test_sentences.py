"""Sentences and what they must, and must not, say."""

import pytest

from kg.extraction.syntax import find_relations
from kg.extraction.syntax.emit import admits, symmetric
from kg.extraction.syntax.rules import rule_table
from tests.extraction.syntax.parses import Sentence, read

RULES, CONSTRUCTIONS, CLEARNLP = read("rules.parses"), read("constructions.parses"), read("clearnlp.parses")
ALL = [*RULES, *CONSTRUCTIONS, *CLEARNLP]


def found(sentence: Sentence) -> list[tuple[str, str, str, str]]:
    doc = sentence.doc()
    return [
        (c.subject.span(doc).text, c.relation, c.object.span(doc).text, c.rule)
        for c in find_relations(doc, sentence.table(doc))
        if c.object is not None
    ]


@pytest.mark.parametrize("sentence", ALL, ids=lambda s: s.id)
def test_says(sentence: Sentence) -> None:
    got = found(sentence)
    for subject, relation, object_, *rule in sentence.expect:
        ends = {(subject, object_)} | ({(object_, subject)} if relation in symmetric() else set())
        assert any((g[0], g[2]) in ends and g[1] == relation and (not rule or rule[0] in g[3]) for g in got), got


@pytest.mark.parametrize("sentence", [s for s in ALL if s.never], ids=lambda s: s.id)
def test_does_not_say(sentence: Sentence) -> None:
    for forbidden in sentence.never:
        for subject, relation, object_, _ in found(sentence):
            assert forbidden not in {(relation,), (subject, relation, object_)}


def test_every_example_of_the_table_is_parsed() -> None:
    examples = {(rule.name, rule.triple) for rule in rule_table().rules if rule.triple}
    parsed = {(s.id, f"{s.expect[0][0]} -> {s.expect[0][2]}") for s in RULES}
    assert examples == parsed
    assert len(ALL) >= 290


@pytest.mark.parametrize("sentence", ALL, ids=lambda s: s.id)
def test_admitted_and_only_once(sentence: Sentence) -> None:
    doc = sentence.doc()
    table = sentence.table(doc)
    candidates = find_relations(doc, table)
    keys = [(c.subject, c.relation, c.object) for c in candidates]
    assert len(keys) == len(set(keys))
    for c in candidates:
        assert c.object is not None
        assert c.relation.startswith("open:") or admits(c.relation, c.subject.type, c.object.type)
        assert c.trigger
        assert 0 < c.score <= 1
    assert candidates == find_relations(doc, table)
