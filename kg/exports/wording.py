"""How statements are put to a human reader: relation names as words, and what keeps a statement from being a fact."""

from __future__ import annotations

import re

from kg.graph import KnowledgeGraph
from kg.records import Statement

OPEN = "open:"


def relation_words(relation: str) -> str:
    """``headOfState`` as "head of state", ``open:pay tribute to`` as "pay tribute to"; of an IRI its last part."""
    if relation.startswith(OPEN):
        return relation[len(OPEN) :]
    if "://" in relation:
        relation = re.split("[/#]", relation.rstrip("/#"))[-1]
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", relation).lower()


def marks(statement: Statement) -> tuple[str, ...]:
    """Why it is no plain fact: ``denied``, ``possible`` or ``planned``, ``claimed``; empty where it is one."""
    found = ["denied"] if statement.polarity == "negated" else []
    if statement.modality != "fact":
        found.append(statement.modality)
    if statement.attribution is not None:
        found.append("claimed")
    return tuple(found)


def object_words(graph: KnowledgeGraph, statement: Statement) -> str:
    """The name of its object, or the literal's lexical form."""
    if statement.object is not None:
        return graph.entity_by_id[statement.object].name
    return statement.value.lexical if statement.value else ""


# fmt: off
_EDGES = frozenset((
    "acl", "advcl", "advmod", "amod", "appos", "aux", "case", "ccomp", "clause", "compound", "conj", "content", "cop",
    "csubj", "dep", "det", "iobj", "ing", "mark", "mod", "nmod", "nsubj", "obj", "obl", "parataxis", "pred", "subj",
    "to", "xcomp",
))
# fmt: on
_ALONE = {"quoted": "it stands in quotation marks", "claimed by nobody named": "claimed by nobody named"}


def reason_words(reason: str) -> str:
    """A reason of a claim for a reader: ``ccomp deny`` as “deny”, ``read as claimed`` as it is."""
    if reason in _ALONE or " as " in reason or reason.startswith("dated"):
        return _ALONE.get(reason, reason)
    words = reason.split()
    if len(words) > 1 and words[0].split(":")[0] in _EDGES:
        words = words[1:]
    return f"“{' '.join(words)}”"


def in_words(graph: KnowledgeGraph, statement: Statement) -> str:
    """``Mira Olsten leads Harbour Authority (denied)``."""
    told = marks(statement)
    subject = graph.entity_by_id[statement.subject].name
    words = f"{subject} {relation_words(statement.relation)} {object_words(graph, statement)}"
    return f"{words} ({', '.join(told)})" if told else words
