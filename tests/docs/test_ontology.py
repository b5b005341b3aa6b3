"""The reference of the vocabulary is made from the vocabulary, and is current."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pytest

from kg.ontology.vocabulary import RELATIONS, SUBTYPES, TYPES

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture(scope="module")
def page() -> str:
    script: dict[str, Any] = runpy.run_path(str(DOCS / "make_ontology.py"))
    return str(script["render"]())


def test_the_page_is_current(page: str) -> None:
    assert (DOCS / "ontology.md").read_text("utf-8") == page, "run: python docs/make_ontology.py"


def test_every_name_has_its_place_in_a_table(page: str) -> None:
    rows = [line for line in page.splitlines() if line.startswith("| `") and ":" not in line.split("`")[1]]
    assert [row.split("`")[1] for row in rows] == [
        *TYPES,
        *(r.name for r in RELATIONS.values() if r.core),
        *(r.name for r in RELATIONS.values() if not r.core),
    ]
    assert all(any(f"`{sub}`" in row for row in rows[: len(TYPES)]) for sub in SUBTYPES)


def test_no_cell_breaks_its_table(page: str) -> None:
    widths = {line.replace("\\|", "").count("|") for line in page.splitlines() if line.startswith("|")}
    assert widths == {3, 4, 6, 9}


def test_metadata_and_links_are_there(page: str) -> None:
    assert "| `kg:confidence` | kg:StatementOrClaim | xsd:decimal |" in page
    assert "one: kg:Statement, kg:Claim |" in page
    assert "| `kg:subordinateTo` | = wdt:P749, = org:subOrganizationOf, ≈ schema:parentOrganization |" in page
    assert "^ wdt:P1308" in page
