"""SPARQL 1.1 over a graph file, by Oxigraph in memory.

The common prefixes (`kg.rdf.terms.prefixes`) need no declaration. The graph is the default graph; the vocabulary lies
beside it in the named graph ``<https://w3id.org/newskg/ontology>``, so that it never mixes with what the news says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from kg.errors import BrokenGraph, NoGraph, QuerySyntax, UnknownFormat
from kg.graph import KnowledgeGraph
from kg.ontology.vocabulary import ontology_turtle
from kg.rdf.iris import BASE
from kg.rdf.terms import prefixes
from kg.rdf.writer import turtle

ONTOLOGY = "https://w3id.org/newskg/ontology"

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

_ERROR = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
# strings, names and comments are stepped over; what then reads as the keyword is one, even with no space around it
_SERVICE = re.compile(
    r"""<[^<>"{}|^`\\\s]*> | \"{3}(?:[^\\]|\\.)*?\"{3} | '{3}(?:[^\\]|\\.)*?'{3}
    | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*' | \\. | \#[^\n\r]*
    | (?:(?<![A-Z_:?$])|(?<=true)|(?<=false))(SERVICE)""",
    re.DOTALL | re.IGNORECASE | re.VERBOSE,
)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


@dataclass(frozen=True, slots=True)
class QueryResult:
    """What a query gave: ``columns`` and ``rows`` (SELECT), ``boolean`` (ASK), or ``triples`` (CONSTRUCT, DESCRIBE).

    A cell is None where a variable is unbound. Rows stand in the order of the query; triples are sorted.
    """

    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Term | None, ...], ...] = ()
    triples: tuple[ox.Triple, ...] = ()
    boolean: bool | None = None
    names: dict[str, str] = field(default_factory=dict, repr=False)
    _results: bytes = field(default=b"", repr=False)

    @property
    def is_graph(self) -> bool:
        """Whether it is the result of CONSTRUCT or DESCRIBE."""
        return not self._results

    def cells(self) -> list[list[str]]:
        """Rows (of triples: their three terms) as short strings for reading: ``kg:commands``, ``Mira Tavlen``."""
        if self.boolean is not None:
            return [[str(self.boolean).lower()]]
        rows = [(t.subject, t.predicate, t.object) for t in self.triples] if self.is_graph else self.rows
        return [[self._short(term) for term in row] for row in rows]

    def to_csv(self) -> str:
        """SPARQL 1.1 CSV; of triples: the columns subject, predicate, object."""
        return self._serialized(ox.QueryResultsFormat.CSV)

    def to_json(self) -> str:
        """SPARQL 1.1 JSON; of triples: the variables subject, predicate, object."""
        return self._serialized(ox.QueryResultsFormat.JSON)

    def to_turtle(self) -> str:
        """Triples as sorted Turtle. Raises `UnknownFormat` for the table of a SELECT."""
        if not self.is_graph:
            raise UnknownFormat("a SELECT or ASK gives a table", remedy="Ask with CONSTRUCT, or take csv or json.")
        return turtle_of(self.triples, self.names)

    def _serialized(self, format: ox.QueryResultsFormat) -> str:
        results = self._results
        if self.is_graph:
            results = _as_table(self.triples)
        parsed = ox.parse_query_results(results, format=ox.QueryResultsFormat.JSON)
        assert isinstance(parsed, ox.QuerySolutions | ox.QueryBoolean)
        if isinstance(parsed, ox.QueryBoolean) and format == ox.QueryResultsFormat.CSV:
            return f"{str(bool(parsed)).lower()}\n"
        written = parsed.serialize(format=format)
        assert written is not None
        return written.decode()

    def _short(self, term: Term | None) -> str:
        if term is None:
            return ""
        if not isinstance(term, ox.NamedNode):
            return term.value if isinstance(term, ox.Literal) else str(term)
        for name, iri in self.names.items():
            rest = term.value.removeprefix(iri)
            if rest != term.value and not set(rest) & set("/#"):
                return f"{name}:{rest}"
        return term.value


def turtle_of(triples: Iterable[ox.Triple], names: Mapping[str, str]) -> str:
    """Triples as Turtle in a fixed order, prefixes first."""
    written = ox.serialize(sorted(set(triples), key=str), format=ox.RdfFormat.TURTLE, prefixes=dict(names))
    assert written is not None
    lines = written.decode().splitlines(keepends=True)
    head = sorted(line for line in lines if line.startswith("@prefix"))
    return "".join([*head, *(line for line in lines if not line.startswith("@prefix"))])


def open_store(path: Path) -> ox.Store:
    """The graph file, ready for queries. Raises `NoGraph` if there is none, `BrokenGraph` if it is no Turtle."""
    store = ox.Store()
    try:
        store.bulk_load(path=str(path), format=ox.RdfFormat.TURTLE)
    except FileNotFoundError:
        raise NoGraph("no graph here", where=str(path), remedy="Build one with: kg build SOURCES -o DIR") from None
    except (SyntaxError, OSError) as error:
        remedy = "Build it again with: kg build SOURCES -o DIR"
        raise BrokenGraph(str(error), where=str(path), remedy=remedy) from error
    return _with_ontology(store)


def store_of(graph: KnowledgeGraph, base: str = BASE) -> ox.Store:
    """A graph in memory, ready for queries."""
    store = ox.Store()
    store.bulk_load(b"".join(turtle(graph, base)), format=ox.RdfFormat.TURTLE)
    return _with_ontology(store)


def run_query(
    store: ox.Store, query: str, *, where: str = "the query", base: str = BASE, union: bool = False
) -> QueryResult:
    """Answer a query; ``where`` names its file in errors, ``union`` lets it see the named graphs without GRAPH.

    Raises `QuerySyntax` if it does not parse, or asks another server (SERVICE): nothing here goes to the network.
    """
    names = prefixes(base)
    found = answer(store, query, where=where, base=base, union=union)
    if isinstance(found, ox.QueryTriples):
        return QueryResult(triples=tuple(sorted(set(found), key=str)), names=names)
    results = found.serialize(format=ox.QueryResultsFormat.JSON)
    assert results is not None
    parsed = ox.parse_query_results(results, format=ox.QueryResultsFormat.JSON)
    if isinstance(parsed, ox.QueryBoolean):
        return QueryResult(boolean=bool(parsed), names=names, _results=results)
    columns = tuple(variable.value for variable in parsed.variables)
    rows = tuple(tuple(solution[name] for name in columns) for solution in parsed)
    return QueryResult(columns=columns, rows=rows, names=names, _results=results)


def answer(
    store: ox.Store, query: str, *, where: str = "the query", base: str = BASE, union: bool = False
) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    """As `run_query`, for what is read once and needs no order: triples in any, and some more than once."""
    _refuse_service(query, where)
    names = prefixes(base)
    try:
        return store.query(query, prefixes=names, use_default_graph_as_union=union)
    except SyntaxError as error:
        raise _syntax(str(error), query, where, names) from error


def question(query: str) -> str:
    """The question that a query answers: its first line, if that is a comment; else an empty string."""
    first = query.lstrip("\ufeff").split("\n", 1)[0]
    return first.lstrip("# ").strip() if first.startswith("#") else ""


def _with_ontology(store: ox.Store) -> ox.Store:
    store.bulk_load(ontology_turtle(), format=ox.RdfFormat.TURTLE, to_graph=ox.NamedNode(ONTOLOGY))
    return store


def _refuse_service(query: str, where: str) -> None:
    # SPARQL lets any character be written as an escape, keywords too
    plain = _ESCAPE.sub(lambda found: chr(min(int(found[1] or found[2], 16), 0x10FFFF)), query)
    for text in {query, plain}:
        for found in _SERVICE.finditer(text):
            if found[1]:
                line = text.count("\n", 0, found.start(1)) + 1
                raise QuerySyntax(
                    f"line {line}: SERVICE asks another server, and kg never goes to the network",
                    where=where,
                    remedy="Fetch that data yourself and query it with your own tool.",
                )


def _syntax(message: str, query: str, where: str, names: Iterable[str]) -> QuerySyntax:
    found = _ERROR.search(message)
    if found is None:
        return QuerySyntax(message, where=where, remedy="See https://www.w3.org/TR/sparql11-query/")
    line, column, expected = int(found[1]), int(found[2]), found[3]
    if "Prefix not found" in expected:
        reason, remedy = "an undeclared prefix", f"Declare it with PREFIX; these need none: {', '.join(names)}."
    else:
        reason, remedy = expected.split(", [")[0][:100], "See https://www.w3.org/TR/sparql11-query/"
    lines = query.split("\n")
    shown = lines[line - 1].strip()[:80] if line <= len(lines) else ""
    return QuerySyntax(f"line {line}, column {column}: {reason}, in: {shown}", where=where, remedy=remedy)


def _as_table(triples: Iterable[ox.Triple]) -> bytes:
    store = ox.Store()
    store.extend(ox.Quad(t.subject, t.predicate, t.object) for t in triples)
    every = "SELECT ?subject ?predicate ?object { ?subject ?predicate ?object } ORDER BY ?subject ?predicate ?object"
    found = store.query(every)
    assert isinstance(found, ox.QuerySolutions)
    results = found.serialize(format=ox.QueryResultsFormat.JSON)
    assert results is not None
    return results
