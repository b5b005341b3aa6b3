"""What extraction depends on besides the document: the same version gives the same claims, so they can be kept."""

from __future__ import annotations

import hashlib
import importlib.util
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent
PACKAGED = HOUSE / "language" / "en_newskg"
STAGES = ("reading", "language", "extraction", "gazetteer", "ontology", "building")
LIBRARIES = (
    "spacy", "numpy", "onnxruntime", "tokenizers", "charset-normalizer",
    "trafilatura", "lxml", "lxml_html_clean", "htmldate", "markdown-it-py", "pypdf", "python-docx",
)  # fmt: skip


def extraction_version(model: str | None = None) -> str:
    """64 hex digits that change when the model, our code up to the claims, or a library it rests on changes.

    Hashing the code itself instead of a number that somebody has to raise: nobody can forget it. Raises
    `MissingModel` where there is no such model.
    """
    digest = hashlib.sha256()
    for name in LIBRARIES:
        digest.update(f"{name}={_installed(name)}\n".encode())
    for path in _code():
        digest.update(f"{path.relative_to(HOUSE).as_posix()}\0".encode() + path.read_bytes())
    digest.update(model_version(model).encode())
    return digest.hexdigest()


def model_version(model: str | None = None) -> str:
    """64 hex digits of the files of a spaCy pipeline, found without loading it. Raises `MissingModel`."""
    folder = model_folder(model)
    digest = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and "__pycache__" not in p.parts):
        with path.open("rb") as stream:
            digest.update(f"{path.relative_to(folder).as_posix()}\0".encode())
            digest.update(hashlib.file_digest(stream, "sha256").digest())
    return digest.hexdigest()


def model_folder(model: str | None = None) -> Path:
    """Where a pipeline's files lie. Raises `MissingModel`."""
    if model in (None, "newskg"):
        return PACKAGED
    assert model is not None
    if Path(model).exists():
        return Path(model)
    spec = importlib.util.find_spec(model) if model.isidentifier() else None
    if spec is None or spec.origin is None:
        from kg.language import load

        load(model)  # raises the error that tells how to install it
        return HOUSE
    return Path(spec.origin).parent


def _code() -> Iterator[Path]:
    yield HOUSE / "records.py"
    for stage in STAGES:
        folder = HOUSE / stage
        files = (p for p in folder.rglob("*") if p.is_file() and PACKAGED not in p.parents)
        yield from sorted(p for p in files if "__pycache__" not in p.parts)


def _installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
