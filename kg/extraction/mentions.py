"""Mentions as extraction works on them: token spans of a spaCy `Doc`, before they become records.

A `MentionTable` answers the one question that every rule asks: which mention does this token stand for?
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from spacy.tokens import Doc, Span

from kg.records import Kind, Value


@dataclass(frozen=True, slots=True, order=True)
class TokenMention:
    """Half-open token range with a type of the vocabulary; ``cluster`` is the coreference cluster, -1 before."""

    start: int
    end: int
    type: str
    subtype: str | None = None
    kind: Kind = "name"
    cluster: int = -1

    def span(self, doc: Doc) -> Span:
        """The words, as a spaCy span."""
        return doc[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A relation that a rule or the model proposes, still in tokens.

    ``subject`` and ``object`` may be mentions that no recogniser found (a post, an event noun): then they are
    new and of kind ``nominal``. ``trigger`` holds the indices of the words that state the relation, its head
    first. ``rule`` names the rule (``appointment``), ``score`` is its prior, 0..1.
    """

    subject: TokenMention
    relation: str
    object: TokenMention | None
    trigger: tuple[int, ...]
    rule: str
    score: float
    value: Value | None = None


@dataclass
class MentionTable:
    """All mentions of one document, sorted; nested ones allowed."""

    doc: Doc
    mentions: list[TokenMention]
    _by_head: dict[int, TokenMention] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        self.mentions = sorted(set(self.mentions))
        # the longest mention wins a head token: "Bank of England" over "Bank"; names before nominals
        for m in sorted(self.mentions, key=lambda m: (m.kind != "name", m.end - m.start)):
            head = m.span(self.doc).root.i
            held = self._by_head.get(head)
            if held is None or (held.kind == m.kind and m.end - m.start > held.end - held.start):
                self._by_head[head] = m

    def at(self, token: int) -> TokenMention | None:
        """The mention whose syntactic head is this token, or None."""
        return self._by_head.get(token)

    def around(self, token: int) -> TokenMention | None:
        """The shortest mention that covers this token, or None."""
        covering = [m for m in self.mentions if m.start <= token < m.end]
        return min(covering, key=lambda m: m.end - m.start, default=None)

    def within(self, start: int, end: int) -> Iterable[TokenMention]:
        """Mentions that lie inside the token range."""
        return (m for m in self.mentions if start <= m.start and m.end <= end)
