import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from pathlib import Path

from hypothesis import given, settings

from kg.exports.html import render_html, write_html
from kg.graph import KnowledgeGraph
from tests.graphs import BRIGADE, GAZETTE, KESTREL, QUIST, TAVLEN, Article, Fact, Thing, graph_of, graphs, small


class Page(HTMLParser):
    """The scripts, styles, policy and outside addresses of a page, as a browser would see them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.scripts: list[tuple[dict[str, str | None], str]] = []
        self.styles: list[str] = []
        self.policy = ""
        self.outside: list[str] = []
        self.handlers: list[str] = []
        self.open = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.handlers += [name for name in found if name.startswith("on")]
        self.outside += [str(found[a]) for a in ("src", "href") if a in found and not str(found[a]).startswith("#")]
        if found.get("http-equiv") == "Content-Security-Policy":
            self.policy = found["content"] or ""
        if tag == "script":
            self.scripts.append((found, ""))
        elif tag == "style":
            self.styles.append("")
        self.open = tag

    def handle_endtag(self, tag: str) -> None:
        self.open = ""

    def handle_data(self, data: str) -> None:
        if self.open == "script":
            found, text = self.scripts[-1]
            self.scripts[-1] = (found, text + data)
        elif self.open == "style":
            self.styles[-1] += data

    @property
    def data(self) -> dict:
        (text,) = (text for found, text in self.scripts if found.get("id") == "data")
        return json.loads(text)


def assert_harmless(page: Page) -> None:
    """Two scripts, data and ours; only what the policy names by its hash can run, and nothing comes from outside."""
    assert [found.get("type") for found, _ in page.scripts] == ["application/json", None]
    assert page.outside == page.handlers == []
    for kind, text in (("script-src", page.scripts[1][1]), ("style-src", page.styles[0])):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{kind} 'sha256-{digest}'" in page.policy
    assert page.policy.startswith("default-src 'none'")


def test_the_page_stands_alone() -> None:
    page = Page(render_html(small()))
    assert_harmless(page)
    assert "http://" not in page.scripts[1][1]
    assert "https://" not in page.scripts[1][1]


def test_the_page_holds_every_entity_statement_and_sentence() -> None:
    data = Page(render_html(small())).data
    ids = [e["id"] for e in data["entities"]]
    assert set(ids) == {e.id for e in small().entities}
    assert len(data["statements"]) == len(small().statements)
    (commands,) = (s for s in data["statements"] if s["words"] == "commands")
    assert (ids[commands["s"]], ids[commands["o"]]) == (TAVLEN.id, BRIGADE.id)
    assert (commands["start"], commands["documents"], commands["marks"]) == ("2030-05", 2, [])
    quoted = {data["sentences"][i][1] for i in commands["evidence"]}
    assert "Mira Tavlen commands the River Brigade." in quoted
    document, text, ((start, end),) = next(s for s in data["sentences"] if "commands the River" in s[1])
    assert text[start:end] == "commands"
    assert data["documents"][document] == {
        "title": 'The "Ledger" on ships',
        "source": "ledger.html",
        "date": "2031-04-02",
    }


def test_what_is_no_fact_says_so() -> None:
    data = Page(render_html(small())).data
    marked = {(s["words"], tuple(s["marks"])) for s in data["statements"] if s["marks"]}
    assert marked == {("attacked", ("claimed",)), ("visited", ("denied",)), ("visited", ("planned",))}
    (claimed,) = (s for s in data["statements"] if s["marks"] == ["claimed"])
    assert data["entities"][claimed["by"]]["id"] == QUIST.id
    assert data["entities"][claimed["s"]]["id"] == KESTREL.id


def test_entities_come_in_order_of_their_pagerank() -> None:
    ranks = [e["pagerank"] for e in Page(render_html(small())).data["entities"]]
    assert ranks == sorted(ranks, reverse=True)


def test_hostile_names_are_harmless() -> None:
    evil = Thing("</script><script>alert(1)", "Person", ("<!--<script>", "@data@ @script@", "<img src=x onerror=y>"))
    other = Thing("]]></style>", "Place")
    text = "</script><script>alert(1) visited ]]></style> & co."
    article = Article("<svg onload=z>", "</title>", None, text, (Fact(evil, "open:</script>", other, "visited"),))
    page = Page(render_html(graph_of((evil, other), (article,)), title="</title><script>alert(2)</script>"))
    assert_harmless(page)
    assert {e["name"] for e in page.data["entities"]} == {evil.name, other.name}
    assert page.data["sentences"][0][1] == text


@settings(max_examples=40, deadline=None)
@given(graphs())
def test_any_graph_gives_a_harmless_page_that_can_be_written(graph: KnowledgeGraph) -> None:
    text = render_html(graph)
    text.encode("utf-8")
    page = Page(text)
    assert_harmless(page)
    assert len(page.data["entities"]) == len(graph.entities)


def test_the_same_graph_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_html(small(), tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    assert GAZETTE.title.encode() in (tmp_path / "a").read_bytes()


def test_an_empty_graph_has_a_page() -> None:
    assert Page(render_html(KnowledgeGraph((), (), ()))).data["entities"] == []


def test_every_element_the_script_asks_for_is_on_the_page() -> None:
    text = render_html(small())
    script = Page(text).scripts[1][1]
    wanted = set(re.findall(r"\$\(\"([\w-]+)\"\)", script))
    assert wanted
    assert wanted <= set(re.findall(r'id="([\w-]+)"', text))
