"""Dictionary forms of trigger words."""

import pytest

from kg.extraction.syntax.forms import irregular_verbs, known, lemma_of


@pytest.mark.parametrize(
    ("form", "tag", "lemma"),
    [
        ("met", "VBD", "meet"),
        ("held", "VBN", "hold"),
        ("founded", "VBN", "found"),
        ("found", "VBD", "find"),
        ("announced", "VBD", "announce"),
        ("invited", "VBN", "invite"),
        ("banned", "VBN", "ban"),
        ("denied", "VBD", "deny"),
        ("born", "VBN", "bear"),
        ("goes", "VBZ", "go"),
        ("re-arrested", "VBN", "arrest"),
        ("re-appointed", "VBN", "re-appoint"),
        ("co-operated", "VBD", "co-operate"),
        ("lives", "VBZ", "live"),
        ("visiting", "VBG", "visit"),
        ("visit", "VB", "visit"),
    ],
)
def test_verbs(form: str, tag: str, lemma: str) -> None:
    assert lemma_of(form, "VERB", tag, "nonsense") == lemma


def test_nouns() -> None:
    assert lemma_of("talks", "NOUN", "NNS", "?") == "talk"
    assert lemma_of("spokeswomen", "NOUN", "NNS", "?") == "spokeswoman"
    assert lemma_of("families", "NOUN", "NNS", "family") == "family"


def test_other_words_keep_their_lemma() -> None:
    assert lemma_of("better", "ADJ", "JJR", "good") == "good"
    assert lemma_of("zorbs", "VERB", "VBZ", "zorb") == "zorb"


def test_every_form_has_a_lemma_that_is_no_form() -> None:
    assert {"take", "meet"} <= known().verbs
    assert "president" in known().nouns
    assert irregular_verbs()["sworn"] == "swear"
