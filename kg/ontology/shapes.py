"""SHACL shapes made from the vocabulary: how often a node has each property, what it leads to, what holds whom.

``shapes.ttl`` beside this file is what `shapes_turtle` makes of ``newskg.ttl`` (``python docs/make_ontology.py``). They
use ``rdfs:subClassOf`` of the vocabulary, so a validator is given both. No blank nodes: lists have names too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.resources import files

from kg.ontology.constraints import CONSTRAINTS
from kg.ontology.source import KG, RDF, RDFS, XSD, Node, Nodes, Relation, local
from kg.ontology.vocabulary import RELATIONS, SUBTYPES, TYPES, ontology_nodes

SHAPES = "https://w3id.org/newskg/shapes#"
SH = "http://www.w3.org/ns/shacl#"

DATES = ("date", "dateTime", "gYearMonth", "gYear", "gMonthDay", "gMonth", "gDay")
"""Datatypes of a ``kg:Date``."""

_PREFIXES = {
    "dcterms": "http://purl.org/dc/terms/",
    "kg": KG,
    "kgs": SHAPES,
    "nif": "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": RDF,
    "rdfs": RDFS,
    "sh": SH,
    "xsd": XSD,
}
_COUNTS = {
    KG + "exactlyOneOn": ("exactly one", ("sh:minCount 1", "sh:maxCount 1")),
    KG + "atMostOneOn": ("at most one", ("sh:maxCount 1",)),
    KG + "atLeastOneOn": ("at least one", ("sh:minCount 1",)),
}
_NODES = (RDF + "Property", "http://www.w3.org/2002/07/owl#Class", _PREFIXES["nif"] + "String")
_HEAD = """# SHACL shapes of the vocabulary, made from newskg.ttl by docs/make_ontology.py: change that, not this.
# A validator needs newskg.ttl beside them, for its rdfs:subClassOf.

"""


def packaged_shapes() -> bytes:
    """The shapes as they are published: UTF-8 Turtle."""
    return (files("kg.ontology") / "shapes.ttl").read_bytes()


def shapes_turtle() -> str:
    """All shapes of the vocabulary."""
    nodes = ontology_nodes()
    held = [r for r in RELATIONS.values() if r.inverse in (None, r.name)]
    parts = [*_dates(), *_structure(nodes), *relation_shapes(held)]
    return _HEAD + _prefixes() + "\n" + "\n".join(parts)


def extension_shapes(relations: Iterable[Relation]) -> bytes:
    """Shapes of relations of a user's own, to be used beside those of the vocabulary."""
    return (_prefixes() + "\n" + "\n".join([*_dates(), *relation_shapes(relations)])).encode()


def _prefixes() -> str:
    return "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in _PREFIXES.items())


def _dates() -> Iterator[str]:
    """Names for the members of the list that ``sh:or`` wants."""
    for number, name in enumerate(DATES, 1):
        rest = f"kgs:dates-{number + 1}" if number < len(DATES) else "rdf:nil"
        yield f"kgs:is-{name} a sh:NodeShape ;\n    sh:datatype xsd:{name} .\n"
        yield f"kgs:dates-{number} rdf:first kgs:is-{name} ;\n    rdf:rest {rest} .\n"


def _structure(nodes: Nodes) -> Iterator[str]:
    """Shapes of statements, claims, sentences, mentions, documents and entities."""
    counted: dict[str, list[tuple[str, Node, str]]] = {}
    for iri, node in nodes.items():
        for key in _COUNTS:
            for class_ in node.get(key, []):
                counted.setdefault(class_, []).append((iri, node, key))
    for class_, properties in sorted(counted.items()):
        name = local(class_)
        own = [f"kgs:{name}-{_name(iri)}" for iri, _, _ in properties]
        checks = [c for c in CONSTRAINTS if c.target == name]
        lines = [f"sh:targetClass kg:{name}", f"sh:property {' , '.join(own)}"]
        lines += [f"sh:sparql {' , '.join(f'kgs:{c.name}' for c in checks)}"] if checks else []
        yield _block(f"kgs:{name}", "sh:NodeShape", lines)
        for iri, node, key in properties:
            yield _property(nodes, name, iri, node, key)
        for check in checks:
            select = check.select.strip().replace('"', '\\"')
            lines = [f'sh:message "{check.message}"', f'sh:select """{select}"""']
            yield _block(f"kgs:{check.name}", "sh:SPARQLConstraint", lines)


def _property(nodes: Nodes, class_: str, iri: str, node: Node, key: str) -> str:
    words, counts = _COUNTS[key]
    goal = next(iter(node.get(RDFS + "range", []) + node.get(KG + "valuesAre", [])), None)
    lines = [f"sh:path {_short(iri)}", *counts]
    told = f"“{_label(nodes, iri)}” of {_article(_label(nodes, class_)).lower()}: {words}"
    if goal is not None:
        line, what = _leads_to(nodes, goal)
        lines.append(line)
        told += f", {what}" if what else ""
    if RDFS + "range" in node and XSD + "maxInclusive" in node:
        told += " from 0 to 1"
    lines += [f"sh:minInclusive {n}" for n in node.get(XSD + "minInclusive", [])]
    lines += [f"sh:maxInclusive {n}" for n in node.get(XSD + "maxInclusive", [])]
    lines += [f'sh:pattern "{p}"' for p in node.get(XSD + "pattern", [])]
    lines += [f"sh:lessThanOrEquals {_short(other)}" for other in node.get(SH + "lessThanOrEquals", [])]
    return _block(f"kgs:{class_}-{_name(iri)}", "sh:PropertyShape", [*lines, f'sh:message "{told}."'])


def _leads_to(nodes: Nodes, goal: str) -> tuple[str, str]:
    """The constraint for what a property leads to, and the same in words."""
    if goal == KG + "Date":
        return "sh:or kgs:dates-1", "a date"
    if goal in _NODES:
        return "sh:nodeKind sh:IRI", ""
    if goal == RDFS + "Literal":
        return "sh:nodeKind sh:Literal", ""
    if goal.startswith(XSD):
        words = {"string": "a text", "integer": "a whole number", "decimal": "a number", "boolean": "true or false"}
        return f"sh:datatype {_short(goal)}", words.get(goal.removeprefix(XSD), "a date")
    return f"sh:class {_short(goal)}", _article(_label(nodes, local(goal))).lower()


def relation_shapes(relations: Iterable[Relation]) -> Iterator[str]:
    """Domain and range of relations, checked on the plain triples."""
    for r in relations:
        iri = f"kg:{r.name}" if "://" not in r.name else f"<{r.name}>"
        name = f"kgs:{r.name}" if "://" not in r.name else f"<{r.name}-shape>"
        value = f"{name[:-1]}-value>" if name.endswith(">") else f"{name}-value"
        label = r.label.replace("\\", "\\\\").replace('"', '\\"')
        told = f'sh:message "“{label}” leads from {_any_of(r.domain)} to {_any_of(r.range)}."'
        yield _block(
            name,
            "sh:NodeShape",
            [f"sh:targetSubjectsOf {iri}", f"sh:class {_class(r.domain)}", f"sh:property {value}", told],
        )
        if "Date" in r.range:
            goal = "sh:or kgs:dates-1"
        elif "Number" in r.range:
            goal = "sh:datatype xsd:decimal"
        else:
            goal = f"sh:class {_class(r.range)}"
        yield _block(value, "sh:PropertyShape", [f"sh:path {iri}", goal, told])


def _class(names: tuple[str, ...]) -> str:
    return "kg:Thing" if names == ("Any",) else "kg:" + "Or".join(names)


def _any_of(names: tuple[str, ...]) -> str:
    if names == ("Any",):
        return "anything that has a node"
    labels = [_label(ontology_nodes(), name) if name in (*TYPES, *SUBTYPES) else name.lower() for name in names]
    return " or ".join(_article(label).lower() for label in labels)


def _label(nodes: Nodes, name: str) -> str:
    node = nodes.get(name) or nodes.get(KG + name) or {}
    return node.get(RDFS + "label", [""])[0] or _words(_name(name))


def _words(name: str) -> str:
    return "".join(f" {c.lower()}" if c.isupper() else c for c in name)


def _article(label: str) -> str:
    return f"{'An' if label[0] in 'aeiou' else 'A'} {label}"


def _name(iri: str) -> str:
    return iri.rsplit("#", 1)[-1].rsplit("/", 1)[-1]


def _short(iri: str) -> str:
    for name, base in _PREFIXES.items():
        if iri.startswith(base):
            return f"{name}:{iri.removeprefix(base)}"
    return f"<{iri}>"


def _block(subject: str, kind: str, lines: Iterable[str]) -> str:
    return f"{subject} a {kind}" + "".join(f" ;\n    {line}" for line in lines) + " .\n"
