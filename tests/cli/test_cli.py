from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kg import cli
from kg.rdf.writer import write_turtle
from kg.records import Ending
from tests.graphs import Article, Fact, graph_of
from tests.resolution.test_conflicts import NORDWIND, QUILL, TERRICK, chief, paper

COMMANDS = (
    "build", "extract", "query", "show", "explain", "path", "stats", "verify", "validate",
    "conflicts", "infer", "export", "ontology", "doctor",
)  # fmt: skip
CELL = "SELECT ?name { ?x a kg:Person ; rdfs:label ?name } ORDER BY ?name"


def test_every_command_has_help_with_an_example() -> None:
    assert tuple(c.callback.__name__ for c in cli.app.registered_commands if c.callback) == COMMANDS
    for command in COMMANDS:
        shown = CliRunner().invoke(cli.app, [command, "--help"])
        assert shown.exit_code == 0
        assert f"Example: kg {command}" in shown.output


def test_build_prints_what_it_wrote(run, news, tmp_path, newsroom) -> None:  # type: ignore[no-untyped-def]
    code, out, err = run("build", news, "-o", tmp_path / "out", "--model", newsroom, "--workers", 1)
    assert code == 0
    assert [Path(line).name for line in out.splitlines()] == ["graph.ttl", "graph.gexf", "graph.html", "report.md"]
    assert "3 documents" in err


def test_extract_prints_one_object_a_document(run, news, newsroom) -> None:  # type: ignore[no-untyped-def]
    code, out, _ = run("extract", news, "--model", newsroom)
    found = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert [d["doc"] for d in found] == ["news/a.txt", "news/b.txt", "news/c.txt"]
    text = (news / "a.txt").read_text("utf-8")
    assert set(found[0]) == {"doc", "title", "date", "entities", "claims"}
    for entity in found[0]["entities"]:
        for m in entity["mentions"]:
            assert text[m["start"] : m["end"]] == m["text"]


def test_what_is_refused_is_told_in_a_line_each_and_exit_code_1(run, news, tmp_path, newsroom) -> None:  # type: ignore[no-untyped-def]
    (news / "picture.txt").write_bytes(b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + bytes(range(256)) * 8)
    (news / "nothing.txt").touch()
    (news / "broken.pdf").write_bytes(b"%PDF-1.7\nnot really\n%%EOF")
    script = "<html><body><script>var a = 1;</script></body></html>"
    (news / "script.html").write_text(script, "utf-8")
    (news / "latin.txt").write_bytes("Chloé Müller spoke to Björn Ångström about the façade.".encode("latin-1"))
    (news / "wide.txt").write_bytes("Mira Olsten spoke at length in the old town hall.".encode("utf-16"))
    (news / "marks.txt").write_text("Mira\0 Olsten \u200fspoke\u200e at length in the old town hall.", "utf-8")
    code, _, err = run("build", news, "-o", tmp_path / "out", "--model", newsroom, "--workers", 1)
    refused = [line for line in err.splitlines() if line.startswith("KG2")]
    assert code == 1
    assert sorted(line.split()[1] for line in refused) == [
        "news/broken.pdf:", "news/nothing.txt:", "news/picture.txt:", "news/script.html:"
    ]  # fmt: skip
    assert "6 documents" in err
    assert "Traceback" not in err
    assert run("build", news, "-o", tmp_path / "out", "--model", newsroom, "--workers", 1)[0] == 1


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["build", "nowhere"], 2, "KG101 nowhere: "),
        (["build"], 2, "Missing argument"),
        (["query", "-e", "SELECT"], 2, "KG104"),
        (["query"], 2, "KG100"),
        (["query", "nowhere.rq"], 2, "KG100 nowhere.rq"),
        (["show", "Mira Tavlan"], 1, "Did you mean Mira Tavlen?"),
        (["explain", "Mira Tavlen", "borders"], 1, "KG103"),
        (["export", "--to", "docx"], 2, "KG102 docx"),
        (["show", "x", "-g", "nowhere"], 1, "KG203"),
        (["build", "{news}", "--model", "no_such_model"], 2, "KG301 no_such_model"),
    ],
)
def test_errors_are_one_line_with_a_code(run, built, news, arguments, code, told) -> None:  # type: ignore[no-untyped-def]
    arguments = [str(news) if a == "{news}" else a for a in arguments]
    if arguments[0] in ("query", "show", "explain", "export") and "-g" not in arguments:
        arguments += ["-g", str(built)]
    if arguments[0] == "build" and len(arguments) > 1:
        arguments += ["-o", str(built)]
    found, out, err = run(*arguments)
    assert (found, out) == (code, "")
    assert told in err
    assert "Traceback" not in err
    if "KG" in told:
        assert len(err.splitlines()) == 1


def test_query_formats(run, built, tmp_path) -> None:  # type: ignore[no-untyped-def]
    assert run("query", "-e", CELL, "-g", built)[1].splitlines()[0] == "name"
    assert json.loads(run("query", "-e", CELL, "-g", built, "--format", "json")[1])["head"]["vars"] == ["name"]
    assert "Mira Tavlen" in run("query", "-e", CELL, "-g", built, "--format", "table")[1]
    (tmp_path / "q.rq").write_text("CONSTRUCT { ?x a kg:Person } WHERE { ?x a kg:Person }", "utf-8")
    assert run("query", tmp_path / "q.rq", "-g", built)[1].startswith("@prefix")


def test_query_as_of_a_day(run, built) -> None:  # type: ignore[no-untyped-def]
    then, now = (run("query", "--as-of", day, "-g", built)[1] for day in ("2030-04-30", "2030-05-01"))
    assert "commands" not in then
    assert "Mira Tavlen,commands,Third River Brigade,2030-05," in now
    ask = "ASK { ?x kg:commands ?y }"
    answers = [run("query", "-e", ask, "--as-of", day, "-g", built)[1] for day in ("2030-04-30", "2030-05-01")]
    assert answers == ["false\n", "true\n"]
    for option in ("--as-of", "--published-by"):
        code, _, err = run("query", option, "", "-g", built)
        assert (code, f"{option} : no such day" in err) == (2, True)
    assert run("query", "--published-by", "1900-01-01", "-g", built)[1].count("\n") < now.count("\n")
    code, _, err = run("query", "--as-of", "May", "-g", built)
    assert (code, "KG100 --as-of May: no such day" in err) == (2, True)


def test_show_quotes_a_sentence_for_every_statement(run, built) -> None:  # type: ignore[no-untyped-def]
    code, out, _ = run("show", "tavlen", "-g", built)
    assert code == 0
    assert out.startswith("Mira Tavlen (Person)")
    assert out.count("“") >= out.count("confidence") > 1


def test_explain_takes_any_of_relation_and_object(run, built) -> None:  # type: ignore[no-untyped-def]
    whole = run("explain", "Mira Tavlen", "-g", built)[1]
    one = run("explain", "Mira Tavlen", "commands", "-g", built)[1]
    exact = run("explain", "Mira Tavlen", "commands", "Third River Brigade", "-g", built)[1]
    two = run("explain", "Mira Tavlen", "Third River Brigade", "-g", built)[1]
    assert len(whole) > len(one) >= len(exact) > 0
    assert "commands Third River Brigade" in exact
    assert exact.strip() in two
    assert "2030" in exact


def test_explain_highlights_and_says_why(run, tmp_path) -> None:  # type: ignore[no-untyped-def]
    text = "Jon Terrick denied that Mara Quill had led Nordwind. Mara Quill was led out. Nordwind dismissed Mara Quill."
    facts = (
        Fact(QUILL, "leads", NORDWIND, "had led", "negated", by=TERRICK),
        Fact(NORDWIND, "dismissed", QUILL, "dismissed"),
    )
    graph = graph_of((QUILL, TERRICK, NORDWIND), (Article("a.txt", "A", date(2031, 3, 14), text, facts),))
    denial = next(s for s in graph.statements if not s.plain)
    closing = next(s for s in graph.statements if s.plain)
    ((at, claim),) = denial.claims
    told = replace(claim, reasons=("ccomp deny", "quoted"))
    over = Ending(closing.id, at, closing.claims[0][1], "2031-03-14")
    changed = replace(denial, claims=((at, told),), ending=over)
    write_turtle(
        replace(graph, statements=tuple(changed if s is denial else s for s in graph.statements)),
        tmp_path / "graph.ttl",
    )
    lines = run("explain", "Mara Quill", "leads", "-g", tmp_path)[1].splitlines()
    assert lines == [
        "Mara Quill leads Nordwind  (denied, claimed by Jon Terrick, over by 2031-03-14, 1 document)",
        "  “Jon Terrick denied that [Mara Quill] *had led* [Nordwind].”",
        "  a.txt, 2031-03-14, confidence 0.90, denied, claimed by Jon Terrick; found by syntax:test",
        "  marked: denied, claimed by Jon Terrick, because of “deny”, it stands in quotation marks",
        "  over by 2031-03-14 since Nordwind dismissed Mara Quill (a.txt): “Nordwind dismissed Mara Quill.”",
    ]


def test_path_quotes_every_hop(run, built) -> None:  # type: ignore[no-untyped-def]
    code, out, _ = run("path", "Mira Tavlen", "Third River Brigade", "-g", built)
    assert code == 0
    assert out.startswith("Mira Tavlen – Third River Brigade")
    assert "“" in out


def test_stats_export_and_ontology(run, built, tmp_path) -> None:  # type: ignore[no-untyped-def]
    assert "documents" in run("stats", "-g", built)[1]
    for name in ("gexf", "graphml", "html", "jsonld", "md", "nq", "rdf", "trig", "ttl"):
        code, out, _ = run("export", "--to", name, "-o", tmp_path / f"x.{name}", "-g", built)
        assert code == 0
        assert Path(out.strip()).stat().st_size > 0
    assert run("export", "--to", "csv", "-g", built)[0] == 0
    assert (built / "csv" / "nodes.csv").exists()
    assert (tmp_path / "x.ttl").read_bytes() == (built / "graph.ttl").read_bytes()
    assert "kg:commands" in run("ontology")[1]
    assert "commands" in run("ontology", "--format", "table")[1]
    assert "sh:targetClass" in run("ontology", "--format", "shapes")[1]
    assert "@context" in json.loads(run("ontology", "--format", "context")[1])


def test_verify_says_what_differs_and_where(run, news, tmp_path, newsroom) -> None:  # type: ignore[no-untyped-def]
    out = tmp_path / "out"
    run("build", news, "-o", out, "--model", newsroom, "--workers", 1)
    code, told, err = run("verify", "-g", out)
    assert (code, told) == (0, "")
    assert "3 documents" in err
    assert "word for word" in err
    changed = (news / "a.txt").read_text("utf-8").replace("Tavlek", "Tavlak")
    (news / "a.txt").write_text(changed, "utf-8")
    code, told, err = run("verify", news, "-g", out)
    assert code == 1
    assert "news/a.txt: changed: the text is not the one that was read" in told
    assert "news/a.txt 16-28: changed: the mention “Joren Tavlek” now reads “Joren Tavlak”" in told
    assert "differences" in err
    code, told, _ = run("verify", news, "-g", out, "--json")
    found = json.loads(told)
    assert (code, found["verified"], found["documents"]) == (1, False, 3)
    assert {(d["document"], d["change"]) for d in found["differences"]} == {("news/a.txt", "changed")}


def test_conflicts_quotes_both_sentences(run, tmp_path) -> None:  # type: ignore[no-untyped-def]
    article = paper(1, "2031-03-14", chief(QUILL), chief(TERRICK))
    write_turtle(graph_of((NORDWIND, QUILL, TERRICK), (article,)), tmp_path / "graph.ttl")
    code, shown, err = run("conflicts", "-g", tmp_path)
    assert code == 0
    assert "Nordwind: chief executive: " in shown
    assert "Both are told for 2031-03-14." in shown
    assert shown.count("“Page 1 has Nordwind with") == 2
    assert "1 contradiction, 1 of them certain" in err
    (found,) = json.loads(run("conflicts", "-g", tmp_path, "--json")[1])
    assert {v["value"] for v in found["values"]} == {"Mara Quill", "Jon Terrick"}
    assert (found["relation"], found["days"]) == ("chiefExecutive", ["2031-03-14", "2031-03-14"])
    assert [c["document"] for v in found["values"] for c in v["claims"]] == ["1.txt", "1.txt"]


def test_conflicts_quotes_a_fact_and_its_denial(run, tmp_path) -> None:  # type: ignore[no-untyped-def]
    articles = paper(1, "2031-03-14", chief(QUILL)), paper(2, "2031-03-20", chief(QUILL), polarity="negated")
    write_turtle(graph_of((NORDWIND, QUILL), articles), tmp_path / "graph.ttl")
    shown = run("conflicts", "-g", tmp_path)[1]
    assert "Nordwind: chief executive: Mara Quill? One sentence says so, another denies it." in shown
    assert "“Page 1 has" in shown
    assert "“Page 2 has" in shown
    (found,) = json.loads(run("conflicts", "-g", tmp_path, "--json")[1])
    assert [v["denied"] for v in found["values"]] == [False, True]


def test_a_reader_that_leaves_early_is_no_error(built: Path) -> None:
    command = f"{sys.executable} -m kg.cli ontology | head -n 1"
    found = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=True)
    assert len(found.stdout.splitlines()) == 1
    assert "Traceback" not in found.stderr
    assert "Error" not in found.stderr


def test_standard_input(newsroom: str) -> None:
    code = f"import sys; sys.path[:] = {sys.path!r}; from kg.cli import main; main()"
    command = [sys.executable, "-c", code, "extract", "-", "--model", newsroom]
    found = subprocess.run(command, input="Mira Olsten met Joren Tavlek in the port.", capture_output=True, text=True)
    assert found.returncode == 0, found.stderr
    assert [e["name"] for e in json.loads(found.stdout)["entities"]] == ["Mira Olsten", "Joren Tavlek"]
