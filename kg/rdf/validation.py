"""Whether a graph is as its shapes say, and which sentences stand behind what is not.

Shapes that `kg.rdf.shacl` can compile are run by Oxigraph; all others, a user's mostly, by pySHACL on the same data.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import BadShapes, UsageError
from kg.ontology.shapes import SH
from kg.ontology.source import KG, RDF, RDFS
from kg.rdf.query import ONTOLOGY, turtle_of
from kg.rdf.shacl import Breach, NotCompiled, Shapes, Term, about, compile_shapes, parse_shapes, run, subclasses
from kg.rdf.terms import DCTERMS, PROV, VOCABULARIES

if TYPE_CHECKING:
    import rdflib

REPORTS = "https://w3id.org/newskg/id/report"
"""The node of a report; its results lie below it."""

_IS_A = ox.NamedNode(RDF + "type")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence behind a statement, and where it stands."""

    text: str
    source: str
    date: str | None


@dataclass(frozen=True, slots=True)
class Finding:
    """A breach, with the statement that it is about (None for a node that is none) in words, and its sentences."""

    breach: Breach
    statement: str | None
    words: str
    sentences: tuple[Sentence, ...]

    @property
    def rule(self) -> str:
        """The rule in words, or the names of shape and constraint where it has none."""
        breach = self.breach
        return breach.message or " ".join(iri.rsplit("#", 1)[-1] for iri in (breach.shape, breach.component))


def validate(store: ox.Store, shapes: Sequence[tuple[str, bytes]], compiled: bool = True) -> list[Breach]:
    """What in the default graph of a store is against the shapes, sorted.

    ``shapes`` are pairs of a name (for messages) and Turtle; the vocabulary is in a named graph of the store
    (`kg.rdf.query.open_store`). ``compiled`` False: pySHACL does all. Raises `BadShapes` where they are no shapes.
    """
    checks, left = [], []
    below = subclasses(store)
    for name, turtle in shapes:
        try:
            parsed = parse_shapes(turtle)
            found = compile_shapes(parsed, below) if compiled else []
        except SyntaxError as error:
            raise BadShapes(f"no Turtle: {error}", where=name, remedy="Write SHACL shapes in Turtle.") from error
        except NotCompiled:
            found = []
        checks += found
        if not found:
            left.append((name, turtle))
    try:
        breaches = run(store, checks)
    except SyntaxError as error:
        raise BadShapes(f"a constraint is no SPARQL: {error}", remedy="Correct sh:select.") from error
    return sorted([*breaches, *_by_pyshacl(store, left)], key=lambda breach: breach.order)


def findings(store: ox.Store, breaches: Iterable[Breach]) -> list[Finding]:
    """The breaches with what they are about: statements in words, with their sentences, documents and dates."""
    return [finding for breach in breaches for finding in _findings(store, breach)]


def report_turtle(found: Iterable[Finding]) -> str:
    """The findings as a ``sh:ValidationReport`` in Turtle, its nodes named by what they say; sorted."""
    by_breach: dict[Breach, list[Finding]] = {}
    for finding in found:
        by_breach.setdefault(finding.breach, []).append(finding)
    report = ox.NamedNode(REPORTS)
    triples = [
        ox.Triple(report, _IS_A, ox.NamedNode(SH + "ValidationReport")),
        ox.Triple(report, ox.NamedNode(SH + "conforms"), ox.Literal(not by_breach)),
    ]
    for breach, findings_ in by_breach.items():
        digest = hashlib.sha256(repr(breach.order).encode("utf-8", "surrogatepass")).hexdigest()[:16]
        result = ox.NamedNode(f"{REPORTS}/{digest}")
        triples.append(ox.Triple(report, ox.NamedNode(SH + "result"), result))
        pairs: list[tuple[str, Term | None]] = [
            (SH + "focusNode", breach.focus),
            (SH + "sourceShape", ox.NamedNode(breach.shape)),
            (SH + "sourceConstraintComponent", ox.NamedNode(breach.component)),
            (SH + "resultSeverity", ox.NamedNode(breach.severity)),
            (SH + "resultMessage", ox.Literal(breach.message) if breach.message else None),
            (SH + "resultPath", ox.NamedNode(breach.path) if breach.path else None),
            (SH + "value", breach.value),
            *((PROV + "wasDerivedFrom", ox.NamedNode(f.statement)) for f in findings_ if f.statement),
        ]
        triples.append(ox.Triple(result, _IS_A, ox.NamedNode(SH + "ValidationResult")))
        triples += [ox.Triple(result, ox.NamedNode(key), goal) for key, goal in pairs if goal is not None]
    return turtle_of(triples, {**VOCABULARIES, "sh": SH})


def _findings(store: ox.Store, breach: Breach) -> list[Finding]:
    statements = sorted(set(_statements(store, breach)), key=str)
    if not statements:
        words = _label(store, breach.focus)
        if breach.value is not None and breach.value != breach.focus:
            words += f" → {_label(store, breach.value)}"
        return [Finding(breach, None, words, _sentences(store, breach.focus))]
    return [Finding(breach, str(s.value), _words(store, s), _sentences(store, s)) for s in statements]  # type: ignore[union-attr]


def _statements(store: ox.Store, breach: Breach) -> list[Term]:
    """The statements that a breach is about: the node itself, that of a claim, or those behind a plain triple."""
    kinds = {q.object for q in store.quads_for_pattern(breach.focus, ox.NamedNode(RDF + "type"), None, None)}  # type: ignore[arg-type]
    if ox.NamedNode(KG + "Statement") in kinds:
        return [breach.focus]
    if ox.NamedNode(KG + "Claim") in kinds:
        stated = store.quads_for_pattern(breach.focus, ox.NamedNode(KG + "states"), None, None)  # type: ignore[arg-type]
        return [q.object for q in stated]
    held: list[Term] = [
        q.subject for q in store.quads_for_pattern(None, ox.NamedNode(RDF + "subject"), breach.focus, None)
    ]
    predicate = breach.path
    if predicate is None and breach.component == SH + "ClassConstraintComponent":
        predicate = breach.about
    if predicate is None:
        return []
    held = [s for s in held if _values(store, s, RDF + "predicate") == [ox.NamedNode(predicate)]]
    if breach.path is not None:
        held = [s for s in held if breach.value in _values(store, s, RDF + "object")]
    return held


def _values(store: ox.Store, node: Term, predicate: str) -> list[Term]:
    return [q.object for q in store.quads_for_pattern(node, ox.NamedNode(predicate), None, None)]  # type: ignore[arg-type]


def _first(store: ox.Store, node: Term, predicate: str) -> Term | None:
    return next(iter(sorted(_values(store, node, predicate), key=str)), None)


def _label(store: ox.Store, node: Term | None) -> str:
    if not isinstance(node, ox.NamedNode):
        return str(getattr(node, "value", node or ""))
    label = _first(store, node, RDFS + "label")
    return str(label.value) if isinstance(label, ox.Literal) else node.value


def _words(store: ox.Store, statement: Term) -> str:
    """The statement as a reader would say it."""
    parts = [_label(store, _first(store, statement, RDF + part)) for part in ("subject", "predicate", "object")]
    return " ".join(parts)


def _sentences(store: ox.Store, node: Term) -> tuple[Sentence, ...]:
    found = set()
    for evidence in [node, *_values(store, node, PROV + "wasDerivedFrom")]:
        text = _first(store, evidence, PROV + "value")
        document = _first(store, evidence, KG + "document")
        if isinstance(text, ox.Literal) and document is not None:
            source, date = (_first(store, document, DCTERMS + key) for key in ("source", "date"))
            found.add(Sentence(text.value, _label(store, source), date.value if isinstance(date, ox.Literal) else None))
    return tuple(sorted(found, key=lambda s: (s.source, s.text)))


def _by_pyshacl(store: ox.Store, shapes: Sequence[tuple[str, bytes]]) -> list[Breach]:
    if not shapes:
        return []
    import rdflib

    try:
        import pyshacl
    except ImportError:
        raise UsageError(
            "pySHACL is not installed, and these shapes need it", where=shapes[0][0], remedy="pip install pyshacl"
        ) from None
    data, shacl = rdflib.Graph(), rdflib.Graph()
    # as one graph: what pySHACL takes over from an ont_graph lacks the individuals, kg:Fact and the like
    for graph in (ox.DefaultGraph(), ox.NamedNode(ONTOLOGY)):
        data.parse(data=_dump(store, graph), format="nt")
    for _, turtle in shapes:
        shacl.parse(data=turtle, format="turtle")
    try:
        _, report, _ = pyshacl.validate(data, shacl_graph=shacl, advanced=True, inplace=True)
    except Exception as error:  # pySHACL has no common base for what is wrong with shapes
        told = " ".join(str(error).split())[:200]
        raise BadShapes(f"pySHACL cannot run them: {told}", where=shapes[0][0], remedy="Correct the shapes.") from error
    assert isinstance(report, rdflib.Graph)
    parsed = {key: node for _, turtle in shapes for key, node in parse_shapes(turtle).items()}
    results = report.subjects(rdflib.RDF.type, rdflib.URIRef(SH + "ValidationResult"))
    return [_breach(report, node, parsed) for node in results]


def _breach(report: rdflib.Graph, node: rdflib.term.Node, shapes: Shapes) -> Breach:
    import rdflib

    def one(name: str) -> Term | None:
        found = sorted(report.objects(node, rdflib.URIRef(SH + name)), key=str)
        return _term(found[0]) if found else None

    shape = one("sourceConstraint") or one("sourceShape")
    source, path, messages = one("sourceShape"), one("resultPath"), one("resultMessage")
    focus = one("focusNode")
    if shape is None or source is None or focus is None:
        raise BadShapes("pySHACL reports a result without shape or node")
    return Breach(
        shape=str(getattr(shape, "value", shape)),
        component=str(getattr(one("sourceConstraintComponent"), "value", "")),
        message=str(messages.value) if isinstance(messages, ox.Literal) else "",
        severity=str(getattr(one("resultSeverity"), "value", "")),
        focus=focus,
        path=path.value if isinstance(path, ox.NamedNode) else None,
        value=one("value"),
        about=about(shapes.get(source, {})),
    )


def _term(node: object) -> Term:
    import rdflib

    if isinstance(node, rdflib.URIRef):
        return ox.NamedNode(str(node))
    if isinstance(node, rdflib.Literal):
        if node.language:
            return ox.Literal(str(node), language=node.language)
        return ox.Literal(str(node), datatype=ox.NamedNode(str(node.datatype or rdflib.XSD.string)))
    return ox.BlankNode(str(node))


def _dump(store: ox.Store, graph: ox.NamedNode | ox.DefaultGraph) -> bytes:
    written = store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=graph)
    assert written is not None
    return written
