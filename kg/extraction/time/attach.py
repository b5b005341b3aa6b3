"""Which time expression a predicate bears, read off the dependency tree."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from spacy.tokens import Doc

from kg.extraction.time.endings import change_of
from kg.extraction.time.expressions import TimeExpression
from kg.extraction.trees import Tree, words
from kg.records import TimeSpan

_ARGUMENTS = words("obj obl nsubj xcomp iobj nmod")
_TIME_NOUNS = words("summer spring autumn winter fall evening morning night afternoon end beginning start weekend")
_HOLDERS = tuple(
    words(
        "er or ist man woman chief head president king queen boss captain coach chair general colonel deputy ally "
        "rival son daughter wife husband ent"
    )
)
_EVENTS = words("murder war parliament appointment statement agreement establishment investment engagement takeover")


class TimeReader:
    """Times of one document by the token they hang on. Built once, asked for every claim."""

    def __init__(self, tree: Tree, times: Iterable[TimeExpression]) -> None:
        self.tree = tree
        self.by_head: dict[int, list[TimeExpression]] = {}
        """Valued expressions by the token their outermost word depends on."""
        for time in times:
            if time.value is not None:
                self.by_head.setdefault(self._host(time), []).append(time)

    def _host(self, time: TimeExpression) -> int:
        inside = range(time.start, time.end)
        tops = [i for i in inside if self.tree.head[i] not in inside or self.tree.head[i] == i]
        top = next((i for i in tops if self.tree.pos[i] not in {"ADP", "DET", "PUNCT", "SCONJ"}), tops[0])
        host = self.tree.head[top]
        # "in the summer of 2014", "on the evening of March 3": the noun between bears no claim of its own
        while self.tree.lemma[host] in _TIME_NOUNS and self.tree.head[host] != host:
            host = self.tree.head[host]
        return host

    def at(self, trigger: Sequence[int]) -> TimeSpan:
        """The interval in which the relation held or the event happened, as precisely as the sentence tells."""
        if not trigger:
            return TimeSpan()
        change = change_of(self.tree, trigger)
        own = self._at(trigger)
        if change is None:
            return own
        turn = _merge(self.by_head.get(change.token, []))
        if change.kind == "begins":
            return own or turn
        # who "resigned as mayor in March" was mayor until March
        nearer = _merge(self.by_head.get(trigger[0], []))
        return TimeSpan(nearer.start, turn.start or turn.end or nearer.end)

    def _at(self, trigger: Sequence[int]) -> TimeSpan:
        for hosts in self._hosts(trigger):
            times = [t for host in hosts for t in self.by_head.get(host, ())]
            if times:
                return _merge(times)
        return TimeSpan()

    def _hosts(self, trigger: Sequence[int]) -> Iterable[list[int]]:
        """Ever wider circles of tokens whose time modifiers may be the trigger's."""
        tree, first = self.tree, trigger[0]
        if tree.role(first) in {"cop", "aux"}:
            first = tree.head[first]
        yield [first, *(t for t in trigger[1:] if tree.head[t] == first)]
        # parsers hang a final "on Monday" on the last noun of the clause
        yield [kid for kid in tree.kids[first] if tree.role(kid) in _ARGUMENTS and tree.pos[kid] in {"PROPN", "PRON"}]
        later = [kid for kid in tree.kids[first] if kid > first and tree.role(kid) in _ARGUMENTS]
        yield [kid for kid in later if tree.pos[kid] == "NOUN" and not self._dated(kid)]
        governor = tree.head[first]
        role = tree.role(first)
        if governor == first:
            return
        if role == "conj" and not any(tree.children(first, "nsubj")):
            fronted = [t for t in self.by_head.get(governor, ()) if t.end <= governor]
            if fronted:
                yield [governor]
        elif role == "xcomp" or (
            role == "advcl" and first > governor and not any(tree.children(first, "mark", "nsubj"))
        ):
            yield [governor]
        elif tree.pos[first] == "NOUN" and role in {"nsubj", "obj", "obl"} and not self._holder(first):
            yield [governor]
            yield [tree.head[governor]] if tree.role(governor) == "xcomp" else []

    def _dated(self, noun: int) -> bool:
        """Whether a time inside the noun phrase is the noun's own ("the 2012 election")."""
        return any(t.end <= noun for t in self.by_head.get(noun, ())) or bool(self.tree.first(noun, "acl"))

    def _holder(self, noun: int) -> bool:
        """Whether the noun names a person by their post; what such a one does, and when, does not date the post."""
        lemma = self.tree.lemma[noun]
        return lemma.endswith(_HOLDERS) and lemma not in _EVENTS


def _merge(times: list[TimeExpression]) -> TimeSpan:
    """One interval of several expressions: the first that opens, the first that closes."""
    spans = [t.span for t in sorted(times)]
    start = next((s.start for s in spans if s.start), None)
    end = next((s.end for s in spans if s.end), None)
    return TimeSpan(start, end)


def time_of(doc: Doc, trigger: Sequence[int], times: Iterable[TimeExpression]) -> TimeSpan:
    """The interval the trigger's clause states; ``trigger`` holds token indices, the head first.

    For many triggers of one document build a `TimeReader` once instead.
    """
    return TimeReader(Tree(doc), times).at(trigger)
