"""Everything that rules and model find in one parsed document, before any of it is read again or becomes a claim."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from spacy.tokens import Doc

from kg.extraction.antecedents import proposed_antecedents
from kg.extraction.assembly import Assembler, proposals
from kg.extraction.confidence import Calibration
from kg.extraction.coreference import cluster_names
from kg.extraction.document_entities import entity_ids
from kg.extraction.learned import find_learned
from kg.extraction.mentions import Candidate, MentionTable, TokenMention
from kg.extraction.recognition import recognised
from kg.extraction.second_look import SecondLook
from kg.extraction.sentences import Sentences
from kg.extraction.syntax import find_relations
from kg.extraction.time import find_times
from kg.language.weights import Weights


class Findings:
    """The clustered mentions of a document, what is proposed of them, and what turns proposals into claims.

    ``calibration`` is what claims are judged by, ``sought`` the one that tells what is worth proposing. ``weights`` are
    the model's, None for another pipeline; without ``learned`` only the rules propose.
    """

    def __init__(
        self, doc: Doc, published: date | None, weights: Weights | None, calibration: Calibration,
        sought: Calibration, *, learned: bool = True,
    ) -> None:  # fmt: skip
        self.doc = doc
        self.mentions, syntax = stated(doc, weights)
        self.sentences = Sentences(doc)
        ruled = {(c.subject.cluster, c.relation, c.object.cluster) for c in syntax if c.object is not None}
        pairs = find_learned(doc, self.sentences, self.mentions, weights, sought, ruled) if weights and learned else []
        self.proposals = proposals(self.sentences, syntax, pairs, sought)
        table = MentionTable(doc, [m for m in self.mentions if m.cluster >= 0])
        times = find_times(doc, published)
        self.assembler = Assembler(doc, self.sentences, table, times, entity_ids(self.mentions), calibration)

    def second_look(self) -> SecondLook:
        """What reads proposals of this document again."""
        return SecondLook(self.doc, self.assembler.tree, self.sentences, self.mentions)


def stated(doc: Doc, weights: Weights | None) -> tuple[list[TokenMention], list[Candidate]]:
    """The clustered mentions, with the posts and event nouns that only the rules see, and what the rules find."""
    bare = recognised(doc)
    mentions = cluster_names(doc, bare, proposed_antecedents(doc, bare, weights))
    table = MentionTable(doc, [m for m in mentions if m.kind != "pronoun" or m.cluster >= 0])
    candidates = find_relations(doc, table)
    known = {(m.start, m.end) for m in mentions}
    fresh = {
        replace(end, cluster=-1)
        for c in candidates
        for end in (c.subject, c.object)
        if end is not None and (end.start, end.end) not in known
    }
    if fresh:
        bare = [*bare, *sorted(fresh)]
        mentions = cluster_names(doc, bare, proposed_antecedents(doc, bare, weights))
    at = {(m.start, m.end): m for m in mentions}
    pointed = []
    for c in candidates:
        subject = at.get((c.subject.start, c.subject.end))
        obj = at.get((c.object.start, c.object.end)) if c.object else None
        if subject is None or (c.object is not None and obj is None):
            continue
        pointed.append(replace(c, subject=subject, object=obj))
    return mentions, pointed
