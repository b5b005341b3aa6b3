"""Quotations, the document's date, and properties of the reader that hold for any tree."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.extraction.factuality import FactualityReader
from kg.extraction.factuality.quotes import find_quotes
from kg.extraction.mentions import MentionTable
from kg.extraction.time import find_times
from kg.extraction.trees import Tree
from tests.parses import mentions, parse

SAID = "punct(,) nsubj(Brandt) said/VBD"
THEN = "nsubj(He) left/VBD"
SPEECH = "nsubj(We) own/VBP obj(Osk) advmod(now)"


@pytest.mark.parametrize(
    ("notation", "voices"),
    [
        (f"ccomp(punct(“) {SPEECH} punct(”)) {SAID}", ["Brandt"]),
        (f'ccomp(punct(") {SPEECH} punct(")) {SAID}', ["Brandt"]),
        (f"punct(“) {SPEECH} punct(”)", [None]),
        (f"ccomp(punct(“) {SPEECH} punct(”)) {SAID} || punct(“) {SPEECH} punct(”)", ["Brandt", "Brandt"]),
        (f"ccomp(punct(“) {SPEECH} punct(”)) {SAID} || {THEN} || punct(“) {SPEECH} punct(”)", ["Brandt", None]),
        ("nsubj(Varga) left/VBD obj(punct(“) fortress punct(”))", []),
    ],
)  # fmt: skip
def test_whose_words_a_quotation_holds(notation: str, voices: list[str | None]) -> None:
    doc, _ = parse(notation)
    found = [doc[q.voice].text if q.voice is not None else None for q in find_quotes(Tree(doc))]
    assert found == voices


def test_a_quotation_over_three_sentences_has_one_speaker() -> None:
    doc, triggers = parse(
        f"nsubj(Brandt) said/VBD punct(:) ccomp(punct(“) {SPEECH}) || "
        "nsubj(Varga) *left/VBD || nsubj(Lund) *won/VBD punct(”)"
    )
    reader = FactualityReader(doc, mentions(doc))
    speakers = [reader.judge(t).speaker for t in triggers]
    assert [s and s.span(doc).text for s in speakers] == ["Brandt", "Brandt"]


@pytest.mark.parametrize(("published", "modality"), [(date(2023, 4, 1), "planned"), (date(2023, 6, 1), "fact")])
def test_a_date_to_come_makes_a_plan(published: date, modality: str) -> None:
    doc, (trigger,) = parse("nsubj(Varga) *meets/VBZ obj(Brandt) obl(case(on) May nummod(3) nmod(2023/CD))")
    times = find_times(doc, published)
    assert [t.value.lexical for t in times if t.value] == ["2023-05-03"]
    assert FactualityReader(doc, mentions(doc), times, published).judge(trigger).modality == modality


def test_a_source_without_a_mention_is_named_by_its_token() -> None:
    doc, (trigger,) = parse("nsubj(officials/NNS) said/VBD ccomp(nsubj(Varga) *left/VBD)")
    judgement = FactualityReader(doc, mentions(doc)).judge(trigger)
    assert (judgement.speaker, judgement.voice, judgement.stated) == (None, 0, True)


def test_contested_without_a_source_is_never_a_plain_fact() -> None:
    doc, (trigger,) = parse("nsubj(rebels/NNS) claimed/VBD ccomp(nsubj(Varga) *left/VBD)")
    judgement = FactualityReader(doc, mentions(doc)).judge(trigger)
    assert (judgement.modality, judgement.contested, judgement.stated) == ("possible", True, False)


WORDS = ["said", "not", "may", "deny", "“", "”", '"', "claim", "if", "to", "Varga", "who", "?", "is", "nor", "until"]
LABELS = [
    "nsubj", "obj", "ccomp", "xcomp", "advcl", "acl:relcl", "conj", "cc", "aux", "mark", "cop", "obl", "nmod", "case",
    "prep", "pobj", "pcomp", "attr", "acomp", "agent", "dative", "parataxis", "punct", "det", "nsubjpass", "relcl",
]  # fmt: skip
TAGS = ["VBD", "VB", "NN", "NNP", "VBG", "VBN", "MD", "JJ", ""]
POS = ["VERB", "NOUN", "PROPN", "AUX", "ADJ", "ADP", "PUNCT", "PRON"]


@st.composite
def docs(draw: st.DrawFn) -> Doc:
    """One sentence with any tree and any labels, projective or not."""
    words = draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=14))
    n = len(words)
    order = draw(st.permutations(range(n)))
    heads = [0] * n
    for place, token in enumerate(order):
        heads[token] = order[draw(st.integers(0, place - 1))] if place else token
    labels = [draw(st.sampled_from(LABELS)) if heads[i] != i else "ROOT" for i in range(n)]
    tags, pos = ([draw(st.sampled_from(values)) for _ in words] for values in (TAGS, POS))
    return Doc(Vocab(), words, heads=heads, deps=labels, tags=tags, pos=pos, lemmas=words)


@given(docs())
def test_any_parse_is_judged_and_the_order_of_asking_does_not_matter(doc: Doc) -> None:
    table: MentionTable = mentions(doc)
    forwards, backwards = FactualityReader(doc, table), FactualityReader(doc, table)
    first = [forwards.judge(t.i) for t in doc]
    second = [backwards.judge(t.i) for t in reversed(doc)][::-1]
    assert first == second
    assert all(not (j.contested and j.stated) for j in first)
    assert all(j.speaker is None or j.voice is not None for j in first)


@given(docs())
def test_the_converted_tree_is_still_a_tree(doc: Doc) -> None:
    tree = Tree(doc)
    roots = [i for i, head in enumerate(tree.head) if head == i]
    assert len(roots) == 1
    assert all(list(tree.up(i))[-1] == roots[0] for i in range(len(doc)))
    assert {i for kids in tree.kids for i in kids} == set(range(len(doc))) - set(roots)


def test_a_chain_of_ten_thousand_words_is_judged() -> None:
    n = 10_000
    doc = Doc(
        Vocab(),
        ["x"] * n,
        heads=[max(0, i - 1) for i in range(n)],
        deps=["ROOT"] + ["conj"] * (n - 1),
        lemmas=["x"] * n,
    )
    assert FactualityReader(doc, MentionTable(doc, [])).judge(n - 1).stated
