"""The second look in torch: it is the one in numpy, it learns, and it is written with its digest."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

torch = pytest.importorskip("torch", reason="training is tested only where torch is installed: make model installs it")

from kg.language.reading import KINDS  # noqa: E402
from kg.language.rereading import ANSWERS, FILE, PARTS, PLACES, End, Excerpt, Question, Rereading  # noqa: E402
from training import questions as examples  # noqa: E402
from training import rereading  # noqa: E402
from training.annotated import ENDS, MarkedFact  # noqa: E402
from training.network import DIM  # noqa: E402
from training.network import Rereading as Head  # noqa: E402
from training.questions import Example, example, wanted_of  # noqa: E402
from training.rereading import epoch, loss_of, train, write  # noqa: E402

RELATIONS = ["leads", "metWith"]
NUMBERS = {name: i + 1 for i, name in enumerate(RELATIONS)}
PLAIN, NEGATED = [1.0, 0, 0, 0, 0], [1.0, 1, 0, 0, 0]
ONES = [1.0] * len(ANSWERS)


def drawn(words: int, seed: int) -> npt.NDArray[np.float16]:
    return np.random.default_rng(seed).normal(0, 1, (words, DIM)).astype(np.float16)


def made(seed: int = 0) -> Head:
    """A head that was not trained, with weights so large that its answers differ widely."""
    torch.manual_seed(seed)
    head = Head(len(RELATIONS)).eval()
    with torch.no_grad():
        for parameter in head.parameters():
            parameter.mul_(2)
    return head


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Weights that have a digest already."""
    (tmp_path / "SHA256").write_text("1234  heads.npz\n5678  labels.json\n", "utf-8")
    return tmp_path


def hand_made() -> list[Question]:
    """Of several lengths, relations, types and kinds, also such as were never learned."""
    name, nobody = End(3, 4, "Person", "name"), End(9, 12, "Unheard-of", "pronoun")
    far, amount = End(25, 28, "Organization", "nominal"), End(5, 6, "Quantity", "name")
    random = np.random.default_rng(1)

    def excerpt(start: int, end: int) -> Excerpt:
        parts = random.integers(0, len(PARTS), end - start).tolist()
        return Excerpt(start, end, parts, random.integers(0, PLACES, end - start))

    return [
        Question(name, "leads", far, excerpt(0, 30), (3, 9, 25)),
        Question(far, "leads", name, excerpt(0, 30), (3, 9, 25)),
        Question(name, "metWith", nobody, excerpt(2, 14), (9,)),
        Question(nobody, "unheard-of", amount, excerpt(4, 13)),
        Question(amount, "metWith", name, excerpt(3, 6), (3, 5)),
    ]


def test_numpy_gives_what_torch_gives(folder: Path) -> None:
    head, states, asked = made(2), drawn(30, 3), hand_made()
    x = torch.from_numpy(states).float()
    wanted, voices = [], []
    with torch.no_grad():
        for q in asked:
            e = example(0, q, PLAIN, ONES, ())
            seen, around = head.words(x[q.excerpt.start : q.excerpt.end]), torch.from_numpy(e.around).long()
            ends = torch.cat([(x[end.start] + x[end.end - 1]) / 2 for end in (q.subject, q.object)])
            relation, types = torch.tensor([NUMBERS.get(q.relation, 0)]), torch.tensor([e.types])
            odds, voice = head(seen[None], around[None], torch.ones(1, len(seen)).bool(), ends[None], relation, types)
            wanted.append(odds[0])
            voices.append(voice[0])
    assert float(torch.stack(wanted).std()) > 0.5
    write(head, RELATIONS, folder)
    found = Rereading(folder / FILE).answers(states.astype(np.float32), asked)
    for q, answer, odds, voice in zip(asked, found, wanted, voices, strict=True):
        assert answer.odds == pytest.approx(odds.tolist(), abs=0.02)  # they are written in half precision
        assert answer.speaker == max(q.speakers, key=lambda s: float(voice[s - q.excerpt.start]), default=None)
    assert len({answer.speaker for answer in found}) > 2


def test_it_knows_the_relations_it_learned(folder: Path) -> None:
    write(made(), RELATIONS, folder)
    known = Rereading(folder / FILE)
    assert all(known.known(name) for name in RELATIONS)
    assert not known.known("unheard-of")


def test_writing_adds_one_line_and_replaces_it(folder: Path) -> None:
    before = (folder / "SHA256").read_text("utf-8").splitlines()
    written = []
    for seed in (0, 1):
        write(made(seed), RELATIONS, folder)
        digest = hashlib.sha256((folder / FILE).read_bytes()).hexdigest()
        assert (folder / "SHA256").read_text("utf-8").splitlines() == [*before, f"{digest}  {FILE}"]
        written.append(digest)
    assert len(set(written)) == 2


def toy(n: int, seed: int) -> tuple[list[npt.NDArray[np.float16]], list[Question], list[Example]]:
    """Documents of twelve words. A denial is the word with the state NOT beside the way between the ends; in the
    others it stands aside. Two may have said it: who has, has the state VOICE.
    """
    random = np.random.default_rng(seed)
    no, voice = drawn(2, 0) * np.float16(2)
    documents, questions, found = [], [], []
    for number in range(n):
        states = random.normal(0, 1, (12, DIM)).astype(np.float16)
        parts = [1, 0, 9, 0, 9, 4, 0, 9, 0, 9, 0, 2]
        denied = number % 2 == 0
        states[random.choice([2, 4, 7, 9] if denied else [1, 3, 6, 8])] += no
        by = int(random.choice([6, 10]))
        states[by] += voice
        q = Question(
            End(0, 1, "Person", "name"), RELATIONS[number % 3 // 2], End(11, 12, "Person", "name"),
            Excerpt(0, 12, parts, np.full(12, 4)), (6, 10),
        )  # fmt: skip
        documents.append(states)
        questions.append(q)
        found.append(example(number, q, NEGATED if denied else PLAIN, ONES, [by]))
    return documents, questions, found


def test_it_learns_what_stands_beside_and_who_says_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rereading, "WARM", 1)
    monkeypatch.setattr(examples, "PLAIN", 1.0)
    states, _, found = toy(256, 7)
    head, names = train(states, found, epochs=10)
    assert names == RELATIONS
    write(head, names, folder)
    learned = Rereading(folder / FILE)
    fresh, questions, wanted = toy(100, 8)
    right = told = 0
    for document, q, example_ in zip(fresh, questions, wanted, strict=True):
        (answer,) = learned.answers(document.astype(np.float32), [q])
        right += (answer.odds[ANSWERS.index("negated")] > 0) == (example_.wanted[1] > 0)
        told += answer.speaker == int(np.flatnonzero(example_.said == 2)[0])
    assert right > 90
    assert told > 90


def test_an_example_holds_the_question() -> None:
    q = Question(
        End(11, 13, "Person", "name"), "leads", End(14, 15, "Organization", "pronoun"),
        Excerpt(10, 16, [0, 1, 1, 4, 2, 9], np.array([3, 4, 4, 4, 4, 5])), (11, 14, 15),
    )  # fmt: skip
    made = example(4, q, NEGATED, ONES, (14, 99))
    assert (made.document, made.start, made.relation, made.ends) == (4, 10, "leads", (11, 12, 14, 14))
    assert made.around.tolist() == [3, 13, 13, 40, 22, 86]
    assert made.said.tolist() == [0, 1, 0, 0, 2, 1]
    person, organization = (ENDS.index(name) + 1 for name in ("Person", "Organization"))
    assert made.types == (person * len(KINDS), organization * len(KINDS) + KINDS["pronoun"])


def loss(head: Head, *some: Example) -> float:
    with torch.no_grad():
        return loss_of(head, {0: torch.from_numpy(drawn(30, 3))}, some, NUMBERS).item()


def test_answers_without_weight_and_words_that_nobody_says_cost_nothing() -> None:
    head, (q, *_) = made(5), hand_made()
    only_right = [1.0, 0, 0, 0, 0]

    def cost(wanted: list[float], weight: list[float], by: tuple[int, ...]) -> float:
        return loss(head, example(0, q, wanted, weight, by))

    assert cost(PLAIN, only_right, ()) == cost(NEGATED, only_right, ()) > 0
    assert cost(PLAIN, ONES, ()) != cost(NEGATED, ONES, ())
    assert cost(PLAIN, only_right, (3, 9, 25)) == pytest.approx(cost(PLAIN, only_right, ()))  # whoever it is, is right
    assert cost(PLAIN, only_right, (9,)) > cost(PLAIN, only_right, ()) + 0.01


def test_the_loss_is_what_the_written_answers_cost(folder: Path) -> None:
    head, asked, wanted = made(2), hand_made(), [1.0, 0, 1, 0, 1]
    write(head, RELATIONS, folder)
    answers = Rereading(folder / FILE).answers(drawn(30, 3).astype(np.float32), asked)
    for q, answer in zip(asked, answers, strict=True):
        cost = sum(np.log1p(np.exp(-odds if true else odds)) for odds, true in zip(answer.odds, wanted, strict=True))
        assert loss(head, example(0, q, wanted, ONES, ())) == pytest.approx(cost, abs=0.05)


def test_the_loss_of_many_is_the_sum_of_each() -> None:
    head, asked = made(5), hand_made()
    some = [example(0, q, NEGATED if i % 2 else PLAIN, ONES, q.speakers[:1]) for i, q in enumerate(asked)]
    each = [loss(head, e) for e in some]
    assert loss(head, *some) == pytest.approx(sum(each), rel=1e-4)
    assert loss(head, *some[::-1]) == pytest.approx(sum(each), rel=1e-4)


def test_an_epoch_sees_all_that_is_worth_asking_and_some_of_the_others() -> None:
    q = hand_made()[2]
    kinds = {
        "right": example(0, q, PLAIN, [1, 0, 0, 0, 0], ()),
        "wrong": example(1, q, [0.0] * 5, [1, 0, 0, 0, 0], ()),
        "marked": example(2, q, NEGATED, ONES, ()),
        "plain": example(3, q, PLAIN, ONES, ()),
        "unlikely": replace(example(4, q, [0.0] * 5, [1, 0, 0, 0, 0], ()), likely=False),
        "unlikely and right": replace(example(5, q, PLAIN, [1, 0, 0, 0, 0], ()), likely=False),
    }
    batches = epoch([*kinds.values()] * 1000, np.random.default_rng(0))
    seen = Counter(e.document for some in batches for e in some)
    assert (seen[0], seen[2], seen[5]) == (1000, 1000, 1000)
    assert seen[1] == pytest.approx(1000 * examples.WRONG, abs=60)
    assert seen[3] == pytest.approx(1000 * examples.PLAIN, abs=60)
    assert seen[4] == pytest.approx(1000 * examples.EASY, abs=60)
    assert max(map(len, batches)) == rereading.BATCH


@pytest.mark.parametrize(
    ("flags", "by", "wanted"),
    [
        ((), None, [1, 0, 0, 0, 0]),
        (("negated",), None, [1, 1, 0, 0, 0]),
        (("planned",), None, [1, 0, 1, 0, 0]),
        (("possible", "implied"), None, [1, 0, 1, 0, 0]),
        (("claimed",), "e3", [1, 0, 0, 1, 1]),
        ((), "e3", [1, 0, 0, 0, 1]),
    ],
)
def test_the_marks_of_a_fact_are_wanted(flags: tuple[str, ...], by: str | None, wanted: list[float]) -> None:
    assert wanted_of(MarkedFact("e1", "leads", "e2", 0, frozenset(flags), by)) == wanted
