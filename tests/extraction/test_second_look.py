"""Which proposals are read again, what is asked of them, and what becomes of them; the head is a stand-in."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pytest
from spacy.tokens import Doc

from kg.extraction.assembly import Proposal
from kg.extraction.confidence import AGAIN, Calibration, Grounds
from kg.extraction.mentions import TokenMention
from kg.extraction.second_look import SecondLook
from kg.extraction.sentences import Sentences
from kg.extraction.trees import Tree
from kg.language.rereading import PARTS, Answer, End, Floats, Question
from tests.language.test_coreference import ONE, OTHER, reading
from tests.parses import parse

pytestmark = pytest.mark.usefixtures("readings")
TOLD = (
    "nsubj(Rain) fell/VBD || nsubj(Ana) said/VBD ccomp(mark(that) nsubj(Bo) *met/VBD obj(Cy)) || "
    "nsubj(Mira) laughed/VBD || nsubj(Dee) left/VBD"
)
RAIN, ANA, BO, CY, MIRA, DEE = 0, 2, 5, 7, 8, 10  # the words
PLAIN = Calibration(again=tuple(float(name == "reread") for name in AGAIN), least=0.0)


def mention(at: int, type: str = "Person", cluster: int = 0) -> TokenMention:
    return TokenMention(at, at + 1, type, cluster=cluster)


SUBJECT, OBJECT = mention(BO, cluster=1), mention(CY, "Organization", 2)
GROUNDS = Grounds(share=0.8, distance=1)
MET = Proposal(SUBJECT, "metWith", OBJECT, None, (6,), 0.5, "syntax:meet", GROUNDS)


@dataclass
class Head:
    """Answers that are known beforehand, each for the proposal whose relation it is; keeps what it is asked."""

    answers_to: dict[str, Answer]
    states: list[Floats] = field(default_factory=list)
    asked: list[Question] = field(default_factory=list)

    def known(self, relation: str) -> bool:
        return relation in self.answers_to

    def answers(self, states: Floats, questions: Sequence[Question]) -> list[Answer]:
        self.states.append(states)
        self.asked += questions
        return [self.answers_to[q.relation] for q in questions]


def answer(right: float, speaker: int | None = None) -> Answer:
    return Answer((right, -3.0, -2.0, -1.0, 0.0), speaker)


def document() -> Doc:
    doc, _ = parse(TOLD)
    assert [doc[i].text for i in (RAIN, ANA, BO, CY, MIRA, DEE)] == ["Rain", "Ana", "Bo", "Cy", "Mira", "Dee"]
    doc._.kg_reading = reading([ONE if t.i == CY else OTHER for t in doc])
    return doc


def look(doc: Doc, *mentions: TokenMention) -> SecondLook:
    return SecondLook(doc, Tree(doc), Sentences(doc), [SUBJECT, OBJECT, *mentions])


def again(found: list[Proposal], head: Head, *mentions: TokenMention, least: float = 0.0) -> list[Proposal]:
    return look(document(), *mentions).again(found, head, replace(PLAIN, least=least))  # type: ignore[arg-type]


def test_the_question_tells_both_ends_the_trigger_and_who_may_have_said_it() -> None:
    doc = document()
    others = [mention(at, cluster=at) for at in (RAIN, ANA, MIRA, DEE)]
    q = look(doc, *others).question(MET)
    assert q is not None
    assert (q.subject, q.object) == (End(BO, BO + 1, "Person", "name"), End(CY, CY + 1, "Organization", "name"))
    assert q.relation == "metWith"
    assert (q.excerpt.start, q.excerpt.end) == (RAIN, DEE)  # the last sentence is too far off
    assert [PARTS[p] for p in q.excerpt.part[ANA:MIRA]] == [
        "beside above", "above", "beside", "subject", "trigger", "object"
    ]  # fmt: skip
    assert list(q.speakers) == [RAIN, ANA, BO, CY, MIRA]


@pytest.mark.parametrize(
    ("other", "may_say_it"),
    [
        (mention(ANA), True),
        (mention(ANA, "Group"), True),
        (mention(ANA, "Work"), True),
        (mention(ANA, "Position"), False),
        (mention(ANA, "Date"), False),
        (mention(ANA, cluster=-1), False),
    ],
)
def test_who_may_have_said_it(other: TokenMention, may_say_it: bool) -> None:
    q = look(document(), other).question(MET)
    assert q is not None
    assert list(q.speakers) == ([ANA, BO, CY] if may_say_it else [BO, CY])


@pytest.mark.parametrize(
    "untouched",
    [
        replace(MET, relation="unheard-of"),
        replace(MET, object=None),
    ],
    ids=["of a relation never learned", "without object"],
)
def test_what_is_not_asked_comes_back_as_it_was(untouched: Proposal) -> None:
    head = Head({"metWith": answer(2.0)})
    assert again([untouched], head) == [untouched]
    assert head.asked == head.states == []
    first, kept, last = again([MET, untouched, MET], head)
    assert kept == untouched
    assert first == last != MET
    assert len(head.asked) == 2


def test_the_others_get_the_odds_a_new_score_and_the_answer() -> None:
    said = {"metWith": answer(1.5), "leads": answer(-2.0)}
    found = again([MET, replace(MET, relation="leads")], Head(said))
    for p, (relation, given) in zip(found, said.items(), strict=True):
        assert p.relation == relation
        assert p.answer == given
        assert p.grounds == replace(GROUNDS, reread=given.odds[0])
        assert p.score == pytest.approx(1 / (1 + math.exp(-given.odds[0])))
        assert replace(p, grounds=GROUNDS, score=MET.score, answer=None, relation="metWith") == MET


@pytest.mark.parametrize(("least", "kept"), [(0.0, "abcd"), (0.3, "acd"), (0.5, "ac"), (0.6, "a"), (0.9, "")])
def test_what_is_less_likely_than_the_least_now_is_left_out(least: float, kept: str) -> None:
    said = Head({"a": answer(1.5), "b": answer(-2.0)})  # 0.82 and 0.12
    found = [replace(MET, relation=name, score=0.5) for name in "abc"]  # nothing is known of c
    found.append(replace(MET, relation="d", score=0.4))
    assert "".join(p.relation for p in again(found, said, least=least)) == kept
    unasked = "".join(p.relation for p in again(found[2:], said, least=least))
    assert unasked == kept.strip("ab")


def test_the_speaker_is_a_mention() -> None:
    ana = mention(ANA, "Group", 3)
    met, led = again(
        [MET, replace(MET, relation="leads")], Head({"metWith": answer(1.0, ANA), "leads": answer(1.0)}), ana
    )
    assert met.voice == ana
    assert led.voice is None


def test_the_head_sees_one_state_a_word() -> None:
    head = Head({"metWith": answer(1.0)})
    again([MET, MET], head)
    (states,) = head.states
    np.testing.assert_array_equal(states[[ANA, CY]], [OTHER, ONE])
    assert len(states) == DEE + 2


def test_without_a_reading_nothing_is_asked() -> None:
    doc = document()
    doc._.kg_reading = None
    head = Head({"metWith": answer(1.0)})
    weak = replace(MET, score=0.1)
    assert look(doc).again([MET, weak], head, replace(PLAIN, least=0.4)) == [MET]  # type: ignore[arg-type]
    assert head.asked == []
    assert again([], head) == []
