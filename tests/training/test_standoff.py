"""Marks kept without their text: what is written, what comes back, and what is refused. The corpus is invented."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.annotated import FormatError, MarkedDocument, parse
from training.standoff import STANDOFF, Corpora, _plain, _ranges, documents, dumps, main, pack, packed, rebuilt

GUM = (("Bridge", "at", "Tolmere", "opens"), ("Mira", "Olsten*", "'s", "Varn*", "-*", "Bank", "paid", "[*", "...*",
       "]", "for", "it*", "."), ("She", "spoke", "on", "Friday*", "."), ("It", "rained*", "."))  # fmt: skip
RE3D = "Joren Tavlek  visited\nVarn Bank [sic].\n\nThe [new] banker, Tavlek,\u00a0left. Nobody wept."
GUM_MARKED = """---
title: Bridge at Tolmere opens
date: 2021-03-10
genre: agency
entities:
  e1: Person | Mira Olsten
  e2: Organization/Company | Varn-Bank
  e3: Facility | bridge
  e4: Place/City | Tolmere
  d1: Date | 2021-03-12
---
[Bridge at [Tolmere](e4)](e3~n) opens
> e3 locatedIn e4

[Mira Olsten](e1)'s [Varn-Bank](e2) paid ... for [it](e3~p).
> e2 ownedBy e1; claimed; by=e1; start=2020
> e2 invests e3; implied
[She](e1~p) spoke on [Friday](d1).
"""
RE3D_MARKED = """---
title: Visit
date: null
genre: report
entities:
  e1: Person | Joren Tavlek
  e2: Organization/Company | Varn Bank
---
[Joren Tavlek](e1) visited [Varn Bank](e2) sic.
> e1 visited e2

The new [banker](e1~n), [Tavlek](e1), left.
"""


@pytest.fixture
def corpora(tmp_path: Path) -> Path:
    gum, re3d = tmp_path / "corpora/gum/train", tmp_path / "corpora/re3d/all"
    gum.mkdir(parents=True)
    rows = ["# newdoc id = GUM_news_bridge", "# meta::title = Bridge at Tolmere opens"]
    for sentence in GUM:
        for number, word in enumerate(sentence, 1):
            glued = "SpaceAfter=No" if word.endswith("*") else "_"
            head = (0, "root") if number == 1 else (1, "dep")
            rows.append(f"{number}\t{word.rstrip('*')}\t_\tX\tX\t_\t{head[0]}\t{head[1]}\t_\t{glued}")
        rows.append("")
    (gum / "GUM_news_bridge.conllu").write_text("\n".join(rows) + "\n", "utf-8")
    for part, key, text in (("Bureau", "A1", "Nothing."), ("Courier", "B2", RE3D)):
        (re3d / part).mkdir(parents=True)
        record = json.dumps({"_id": key, "title": "Visit\n", "text": text})
        (re3d / part / "documents.json").write_text(record + "\n", "utf-8")
    return tmp_path / "corpora"


@pytest.fixture
def marked(tmp_path: Path) -> list[Path]:
    paths = [tmp_path / "gum-news_bridge.md", tmp_path / "re3d-02.md"]
    for path, text in zip(paths, (GUM_MARKED, RE3D_MARKED), strict=True):
        path.write_text(text, "utf-8")
    return paths


def test_what_is_packed_comes_back(corpora: Path, marked: list[Path], tmp_path: Path) -> None:
    assert pack(corpora, marked, tmp_path / "out") == []
    found = documents(corpora, tmp_path / "out")
    assert [d.name for d in found] == ["gum-news_bridge", "re3d-02"]
    for one, other in zip(found, map(parse, marked), strict=True):
        for layer in ("title", "date", "genre", "text", "sentences", "mentions", "facts"):
            assert getattr(one, layer) == getattr(other, layer), layer
        assert {k: v[:2] for k, v in one.entities.items()} == {k: v[:2] for k, v in other.entities.items()}


def test_an_entity_is_called_by_its_longest_name_and_a_date_by_its_value(
    corpora: Path, marked: list[Path], tmp_path: Path
) -> None:
    pack(corpora, marked, tmp_path / "out")
    bridge, visit = documents(corpora, tmp_path / "out")
    assert bridge.entities == {
        "d1": ("Date", None, "2021-03-12"),
        "e1": ("Person", None, "Mira Olsten"),
        "e2": ("Organization", "Company", "Varn-Bank"),
        "e3": ("Facility", None, "Bridge at Tolmere"),  # no name: its longest nominal
        "e4": ("Place", "City", "Tolmere"),
    }
    assert visit.entities["e1"] == ("Person", None, "Joren Tavlek")


def test_the_record_holds_no_words_and_a_line_for_every_item(corpora: Path, marked: list[Path], tmp_path: Path) -> None:
    pack(corpora, marked, tmp_path / "out")
    text = (tmp_path / "out/re3d-02.json").read_text("utf-8")
    sentences = "Joren Tavlek visited Varn Bank sic.\nThe new banker, Tavlek, left."
    assert (
        text
        == f"""{{
 "corpus": "re3d",
 "date": null,
 "document": "B2",
 "entities": {{
  "e1": {{"type": "Person"}},
  "e2": {{"subtype": "Company", "type": "Organization"}}
 }},
 "facts": [
  {{"object": "e2", "relation": "visited", "sentence": 0, "subject": "e1"}}
 ],
 "genre": "report",
 "mentions": [
  [0, 0, 12, "e1", "name"],
  [0, 21, 30, "e2", "name"],
  [1, 8, 14, "e1", "n"],
  [1, 16, 22, "e1", "name"]
 ],
 "paragraphs": [1],
 "ranges": [
  [0, 38],
  [40, 71]
 ],
 "sentences": 2,
 "sha256": "{hashlib.sha256(sentences.encode()).hexdigest()}"
}}
"""
    )
    gum = json.loads((tmp_path / "out/gum-news_bridge.json").read_text("utf-8"))
    assert gum["document"] == "GUM_news_bridge"
    assert gum["facts"][1] == {"by": "e1", "flags": ["claimed"], "object": "e1", "relation": "ownedBy", "sentence": 1,
                               "start": "2020", "subject": "e2"}  # fmt: skip
    assert gum["entities"]["d1"] == {"type": "Date", "value": "2021-03-12"}


def test_entities_are_listed_by_number() -> None:
    lines = dumps({"entities": {"e10": {}, "e2": {}, "d1": {}}, "facts": []}).split("\n")
    assert lines == ["{", ' "entities": {', '  "d1": {},', '  "e2": {},', '  "e10": {}', " },", ' "facts": []', "}", ""]


@pytest.mark.parametrize(
    ("old", "new", "file"), [("Olsten", "Olstem", "gum-news_bridge.json"), ("visited", "missed", "re3d-02.json")]
)
def test_another_text_is_refused(
    corpora: Path, marked: list[Path], tmp_path: Path, old: str, new: str, file: str
) -> None:
    pack(corpora, marked, tmp_path / "out")
    for path in (p for p in corpora.rglob("*") if p.is_file()):
        path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    with pytest.raises(FormatError, match=rf"^{file}: the text of .* is not the one that was marked"):
        documents(corpora, tmp_path / "out")


def test_a_text_that_is_not_there_is_named(corpora: Path, marked: list[Path], tmp_path: Path) -> None:
    pack(corpora, marked, tmp_path / "out")
    (corpora / "gum/train/GUM_news_bridge.conllu").unlink()
    with pytest.raises(FormatError, match=r"^gum-news_bridge\.json: no document GUM_news_bridge of gum in "):
        documents(corpora, tmp_path / "out")


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("gum-news_bridge", GUM_MARKED.replace("spoke", "sang"), "sentence 3 does not stand in the corpus: She sang"),
        ("gum-news_bridge", GUM_MARKED.replace("locatedIn", "adores"), "_bridge.md:13: no such relation: adores"),
        ("gum-news_bridge", GUM_MARKED.replace("[Tolmere](e4)", "Tolmere"), "e4 is in the head but has no mention"),
        ("re3d-02", RE3D_MARKED.replace("new", "old"), "sentence 2 does not stand in the corpus: The old banker"),
        ("re3d-03", RE3D_MARKED, "re3d holds 2 documents"),
        ("re3d-00", RE3D_MARKED, "named neither"),
        ("gum-news_tower", GUM_MARKED, "no document GUM_news_tower of gum"),
        ("wire-01", GUM_MARKED, "wire-01: named neither"),
    ],
)  # fmt: skip
def test_a_document_with_a_mistake_is_left_out_and_the_others_are_not(
    corpora: Path, marked: list[Path], tmp_path: Path, name: str, text: str, message: str
) -> None:
    bad = tmp_path / f"{name}.md"
    good = next(path for path in marked if path.stem != name)
    bad.write_text(text, "utf-8")
    (refused,) = pack(corpora, [bad, good], tmp_path / "out")
    assert refused.startswith(f"{name}.md left out: ")
    assert message in refused
    assert [p.stem for p in (tmp_path / "out").iterdir()] == [good.stem]


def test_the_command_tells_what_it_left_out(
    corpora: Path,
    marked: list[Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("training.standoff.pack", lambda c, paths: pack(c, paths, tmp_path / "out"))
    arguments = ["pack", "--corpora", str(corpora), *map(str, marked)]
    assert main(arguments) == 0
    marked[0].write_text("They met.\n", "utf-8")
    assert main(arguments) == 1
    told = capsys.readouterr()
    assert told.out.splitlines() == [
        "2 documents written to standoff, 0 left out",
        "1 documents written to standoff, 1 left out",
    ]
    assert told.err == "gum-news_bridge.md left out: gum-news_bridge.md:1: no head between --- lines\n"


@given(st.lists(st.text("ab [].\n\u00a0", min_size=1).filter(_plain), min_size=1, max_size=5))
def test_sentences_are_found_whatever_blanks_and_brackets_stand_around_them(pieces: list[str]) -> None:
    text = "\n".join(pieces)
    sentences = [_plain(piece) for piece in pieces]
    assert [_plain(text[a:b]) for a, b in _ranges(text, sentences)] == sentences


def test_a_rebuilt_document_packs_to_the_same_record(corpora: Path, marked: list[Path]) -> None:
    known = Corpora(corpora)
    for path in marked:
        record = packed(parse(path), known)
        back: MarkedDocument = rebuilt(path.stem, record, known)
        assert dumps(packed(back, known)) == dumps(record)


def test_the_records_of_the_repository_are_whole() -> None:
    paths = sorted(STANDOFF.glob("*.json"))
    assert paths
    for path in paths:
        record = json.loads(path.read_text("utf-8"))
        assert dumps(record) == path.read_text("utf-8"), path.name
        named = {mention[3] for mention in record["mentions"]}
        assert named == set(record["entities"]), path.name
        assert all({f["subject"], f["object"], f.get("by", f["subject"])} <= named for f in record["facts"]), path.name
        assert all(0 <= m[0] < record["sentences"] and 0 <= m[1] < m[2] for m in record["mentions"]), path.name
