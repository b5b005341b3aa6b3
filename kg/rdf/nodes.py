"""What a graph file says, node by node: entities with their plain facts first, then statements, claims, documents.

Every node is complete in itself and the order depends on nothing but the graph, so a file of any size is written in
one pass, and the same knowledge gives the same bytes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from kg.graph import KnowledgeGraph
from kg.ontology.vocabulary import KG, OWL, RDF, RDFS, RELATIONS
from kg.rdf import terms
from kg.rdf.iris import OPEN_MARK, Iris, relation
from kg.rdf.terms import DCTERMS, NIF, PROV, SKOS, node, text, whole
from kg.records import Claim, Document, Entity, Evidence, Mention, OwnRelation, Span, Statement

Term = ox.NamedNode | ox.Literal
Pair = tuple[ox.NamedNode, Term]

TYPE = node(RDF + "type")
LABEL = node(RDFS + "label")
_FIRST = {RDF + "type": 0, RDFS + "label": 1, SKOS + "altLabel": 2, RDF + "subject": 3, RDF + "predicate": 4}
_FIRST[RDF + "object"] = 5


@dataclass(frozen=True, slots=True)
class Node:
    """One subject with all that is said of it, sorted. ``document`` names its named graph, None the default one."""

    subject: ox.NamedNode
    pairs: tuple[Pair, ...]
    document: str | None = None


def nodes(graph: KnowledgeGraph, iris: Iris) -> Iterator[Node]:
    """All nodes: relations used, entities, statements, claims, documents with their sentences and mentions.

    Raises ValueError for a relation that is neither in the vocabulary nor open.
    """
    yield from _relations(graph)
    facts = _plain(graph, iris)
    for entity in graph.entities:
        yield _entity(entity, iris, facts.get(entity.id, []))
    for statement in graph.statements:
        yield _statement(statement, iris)
    for statement in graph.statements:
        for document, claim in statement.claims:
            yield _claim(statement, document, claim, iris)
    yield from _documents(graph, iris)


def own_of(graph: KnowledgeGraph) -> dict[str, OwnRelation]:
    """The relations of a user's own, by name."""
    return {own.iri: own for own in graph.own_relations}


def plain(statement: Statement, iris: Iris, own: Mapping[str, OwnRelation]) -> Iterator[Pair]:
    """The plain triples of a statement, as predicate and object; none unless the sources state it as a fact.

    A relation beside the vocabulary's core also gives the core relation that it entails, for queries without inference.
    """
    if not statement.plain:
        return
    goal = _object(statement, iris)
    yield node(relation(statement.relation)), goal
    known = RELATIONS.get(statement.relation)
    if known is not None and not known.core and known.narrower_of:
        yield node(KG + known.narrower_of), goal
    elif statement.relation in own and (entailed := own[statement.relation].entails):
        yield node(KG + entailed), goal


def _node(subject: str, pairs: Iterable[Pair], document: str | None = None) -> Node:
    def order(pair: Pair) -> tuple[int, str, str]:
        return _FIRST.get(pair[0].value, 9), pair[0].value, str(pair[1])

    return Node(node(subject), tuple(sorted(set(pairs), key=order)), document)


def _kg(name: str) -> ox.NamedNode:
    return node(KG + name)


def _object(statement: Statement, iris: Iris) -> Term:
    if statement.object is not None:
        return node(iris.entity(statement.object))
    assert statement.value is not None, "a statement has an object or a value"
    return terms.literal(statement.value)


def _relations(graph: KnowledgeGraph) -> Iterator[Node]:
    used = {s.relation for s in graph.statements} | {c.relation for s in graph.statements for _, c in s.claims}
    own = own_of(graph)
    used |= {above for name in used if name in RELATIONS and (above := RELATIONS[name].narrower_of)}
    used |= {above for name in used if name in own and (above := own[name].entails)}
    for iri, name in sorted((relation(name), name) for name in used):
        known = RELATIONS.get(name)
        if name in own:
            kind = node(OWL + ("DatatypeProperty" if own[name].literal else "ObjectProperty"))
            pairs: list[Pair] = [(TYPE, kind), (LABEL, text(own[name].label))]
            if entailed := own[name].entails:
                pairs.append((node(RDFS + "subPropertyOf"), _kg(entailed)))
        elif known is None:
            # of an open relation nobody knows whether its objects are nodes or literals
            pairs = [(TYPE, node(RDF + "Property")), (LABEL, text(name.removeprefix(OPEN_MARK)))]
        else:
            literal = {"Date", "Number"} & set(known.range)
            kind = node(OWL + ("DatatypeProperty" if literal else "ObjectProperty"))
            pairs = [(TYPE, kind), (LABEL, text(known.label))]
            if known.narrower_of:
                pairs.append((node(RDFS + "subPropertyOf"), _kg(known.narrower_of)))
        yield _node(iri, pairs)


def _plain(graph: KnowledgeGraph, iris: Iris) -> dict[str, list[Pair]]:
    facts: dict[str, list[Pair]] = defaultdict(list)
    own = own_of(graph)
    for statement in graph.statements:
        facts[statement.subject].extend(plain(statement, iris, own))
    return facts


def _entity(entity: Entity, iris: Iris, facts: Iterable[Pair]) -> Node:
    pairs: list[Pair] = [(TYPE, _kg(entity.type)), (LABEL, text(entity.name))]
    if entity.subtype is not None:
        pairs.append((TYPE, _kg(entity.subtype)))
    pairs += [(node(SKOS + "altLabel"), other) for name in entity.names if (other := text(name)) != text(entity.name)]
    pairs += [(_kg("mentions"), whole(len(entity.mentions))), (_kg("documents"), whole(entity.documents))]
    return _node(iris.entity(entity.id), [*pairs, *facts])


def _statement(statement: Statement, iris: Iris) -> Node:
    pairs: list[Pair] = [
        (TYPE, _kg("Statement")),
        (node(RDF + "subject"), node(iris.entity(statement.subject))),
        (node(RDF + "predicate"), node(relation(statement.relation))),
        (node(RDF + "object"), _object(statement, iris)),
        (_kg("polarity"), _kg(statement.polarity.capitalize())),
        (_kg("modality"), _kg(statement.modality.capitalize())),
        (_kg("confidence"), terms.decimal(statement.confidence)),
        (_kg("documents"), whole(statement.documents)),
    ]
    if statement.value is not None:
        pairs.append((_kg("valueText"), text(statement.value.text)))
    if statement.attribution is not None:
        pairs.append((_kg("attributedTo"), node(iris.entity(statement.attribution))))
    if statement.contested:
        pairs.append((_kg("contested"), terms.TRUE))
    pairs += _times(statement.time.start, statement.time.end)
    if statement.ending is not None:
        closing = statement.ending
        pairs.append((_kg("endedBy"), node(iris.claim(closing.statement, closing.document, closing.claim))))
        if closing.by is not None:
            pairs.append((_kg("overBy"), terms.date(closing.by)))
    for document, claim in statement.claims:
        at = iris.evidence(document, claim.evidence.start, claim.evidence.end)
        pairs.append((node(PROV + "wasDerivedFrom"), node(at)))
    return _node(iris.statement(statement.id), pairs)


def _times(start: str | None, end: str | None) -> Iterator[Pair]:
    if start is not None:
        yield _kg("start"), terms.date(start)
    if end is not None:
        yield _kg("end"), terms.date(end)


def _claim(statement: Statement, document: str, claim: Claim, iris: Iris) -> Node:
    pairs: list[Pair] = [
        (TYPE, _kg("Claim")),
        (_kg("states"), node(iris.statement(statement.id))),
        (_kg("document"), node(iris.document(document))),
        (_kg("relation"), node(relation(claim.relation))),
        (_kg("subjectMention"), node(iris.mention(document, claim.subject, claim.subject_mention))),
        (_kg("polarity"), _kg(claim.polarity.capitalize())),
        (_kg("modality"), _kg(claim.modality.capitalize())),
        (_kg("confidence"), terms.decimal(claim.confidence)),
        (_kg("extractor"), text(claim.extractor)),
        (node(PROV + "wasDerivedFrom"), node(iris.evidence(document, claim.evidence.start, claim.evidence.end))),
    ]
    if claim.object is not None:
        pairs.append((_kg("objectCluster"), text(claim.object)))
    if claim.object_mention is not None:
        start, end = claim.object_mention.start, claim.object_mention.end
        literal = claim.object is None  # a literal is no entity: its words are named like a sentence
        at = (
            iris.evidence(document, start, end)
            if literal
            else iris.mention(document, str(claim.object), Span(start, end))
        )
        pairs.append((_kg("objectMention"), node(at)))
    if claim.value is not None:
        pairs += [(_kg("value"), terms.literal(claim.value)), (_kg("valueText"), text(claim.value.text))]
    if claim.attribution is not None:
        pairs.append((_kg("attributionCluster"), text(claim.attribution)))
    if claim.contested:
        pairs.append((_kg("contested"), terms.TRUE))
    if claim.reasons:
        pairs.append((_kg("because"), text("; ".join(claim.reasons))))
    if claim.ended:
        pairs.append((_kg("ended"), terms.TRUE))
    if claim.evidence.words:
        words = " ".join(f"{span.start},{span.end}" for span in claim.evidence.words)
        pairs.append((_kg("words"), text(words)))
    pairs += _times(claim.time.start, claim.time.end)
    return _node(iris.claim(statement.id, document, claim), pairs, document)


def _documents(graph: KnowledgeGraph, iris: Iris) -> Iterator[Node]:
    sentences: dict[str, dict[Span, Evidence]] = defaultdict(dict)
    for statement in graph.statements:
        for where, claim in statement.claims:
            sentences[where].setdefault(Span(claim.evidence.start, claim.evidence.end), claim.evidence)
    mentions: dict[str, list[tuple[Mention, str]]] = defaultdict(list)
    for entity in graph.entities:
        for where, mention in entity.mentions:
            mentions[where].append((mention, entity.id))
    for document in graph.documents:
        yield _document(document, iris)
        for _, evidence in sorted(sentences[document.id].items()):
            at = iris.evidence(document.id, evidence.start, evidence.end)
            pairs: list[Pair] = [(TYPE, _kg("Evidence")), (node(PROV + "value"), text(evidence.text))]
            yield _node(at, [*pairs, *_span(document.id, evidence.start, evidence.end, iris)], document.id)
        for mention, entity_id in sorted(mentions[document.id], key=lambda m: (m[0].start, m[0].end, m[0].entity)):
            yield _mention(mention, entity_id, document.id, iris)


def _span(document: str, start: int, end: int, iris: Iris) -> Iterator[Pair]:
    yield _kg("document"), node(iris.document(document))
    yield node(NIF + "beginIndex"), whole(start)
    yield node(NIF + "endIndex"), whole(end)
    yield node(NIF + "referenceContext"), node(iris.document(document))


def _mention(mention: Mention, entity: str, document: str, iris: Iris) -> Node:
    pairs: list[Pair] = [
        (TYPE, _kg("Mention")),
        (node(NIF + "anchorOf"), text(mention.text)),
        (_kg("entity"), node(iris.entity(entity))),
        (_kg("kind"), text(mention.kind)),
        (_kg("mentionType"), _kg(mention.type)),
        *_span(document, mention.start, mention.end, iris),
    ]
    return _node(iris.mention(document, mention.entity, Span(mention.start, mention.end)), pairs, document)


def _document(document: Document, iris: Iris) -> Node:
    pairs: list[Pair] = [
        (TYPE, _kg("Document")),
        (node(DCTERMS + "source"), text(document.source)),
        (node(DCTERMS + "language"), text(document.language)),
        (_kg("sha256"), text(document.sha256)),
    ]
    if document.title is not None:
        pairs.append((node(DCTERMS + "title"), text(document.title)))
    if document.published is not None:
        pairs.append((node(DCTERMS + "date"), terms.typed(document.published.isoformat(), "date")))
    return _node(iris.document(document.id), pairs, document.id)
