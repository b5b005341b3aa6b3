"""The network: one MiniLM encoder, many heads. Shapes: B windows, L pieces, W words, d = 384.

Sources: MiniLM (Wang et al. 2020), biaffine parsing (Dozat & Manning 2017), localised context pooling and adaptive
thresholds for document-level relations (Zhou et al. 2021, ATLOP).
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from kg.language.pieces import SHAPES
from kg.language.reading import KINDS
from kg.language.relations import DISTANCES
from kg.language.rereading import ANSWERS, PARTS, PLACES
from kg.language.rereading import HEADS as LOOKS
from kg.ontology.vocabulary import RELATIONS
from training.annotated import ENDS

DIM, HEADS, LAYERS, FEED = 384, 12, 6, 1536


def dropout(x: Tensor, rate: float, training: bool, alike: int = 0) -> Tensor:
    """Dropout in steps of 1/256, out of random bytes: torch draws a float a number, which on a CPU takes longer than
    the product before it. The first ``alike`` dimensions share what is dropped. Draws from `numpy.random`.
    """
    if not training or not rate:
        return x
    shape, cut = x.shape[alike:], round(rate * 256)
    drawn = torch.from_numpy(np.frombuffer(np.random.bytes(shape.numel()), np.uint8).copy()).view(shape)
    return x * (drawn >= cut).to(x.dtype).mul_(256 / (256 - cut))


class Layer(nn.Module):
    """One BERT layer that can return its attention probabilities [B, H, L, L]."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.qkv = nn.Linear(DIM, 3 * DIM)
        self.out = nn.Linear(DIM, DIM)
        self.norm1 = nn.LayerNorm(DIM, eps=1e-12)
        self.up = nn.Linear(DIM, FEED)
        self.down = nn.Linear(FEED, DIM)
        self.norm2 = nn.LayerNorm(DIM, eps=1e-12)
        self.dropout = dropout

    def forward(self, x: Tensor, bias: Tensor) -> tuple[Tensor, Tensor]:
        """States and attention."""
        b, n, _ = x.shape
        q, k, v = self.qkv(x).view(b, n, 3, HEADS, DIM // HEADS).permute(2, 0, 3, 1, 4).unbind(0)
        attention = torch.softmax(q @ k.transpose(-1, -2) * (DIM // HEADS) ** -0.5 + bias, -1)
        # as BERT does, but alike in all windows; what is handed on stays whole
        seen = dropout(attention, self.dropout, self.training, alike=1)
        c = (seen @ v).transpose(1, 2).reshape(b, n, DIM)
        x = self.norm1(x + dropout(self.out(c), self.dropout, self.training))
        x = self.norm2(x + dropout(self.down(F.gelu(self.up(x))), self.dropout, self.training))
        return x, attention


class Encoder(nn.Module):
    """MiniLM-L6 with a shape embedding in the place of the token type."""

    def __init__(self, weights: Path | None = None) -> None:
        super().__init__()
        self.words = nn.Embedding(30522, DIM)
        self.positions = nn.Embedding(512, DIM)
        self.shapes = nn.Embedding(SHAPES, DIM)
        self.norm = nn.LayerNorm(DIM, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        if weights is not None:
            self.load(weights)

    def load(self, path: Path) -> None:
        """Take over the published weights (safetensors, names of the BERT family)."""
        from safetensors.torch import load_file

        w = {k.removeprefix("bert."): v for k, v in load_file(path).items()}
        with torch.no_grad():
            self.words.weight.copy_(w["embeddings.word_embeddings.weight"])
            self.positions.weight.copy_(w["embeddings.position_embeddings.weight"])
            self.shapes.weight.copy_(w["embeddings.token_type_embeddings.weight"][:1].expand(SHAPES, -1))
            _copy(self.norm, w, "embeddings.LayerNorm")
            for i, layer in enumerate(self.layers):
                at = f"encoder.layer.{i}."
                for part in ("weight", "bias"):
                    joined = torch.cat([w[f"{at}attention.self.{x}.{part}"] for x in ("query", "key", "value")])
                    getattr(layer.qkv, part).copy_(joined)
                for module, name in (
                    (layer.out, "attention.output.dense"), (layer.norm1, "attention.output.LayerNorm"),
                    (layer.up, "intermediate.dense"), (layer.down, "output.dense"),
                    (layer.norm2, "output.LayerNorm"),
                ):  # fmt: skip
                    _copy(module, w, at + name)

    def forward(self, ids: Tensor, shapes: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """ids, shapes [B, L] int64, mask [B, L] float -> states [B, L, d], last attention [B, H, L, L]."""
        x = self.words(ids) + self.positions.weight[: ids.shape[1]] + self.shapes(shapes)
        x = dropout(self.norm(x), 0.1, self.training)
        bias = (1 - mask)[:, None, None, :] * -1e4
        attention = x
        for layer in self.layers:
            x, attention = layer(x, bias)
        return x, attention


def _copy(module: nn.Module, weights: dict[str, Tensor], name: str) -> None:
    for part in ("weight", "bias"):
        getattr(module, part).copy_(weights[f"{name}.{part}"])


class Parser(nn.Module):
    """Biaffine arcs over a window, biaffine labels for chosen heads."""

    def __init__(self, labels: int, arc: int = 256, label: int = 96, dropout: float = 0.25) -> None:
        super().__init__()
        self.arc_head, self.arc_dep = nn.Linear(DIM, arc), nn.Linear(DIM, arc)
        self.label_head, self.label_dep = nn.Linear(DIM, label), nn.Linear(DIM, label)
        self.root = nn.Parameter(torch.randn(DIM) * 0.1)
        self.arcs = nn.Parameter(torch.zeros(arc + 1, arc))
        nn.init.orthogonal_(self.arcs)
        self.labels = nn.Parameter(torch.randn(labels, label + 1, label + 1) * 0.01)
        self.dropout = dropout

    def _mlp(self, linear: nn.Linear, x: Tensor) -> Tensor:
        return dropout(F.leaky_relu(linear(x), 0.1), self.dropout, self.training)

    def scores(self, x: Tensor) -> Tensor:
        """Words [B, W, d] -> arc scores [B, W, W + 1] of (dependent, head); column 0 is the root."""
        rooted = torch.cat([self.root.expand(x.shape[0], 1, -1), x], 1)
        dep, head = self._mlp(self.arc_dep, x), self._mlp(self.arc_head, rooted)
        dep = torch.cat([dep, torch.ones_like(dep[..., :1])], -1)
        return dep @ self.arcs @ head.transpose(1, 2)

    def label_parts(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """Dependent [B, W, k + 1] and head [B, W + 1, k + 1] representations (head 0 is the root)."""
        rooted = torch.cat([self.root.expand(x.shape[0], 1, -1), x], 1)
        dep, head = self._mlp(self.label_dep, x), self._mlp(self.label_head, rooted)
        return torch.cat([dep, torch.ones_like(dep[..., :1])], -1), torch.cat(
            [head, torch.ones_like(head[..., :1])], -1
        )

    def label(self, dep: Tensor, head: Tensor) -> Tensor:
        """Paired rows [N, k + 1] twice -> label logits [N, labels]."""
        n, k, _ = self.labels.shape
        y = (dep @ self.labels.permute(1, 0, 2).reshape(k, n * k)).view(-1, n, k)
        return torch.bmm(y, head.unsqueeze(-1)).squeeze(-1)


class Relations(nn.Module):
    """Document-level relations of entity pairs; class 0 is the adaptive threshold."""

    def __init__(self, classes: int, types: int, size: int = 256, group: int = 16, typed: int = 32) -> None:
        super().__init__()
        self.types = nn.Embedding(types, typed)
        self.distances = nn.Embedding(len(DISTANCES) + 1, typed)
        width = 2 * DIM + 2 * typed
        self.head, self.tail = nn.Linear(width, size), nn.Linear(width, size)
        self.out = nn.Linear(size * group, classes)
        self.group = group

    def forward(
        self, entity: Tensor, attention: Tensor, states: Tensor, types: Tensor, distance: Tensor, h: Tensor, t: Tensor
    ) -> tuple[Tensor, Tensor]:
        """entity [n, d], attention [H, n, T], states [T, d], types [n]; distance, h, t [P] -> logits [P, classes] and
        how much each position is looked at [P, T] (DREEAM, Ma et al. 2023, reads the evidence from it).
        """
        by_position = attention.permute(2, 1, 0)  # [T, n, H]: heads multiplied pair by pair, then averaged
        q = torch.bmm(by_position, by_position.transpose(1, 2)).permute(1, 2, 0)[h, t]
        q = q / (q.sum(-1, keepdim=True) + 1e-5)
        context = q @ states
        typed, near = self.types(types), self.distances(distance)
        head = torch.tanh(self.head(torch.cat([entity[h], context, typed[h], near], -1)))
        tail = torch.tanh(self.tail(torch.cat([entity[t], context, typed[t], near], -1)))
        head, tail = dropout(head, 0.25, self.training), dropout(tail, 0.25, self.training)
        g = self.group
        pairs = (head.view(-1, head.shape[-1] // g, g, 1) * tail.view(-1, tail.shape[-1] // g, 1, g)).flatten(1)
        return self.out(pairs), q


class Spans(nn.Module):
    """What a mention is (its fine type) and which earlier mention it goes with."""

    def __init__(self, types: int, size: int = 192) -> None:
        super().__init__()
        self.hidden = nn.Linear(2 * DIM, 256)
        self.kind = nn.Linear(256, types)
        self.anaphor, self.antecedent = nn.Linear(2 * DIM, size), nn.Linear(2 * DIM, size)
        self.pair = nn.Parameter(torch.eye(size) * 0.1)
        self.own = nn.Linear(size, 1)
        self.near = nn.Embedding((len(DISTANCES) + 1) * 9, 1)

    def types(self, x: Tensor) -> Tensor:
        """First and last piece state side by side [M, 2d] -> type logits."""
        return self.kind(dropout(F.relu(self.hidden(x)), 0.1, self.training))

    def antecedents(self, x: Tensor, bucket: Tensor) -> Tensor:
        """Mentions [M, 2d], bucket [M, M] of distance and kinds -> scores [M, M + 1]; the last column is 'none', 0."""
        a = dropout(F.relu(self.anaphor(x)), 0.2, self.training)
        b = dropout(F.relu(self.antecedent(x)), 0.2, self.training)
        score = a @ self.pair @ b.T + self.own(a) + self.near(bucket).squeeze(-1)
        earlier = torch.ones_like(score).tril(-1)
        score = score.masked_fill(earlier == 0, -1e4)
        return torch.cat([score, torch.zeros_like(score[:, :1])], 1)


class Rereading(nn.Module):
    """The second look at proposed facts: the head of `kg.language.rereading`, with the names of its arrays."""

    def __init__(self, relations: int, width: int = 128, relation: int = 64, kind: int = 16) -> None:
        super().__init__()
        self.words = nn.Linear(DIM, width)
        self.parts, self.places = nn.Embedding(len(PARTS), width), nn.Embedding(PLACES, width)
        self.relations = nn.Embedding(relations + 1, relation)
        self.kinds = nn.Embedding(len(KINDS) * (len(ENDS) + 1), kind)
        self.query = nn.Linear(2 * DIM + relation + 2 * kind, width)
        self.look, self.read = nn.Linear(width, LOOKS * width), nn.Linear(LOOKS * width, 2 * width)
        self.hidden, self.out = nn.Linear(3 * width, width), nn.Linear(width, len(ANSWERS))
        self.voice = nn.Linear(width, width)

    def forward(
        self, seen: Tensor, around: Tensor, inside: Tensor, ends: Tensor, relation: Tensor, types: Tensor
    ) -> tuple[Tensor, Tensor]:
        """What `words` makes of the states [Q, n, k], numbers of part and place [Q, n], mask [Q, n], states of the ends
        [Q, 2d], relation [Q], types and kinds [Q, 2] -> log odds [Q, answers], scores of the words as speakers [Q, n].
        """
        drop = self.training
        u = F.relu(seen + self.parts(around // PLACES) + self.places(around % PLACES))
        asked = [dropout(ends, 0.1, drop), self.relations(relation), self.kinds(types).flatten(1)]
        q = F.relu(self.query(torch.cat(asked, -1)))
        looks = self.look(dropout(q, 0.1, drop)).view(len(q), LOOKS, -1) @ u.transpose(1, 2) * u.shape[-1] ** -0.5
        attention = torch.softmax(looks.masked_fill(~inside[:, None], -1e4), -1)
        read = F.relu(self.read((attention @ u).flatten(1)))
        hidden = F.relu(self.hidden(dropout(torch.cat([read, q], -1), 0.2, drop)))
        voices = (self.voice(q)[:, None] @ u.transpose(1, 2))[:, 0]
        return self.out(dropout(hidden, 0.1, drop)), voices


class Network(nn.Module):
    """Encoder and heads; ``sizes`` gives the number of classes of each head."""

    def __init__(self, sizes: dict[str, int], weights: Path | None = None) -> None:
        super().__init__()
        self.encoder = Encoder(weights)
        self.linear = nn.ModuleDict(
            {k: nn.Linear(DIM, sizes[k]) for k in ("upos", "xpos", "feats", "lemma", "start", "name", "nominal")}
        )
        self.parser = Parser(sizes["deprel"])
        self.relations = Relations(sizes["relation"], sizes["fine"])
        self.spans = Spans(sizes["fine"])
        self.rereading = Rereading(len(RELATIONS))


def adaptive_threshold_loss(logits: Tensor, labels: Tensor, known: Tensor) -> Tensor:
    """ATLOP's loss over the ``known`` classes; labels [P, classes] are 0/1, column 0 is the threshold."""
    logits = logits.masked_fill(~known, -1e4)
    threshold = torch.zeros_like(labels)
    threshold[:, 0] = 1
    positive = labels + threshold
    loss1 = -(F.log_softmax(logits - (1 - positive) * 1e4, -1) * labels).sum(1)
    loss2 = -(F.log_softmax(logits - labels * 1e4, -1) * threshold).sum(1)
    return (loss1 + loss2).mean()


def any_of_loss(logits: Tensor, allowed: Tensor) -> Tensor:
    """Cross entropy where a gold label is a set: -log of the probability of its members. allowed [N, classes] bool."""
    log = F.log_softmax(logits, -1)
    return -torch.logsumexp(log.masked_fill(~allowed, -1e4), -1).mean()
