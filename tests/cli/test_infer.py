from __future__ import annotations

from pathlib import Path

import pytest
import rdflib

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
RULES = Path(__file__).parents[2] / "queries" / "rules"
ASKED = "ASK { GRAPH <https://w3id.org/newskg/id/inferred> { ?i a kg:Inference } }"


def test_trig_in_a_pipe(run, built) -> None:  # type: ignore[no-untyped-def]
    before = (built / "graph.ttl").read_bytes()
    code, out, err = run("infer", RULES, "-g", built)
    assert code == 0
    assert len(rdflib.Dataset().parse(data=out, format="trig")) > 5
    assert err.startswith("2 conclusions by 2 of ")
    assert (built / "graph.ttl").read_bytes() == before


def test_text_names_rule_and_sentences(run, built) -> None:  # type: ignore[no-untyped-def]
    code, out, _ = run("infer", RULES, "-g", built, "--format", "text")
    lines = out.splitlines()
    assert code == 0
    at = lines.index("Third River Brigade subordinate to Ministry of Defence")
    assert lines[at + 1].endswith("(chain-of-command-of-parts)")
    assert sum("The brigade belongs to the Varnholm Army" in line for line in lines) == 2


def test_a_query_with_rules(run, built) -> None:  # type: ignore[no-untyped-def]
    assert run("query", "-e", ASKED, "-g", built, "--format", "csv")[1] == "false\n"
    assert run("query", "-e", ASKED, "-g", built, "--format", "csv", "--rules", RULES)[1] == "true\n"


def test_no_rules_here(run, built, tmp_path) -> None:  # type: ignore[no-untyped-def]
    code, out, err = run("infer", tmp_path, "-g", built)
    assert (code, out) == (2, "")
    assert err.startswith(f"KG100 {tmp_path}: no rules here.")
