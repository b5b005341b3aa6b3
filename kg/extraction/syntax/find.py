"""The one function of this package: all relations that the syntax of a document states."""

from __future__ import annotations

from spacy.tokens import Doc

from kg.extraction.mentions import Candidate, MentionTable
from kg.extraction.syntax.adjacent import match_day, match_following, match_ground, match_hyphen
from kg.extraction.syntax.arguments import Arguments
from kg.extraction.syntax.attributes import match_modifiers, match_nationality, match_predicate_phrase, match_religion
from kg.extraction.syntax.emit import Collector
from kg.extraction.syntax.events import match_event, match_verb
from kg.extraction.syntax.inner_country import match_inner_countries
from kg.extraction.syntax.opened import match_open
from kg.extraction.syntax.paths import Reader
from kg.extraction.syntax.predications import Grammar
from kg.extraction.syntax.roles import RoleReader
from kg.extraction.syntax.rules import rule_table


def find_relations(doc: Doc, table: MentionTable) -> list[Candidate]:
    """Relations between mentions of one parsed document, in text order of their triggers, each once.

    Args:
        doc: tokens with heads, dependency labels (Universal Dependencies or ClearNLP), parts of speech and lemmas.
        table: the mentions of the same document.

    Returns:
        Candidates with a relation of the vocabulary, or ``open:<lemma phrase>`` with the rule name ``open``.
        Whether what they say is denied, planned or only reported is not judged here.
    """
    if len(doc) == 0 or not table.mentions:
        return []
    tree = Grammar(doc)
    tree.mend(
        [(m.start, m.end) for m in table.mentions if m.kind == "name" and m.type != "Date"],
        [(m.start, m.end) for m in table.mentions if m.type == "Date"],
    )
    arguments = Arguments(tree, table)
    rules = rule_table()
    reader, out = Reader(tree, arguments), Collector(arguments, rules.own)
    roles = RoleReader(reader, rules, out)
    predicates: list[int] = []
    for token, pos in enumerate(tree.pos):
        mention = arguments.heads[token]
        if mention is not None:
            match_modifiers(mention, token, reader, rules, out)
            if mention.kind == "name" or mention.type == "Event":
                match_following(mention, token, reader, rules, out)
            if mention.type == "Event":
                match_day(mention, token, reader, rules, out)
            if mention.type in {"Group", "Place"}:
                match_nationality(mention, token, reader, rules, out)
            if mention.type == "Person":
                match_religion(mention, token, reader, rules, out)
        if pos == "NOUN":
            match_ground(token, reader, rules, out)
        if token and tree.low[token - 1] == "-":
            match_hyphen(token, reader, rules, out)
        if pos == "VERB":
            match_verb(token, reader, rules, out)
            predicates.append(token)
        elif pos in {"NOUN", "PROPN"}:
            match_event(token, reader, rules, out)
            roles.match(token)
            match_predicate_phrase(token, reader, rules, out)
            predicates.append(token)
        elif pos in {"ADJ", "AUX"}:
            match_verb(token, reader, rules, out)
            roles.match(token)
            predicates.append(token)
    match_inner_countries(table, out)
    for token in predicates:
        for candidate in match_open(token, reader, out):
            out.put(candidate)
    return out.sorted()
