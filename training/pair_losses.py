"""The loss of document-level relations: which pairs of entities are learned from, what counts for and against them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from training.corpora import Passage
from training.labels import Window, bucket, distances
from training.network import Network, adaptive_threshold_loss
from training.sentence_facts import strangers
from training.units import Unit, entity_states, locate

MISSED = {"name": 0.1, "other": 0.3}  # share of the mentions that the relation head does not get to see


@dataclass(frozen=True)
class Known:
    """What a missing relation means: the classes [C] bool that a relation set marks completely, and for each class
    those that may stand beside it unmarked in partial passages.
    """

    classes: dict[str, Tensor]
    companions: dict[int, set[int]]


@torch.no_grad()
def _types_found(
    net: Network, u: Unit, x: Tensor, members: list[list[int]], at: dict[int, tuple[int, int, int]]
) -> Tensor:
    """The type that the model itself gives the first name of each entity, as at run time.

    Types told by the marks would leak: the finer ones of Re-DocRED are worked out from its relations.
    """
    first = [next((i for i in ms if u.doc.mentions[i].kind == "name"), ms[0]) for ms in members]
    rows, starts, ends = (list(part) for part in zip(*(at[i] for i in first), strict=True))
    logits = net.spans.types(torch.cat([x[rows, starts], x[rows, ends]], -1))
    allowed = torch.from_numpy(np.stack([u.targets.family[i] for i in first]))
    return logits.masked_fill(~allowed, -1e4).argmax(-1)


@dataclass
class _Pairs:
    """The pairs of one document that are learned from, [P, ...] each."""

    h: Tensor
    t: Tensor
    near: Tensor
    target: Tensor
    known: Tensor
    evidence: list[tuple[int, set[int]]]


def _pairs(u: Unit, keep: list[int], members: list[list[int]], known: Known, most: int) -> _Pairs | None:
    """Choose pairs and their gold classes. ``keep`` are the clusters that lie inside the windows."""
    doc, n = u.doc, len(keep)
    place = {c: k for k, c in enumerate(keep)}
    gold: dict[tuple[int, int], list[int]] = {}
    for h, c, t in doc.relations:
        if h in place and t in place and c in u.targets.classes:
            gold.setdefault((place[h], place[t]), []).append(u.targets.classes[c])
    apart: set[tuple[int, int]] = set()
    if doc.partial:
        apart = strangers(u.targets.sentence[[doc.mentions[ms[0]].start for ms in members]], 2 * len(gold))
        pair = np.array(sorted({*gold, *apart})).reshape(-1, 2)
    else:
        pair = np.array([(i, j) for i in range(n) for j in range(n) if i != j])
    if not len(pair):
        return None
    if len(pair) > most:  # very many entities: all positive pairs, and as many negative ones as fit
        positive = np.array([(i, j) in gold for i, j in pair.tolist()])
        chosen = np.concatenate([np.flatnonzero(positive), np.random.permutation(np.flatnonzero(~positive))[:most]])
        pair = pair[np.sort(chosen)]
    rows = {(i, j): k for k, (i, j) in enumerate(pair.tolist())}
    away = distances([[(doc.mentions[i].start, doc.mentions[i].end) for i in ms] for ms in members])
    mask = known.classes[doc.relation_set or ""]
    target = torch.zeros(len(pair), len(mask))
    allowed = mask[None].repeat(len(pair), 1)
    for p, classes in gold.items():
        target[rows[p], classes] = 1
        allowed[rows[p], classes] = True  # what is marked counts, also of a class that is not marked throughout
        if doc.partial:
            allowed[rows[p], [b for c in classes for b in known.companions.get(c, ()) if b not in classes]] = False

    for p in apart & rows.keys():
        allowed[rows[p]] = True  # nothing at all is said of them

    stated = ((rows.get((place.get(a, -1), place.get(b, -1)), -1), found) for (a, b), found in doc.evidence.items())
    return _Pairs(
        torch.from_numpy(pair[:, 0]), torch.from_numpy(pair[:, 1]),
        torch.from_numpy(bucket(away[pair[:, 0], pair[:, 1]])), target, allowed,
        [(k, found) for k, found in stated if k >= 0],
    )  # fmt: skip


def _some(doc: Passage, members: list[int]) -> list[int]:
    """Most mentions of an entity: at run time some are not found, descriptions and pronouns least of all."""
    chance = [MISSED["name" if doc.mentions[i].kind == "name" else "other"] for i in members]
    kept = [i for i, p, drawn in zip(members, chance, np.random.random(len(members)), strict=True) if drawn > p]
    return kept or members[:1]


def relation_loss(
    net: Network, units: list[Unit], x: Tensor, attention: Tensor, row0: list[int], known: Known, most: int
) -> dict[str, Tensor]:
    """Of the relations, and of where a pair looks. ``row0`` [units] are the first rows of their windows in ``x``."""
    relation, evidence, count = [], [], 0
    for u, r in zip(units, row0, strict=True):
        if u.doc.relation_set is None or not u.whole:
            continue
        found = locate(u, r)
        at = dict(zip(found.index, zip(found.row, found.first, found.last, strict=True), strict=True))
        keep = [c for c, ms in u.targets.clusters.items() if any(i in at for i in ms)]
        if len(keep) < 2:
            continue
        members = [_some(u.doc, [i for i in u.targets.clusters[c] if i in at]) for c in keep]
        pairs = _pairs(u, keep, members, known, most)
        if pairs is None:
            continue
        rows = list(range(r, r + len(u.windows)))
        e = entity_states(x, attention, rows, [len(w.ids) for w in u.windows], [[at[i] for i in ms] for ms in members])
        types = _types_found(net, u, x, members, at)
        out, q = net.relations(e.entity, e.attention, e.states, types, pairs.near, pairs.h, pairs.t)
        relation.append(adaptive_threshold_loss(out, pairs.target, pairs.known) * len(out))
        count += len(out)
        if pairs.evidence:
            evidence.append(_evidence_loss(u, q, pairs.evidence))
    losses = {"relation": torch.stack(relation).sum() / count} if relation else {}
    return losses | ({"evidence": torch.stack(evidence).mean()} if evidence else {})


def _evidence_loss(u: Unit, q: Tensor, evidence: list[tuple[int, set[int]]]) -> Tensor:
    """Cross entropy between the marked sentences, each alike, and where a pair looks; pairs of no window left out."""
    sentence = np.concatenate([_sentence_of_piece(u, w) for w in u.windows])
    rows = torch.tensor([k for k, _ in evidence])
    want = np.zeros((len(evidence), int(u.targets.sentence.max()) + 2), np.float32)
    for i, (_, sentences) in enumerate(evidence):
        want[i, [s for s in sentences if s < want.shape[1] - 1]] = 1
    mass = torch.zeros(len(evidence), want.shape[1]).index_add_(1, torch.from_numpy(sentence), q[rows])
    gold = torch.from_numpy(want)
    seen = (gold.sum(1) > 0) & (mass.sum(1) > 0.5)
    gold = gold / gold.sum(1, keepdim=True).clamp(min=1)
    loss = -(gold * torch.log(mass + 1e-4)).sum(1)
    return (loss * seen).sum() / seen.sum().clamp(min=1)


def _sentence_of_piece(u: Unit, w: Window) -> np.ndarray:
    """Sentence of each piece of a window; the two special ones count as a sentence of their own, the last."""
    out = np.full(len(w.ids), int(u.targets.sentence.max()) + 1, np.int64)
    for k, (first, last) in enumerate(zip(w.first, w.last, strict=True)):
        out[first : last + 1] = u.targets.sentence[w.start + k]
    return out
