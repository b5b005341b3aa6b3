"""The table ``relations.tsv`` of this package: one row a rule, read once.

Columns: ``name``, ``relation``, ``kind`` (verb, event, role, noun, prep, poss, adj, title, appos, hyphen), ``triggers``
(lemmas, ``_`` joins a verb and its particle or noun, or the words of a role), ``subject`` and ``object`` (paths),
``types`` (``Person|Place>Organization.MilitaryUnit``, where the rule is narrower than the vocabulary; ``.X`` asks for a
known subtype, ``.-`` for an unknown one), ``voice`` (any, active, passive), ``conditions``, ``score``, ``example``,
``triple``.

Paths from a verb:  ``subj`` and ``obj`` are who does it and to whom it is done, whatever the voice; ``recv`` the
indirect object; ``obl:with|to`` a prepositional phrase (``~`` none); ``compound`` the first half of "Berlin-based".
Paths from a noun:  ``poss``, ``by``, ``adj`` (a name or adjective of country before it), ``actor`` (all of these, or
the subject of "launch an attack"), ``nmod:of|on``; from a role or relational noun also ``holder`` (of whom it is said)
and ``body`` (what it is of). ``a/b`` tries a, and b where a finds nothing. The same path twice means each with each.

Conditions: ``obj`` asks for it, ``!obj`` forbids it, ``obj=deal|pact`` and ``!obj=...`` speak of its lemma.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path as FilePath
from typing import Literal

from kg.errors import BadOntology
from kg.extraction.mentions import TokenMention
from kg.ontology.extension import current, read_extension, using
from kg.ontology.source import Relation

Kind = Literal["verb", "event", "role", "noun", "prep", "poss", "adj", "title", "appos", "hyphen"]
Path = tuple[tuple[str, frozenset[str]], ...]


@dataclass(frozen=True, slots=True)
class Types:
    """Types that a rule allows at one end; empty means any."""

    allowed: frozenset[str] = frozenset()
    subtypes: frozenset[tuple[str, str]] = frozenset()

    def __contains__(self, mention: object) -> bool:
        if not isinstance(mention, TokenMention):
            return False
        if not self.allowed and not self.subtypes:
            return True
        return mention.type in self.allowed or (mention.type, mention.subtype or "-") in self.subtypes


@dataclass(frozen=True, slots=True)
class Condition:
    """Something that must, or must not (``forbidden``), hang on the trigger; without lemmas any filler counts."""

    path: Path
    lemmas: frozenset[str]
    forbidden: bool


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the table."""

    name: str
    relation: str
    kind: str
    triggers: tuple[tuple[str, ...], ...]
    subject: Path
    object: Path
    subject_types: Types
    object_types: Types
    voice: str
    conditions: tuple[Condition, ...]
    score: float
    example: str = ""
    triple: str = ""

    @property
    def reciprocal(self) -> bool:
        """Whether both ends lie on one path, so that each conjunct is related to each."""
        return self.subject == self.object


@dataclass(frozen=True, slots=True)
class RuleTable:
    """All rules, and for each kind the rules by the first word of a trigger, longest triggers first."""

    rules: tuple[Rule, ...]
    index: dict[str, dict[str, tuple[tuple[tuple[str, ...], Rule], ...]]]
    own: Mapping[str, Relation] = field(default_factory=dict)
    """Relations of the extension in use, by name."""

    def of(self, kind: str, lemma: str) -> tuple[tuple[tuple[str, ...], Rule], ...]:
        """(trigger, rule) pairs of a kind whose key word is this lemma."""
        return self.index.get(kind, {}).get(lemma, ())


@cache
def packaged_rules() -> RuleTable:
    """The packaged table."""
    return parse_rules(_packaged())


def rule_table() -> RuleTable:
    """The packaged table, and after it the rows of the extension in use, if there is one (`kg.ontology.extension`).

    Raises `BadOntology` where a row of the extension cannot be read.
    """
    extension = current()
    return packaged_rules() if extension is None else _extended(extension.path, extension.digest)


@contextmanager
def extended(path: FilePath | None) -> Iterator[None]:
    """Use an extension until the block ends (`kg.ontology.extension.using`), after a look at all its rows.

    Raises `BadOntology`.
    """
    with using(path) as extension:
        if extension is not None:
            rule_table()
        yield


@lru_cache(maxsize=8)
def _extended(path: FilePath, digest: str) -> RuleTable:
    extension = read_extension(path)
    table = _packaged()
    if extension.rules:
        head, _, rows = extension.rules.partition("\n")
        columns, first = head.split("\t"), next(line for line in table.splitlines() if line.startswith("name\t"))
        at = [columns.index(name) if name in columns else len(columns) for name in first.split("\t")]
        for row in rows.splitlines():
            cells = [*row.split("\t"), ""]
            table += "\n" + "\t".join(cells[n] for n in at)
    try:
        return replace(parse_rules(table), own=extension.relations)
    except ValueError as error:
        where = str(path.with_suffix(".tsv"))
        raise BadOntology(str(error), where=where, remedy="docs/rules.md tells what a row holds.") from error


def _packaged() -> str:
    return files("kg.extraction.syntax").joinpath("relations.tsv").read_text(encoding="utf-8")


def parse_rules(text: str) -> RuleTable:
    """Read a table of rules. Lines that start with ``#`` are comments.

    Raises:
        ValueError: a row has too few columns, or a column that cannot be read; the message names the row.
    """
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    columns = lines[0].split("\t")
    rules = tuple(_rule(dict(zip(columns, line.split("\t"), strict=False))) for line in lines[1:])
    index: dict[str, dict[str, list[tuple[tuple[str, ...], Rule]]]] = {}
    for rule in rules:
        for trigger in rule.triggers:
            # a verb is looked up by its first word, a role by its head word: "take over", "prime minister"
            key = trigger[0] if rule.kind in {"verb", "event", "prep"} else role_head(trigger)
            index.setdefault(rule.kind, {}).setdefault(key, []).append((trigger, rule))
    frozen = {
        kind: {key: tuple(sorted(found, key=lambda pair: -len(pair[0]))) for key, found in table.items()}
        for kind, table in index.items()
    }
    return RuleTable(rules, frozen)


def role_head(trigger: tuple[str, ...]) -> str:
    """The word that heads a role of several words: "chief" of "chief of staff", "minister" of "prime minister"."""
    for i, word in enumerate(trigger):
        if word in {"of", "in"} and i:
            return trigger[i - 1]
    return trigger[-1]


def _rule(row: dict[str, str]) -> Rule:
    try:
        subject_types, _, object_types = row["types"].partition(">")
        return Rule(
            name=row["name"],
            relation=row["relation"],
            kind=row["kind"],
            triggers=tuple(tuple(t.split("_")) if row["kind"] != "prep" else (t.replace("_", " "),)
                           for t in row["triggers"].split()),
            subject=parse_path(row["subject"]),
            object=parse_path(row["object"]),
            subject_types=_types(subject_types),
            object_types=_types(object_types),
            voice=row["voice"] or "any",
            conditions=tuple(_condition(c) for c in row["conditions"].split()),
            score=float(row["score"]),
            example=row.get("example", ""),
            triple=row.get("triple", ""),
        )  # fmt: skip
    except (KeyError, ValueError) as error:
        raise ValueError(f"rule {row.get('name', '?')!r}: {error!r}") from error


@cache
def parse_path(text: str) -> Path:
    """``"obl:with|to/obj"`` -> ((("obl", {"with", "to"}), ("obj", {})); ``_`` in a preposition is a blank."""
    out: list[tuple[str, frozenset[str]]] = []
    for part in text.split("/"):
        name, _, words = part.partition(":")
        fillers = {"" if w == "~" else w.replace("_", " ") for w in words.split("|")} if words else set()
        out.append((name, frozenset(fillers)))
    return tuple(out)


def _condition(text: str) -> Condition:
    forbidden = text.startswith("!")
    path, _, lemmas = text.removeprefix("!").partition("=")
    return Condition(parse_path(path), frozenset(lemmas.split("|")) - {""}, forbidden)


def _types(text: str) -> Types:
    parts = [p for p in text.split("|") if p]
    return Types(
        frozenset(p for p in parts if "." not in p),
        frozenset((p.partition(".")[0], p.partition(".")[2]) for p in parts if "." in p),
    )
