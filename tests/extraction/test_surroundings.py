"""What every word around a pair is to it, on parses written by hand; which words those are, and where they stand."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.extraction.mentions import TokenMention
from kg.extraction.sentences import Sentences
from kg.extraction.surroundings import Surroundings
from kg.extraction.trees import Tree
from kg.language.rereading import LONGEST, PARTS, Excerpt
from tests.parses import parse

VOCAB = Vocab()
DENIED = "nsubj(Ana) denied/VBD ccomp(mark(that) nsubj(Bo) aux(had) met/VBN obj(Cy)) punct(.)"


def around(doc: Doc) -> Surroundings:
    return Surroundings(Tree(doc), Sentences(doc))


def mention(doc: Doc, words: str) -> TokenMention:
    """Where these words stand one after the other."""
    wanted = words.split()
    starts = [i for i in range(len(doc)) if [t.text for t in doc[i : i + len(wanted)]] == wanted]
    assert len(starts) == 1, words
    return TokenMention(starts[0], starts[0] + len(wanted), "Person")


def parts(notation: str, subject: str, obj: str) -> dict[str, str]:
    """The words that do not stand aside, with what they are; the marked ones are the trigger."""
    doc, trigger = parse(notation, VOCAB)
    found = around(doc).excerpt(mention(doc, subject), mention(doc, obj), trigger)
    assert (found.start, found.end) == (0, len(doc))
    return {doc[i].text: PARTS[p] for i, p in enumerate(found.part) if PARTS[p] != "aside"}


@pytest.mark.parametrize(
    ("notation", "pair", "expected"),
    [
        # the word that governs both, what hangs on it, what is above it, and what hangs there
        (
            DENIED, ("Bo", "Cy"),
            "that: beside, had: beside, Bo: subject, met: joint, Cy: object, denied: above, Ana: beside above, "
            ".: beside above",
        ),
        (
            DENIED, ("Cy", "Bo"),
            "that: beside, had: beside, Bo: object, met: joint, Cy: subject, denied: above, Ana: beside above, "
            ".: beside above",
        ),
        # one end in the clause above
        (
            DENIED, ("Ana", "Cy"),
            "Ana: subject, denied: joint, .: beside, met: above object, that: beside, Bo: beside, had: beside, "
            "Cy: object",
        ),
        # a trigger is a trigger wherever it stands
        (
            "nsubj(Ana) denied/VBD ccomp(nsubj(Bo) *had/VBD obj(*talks nmod(case(with) Cy)))", ("Bo", "Cy"),
            "Ana: beside above, denied: above, Bo: subject, had: trigger, talks: trigger, with: beside, Cy: object",
        ),
        (
            "nsubj(Ana) met/VBD obj(Bo) conj(cc(and) *thanked/VBD obj(Cy) advmod(warmly))", ("Ana", "Bo"),
            "Ana: subject, met: joint, Bo: object, and: beside, thanked: trigger, Cy: beside, warmly: beside",
        ),
        # far above
        (
            "nsubj(Ana) said/VBD ccomp(nsubj(Bo) feared/VBD ccomp(advmod(never) nsubj(Cy) met/VBD obj(Dee)))",
            ("Cy", "Dee"),
            "Ana: beside above, said: far above, Bo: beside above, feared: above, never: beside, Cy: subject, "
            "met: joint, Dee: object",
        ),
        # words on the way to each of the ends, and what hangs on the ends themselves
        (
            "nsubj(son nmod(case(of) Ana)) met/VBD obj(amod(young) friend nmod(case(of) Bo))", ("Ana", "Bo"),
            "son: above subject, of: beside, Ana: subject, met: joint, young: beside, friend: above object, "
            "Bo: object",
        ),
        # one end above the other: it stays what it is
        (
            "nsubj(Ana appos(chief nmod(case(of) Nordwind))) left/VBD advmod(early)", ("Ana", "Nordwind"),
            "Ana: subject, chief: above object, of: beside, Nordwind: object, left: above, early: beside above",
        ),
        # an end of several words
        (
            "nsubj(Ana flat(Poe)) joined/VBD obj(nmod:poss(det(the) Bank case('s)) board)", ("Ana Poe", "the Bank"),
            "Ana: subject, Poe: subject, joined: joint, the: object, Bank: object, 's: beside, board: above object",
        ),
        # what hangs on something beside is aside
        (
            "nsubj(Ana) met/VBD obj(Bo) advcl(mark(as) nsubj(Cy) left/VBD)", ("Ana", "Bo"),
            "Ana: subject, met: joint, Bo: object, left: beside",
        ),
        # no word above both
        (
            "nsubj(Ana) left/VBD advmod(early) || nsubj(son nmod(case(of) Bo)) stayed/VBD", ("Ana", "Bo"),
            "Ana: subject, left: above subject, early: beside, son: above object, of: beside, Bo: object, "
            "stayed: above object",
        ),
        # labels of the other scheme: the preposition hangs on its noun
        (
            "nsubj(Ana) met/VBD prep(with pobj(Bo)) punct(.)", ("Ana", "Bo"),
            "Ana: subject, met: joint, with: beside, Bo: object, .: beside",
        ),
    ],
)  # fmt: skip
def test_parts(notation: str, pair: tuple[str, str], expected: str) -> None:
    said = dict(one.split(": ") for one in expected.split(", "))
    assert parts(notation, *pair) == said


def test_an_end_within_the_other() -> None:
    doc, _ = parse("nsubj(det(the) compound(Nordwind) chief) left/VBD", VOCAB)
    found = around(doc).excerpt(TokenMention(0, 3, "Person"), TokenMention(1, 2, "Organization"), ())
    assert [PARTS[p] for p in found.part] == ["subject", "subject", "subject", "above"]


def test_places() -> None:
    doc, _ = parse(
        "nsubj(It) rained/VBD || nsubj(It) snowed/VBD || advmod(Then) nsubj(Ana) met/VBD obj(Bo) advmod(there) || "
        "nsubj(They) left/VBD || nsubj(It) rained/VBD",
        VOCAB,
    )
    found = around(doc).excerpt(mention(doc, "Ana"), mention(doc, "Bo"), ())
    told = list(zip([t.text for t in doc[found.start : found.end]], found.place.tolist(), strict=True))
    assert told == [
        ("It", 0), ("snowed", 0), ("Then", 3), ("Ana", 4), ("met", 4), ("Bo", 4), ("there", 5), ("They", 8), ("left", 8)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("ends", "expected"),
    [
        ((200, 210), (125, 285)),
        ((210, 200), (125, 285)),
        ((10, 20), (0, 160)),
        ((380, 390), (240, 400)),
        ((120, 279), (120, 280)),  # as far apart as both can be seen
        ((50, 349), (120, 280)),  # farther: neither
    ],
)
def test_of_a_long_sentence_the_middle_of_the_ends_is_kept(ends: tuple[int, int], expected: tuple[int, int]) -> None:
    doc = Doc(VOCAB, words=["w"] * 400, heads=[0] * 400, deps=["ROOT", *["dep"] * 399])
    subject, obj = (TokenMention(at, at + 1, "Person") for at in ends)
    found = around(doc).excerpt(subject, obj, ())
    assert (found.start, found.end) == expected
    assert expected[1] - expected[0] == LONGEST


@dataclass(frozen=True)
class Asked:
    """A document and two mentions in it; the first is the subject."""

    doc: Doc
    subject: TokenMention
    object: TokenMention

    @property
    def left(self) -> int:
        return min(self.subject.start, self.object.start)

    @property
    def right(self) -> int:
        return max(self.subject.end, self.object.end)

    def excerpt(self) -> Excerpt:
        return around(self.doc).excerpt(self.subject, self.object, ())


@st.composite
def asked(draw: st.DrawFn) -> Asked:
    """Sentences of any length and any tree."""
    sizes = draw(st.lists(st.integers(1, 90), min_size=1, max_size=8))
    random = draw(st.randoms(use_true_random=True))
    heads: list[int] = []
    ends: list[int] = []  # of the sentence of each word
    for size in sizes:
        start = len(heads)
        heads += [start, *(start + random.randrange(place) for place in range(1, size))]
        ends += [start + size] * size
    deps = ["ROOT" if i == head else "dep" for i, head in enumerate(heads)]
    doc = Doc(VOCAB, words=["w"] * len(heads), heads=heads, deps=deps)
    pair = []
    for _ in range(2):
        start = draw(st.integers(0, len(heads) - 1))
        pair.append(TokenMention(start, min(ends[start], start + draw(st.integers(1, 3))), "Person"))
    return Asked(doc, *pair)


@given(asked())
def test_an_excerpt_is_the_sentences_of_the_ends_with_their_neighbours_or_the_middle_of_them(a: Asked) -> None:
    found = a.excerpt()
    sentences = [(s.start, s.end) for s in a.doc.sents]
    (first,) = (i for i, (start, end) in enumerate(sentences) if start <= a.left < end)
    (last,) = (i for i, (start, end) in enumerate(sentences) if start < a.right <= end)
    start, end = sentences[max(first - 1, 0)][0], sentences[min(last + 1, len(sentences) - 1)][1]
    if end - start <= LONGEST:
        assert (found.start, found.end) == (start, end)
    else:
        assert start <= found.start < found.end <= end
        assert found.end - found.start == LONGEST
    if a.right - a.left <= LONGEST:
        assert found.start <= a.left
        assert a.right <= found.end
    assert len(found.part) == len(found.place) == found.end - found.start


@given(asked())
def test_places_count_the_sentence_and_then_the_side(a: Asked) -> None:
    found = a.excerpt()
    own = a.doc[a.left].sent.start, a.doc[a.right - 1].sent.end
    steps = np.arange(found.start, found.end)
    sentence = np.where(steps < own[0], 0, np.where(steps < own[1], 1, 2))
    side = np.where(steps < a.left, 0, np.where(steps < a.right, 1, 2))
    assert found.place.tolist() == (3 * sentence + side).tolist()


@given(asked())
def test_the_ends_are_told_from_the_rest(a: Asked) -> None:
    found = a.excerpt()
    subject = range(a.subject.start, a.subject.end)
    for at, part in enumerate(found.part, found.start):
        assert (PARTS[part] == "subject") == (at in subject)
        assert (PARTS[part] == "object") == (a.object.start <= at < a.object.end and at not in subject)
