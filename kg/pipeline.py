"""The whole way from sources to files, stage by stage.

sources -> Document -> Doc -> DocumentClaims -> KnowledgeGraph -> files
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import perf_counter

from kg.building.extractor import Extractor, Outcome
from kg.building.files import WRITTEN, write_files
from kg.building.state import FILE, State, key_of, set_aside
from kg.building.versions import extraction_version
from kg.building.workers import outcomes
from kg.errors import BrokenGraph, KgError
from kg.graph import KnowledgeGraph
from kg.ontology.extension import current
from kg.rdf.iris import BASE
from kg.reading import ReadingFailure, Source, locate, read_source
from kg.records import Clusters, Document, DocumentClaims
from kg.resolution import resolve

STAGES: Mapping[str, str] = {
    "reading": "sources -> Document: kg.reading",
    "parsing": "Document -> Doc: kg.language",
    "extraction": "Doc -> DocumentClaims: kg.extraction",
    "resolution": "DocumentClaims of all documents -> KnowledgeGraph: kg.resolution",
    "writing": "KnowledgeGraph -> files: kg.rdf, kg.network, kg.exports",
}
"""The stages of a build, in order, and what each makes of what."""


def _nobody(*_: object) -> None:
    """Hears nothing."""


@dataclass(frozen=True)
class Watcher:
    """Who is told how a build goes: a stage begins, a source is done (of so many), an error or a warning came up."""

    stage: Callable[[str], None] = _nobody
    source: Callable[[str, int, int], None] = _nobody
    problem: Callable[[KgError], None] = _nobody


@dataclass(frozen=True)
class Build:
    """What a build gave. ``seconds`` by stage, those of parsing and extraction added up over the workers."""

    graph: KnowledgeGraph
    files: tuple[Path, ...]
    refused: tuple[KgError, ...]
    read: int
    kept: int
    seconds: Mapping[str, float] = field(default_factory=dict)


def build(
    sources: Sequence[str | Path],
    output: Path,
    *,
    model: str | None = None,
    workers: int = 1,
    base: str = BASE,
    quads: bool = False,
    watcher: Watcher | None = None,
) -> Build:
    """Build a graph from sources into a folder, reading only what is new or changed since the last time.

    ``model`` is None for the packaged one, or a spaCy package or path. An extension of the vocabulary is in use where
    `kg.ontology.extension.using` says so. The files depend on the sources, the model, the extension and the version of
    kg alone. What cannot be read or extracted is in ``refused``; the rest is built. Raises `NoSources`, `ModelError`,
    `OutputError`.
    """
    watcher = watcher or Watcher()
    found = [source for source in locate(sources) if not _own(source, output)]
    run = _Run(found, output, Extractor(model), workers, watcher)
    extension = current()
    version = extraction_version(model)
    if extension is not None:  # other rules find other claims
        version = hashlib.sha256(f"{version}{extension.digest}".encode()).hexdigest()
    try:
        graph = run.graph(version)
    except BrokenGraph as error:
        away = set_aside(output)
        remedy = f"It was set aside as {away.name}; every source is read again."
        watcher.problem(BrokenGraph(error.what, where=error.where, remedy=remedy))
        run = _Run(found, output, Extractor(model), workers, watcher)
        graph = run.graph(version)
    if extension is not None:
        graph = replace(graph, own_relations=extension.declared)
    watcher.stage("writing")
    begun = perf_counter()
    files = write_files(graph, output, run.refused, base=base, quads=quads)
    run.seconds["writing"] = perf_counter() - begun
    return Build(graph, tuple(files), tuple(run.refused), run.read, len(run.keys) - run.read, run.seconds)


def extract(
    sources: Sequence[str | Path], *, model: str | None = None, workers: int = 1, watcher: Watcher | None = None
) -> Iterator[DocumentClaims]:
    """The claims of every document, in the order of the sources; no state, no files. Errors as in `build`."""
    for outcome in _outcomes(sources, Extractor(model), workers, watcher or Watcher()):
        if outcome.claims is not None:
            yield outcome.claims


def coreference(
    sources: Sequence[str | Path], *, model: str | None = None, workers: int = 1, watcher: Watcher | None = None
) -> Iterator[tuple[DocumentClaims, Clusters]]:
    """The same, each with every noun phrase and pronoun of the document in clusters of those that mean one thing."""
    for outcome in _outcomes(sources, Extractor(model, coreference=True), workers, watcher or Watcher()):
        if outcome.claims is not None:
            yield outcome.claims, outcome.coreference


def _outcomes(sources: Sequence[str | Path], extractor: Extractor, workers: int, watcher: Watcher) -> Iterator[Outcome]:
    """One for every document; errors go to the watcher."""

    def documents() -> Iterator[Document]:
        for number, source in enumerate(found):
            for item in read_source(source):
                if isinstance(item, Document):
                    yield item
                else:
                    watcher.problem(item.error)
            watcher.source(source.name, number + 1, len(found))

    found = locate(sources)
    for outcome in outcomes(documents(), extractor, min(workers, len(found))):
        if outcome.claims is None and outcome.error is not None:
            watcher.problem(outcome.error)
        yield outcome


@dataclass
class _Run:
    """One way through the stages; ``keys`` are the documents that are there now."""

    sources: Sequence[Source]
    output: Path
    extractor: Extractor
    workers: int
    watcher: Watcher
    refused: list[KgError] = field(default_factory=list)
    keys: dict[str, None] = field(default_factory=dict)
    parts: dict[str, dict[str, None]] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)
    origin: dict[str, str] = field(default_factory=dict)
    faulty: set[str] = field(default_factory=set)
    done: int = 0
    read: int = 0
    seconds: dict[str, float] = field(default_factory=lambda: dict.fromkeys(STAGES, 0.0))

    def graph(self, version: str) -> KnowledgeGraph:
        with State(self.output, version) as state:
            self.watcher.stage("reading")
            changed = [source for source in self.sources if not self._known(source, state)]
            for outcome in outcomes(self._documents(changed, state), self.extractor, min(self.workers, len(changed))):
                self._take(outcome, state)
            self._remember(state)
            self.watcher.stage("resolution")
            begun = perf_counter()
            graph = resolve(state.claims(self.keys), keep_texts=False)
            self.seconds["resolution"] = perf_counter() - begun
            return graph

    def _known(self, source: Source, state: State) -> bool:
        """Whether a source was read whole and is as it was; then its documents are taken over."""
        digest = _digest(source)
        keys = state.whole(source.name, digest) if digest else None
        if keys is None:
            self.digests[source.name] = digest
            return False
        self.keys.update(dict.fromkeys(keys))
        self._done(source)
        return True

    def _documents(self, sources: Sequence[Source], state: State) -> Iterator[Document]:
        """The documents whose claims are not known; the others only leave their key."""
        for source in sources:
            begun = perf_counter()
            for item in read_source(source):
                self.seconds["reading"] += perf_counter() - begun
                if isinstance(item, ReadingFailure):
                    self._refuse(source.name, item.error)
                else:
                    self.parts.setdefault(source.name, {})[key_of(item)] = None
                    if state.holds(item):
                        self.keys[key_of(item)] = None
                    else:
                        self.origin[item.id] = source.name
                        yield item
                begun = perf_counter()
            self.seconds["reading"] += perf_counter() - begun
            self._done(source)

    def _take(self, outcome: Outcome, state: State) -> None:
        self.seconds["parsing"] += outcome.parsing
        self.seconds["extraction"] += outcome.extraction
        origin = self.origin.pop(outcome.document.id, outcome.document.source)
        if outcome.claims is not None:
            state.add(outcome.claims)
            self.keys[key_of(outcome.document)] = None
            self.read += 1
        elif outcome.error is not None:
            self._refuse(origin, outcome.error)

    def _remember(self, state: State) -> None:
        """Sources without a fault need no second look; a refused one is refused again by name in every build."""
        for name, digest in self.digests.items():
            if digest and name not in self.faulty:
                state.finish(name, digest, self.parts.get(name, {}))
        state.keep_only(self.keys, {source.name for source in self.sources} - self.faulty)
        state.remember_places({s.name: s.path.resolve() for s in self.sources if isinstance(s.path, Path)})

    def _refuse(self, source: str, error: KgError) -> None:
        self.faulty.add(source)
        self.refused.append(error)
        self.watcher.problem(error)

    def _done(self, source: Source) -> None:
        self.done += 1
        self.watcher.source(source.name, self.done, len(self.sources))


def _own(source: Source, output: Path) -> bool:
    """Whether it is a file that a build wrote: ``kg build . -o output`` must not read its own report."""
    return (
        isinstance(source.path, Path)
        and (source.path.name in WRITTEN or source.path.name.startswith(FILE))
        and source.path.resolve().parent == output.resolve()
    )


def _digest(source: Source) -> str:
    """Hash of the bytes of a file; empty for standard input and what cannot be opened, which reading then reports."""
    if not isinstance(source.path, Path):
        return ""
    try:
        with source.path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""
