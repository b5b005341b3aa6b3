"""From candidates to claims: one fact of one sentence, with its marks, its time, and how sure we are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc

from kg.extraction.confidence import Calibration, Grounds
from kg.extraction.factuality import FactualityReader, Judgement, joined, short_of
from kg.extraction.learned import Learned
from kg.extraction.mentions import Candidate, MentionTable, TokenMention
from kg.extraction.sentences import Sentences
from kg.extraction.time import TimeExpression
from kg.extraction.time.attach import TimeReader
from kg.extraction.time.calendar import dated
from kg.extraction.time.endings import over
from kg.extraction.trees import Tree
from kg.extraction.written_names import characters
from kg.language.rereading import Answer
from kg.ontology.vocabulary import RELATIONS
from kg.records import Claim, Evidence, Span, TimeSpan, Value

DEEDS = frozenset({
    "accused", "acquired", "announced", "appointed", "arrested", "attacked", "awardReceived", "caused", "convicted",
    "defeated", "dismissed", "foughtIn", "injured", "invests", "invited", "killed", "metWith", "nominated",
    "occurredIn",
    "occurredOn", "opposes", "organized", "participatedIn", "sanctioned", "signed", "successorOf", "suppliesTo",
    "supports", "visited", "won",
})  # fmt: skip
"""Relations that state what was done or happened."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A candidate of either kind, before it is judged; ``trigger`` is empty where nothing but the model speaks.

    ``answer`` is what a second look gave, None without one, and ``voice`` the mention that it takes for the speaker.
    """

    subject: TokenMention
    relation: str
    object: TokenMention | None
    value: Value | None
    trigger: tuple[int, ...]
    score: float
    extractor: str
    grounds: Grounds
    answer: Answer | None = None
    voice: TokenMention | None = None


def proposals(
    sentences: Sentences, syntax: Iterable[Candidate], learned: Iterable[Learned], calibration: Calibration
) -> list[Proposal]:
    """Both kinds together. What both say becomes one proposal that knows both, with the joint confidence.

    What the model alone says is left out where a rule, or the model with more certainty, says the same relation the
    other way round: nobody owns his owner. So is what is less likely than ``calibration.least``.
    """
    number = sentences.number
    model = {(x.subject.cluster, x.relation, x.object.cluster): x for x in learned}
    used = set()
    found = []
    stated = set()

    def propose(
        s: TokenMention, relation: str, o: TokenMention | None, c: Candidate | None, x: Learned | None
    ) -> Proposal:
        share = None if c is None else calibration.of_rule(c.rule, c.score)
        ends = [s] if o is None else [s, o]
        looked = x is not None and all(number[m.start] == x.evidence for m in ends)
        apart = abs(number[s.start] - number[ends[-1].start])
        grounds = Grounds(
            share, None if x is None else x.margin, apart,
            max(0, ends[-1].start - s.end, s.start - ends[-1].end),
            sum(m.kind == "pronoun" for m in ends), sum(m.kind == "nominal" for m in ends), looked,
        )  # fmt: skip
        name = "+".join([*([f"syntax:{c.rule}"] if c else []), *(["model"] if x else [])])
        measured = c is None or c.rule in calibration.rules or x is not None
        if o is None or relation.startswith("open:") or not measured:  # not marked in the news: the rule's own word
            score = share or 0.0
        else:
            score = calibration.probability(relation, grounds)
        return Proposal(s, relation, o, c.value if c else None, c.trigger if c else (), score, name, grounds)

    for c in syntax:
        key = (c.subject.cluster, c.relation, c.object.cluster if c.object else -1)
        stated.add(key)
        other = model.get(key) if c.object else None
        if other is not None:
            used.add(key)
        found.append(propose(c.subject, c.relation, c.object, c, other))
    for (s, relation, o), x in model.items():
        back = (o, relation, s)
        turned = back in stated or (back in model and model[back].margin > x.margin)
        if (s, relation, o) not in used and not (turned and not _symmetric(relation)):
            found.append(propose(x.subject, x.relation, x.object, None, x))
    return [p for p in found if p.score >= calibration.least]


def _symmetric(relation: str) -> bool:
    known = RELATIONS.get(relation)
    return known is not None and known.symmetric


class Assembler:
    """Turns proposals of one document into claims; built once a document."""

    def __init__(
        self, doc: Doc, sentences: Sentences, table: MentionTable, times: Sequence[TimeExpression],
        ids: dict[int, str], calibration: Calibration,
    ) -> None:  # fmt: skip
        self.calibration = calibration
        self.doc, self.table, self.ids = doc, table, ids
        self.text = doc.text  # spaCy joins the tokens anew at every question
        self.sentences = sentences
        self.tree = Tree(doc)
        self.reader = FactualityReader(doc, table, times, tree=self.tree)
        self.times = TimeReader(self.tree, times)
        self.dates = [t for t in times if t.value is not None]

    def claim(self, p: Proposal) -> Claim | None:
        """The claim, or None where an end is no entity or a date without value."""
        subject = self.ids.get(p.subject.cluster)
        if subject is None:
            return None
        obj, value = None, p.value
        if p.object is not None and p.object.type == "Date":
            value = self._date(p.object)
        elif p.object is not None:
            obj = self.ids.get(p.object.cluster)
        if (obj is None) == (value is None) or obj == subject:
            return None
        predicate, judgement = self.judged(p)
        speaker = self.ids.get(judgement.speaker.cluster) if judgement.speaker is not None else None
        return Claim(
            subject=subject, relation=p.relation, object=obj, value=value,
            evidence=self._evidence(p, predicate), subject_mention=self._chars(p.subject),
            object_mention=self._chars(p.object) if p.object else None,
            polarity=judgement.polarity, modality=judgement.modality,
            attribution=speaker, contested=judgement.contested, time=self._time(p, value),
            confidence=round(min(p.score, 0.99), 2), extractor=p.extractor, ended=over(self.tree, p.trigger),
            reasons=() if judgement.stated and speaker is None else judgement.reasons,
        )  # fmt: skip

    def judged(self, p: Proposal) -> tuple[int | None, Judgement]:
        """The word that can be denied or planned, if there is one, and what rules and model together say of it."""
        predicate, judgement = self.ruled(p)
        found = joined(judgement, bool(p.trigger), p.answer, self.calibration.marks, p.voice)
        if self._excluded(p.subject) or (p.object is not None and self._excluded(p.object)):
            found = replace(found, polarity="negated", reasons=(*found.reasons, "non-"))
        if p.trigger or p.object is None or found.modality != "fact":
            return predicate, found
        inside = range(p.object.start, p.object.end)
        less = short_of(self.tree, p.relation, inside, self._above(p.subject, p.object))
        if less is not None:
            found = replace(found, modality="possible", reasons=(*found.reasons, less))
        return predicate, found

    def _excluded(self, m: TokenMention) -> bool:
        """Whether "non-" stands before it: "a non-NATO ally" is no member."""
        before = self.doc[max(0, m.start - 2) : m.start]
        return before.text.lower() == "non-" and not before[-1].whitespace_

    def ruled(self, p: Proposal) -> tuple[int | None, Judgement]:
        """The same by the rules alone. Without a trigger only a deed hangs on the word that governs both ends: what
        lies where, or belongs to what, is not denied with what happens to it.
        """
        predicate = p.trigger[0] if p.trigger else next(reversed(self._above(p.subject, p.object)), None)
        if predicate is None or not (p.trigger or p.relation in DEEDS):
            return predicate, Judgement()
        return predicate, self.reader.judge(predicate)

    def _time(self, p: Proposal, value: Value | None) -> TimeSpan:
        if value is not None or not p.trigger:
            return TimeSpan()
        return self.times.at(p.trigger)

    def _date(self, mention: TokenMention) -> Value | None:
        inside = [t for t in self.dates if t.start < mention.end and mention.start < t.end]
        if not inside:
            return None
        time = max(inside, key=lambda t: (t.end - t.start, -t.start))
        if time.finish is not None and mention.start > time.start and mention.end >= time.end:
            # "(3 May 1869 - 21 June 1927)": the second date alone is meant
            return dated(time.finish, mention.span(self.doc).text)
        return time.value

    def _chars(self, m: TokenMention) -> Span:
        return Span(*characters(self.doc, m))

    def _above(self, a: TokenMention, b: TokenMention | None) -> list[int]:
        """The words above the second mention up to the one under which both hang, which may be an end itself; none if
        the parse does not join the two.
        """
        if b is None:
            return []
        _, way, common = self.tree.ways(a.span(self.doc).root.i, b.span(self.doc).root.i)
        return [] if common is None else way[min(common, 1) : common + 1]

    def _evidence(self, p: Proposal, predicate: int | None) -> Evidence:
        """The sentence of the trigger; for what the model alone finds, from the one mention's to the other's."""
        if p.trigger or p.object is None:
            first = last = self.sentences.at(predicate if predicate is not None else p.subject.start)
        else:
            first, last = (self.sentences.at(f(p.subject.start, p.object.start)) for f in (min, max))
        start, end = first.start_char, last.end_char
        text = self.text[start:end]
        end = start + len(text.rstrip())
        start += len(text) - len(text.lstrip())
        spans = {self._chars(p.subject), *([self._chars(p.object)] if p.object else [])}
        spans |= {Span(self.doc[t].idx, self.doc[t].idx + len(self.doc[t])) for t in p.trigger}
        words = tuple(sorted(s for s in spans if start <= s.start and s.end <= end))
        return Evidence(start, end, self.text[start:end], words)
