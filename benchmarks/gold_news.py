"""A graph of one news document against what is marked in it: entities by name, relations by both ends.

An entity is right if one of its names is a name or description of a marked one; of two for one marked entity the
second is wrong. A relation is right if its ends are those of a marked one and the relation is the same, inverses and
symmetric ones folded, or entails it; so is a wider one that a marked fact carries (`training.rulings`). Asked for are
facts that the text states outright; one that it only implies is right if found; one that it merely claims is neither;
one that it denies, plans or holds possible is wrong as a fact.
Dates and posts are ends of relations, but not counted as entities.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from benchmarks.measures import Counts
from kg.graph import KnowledgeGraph
from kg.ontology.vocabulary import RELATIONS
from kg.records import Entity, Statement
from training.annotated import Key, MarkedDocument, MarkedFact, key_of
from training.rulings import wider

NOT_COUNTED = frozenset({"Date", "Position"})
NO_FACT = frozenset({"planned", "possible", "negated", "claimed"})


def folded(name: str) -> str:
    """A name without case, accents of compatibility, possessive, article and punctuation."""
    name = unicodedata.normalize("NFKC", name).casefold()
    name = re.sub(r"[’']s\b", "", name).strip()
    name = re.sub(r"^(?:the|an?)\s+", "", name)
    return re.sub(r"\W+", " ", name).strip()


@dataclass(frozen=True)
class Gold:
    """``by_name``: folded name -> marked entities; ``counted``: those looked for; facts by key."""

    by_name: Mapping[str, tuple[str, ...]]
    counted: frozenset[str]
    facts: Mapping[Key, MarkedFact]
    asked: frozenset[Key]
    claimed: frozenset[Key]

    @classmethod
    def of(cls, doc: MarkedDocument) -> Gold:
        """From a marked document."""
        names: dict[str, set[str]] = defaultdict(set)
        for key, (_, _, name) in doc.entities.items():
            names[folded(name)].add(key)
        for m in doc.mentions:
            if m.kind != "pronoun":
                names[folded(doc.text[m.start : m.end])].add(m.entity)
        keyed = [(key_of(f.subject, f.relation, f.object), f) for f in doc.facts]
        facts: dict[Key, MarkedFact] = {}
        for fact_key, fact in keyed:
            # said outright once is said outright
            if not fact.flags & NO_FACT and (fact_key not in facts or "implied" in facts[fact_key].flags):
                facts[fact_key] = fact
        for fact_key, fact in list(facts.items()):
            for also in wider(fact_key, doc.entities):
                facts.setdefault(also, replace(fact, flags=fact.flags | {"implied"}))
        return cls(
            {name: tuple(sorted(keys)) for name, keys in names.items()},
            frozenset(key for key, (kind, _, _) in doc.entities.items() if kind not in NOT_COUNTED),
            facts,
            frozenset(fact_key for fact_key, fact in facts.items() if "implied" not in fact.flags),
            frozenset(fact_key for fact_key, fact in keyed if "claimed" in fact.flags),
        )

    def entity(self, names: Iterable[str]) -> str | None:
        """The marked entity that one of the names means, the first name first."""
        return next((self.by_name[f][0] for name in names if (f := folded(name)) in self.by_name), None)

    def fact(self, subject: str, relation: str, obj: str) -> Key:
        """The key of what is stated; that of a marked fact that it entails, if only this is marked."""
        key = key_of(subject, relation, obj)
        broader = RELATIONS[relation].narrower_of
        if key not in self.facts and broader is not None:
            entailed = key_of(subject, broader, obj)
            return entailed if entailed in self.facts else key
        return key


@dataclass(frozen=True)
class Comparison:
    """What is right and wrong in one document. ``wrong`` holds statements as they are in the graph."""

    entities: Counts
    relations: Counts
    wrong: tuple[Statement, ...]
    missed: tuple[MarkedFact, ...]
    spurious: tuple[str, ...]
    unfound: tuple[str, ...]


def compare(graph: KnowledgeGraph, doc: MarkedDocument) -> Comparison:
    """Compare the graph of one document alone with its marks."""
    gold = Gold.of(doc)
    meant = {e.id: gold.entity(_names(e)) for e in graph.entities}
    counted = [e for e in graph.entities if e.type not in NOT_COUNTED]
    spurious = [e.name for e in counted if meant[e.id] is None]
    # one that is marked as a date or a post is neither looked for nor wrong
    hits = [key for e in counted if (key := meant[e.id]) in gold.counted]
    found = gold.counted & set(hits)
    stated: dict[Key, Statement] = {}
    for s in graph.statements:
        if s.plain and s.relation in RELATIONS:
            subject = meant[s.subject] or f"entity:{s.subject}"
            obj = _object(s, gold, meant)
            if subject != obj:
                stated.setdefault(gold.fact(subject, s.relation, obj), s)
    said = stated.keys() - gold.claimed
    right = said & gold.facts.keys()
    return Comparison(
        Counts(len(found), len(hits) + len(spurious), len(gold.counted)),
        Counts(len(right), len(said), len(gold.asked), len(right & gold.asked)),
        tuple(stated[key] for key in sorted(said - right)),
        tuple(gold.facts[key] for key in sorted(gold.asked - right)),
        tuple(spurious),
        tuple(sorted(doc.entities[key][2] for key in gold.counted - found)),
    )


def _names(entity: Entity) -> list[str]:
    """The name it is called by, then the others, the longest first."""
    return [entity.name, *sorted(entity.names, key=lambda name: (-len(name), name))]


def _object(statement: Statement, gold: Gold, meant: Mapping[str, str | None]) -> str:
    if statement.object is not None:
        return meant[statement.object] or f"entity:{statement.object}"
    assert statement.value is not None, "a statement has an object or a value"
    return gold.entity([statement.value.lexical]) or f"value:{statement.value.lexical}"
