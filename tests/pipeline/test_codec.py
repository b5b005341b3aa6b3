from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.building.codec import from_json, to_json
from kg.records import Claim, Document, DocumentClaims, DocumentEntity

CONFIDENCE = st.floats(0, 1)
FOUND = st.builds(
    DocumentClaims,
    document=st.from_type(Document),
    entities=st.lists(st.from_type(DocumentEntity), max_size=3).map(tuple),
    claims=st.lists(st.builds(Claim, confidence=CONFIDENCE), max_size=3).map(tuple),
)


@given(FOUND)
def test_nothing_is_lost(found: DocumentClaims) -> None:
    assert from_json(to_json(found)) == found


def test_it_is_one_line_of_ascii() -> None:
    found = DocumentClaims(Document.of("Zoë\nléft\u2028", "a.txt", published=date(2031, 2, 3)), (), ())
    assert to_json(found).isascii()
    assert "\n" not in to_json(found)


@pytest.mark.parametrize("text", ["", "[]", "{}", "[[1],[],[]]", "null"])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        from_json(text)
