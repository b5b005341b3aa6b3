"""A batch as tensors: windows of one length, mentions as places in them, entities as the relation head reads them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from training.corpora import Passage
from training.labels import Targets, Window, window_of


@dataclass
class Unit:
    """Some consecutive windows of a passage; ``whole`` if they are all of it (only then relations are learned)."""

    targets: Targets
    windows: list[Window]
    whole: bool

    @property
    def doc(self) -> Passage:
        """The passage."""
        return self.targets.doc

    def pieces(self) -> int:
        """Number of word pieces."""
        return sum(len(w.ids) for w in self.windows)


MASK = 103  # the piece [MASK] of BERT's uncased vocabulary
HIDDEN, VEILED = 0.15, 0.5
"""Share of the words hidden in a veiled document, and of the whole documents that are veiled: what a word is has to be
told from what stands around it."""


def padded(windows: list[Window], veiled: Sequence[bool]) -> tuple[Tensor, Tensor, Tensor]:
    """ids, shapes, mask [B, L]; L in steps of 16, so that few different shapes are compiled. ``veiled`` windows [B]
    have some of their words hidden.
    """
    length = min(-(-max(len(w.ids) for w in windows) // 16) * 16, 512)
    ids = np.zeros((len(windows), length), np.int64)
    shapes, mask = ids.copy(), np.zeros((len(windows), length), np.float32)
    for i, w in enumerate(windows):
        ids[i, : len(w.ids)], shapes[i, : len(w.ids)], mask[i, : len(w.ids)] = w.ids, w.shapes, 1
        for k in np.flatnonzero(np.random.random(len(w.first)) < HIDDEN) if veiled[i] else ():
            ids[i, w.first[k] : w.last[k] + 1] = MASK
    return torch.from_numpy(ids), torch.from_numpy(shapes), torch.from_numpy(mask)


@dataclass
class Located:
    """The mentions of a unit that lie inside one window: index in the passage, row, piece positions."""

    index: list[int]
    row: list[int]
    first: list[int]
    last: list[int]


def locate(unit: Unit, row0: int) -> Located:
    """Find the pieces of the mentions; one that crosses a window's edge is left out."""
    found = Located([], [], [], [])
    for i, m in enumerate(unit.doc.mentions):
        k = window_of(unit.windows, m.start)
        if k < 0 or m.end > unit.windows[k].end or m.start < unit.windows[0].start:
            continue
        w = unit.windows[k]
        found.index.append(i)
        found.row.append(row0 + k)
        found.first.append(w.first[m.start - w.start])
        found.last.append(w.last[m.end - 1 - w.start])
    return found


@dataclass
class EntityStates:
    """What the relation head reads of one document: entities [n, d], attention [H, n, T], states [T, d]."""

    entity: Tensor
    attention: Tensor
    states: Tensor


def entity_states(
    x: Tensor, attention: Tensor, rows: list[int], lengths: list[int], members: list[list[tuple[int, int, int]]]
) -> EntityStates:
    """Pool mentions over all windows of a document. ``members``: per entity (row, first, last) of each mention.

    Windows are laid side by side, so that an entity attends to nothing outside the windows it is named in, and a
    pair that never shares a window has an empty context but still both entities.
    """
    states = torch.cat([x[r, :n] for r, n in zip(rows, lengths, strict=True)])
    offset = dict(zip(rows, np.cumsum([0, *lengths[:-1]]).tolist(), strict=True))
    flat = [(e, r, a, b) for e, ms in enumerate(members) for r, a, b in ms]
    owner = torch.tensor([e for e, *_ in flat])
    first = torch.tensor([offset[r] + a for _, r, a, _ in flat])
    last = torch.tensor([offset[r] + b for _, r, _, b in flat])
    n = len(members)
    one = F.one_hot(owner, n).T.float()
    mention = (states[first] + states[last]) * 0.5
    entity = torch.log(one @ torch.exp(mention.clamp(max=30)))
    heads = attention.shape[1]
    spread = x.new_zeros(heads, len(flat), states.shape[0])
    for r, length in zip(rows, lengths, strict=True):
        mine = [k for k, f in enumerate(flat) if f[1] == r]
        if mine:
            at = torch.tensor([flat[k][2] for k in mine])
            spread[:, mine, offset[r] : offset[r] + length] = attention[r][:, at, :length]
    pooled = (one / one.sum(1, keepdim=True)) @ spread
    return EntityStates(entity, pooled, states)
