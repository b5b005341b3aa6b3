"""``kg doctor``: whether everything that a build needs is there and works."""

from __future__ import annotations

import platform
from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import typer

from kg.commands.terminal import OUTPUT, GraphFolder, Model

LIBRARIES = ("spacy", "numpy", "onnxruntime", "networkx", "igraph", "rdflib", "pyoxigraph")
SENTENCE = "Captain Edda Vorn was appointed commander of the Halmar Coast Guard by President Ilse Brandvik in May 2019."

Lines = Iterator[str]


def doctor(graph: GraphFolder = OUTPUT, model: Model = None) -> None:
    """Check the installation, the model and the build; say what is wrong and what to do.

    Example: kg doctor
    """
    checks: list[tuple[str, Callable[[], Lines]]] = [
        ("versions", _versions),
        ("model", lambda: _model(model)),
        ("self-test", lambda: _self_test(model)),
        ("build", lambda: _build(graph)),
    ]
    failed = [name for name, check in checks if not _passes(name, check)]
    if failed:
        raise typer.Exit(1)


def _passes(name: str, check: Callable[[], Lines]) -> bool:
    from kg.errors import KgError

    try:
        for line in check():
            print(f"ok    {name:<10} {line}", flush=True)
    except KgError as error:
        print(f"FAIL  {name:<10} {error}", flush=True)
        return False
    return True


def _versions() -> Lines:
    from kg.errors import UsageError

    yield f"newskg {version('newskg')}, Python {platform.python_version()}, {platform.system()} {platform.machine()}"
    found = []
    for name in LIBRARIES:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            raise UsageError("not installed", where=name, remedy="Install newskg again.") from None
    yield ", ".join(found)


def _model(model: str | None) -> Lines:
    from kg.building.versions import model_folder, model_version
    from kg.language import load

    nlp = load(model)  # compares the weights with their hashes
    yield f"{nlp.meta['lang']}_{nlp.meta['name']} {nlp.meta['version']} in {model_folder(model)}"
    yield f"sha256 {model_version(model)}, components: {', '.join(nlp.pipe_names)}"


def _self_test(model: str | None) -> Lines:
    from kg.building.extractor import Extractor
    from kg.errors import UnfitModel
    from kg.records import Document

    outcome = Extractor(model)(Document.of(SENTENCE, "self-test"))
    if outcome.claims is None:
        raise outcome.error or UnfitModel("no result", where="self-test")
    entities, claims = outcome.claims.entities, outcome.claims.claims
    if not entities or not claims:
        raise UnfitModel(
            f"found {len(entities)} entities and {len(claims)} claims in a sentence that has both",
            where="self-test",
            remedy="Install newskg again, or take another pipeline with --model.",
        )
    yield f"{len(entities)} entities and {len(claims)} claims in one sentence"


def _build(graph: Path) -> Lines:
    from kg.commands.terminal import opened
    from kg.errors import NoGraph

    try:
        found = opened(graph)
    except NoGraph as error:
        yield f"none yet in {graph}. {error.remedy}"
        return
    counts = f"{len(found.documents)} documents, {len(found.entities)} entities, {len(found.statements)} statements"
    yield f"{graph}: {counts}"
