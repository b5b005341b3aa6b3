"""Marks on the text of public corpora, kept without that text: offsets here, words in the corpora folder.

``python -m training.standoff pack --corpora DIR FILES`` takes marked documents (``training/news/GUIDE.md`` tells how
they are written) named after where their sentences come from, and writes for each `training/news/standoff/<name>.json`:

- ``gum-news_x.md``: GUM's document ``GUM_news_x``;
- ``re3d-07.md``: the seventh document of re3d, its files in order of name;
- ``wikinews-123.md``: the article of that number in QA-SRL Bank and QANom (`training.wikinews`);
- ``ewt-07-2.md``: a part of the seventh web log or news group posting in EWT's train part, in order of name;
- ``enwiki-123.md``: a passage of the article of that number in raw-enwiki-2018.

It leaves out, with a message, those in which the checker of `training.annotated` or a comparison with the corpus finds
a mistake. `documents` puts marks and text together again. Square brackets of the text are dropped, for they mark
mentions in the files; the sentences of GUM and Wikinews are the corpora's own, of the others character ranges are kept.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

from training import wikinews
from training.annotated import HERE, FormatError, MarkedDocument, MarkedFact, MarkedMention, check, parse
from training.corpora import treebank

STANDOFF = HERE / "standoff"
ENWIKI = "raw-enwiki-2018"
KINDS = ("name", "nominal", "pronoun")  # the best kind to call an entity by comes first


@dataclass(frozen=True)
class Source:
    """A document of a corpus: its title, and either its sentences or its text, to be cut into ranges."""

    title: str
    sentences: tuple[str, ...] = ()
    text: str = ""


class Corpora:
    """The folder of unpacked corpora. `source` raises `FormatError` for a document that it does not hold."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._shards: dict[str, dict[str, Source]] = {}  # of the encyclopaedia, those that were asked for

    def document_of(self, name: str) -> tuple[str, str]:
        """(corpus, document id in it) of a marked file's name."""
        if match := re.fullmatch(r"gum-(\w+)", name):
            return "gum", f"GUM_{match[1]}"
        if match := re.fullmatch(r"re3d-0*([1-9]\d*)", name):
            if int(match[1]) > len(self._re3d):
                raise FormatError(f"{name}: re3d holds {len(self._re3d)} documents in {self.folder}")
            return "re3d", list(self._re3d)[int(match[1]) - 1]
        if match := re.fullmatch(r"wikinews-(\d+)", name):
            return "wikinews", match[1]
        if match := re.fullmatch(r"ewt-(\d+)-\d+", name):
            posts = sorted(d for d in self._ewt if d.startswith(("weblog", "newsgroup")))
            if 0 < int(match[1]) <= len(posts):
                return "ewt", posts[int(match[1]) - 1]
            raise FormatError(f"{name}: EWT holds {len(posts)} web logs and postings in {self.folder}")
        if match := re.fullmatch(r"enwiki-(\d+)", name):
            if match[1] in self._shard_of:
                return "enwiki", f"{self._shard_of[match[1]]}/{match[1]}"
            raise FormatError(f"{name}: no such article in {self.folder / ENWIKI}")
        raise FormatError(f"{name}: named neither gum-<document> nor after a document of another known corpus")

    def source(self, corpus: str, document: str) -> Source:
        """The words of one document."""
        if corpus == "gum":
            paths = sorted(self.folder.glob(f"gum/*/{document}.conllu"))
            if paths:
                return _gum(paths[0])
        elif corpus == "wikinews" and document in self._wikinews:
            return Source("", tuple(_plain(s) for s in self._wikinews[document][0]))
        elif corpus == "ewt" and document in self._ewt:
            return Source("", text=" ".join(self._ewt[document]))
        elif corpus == "enwiki":
            return self._article(*document.split("/"))
        elif document in self._re3d:
            return self._re3d[document]
        raise FormatError(f"no document {document} of {corpus} in {self.folder}")

    def _article(self, shard: str, number: str) -> Source:
        if shard not in self._shards:
            path = self.folder / ENWIKI / f"{ENWIKI}_{shard}"
            text = path.read_text("utf-8", errors="replace") if path.is_file() else ""
            found = re.finditer(r'<doc id="(\d+)" url="[^"]*" title="([^"]*)">\n(.*?)</doc>', text, re.DOTALL)
            self._shards[shard] = {m[1]: Source(m[2], text=m[3]) for m in found}
        if number not in self._shards[shard]:
            raise FormatError(f"no article {number} in {self.folder / ENWIKI}, {shard}")
        return self._shards[shard][number]

    @cached_property
    def _shard_of(self) -> dict[str, str]:
        """Where each article of the encyclopaedia stands."""
        found: dict[str, str] = {}
        for path in sorted(self.folder.glob(f"{ENWIKI}/{ENWIKI}_*")):
            shard = path.name.removeprefix(ENWIKI + "_")
            for number in re.findall(r'<doc id="(\d+)" ', path.read_text("utf-8", errors="replace")):
                found.setdefault(number, shard)
        return found

    @cached_property
    def _wikinews(self) -> dict[str, tuple[list[str], list[int]]]:
        return wikinews.documents(self.folder)

    @cached_property
    def _ewt(self) -> dict[str, list[str]]:
        held: dict[str, list[str]] = {}
        for path in sorted(self.folder.glob("ewt/train/*.conllu")):
            document: list[str] = []
            for line in path.read_text("utf-8").splitlines():
                if line.startswith("# newdoc id"):
                    document = held.setdefault(line.split("=", 1)[1].strip(), [])
                elif line.startswith("# text ="):
                    document.append(line.split("=", 1)[1].strip())
        return held

    @cached_property
    def _re3d(self) -> dict[str, Source]:
        records = (
            json.loads(line)
            for path in sorted(self.folder.glob("re3d/all/*/documents.json"))
            for line in path.read_text("utf-8").split("\n")
            if line.strip()
        )
        return {r["_id"]: Source(_plain(r["title"] or ""), text=r["text"]) for r in records}


def _gum(path: Path) -> Source:
    doc = treebank([path])[0]
    assert doc.space_after is not None
    words = [word + " " * space for word, space in zip(doc.words, doc.space_after, strict=True)]
    sentences = [_plain("".join(words[a:b])) for a, b in zip(doc.starts, doc.ends, strict=True)]
    title = re.search(r"^# meta::title\s*=\s*(.*)$", path.read_text("utf-8"), re.MULTILINE)
    return Source(title[1].strip() if title else "", tuple(s for s in sentences if s))


def _plain(text: str) -> str:
    """One sentence as it stands in a marked file: no line breaks, no square brackets."""
    return re.sub(r"[\[\]]", "", re.sub(r"\s+", " ", text).strip()).strip()


def _ranges(text: str, sentences: Sequence[str]) -> list[list[int]]:
    """Character range of every sentence; they follow each other, and may leave out some of the text between them."""
    kept = [i for i, char in enumerate(text) if not char.isspace() and char not in "[]"]
    solid = "".join(text[i] for i in kept)
    found, at = [], max(solid.find("".join("".join(sentences[:3]).split())), 0)
    for number, sentence in enumerate(sentences, 1):
        sought = "".join(sentence.split())
        begin = solid.find(sought, at)
        span = kept[begin : begin + len(sought)] if begin >= 0 else []
        if not span or _plain(text[span[0] : span[-1] + 1]) != sentence:
            raise FormatError(f"sentence {number} does not stand in the corpus: {sentence}")
        found.append([span[0], span[-1] + 1])
        at = begin + len(sought)
    return found


def digest(parts: Sequence[str]) -> str:
    """Tells a text, as sentences or words, from any other."""
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def packed(doc: MarkedDocument, corpora: Corpora) -> dict[str, Any]:
    """The record of one document: no words of it. Raises `FormatError` if its text is not that of the corpus."""
    corpus, document = corpora.document_of(doc.name)
    source = corpora.source(corpus, document)
    sentences = [doc.text[a:b] for a, b in doc.sentences]
    record: dict[str, Any] = {}
    if source.text:
        record["ranges"] = _ranges(source.text, sentences)
    else:
        for number, sentence in enumerate(sentences, 1):
            if source.sentences[number - 1 : number] != (sentence,):
                raise FormatError(f"sentence {number} does not stand in the corpus: {sentence}")
    of = [next(i for i, (a, b) in enumerate(doc.sentences) if a <= m.start and m.end <= b) for m in doc.mentions]
    begins = [doc.sentences[i][0] for i in of]
    return record | {
        "corpus": corpus,
        "date": doc.date,
        "document": document,
        "entities": {key: _entity(*entity) for key, entity in doc.entities.items()},
        "facts": [_fact(f) for f in doc.facts],
        "genre": doc.genre,
        "mentions": [
            [i, m.start - begin, m.end - begin, m.entity, m.kind if m.kind == "name" else m.kind[0]]
            for i, begin, m in zip(of, begins, doc.mentions, strict=True)
        ],
        "paragraphs": [
            i for i, (one, two) in enumerate(pairwise(doc.sentences), 1) if "\n" in doc.text[one[1] : two[0]]
        ],
        "sentences": len(sentences),
        "sha256": digest(sentences),
    }


def _entity(kind: str, subtype: str | None, name: str) -> dict[str, str]:
    value = {"value": name} if kind == "Date" else {}
    return {"type": kind} | ({"subtype": subtype} if subtype else {}) | value


def _fact(fact: MarkedFact) -> dict[str, Any]:
    everything = {name: getattr(fact, name) for name in MarkedFact.__slots__} | {"flags": sorted(fact.flags)}
    return {name: value for name, value in everything.items() if value not in (None, [])}


def dumps(record: dict[str, Any]) -> str:
    """JSON with sorted keys and every item of a list or table on a line of its own."""

    def line(value: object) -> str:
        return json.dumps(value, ensure_ascii=False, sort_keys=True)

    parts = []
    for key, value in sorted(record.items()):
        if isinstance(value, dict):
            rows = ",\n".join(f"  {line(k)}: {line(v)}" for k, v in sorted(value.items(), key=_by_number))
            text = f"{{\n{rows}\n }}" if rows else "{}"
        elif key in ("facts", "mentions", "ranges") and value:
            rows = ",\n".join(f"  {line(item)}" for item in value)
            text = f"[\n{rows}\n ]"
        else:
            text = line(value)
        parts.append(f" {line(key)}: {text}")
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _by_number(item: tuple[str, object]) -> tuple[str, int]:
    match = re.fullmatch(r"(\D+)(\d+)", item[0])
    return (match[1], int(match[2])) if match else (item[0], 0)


def rebuilt(name: str, record: dict[str, Any], corpora: Corpora) -> MarkedDocument:
    """Marks and words together. Raises `FormatError` if the words are not those that were marked."""
    where = f"{name}.json"
    try:
        source = corpora.source(record["corpus"], record["document"])
    except FormatError as error:
        raise FormatError(f"{where}: {error}") from error
    if "ranges" in record:
        sentences = [_plain(source.text[a:b]) for a, b in record["ranges"]]
    else:
        sentences = list(source.sentences[: record["sentences"]])
    if digest(sentences) != record["sha256"]:
        raise FormatError(f"{where}: the text of {record['document']} is not the one that was marked")
    doc = MarkedDocument(name, source.title, record["date"], record["genre"])
    for number, sentence in enumerate(sentences):
        if number:
            doc.text += "\n\n" if number in record["paragraphs"] else " "
        doc.sentences.append((len(doc.text), len(doc.text) + len(sentence)))
        doc.text += sentence
    doc.text += "\n"
    kinds = {"n": "nominal", "p": "pronoun", "name": "name"}
    for sentence, start, end, entity, kind in record["mentions"]:
        begin = doc.sentences[sentence][0]
        doc.mentions.append(MarkedMention(begin + start, begin + end, entity, kinds[kind]))
    for key, entity in record["entities"].items():
        title = entity.get("value") or _longest(doc, key)
        doc.entities[key] = (entity["type"], entity.get("subtype"), title)
    doc.facts = [MarkedFact(**{**fact, "flags": frozenset(fact.get("flags", ()))}) for fact in record["facts"]]
    return doc


def _longest(doc: MarkedDocument, entity: str) -> str:
    """Longest name of an entity in the text; where it has none, its longest nominal, or else pronoun."""
    own = [m for m in doc.mentions if m.entity == entity]
    best = min(own, key=lambda m: (KINDS.index(m.kind), m.start - m.end, m.start))
    return doc.text[best.start : best.end]


def documents(corpora: Path, folder: Path = STANDOFF) -> list[MarkedDocument]:
    """Every document kept here, sorted by name, with its text out of the folder of unpacked corpora.

    Raises `FormatError` naming the file whose text is missing there or is another one.
    """
    known = Corpora(corpora)
    return [rebuilt(p.stem, json.loads(p.read_text("utf-8")), known) for p in sorted(folder.glob("*.json"))]


def pack(corpora: Path, paths: Sequence[Path], folder: Path = STANDOFF) -> list[str]:
    """Write the records of all documents that are without mistakes; return the mistakes of the others."""
    known = Corpora(corpora)
    refused = []
    folder.mkdir(parents=True, exist_ok=True)
    for path in paths:
        mistakes, _ = check([path])
        if not mistakes:
            try:
                text = dumps(packed(parse(path), known))
                (folder / f"{path.stem}.json").write_text(text, "utf-8")
                continue
            except FormatError as error:
                mistakes = [str(error)]
        refused.append(f"{path.name} left out: {'; '.join(mistakes)}")
    return refused


def main(arguments: Sequence[str] | None = None) -> int:
    """Pack the files named; 1 if one of them was left out."""
    parser = argparse.ArgumentParser(prog="python -m training.standoff", description=(__doc__ or "").split("\n")[0])
    command = parser.add_subparsers(dest="command", required=True).add_parser("pack")
    command.add_argument("--corpora", type=Path, required=True, help="folder of the unpacked corpora")
    command.add_argument("files", type=Path, nargs="+", help="marked documents")
    given = parser.parse_args(arguments)
    refused = pack(given.corpora, given.files)
    for line in refused:
        print(line, file=sys.stderr)
    print(f"{len(given.files) - len(refused)} documents written to {STANDOFF.name}, {len(refused)} left out")
    return bool(refused)


if __name__ == "__main__":
    sys.exit(main())
