"""The second look: its examples from what rules and model propose in marked news, and its training.

``python -m training.rereading --corpora DIR`` reads the marked documents of the train part with the packaged pipeline.
Every proposal is an example, right or wrong by the marks; so is every marked fact, with what is denied, possible,
claimed, and who says it. Trains the head over the finished encoder and writes ``rereading.npz`` (float16, see
`kg.language.rereading`) beside the other weights, and its line into ``SHA256``. A quarter of an hour on 4 processors;
``training.calibrate`` must follow. With ``--examples FILE`` the examples of ``--model`` are only written, for
``training.train --second-look FILE``: there a head of the same kind is trained with the encoder.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from kg.language.loading import PACKAGED
from kg.language.rereading import FILE, numbered
from training.annotated import ENDS
from training.manifest import sign
from training.network import Rereading, dropout
from training.news_corpus import marked_news, split_of
from training.questions import Example, States, keep, read

BATCH, RATE, DECAY, WARM = 96, 1e-3, 0.02, 200
VOICE = 0.5
"""Weight of the choice of the speaker."""


def loss_of(
    head: Rereading, states: Mapping[int, Tensor], some: Sequence[Example], relations: Mapping[str, int]
) -> Tensor:
    """Cross entropy of the answers, and of the speaker among those who may be it; summed over the examples.

    ``states`` [words, d] by number of the document, ``relations`` the numbers of the relations.
    """
    size = max(len(e.around) for e in some)
    inside = np.arange(size) < np.array([len(e.around) for e in some])[:, None]
    around, said = np.zeros(inside.shape, np.int64), np.zeros(inside.shape, np.uint8)
    around[inside] = np.concatenate([e.around for e in some])
    said[inside] = np.concatenate([e.said for e in some])
    drop = head.training
    words = [dropout(states[e.document][e.start : e.start + len(e.around)].float(), 0.1, drop) for e in some]
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
    np.random.seed(seed)  # dropout draws from it
    random = np.random.default_rng(seed)
    names = sorted({e.relation for e in found})
    relations = numbered(names)
    head, tensors = Rereading(len(names)), {i: torch.from_numpy(s) for i, s in enumerate(states)}
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
    named = {"relation_names": np.array(relations), "type_names": np.array(ENDS)}
    np.savez_compressed(folder / FILE, **arrays, **named)  # type: ignore[arg-type]
    sign(folder, [FILE])


def main() -> None:
    """Command line."""
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--corpora", type=Path, help="with them the marked real news is taken in")
    ap.add_argument("--model", type=Path, help="another folder of `training.package`")
    ap.add_argument("--examples", type=Path, help="only write the examples, to this file")
    ap.add_argument("--epochs", type=int, default=3)
    ap.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    a = ap.parse_args()
    documents = [d for d in marked_news(a.corpora) if split_of(d.name) == "train"]
    states, found = read(documents, a.processes, a.model)
    print(f"{len(documents)} documents, {len(found)} examples, {sum(e.wanted[0] for e in found):.0f} right", flush=True)
    if a.examples:
        return keep(a.examples, documents, found)
    head, names = train(states, found, a.epochs)
    write(head, names, (a.model or PACKAGED) / "kg_encoder")


if __name__ == "__main__":
    main()
