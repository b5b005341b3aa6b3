"""Every proposal worth it is read again in its sentences before it becomes a claim (`kg.language.rereading`)."""

from __future__ import annotations

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


class SecondLook:
    """Reads proposals of one document again."""

    def __init__(
        self, doc: Doc, tree: Tree, sentences: Sentences, mentions: Iterable[TokenMention], rereading: Rereading
    ) -> None:
        self.doc, self.rereading = doc, rereading
        self.surroundings = Surroundings(tree, sentences)
        self.speaker_at = {m.start: m for m in sorted(mentions) if m.cluster >= 0 and m.type in SPEAKERS}

    def question(self, p: Proposal) -> Question | None:
        """What is asked of a proposal; None of one that has no two ends, or a relation never learned."""
        if p.object is None or not p.measured or not self.rereading.known(p.relation):
            return None
        excerpt = self.surroundings.excerpt(p.subject, p.object, p.trigger)
        speakers = [at for at in range(excerpt.start, excerpt.end) if at in self.speaker_at]
        return Question(_end(p.subject), p.relation, _end(p.object), excerpt, speakers)

    def again(self, found: Sequence[Proposal], calibration: Calibration) -> list[Proposal]:
        """The proposals with the answers, and as likely as they are now."""
        reading: Reading | None = self.doc._.kg_reading
        questions = [self.question(p) for p in found]
        asked = [q for q in questions if q is not None]
        if reading is None or not asked:
            return list(found)
        answers = iter(self.rereading.answers(reading.states(len(self.doc)), asked))
        out = []
        for p, q in zip(found, questions, strict=True):
            if q is None:
                out.append(p)
                continue
            answer = next(answers)
            grounds = replace(p.grounds, reread=answer.odds[0])
            voice = None if answer.speaker is None else self.speaker_at[answer.speaker]
            score = calibration.probability(p.relation, grounds)
            out.append(replace(p, grounds=grounds, score=score, answer=answer, voice=voice))
        return out


def _end(m: TokenMention) -> End:
    return End(m.start, m.end, m.type, m.kind)
