"""The proof that a graph's words stand in its sources: every source is read again and compared, word for word.

The graph keeps of each document the hash of its text, the sentences quoted with their offsets, and the mentions with
theirs. Here each is looked up in the text as it is read today.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from kg.building.state import places
from kg.graph import KnowledgeGraph
from kg.rdf.terms import clean
from kg.reading import ReadingFailure, Source, locate, read_source
from kg.records import Claim, Document, Span, Statement

Change = Literal["missing", "moved", "changed"]
Part = Literal["document", "title", "date", "sentence", "words", "mention", "value"]

_PART = re.compile(r"#\d+$")


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as the graph says.

    ``start`` and ``end`` are the offsets that the graph tells (None for a whole document), ``expected`` its words,
    ``found`` what stands in their place now. ``moved_to`` is where the words stand instead: offsets, or the document's
    new name. ``claims`` counts the claims that rest on it, ``statements`` are the ids of what they state, sorted.
    """

    document: str
    change: Change
    part: Part
    start: int | None = None
    end: int | None = None
    expected: str = ""
    found: str | None = None
    moved_to: Span | str | None = None
    claims: int = 0
    statements: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verification:
    """What was looked up, and what differs, sorted by document and offset.

    ``proven`` counts the claims whose document, sentence, words and mentions are all in place. ``new`` are documents
    in the sources that the graph does not know: no difference, but a reason to build again.
    """

    documents: int
    claims: int
    mentions: int
    proven: int
    differences: tuple[Difference, ...]
    new: tuple[str, ...] = ()


def verify(graph: KnowledgeGraph, folder: Path, sources: Sequence[str | Path] = ()) -> Verification:
    """Read every source of a graph again and look up each sentence, word span, mention and value in it.

    ``sources`` as given to the build; without them each is looked for where the build in ``folder`` found it, else
    under its name in the working folder or beside ``folder``. Any difference of a text is found, also where nothing
    was read out: its hash is compared. Raises `NoSources`, and `BrokenGraph` for a damaged state of the build.
    """
    return _Verifying(graph).run(locate(sources) if sources else _remembered(graph, folder))


def _remembered(graph: KnowledgeGraph, folder: Path) -> list[Source]:
    """A source for every document of the graph that can be found without being told."""
    known = places(folder)
    found: dict[str, Path] = {}
    for document in graph.documents:
        whole = document.source
        for name in (whole, _PART.sub("", whole)):
            tries = [known[name]] if name in known else []
            tries += [Path(name), folder.parent / name]
            at = next((path for path in tries if path.is_file()), None)
            if at is not None:
                found[name] = at
                break
    return [Source(path, name) for name, path in sorted(found.items())]


@dataclass
class _Verifying:
    """One run: texts come by one after the other, only those that the graph does not know as they are stay."""

    graph: KnowledgeGraph
    wrong: list[Difference] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    shaken: set[tuple[str, int]] = field(default_factory=set)
    """Claims that are not proven: document id and number of the claim in it."""

    def __post_init__(self) -> None:
        self.claims: dict[str, list[tuple[Statement, Claim]]] = defaultdict(list)
        for statement in self.graph.statements:
            for document, claim in statement.claims:
                self.claims[document].append((statement, claim))
        self.mentions: dict[str, dict[tuple[str, Span], str]] = defaultdict(dict)
        for entity in self.graph.entities:
            for document, m in entity.mentions:
                self.mentions[document][m.entity, Span(m.start, m.end)] = m.text

    def run(self, sources: Iterable[Source]) -> Verification:
        waiting = {(d.source, d.sha256): d for d in self.graph.documents}
        strangers: list[Document] = []
        for source in sources:
            for item in read_source(source):
                if isinstance(item, ReadingFailure):
                    self.refused[item.source] = str(item.error)
                elif (was := waiting.pop((item.source, item.sha256), None)) is not None:
                    self._compare(was, item)
                else:
                    strangers.append(item)
        new = self._elsewhere(list(waiting.values()), strangers)
        self.wrong.sort(key=lambda d: (d.document, d.start or 0, d.end or 0, d.part, d.change))
        claims = sum(map(len, self.claims.values()))
        mentions = sum(map(len, self.mentions.values()))
        proven = claims - len(self.shaken)
        return Verification(len(self.graph.documents), claims, mentions, proven, tuple(self.wrong), tuple(new))

    def _elsewhere(self, waiting: list[Document], strangers: list[Document]) -> list[str]:
        """Documents that are gone by name or by text, each with what comes nearest; returns the names of new ones."""
        by_text: dict[str, list[Document]] = defaultdict(list)
        for stranger in strangers:
            by_text[stranger.sha256].append(stranger)
        left = []
        for was in waiting:
            if by_text[was.sha256]:
                now = by_text[was.sha256].pop(0)
                strangers.remove(now)
                self._tell(was, range(len(self.claims[was.id])), "moved", "document", moved_to=now.source, shaken=False)
                self._compare(was, now)
            else:
                left.append(was)
        by_name = {stranger.source: stranger for stranger in strangers}
        for was in left:
            every = range(len(self.claims[was.id]))
            if was.source in by_name:
                now = by_name.pop(was.source)
                self._tell(was, every, "changed", "document", expected=was.sha256, found=now.sha256, shaken=False)
                self._compare(was, now)
            else:
                told = self.refused.get(was.source) or self.refused.get(_PART.sub("", was.source))
                self._tell(was, every, "missing", "document", found=told)
        return sorted(by_name)

    def _compare(self, was: Document, now: Document) -> None:
        """Everything that the graph has from one document, against its text as it is now."""
        every = range(len(self.claims[was.id]))
        title = None if now.title is None else clean(now.title)
        if title != was.title:
            self._tell(was, (), "changed", "title", expected=was.title or "", found=title)
        if was.published != now.published:
            told = [day.isoformat() if day else None for day in (was.published, now.published)]
            self._tell(was, every, "changed", "date", expected=told[0] or "", found=told[1], shaken=False)
        text = clean(now.text)
        resting = _resting(self.claims[was.id])
        finder = _Finder(text)
        # sentences first: where they have gone tells where to look for the words inside them
        for (span, words), numbers in sorted(resting.sentences.items()):
            self._look(was, finder, span, words, "sentence", numbers)
        for span, numbers in sorted(resting.outside.items()):
            self._tell(was, numbers, "missing", "words", span=span, expected="words outside their sentence")
        known = self.mentions[was.id]
        for (cluster, span), words in sorted(known.items(), key=lambda item: (item[0][1], item[0][0])):
            self._look(was, finder, span, words, "mention", resting.mentions.get((cluster, span), ()))
        for cluster, span in sorted(resting.mentions.keys() - known.keys()):
            numbers = resting.mentions[cluster, span]
            self._tell(was, numbers, "missing", "mention", span=span, expected=f"a mention of {cluster}")
        for (span, words), numbers in sorted(resting.values.items()):
            # the words of a value may be more than its mention: "Monday" of "Monday night"
            if not finder.overlaps(words, span):
                self._look(was, finder, span, words, "value", numbers)

    def _look(self, was: Document, finder: _Finder, span: Span, words: str, part: Part, numbers: Iterable[int]) -> None:
        if finder.text[span.start : span.end] == words:
            return
        at = finder.nearest(words, span.start)
        start = span.start + finder.shift(span.start)
        found = finder.text[start : start + len(words)]
        if at is None:
            self._tell(was, numbers, "changed", part, span=span, expected=words, found=found)
        else:
            to = Span(at, at + len(words))
            self._tell(was, numbers, "moved", part, span=span, expected=words, moved_to=to)

    def _tell(
        self,
        was: Document,
        numbers: Iterable[int],
        change: Change,
        part: Part,
        *,
        span: Span | None = None,
        expected: str = "",
        found: str | None = None,
        moved_to: Span | str | None = None,
        shaken: bool = True,
    ) -> None:
        numbers = set(numbers)
        if shaken:
            self.shaken |= {(was.id, number) for number in numbers}
        resting = tuple(sorted({self.claims[was.id][number][0].id for number in numbers}))
        told = Difference(was.source, change, part, expected=expected, found=found, moved_to=moved_to)
        if span is not None:
            told = replace(told, start=span.start, end=span.end)
        self.wrong.append(replace(told, claims=len(numbers), statements=resting))


@dataclass(frozen=True, slots=True)
class _Resting:
    """What the claims of one document rest on, each with the numbers of those claims."""

    sentences: Mapping[tuple[Span, str], set[int]]
    mentions: Mapping[tuple[str, Span], set[int]]
    values: Mapping[tuple[Span, str], set[int]]
    outside: Mapping[Span, set[int]]


def _resting(claims: Sequence[tuple[Statement, Claim]]) -> _Resting:
    sentences: dict[tuple[Span, str], set[int]] = defaultdict(set)
    mentions: dict[tuple[str, Span], set[int]] = defaultdict(set)
    values: dict[tuple[Span, str], set[int]] = defaultdict(set)
    outside: dict[Span, set[int]] = defaultdict(set)
    for number, (_, claim) in enumerate(claims):
        evidence = Span(claim.evidence.start, claim.evidence.end)
        sentences[evidence, claim.evidence.text].add(number)
        mentions[claim.subject, claim.subject_mention].add(number)
        if claim.object is not None and claim.object_mention is not None:
            mentions[claim.object, claim.object_mention].add(number)
        elif claim.value is not None and claim.object_mention is not None:
            values[claim.object_mention, claim.value.text].add(number)
        for word in claim.evidence.words:
            if not evidence.start <= word.start < word.end <= evidence.end:
                outside[word].add(number)
    return _Resting(sentences, mentions, values, outside)


class _Finder:
    """Looks for words that are not where they were, first where the words before them have gone."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._shifts: list[tuple[int, int]] = []

    def shift(self, start: int) -> int:
        """By how much the words before an offset have moved."""
        return next((by for at, by in reversed(self._shifts) if at <= start), 0)

    def overlaps(self, words: str, span: Span) -> bool:
        """Whether the words stand somewhere so that they share a character with a span."""
        first = max(0, span.start - len(words) + 1)
        return words in self.text[first : span.end + len(words) - 1]

    def nearest(self, words: str, start: int) -> int | None:
        """Offset of the nearest place where the words stand, whole; None where they stand nowhere."""
        if not words:
            return None
        shift = self.shift(start)
        pattern = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)")
        places = [m.start() for m in pattern.finditer(self.text)]
        if not places:
            return None
        at = min(places, key=lambda place: (abs(place - start - shift), place))
        if len(places) == 1 or at == start + shift:
            self._shifts.append((start, at - start))
            self._shifts.sort()
        return at
