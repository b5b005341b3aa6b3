from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import rdflib
from rdflib.namespace import RDF, SH

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture
def damaged(built: Path) -> Path:
    """A graph in which a colonel has become a language."""
    path = built / "graph.ttl"
    lines = path.read_text("utf-8").split("\n")
    (at,) = (n for n, line in enumerate(lines) if 'rdfs:label "Mira Tavlen"' in line)
    lines[at - 1] = lines[at - 1].replace("kg:Person", "kg:Language")
    path.write_text("\n".join(lines), "utf-8")
    return built


def test_a_good_graph(run, built) -> None:  # type: ignore[no-untyped-def]
    assert run("validate", "-g", built) == (0, "everything is as the shapes say\n", "")
    assert run("validate", "-g", built, "--report", "json") == (0, "[]\n", "")


def test_a_broken_rule_is_told_with_statement_and_sentence(run, damaged) -> None:  # type: ignore[no-untyped-def]
    code, out, err = run("validate", "-g", damaged)
    lines = [line.strip() for line in out.splitlines()]
    at = lines.index("“commands” leads from a person to an organization.")
    assert code == 1
    assert lines[at + 1] == "Mira Tavlen commands Third River Brigade"
    told = "“Colonel Tavlen has commanded the Third River Brigade since May.” gazette-17.txt, 2031-03-14"
    assert lines[at + 2] == told
    assert "findings against 3 rules" in err


def test_only_so_many_of_each_rule(run, damaged, tmp_path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "none.ttl").write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix kg: <https://w3id.org/newskg/ontology#> . "
        "<https://example.org/x> a sh:NodeShape ; sh:targetClass kg:Mention ; sh:property <https://example.org/y> . "
        '<https://example.org/y> sh:path kg:nothing ; sh:minCount 1 ; sh:message "A mention has a nothing." .'
    )
    out = run("validate", "-g", damaged, "--shapes", tmp_path / "none.ttl", "--limit", 2)[1]
    told = out.split("A mention has a nothing.\n")[1].split("\n\n")[0]
    assert re.search(r"and \d+ more; see them with --limit", told)


def test_reports_for_machines(run, damaged) -> None:  # type: ignore[no-untyped-def]
    code, out, _ = run("validate", "-g", damaged, "--report", "json")
    found = json.loads(out)
    assert code == 1
    (commands,) = [f for f in found if f["shape"].endswith("#commands")]
    assert commands["severity"] == "violation"
    assert commands["says"] == "Mira Tavlen commands Third River Brigade"
    assert [s["source"] for s in commands["sentences"]] == ["gazette-17.txt", "ledger.html"]
    code, out, _ = run("validate", "-g", damaged, "--report", "ttl")
    report = rdflib.Graph().parse(data=out, format="turtle")
    assert code == 1
    assert len(set(report.subjects(RDF.type, SH.ValidationResult))) == len({(f["shape"], f["node"]) for f in found})


def test_the_shapes_of_the_documentation(run, built, tmp_path) -> None:  # type: ignore[no-untyped-def]
    page = (DOCS / "validation.md").read_text("utf-8")
    blocks = re.findall(r"(?:^    .*\n|^\n)+", page.split("## Shapes of your own")[1], re.MULTILINE)
    (block,) = (b for b in blocks if "@prefix" in b)
    (tmp_path / "mine.ttl").write_text(re.sub("^    ", "", block, flags=re.MULTILINE), "utf-8")
    code, out, _ = run("validate", "-g", built, "--shapes", tmp_path / "mine.ttl")
    assert code == 1
    assert out.splitlines()[:2] == [
        "Ownership rests on at least two documents.",
        "  Brightwater Lines owned by Larch Holdings",
    ]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--shapes", "nowhere.ttl"], "KG106 nowhere.ttl: cannot be read"),
        (["--shapes", "{bad}"], "no Turtle"),
        (["--engine", "magic"], "KG100 --engine magic"),
        (["--ontology", "nowhere.ttl"], "KG105 nowhere.ttl: cannot be read"),
    ],
)
def test_wrong_use(run, built, tmp_path, arguments, told) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "bad.ttl").write_text("shapes!")
    arguments = [str(tmp_path / "bad.ttl") if a == "{bad}" else a for a in arguments]
    code, out, err = run("validate", "-g", built, *arguments)
    assert (code, out) == (2, "")
    assert told in err
    assert len(err.splitlines()) == 1
