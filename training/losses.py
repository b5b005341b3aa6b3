"""One batch through the network: every layer that a passage marks gives its loss."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from kg.language.reading import KINDS
from kg.language.rereading import numbered
from kg.ontology.vocabulary import RELATIONS
from training.corpora import Passage
from training.labels import Targets, Window, bucket, distances, window_of
from training.network import Network, adaptive_threshold_loss, any_of_loss, dropout
from training.questions import Example
from training.rereading import loss_of
from training.sentence_facts import strangers

WEIGHTS = {
    "upos": 0.5, "xpos": 0.5, "feats": 0.5, "lemma": 0.5, "start": 0.5, "arc": 1.0, "label": 1.0, "name": 2.0,
    "nominal": 1.0, "type": 0.7, "relation": 2.0, "coreference": 0.7, "evidence": 0.1,
    "reread": 1.0,
}  # fmt: skip


ASKED = 80  # questions of the second look a document and epoch
NUMBERS = numbered(sorted(RELATIONS))
MISSED = {"name": 0.1, "other": 0.3}  # share of the mentions that the relation head does not get to see


@dataclass(frozen=True)
class Known:
    """What a missing relation means: the classes [C] bool that a relation set marks completely, and for each class
    those that may stand beside it unmarked in partial passages.
    """

    classes: dict[str, Tensor]
    companions: dict[int, set[int]]


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
    losses |= _relation_loss(net, units, x, attention, row0, known, max_pairs)
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


def _relation_loss(
    net: Network, units: list[Unit], x: Tensor, attention: Tensor, row0: list[int], known: Known, most: int
) -> dict[str, Tensor]:
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


def _second_look_loss(
    net: Network, units: list[Unit], x: Tensor, row0: list[int], questions: Mapping[str, Sequence[Example]]
) -> dict[str, Tensor]:
    total, count = [], 0
    for u, r in zip(units, row0, strict=True):
        found = questions.get(u.doc.name, ()) if u.whole else ()
        some = [e for e, chance in zip(found, np.random.random(len(found)), strict=True) if chance < e.share]
        some = [some[i] for i in np.random.permutation(len(some))[:ASKED].tolist()]
        if some:
            rows = [r + k for k, w in enumerate(u.windows) for _ in w.first]
            first, last = [i for w in u.windows for i in w.first], [i for w in u.windows for i in w.last]
            states = (x[rows, first] + x[rows, last]) * 0.5
            total.append(loss_of(net.rereading, {some[0].document: states}, some, NUMBERS))
            count += len(some)
    return {"reread": torch.stack(total).sum() / count} if total else {}


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
