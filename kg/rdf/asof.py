"""A graph by its two clocks: only what held on a day stays, or only what was published by a day.

What counts as holding is told in docs/time.md; ``queries/as-of.rq`` is the same as one SPARQL pattern.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date as Date
from datetime import datetime

import pyoxigraph as ox

from kg.errors import UsageError
from kg.ontology.vocabulary import KG, RDF, RDFS
from kg.rdf.query import run_query
from kg.rdf.terms import node

_GONE = """
SELECT DISTINCT ?statement WHERE {
  ?statement a kg:Statement .
  { ?statement kg:start ?start . BIND(SUBSTR(STR(?start), 1, 10) AS ?from)
    FILTER(!STRSTARTS(?from, "-") && ?from > SUBSTR("%s", 1, STRLEN(?from))) }
  UNION
  { ?statement kg:end ?end . BIND(SUBSTR(STR(?end), 1, 10) AS ?to)
    FILTER(!STRSTARTS(?to, "-") && ?to < SUBSTR("%s", 1, STRLEN(?to))) }
  UNION
  { ?statement kg:overBy ?by . FILTER(STR(?by) <= "%s") }
  UNION
  { ?statement rdf:object ?goal . FILTER(isLiteral(?goal) && REGEX(STR(?goal), "^[0-9]{4}(-|$)"))
    BIND(SUBSTR(STR(?goal), 1, 10) AS ?date) FILTER(?date > SUBSTR("%s", 1, STRLEN(?date))) }
}
"""

_LATER = """
SELECT DISTINCT ?later WHERE {
  { ?later a kg:Document ; dcterms:date ?date } UNION { ?later kg:document/dcterms:date ?date }
  FILTER(SUBSTR(STR(?date), 1, 10) > "%s")
}
"""

LISTING = """
SELECT ?subject ?relation ?object ?start ?end WHERE {
  ?statement a kg:Statement ; kg:polarity kg:Asserted ; kg:modality kg:Fact ;
    rdf:subject/rdfs:label ?subject ; rdf:predicate/rdfs:label ?relation ; rdf:object ?goal .
  FILTER NOT EXISTS { ?statement kg:contested true }
  OPTIONAL { ?statement kg:start ?start }
  OPTIONAL { ?statement kg:end ?end }
  OPTIONAL { ?goal rdfs:label ?name }
  BIND(COALESCE(?name, STR(?goal)) AS ?object)
}
ORDER BY ?subject ?relation ?object
"""
"""What is asked of a graph as of a day where nothing else is: every fact that held."""


def day_of(text: str, option: str) -> Date:
    """A day as ``2023-08-01``, given to an option. Raises `UsageError` for anything else."""
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError as error:
        raise UsageError("no such day", where=f"{option} {text}", remedy="Give one like 2023-08-01.") from error


def held_on(store: ox.Store, day: Date) -> ox.Store:
    """The same store without every statement that did not hold on that day, with its claims and its plain triple."""
    gone = [row[0] for row in run_query(store, _GONE % ((day.isoformat(),) * 4)).rows]
    return _without(store, [one for one in gone if isinstance(one, ox.NamedNode)])


def published_by(store: ox.Store, day: Date) -> ox.Store:
    """The same store without the documents published after that day, their claims and quotations, what these told of
    the end of others, and every statement that no other claim states, with its plain triple. A document without a date
    may have been there already. Start, end and confidence of what stays are those that all its sources give.
    """
    later = [row[0] for row in run_query(store, _LATER % day.isoformat()).rows]
    states, touched = node(KG + "states"), set[ox.NamedNode]()
    for one in later:
        if not isinstance(one, ox.NamedNode):
            continue
        for quad in list(store.quads_for_pattern(one, None, None)):
            if quad.predicate == states and isinstance(quad.object, ox.NamedNode):
                touched.add(quad.object)
            store.remove(quad)
        for quad in list(store.quads_for_pattern(None, node(KG + "endedBy"), one)):
            store.remove(quad)
    for quad in list(store.quads_for_pattern(None, node(KG + "overBy"), None)):
        if isinstance(quad.object, ox.Literal) and quad.object.value > day.isoformat():
            store.remove(quad)
    alone = [one for one in touched if next(store.quads_for_pattern(None, states, one), None) is None]
    return _without(store, alone)


def _without(store: ox.Store, lost: Sequence[ox.NamedNode]) -> ox.Store:
    doubtful = {triple for one in lost for triple in _plain(store, one)}
    for statement in lost:
        claims = [quad.subject for quad in store.quads_for_pattern(None, node(KG + "states"), statement)]
        for subject in (statement, *claims):
            for quad in list(store.quads_for_pattern(subject, None, None)):
                store.remove(quad)
    kept = {
        triple
        for quad in store.quads_for_pattern(None, node(RDF + "type"), node(KG + "Statement"))
        for triple in _plain(store, quad.subject)
    }
    for triple in doubtful - kept:
        store.remove(ox.Quad(triple.subject, triple.predicate, triple.object))
    return store


def _plain(store: ox.Store, statement: object) -> list[ox.Triple]:
    """The plain triples that a statement stands behind: none if it is denied, planned, possible or claimed."""
    assert isinstance(statement, ox.NamedNode)
    told = {quad.predicate.value: quad.object for quad in store.quads_for_pattern(statement, None, None)}
    if KG + "contested" in told or told.get(KG + "polarity") != node(KG + "Asserted"):
        return []
    if told.get(KG + "modality") != node(KG + "Fact"):
        return []
    subject, predicate, goal = (told[RDF + part] for part in ("subject", "predicate", "object"))
    assert isinstance(subject, ox.NamedNode)
    assert isinstance(predicate, ox.NamedNode)
    found = [ox.Triple(subject, predicate, goal)]
    for above in store.quads_for_pattern(predicate, node(RDFS + "subPropertyOf"), None, ox.DefaultGraph()):
        assert isinstance(above.object, ox.NamedNode)
        found.append(ox.Triple(subject, above.object, goal))  # what the narrower relation entails
    return found
