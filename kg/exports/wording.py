"""How statements are put to a human reader: relation names as words, and what keeps a statement from being a fact."""

from __future__ import annotations

import re

from kg.graph import KnowledgeGraph
from kg.records import Statement

OPEN = "open:"


def relation_words(relation: str) -> str:
    """``headOfState`` as "head of state", ``open:pay tribute to`` as "pay tribute to"."""
    if relation.startswith(OPEN):
        return relation[len(OPEN) :]
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


def in_words(graph: KnowledgeGraph, statement: Statement) -> str:
    """``Mira Olsten leads Harbour Authority (denied)``."""
    told = marks(statement)
    subject = graph.entity_by_id[statement.subject].name
    words = f"{subject} {relation_words(statement.relation)} {object_words(graph, statement)}"
    return f"{words} ({', '.join(told)})" if told else words
