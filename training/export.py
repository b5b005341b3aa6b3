"""Turn a checkpoint into the packaged model: ``python -m training.export CHECKPOINT FOLDER``."""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
import onnx
import torch
import torch.nn.functional as F
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import Tensor, nn

from kg.language.lemmas import INFLECTED
from kg.language.rereading import FILE as REREADING
from kg.language.weights import FILES, OUTPUTS
from training.corpora import treebank
from training.manifest import sign
from training.network import Network
from training.train import base_model, restore

PAIR_HEADS = ("relations.", "spans.", "parser.labels")


class Exported(nn.Module):
    """One window: ids, shapes [1, L], first [W] -> the fields of `WindowOutput`."""

    def __init__(self, net: Network) -> None:
        super().__init__()
        self.net = net

    def forward(self, ids: Tensor, shapes: Tensor, first: Tensor) -> tuple[Tensor, ...]:
        """See `kg.language.weights.WindowOutput`."""
        net = self.net
        x = net.encoder.words(ids) + net.encoder.positions.weight[: ids.shape[1]] + net.encoder.shapes(shapes)
        x = net.encoder.norm(x)
        attention = x
        for layer in net.encoder.layers:
            x, attention = layer(x, torch.zeros(1))
        words = x[0, first]
        tags = [net.linear[k](words).argmax(-1) for k in ("upos", "xpos", "feats", "lemma")]
        start = net.linear["start"](words)
        p = net.parser
        rooted = torch.cat([p.root[None], words])
        dep, head = F.leaky_relu(p.arc_dep(words), 0.1), F.leaky_relu(p.arc_head(rooted), 0.1)
        arcs = torch.cat([dep, torch.ones_like(dep[:, :1])], -1) @ p.arcs @ head.T
        label_dep, label_head = F.leaky_relu(p.label_dep(words), 0.1), F.leaky_relu(p.label_head(rooted), 0.1)
        return (
            x[0],
            attention[0],
            *tags,
            start[:, 1] - start[:, 0],
            net.linear["name"](words),
            net.linear["nominal"](words),
            arcs,
            torch.cat([label_dep, torch.ones_like(label_dep[:, :1])], -1),
            torch.cat([label_head, torch.ones_like(label_head[:, :1])], -1),
        )  # fmt: skip


def export(checkpoint: Path, folder: Path, corpora: Path, quantise: bool = True) -> None:
    """Write encoder.onnx (int8, per channel), heads.npz (float16), labels.json, lemmas.tsv, pieces.json and SHA256."""
    net, labels = restore(checkpoint)
    net.eval()
    folder.mkdir(parents=True, exist_ok=True)
    length, words = torch.export.Dim("L", min=3, max=512), torch.export.Dim("W", min=2, max=512)
    example = (torch.randint(1000, 20000, (1, 40)), torch.randint(1, 9, (1, 40)), torch.arange(1, 31))
    with tempfile.TemporaryDirectory() as tmp, torch.no_grad():
        plain = Path(tmp) / "plain.onnx"
        program = torch.onnx.export(
            Exported(net), example, dynamo=True, opset_version=20, output_names=list(OUTPUTS),
            input_names=["ids", "shapes", "first"], dynamic_shapes=({1: length}, {1: length}, {0: words}),
        )  # fmt: skip
        assert program is not None
        program.save(str(plain))
        ready = Path(tmp) / "ready.onnx"
        quant_pre_process(str(plain), str(ready), skip_symbolic_shape=True)
        if quantise:
            graph = onnx.load(str(ready)).graph
            keep = [n.name for n in graph.node if n.op_type == "MatMul" and not _constant(graph, n)]
            quantize_dynamic(
                str(ready), str(folder / "encoder.onnx"), weight_type=QuantType.QInt8, per_channel=True,
                op_types_to_quantize=["MatMul", "Gemm", "Gather"], nodes_to_exclude=keep,
                extra_options={"MatMulConstBOnly": True},
            )  # fmt: skip
        else:
            shutil.copy(ready, folder / "encoder.onnx")
    arrays = {
        k: v.numpy().astype(np.float16) for k, v in net.state_dict().items() if k.startswith(PAIR_HEADS)
    }  # fmt: skip
    np.savez_compressed(folder / "heads.npz", **arrays)
    (folder / "labels.json").write_text(json.dumps(vars(labels), indent=1, sort_keys=True) + "\n", "utf-8")
    write_lexicon(corpora, folder / "lemmas.tsv")
    shutil.copy(base_model() / "tokenizer.json", folder / "pieces.json")
    sign(folder, FILES, anew=True)
    (folder / REREADING).unlink(missing_ok=True)  # of other weights: `training.rereading` makes it anew
    for f in FILES:
        print(f, round((folder / f).stat().st_size / 1e6, 1), "MB")


def write_lexicon(corpora: Path, path: Path) -> None:
    """The commonest lemma of every (form, part of speech) of the treebanks' training parts."""
    seen: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    paths = [*sorted((corpora / "ewt/train").glob("*.conllu")), *sorted((corpora / "gum/train").glob("*.conllu"))]
    for doc in treebank(paths):
        for s, start in zip(doc.syntax or (), doc.starts, strict=True):
            for word, pos, lemma in zip(doc.words[start:], s.upos, s.lemmas, strict=False):
                seen[word.lower(), pos][lemma] += 1
    best = {k: min(n, key=lambda x: (-n[x], x)) for k, n in seen.items() if k[1] not in ("PUNCT", "NUM", "X", "SYM")}
    rows = sorted(
        f"{form}\t{pos}\t{lemma}"
        for (form, pos), lemma in best.items()
        if (form.isprintable() and form != lemma) or pos in INFLECTED
    )
    path.write_text("\n".join(rows) + "\n", "utf-8")


def _constant(graph: onnx.GraphProto, node: onnx.NodeProto) -> bool:
    return any(i.name == node.input[1] for i in graph.initializer)


def main() -> None:
    """Command line."""
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("checkpoint", type=Path)
    ap.add_argument("folder", type=Path)
    ap.add_argument("--float", action="store_true", help="keep 32-bit weights, to measure what int8 costs")
    ap.add_argument("--corpora", type=Path, required=True)
    a = ap.parse_args()
    export(a.checkpoint, a.folder, a.corpora, quantise=not a.float)


if __name__ == "__main__":
    main()
