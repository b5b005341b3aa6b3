"""Which facts are closed, at what date, and by which claim."""

from __future__ import annotations

from datetime import date

import pytest

from kg.graph import KnowledgeGraph
from kg.rdf.reader import read_graph
from kg.rdf.writer import write_turtle
from kg.records import Claim, Document, DocumentClaims, DocumentEntity, Evidence, Mention, Span, Statement, TimeSpan
from kg.resolution import resolve

NAMES = {
    "nordwind": ("Organization", "Nordwind"),
    "guard": ("Organization", "Halmar Guard"),
    "quill": ("Person", "Mara Quill"),
    "terrick": ("Person", "Jon Terrick"),
    "varga": ("Person", "Ilse Varga"),
}


def paper(day: str | None, *told: str, **marks: object) -> DocumentClaims:
    """A document of sentences ``subject relation object [start..end] [over] [denied]``, one claim each."""
    sentences = [f"Page of {day}, line {i}: {line}." for i, line in enumerate(told)]
    document = Document.of(" ".join(sentences), f"{day}-{told[0]}", published=date.fromisoformat(day) if day else None)
    used = sorted({word for line in told for word in line.split() if word in NAMES})
    entities = tuple(
        DocumentEntity(f"e-{w}", name, kind, (Mention(i, i + 1, name, kind, f"e-{w}"),))
        for i, w in enumerate(used)
        for kind, name in (NAMES[w],)
    )
    claims, at = [], 0
    for line, sentence in zip(told, sentences, strict=True):
        subject, relation, goal, *rest = line.split()
        start, _, end = next((r for r in rest if ".." in r), "..").partition("..")
        evidence = Evidence(at, at + len(sentence), sentence)
        at += len(sentence) + 1
        claims.append(
            Claim(
                f"e-{subject}", relation, f"e-{goal}", None, evidence, Span(0, 1), Span(0, 1),
                polarity="negated" if "denied" in rest else "asserted", ended="over" in rest,
                time=TimeSpan(start or None, end or None), confidence=0.8, **marks,  # type: ignore[arg-type]
            )
        )  # fmt: skip
    return DocumentClaims(document, entities, tuple(claims))


def find(graph: KnowledgeGraph, line: str) -> Statement:
    """The plain statement ``subject relation object``."""
    ids = {e.name: e.id for e in graph.entities}
    subject, relation, goal = line.split()
    s, o = (ids[NAMES[w][1]] for w in (subject, goal))
    (found,) = (x for x in graph.statements if (x.subject, x.relation, x.object, x.plain) == (s, relation, o, True))
    return found


def told(graph: KnowledgeGraph, line: str) -> tuple[str | None, str | None, str | None, str | None]:
    """Start, end, the bound, and the sentence that ends it, without its head."""
    s = find(graph, line)
    ending = s.ending
    sentence = ending.claim.evidence.text.split(": ")[1].removesuffix(".") if ending else None
    return s.time.start, s.time.end, ending.by if ending else None, sentence


CHIEF = "nordwind chiefExecutive quill"
NEXT = "nordwind chiefExecutive terrick"


@pytest.mark.parametrize(
    ("papers", "expected"),
    [
        # the next one in a post for one
        ([paper(None, f"{CHIEF} 2015..", f"{NEXT} 2019-05..")], ("2015", "2019-05", None, f"{NEXT} 2019-05..")),
        (
            [paper("2018-02-01", CHIEF), paper("2020-01-01", f"{NEXT} 2019-05..")],
            (None, "2019-05", None, f"{NEXT} 2019-05.."),
        ),
        # of two later ones the first
        (
            [paper(None, f"{CHIEF} 2015..", f"{NEXT} 2019-05..", "nordwind chiefExecutive varga 2017..")],
            ("2015", "2017", None, "nordwind chiefExecutive varga 2017.."),
        ),
        # an end of its own stays; a successor who began before, or in the same year, ends nothing
        ([paper(None, f"{CHIEF} 2015..2016", f"{NEXT} 2019..")], ("2015", "2016", None, None)),
        ([paper(None, f"{CHIEF} 2015..", f"{NEXT} 2011..")], ("2015", None, None, None)),
        ([paper(None, f"{CHIEF} 2015..", f"{NEXT} 2015-08..")], ("2015", None, None, None)),
        # nothing says which of two undated ones came first
        ([paper(None, CHIEF), paper(None, NEXT)], (None, None, None, None)),
        ([paper(None, CHIEF, f"{NEXT} 2019..")], (None, None, None, None)),
        # only papers of two days tell: a bound, no date
        ([paper("2018-02-01", CHIEF), paper("2020-01-01", NEXT)], (None, None, "2020-01-01", NEXT)),
        ([paper("2018-02-01", CHIEF), paper("2018-02-01", NEXT)], (None, None, None, None)),
        ([paper("2018-02-01", CHIEF), paper("2020-01-01", NEXT), paper("2021-01-01", CHIEF)], (None, None, None, None)),
        # a stated successor
        (
            [paper("2018-02-01", CHIEF), paper("2018-02-01", NEXT, "terrick successorOf quill 2019-05..")],
            (None, "2019-05", None, "terrick successorOf quill 2019-05.."),
        ),
        (
            [paper("2018-02-01", CHIEF), paper("2018-02-01", f"{NEXT} 2019..", "terrick successorOf quill")],
            (None, "2019", None, f"{NEXT} 2019.."),
        ),
        (
            [paper(None, CHIEF, "terrick successorOf quill 2019..")],
            (None, "2019", None, "terrick successorOf quill 2019.."),
        ),
        (
            [paper(None, CHIEF, "quill commands guard", "terrick successorOf quill 2019..")],
            (None, None, None, None),
        ),
        # a dismissal by the body; by another, of the only post; by another, of one of two posts
        (
            [paper(None, CHIEF, "nordwind dismissed quill 2019-05..")],
            (None, "2019-05", None, "nordwind dismissed quill 2019-05.."),
        ),
        (
            [paper(None, CHIEF, "varga dismissed quill 2019-05..")],
            (None, "2019-05", None, "varga dismissed quill 2019-05.."),
        ),
        ([paper(None, CHIEF, "quill leads guard", "varga dismissed quill 2019-05..")], (None, None, None, None)),
        ([paper(None, f"{CHIEF} 2020..", "nordwind dismissed quill 2019-05..")], ("2020", None, None, None)),
        # told as over: with a date, without one, and denied as lasting
        ([paper("2020-01-01", f"{CHIEF} ..2019 over")], (None, "2019", None, f"{CHIEF} ..2019 over")),
        (
            [paper("2018-01-01", CHIEF), paper("2020-01-01", f"{CHIEF} over")],
            (None, None, "2020-01-01", f"{CHIEF} over"),
        ),
        ([paper(None, f"{CHIEF} over")], (None, None, None, f"{CHIEF} over")),
        (
            [paper("2018-01-01", f"{CHIEF} 2015.."), paper("2020-01-01", f"{CHIEF} over denied")],
            ("2015", None, "2020-01-01", f"{CHIEF} over denied"),
        ),
        # former once, and back again
        ([paper("2018-01-01", f"{CHIEF} over"), paper("2020-01-01", CHIEF)], (None, None, None, None)),
    ],
)
def test_what_ends_a_post(papers: list[DocumentClaims], expected: tuple[str | None, ...]) -> None:
    for order in (papers, papers[::-1]):
        assert told(resolve(order), CHIEF) == expected


def test_the_holder_may_be_the_subject() -> None:
    graph = resolve([paper(None, "quill commands guard 2015..", "terrick commands guard 2019..")])
    assert told(graph, "quill commands guard") == ("2015", "2019", None, "terrick commands guard 2019..")
    assert told(graph, "terrick commands guard") == ("2019", None, None, None)


def test_several_may_lead() -> None:
    graph = resolve([paper(None, "quill leads guard 2015..", "terrick leads guard 2019..")])
    assert told(graph, "quill leads guard") == ("2015", None, None, None)


def test_what_is_over_need_be_no_post() -> None:
    graph = resolve([paper("2020-01-01", "quill worksFor nordwind over")])
    assert told(graph, "quill worksFor nordwind") == (None, None, "2020-01-01", "quill worksFor nordwind over")


@pytest.mark.parametrize("marks", [{"modality": "planned"}, {"modality": "possible"}, {"contested": True}])
def test_a_plan_or_a_mere_claim_closes_nothing(marks: dict[str, object]) -> None:
    before = paper("2018-01-01", f"{CHIEF} 2015..")
    after = paper(
        "2020-01-01", f"{NEXT} 2019..", "nordwind dismissed quill 2019..", "terrick successorOf quill 2019..", **marks
    )
    assert told(resolve([before, after]), CHIEF) == ("2015", None, None, None)


def test_an_end_and_its_claim_are_written_and_read_back(tmp_path) -> None:  # type: ignore[no-untyped-def]
    graph = resolve(
        [paper("2018-01-01", f"{CHIEF} 2015..", "quill leads guard over"), paper("2020-01-01", f"{NEXT} 2019..")],
        keep_texts=False,
    )
    assert sum(s.ending is not None for s in graph.statements) == 2
    write_turtle(graph, tmp_path / "graph.ttl")
    assert read_graph(tmp_path / "graph.ttl") == graph
    written = (tmp_path / "graph.ttl").read_text("utf-8")
    assert written.count("kg:endedBy claim:") == 2
    assert written.count('kg:overBy "2018-01-01"^^xsd:date') == 1
    assert written.count("kg:ended true") == 1
