"""How two entities are connected: the shortest chains of statements between them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice, pairwise

import networkx as nx

from kg.errors import NoSuchEntity
from kg.graph import KnowledgeGraph
from kg.records import Statement


@dataclass(frozen=True, slots=True)
class Path:
    """A chain of entities, and for every hop all statements that carry it, the best supported first.

    ``entities`` are ids, from one end to the other; ``hops[i]`` connects ``entities[i]`` and ``entities[i + 1]``,
    in whichever direction the statement runs.
    """

    entities: tuple[str, ...]
    hops: tuple[tuple[Statement, ...], ...]


def connections(graph: KnowledgeGraph, a: str, b: str, limit: int = 5, *, plain_only: bool = True) -> list[Path]:
    """Up to ``limit`` chains between the entities with ids ``a`` and ``b``, shortest first, never through one twice.
    No chain goes through a post: two people who are both "president" are not connected by that.

    Of equally long chains the one with the best supported weakest hop comes first (documents, then confidence).
    An empty list where nothing connects them, or where they are one. Raises `NoSuchEntity` for an unknown id.
    """
    for end in (a, b):
        if end not in graph.entity_by_id:
            raise NoSuchEntity("no entity has this id", where=end, remedy="`kg query` lists the entities.")
    hops: dict[frozenset[str], list[Statement]] = {}
    for s in graph.statements:
        if s.object is not None and s.object != s.subject and (s.plain or not plain_only):
            hops.setdefault(frozenset((s.subject, s.object)), []).append(s)
    simple: nx.Graph[str] = nx.Graph()
    simple.add_nodes_from(graph.entity_by_id)
    through = {e.id for e in graph.entities if e.type != "Position"} | {a, b}
    simple.add_edges_from(sorted((min(pair), max(pair)) for pair in hops if pair <= through))
    if a == b or not nx.has_path(simple, a, b):
        return []
    for statements in hops.values():
        statements.sort(key=lambda s: (not s.plain, *_support(s), s.id))
    # look a little further than asked, so that the best of the equally long ones are among them
    candidates = islice(nx.shortest_simple_paths(simple, a, b), max(4 * limit, 0))
    found = [Path(tuple(p), tuple(tuple(hops[frozenset(hop)]) for hop in pairwise(p))) for p in candidates]
    return sorted(found, key=_worth)[:limit]


def _support(statement: Statement) -> tuple[int, float]:
    """Sorts the best supported first."""
    return (-statement.documents, -statement.confidence)


def _worth(path: Path) -> tuple[int, tuple[int, float], tuple[str, ...]]:
    return (len(path.hops), max(_support(hop[0]) for hop in path.hops), path.entities)
