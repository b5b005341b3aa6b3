import re
from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings

from kg.errors import EmptySource, UnreadableSource
from kg.exports.report import render_report, write_report
from kg.graph import KnowledgeGraph
from tests.graphs import QUIST, Article, Fact, Thing, graph_of, graphs, small

GOLDEN = Path(__file__).parents[1] / "golden" / "small-report.md"
REFUSED = (
    UnreadableSource("not a PDF after all", where="b_plan.pdf", remedy="Open it and save it again."),
    EmptySource("nothing to read in it", where="a.txt"),
)


def test_golden(tmp_path: Path) -> None:
    write_report(small(), tmp_path / "report.md", REFUSED)
    assert (tmp_path / "report.md").read_text(encoding="utf-8") == GOLDEN.read_text(encoding="utf-8")


def test_it_counts_facts_and_what_is_none() -> None:
    rows = dict(re.findall(r"^\| ([a-z][a-z ,]+) \| (\d+) \|$", render_report(small()), flags=re.M))
    assert rows["documents"] == "2"
    assert rows["entities"] == "11"
    assert rows["statements"] == str(len(small().statements))
    assert rows["stated as facts"] == str(len(small().statements) - 3)
    assert (rows["denied"], rows["planned"], rows["claimed"]) == ("1", "1", "1")
    assert rows["confirmed by a second document"] == "1"


def test_bands_of_confidence_hold_every_fact_once() -> None:
    rows = dict(re.findall(r"^\| (\d\.\d (?:and|to) [\w.]+) \| (\d+) \|$", render_report(small()), flags=re.M))
    assert list(rows) == ["0.9 and more", "0.7 to 0.9", "0.5 to 0.7", "0.0 to 0.5"]
    assert sum(map(int, rows.values())) == sum(s.plain for s in small().statements)
    assert int(rows["0.9 and more"]) == sum(s.plain and s.confidence >= 0.9 for s in small().statements)


def test_every_statement_it_names_has_its_sentence_and_who_claims_it() -> None:
    text = render_report(small())
    assert f"claimed by {QUIST.name}" in text
    items = [line for line in text.splitlines() if line.startswith("* **")]
    quotes = [line for line in text.splitlines() if line.startswith("  “")]
    assert len(items) == len(quotes) > 0
    assert "“Quist said the Kestrel Front attacked Port Essel.” — gazette-17.txt, 2031-03-14" in text


def test_the_best_supported_come_first_and_no_fact_twice() -> None:
    text = render_report(small())
    best = text.split("## Best supported facts")[1]
    assert best.lstrip().startswith("* **Mira Tavlen** commands **Third River Brigade** (confidence 0.90, 2 documents)")
    items = [line for line in best.splitlines() if line.startswith("* **")]
    assert len(items) == len(set(items))


def test_refused_sources_are_named_in_order() -> None:
    text = render_report(small(), REFUSED)
    assert text.index("KG202 a.txt") < text.index("KG201 b\\_plan.pdf: not a PDF after all. Open it and save it again.")
    assert "Refused" not in render_report(small())


def test_names_cannot_act_as_markup() -> None:
    evil = Thing("**x** | [a](b)\n# head <script>", "Person")
    other = Thing("y", "Place")
    text = f"{evil.name} visited y."
    report = render_report(
        graph_of((evil, other), (Article("s", "t", None, text, (Fact(evil, "visited", other, "v"),)),))
    )
    assert "\\*\\*x\\*\\* \\| \\[a\\](b) \\# head \\<script\\>" in report
    assert "\n# head" not in report
    assert "<script" not in report.replace("\\<script", "")


def test_long_lists_are_cut_and_say_so() -> None:
    graph = small()
    (free,) = (s for s in graph.statements if s.relation.startswith("open:"))
    many = tuple(replace(free, id=f"{i:016}", relation=f"open:verb {i}", modality="planned") for i in range(30))
    text = render_report(replace(graph, statements=many))
    assert "20 more open relations are not listed." in text
    assert "20 more are in the graph." in text


def test_an_empty_graph_has_a_report() -> None:
    assert "| entities | 0 |" in render_report(KnowledgeGraph((), (), ()))


@settings(max_examples=40, deadline=None)
@given(graphs())
def test_any_graph_gives_a_report_that_can_be_written(graph: KnowledgeGraph) -> None:
    text = render_report(graph)
    text.encode("utf-8")
    assert f"| statements | {len(graph.statements)} |" in text
