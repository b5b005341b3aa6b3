"""Every proposal worth it is read again in its sentences before it becomes a claim (`kg.language.rereading`)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace

from spacy.tokens import Doc

from kg.extraction.assembly import Proposal
from kg.extraction.confidence import Calibration
from kg.extraction.mentions import TokenMention
from kg.extraction.sentences import Sentences
from kg.extraction.surroundings import Surroundings
from kg.extraction.trees import Tree
from kg.language.reading import Reading
from kg.language.rereading import End, Question, Rereading

SPEAKERS = frozenset({"Person", "Organization", "Place", "Group", "Work"})
"""Types of those who can say something; a newspaper may be marked as a work."""


class SecondLook:
    """Reads proposals of one document again."""

    def __init__(self, doc: Doc, tree: Tree, sentences: Sentences, mentions: Iterable[TokenMention]) -> None:
        self.doc = doc
        self.surroundings = Surroundings(tree, sentences)
        self.speaker_at = {m.start: m for m in sorted(mentions) if m.cluster >= 0 and m.type in SPEAKERS}
        self._starts = sorted(self.speaker_at)

    def question(self, p: Proposal) -> Question | None:
        """What is asked of a proposal; None of one that has no two ends."""
        if p.object is None:
            return None
        excerpt = self.surroundings.excerpt(p.subject, p.object, p.trigger)
        speakers = self._starts[bisect_left(self._starts, excerpt.start) : bisect_left(self._starts, excerpt.end)]
        return Question(_end(p.subject), p.relation, _end(p.object), excerpt, speakers)

    def again(self, found: Sequence[Proposal], rereading: Rereading, calibration: Calibration) -> list[Proposal]:
        """The proposals with the answers, and as likely as they are now, if that is ``calibration.least``; those of
        relations never learned as before.
        """
        reading: Reading | None = self.doc._.kg_reading
        asked = {i: self.question(p) for i, p in enumerate(found) if rereading.known(p.relation)}
        questions = {i: q for i, q in asked.items() if q is not None}
        if reading is None or not questions:
            return [p for p in found if p.score >= calibration.least]
        answers = rereading.answers(reading.states(len(self.doc)), list(questions.values()))
        given = dict(zip(questions, answers, strict=True))
        out = []
        for i, p in enumerate(found):
            grounds, score, answer = p.grounds, p.score, given.get(i)
            if answer is not None:
                grounds = replace(grounds, reread=answer.odds[0])
                score = calibration.probability(p.relation, grounds)
            if score >= calibration.least:
                voice = self.speaker_at[answer.speaker] if answer and answer.speaker is not None else None
                out.append(replace(p, grounds=grounds, score=score, answer=answer, voice=voice))
        return out


def _end(m: TokenMention) -> End:
    return End(m.start, m.end, m.type, m.kind)
