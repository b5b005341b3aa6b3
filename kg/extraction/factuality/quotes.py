"""Direct speech: which tokens stand between quotation marks, and whose words they are, also across sentences."""

from __future__ import annotations

from dataclasses import dataclass

from kg.extraction.factuality.speakers import speaker_of, speech_class
from kg.extraction.trees import Tree, words

_OPEN, _CLOSE, _STRAIGHT = words("“ „ «"), words("” »"), words("\" '' `` ＂")
SHORTEST = 4
"""Words between marks from which on a quotation is speech; below, the marks only hold words at arm's length."""


@dataclass(frozen=True, slots=True)
class Quote:
    """Half-open token range between the marks; ``voice`` names the speaker, None where the text does not."""

    start: int
    end: int
    voice: int | None = None
    contested: bool = False


def find_quotes(tree: Tree) -> list[Quote]:
    """All quotations of a document in order. A mark left open ends with its paragraph. Linear in the tokens."""
    spans = [(start, end) for start, end in _spans(tree) if end - start >= SHORTEST]
    inside = bytearray(len(tree.head))
    for start, end in spans:
        inside[start:end] = b"\1" * (end - start)
    sentences = _sentence_bounds(tree)
    quotes: list[Quote] = []
    for start, end in spans:
        first, last = sentences[start][0], sentences[min(end, len(sentences) - 1)][1]
        verbs = [i for i in range(first, last) if not inside[i] and tree.pos[i] == "VERB" and speech_class(tree, i)]
        voiced = [(v, who) for v in verbs if (who := speaker_of(tree, v)) is not None]
        if voiced:
            verb, voice = min(voiced, key=lambda found: min(abs(found[0] - start), abs(found[0] - end)))
            quotes.append(Quote(start, end, voice, speech_class(tree, verb) in {"claims", "denies"}))
        elif quotes and not verbs and _follows(sentences, quotes[-1], start):
            quotes.append(Quote(start, end, quotes[-1].voice, quotes[-1].contested))
        else:
            quotes.append(Quote(start, end))
    return quotes


def _spans(tree: Tree) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    opened: int | None = None
    for i, word in enumerate(tree.lower):
        if opened is not None and "\n\n" in word:
            found.append((opened + 1, i))
            opened = None
        elif word in _OPEN or (word in _STRAIGHT and opened is None):
            opened = i
        elif opened is not None and (word in _CLOSE or word in _STRAIGHT):
            found.append((opened + 1, i))
            opened = None
    if opened is not None and len(tree.lower) - opened < 400:
        found.append((opened + 1, len(tree.lower)))
    return found


def _sentence_bounds(tree: Tree) -> list[tuple[int, int]]:
    """First and last token (half-open) of each token's sentence."""
    bounds: list[tuple[int, int]] = []
    if not tree.doc.has_annotation("SENT_START"):
        return [(0, len(tree.head))] * len(tree.head)
    for sentence in tree.doc.sents:
        bounds.extend([(sentence.start, sentence.end)] * (sentence.end - sentence.start))
    return bounds


def _follows(sentences: list[tuple[int, int]], before: Quote, start: int) -> bool:
    """Whether a quotation opens the very sentence after the one that closed the last: the same voice goes on."""
    first = sentences[start][0]
    return start - first <= 1 and sentences[min(before.end, len(sentences) - 1)][1] >= first
