"""Two hands on the same invented text."""

from pathlib import Path

import pytest

from training.agreement import compared
from training.annotated import MarkedDocument, parse

HEAD = """---
title: Test
date: 2020-01-01
genre: agency
entities:
{entities}
---
{body}
"""


def document(tmp_path: Path, name: str, entities: str, body: str) -> MarkedDocument:
    path = tmp_path / f"{name}.md"
    path.write_text(HEAD.format(entities=entities, body=body), "utf-8")
    return parse(path)


ENTITIES = "  e1: Person | Ida Poe\n  e2: Organization | Marl Union\n  e3: Person | Tor Lund"
BODY = "[Ida Poe](e1) leads [Marl Union](e2) and met [Tor Lund](e3).\n> e1 leads e2\n> e1 metWith e3"


def test_a_hand_agrees_with_itself(tmp_path: Path) -> None:
    doc = document(tmp_path, "a", ENTITIES, BODY)
    found = compared([(doc, doc)])
    assert found["facts"] == pytest.approx(100)
    assert found["mentions, names"] == pytest.approx(100)


def test_other_ids_other_direction_of_a_symmetric_fact_and_blank_lines_make_no_difference(tmp_path: Path) -> None:
    first = document(tmp_path, "a", ENTITIES, "Heading\n\n" + BODY)
    second = document(
        tmp_path, "b", "  x1: Organization | Marl Union\n  x2: Person | Tor Lund\n  x3: Person | Ida Poe",
        "Heading\n[Ida Poe](x3) leads [Marl Union](x1) and met [Tor Lund](x2).\n> x3 leads x1\n> x2 metWith x3",
    )  # fmt: skip
    assert compared([(first, second)])["facts"] == pytest.approx(100)


def test_a_missing_fact_and_a_missing_entity_count(tmp_path: Path) -> None:
    first = document(tmp_path, "a", ENTITIES, BODY)
    second = document(
        tmp_path, "b", "  e1: Person | Ida Poe\n  e2: Organization | Marl Union",
        "[Ida Poe](e1) leads [Marl Union](e2) and met Tor Lund.\n> e1 leads e2",
    )  # fmt: skip
    found = compared([(first, second)])
    assert found["entities"] == pytest.approx(80)
    assert found["facts"] == pytest.approx(200 / 3)
