"""Rules and second look together: what each says of a denial, a possibility, a claim, a speaker."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extraction.factuality import Judgement, joined, mark_features
from kg.extraction.mentions import TokenMention
from kg.language.rereading import ANSWERS, Answer

# bias, rules at the stating word, rules elsewhere, the log odds of the second look
EVEN = dict.fromkeys(ANSWERS[1:], (-2.0, 5.0, 2.0, 1.0))
ANA, BO = TokenMention(0, 1, "Person"), TokenMention(5, 6, "Person")
MARKS = {"negated": Judgement("negated"), "possible": Judgement(modality="possible"),
         "claimed": Judgement(contested=True), "attributed": Judgement(speaker=ANA)}  # fmt: skip


def seen(**odds: float) -> Answer:
    """The second look's log odds; -3 of what is not named."""
    return Answer((0.0, *(odds.get(mark, -3.0) for mark in ANSWERS[1:])), None)


NOTHING = seen()


@pytest.mark.parametrize(
    ("ruled", "triggered", "answer", "expected"),
    [
        (Judgement(), True, None, ("asserted", "fact", False)),
        (Judgement("negated"), True, None, ("negated", "fact", False)),
        (Judgement(modality="planned"), True, None, ("asserted", "planned", False)),
        (Judgement(contested=True), True, None, ("asserted", "fact", True)),
        (Judgement("negated", "planned", contested=True), False, None, ("asserted", "fact", False)),  # of another word
        (Judgement(), True, NOTHING, ("asserted", "fact", False)),
        (Judgement("negated"), False, NOTHING, ("asserted", "fact", False)),  # another word was denied
        (Judgement("negated"), False, seen(negated=0.0), ("negated", "fact", False)),
        (Judgement("negated"), True, NOTHING, ("negated", "fact", False)),  # rules at the word itself are believed
        (Judgement("negated"), True, seen(negated=-6.0), ("asserted", "fact", False)),  # but not against everything
        (Judgement(), True, seen(negated=2.0), ("negated", "fact", False)),
        (Judgement(), True, seen(negated=1.1), ("negated", "fact", False)),  # a denial is believed sooner than not
        (Judgement(), True, seen(negated=0.9), ("asserted", "fact", False)),
        (Judgement(), False, seen(negated=2.0), ("negated", "fact", False)),
        (Judgement(), True, seen(possible=2.0), ("asserted", "possible", False)),
        (Judgement(modality="planned"), True, NOTHING, ("asserted", "planned", False)),
        (Judgement(modality="planned"), False, seen(possible=0.0), ("asserted", "planned", False)),
        (Judgement(modality="planned"), False, NOTHING, ("asserted", "fact", False)),
        (Judgement(contested=True), True, NOTHING, ("asserted", "fact", True)),
        (Judgement(contested=True), False, NOTHING, ("asserted", "fact", False)),
        (Judgement(), True, seen(claimed=2.0), ("asserted", "fact", True)),
        (Judgement(), True, seen(negated=2.0, possible=2.0, claimed=2.0), ("negated", "possible", True)),
    ],
)
def test_joined(ruled: Judgement, triggered: bool, answer: Answer | None, expected: tuple[str, str, bool]) -> None:
    found = joined(ruled, triggered, answer, EVEN)
    assert (found.polarity, found.modality, found.contested) == expected


SAID = seen(attributed=3.0)


@pytest.mark.parametrize(
    ("speaker", "answer", "voice", "expected"),
    [
        (ANA, None, None, ANA),
        (None, None, BO, None),  # nobody was asked
        (ANA, NOTHING, None, ANA),
        (ANA, SAID, None, ANA),
        (ANA, SAID, BO, ANA),  # the rules know better who it is
        (None, SAID, BO, BO),
        (None, SAID, None, None),
        (None, NOTHING, BO, None),
        (ANA, seen(attributed=-6.0), BO, None),
    ],
)
def test_the_speaker(
    speaker: TokenMention | None, answer: Answer | None, voice: TokenMention | None, expected: TokenMention | None
) -> None:
    assert joined(Judgement(speaker=speaker), True, answer, EVEN, voice).speaker == expected


def test_without_weights_for_speakers_the_rules_name_them() -> None:
    three = {mark: weights for mark, weights in EVEN.items() if mark != "attributed"}
    assert joined(Judgement(speaker=ANA), True, seen(attributed=-6.0), three, BO).speaker == ANA
    assert joined(Judgement(), True, SAID, three, BO).speaker is None


def test_a_mark_that_no_word_shows_is_among_the_reasons() -> None:
    ruled = Judgement("negated", reasons=("not",))
    found = joined(ruled, True, seen(negated=2.0, claimed=2.0), EVEN)
    assert found.reasons == ("not", "read as claimed")
    assert joined(ruled, True, NOTHING, EVEN).reasons == ("not",)


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize("triggered", [True, False])
def test_the_features_of_a_mark(mark: str, triggered: bool) -> None:
    answer = seen(**{mark: 1.5})
    assert mark_features(MARKS[mark], triggered, answer, mark) == [1.0, float(triggered), float(not triggered), 1.5]
    for other in set(MARKS) - {mark}:
        assert mark_features(MARKS[other], triggered, answer, mark) == [1.0, 0.0, 0.0, 1.5]


@given(st.floats(-50, 50))
def test_the_second_look_is_never_wholly_sure(odds: float) -> None:
    *_, kept = mark_features(Judgement(), True, seen(negated=odds), "negated")
    assert kept == min(max(odds, -6.0), 6.0)
