"""What ``import kg`` offers: build a graph, open one, look into it, and the language pipeline alone."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import kg.graph
from kg.errors import KgError
from kg.records import Clusters, DocumentClaims
from kg.views import EntityView, find

if TYPE_CHECKING:
    import networkx as nx
    import rdflib
    from spacy.language import Language

    from kg.rdf.query import QueryResult

Paths = str | Path | Sequence[str | Path]
Refusal = Callable[[KgError], None]


class KnowledgeGraph(kg.graph.KnowledgeGraph):
    """Entities, statements and documents, and the ways to look at them."""

    @classmethod
    def of(cls, graph: kg.graph.KnowledgeGraph) -> KnowledgeGraph:
        """The same knowledge with these methods."""
        return cls(graph.entities, graph.statements, graph.documents, graph.own_relations)

    def entity(self, name: str) -> EntityView:
        """The entity with this name, alias or id. Raises `NoSuchEntity`, with the names that come nearest."""
        return EntityView(find(self, name), self)

    def query(self, sparql: str) -> QueryResult:
        """Answer a SPARQL 1.1 query. Raises `QuerySyntax`.

        Every call loads the graph anew; for many queries take `kg.rdf.query.store_of` and `run_query`.
        """
        from kg.rdf.query import run_query, store_of

        return run_query(store_of(self), sparql)

    def to_rdflib(self) -> rdflib.Graph:
        """The triples of ``graph.ttl``."""
        from kg.rdf.writer import to_rdflib

        return to_rdflib(self)

    def to_networkx(self) -> nx.MultiDiGraph[str]:
        """Entities as nodes, statements as edges; the attributes are told at `kg.network.to_networkx`."""
        from kg.network import to_networkx

        return to_networkx(self)


def build(
    sources: Paths,
    output: str | Path = "output",
    *,
    model: str | None = None,
    workers: int = 1,
    quads: bool = False,
    ontology: str | Path | None = None,
    refused: Refusal | None = None,
) -> KnowledgeGraph:
    """Build a graph from files, folders or globs into a folder, reading only what is new or changed.

    ``model`` is a spaCy package or path in place of the packaged one. More than one worker needs the calling script
    to be importable (``if __name__ == "__main__":``). ``ontology`` is an extension of the vocabulary
    (docs/extending.md). Every source that cannot be read is given to ``refused``, or warned of. Raises `NoSources`,
    `ModelError`, `BadOntology`, `OutputError`.
    """
    from kg import pipeline
    from kg.extraction.syntax.rules import extended

    watcher = pipeline.Watcher(problem=refused or _warn)
    with extended(Path(ontology) if ontology is not None else None):
        found = pipeline.build(_many(sources), Path(output), model=model, workers=workers, quads=quads, watcher=watcher)
    return KnowledgeGraph.of(found.graph)


def extract(
    sources: Paths, *, model: str | None = None, workers: int = 1, refused: Refusal | None = None
) -> Iterator[DocumentClaims]:
    """What each document says, one after the other, without graph, state and files. Arguments and errors as `build`."""
    from kg import pipeline

    return pipeline.extract(
        _many(sources), model=model, workers=workers, watcher=pipeline.Watcher(problem=refused or _warn)
    )


def coreference(
    sources: Paths, *, model: str | None = None, workers: int = 1, refused: Refusal | None = None
) -> Iterator[tuple[DocumentClaims, Clusters]]:
    """What `extract` gives, each with all noun phrases and pronouns of the document, in clusters that mean one thing.

    A cluster is a tuple of records with ``start``, ``end``, ``text`` and ``kind`` (name, nominal, pronoun), in the
    order of the text; many hold one phrase alone. Another model than the packaged one only joins names.
    """
    from kg import pipeline

    return pipeline.coreference(
        _many(sources), model=model, workers=workers, watcher=pipeline.Watcher(problem=refused or _warn)
    )


def open(output: str | Path = "output") -> KnowledgeGraph:
    """The graph that a build wrote into a folder. Raises `NoGraph`, `BrokenGraph`."""
    from kg.rdf.reader import read_graph

    folder = Path(output)
    return KnowledgeGraph.of(read_graph(folder / "graph.ttl" if folder.is_dir() else folder))


def load_language(name: str | None = None) -> Language:
    """The packaged spaCy pipeline, or the one of that name or path, with ``doc._.claims``, ``doc._.entities``
    and ``doc._.coreference`` (clusters of spans).

    These are worked out when they are asked for; until then each `Doc` keeps the encoder's states, some 10 KB a word.
    Raises `ModelError`.
    """
    from kg.building import components  # noqa: F401  registers the factory
    from kg.language import load

    nlp = load(name, keep=True)
    if "kg_claims" not in nlp.pipe_names:
        nlp.add_pipe("kg_claims", last=True)
    return nlp


def _many(sources: Paths) -> Sequence[str | Path]:
    return [sources] if isinstance(sources, str | Path) else sources


def _warn(error: KgError) -> None:
    warnings.warn(str(error), stacklevel=2)
