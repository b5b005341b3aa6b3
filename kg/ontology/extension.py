"""A user's extension of the vocabulary: relations of his own in Turtle, and a table of rules that find them.

``my.ttl`` declares relations in a namespace of its own; ``my.tsv`` beside it, if there is one, has rows of the same
form as the packaged ``relations.tsv`` (docs/rules.md). Its column ``relation`` names a relation of the extension by
prefix (``ins:insures``), by local name or in full, or one of ours.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

import pyoxigraph as ox

from kg.errors import BadOntology
from kg.ontology.source import KG, Relation, nodes_of, relations_of
from kg.ontology.vocabulary import RELATIONS, TYPES, ontology_turtle
from kg.records import OwnRelation

VARIABLE = "KG_ONTOLOGY"
"""The environment variable that names the extension in use: so the processes that a build starts know it too."""

COLUMNS = ("name", "relation", "kind", "triggers", "subject", "object", "types", "voice", "conditions", "score")
_NEEDED = frozenset(COLUMNS[:6])


@dataclass(frozen=True)
class Extension:
    """``relations`` by their whole IRI; ``rules`` the rows of the table, in the packaged columns, IRIs written out.

    ``digest`` changes when any of the two files does.
    """

    path: Path
    turtle: bytes
    relations: Mapping[str, Relation]
    rules: str
    digest: str

    @property
    def declared(self) -> tuple[OwnRelation, ...]:
        """What a graph has to know of the relations, sorted."""
        own = (OwnRelation(r.name, r.label, r.literal, r.narrower_of) for r in self.relations.values())
        return tuple(sorted(own))


def current() -> Extension | None:
    """The extension in use in this process. Raises `BadOntology`."""
    named = os.environ.get(VARIABLE)
    if not named:
        return None
    table = Path(named).with_suffix(".tsv")
    return _read(named, *(_stamp(path) for path in (named, table)))


@lru_cache(maxsize=8)
def _read(named: str, *stamps: tuple[int, int]) -> Extension:
    """``stamps`` are there so that changed files are read again: this is asked at every word of a text."""
    return read_extension(Path(named))


def _stamp(path: str | Path) -> tuple[int, int]:
    try:
        found = os.stat(path)
    except OSError:
        return (0, 0)
    return (found.st_mtime_ns, found.st_size)


@contextmanager
def using(path: Path | None) -> Iterator[Extension | None]:
    """Use an extension in this process, and in those that it starts, until the block ends. Raises `BadOntology`."""
    if path is None:
        yield current()
        return
    extension = read_extension(path)
    before = os.environ.get(VARIABLE)
    os.environ[VARIABLE] = str(path.resolve())
    try:
        yield extension
    finally:
        if before is None:
            del os.environ[VARIABLE]
        else:
            os.environ[VARIABLE] = before


def read_extension(path: Path) -> Extension:
    """An extension and its table. Raises `BadOntology`, naming file and line, where something in them is wrong."""
    table = path.with_suffix(".tsv")
    try:
        turtle = path.read_bytes()
        rows = table.read_text(encoding="utf-8") if table.is_file() else ""
    except (OSError, UnicodeDecodeError) as error:
        reason = (error.strerror or str(error)) if isinstance(error, OSError) else "not UTF-8"
        where = table if isinstance(error, UnicodeDecodeError) else path
        raise BadOntology(f"cannot be read: {reason}", where=str(where), remedy="Give a Turtle file.") from error
    return _extension(path, turtle, rows)


@lru_cache(maxsize=8)
def _extension(path: Path, turtle: bytes, rows: str) -> Extension:
    prefixes = _prefixes(path, turtle)
    try:
        found = relations_of(nodes_of(ontology_turtle(), turtle), own=False)
    except ValueError as error:
        remedy = f"A domain or range is one of kg:{', kg:'.join(TYPES)}, a subtype, a union of ours, or kg:Thing."
        raise BadOntology(str(error), where=str(path), remedy=remedy) from error
    own = {name: r for name, r in found.items() if name in nodes_of(turtle)}
    for name, relation in own.items():
        if relation.label == name:
            raise BadOntology(
                f"<{name}> has no rdfs:label", where=str(path), remedy="Give it one: it is shown to readers."
            )
        if relation.narrower_of is not None and relation.narrower_of not in RELATIONS:
            remedy = "rdfs:subPropertyOf names one of our relations."
            raise BadOntology(f"<{name}> narrows <{relation.narrower_of}>", where=str(path), remedy=remedy)
        if relation.inverse is not None and not relation.symmetric:
            remedy = "Declare only the direction that the graph shall hold."
            raise BadOntology(f"<{name}> has kg:primary", where=str(path), remedy=remedy)
    redefined = [iri for iri in nodes_of(turtle) if iri.startswith(KG) and iri.removeprefix(KG) in RELATIONS]
    if redefined:
        remedy = "Add relations in a namespace of your own."
        raise BadOntology(f"<{redefined[0]}> is ours, and stays as it is", where=str(path), remedy=remedy)
    table = _table(path.with_suffix(".tsv"), rows, prefixes, own) if rows else ""
    digest = hashlib.sha256(turtle + b"\0" + rows.encode()).hexdigest()
    return Extension(path, turtle, MappingProxyType(own), table, digest)


def _prefixes(path: Path, turtle: bytes) -> dict[str, str]:
    parser = ox.parse(turtle, format=ox.RdfFormat.TURTLE)
    try:
        for triple in parser:
            if any(isinstance(term, ox.BlankNode) for term in (triple.subject, triple.object)):
                remedy = "Name the node: every node of the graph has a name, and so has every term."
                raise BadOntology("a blank node", where=str(path), remedy=remedy)
    except SyntaxError as error:
        raise BadOntology(f"no Turtle: {error}", where=str(path), remedy="Correct that line.") from error
    return dict(parser.prefixes)


def _table(path: Path, text: str, prefixes: Mapping[str, str], own: Mapping[str, Relation]) -> str:
    """The rows in the packaged order of columns, relations written out."""
    lines = [(n, line) for n, line in enumerate(text.splitlines(), 1) if line.strip() and not line.startswith("#")]
    head = lines[0][1].split("\t") if lines else []
    if missing := sorted(_NEEDED - set(head)):
        raise BadOntology(
            f"the first line has no column {', '.join(missing)}",
            where=str(path),
            remedy=f"Columns: {' '.join(COLUMNS)}.",
        )
    written = ["\t".join(COLUMNS)]
    for number, line in lines[1:]:
        row = dict(zip(head, line.split("\t"), strict=False))
        iri = _named(row.get("relation", ""), prefixes, own)
        if iri is None:
            remedy = f"There are, besides ours: {', '.join(sorted(own)) or 'none'}."
            what = f"line {number}: no relation {row.get('relation', '')!r}"
            raise BadOntology(what, where=str(path), remedy=remedy)
        # a name of its own: what was measured of a rule of ours says nothing of one that is called the same
        row |= {"name": f"{path.stem}:{row['name']}", "relation": iri, "score": row.get("score") or "0.7"}
        written.append("\t".join(row.get(column, "") for column in COLUMNS))
    return "\n".join(written) + "\n"


def _named(name: str, prefixes: Mapping[str, str], own: Mapping[str, Relation]) -> str | None:
    """The relation that a cell names: the IRI of one of the extension, the local name of one of ours."""
    prefix, _, rest = name.partition(":")
    full = prefixes[prefix] + rest if prefix in prefixes else name.strip("<>")
    local = full.removeprefix(KG)
    if full in own or local in RELATIONS:
        return full if full in own else local
    same = [iri for iri in own if iri.rsplit("#", 1)[-1].rsplit("/", 1)[-1] == name]
    return same[0] if len(same) == 1 else None
