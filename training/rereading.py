"""The second look: its examples from what rules and model propose in marked news, and its training.

``python -m training.rereading --corpora DIR`` reads the marked documents of the train part with the packaged pipeline.
Every proposal is an example, right or wrong by the marks; so is every marked fact, with what is denied, possible,
claimed, and who says it. Trains the head over the finished encoder and writes ``rereading.npz`` (float16, see
`kg.language.rereading`) beside the other weights, and its line into ``SHA256``. A quarter of an hour on 4 processors;
``training.calibrate`` must follow.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from kg.extraction.confidence import Calibration
from kg.language.loading import PACKAGED
from kg.language.rereading import ANSWERS, FILE, KINDS, PLACES, Question
from training.annotated import TYPES, MarkedDocument, MarkedFact
from training.calibrate import pipeline
from training.judging import MarkedReading
from training.network import Rereading
from training.news_corpus import MARKED, marked_news, split_of

TYPE_NAMES = (*TYPES, "Quantity")
BATCH, RATE, DECAY, WARM = 96, 1e-3, 0.02, 200
WRONG, PLAIN = 0.3, 0.35
"""Share of the wrong proposals that an epoch sees, and of the marked facts without any mark."""
OF_FACTS = 0.3
"""Weight of "right" for a marked fact: it need not have been proposed."""
VOICE = 0.5
"""Weight of the choice of the speaker."""

States = npt.NDArray[np.float16]


@dataclass(frozen=True, slots=True)
class Example:
    """A question with its answer. ``around`` [words] is part * PLACES + place; ``ends`` are the first and last words of
    subject and object; ``wanted`` and ``weight`` [answers]; ``said`` [words] is 1 for who may be the speaker, 2 for who
    is.
    """

    document: int
    start: int
    around: npt.NDArray[np.uint8]
    ends: tuple[int, int, int, int]
    relation: str
    types: tuple[int, int]
    wanted: tuple[float, ...]
    weight: tuple[float, ...]
    said: npt.NDArray[np.uint8]

    @property
    def share(self) -> float:
        """How often an epoch sees it."""
        if not self.wanted[0]:
            return WRONG
        return PLAIN if self.weight[1] and not any(self.wanted[1:]) else 1.0


def example(document: int, q: Question, wanted: Sequence[float], weight: Sequence[float], by: Sequence[int]) -> Example:
    """``by`` are the first words of the mentions of the one who says it."""
    around = np.asarray(q.excerpt.part, np.int64) * PLACES + q.excerpt.place
    said = np.zeros(len(around), np.uint8)
    said[[s - q.excerpt.start for s in q.speakers]] = 1
    said[[s - q.excerpt.start for s in q.speakers if s in by]] = 2
    kinds = [_type_number(e.type) * len(KINDS) + KINDS.index(e.kind) for e in (q.subject, q.object)]
    return Example(
        document, q.excerpt.start, around.astype(np.uint8),
        (q.subject.start, q.subject.end - 1, q.object.start, q.object.end - 1), q.relation, (kinds[0], kinds[1]),
        tuple(wanted), tuple(weight), said,
    )  # fmt: skip


def _type_number(name: str) -> int:
    return TYPE_NAMES.index(name) + 1 if name in TYPE_NAMES else 0


def wanted_of(fact: MarkedFact) -> list[float]:
    """One number for each of `ANSWERS`."""
    marks = {MARKED[f] for f in fact.flags if f in MARKED}
    return [1.0, *(float(mark in marks) for mark in ANSWERS[1:4]), float(fact.by is not None)]


def examples(number: int, reading: MarkedReading) -> Iterator[Example]:
    """Of one document."""
    for p in reading.found:
        right = reading.right(p)
        if right is not None and (q := reading.look.question(p)) is not None:
            yield example(number, q, [float(right), 0, 0, 0, 0], [1, 0, 0, 0, 0], ())
    for fact, p in reading.facts():
        if (q := reading.look.question(p)) is None:
            continue
        by = [m.start for m in reading.look.speaker_at.values() if fact.by and reading.entity(m) == fact.by]
        yield example(number, q, wanted_of(fact), [OF_FACTS, 1, 1, 1, 1], by)


def loss_of(head: Rereading, states: Sequence[Tensor], some: Sequence[Example], relations: dict[str, int]) -> Tensor:
    """Cross entropy of the answers, and of the speaker among those who may be it; summed over the examples.

    ``states`` [words, d] of every document, ``relations`` the numbers of the relations.
    """
    size = max(len(e.around) for e in some)
    inside = np.arange(size) < np.array([len(e.around) for e in some])[:, None]
    around, said = np.zeros(inside.shape, np.int64), np.zeros(inside.shape, np.uint8)
    around[inside] = np.concatenate([e.around for e in some])
    said[inside] = np.concatenate([e.said for e in some])
    drop = head.training
    words = [F.dropout(states[e.document][e.start : e.start + len(e.around)].float(), 0.1, drop) for e in some]
    seen = torch.zeros(*inside.shape, head.words.out_features)
    seen[torch.from_numpy(inside)] = head.words(torch.cat(words))
    four = torch.stack([states[e.document][list(e.ends)].float() for e in some])
    ends = ((four[:, 0::2] + four[:, 1::2]) * 0.5).flatten(1)
    odds, voices = head(
        seen, torch.from_numpy(around), torch.from_numpy(inside), ends,
        torch.tensor([relations.get(e.relation, 0) for e in some]), torch.tensor([e.types for e in some]),
    )  # fmt: skip
    wanted, weight = torch.tensor([e.wanted for e in some]), torch.tensor([e.weight for e in some], dtype=torch.float)
    total = F.binary_cross_entropy_with_logits(odds, wanted, weight, reduction="sum")
    who = torch.from_numpy(said)
    told = (who == 2).any(1)
    if told.any():
        able = torch.logsumexp(voices[told].masked_fill(who[told] == 0, -1e4), 1)
        right = torch.logsumexp(voices[told].masked_fill(who[told] != 2, -1e4), 1)
        total = total + VOICE * (able - right).sum()
    return total


def epoch(found: Sequence[Example], random: np.random.Generator) -> list[list[Example]]:
    """Batches of like lengths, in random order, of the examples that this epoch sees."""
    seen = [e for e, chance in zip(found, random.random(len(found)), strict=True) if chance < e.share]
    order = np.argsort(np.array([len(e.around) for e in seen]) * random.uniform(0.8, 1.2, len(seen)))
    batches = [[seen[i] for i in order[at : at + BATCH]] for at in range(0, len(order), BATCH)]
    return [batches[i] for i in random.permutation(len(batches))]


def train(
    states: Sequence[States], found: Sequence[Example], epochs: int, seed: int = 0
) -> tuple[Rereading, list[str]]:
    """The head after so many epochs, and the names of its relations."""
    torch.manual_seed(seed)
    random = np.random.default_rng(seed)
    names = sorted({e.relation for e in found})
    relations = {name: i + 1 for i, name in enumerate(names)}
    head, tensors = Rereading(len(names), len(TYPE_NAMES)), [torch.from_numpy(s) for s in states]
    optimiser = torch.optim.AdamW(head.parameters(), lr=RATE, weight_decay=DECAY)
    plan = [epoch(found, random) for _ in range(epochs)]
    steps, step, began = sum(map(len, plan)), 0, time.monotonic()
    for number, batches in enumerate(plan):
        total = 0.0
        for some in batches:
            for group in optimiser.param_groups:
                group["lr"] = RATE * min(1.0, step / WARM) * max(0.02, 1 - step / steps)
            loss = loss_of(head, tensors, some, relations) / len(some)
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(head.parameters(), 1.0)
            optimiser.step()
            total, step = total + loss.item(), step + 1
            if step % 500 == 0:
                print(f"step {step} of {steps}, {time.monotonic() - began:.0f} s", flush=True)
        print(f"epoch {number + 1}: loss {total / len(batches):.4f}", flush=True)
    return head.eval(), names


def write(head: Rereading, relations: Sequence[str], folder: Path) -> None:
    """``rereading.npz`` into the folder of the weights, and its digest."""
    arrays = {name: value.numpy().astype(np.float16) for name, value in head.state_dict().items()}
    named = {"relation_names": np.array(relations), "type_names": np.array(TYPE_NAMES)}
    np.savez_compressed(folder / FILE, **arrays, **named)  # type: ignore[arg-type]
    digest = hashlib.sha256((folder / FILE).read_bytes()).hexdigest()
    manifest = folder / "SHA256"
    lines = [x for x in manifest.read_text("utf-8").splitlines() if x and not x.endswith(f"  {FILE}")]
    manifest.write_text("".join(f"{x}\n" for x in [*lines, f"{digest}  {FILE}"]), "utf-8")


def _read(task: tuple[int, MarkedDocument]) -> tuple[States, list[Example]]:
    number, marked = task
    nlp, weights = pipeline()
    reading = MarkedReading(marked, nlp, weights, Calibration(least=0.0))
    kept = reading.doc._.kg_reading
    return kept.states(len(reading.doc)).astype(np.float16), list(examples(number, reading))


def read(documents: Sequence[MarkedDocument], processes: int) -> tuple[list[States], list[Example]]:
    """States of every document, and all examples."""
    with get_context("spawn").Pool(processes) as pool:
        done = pool.map(_read, list(enumerate(documents)), chunksize=8)
    return [states for states, _ in done], [e for _, found in done for e in found]


def main() -> None:
    """Command line."""
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--corpora", type=Path, help="with them the marked real news is taken in")
    ap.add_argument("--epochs", type=int, default=3)
    ap.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    a = ap.parse_args()
    documents = [d for d in marked_news(a.corpora) if split_of(d.name) == "train"]
    states, found = read(documents, a.processes)
    print(f"{len(documents)} documents, {len(found)} examples, {sum(e.wanted[0] for e in found):.0f} right", flush=True)
    head, names = train(states, found, a.epochs)
    write(head, names, PACKAGED / "kg_encoder")


if __name__ == "__main__":
    main()
