"""Read the marked news documents of `training/news` and check them (the format stands in ``training/news/GUIDE.md``).

``python -m training.annotated [FILES]`` prints every mistake with file and line, and a count of relations.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from dataclasses import dataclass, field
from datetime import date as Date
from pathlib import Path

from kg.ontology.vocabulary import RELATIONS, primary

HERE = Path(__file__).parent / "news"
TYPES = {
    "Person": (), "Organization": ("GovernmentBody", "MilitaryUnit", "Company", "PoliticalParty", "NewsOutlet",
    "SportsTeam", "EducationalInstitution"), "Place": ("Country", "City", "Region", "Continent", "BodyOfWater"),
    "Facility": (), "Event": (), "Work": (), "Product": (), "Award": (), "Position": (), "Group": (), "Language": (),
    "Date": (),
}  # fmt: skip
ENDS = (*TYPES, "Quantity")
"""What an end of a fact can be, in the documents or in the pipeline."""
FLAGS = {"implied", "negated", "possible", "planned", "claimed"}
_TOKEN = re.compile(r"\[|\]\((?P<ref>[A-Za-z]+\d+)(?P<kind>~[np])?\)")
_DATE = re.compile(r"\?|-?\d{4}(-\d{2}(-\d{2})?)?|--\d{2}(-\d{2})?|\d{3}0s")
_TIME = re.compile(r"-?\d{4}(-\d{2}(-\d{2})?)?|--\d{2}(-\d{2})?")


Key = tuple[str, str, str]
"""Subject, relation, object, in the direction that the vocabulary prefers."""


class FormatError(ValueError):
    """A document breaks the guide; the message says where."""


@dataclass(frozen=True, slots=True)
class MarkedMention:
    """Character range of the plain text, entity id, and name, nominal or pronoun."""

    start: int
    end: int
    entity: str
    kind: str


@dataclass(frozen=True, slots=True)
class MarkedFact:
    """A fact with the index of the sentence that states it, and its flags."""

    subject: str
    relation: str
    object: str
    sentence: int
    flags: frozenset[str]
    by: str | None = None
    start: str | None = None
    end: str | None = None


@dataclass
class MarkedDocument:
    """``sentences`` are character ranges of ``text``; ``entities`` maps an id to (type, subtype or None, name)."""

    name: str
    title: str
    date: str | None
    genre: str
    text: str = ""
    entities: dict[str, tuple[str, str | None, str]] = field(default_factory=dict)
    mentions: list[MarkedMention] = field(default_factory=list)
    facts: list[MarkedFact] = field(default_factory=list)
    sentences: list[tuple[int, int]] = field(default_factory=list)

    @property
    def published(self) -> Date | None:
        """The day of publication; None where no whole date is known."""
        return Date.fromisoformat(self.date) if self.date and len(self.date) == 10 else None


def key_of(subject: str, relation: str, obj: str) -> Key:
    """The same for a relation and its inverse, and for both directions of a symmetric one."""
    name, turned = primary(relation)
    if turned:
        subject, obj = obj, subject
    if RELATIONS[name].symmetric:
        subject, obj = sorted((subject, obj))
    return subject, name, obj


def relations() -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    """Vocabulary: relation -> (domain types, range types); "Any" stands for every type."""
    return {name: (frozenset(r.domain), frozenset(r.range)) for name, r in RELATIONS.items()}


def parse(path: Path) -> MarkedDocument:
    """Read one document. Raises `FormatError` with file and line."""
    lines = path.read_text("utf-8").split("\n")

    def fail(number: int, what: str) -> FormatError:
        return FormatError(f"{path.name}:{number + 1}: {what}")

    if lines[0] != "---" or "---" not in lines[1:]:
        raise fail(0, "no head between --- lines")
    close = lines.index("---", 1)
    doc = MarkedDocument(path.stem, "", None, "")
    for n, line in enumerate(lines[1:close], 1):
        if match := re.fullmatch(r"(title|date|genre):\s*(.*)", line):
            value = match[2].strip().strip('"') or None
            setattr(doc, match[1], None if value in ("null", "None", "?") else value)
        elif match := re.fullmatch(r"\s+([A-Za-z]+\d+):\s*(\w+)(?:/(\w+))?\s*\|\s*(.+)", line):
            key, kind, sub, name = match.groups()
            if kind not in TYPES or (sub and sub not in TYPES[kind]):
                raise fail(n, f"no such type: {kind}/{sub}")
            if kind == "Date" and not _DATE.fullmatch(name.strip()):
                raise fail(n, f"not a date value: {name}")
            if key in doc.entities:
                raise fail(n, f"{key} stands twice in the head")
            doc.entities[key] = (kind, sub, name.strip())
        elif line.strip() not in ("entities:", ""):
            raise fail(n, f"cannot read this line of the head: {line}")
    text: list[str] = []
    size = 0
    for n, line in enumerate(lines[close + 1 :], close + 1):
        if line.startswith("> "):
            if not doc.sentences:
                raise fail(n, "a fact before the first sentence")
            doc.facts.append(_fact(line[2:], len(doc.sentences) - 1, doc, lambda what, n=n: fail(n, what)))  # type: ignore[misc]
            continue
        if not line.strip():
            if text and text[-1] != "\n":
                text.append("\n")
                size += 1
            continue
        plain, mentions = _sentence(line.strip(), lambda what, n=n: fail(n, what))  # type: ignore[misc]
        glue = "" if not text else ("\n" if text[-1] == "\n" else " ")
        text += [glue, plain] if glue else [plain]
        size += len(glue)
        for start, end, ref, kind in mentions:
            if ref not in doc.entities:
                raise fail(n, f"{ref} is not in the head")
            doc.mentions.append(MarkedMention(size + start, size + end, ref, kind))
        doc.sentences.append((size, size + len(plain)))
        size += len(plain)
    doc.text = "".join(text)
    return doc


def _sentence(line: str, fail) -> tuple[str, list[tuple[int, int, str, str]]]:  # type: ignore[no-untyped-def]
    plain, opened, found, at = "", [], [], 0
    for match in _TOKEN.finditer(line):
        plain += line[at : match.start()]
        at = match.end()
        if match[0] == "[":
            opened.append(len(plain))
        elif not opened:
            raise fail(f"a mention ends that never began: {match[0]}")
        else:
            start = opened.pop()
            if start == len(plain) or plain[start] == " " or plain[-1] == " ":
                raise fail(f"empty mention, or blanks at its edge: {match[0]}")
            kind = {"~n": "nominal", "~p": "pronoun", None: "name"}[match["kind"]]
            found.append((start, len(plain), match["ref"], kind))
    if opened:
        raise fail("a [ without its ](id)")
    return plain + line[at:], sorted(found)


def _fact(line: str, sentence: int, doc: MarkedDocument, fail) -> MarkedFact:  # type: ignore[no-untyped-def]
    head, *rest = [part.strip() for part in line.split(";")]
    words = head.split()
    if len(words) != 3:
        raise fail(f"a fact is subject relation object: {head}")
    subject, relation, obj = words
    flags, more = set(), {}
    for part in rest:
        if part in FLAGS:
            flags.add(part)
        elif match := re.fullmatch(r"(by|start|end)=(\S+)", part):
            more[match[1]] = match[2]
        elif part:
            raise fail(f"no such flag: {part}")
    for ref in (subject, obj, *([more["by"]] if "by" in more else [])):
        if ref not in doc.entities:
            raise fail(f"{ref} is not in the head")
    for key in ("start", "end"):
        if key in more and not _TIME.fullmatch(more[key]):
            raise fail(f"not a date: {more[key]}")
    vocabulary = relations()
    if relation not in vocabulary:
        raise fail(f"no such relation: {relation}")
    for ref, allowed, side in ((subject, vocabulary[relation][0], "subject"), (obj, vocabulary[relation][1], "object")):
        kind = doc.entities[ref][0]
        lenient = {kind} | ({"Place"} if kind == "Facility" else set())
        if not (lenient & allowed or ("Any" in allowed and kind != "Date")):
            raise fail(f"{relation} does not take a {kind} as {side} ({'|'.join(sorted(allowed))}): {head}")
    return MarkedFact(subject, relation, obj, sentence, frozenset(flags), **more)


def unmarked(doc: MarkedDocument) -> list[str]:
    """Names of the head that stand in the text without a mark: most likely forgotten ones."""
    covered = [False] * len(doc.text)
    for m in doc.mentions:
        covered[m.start : m.end] = [True] * (m.end - m.start)
    found = []
    for key, (kind, _, name) in sorted(doc.entities.items()):
        if kind in ("Date", "Position"):
            continue
        for match in re.finditer(rf"\b{re.escape(name)}\b", doc.text):
            if name[:1].isupper() and not any(covered[match.start() : match.end()]):
                found.append(f"{doc.name}: {key} '{name}' at {match.start()} is not marked")
    return found


def check(paths: list[Path]) -> tuple[list[str], Counter[str]]:
    """All mistakes of the documents, and how often each relation is marked."""
    mistakes, counts = [], Counter[str]()
    for path in paths:
        try:
            doc = parse(path)
        except FormatError as error:
            mistakes.append(str(error))
            continue
        mistakes += unmarked(doc)
        named = {m.entity for m in doc.mentions}
        mistakes += [
            f"{doc.name}: {key} is in the head but has no mention" for key in sorted(set(doc.entities) - named)
        ]
        if not doc.facts:
            mistakes.append(f"{doc.name}: no fact at all")
        counts.update(f.relation for f in doc.facts)
    return mistakes, counts


def documents() -> list[MarkedDocument]:
    """Every marked document, sorted by name."""
    return [parse(path) for path in sorted(HERE.glob("*-*.md"))]


def main() -> int:
    """Check the files named, or all."""
    paths = [Path(a) for a in sys.argv[1:]] or sorted(HERE.glob("*-*.md"))
    mistakes, counts = check(paths)
    print("\n".join(mistakes))
    print(f"{len(paths)} documents, {len(mistakes)} mistakes, {sum(counts.values())} facts")
    print(" ".join(f"{name}:{n}" for name, n in counts.most_common()))
    return bool(mistakes)


if __name__ == "__main__":
    sys.exit(main())
