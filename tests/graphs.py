"""Graphs to test with: a small one built from two invented articles, and Hypothesis strategies for wild ones."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date

from hypothesis import strategies as st

from kg.graph import KnowledgeGraph
from kg.records import (
    Claim,
    Document,
    Ending,
    Entity,
    Evidence,
    Mention,
    Modality,
    Polarity,
    Span,
    Statement,
    TimeSpan,
    Value,
    claim_order,
)


@dataclass(frozen=True)
class Thing:
    """An entity as a test writes it: preferred name, type, other names, subtype."""

    name: str
    type: str
    others: tuple[str, ...] = ()
    subtype: str | None = None

    @property
    def id(self) -> str:
        return _hash(self.name, 12)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(sorted({self.name, *self.others}))


@dataclass(frozen=True)
class Fact:
    """A claim as a test writes it; ``quote`` is part of the sentence that says so."""

    subject: Thing
    relation: str
    object: Thing | Value
    quote: str
    polarity: Polarity = "asserted"
    modality: Modality = "fact"
    by: Thing | None = None  # who alone claims it
    time: TimeSpan = field(default_factory=TimeSpan)
    confidence: float = 0.9
    extractor: str = "syntax:test"


@dataclass(frozen=True)
class Article:
    """One source and the facts a reader finds in it."""

    source: str
    title: str
    published: date | None
    text: str
    facts: tuple[Fact, ...]

    @property
    def document(self) -> Document:
        return Document.of(self.text, self.source, self.title, self.published)


def _hash(text: str, digits: int) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:digits]


def _sentence(text: str, quote: str) -> Evidence:
    at = text.index(quote)
    start = max(text.rfind(stop, 0, at) + len(stop) for stop in (". ", "\n")) if ". " in text[:at] else 0
    end = text.find(".", at + len(quote) - 1) + 1
    return Evidence(start, end, text[start:end], (Span(at, at + len(quote)),))


def graph_of(things: tuple[Thing, ...], articles: tuple[Article, ...]) -> KnowledgeGraph:
    """The graph that a careful reader would build of these articles; every occurrence of a name is a mention."""
    mentions: dict[Thing, list[tuple[str, Mention]]] = defaultdict(list)
    stated: dict[tuple[object, ...], list[tuple[str, Claim]]] = defaultdict(list)
    facts: dict[tuple[object, ...], Fact] = {}
    for article in articles:
        document = article.document
        cluster: dict[Thing, str] = {}
        first: dict[Thing, Span] = {}
        for thing in things:
            taken: list[Span] = []
            for name in sorted(thing.names, key=len, reverse=True):
                at = article.text.find(name)
                while at >= 0:
                    span = Span(at, at + len(name))
                    if not any(t.start < span.end and span.start < t.end for t in taken):
                        taken.append(span)
                    at = article.text.find(name, at + 1)
            if taken:
                cluster[thing] = f"e{len(cluster) + 1}"
                first[thing] = min(taken)
            for span in sorted(taken):
                words = article.text[span.start : span.end]
                mentions[thing].append((document.id, Mention(*_ends(span), words, thing.type, cluster[thing])))
        for fact in article.facts:
            goal = fact.object
            key = (fact.subject.id, fact.relation, goal.id if isinstance(goal, Thing) else goal.lexical)
            key += (fact.polarity, fact.modality, fact.by and fact.by.id)
            facts.setdefault(key, fact)
            claim = Claim(
                subject=cluster[fact.subject],
                relation=fact.relation,
                object=cluster[goal] if isinstance(goal, Thing) else None,
                value=None if isinstance(goal, Thing) else goal,
                evidence=_sentence(article.text, fact.quote),
                subject_mention=first[fact.subject],
                object_mention=first[goal] if isinstance(goal, Thing) else None,
                polarity=fact.polarity,
                modality=fact.modality,
                attribution=cluster[fact.by] if fact.by else None,
                contested=fact.by is not None,
                time=fact.time,
                confidence=fact.confidence,
                extractor=fact.extractor,
            )
            stated[key].append((document.id, claim))
    statements = []
    for key, fact in facts.items():
        claims = tuple(sorted(stated[key], key=claim_order))
        statements.append(
            Statement(
                id=_hash(repr(key), 16),
                subject=fact.subject.id,
                relation=fact.relation,
                object=fact.object.id if isinstance(fact.object, Thing) else None,
                value=None if isinstance(fact.object, Thing) else fact.object,
                polarity=fact.polarity,
                modality=fact.modality,
                attribution=fact.by.id if fact.by else None,
                time=fact.time,
                confidence=max(claim.confidence for _, claim in claims),
                documents=len({document for document, _ in claims}),
                claims=claims,
                contested=fact.by is not None,
            )
        )
    entities = [
        Entity(t.id, t.name, t.type, t.names, t.subtype, tuple(sorted(mentions[t], key=_mention_order)))
        for t in things
        if t in mentions
    ]
    return KnowledgeGraph(
        tuple(sorted(entities, key=lambda e: e.id)),
        tuple(sorted(statements, key=lambda s: s.id)),
        tuple(sorted((a.document for a in articles), key=lambda d: d.id)),
    )


def _ends(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _mention_order(placed: tuple[str, Mention]) -> tuple[object, ...]:
    document, m = placed
    return (document, m.start, m.end, m.entity)


VARNHOLM = Thing("Varnholm", "Place", ("Varnish",), "Country")
ESSEL = Thing("Port Essel", "Place", subtype="City")
TAVLEN = Thing("Mira Tavlen", "Person", ("Tavlen", "Colonel Tavlen"))
QUIST = Thing("Oskar Quist", "Person", ("Quist",))
BRIGADE = Thing("Third River Brigade", "Organization", ("River Brigade",), "MilitaryUnit")
ARMY = Thing("Varnholm Army", "Organization", subtype="MilitaryUnit")
MINISTRY = Thing("Ministry of Defence", "Organization", subtype="GovernmentBody")
KESTREL = Thing("Kestrel Front", "Organization")
LINES = Thing("Brightwater Lines", "Organization", subtype="Company")
HOLDINGS = Thing("Larch Holdings", "Organization", subtype="Company")
SIEGE = Thing("Siege of Port Essel", "Event")
THINGS = (VARNHOLM, ESSEL, TAVLEN, QUIST, BRIGADE, ARMY, MINISTRY, KESTREL, LINES, HOLDINGS, SIEGE)


def _day(lexical: str, datatype: str, text: str) -> Value:
    return Value(lexical, datatype, text)


GAZETTE = Article(
    "gazette-17.txt",
    "A colonel for the river",
    date(2031, 3, 14),
    "Colonel Tavlen has commanded the Third River Brigade since May. "
    "Mira Tavlen, born in Port Essel, was named by Oskar Quist, who leads the Ministry of Defence. "
    "The brigade belongs to the Varnholm Army, which answers to the Ministry of Defence. "
    "Quist said the Kestrel Front attacked Port Essel. "
    "Tavlen did not visit Port Essel. "
    "Quist will visit Port Essel.",
    (
        Fact(TAVLEN, "commands", BRIGADE, "has commanded", time=TimeSpan("2030-05"), extractor="model+syntax:command"),
        Fact(TAVLEN, "bornIn", ESSEL, "born in"),
        Fact(QUIST, "appointed", TAVLEN, "was named by"),
        Fact(QUIST, "leads", MINISTRY, "who leads"),
        Fact(BRIGADE, "partOf", ARMY, "belongs to", confidence=0.75),
        Fact(ARMY, "subordinateTo", MINISTRY, "answers to"),
        Fact(KESTREL, "attacked", ESSEL, "attacked", by=QUIST, confidence=0.6),
        Fact(TAVLEN, "visited", ESSEL, "did not visit", polarity="negated"),
        Fact(QUIST, "visited", ESSEL, "will visit", modality="planned"),
    ),
)

LEDGER = Article(
    "ledger.html",
    'The "Ledger" on ships',
    date(2031, 4, 2),
    "Mira Tavlen commands the River Brigade. "
    "Brightwater Lines, owned by Larch Holdings, sued the Kestrel Front. "
    "Oskar Quist founded Larch Holdings. "
    "The Siege of Port Essel began in June 2031 in Port Essel. "
    "Brightwater Lines pays tribute to Varnholm.",
    (
        Fact(TAVLEN, "commands", BRIGADE, "commands", time=TimeSpan("2030-05"), extractor="model"),
        Fact(LINES, "ownedBy", HOLDINGS, "owned by"),
        Fact(LINES, "accused", KESTREL, "sued"),
        Fact(HOLDINGS, "foundedBy", QUIST, "founded"),
        Fact(SIEGE, "startedOn", _day("2031-06", "gYearMonth", "June 2031"), "began in June"),
        Fact(SIEGE, "occurredIn", ESSEL, "in Port Essel."),
        Fact(LINES, "open:pay tribute to", VARNHOLM, "pays tribute to"),
    ),
)


def small() -> KnowledgeGraph:
    """Two invented articles: sixteen claims in fifteen statements; facts, a denial, a plan, a reported claim."""
    return graph_of(THINGS, (GAZETTE, LEDGER))


# --- strategies -------------------------------------------------------------------------------------------------

NASTY = (
    "",
    " ",
    '"',
    "'''",
    "\\",
    "a\nb\r\tc",
    "<b>&amp;",
    "مرحبا",
    "\u202eevil",
    "👩‍🚀",
    "\x00",
    "\ud800",
    "@en",
    "e\u0301",
    "a\x0bb",
)


def texts(max_size: int = 30) -> st.SearchStrategy[str]:
    """Any text at all, lone surrogates and control characters among it."""
    return st.one_of(st.sampled_from(NASTY), st.text(st.characters(exclude_categories=()), max_size=max_size))


def names(max_size: int = 30) -> st.SearchStrategy[str]:
    """Any text that is not empty: the name of something."""
    return texts(max_size).filter(bool)


def _typed(types: tuple[str, ...]) -> st.SearchStrategy[str]:
    return st.sampled_from(types)


_TYPES = ("Person", "Organization", "Place", "Facility", "Event", "Work", "Product", "Award", "Group", "Language")
_SUBTYPES = {"Organization": "Company", "Place": "City"}
_RELATIONS = (
    "commands",
    "spouseOf",
    "capital",
    "father",
    "series",
    "open:pay tribute to",
    "open:Läutet's an",
    "open:x",
)
_CONFIDENCE = st.floats(0, 1).map(lambda x: round(x, 4))
_TIMES = st.sampled_from((None, "2030", "2030-05", "2030-05-07", "--05", "-0044-03-15", "2030-05-07T12:00:00"))
_VALUES = st.sampled_from((Value("2031-06", "gYearMonth", "June"), Value("--07", "gMonth", 'in "July"\n')))


@st.composite
def graphs(draw: st.DrawFn, max_entities: int = 5, max_statements: int = 5) -> KnowledgeGraph:
    """Well-formed graphs with names and texts as wild as Unicode allows; entities without statements too."""
    found = draw(st.lists(st.tuples(names(), texts(60)), min_size=1, max_size=3, unique_by=lambda d: d[0]))
    published = st.none() | st.dates()
    documents = [Document.of(t, s, draw(st.none() | texts()), draw(published)) for s, t in found]
    entities = []
    for number in range(draw(st.integers(1, max_entities))):
        type_ = draw(_typed(_TYPES))
        named = draw(st.lists(names(), min_size=1, max_size=3))
        spans = draw(st.lists(st.tuples(st.sampled_from(documents), st.integers(0, 50)), max_size=3, unique=True))
        mentions = [
            (d.id, Mention(at, at + 3, draw(texts(5)), draw(_typed(_TYPES)), f"e{number}", draw(_KINDS)))
            for d, at in spans
        ]
        subtype = draw(st.none() | st.just(_SUBTYPES[type_])) if type_ in _SUBTYPES else None
        every = tuple(sorted(set(named)))
        placed = tuple(sorted(mentions, key=_mention_order))
        entities.append(Entity(_hash(f"{number}", 12), named[0], type_, every, subtype, placed))
    statements = {}
    for _ in range(draw(st.integers(0, max_statements))):
        statement = _statement(draw, entities, documents)
        statements[statement.id] = statement
    return KnowledgeGraph(
        tuple(sorted(entities, key=lambda e: e.id)),
        tuple(statements[key] for key in sorted(statements)),
        tuple(sorted(documents, key=lambda d: d.id)),
    )


_KINDS = st.sampled_from(("name", "nominal", "pronoun"))


def _statement(draw: st.DrawFn, entities: list[Entity], documents: list[Document]) -> Statement:
    one = st.sampled_from(entities)
    subject, goal, by = draw(one).id, draw(st.none() | one), draw(st.none() | one)
    value = draw(_VALUES) if goal is None else None
    relation = "birthDate" if value else draw(st.sampled_from(_RELATIONS))
    polarity = draw(st.sampled_from(("asserted", "negated")))
    modality = draw(st.sampled_from(("fact", "possible", "planned")))
    contested = by is not None and draw(st.booleans())
    time = TimeSpan(draw(_TIMES), draw(_TIMES))
    claims = []
    for document in draw(st.lists(st.sampled_from(documents), min_size=1, max_size=3)):
        at = draw(st.integers(0, 40))
        words = tuple(Span(at + n, at + n + 1) for n in draw(st.lists(st.integers(0, 5), max_size=2, unique=True)))
        evidence = Evidence(at, at + 10, document.text[at : at + 10], words)
        claim = Claim(
            subject="e0",
            relation=relation,
            object="e1" if goal else None,
            value=value,
            evidence=evidence,
            subject_mention=Span(at, at + 2),
            object_mention=Span(at + 3, at + 5) if goal and draw(st.booleans()) else None,
            polarity=polarity,
            modality=modality,
            attribution="e2" if by else None,
            contested=contested,
            time=time,
            confidence=draw(_CONFIDENCE),
            extractor=draw(st.sampled_from(("model", "syntax:appointment", "model+syntax:x", ""))),
            ended=draw(st.booleans()),
            reasons=("not", "ccomp deny") if polarity == "negated" else (),
        )
        claims.append((document.id, claim))
    key = repr((subject, relation, goal and goal.id, value, polarity, modality, by and by.id, contested))
    id_ = _hash(key, 16)
    over = draw(st.none() | st.sampled_from((None, "2030-05-07")).map(lambda by: (claims[0], by)))
    return Statement(
        id=id_,
        subject=subject,
        relation=relation,
        object=goal.id if goal else None,
        value=value,
        polarity=polarity,
        modality=modality,
        attribution=by.id if by else None,
        contested=contested,
        time=time,
        confidence=draw(_CONFIDENCE),
        documents=len({document for document, _ in claims}),
        claims=tuple(sorted(set(claims), key=claim_order)),
        ending=over and Ending(id_, *over[0], by=over[1]),
    )


def many_names(count: int = 10_000) -> KnowledgeGraph:
    """One entity with this many names."""
    graph = small()
    first = graph.entities[0]
    named = tuple(sorted({first.name, *(f"Name {n}" for n in range(count - 1))}))
    return replace(graph, entities=(replace(first, names=named), *graph.entities[1:]))
