"""The rule that docs/inference.md shows concludes what it says."""

from __future__ import annotations

import re
from pathlib import Path

from kg.ontology.vocabulary import KG
from kg.rdf.inference import infer, read_rules
from kg.rdf.query import store_of
from tests.graphs import ARMY, TAVLEN, small

PAGE = (Path(__file__).parents[2] / "docs" / "inference.md").read_text("utf-8")


def test_the_rule_of_the_page(tmp_path: Path) -> None:
    blocks = re.findall(r"(?:^    .*\n)+", PAGE, re.MULTILINE)
    (block,) = (b for b in blocks if "CONSTRUCT" in b)
    (tmp_path / "mine.rq").write_text(re.sub("^    ", "", block, flags=re.MULTILINE), "utf-8")
    rules = read_rules([tmp_path])
    (found,) = infer(store_of(small()), rules)
    assert rules[0].words == "Whoever commands a unit works for what the unit is part of."
    assert (found.subject.rsplit("/", 1)[-1], found.predicate) == (TAVLEN.id, KG + "worksFor")
    assert str(found.object.value).endswith(ARMY.id)  # type: ignore[union-attr]
