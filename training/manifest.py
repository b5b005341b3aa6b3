"""``SHA256`` beside the weights: one line a file, as ``sha256sum -c`` reads it; loading checks it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from kg.language.weights import MANIFEST


def sign(folder: Path, files: Sequence[str], anew: bool = False) -> None:
    """Write the digests of these files of the folder; those of others stay unless the list is begun ``anew``."""
    path = folder / MANIFEST
    others = [] if anew or not path.exists() else path.read_text("utf-8").splitlines()
    lines = [line for line in others if line and line.partition("  ")[2] not in files]
    lines += [f"{hashlib.sha256((folder / file).read_bytes()).hexdigest()}  {file}" for file in files]
    path.write_text("".join(f"{line}\n" for line in lines), "utf-8")
