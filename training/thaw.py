"""The packaged weights as a checkpoint to go on from: ``python -m training.thaw OUT [--folder FOLDER]``.

A checkpoint of training is four times as large as what the package holds, and is not kept with it. Its weights come
back within what int8 and float16 leave of them; `training.train --start OUT` takes them from there. The embeddings of
the words, which training leaves alone, are those of the base model.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor

from kg.language.loading import PACKAGED
from kg.language.rereading import Rereading
from kg.language.weights import Weights
from training.labels import Labels
from training.losses import NUMBERS
from training.network import LAYERS, Network
from training.train import base_model, save

DENSE = ("qkv", "out", "up", "down")  # the order of a layer's matrices in the graph


def thawed(folder: Path) -> tuple[Network, Labels]:
    """The network of a packaged model (the folder with encoder.onnx). Raises `DamagedModel` as loading it does."""
    packaged = Weights(folder)
    labels = Labels(**packaged.labels)
    net = Network(labels.sizes(), base_model() / "model.safetensors")
    held = encoder_weights(folder / "encoder.onnx")
    held |= {name: torch.from_numpy(value) for name, value in packaged.heads.items()}
    if packaged.rereading is not None:
        held |= rereading_weights(packaged.rereading, net)
    missing = {k for k in net.state_dict() if k not in held and not k.startswith("rereading.")}
    if missing != {"encoder.words.weight"}:
        raise SystemExit(f"{folder}: the graph lacks {', '.join(sorted(missing))}")
    net.load_state_dict(held, strict=False)
    return net, labels


def encoder_weights(path: Path) -> dict[str, Tensor]:
    """Parameters of encoder, tags and parser by their names in `Network`, but for the embeddings of words."""
    arrays = {i.name: numpy_helper.to_array(i) for i in onnx.load(str(path)).graph.initializer}
    found, layers = {}, []
    for name, value in arrays.items():
        if name.endswith("_quantized"):
            name, value = name.removesuffix("_quantized"), _widened(arrays, name.removesuffix("_quantized"))
            if name.startswith("val_"):
                layers.append(value.T)  # in the order of their use
                continue
        if name.startswith("net.") and name != "net.encoder.words.weight":
            turned = name.endswith("_Transposed")
            found[name.removeprefix("net.").removesuffix("_Transposed")] = value.T if turned else value
        elif name == "unsqueeze":
            found["parser.root"] = value[0]
    if len(layers) != LAYERS * len(DENSE):
        raise SystemExit(f"{path}: {len(layers)} matrices of layers where there should be {LAYERS * len(DENSE)}")
    places = [f"encoder.layers.{i}.{part}.weight" for i in range(LAYERS) for part in DENSE]
    found |= dict(zip(places, layers, strict=True))
    return {name: torch.from_numpy(np.array(value, np.float32)) for name, value in found.items()}


def _widened(arrays: dict[str, np.ndarray], name: str) -> np.ndarray:
    zero = arrays[f"{name}_zero_point"].astype(np.float32)
    return (arrays[f"{name}_quantized"].astype(np.float32) - zero) * arrays[f"{name}_scale"]


def rereading_weights(head: Rereading, net: Network) -> dict[str, Tensor]:
    """Those of the second look; a relation that it has not learned keeps the row of a fresh network."""
    held = {name: torch.from_numpy(value) for name, value in head.weights.items()}
    rows = net.state_dict()["rereading.relations.weight"].clone()
    rows[0] = held["relations.weight"][0]
    for name, row in head.relations.items():
        rows[NUMBERS[name]] = held["relations.weight"][row]
    return {f"rereading.{k}": v for k, v in held.items()} | {"rereading.relations.weight": rows}


def main() -> None:
    """Command line."""
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("out", type=Path)
    ap.add_argument("--folder", type=Path, default=PACKAGED / "kg_encoder")
    a = ap.parse_args()
    net, labels = thawed(a.folder)
    save(a.out, net, labels, {"thawed": 1.0})


if __name__ == "__main__":
    main()
