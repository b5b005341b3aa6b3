"""Judging predicates: walk from the word up to the root, then come down again with what each governor says.

The approach is that of De Facto (Saurí and Pustejovsky, 2012): the factuality of an event is computed top-down
along the dependency path that embeds it, each governor passing on a polarity, a modality and a source.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date as Date

from spacy.tokens import Doc

from kg.extraction.factuality.edges import Edge, classify
from kg.extraction.factuality.judgement import FACT, Judgement, Status
from kg.extraction.factuality.local import Local, read_local
from kg.extraction.factuality.quotes import Quote, find_quotes
from kg.extraction.factuality.speakers import parenthesis, passive, speaker_of
from kg.extraction.mentions import MentionTable, TokenMention
from kg.extraction.time.expressions import TimeExpression
from kg.extraction.trees import Tree


class FactualityReader:
    """Judges any number of predicates of one document; every token's status is computed at most once.

    ``times`` and ``published``, where given, make a dated future a plan ("the visit on 3 May" in April). ``tree``
    may be handed in where it has been built already.
    """

    def __init__(
        self,
        doc: Doc,
        table: MentionTable,
        times: Iterable[TimeExpression] = (),
        published: Date | None = None,
        tree: Tree | None = None,
    ) -> None:
        self.tree = tree or Tree(doc)
        self.table = table
        self._status: dict[int, Status] = {}
        self._outer: dict[int, Status] = {}
        self._local: dict[int, Local] = {}
        self._quote_of: dict[int, Quote] = {}
        for quote in find_quotes(self.tree):
            self._quote_of.update(dict.fromkeys(range(quote.start, quote.end), quote))
        self._future = self._future_heads(times, published) if published else frozenset()

    def judge(self, trigger: int) -> Judgement:
        """The marks of the predicate headed by a token: verb, event or role noun, predicate of a copula."""
        node = trigger
        while self.tree.role(node) in {"cop", "aux"} and self.tree.head[node] != node:
            node = self.tree.head[node]
        status = self._read(node)
        quote = self._quote_of.get(trigger)
        reasons = status.reasons
        voice, contested = status.voice, status.contested
        if quote is not None and quote.voice is not None and not quote.start <= (voice or quote.start) < quote.end:
            voice = quote.voice if voice is None else voice
            contested = contested or quote.contested
        elif quote is not None and voice is None and quote.voice is not None:
            voice, contested, reasons = quote.voice, quote.contested, (*reasons, "quoted")
        speaker = self._mention(voice)
        modality = status.modality
        if contested and speaker is None and modality == "fact" and not status.negated:
            modality, reasons = "possible", (*reasons, "claimed by nobody named")
        return Judgement("negated" if status.negated else "asserted", modality, speaker, contested, voice, reasons)

    def _read(self, node: int) -> Status:
        """Status of a node: climb to what is known or the root, then compute downwards (no recursion)."""
        path: list[int] = []
        seen: set[int] = set()
        while node not in self._status and node not in seen:
            path.append(node)
            seen.add(node)
            head = self.tree.head[node]
            if head == node:
                break
            node = head
        for current in reversed(path):
            self._compute(current)
        return self._status[path[0] if path else node]

    def _compute(self, p: int) -> None:
        tree = self.tree
        local = self._locals(p)
        h = tree.head[p]
        if tree.role(p) == "conj" and h in self._status:
            outer = self._status[h] if self._shares(p, h) else self._outer[h]
            if {tree.lower[k] for k in tree.children(h, "cc") if h < k < p} & {"nor", "rather"}:
                outer = replace(outer, negated=True)
        elif h == p or h not in self._status:
            outer = FACT
        else:
            outer = self._from_above(p, h, classify(tree, p), local)
        self._outer[p] = outer
        status = outer
        for kind, word in local.kinds:
            if kind == "claims":
                status = replace(status.because(word), contested=True)
            elif kind in {"possible", "planned"}:
                if kind == "possible" and word == "would" and outer.modality == "planned":
                    continue  # "promised that it would": the future seen from the past
                status = status.at_least("possible" if kind == "possible" else "planned", word)
            elif kind == "doubts":
                status = status.turned(word).at_least("possible", word)
        if p in self._future and tree.tag[p] != "VBD":
            status = status.at_least("planned", "dated after publication")
        if local.negated:
            status = replace(status, negated=True, reasons=(*local.reasons[:1], *status.reasons))
        heard = parenthesis(tree, p)
        if heard is not None:
            status = replace(status, voice=heard[0], contested=heard[1] or status.contested)
        self._status[p] = status

    def _locals(self, p: int) -> Local:
        if p not in self._local:
            self._local[p] = read_local(self.tree, p)
        return self._local[p]

    def _shares(self, p: int, h: int) -> bool:
        """Whether a later conjunct stands under the first one's auxiliaries and negation."""
        tree = self.tree
        if tree.pos[p] == "NOUN" or tree.pos[h] == "NOUN":
            return tree.first(p, "nsubj", "cop", "det") is None
        if tree.first(p, "nsubj", "aux") is not None:
            return False
        linkers = [k for k in (*tree.children(p, "cc"), *tree.children(h, "cc")) if h < k < p]
        if any(tree.lower[k] in {"but", "yet"} for k in linkers):
            return False
        first, second = tree.tag[h], tree.tag[p]
        return not first or not second or first == second

    def _from_above(self, p: int, h: int, edge: Edge, local: Local) -> Status:
        """What the governor ``h`` makes of ``p``."""
        tree, above, kind = self.tree, self._status[h], edge.kind
        if kind == "stop":
            return FACT
        if kind == "aside":  # a relative clause of a definite noun: told by the same voice, true by itself
            return Status(voice=above.voice, contested=above.contested)
        if kind == "temporal":
            past = tree.tag[p] in {"VBD"} or any(
                tree.lower[k] in {"had", "was", "were", "has", "have"} for k in tree.kids[p]
            )
            return (
                Status(voice=above.voice, contested=above.contested)
                if past or above.modality == "fact"
                else replace(above, negated=False)
            )
        if kind == "keeps":
            return above
        if kind == "factive":
            return Status(voice=above.voice, contested=above.contested)
        if kind == "negates":
            return above.turned(edge.reason)
        if kind == "doubts":
            return replace(above.at_least("possible", edge.reason), negated=not above.negated)
        if kind in {"possible", "planned"}:
            if kind == "planned" and edge.purpose:
                above = replace(above, negated=False)
            return above.at_least("possible" if kind == "possible" else "planned", edge.reason)
        return self._reported(h, edge, above)

    def _reported(self, h: int, edge: Edge, above: Status) -> Status:
        """Content of speech and belief: its own truth, told by the governor's subject."""
        tree, kind = self.tree, edge.kind
        voice = speaker_of(tree, h)
        noun = tree.pos[h] == "NOUN"
        if voice is None:
            voice = above.voice
        contested = kind != "says" or above.contested
        status = Status(voice=voice, contested=contested, reasons=(edge.reason, *above.reasons))
        if kind == "denies":
            if above.plain:
                return replace(status, negated=True)
            return replace(status, modality="possible")
        if kind == "believes":
            return replace(status, modality="possible", negated=above.negated)
        if noun and above.negated:  # "rejected claims that", "false reports that"
            return replace(status, negated=True, contested=True, modality=above.modality)
        if not above.plain:
            return replace(status, modality="possible")
        hearsay = passive(tree, h) and speaker_of(tree, h) is None and not noun
        if (
            hearsay
            and (kind == "claims" or edge.reason.endswith(" to"))
            and not edge.reason.endswith((" of", " for", " with"))
        ):
            return replace(status, modality="possible", contested=True)
        return status

    def _future_heads(self, times: Iterable[TimeExpression], published: Date | None) -> frozenset[int]:
        """Governors of expressions that begin after the document's date."""
        day = published.isoformat() if published else ""
        found: set[int] = set()
        for time in times:
            begin = time.span.start
            if begin and begin[0] != "-" and begin > day[: len(begin)]:
                inside = range(time.start, time.end)
                found.update(self.tree.head[i] for i in inside if self.tree.head[i] not in inside)
        return frozenset(found)

    def _mention(self, token: int | None) -> TokenMention | None:
        """The mention a source token stands for, through apposition ("spokesman Jan Kowal")."""
        if token is None:
            return None
        found = self.table.at(token)
        if found is not None and found.kind == "name":
            return found
        for kid in self.tree.children(token, "appos", "flat", "compound"):
            named = self.table.at(kid)
            if named is not None and named.type == "Person":
                return named
        return found or self.table.around(token)


def judge(doc: Doc, trigger: int, table: MentionTable) -> Judgement:
    """Polarity, modality and source of one predicate; build a `FactualityReader` where there are many."""
    return FactualityReader(doc, table).judge(trigger)
