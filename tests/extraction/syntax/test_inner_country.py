"""Countries in the names of bodies."""

import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.extraction.mentions import MentionTable, TokenMention
from kg.extraction.syntax import find_relations
from kg.extraction.syntax.inner_country import RULE, country_inside


@pytest.mark.parametrize(
    ("name", "part", "country"),
    [
        ("Kenyan Water Authority", "Kenyan", "Kenya"),
        ("the United Arab Emirates Navy", "United Arab Emirates", "United Arab Emirates"),
        ("Bank of Ghana", "Ghana", "Ghana"),
        ("Ministry of Defence of the Netherlands", "Netherlands", "Netherlands"),
        ("Kenya", None, None),
        ("Bank of Brenna", None, None),
        ("Falcon Peru Partners", None, None),
        ("Bank of", None, None),
    ],
)
def test_which_country_a_name_holds(name: str, part: str | None, country: str | None) -> None:
    words = name.split()
    found = country_inside(words)
    assert (found and " ".join(words[found[0] : found[1]])) == part
    assert (found and found[2].name) == country


def sentence(words: str, *mentions: TokenMention) -> list[tuple[str, str, str]]:
    doc = Doc(Vocab(), words.split(), pos=["PROPN"] * len(words.split()))
    found = find_relations(doc, MentionTable(doc, list(mentions)))
    return [
        (c.subject.span(doc).text, c.relation, c.object.span(doc).text) for c in found if c.object and c.rule == RULE
    ]


def test_only_countries_that_the_document_names_by_themselves() -> None:
    bank = TokenMention(0, 3, "Organization")
    assert sentence("Bank of Ghana left Accra", bank, TokenMention(4, 5, "Place")) == []
    assert sentence("Bank of Ghana left Ghana", bank, TokenMention(4, 5, "Place")) == [
        ("Bank of Ghana", "country", "Ghana")
    ]
    assert sentence("Bank of Ghana left Ghanaians", bank, TokenMention(4, 5, "Group")) == [
        ("Bank of Ghana", "country", "Ghana")
    ]
    assert sentence("Poet of Ghana left Ghana", TokenMention(0, 3, "Person"), TokenMention(4, 5, "Place")) == []
