"""One batch through the network: every layer that a passage marks gives its loss."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from kg.language.reading import KINDS
from kg.language.rereading import numbered
from kg.ontology.vocabulary import RELATIONS
from training.corpora import Passage
from training.labels import bucket
from training.network import Network, any_of_loss, dropout
from training.pair_losses import Known, relation_loss
from training.questions import Example
from training.rereading import loss_of
from training.units import VEILED, Unit, locate, padded

WEIGHTS = {
    "upos": 0.5, "xpos": 0.5, "feats": 0.5, "lemma": 0.5, "start": 0.5, "arc": 1.0, "label": 1.0, "name": 2.0,
    "nominal": 1.0, "type": 0.7, "relation": 2.0, "coreference": 0.7, "evidence": 0.1,
    "reread": 2.0,
}  # fmt: skip


ASKED = 80  # questions of the second look a document and epoch
NUMBERS = numbered(sorted(RELATIONS))


def batch_losses(
    net: Network, units: list[Unit], known: Known, questions: Mapping[str, Sequence[Example]], max_pairs: int = 2400
) -> dict[str, Tensor]:
    """Losses by layer. ``questions`` are the examples of the second look by document, counted in words."""
    windows = [w for u in units for w in u.windows]
    veils = [net.training and u.whole and np.random.random() < VEILED for u in units]
    ids, shapes, mask = padded(windows, [veil for u, veil in zip(units, veils, strict=True) for _ in u.windows])
    x, attention = net.encoder(ids, shapes, mask)
    rows, cols, words = [], [], []
    row0 = []
    r = 0
    for k, u in enumerate(units):
        row0.append(r)
        for w in u.windows:
            rows += [r] * len(w.first)
            cols += w.first
            words += [(k, i) for i in range(w.start, w.end)]
            r += 1
    states = dropout(x[rows, cols], 0.1, net.training)
    losses: dict[str, Tensor] = {}
    for layer in ("upos", "xpos", "feats", "lemma", "start", "nominal"):
        gold = torch.tensor(
            [int(units[k].targets.layers[layer][i]) if layer in units[k].targets.layers else -1 for k, i in words]
        )
        use = gold >= 0
        if use.any():
            losses[layer] = F.cross_entropy(net.linear[layer](states[use]), gold[use])
    named = [j for j, (k, _) in enumerate(words) if units[k].targets.names is not None]
    if named:
        allowed = torch.from_numpy(np.stack([units[words[j][0]].targets.names[words[j][1]] for j in named]))  # type: ignore[index]
        losses["name"] = any_of_loss(net.linear["name"](states[named]), allowed)
    losses |= _parse_losses(net, units, x)
    losses |= _span_losses(net, units, x, row0)
    losses |= relation_loss(net, units, x, attention, row0, known, max_pairs)
    losses |= _second_look_loss(net, units, x, row0, questions)
    return losses


def _parse_losses(net: Network, units: list[Unit], x: Tensor) -> dict[str, Tensor]:
    parsed, row = [], 0
    for u in units:
        for w in u.windows:
            if u.doc.syntax is not None:
                parsed.append((row, u, w))
            row += 1
    if not parsed:
        return {}
    size = max(len(w.first) for _, _, w in parsed)
    at = np.zeros((len(parsed), size), np.int64)
    head = np.full((len(parsed), size), -1, np.int64)
    label = head.copy()
    sentence = np.full((len(parsed), size + 1), -1, np.int64)
    for i, (_, u, w) in enumerate(parsed):
        n = len(w.first)
        at[i, :n] = w.first
        gold = u.targets.layers["head"][w.start : w.end]
        inside = (gold == -1) | ((gold >= w.start) & (gold < w.end))
        head[i, :n] = np.where(inside, np.where(gold == -1, 0, gold - w.start + 1), -1)
        label[i, :n] = np.where(inside, u.targets.layers["deprel"][w.start : w.end], -1)
        sentence[i, 1 : n + 1] = u.targets.sentence[w.start : w.end]
    heads, labels = torch.from_numpy(head), torch.from_numpy(label)
    s = torch.from_numpy(sentence)
    words = dropout(x[torch.tensor([r for r, _, _ in parsed])[:, None], torch.from_numpy(at)], 0.1, net.training)
    scores = net.parser.scores(words)
    other = s[:, 1:, None] != s[:, None, :]
    other[:, :, 0] = False
    scores = scores.masked_fill(other, -1e4)
    use = heads >= 0
    dep, top = net.parser.label_parts(words)
    chosen = top.gather(1, heads.clamp(min=0).unsqueeze(-1).expand(-1, -1, top.shape[-1]))
    both = use & (labels >= 0)
    return {
        "arc": F.cross_entropy(scores[use], heads[use]),
        "label": F.cross_entropy(net.parser.label(dep[both], chosen[both]), labels[both]),
    }


def _span_losses(net: Network, units: list[Unit], x: Tensor, row0: list[int]) -> dict[str, Tensor]:
    types, allowed, coreference = [], [], []
    for u, r in zip(units, row0, strict=True):
        if not u.doc.mentions:
            continue
        found = locate(u, r)
        if not found.index:
            continue
        both = torch.cat([x[found.row, found.first], x[found.row, found.last]], -1)
        plain = [j for j, i in enumerate(found.index) if u.doc.mentions[i].kind != "pronoun"]
        if plain:
            types.append(both[plain])
            allowed.append(torch.from_numpy(u.targets.types[[found.index[j] for j in plain]]))
        if u.doc.coreference and len(found.index) > 1:
            coreference.append(_antecedent_loss(net, u, found.index, both))
    losses = {}
    if types:
        losses["type"] = any_of_loss(net.spans.types(torch.cat(types)), torch.cat(allowed))
    if coreference:
        losses["coreference"] = torch.stack(coreference).mean()
    return losses


def pair_buckets(doc: Passage, index: list[int]) -> np.ndarray:
    """Bucket [M, M] of (distance, kind of the anaphor, kind of the antecedent)."""
    at = np.array([doc.mentions[i].start for i in index])
    kind = np.array([KINDS[doc.mentions[i].kind] for i in index])
    return bucket(np.abs(at[:, None] - at[None])) * 9 + kind[:, None] * 3 + kind[None]


def _antecedent_loss(net: Network, u: Unit, index: list[int], both: Tensor) -> Tensor:
    order = sorted(range(len(index)), key=lambda j: (u.doc.mentions[index[j]].start, -u.doc.mentions[index[j]].end))
    index = [index[j] for j in order]
    score = net.spans.antecedents(both[order], torch.from_numpy(pair_buckets(u.doc, index)))
    cluster = np.array([u.doc.mentions[i].cluster for i in index])
    same = (cluster[:, None] == cluster[None]) & np.tri(len(index), k=-1, dtype=bool)
    allowed = np.concatenate([same, ~same.any(1, keepdims=True)], 1)
    return any_of_loss(score, torch.from_numpy(allowed))


def _second_look_loss(
    net: Network, units: list[Unit], x: Tensor, row0: list[int], questions: Mapping[str, Sequence[Example]]
) -> dict[str, Tensor]:
    total, count = [], 0
    for u, r in zip(units, row0, strict=True):
        found = questions.get(u.doc.name, ()) if u.whole else ()
        some = [e for e, chance in zip(found, np.random.random(len(found)), strict=True) if chance < e.share]
        some = [some[i] for i in np.random.permutation(len(some)).tolist()]
        some = sorted(some, key=lambda e: not e.marked)[:ASKED]  # what bears a mark is rare
        if some:
            rows = [r + k for k, w in enumerate(u.windows) for _ in w.first]
            first, last = [i for w in u.windows for i in w.first], [i for w in u.windows for i in w.last]
            states = (x[rows, first] + x[rows, last]) * 0.5
            total.append(loss_of(net.rereading, {some[0].document: states}, some, NUMBERS))
            count += len(some)
    return {"reread": torch.stack(total).sum() / count} if total else {}
