"""The second look on small random weights: an answer depends on its question and on nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.language.reading import KINDS
from kg.language.rereading import ANSWERS, HEADS, PARTS, PLACES, End, Excerpt, Floats, Question, Rereading

STATE, WIDTH, RELATION, KIND, HIDDEN = 6, 8, 3, 2, 7
RELATIONS, TYPES = ["leads", "metWith"], ["Person", "Organization", "Place"]
WORDS = 200
SHAPES = {
    "words.weight": (WIDTH, STATE), "words.bias": (WIDTH,),
    "parts.weight": (len(PARTS), WIDTH), "places.weight": (PLACES, WIDTH),
    "relations.weight": (len(RELATIONS) + 1, RELATION), "kinds.weight": (len(KINDS) * (len(TYPES) + 1), KIND),
    "query.weight": (WIDTH, 2 * STATE + RELATION + 2 * KIND), "query.bias": (WIDTH,),
    "look.weight": (HEADS * WIDTH, WIDTH), "look.bias": (HEADS * WIDTH,),
    "read.weight": (HEADS * WIDTH, HEADS * WIDTH), "read.bias": (HEADS * WIDTH,),
    "hidden.weight": (HIDDEN, HEADS * WIDTH + WIDTH), "hidden.bias": (HIDDEN,),
    "out.weight": (len(ANSWERS), HIDDEN), "out.bias": (len(ANSWERS),),
    "voice.weight": (WIDTH, WIDTH), "voice.bias": (WIDTH,),
}  # fmt: skip


def weights() -> dict[str, npt.NDArray[np.float16]]:
    """Random matrices of the names that the packaged ones have."""
    random = np.random.default_rng(4)
    return {name: random.normal(0, 0.4, shape).astype(np.float16) for name, shape in SHAPES.items()}


@pytest.fixture(scope="module")
def rereading(tmp_path_factory: pytest.TempPathFactory) -> Rereading:
    path = tmp_path_factory.mktemp("rereading") / "rereading.npz"
    named = {"relation_names": np.array(RELATIONS), "type_names": np.array(TYPES)}
    np.savez_compressed(path, **weights(), **named)  # type: ignore[arg-type]
    return Rereading(path)


def states() -> Floats:
    return np.random.default_rng(5).normal(0, 1, (WORDS, STATE)).astype(np.float32)


def question(start: int, length: int, speakers: Sequence[int] = (), seed: int = 0) -> Question:
    """About two words of an excerpt of so many words, whose parts and places are drawn."""
    random = np.random.default_rng([start, length, seed])
    excerpt = Excerpt(
        start, start + length, random.integers(0, len(PARTS), length).tolist(), random.integers(0, PLACES, length)
    )
    ends = [End(at, at + 1, "Person", "name") for at in (start, start + length - 1)]
    return Question(ends[0], RELATIONS[seed % len(RELATIONS)], ends[1], excerpt, speakers)


def many() -> list[Question]:
    """Seventy questions of all lengths, with and without speakers."""
    random = np.random.default_rng(6)
    found = []
    for seed in range(70):
        length = int(random.integers(1, 40))
        start = int(random.integers(0, WORDS - length))
        found.append(question(start, length, range(start, start + length, 3) if seed % 5 else (), seed))
    return found


def test_answers_come_in_the_order_of_the_questions_and_batching_changes_nothing(rereading: Rereading) -> None:
    asked = many()
    found = rereading.answers(states(), asked)
    assert len({a.odds for a in found}) == len(asked)
    for q, answer in zip(asked, found, strict=True):
        (alone,) = rereading.answers(states(), [q])
        assert len(answer.odds) == len(ANSWERS)
        assert answer.odds == pytest.approx(alone.odds, abs=0.0011)  # they are rounded to 0.001
        assert answer.speaker == alone.speaker
    turned = rereading.answers(states(), asked[::-1])[::-1]
    assert [a.speaker for a in turned] == [a.speaker for a in found]
    assert [x for a in turned for x in a.odds] == pytest.approx([x for a in found for x in a.odds], abs=0.0011)


def test_the_answer_is_what_the_matrices_say(rereading: Rereading) -> None:
    """The same step by step, word by word and head by head, of a question whose numbers are known."""
    w = {name: array.astype(np.float64) for name, array in weights().items()}
    part, place = [1, 4, 2], [3, 4, 5]
    ends = End(80, 81, "Person", "name"), End(82, 83, "Place", "pronoun")
    asked = Question(ends[0], "metWith", ends[1], Excerpt(80, 83, part, np.array(place)), (80, 81, 82))
    s = states().astype(np.float64)

    def layer(name: str, x: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        return np.asarray(w[f"{name}.weight"] @ x + w[f"{name}.bias"])

    words = [
        np.maximum(layer("words", s[80 + i]) + w["parts.weight"][part[i]] + w["places.weight"][place[i]], 0)
        for i in range(3)
    ]
    kinds = w["kinds.weight"][[1 * 3 + 0, 3 * 3 + 2]]  # a name of the first type, a pronoun of the third
    pair = np.maximum(layer("query", np.concatenate([s[80], s[82], w["relations.weight"][2], *kinds])), 0)
    read = []
    for look in layer("look", pair).reshape(HEADS, WIDTH):
        attention = np.exp([look @ u / WIDTH**0.5 for u in words])
        read.append(sum(a * u for a, u in zip(attention / attention.sum(), words, strict=True)))
    hidden = np.maximum(layer("hidden", np.concatenate([np.maximum(layer("read", np.concatenate(read)), 0), pair])), 0)
    voices = [layer("voice", pair) @ u for u in words]
    (answer,) = rereading.answers(states(), [asked])
    assert answer.odds == pytest.approx(layer("out", hidden), abs=0.002)
    assert answer.speaker == 80 + int(np.argmax(voices))


def test_no_question_has_no_answer(rereading: Rereading) -> None:
    assert rereading.answers(states(), []) == []


def test_what_was_not_learned_is_not_known(rereading: Rereading) -> None:
    assert all(rereading.known(name) for name in RELATIONS)
    assert not rereading.known("unheard-of")
    asked = question(20, 9)
    names = ["leads", "unheard-of", "new"]
    learned, first, second = rereading.answers(states(), [replace(asked, relation=name) for name in names])
    assert first.odds == second.odds != learned.odds
    types = [replace(asked, object=replace(asked.object, type=name)) for name in ("Person", "Unheard-of", "New")]
    learned, first, second = rereading.answers(states(), types)
    assert first.odds == second.odds != learned.odds


@given(st.sets(st.integers(0, 40)))
def test_the_speaker_is_one_of_those_in_the_excerpt(rereading: Rereading, speakers: set[int]) -> None:
    (answer,) = rereading.answers(states(), [question(12, 15, sorted(speakers))])
    able = {s for s in speakers if 12 <= s < 27}
    assert answer.speaker in able if able else answer.speaker is None


def test_the_likeliest_speaker_stays_so_whoever_else_is_left_out(rereading: Rereading) -> None:
    (best,) = rereading.answers(states(), [question(12, 15, range(12, 27))])
    others = [s for s in range(12, 27) if s != best.speaker]
    asked = [question(12, 15, [s for s in range(12, 27) if s != left]) for left in others]
    assert {a.speaker for a in rereading.answers(states(), asked)} == {best.speaker}
    (second,) = rereading.answers(states(), [question(12, 15, others)])
    assert second.speaker in others


def test_of_words_outside_the_excerpt_only_the_ends_count(rereading: Rereading) -> None:
    asked = replace(question(50, 20, range(50, 70)), object=End(100, 103, "Place", "nominal"))
    (before,) = rereading.answers(states(), [asked])
    elsewhere = states()
    for outside in (slice(0, 50), slice(70, 100), slice(101, 102), slice(103, WORDS)):
        elsewhere[outside] += 1  # the word within the far end too: of an end, first and last word count
    assert rereading.answers(elsewhere, [asked]) == [before]
    for at in (50, 60, 69, 100, 102):
        elsewhere = states()
        elsewhere[at] += 1
        (after,) = rereading.answers(elsewhere, [asked])
        assert after.odds != before.odds, at


@pytest.mark.parametrize(
    "other",
    [
        {"relation": "metWith"},
        {"subject": End(31, 32, "Person", "name")},
        {"subject": End(30, 32, "Person", "name")},
        {"subject": End(30, 31, "Place", "name")},
        {"subject": End(30, 31, "Person", "pronoun")},
        {"object": End(38, 39, "Organization", "name")},
        {"object": End(38, 39, "Person", "nominal")},
        {"excerpt": Excerpt(30, 39, [1, 0, 0, 0, 4, 0, 0, 0, 2], np.full(9, 4))},
        {"excerpt": Excerpt(30, 39, [1, 0, 0, 0, 0, 0, 0, 0, 2], np.array([4] * 8 + [5]))},
        {"excerpt": Excerpt(29, 39, [0, 1, 0, 0, 0, 0, 0, 0, 0, 2], np.full(10, 4))},
    ],
    ids=str,
)
def test_everything_that_is_asked_counts(rereading: Rereading, other: dict[str, object]) -> None:
    excerpt = Excerpt(30, 39, [1, 0, 0, 0, 0, 0, 0, 0, 2], np.full(9, 4))
    plain = Question(End(30, 31, "Person", "name"), "leads", End(38, 39, "Person", "name"), excerpt)
    before, after = rereading.answers(states(), [plain, replace(plain, **other)])  # type: ignore[arg-type]
    assert max(abs(a - b) for a, b in zip(before.odds, after.odds, strict=True)) > 0.002


def test_who_is_subject_and_who_object_counts(rereading: Rereading) -> None:
    asked = question(30, 9)
    before, after = rereading.answers(states(), [asked, replace(asked, subject=asked.object, object=asked.subject)])
    assert before.odds != after.odds
