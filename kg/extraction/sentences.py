"""Which sentence a token stands in. spaCy's own ``token.sent`` walks the document at every question."""

from __future__ import annotations

from spacy.tokens import Doc, Span


class Sentences:
    """Sentences of a parsed document by token; built once, linear in the tokens."""

    def __init__(self, doc: Doc) -> None:
        self.spans: list[Span] = list(doc.sents)
        self.number: list[int] = [0] * len(doc)
        for n, span in enumerate(self.spans):
            self.number[span.start : span.end] = [n] * (span.end - span.start)

    def at(self, token: int) -> Span:
        """The sentence of a token."""
        return self.spans[self.number[token]]
