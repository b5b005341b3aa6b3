"""Lay out the packaged spaCy pipeline around exported weights: ``python -m training.package CHECKPOINT``."""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
from pathlib import Path

import torch

from kg.language import components  # noqa: F401  registers the factory
from kg.language.loading import PACKAGED
from kg.language.tokens import blank_english
from training.annotated import HERE
from training.export import export

USED = frozenset({
    "crossner", "ewt", "fewrel", "gum", "knowledgenet", "qanom", "qasrl-bank", "raw-enwiki-2018", "re3d", "redocred",
    "text2kgbench-tekgen", "uner-ewt", "wikigold",
})  # fmt: skip
"""Corpora that training reads."""


def package(checkpoint: Path, folder: Path, corpora: Path) -> None:
    """Write config, tokenizer and the component's files, so that ``spacy.load(folder)`` works."""
    nlp = blank_english()
    nlp.add_pipe("kg_encoder")
    nlp.meta.update(name="newskg", version="0.1.0", description="One encoder for all of newskg", license="Apache-2.0")
    nlp.to_disk(folder, exclude=["vocab"])
    export(checkpoint, folder / "kg_encoder", corpora)
    meta = json.loads((folder / "meta.json").read_text("utf-8"))
    meta.pop("performance", None)
    meta["made"] = made(checkpoint, corpora)
    (folder / "meta.json").write_text(json.dumps(meta, indent=1, sort_keys=True) + "\n", "utf-8")


def made(checkpoint: Path, corpora: Path) -> dict[str, object]:
    """What the weights were made from: commit of the code, last run of the checkpoint, hash of every corpus."""
    commit = subprocess.run(
        ["git", "rev-parse", "HEAD"], cwd=HERE, capture_output=True, text=True, check=False
    ).stdout.strip()  # fmt: skip
    marked = sorted([*HERE.glob("*.md"), *(HERE / "standoff").glob("*.json")])
    data = {"training/news": digest(marked)}
    for folder in sorted(p for p in corpora.iterdir() if p.is_dir() and p.name in USED):
        data[folder.name] = digest(sorted(p for p in folder.rglob("*") if p.is_file()))
    run = torch.load(checkpoint, weights_only=True)["note"]
    return {"commit": commit, "data": data, "last run": {k: round(v, 1) for k, v in sorted(run.items())}}


def digest(files: list[Path]) -> str:
    """One hash over names and bytes of files."""
    total = hashlib.sha256()
    for path in files:
        total.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()[:16]


def main() -> None:
    """Command line."""
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("checkpoint", type=Path)
    ap.add_argument("--folder", type=Path, default=PACKAGED)
    ap.add_argument("--corpora", type=Path, required=True)
    a = ap.parse_args()
    package(a.checkpoint, a.folder, a.corpora)


if __name__ == "__main__":
    main()
