"""What rules derive from a store and from what was concluded so far, each of them in its SPARQL."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from kg.errors import QuerySyntax
from kg.ontology.source import KG, RDF
from kg.rdf.plain_rules import FRESH, PlainRule, mark, triples_read
from kg.rdf.query import answer
from kg.rdf.rule_text import plain
from kg.rdf.terms import PROV, node

PARTS = tuple(node(RDF + part) for part in ("subject", "predicate", "object"))
DERIVED = node(PROV + "wasDerivedFrom")

_FACT = ((node(KG + "polarity"), node(KG + "Asserted")), (node(KG + "modality"), node(KG + "Fact")))
_WORKING = ox.NamedNode("urn:inference:working")
"""Where conclusions lie while others are drawn from them; gone afterwards."""

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Parts = tuple[ox.NamedNode, ox.NamedNode, Term]


class Ground:
    """What rules run over: the store, and for plain rules a small one of all they read.

    These run over the whole of it once, and then over what the last round added. So every way to a conclusion is still
    found in the round that draws it: one without anything new would have been one in the round before.
    """

    def __init__(self, store: ox.Store, rules: Iterable[str]) -> None:
        self._store = store
        self._plain = {rule: plain(rule) for rule in rules}
        self._small = ox.Store()
        self._small.bulk_extend(triples_read(store, [known for known in self._plain.values() if known]))
        self._rounds = 0
        self._relations: set[ox.NamedNode] = set()

    def add(self, fresh: Iterable[tuple[ox.NamedNode, Parts]]) -> None:
        """From now on these conclusions look like statements of fact to the rules, and are those of the last round."""
        self._rounds += 1
        self._relations.clear()
        added, marks = [], []
        for iri, parts in fresh:
            self._relations.add(parts[1])
            said = (*zip(PARTS, parts, strict=True), *_FACT)
            added += [ox.Quad(iri, predicate, goal, _WORKING) for predicate, goal in said]
            marks.append(ox.Quad(iri, FRESH, mark(parts[1], self._rounds), _WORKING))
        self._small.bulk_extend([*added, *marks])
        if None in self._plain.values():
            self._store.extend(added)

    def clear(self) -> None:
        """Leave the store as it was."""
        self._store.remove_graph(_WORKING)

    def derivations(self, rule: str, where: str) -> Iterator[tuple[Parts, Iterable[Term]]]:
        """What the rule concludes, in this round anew at least, and from which statements; ``where`` is its name."""
        known = self._plain[rule]
        if known is None:
            found: Iterable[tuple[tuple[Term, Term, Term], Iterable[Term]]] = _constructed(self._store, rule, where)
        else:
            found = self._selected(known, rule, where)
        for (subject, predicate, goal), derived in found:
            if not isinstance(subject, ox.NamedNode) or not isinstance(predicate, ox.NamedNode):
                raise _wrong(where, "a subject or predicate without a name")
            yield (subject, predicate, goal), derived

    def _selected(
        self, known: PlainRule, rule: str, where: str
    ) -> Iterator[tuple[tuple[Term, Term, Term], Iterable[Term]]]:
        if self._rounds == 0:
            # not read: only to hear of errors in the words and lines of the rule
            answer(self._small, rule, where=where)
        for query in known.queries(self._relations, self._rounds):
            rows = answer(self._small, query, where=where, union=True)
            assert isinstance(rows, ox.QuerySolutions)
            columns = {variable: column for column, variable in enumerate(rows.variables)}
            places = [columns[t] if isinstance(t, ox.Variable) else t for t in (*known.parts, *known.derived)]
            for row in rows:
                subject, predicate, goal, *derived = [row[at] if isinstance(at, int) else at for at in places]
                yield (subject, predicate, goal), derived


def _constructed(store: ox.Store, rule: str, where: str) -> Iterator[tuple[tuple[Term, Term, Term], Iterable[Term]]]:
    found = answer(store, rule, where=where, union=True)
    if not isinstance(found, ox.QueryTriples):
        raise _wrong(where, "it is no CONSTRUCT")
    nodes: dict[Term, dict[ox.NamedNode, set[Term]]] = {}
    for t in found:
        nodes.setdefault(t.subject, {}).setdefault(t.predicate, set()).add(t.object)
    for said in nodes.values():
        parts = [said.get(part, set()) for part in PARTS]
        if any(len(part) != 1 for part in parts) or DERIVED not in said:
            raise _wrong(where, "it constructs something else than inferences from statements")
        (subject,), (predicate,), (goal,) = parts
        yield (subject, predicate, goal), said[DERIVED]


def _wrong(where: str, what: str) -> QuerySyntax:
    remedy = "See queries/rules: CONSTRUCT { [] a kg:Inference ; rdf:subject … ; prov:wasDerivedFrom ?statement }."
    return QuerySyntax(what, where=where, remedy=remedy)
