from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.building.parts import joined, joined_clusters, parts
from kg.records import (
    Claim,
    Clusters,
    Document,
    DocumentClaims,
    DocumentEntity,
    Evidence,
    Mention,
    Reference,
    Span,
)

TEXT = "Mira Olsten met Joren Tavlek.\n\nTavlek thanked Olsten."
CUT = TEXT.index("Tavlek thanked")


@given(st.text(st.sampled_from("ab. \n"), max_size=200), st.integers(1, 30))
def test_parts_are_the_whole_text_in_order(text: str, longest: int) -> None:
    found = list(parts(Document.of(text, "a.txt"), longest))
    assert "".join(part.text for _, part in found) == text
    assert all(text[start:].startswith(part.text) and len(part.text) <= longest for start, part in found)


def test_it_is_cut_after_a_paragraph_rather_than_a_sentence() -> None:
    text = "One two. Three four.\n\nFive six. Seven eight nine."
    assert [part.text for _, part in parts(Document.of(text, "a.txt"), 32)] == [
        "One two. Three four.\n\n",
        "Five six. Seven eight nine.",
    ]


def test_a_short_document_stays_what_it_is() -> None:
    document = Document.of(TEXT, "a.txt")
    assert list(parts(document)) == [(0, document)]


def _entity(id: str, name: str, text: str, *aliases: str, type: str = "Person", kind: str = "name") -> DocumentEntity:
    words = {name, *aliases}
    mentions = [
        Mention(at, at + len(word), word, type, id, kind)  # type: ignore[arg-type]
        for word in sorted(words)
        for at in range(len(text))
        if text.startswith(word, at) and not any(w != word and word in w and w in text for w in words)
    ]
    return DocumentEntity(id, name, type, tuple(mentions) or (Mention(0, 1, text[0], type, id, kind),), aliases)  # type: ignore[arg-type]


def _joined(first: tuple[DocumentEntity, ...], second: tuple[DocumentEntity, ...], *claims: Claim) -> DocumentClaims:
    document = Document.of(TEXT, "a.txt")
    pieces = (
        (0, DocumentClaims(document, first, ())),
        (CUT, DocumentClaims(document, second, claims)),
    )
    return joined(document, pieces)


def test_entities_of_one_name_or_alias_are_united_and_offsets_shifted() -> None:
    head, tail = TEXT[:CUT], TEXT[CUT:]
    claim = Claim(
        "e1", "open:thank", "e2", None,
        Evidence(0, len(tail), tail, (Span(7, 14),)), Span(0, 6), Span(15, 21), attribution="e1",
    )  # fmt: skip
    found = _joined(
        (_entity("e1", "Mira Olsten", head, "Olsten"), _entity("e2", "Joren Tavlek", head, "Tavlek")),
        (_entity("e1", "Tavlek", tail), _entity("e2", "Olsten", tail)),
        claim,
    )
    assert [(e.id, e.name) for e in found.entities] == [("e1", "Mira Olsten"), ("e2", "Joren Tavlek")]
    assert all(TEXT[m.start : m.end] == m.text and m.entity == e.id for e in found.entities for m in e.mentions)
    (moved,) = found.claims
    assert (moved.subject, moved.object, moved.attribution) == ("e2", "e1", "e2")
    assert TEXT[moved.evidence.start : moved.evidence.end] == tail
    assert [TEXT[w.start : w.end] for w in moved.evidence.words] == ["thanked"]
    assert moved.object_mention is not None
    assert TEXT[moved.subject_mention.start : moved.subject_mention.end] == "Tavlek"
    assert TEXT[moved.object_mention.start : moved.object_mention.end] == "Olsten"


def test_a_name_that_two_share_unites_nobody() -> None:
    first = (_entity("e1", "Mira Olsten", TEXT, "Olsten"), _entity("e2", "Jan Olsten", TEXT, "Olsten"))
    found = _joined(first, (_entity("e1", "Olsten", TEXT[CUT:]),))
    assert sorted(e.name for e in found.entities) == ["Jan Olsten", "Mira Olsten", "Olsten"]


def test_type_and_mere_descriptions_keep_entities_apart() -> None:
    found = _joined(
        (_entity("e1", "Olsten", TEXT), _entity("e2", "port", TEXT, kind="nominal")),
        (_entity("e1", "Olsten", TEXT[CUT:], type="Organization"), _entity("e2", "port", TEXT[CUT:], kind="nominal")),
    )
    assert len(found.entities) == 4


def test_coreference_of_the_parts_is_shifted_and_joined_by_names() -> None:
    olsten, tavlek = Reference(0, 11, "Mira Olsten", "name"), Reference(16, 28, "Joren Tavlek", "name")
    head: Clusters = ((olsten,), (tavlek, Reference(40, 42, "he", "pronoun")))
    tail: Clusters = (
        (Reference(0, 2, "he", "pronoun"),),
        (Reference(9, 20, "Mira Olsten", "name"), Reference(30, 33, "she", "pronoun")),
    )
    assert joined_clusters([(0, head), (50, tail)]) == (
        (olsten, Reference(59, 70, "Mira Olsten", "name"), Reference(80, 83, "she", "pronoun")),
        head[1],
        (Reference(50, 52, "he", "pronoun"),),
    )
    assert joined_clusters([(0, head)]) == head
