"""The one view on both label schemes, and that no tree, however broken, stops it."""

from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from kg.extraction.mentions import MentionTable, TokenMention
from kg.extraction.syntax import find_relations
from kg.extraction.syntax.predications import Grammar
from kg.extraction.syntax.schemes import from_universal, is_clearnlp
from tests.extraction.syntax.parses import VOCAB, read

SENTENCES = {s.id: s for s in read("clearnlp.parses")} | {"ud:" + s.id: s for s in read("constructions.parses")}


def tree(id: str) -> tuple[Grammar, list[str]]:
    sentence = SENTENCES[id]
    return Grammar(sentence.doc()), [row[1] for row in sentence.rows]


def test_labels() -> None:
    assert from_universal("nsubj:pass") == "nsubjpass"
    assert from_universal("obl:unmarked") == "obl"
    assert from_universal("compound:prt") == "prt"
    assert is_clearnlp(["nsubj", "dobj"])
    assert not is_clearnlp(["nsubj", "obj", "ROOT"])


def test_prepositions_hang_on_nouns() -> None:
    view, words = tree("met-with")
    met = words.index("met")
    assert [(p, words[n]) for p, n, _ in view.obliques(met)] == [("with", "Terrick")]


def test_complex_prepositions_in_both_schemes() -> None:
    for id in ("auspices", "ud:auspices"):
        view, words = tree(id)
        found = [(p, words[n]) for p, n, _ in view.obliques(words.index("Guard"))]
        assert found == [("under", "auspices"), ("under auspice", "Ministry")]


def test_passive_and_agent_in_both_schemes() -> None:
    for id in ("passive-agent", "ud:passive-agent"):
        view, words = tree(id)
        verb = words.index("invaded")
        assert view.passive(verb)
        assert [words[i] for i in view.subjects(verb)] == ["Tavia"]
        assert [words[i] for i in view.objects(verb)] == ["Norland"]


def test_predicate_takes_the_place_of_its_copula() -> None:
    view, words = tree("copula")
    executive = words.index("executive")
    assert view.has(executive, "cop")
    assert [words[i] for i in view.surface_subjects(executive)] == ["Quill"]


def test_control_and_relative_clauses() -> None:
    view, words = tree("ud:object-control")
    assert [words[i] for i in view.subjects(words.index("visit"))] == ["Jon"]
    view, words = tree("ud:promise-control")
    assert [words[i] for i in view.subjects(words.index("visit"))] == ["Mara"]
    view, words = tree("relative-subject")
    assert [words[i] for i in view.subjects(words.index("visited"))] == ["Quill"]


LABELS = sorted({row[6] for s in SENTENCES.values() for row in s.rows})
WORDS = ["Tavia", "president", "of", "attacked", "and", ",", "'s", "talks", "by", "was", "who", "as", "named", "to"]
POS = ["PROPN", "NOUN", "VERB", "ADJ", "AUX", "ADP", "PRON", "PUNCT"]


@st.composite
def broken_docs(draw: st.DrawFn) -> tuple[Doc, MentionTable]:
    """Trees with any labels on any words, but with heads that form a tree, as spaCy demands."""
    n = draw(st.integers(1, 14))
    order = draw(st.permutations(range(n)))
    heads = [0] * n
    for place, token in enumerate(order):
        heads[token] = order[draw(st.integers(0, place - 1))] if place else token
    words = [draw(st.sampled_from(WORDS)) for _ in range(n)]
    doc = Doc(
        VOCAB,
        words=words,
        heads=heads,
        deps=[draw(st.sampled_from(LABELS)) for _ in range(n)],
        pos=[draw(st.sampled_from(POS)) for _ in range(n)],
        tags=[draw(st.sampled_from(["VBN", "VBD", "VB", "NNP", "NN"])) for _ in range(n)],
        lemmas=[w.lower() for w in words],
    )
    starts = draw(st.sets(st.integers(0, n - 1)))
    types = ["Person", "Place", "Organization", "Event", "Group", "Date"]
    mentions = [TokenMention(s, min(n, s + draw(st.integers(1, 3))), draw(st.sampled_from(types))) for s in starts]
    return doc, MentionTable(doc, mentions)


@settings(max_examples=300, deadline=None)
@given(broken_docs())
def test_any_tree_is_read(pair: tuple[Doc, MentionTable]) -> None:
    doc, table = pair
    found = find_relations(doc, table)
    assert found == find_relations(doc, table)
    for c in found:
        assert c.object is not None
        assert (c.subject.start, c.subject.end) != (c.object.start, c.object.end)
        assert all(0 <= i < len(doc) for i in c.trigger)


def test_nothing_to_read() -> None:
    empty = Doc(VOCAB, words=[])
    assert find_relations(empty, MentionTable(empty, [])) == []
