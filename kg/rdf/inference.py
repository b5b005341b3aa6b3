"""What follows from what the sources say, by rules; kept apart from it.

A rule is a SPARQL CONSTRUCT query whose first comment line says it in words. It constructs nodes of class
``kg:Inference`` (blank ones: they are named here) with ``rdf:subject``, ``rdf:predicate``, ``rdf:object`` and, by
``prov:wasDerivedFrom``, the statements that it concludes from. Its premises are statements of fact; what other rules
concluded looks to it like one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.errors import UsageError
from kg.ontology.source import KG, RDF, RDFS
from kg.ontology.vocabulary import RELATIONS
from kg.rdf.derivations import DERIVED, PARTS, Ground, Parts, Term
from kg.rdf.iris import BASE
from kg.rdf.query import question
from kg.rdf.terms import node, prefixes, text

_INFERENCE = node(KG + "Inference")


@dataclass(frozen=True, slots=True)
class Rule:
    """``name`` is that of its file, ``words`` its first line."""

    name: str
    words: str
    query: str


@dataclass(frozen=True, slots=True)
class Inference:
    """A triple that no source states, the rules that conclude it, and the IRIs of the statements it rests on."""

    subject: str
    predicate: str
    object: Term
    rules: tuple[str, ...]
    statements: tuple[str, ...]


def inferred_graph(base: str = BASE) -> str:
    """The IRI of the named graph that inferences lie in."""
    return f"{base}inferred"


def read_rules(paths: Sequence[Path]) -> list[Rule]:
    """The rules in files, and in the ``.rq`` files of folders, sorted by name. Raises `UsageError`."""
    found: dict[str, Rule] = {}
    for path in paths:
        files = sorted(path.glob("*.rq")) if path.is_dir() else [path]
        if not files:
            raise UsageError("no rules here", where=str(path), remedy="Give .rq files, or a folder that has some.")
        for file in files:
            try:
                query = file.read_text(encoding="utf-8")
            except (OSError, UnicodeDecodeError) as error:
                reason = (error.strerror or str(error)) if isinstance(error, OSError) else "not UTF-8"
                remedy = "Give files with SPARQL CONSTRUCT, or a folder that has some."
                raise UsageError(f"cannot be read: {reason}", where=str(file), remedy=remedy) from error
            if file.stem in found and found[file.stem].query != query:
                raise UsageError("two rules have this name", where=file.stem, remedy="Call one of the files otherwise.")
            found[file.stem] = Rule(file.stem, question(query), query)
    return [found[name] for name in sorted(found)]


def infer(store: ox.Store, rules: Iterable[Rule]) -> list[Inference]:
    """All that the rules conclude from the default graph and no source states or contradicts, sorted.

    Rules are applied until nothing new follows; what rests on an inference is traced back to the statements that this
    rests on. Of several ways to a conclusion those with the fewest steps count. Raises `QuerySyntax` for a rule that is
    no CONSTRUCT of inferences with all their parts.
    """
    rules = list(rules)
    found: dict[str, Inference] = {}
    ground = Ground(store, [rule.query for rule in rules])
    try:
        while fresh := _round(store, ground, rules, found):
            found |= fresh
            ground.add((node(iri), (node(i.subject), node(i.predicate), i.object)) for iri, i in fresh.items())
    finally:
        ground.clear()
    return sorted(found.values(), key=lambda i: (i.subject, i.predicate, str(i.object)))


def _round(
    store: ox.Store, ground: Ground, rules: Iterable[Rule], found: Mapping[str, Inference]
) -> dict[str, Inference]:
    """What follows in one step from the sources and from what was found before."""
    concluded: dict[Parts, tuple[set[str], set[str]]] = {}
    for rule in rules:
        for parts, derived in ground.derivations(rule.query, rule.name):
            names, premises = concluded.setdefault(parts, (set(), set()))
            names.add(rule.name)
            premises.update(str(getattr(premise, "value", "")) for premise in derived)
    fresh: dict[str, Inference] = {}
    for (subject, predicate, goal), (names, premises) in concluded.items():
        triple = subject.value, predicate.value, goal
        if (iri := _id(*triple)) not in found and subject != goal and not _stated(store, subject, predicate, goal):
            statements = {said for p in premises for said in (found[p].statements if p in found else [p])}
            fresh[iri] = Inference(*triple, tuple(sorted(names)), tuple(sorted(statements)))
    return fresh


def _id(subject: str, predicate: str, goal: Term) -> str:
    """The IRI of an inference, for the time of the work."""
    return f"urn:inference:{_digest(subject, predicate, goal)}"


def _digest(subject: str, predicate: str, goal: Term) -> str:
    said = repr((subject, predicate, str(goal)))
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _stated(store: ox.Store, subject: ox.NamedNode, predicate: ox.NamedNode, goal: Term) -> bool:
    relation = RELATIONS.get(predicate.value.removeprefix(KG))
    # where one value at a time is possible, what a source states stands against what a rule would conclude
    value = None if relation is not None and relation.single_valued else goal
    return next(store.quads_for_pattern(subject, predicate, value, ox.DefaultGraph()), None) is not None


def quads(found: Iterable[Inference], rules: Iterable[Rule], base: str = BASE) -> Iterator[ox.Quad]:
    """Inferences as RDF, all in one named graph: the triple itself, and a node that tells what it rests on."""
    graph = node(inferred_graph(base))
    used = set()
    for one in found:
        used |= set(one.rules)
        digest = _digest(one.subject, one.predicate, one.object)
        self_, subject, predicate = node(f"{base}inference/{digest}"), node(one.subject), node(one.predicate)
        yield ox.Quad(subject, predicate, one.object, graph)
        yield ox.Quad(self_, node(RDF + "type"), _INFERENCE, graph)
        for part, goal in zip(PARTS, (subject, predicate, one.object), strict=True):
            yield ox.Quad(self_, part, goal, graph)
        for name in one.rules:
            yield ox.Quad(self_, node(KG + "rule"), node(f"{base}rule/{name}"), graph)
        for statement in one.statements:
            yield ox.Quad(self_, DERIVED, node(statement), graph)
    for rule in rules:
        if rule.name in used:
            self_ = node(f"{base}rule/{rule.name}")
            yield ox.Quad(self_, node(RDF + "type"), node(KG + "Rule"), graph)
            yield ox.Quad(self_, node(RDFS + "label"), text(rule.words or rule.name), graph)


def trig(found: Iterable[ox.Quad], base: str = BASE) -> str:
    """Quads of one named graph as TriG, the same bytes for the same quads."""
    names = prefixes(base)
    written = ox.serialize(sorted(set(found), key=str), format=ox.RdfFormat.TRIG, prefixes=names)
    assert written is not None
    lines = written.decode().splitlines(keepends=True)
    head = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in names.items())
    return head + "".join(line for line in lines if not line.startswith("@prefix"))
