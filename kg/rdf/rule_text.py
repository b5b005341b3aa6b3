"""Which rules are plain, told from their text.

A plain rule concludes one node without a name, ``[]``, from triples with fixed predicates, ``VALUES`` of one variable,
``FILTER`` without ``EXISTS``, and ``FILTER NOT EXISTS`` of triples. Then whatever it concludes anew rests on a new
statement that a variable of its text stands for; anything else that is new can only keep it from concluding. In doubt
a rule is not plain.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import pyoxigraph as ox

from kg.ontology.source import KG, RDF
from kg.rdf.plain_rules import FRESH_VARIABLE, Named, Pattern, PlainRule, Relations
from kg.rdf.terms import PROV, node, prefixes

_TYPE, _RELATION, _DERIVED = node(RDF + "type"), node(RDF + "predicate"), node(PROV + "wasDerivedFrom")
_PARTS = (node(RDF + "subject"), _RELATION, node(RDF + "object"))
_OF_STATEMENTS = {*_PARTS, node(KG + "polarity"), node(KG + "modality")}
"""All that is said of a conclusion when it becomes a premise: no other predicate finds one."""

_TOKEN = re.compile(
    r"""(?: \s | \#[^\n\r]* )* (?:
    (?P<iri> <[^<>"{}|^`\s]*> )
    | (?P<variable> [?$]\w+ )
    | (?P<name> (?:[A-Za-z][\w-]*)? : (?:[\w:-]|\.(?=[\w:-]))* )
    | (?P<literal> (?: "[^"\n\r]*" | '[^'\n\r]*' ) (?: @[\w-]+ | \^\^(?:<[^<>\s]*>|[\w-]*:[\w-]+) )?
        | \d+ | true\b | false\b )
    | (?P<word> \w+ )
    | (?P<mark> \S )
    | \Z )""",
    re.VERBOSE,
)
_SUBJECTS = ("iri", "variable", "name")


def plain(rule: str) -> PlainRule | None:
    """What the rule concludes and reads, or None if it is not plain."""
    if any(part in rule for part in ("\\", '"""', "'''", FRESH_VARIABLE)):
        return None
    try:
        return _Reader(rule).rule()
    except (_OtherError, ValueError):
        return None


class _OtherError(Exception):
    """The text is not that of a plain rule."""


class _Reader:
    """Goes once through the text; what is no SPARQL the store will tell."""

    def __init__(self, query: str) -> None:
        self.query = query
        self.tokens = [token for token in _TOKEN.finditer(query) if token.lastgroup]
        self.at = 0
        self.names = prefixes()
        self.values: dict[ox.Variable, list[Named | None]] = {}

    def rule(self) -> PlainRule:
        while self.has("PREFIX"):
            name, iri = self.next()[0], self.next()[0]
            self.names[name.removesuffix(":")] = iri.strip("<>")
        self.need("CONSTRUCT")
        start = self.tokens[self.at - 1].start("word")
        self.need("{", "[", "]")
        parts, derived = self.read_conclusion()
        self.need("}")
        self.has("WHERE")
        self.need("{")
        body = self.tokens[self.at - 1].end()
        stated, denied = self.read_conditions()
        premises = self.statements(stated)
        excluded: dict[ox.Variable, Relations] = {}
        for patterns in denied:
            for variable, relations in self.statements(patterns).items():
                if variable not in premises:
                    excluded[variable] = None if variable in excluded else relations
        bound = {*self.values, *(end for p in stated for end in (p.subject, p.object))}
        concluded = {term for term in (*parts, *derived) if isinstance(term, ox.Variable)}
        if not concluded or not concluded <= bound or any(pattern.subject in excluded for pattern in stated):
            raise _OtherError
        every = (*stated, *(pattern for patterns in denied for pattern in patterns))
        return PlainRule(parts, derived, every, premises, excluded, self.query[:start], self.query[body:])

    def statements(self, patterns: Sequence[Pattern]) -> dict[ox.Variable, Relations]:
        """The variables that a conclusion may stand for, and the relations that these conditions leave them."""
        found: dict[ox.Variable, Relations] = {}
        for pattern in patterns:
            if isinstance(pattern.subject, ox.Variable) and pattern.predicate in _OF_STATEMENTS:
                found.setdefault(pattern.subject, None)
                if pattern.predicate == _RELATION:
                    goal = pattern.object
                    values = self.values.get(goal, []) if isinstance(goal, ox.Variable) else [goal]
                    named = frozenset(value for value in values if isinstance(value, ox.NamedNode))
                    found[pattern.subject] = named if named and named.issuperset(values) else None
        return found

    def read_conclusion(self) -> tuple[tuple[Named, ...], tuple[Named, ...]]:
        said: dict[ox.NamedNode, list[Named]] = {}
        for predicate, goal in self.read_predicates():
            if goal is None:
                raise _OtherError
            said.setdefault(predicate, []).append(goal)
        self.has(".")
        parts = [said.get(part, []) for part in _PARTS]
        if any(len(part) != 1 for part in parts) or _DERIVED not in said:
            raise _OtherError
        return tuple(part[0] for part in parts), tuple(said[_DERIVED])

    def read_conditions(self) -> tuple[list[Pattern], list[list[Pattern]]]:
        """What is to be there, and for each NOT EXISTS what is not."""
        stated: list[Pattern] = []
        denied: list[list[Pattern]] = []
        while not self.has("}"):
            if self.has("VALUES"):
                self.read_values()
            elif not self.has("FILTER"):
                stated += self.read_triples()
            elif self.has("NOT"):
                self.need("EXISTS", "{")
                denied.append(self.read_triples())
                self.need("}")
            else:
                self.read_filter()
            self.has(".")
        if self.at != len(self.tokens):
            raise _OtherError
        return stated, denied

    def read_values(self) -> None:
        variable = self.term()
        self.need("{")
        if not isinstance(variable, ox.Variable):
            raise _OtherError
        values = self.values.setdefault(variable, [])
        while not self.has("}"):
            values.append(self.term())

    def read_filter(self) -> None:
        if self.kind() == "word":
            self.next()
        self.need("(")
        depth = 1
        while depth:
            text, kind = self.next()
            if text in ("{", "}") or (kind == "word" and text.upper() == "EXISTS"):
                raise _OtherError
            depth += {"(": 1, ")": -1}.get(text, 0)

    def read_triples(self) -> list[Pattern]:
        found: list[Pattern] = []
        while not found or (self.has(".") and self.kind() in _SUBJECTS):
            subject = self.term()
            if subject is None:
                raise _OtherError
            found += [Pattern(subject, predicate, goal) for predicate, goal in self.read_predicates()]
        return found

    def read_predicates(self) -> list[tuple[ox.NamedNode, Named | None]]:
        found: list[tuple[ox.NamedNode, Named | None]] = []
        while not found or self.has(";"):
            predicate = _TYPE if self.has("a") else self.term()
            if not isinstance(predicate, ox.NamedNode):
                raise _OtherError
            found.append((predicate, self.term()))
            while self.has(","):
                found.append((predicate, self.term()))
        return found

    def term(self) -> Named | None:
        text, kind = self.next()
        name, _, rest = text.partition(":")
        if kind == "iri":
            return node(text[1:-1])
        if kind == "variable":
            return ox.Variable(text[1:])
        if kind == "name" and name in self.names:
            return node(self.names[name] + rest)
        if kind == "literal":
            return None
        raise _OtherError

    def has(self, word: str) -> bool:
        """Whether this comes next; then it is stepped over. A keyword in capitals may be written in any case."""
        if self.at == len(self.tokens):
            return False
        text, kind = self.next()
        if text == word or (kind == "word" and word.isupper() and text.upper() == word):
            return True
        self.at -= 1
        return False

    def need(self, *words: str) -> None:
        if not all(self.has(word) for word in words):
            raise _OtherError

    def kind(self) -> str | None:
        return self.tokens[self.at].lastgroup if self.at < len(self.tokens) else None

    def next(self) -> tuple[str, str]:
        kind = self.kind()
        if kind is None:
            raise _OtherError
        self.at += 1
        return self.tokens[self.at - 1][kind], kind
