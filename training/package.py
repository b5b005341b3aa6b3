"""Lay out the packaged spaCy pipeline around exported weights: ``python -m training.package CHECKPOINT``."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from kg.language import components  # noqa: F401  registers the factory
from kg.language.loading import PACKAGED
from kg.language.tokens import blank_english
from training.export import export


def package(checkpoint: Path, folder: Path, corpora: Path) -> None:
    """Write config, tokenizer and the component's files, so that ``spacy.load(folder)`` works."""
    nlp = blank_english()
    nlp.add_pipe("kg_encoder")
    nlp.meta.update(name="newskg", version="0.1.0", description="One encoder for all of newskg", license="Apache-2.0")
    nlp.to_disk(folder, exclude=["vocab"])
    export(checkpoint, folder / "kg_encoder", corpora)
    meta = json.loads((folder / "meta.json").read_text("utf-8"))
    meta.pop("performance", None)
    (folder / "meta.json").write_text(json.dumps(meta, indent=1, sort_keys=True) + "\n", "utf-8")


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
