"""The packaged weights: one ONNX graph for the encoder and its token heads, a few matrices for pairs and spans."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime
from threadpoolctl import ThreadpoolController

from kg.errors import DamagedModel
from kg.language.lemmas import Lexicon
from kg.language.pieces import WordPieces
from kg.language.rereading import FILE, Rereading

Floats = npt.NDArray[np.float32]
MANIFEST = "SHA256"
FILES = ("encoder.onnx", "heads.npz", "labels.json", "lemmas.tsv", "pieces.json")


@dataclass(frozen=True)
class WindowOutput:
    """What one forward pass says of a window of W words and L pieces (d = 384 wide, 12 attention heads).

    ``states`` [L, d]; ``attention`` [12, L, L]; tag numbers [W]; ``start`` [W] log odds of a sentence start;
    ``name``, ``nominal`` [W, tags]; ``arcs`` [W, W + 1]; ``label_dep`` [W, k], ``label_head`` [W + 1, k].
    """

    states: Floats
    attention: Floats
    upos: npt.NDArray[np.int64]
    xpos: npt.NDArray[np.int64]
    feats: npt.NDArray[np.int64]
    lemma: npt.NDArray[np.int64]
    start: Floats
    name: Floats
    nominal: Floats
    arcs: Floats
    label_dep: Floats
    label_head: Floats


OUTPUTS = tuple(WindowOutput.__dataclass_fields__)


class Weights:
    """Loaded once a process; every call of `run` is independent of every other: batching changes nothing."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        manifest = folder / MANIFEST
        lines = manifest.read_text("utf-8").splitlines() if manifest.exists() else []
        wanted = {name: digest for digest, name in (line.split() for line in lines if line)}
        # the second look is made after the others, by `training.rereading`
        second = FILE in wanted or (folder / FILE).exists()
        files = (*FILES, FILE) if second else FILES
        for name in files:
            if not (folder / name).exists():
                raise DamagedModel(f"{name} is missing", where=str(folder), remedy="Install the package again.")
        if manifest.exists():
            for name in files:
                if hashlib.sha256((folder / name).read_bytes()).hexdigest() != wanted.get(name):
                    raise DamagedModel(
                        f"{name} is not the released file", where=str(folder), remedy="Install the package again."
                    )
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self.session = onnxruntime.InferenceSession(
            str(folder / "encoder.onnx"), options, providers=["CPUExecutionProvider"]
        )
        # one BLAS thread: sums come out in the same order everywhere, and small products gain nothing from more
        self.blas = ThreadpoolController()
        self.labels: dict[str, list[str]] = json.loads((folder / "labels.json").read_text("utf-8"))
        with np.load(folder / "heads.npz") as arrays:
            self.heads: dict[str, Floats] = {k: arrays[k].astype(np.float32) for k in arrays.files}
        labels = self.heads["parser.labels"]
        n, k, _ = labels.shape
        self._label_matrix = np.ascontiguousarray(labels.transpose(2, 0, 1).reshape(k, n * k))
        self.lexicon = Lexicon.load(folder / "lemmas.tsv")
        self.pieces = WordPieces(folder / "pieces.json")
        self.rereading = Rereading(folder / FILE) if second else None
        self.fingerprint = hashlib.sha256(
            (folder / "labels.json").read_bytes() + (manifest.read_bytes() if manifest.exists() else b"")
        ).hexdigest()[:16]

    def run(self, ids: list[int], shapes: list[int], first: list[int]) -> WindowOutput:
        """Forward pass over the pieces of one window; ``first`` are the positions of its words' first pieces."""
        feed = {
            "ids": np.array([ids], np.int64),
            "shapes": np.array([shapes], np.int64),
            "first": np.array(first, np.int64),
        }
        return WindowOutput(*self.session.run(list(OUTPUTS), feed))

    def arc_labels(self, out: WindowOutput, head: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """Dependency label numbers [W] for chosen heads [W] (own index for a root)."""
        own = np.arange(len(head))
        heads, place = np.unique(np.where(head == own, 0, head + 1), return_inverse=True)
        n, k, _ = self.heads["parser.labels"].shape
        y = (out.label_head[heads] @ self._label_matrix).reshape(-1, n, k)[place]  # most words head none
        best: npt.NDArray[np.int64] = np.matmul(y, out.label_dep[:, :, None])[:, :, 0].argmax(1)
        return best

    def span_types(self, both: Floats) -> Floats:
        """First and last piece state side by side [M, 2d] -> type logits [M, types]."""
        h = self.heads
        hidden = np.maximum(both @ h["spans.hidden.weight"].T + h["spans.hidden.bias"], 0)
        return np.asarray(hidden @ h["spans.kind.weight"].T + h["spans.kind.bias"], np.float32)
