"""What ends a fact: the claim that it is over, the dismissal of who holds a post, or the beginning of a successor.

No date is made up. The end of a statement is a date that a source states: of its end, of the dismissal, or of the day
its successor began. Where the sources only tell that it is over ("the former mayor", a later paper that names
another), the day of publication bounds it: it was over by then. Either way `Statement.ending` names the claim.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date as Date

from kg.records import Claim, Ending, Statement, TimeSpan
from kg.resolution.intervals import Days, days_of

POSTS: Mapping[str, bool] = {
    "headOfState": False,
    "headOfGovernment": False,
    "chairperson": False,
    "chiefExecutive": False,
    "commands": True,
}
"""Posts with one holder at a time, and whether the holder is the subject."""

OTHER_POSTS = frozenset({"leads", "deputyHead", "spokespersonFor"})
"""Posts that several may hold at once, all with the holder as subject: ended only by name."""


@dataclass(frozen=True, slots=True)
class _Told:
    """A claim and where it stands."""

    statement: Statement
    document: str
    claim: Claim

    def ending(self, by: Date | None = None) -> Ending:
        return Ending(self.statement.id, self.document, self.claim, by.isoformat() if by else None)


def with_endings(statements: Iterable[Statement], published: Mapping[str, Date | None]) -> tuple[Statement, ...]:
    """The same statements, those closed that the others, or their own claims, show to be over.

    ``published`` are the days of publication by document id. Only what the sources state as fact closes anything.
    """
    held = tuple(statements)
    closing = _Closing(held, published)
    return tuple(closing.closed(s) for s in held)


class _Closing:
    """What is known of posts, their holders, and who followed whom."""

    def __init__(self, statements: Sequence[Statement], published: Mapping[str, Date | None]) -> None:
        self.published = published
        self.denied: dict[tuple[str, str, str | None], Statement] = {}
        self.posts: dict[tuple[str, str], list[Statement]] = defaultdict(list)
        self.held_by: dict[str, list[Statement]] = defaultdict(list)
        self.dismissals: dict[str, list[Statement]] = defaultdict(list)
        self.successors: dict[str, list[Statement]] = defaultdict(list)
        for s in statements:
            if s.polarity == "negated" and s.modality == "fact" and not s.contested:
                self.denied[s.subject, s.relation, s.object] = s
            if not s.plain or s.object is None:
                continue
            if s.relation in POSTS:
                self.posts[s.relation, _body(s)].append(s)
            if s.relation in POSTS or s.relation in OTHER_POSTS:
                self.held_by[_holder(s)].append(s)
            elif s.relation == "dismissed":
                self.dismissals[s.object].append(s)
            elif s.relation == "successorOf":
                self.successors[s.object].append(s)

    def closed(self, s: Statement) -> Statement:
        """The statement with its end and the claim that tells it, as it is where nothing does."""
        if not s.plain or s.object is None:
            return s
        ways: list[Iterable[tuple[_Told, str | None]]] = [self._told_over(s)]
        if s.relation in POSTS or s.relation in OTHER_POSTS:
            ways += [self._dismissed(s), self._succeeded(s)]
        if s.relation in POSTS:
            ways.append(self._next_holder(s))
        for found in ways:
            for told, end in found:
                if end is not None:
                    if s.time.end is None and _after(s.time.start, end):
                        return replace(s, time=TimeSpan(s.time.start, end), ending=told.ending())
                    if s.time.end == end:
                        return replace(s, ending=told.ending())
        if s.time.end is not None:
            return s
        bounds = [
            (by, told) for found in (self._told_over(s), self._later_holder(s)) for told, end in found
            if end is None and (by := self.published.get(told.document)) is not None
        ]  # fmt: skip
        if bounds:
            by, told = min(bounds, key=lambda pair: (pair[0], pair[1].document, pair[1].claim.evidence.start))
            return replace(s, ending=told.ending(by))
        over = next((told for told, _ in self._told_over(s)), None)
        return s if over is None else replace(s, ending=over.ending())

    def _told_over(self, s: Statement) -> list[tuple[_Told, str | None]]:
        """Claims that it is over, unless a later paper tells it as lasting again."""
        denied = self.denied.get((s.subject, s.relation, s.object))
        told = [_Told(x, d, c) for x in (s, denied) if x is not None for d, c in x.claims if c.ended]
        lasting = [day for d, c in s.claims if not c.ended and (day := self.published.get(d)) is not None]
        last = max(lasting, default=None)
        found = []
        for one in told:
            day = self.published.get(one.document)
            if not (last is not None and day is not None and day < last):
                found.append((one, one.claim.time.end or (one.claim.time.start if one.statement is denied else None)))
        return sorted(found, key=lambda pair: (pair[1] is None, pair[0].document, pair[0].claim.evidence.start))

    def _dismissed(self, s: Statement) -> Iterator[tuple[_Told, str | None]]:
        """Dismissals of the holder: by the body, told in a sentence with the post, or where it is the only post."""
        holder, body = _holder(s), _body(s)
        sentences = {(d, c.evidence.start) for d, c in s.claims}
        for dismissal in self.dismissals.get(holder, ()):
            for document, claim in dismissal.claims:
                here = (document, claim.evidence.start) in sentences
                if here or dismissal.subject == body or len(self.held_by[holder]) == 1:
                    end = claim.time.start or claim.time.end
                    if end is not None:
                        yield _Told(dismissal, document, claim), end

    def _succeeded(self, s: Statement) -> Iterator[tuple[_Told, str | None]]:
        """Who is said to have followed the holder, in this post or where it is the only one of both."""
        holder, body = _holder(s), _body(s)
        for succession in self.successors.get(holder, ()):
            theirs = [t for t in self.held_by.get(succession.subject, ()) if t.relation == s.relation]
            same = [t for t in theirs if _body(t) == body]
            if not same and (theirs or len(self.held_by[holder]) > 1):
                continue
            for document, claim in succession.claims:
                if claim.time.start is not None:
                    yield _Told(succession, document, claim), claim.time.start
            for post in same:
                yield from self._begins(post)

    def _next_holder(self, s: Statement) -> Iterator[tuple[_Told, str | None]]:
        """The next one who began in a post for one, after this one began, or after it was last told to last."""
        own = days_of(s.time.start) or self._last_told(s)
        if own is None:
            return
        later = []
        for other in self.posts[s.relation, _body(s)]:
            if _holder(other) != _holder(s):
                for told, begin in self._begins(other):
                    days = days_of(begin)
                    if days is not None and own.last < days.first:
                        later.append((days, other.id, told.document, told.claim.evidence.start, told, begin))
        if later:
            *_, told, begin = min(later, key=lambda found: found[:4])
            yield told, begin

    def _later_holder(self, s: Statement) -> Iterator[tuple[_Told, str | None]]:
        """Papers that name another holder of a post for one, after the last one that named this."""
        if s.relation not in POSTS:
            return
        own = self._last_told(s)
        if own is None:
            return
        for other in self.posts[s.relation, _body(s)]:
            if _holder(other) != _holder(s) and days_of(other.time.start) is None and other.time.end is None:
                for document, claim in other.claims:
                    day = self.published.get(document)
                    if not claim.ended and day is not None and day > own.last:
                        yield _Told(other, document, claim), None

    def _begins(self, s: Statement) -> Iterator[tuple[_Told, str | None]]:
        """The claims that bear the beginning of a statement."""
        for document, claim in s.claims:
            if claim.time.start is not None and claim.time.start == s.time.start:
                yield _Told(s, document, claim), claim.time.start

    def _last_told(self, s: Statement) -> Days | None:
        """The last day on which a paper told it as lasting."""
        told = [day for d, c in s.claims if not c.ended and (day := self.published.get(d)) is not None]
        return Days(max(told), max(told)) if told and days_of(s.time.end) is None else None


def _holder(s: Statement) -> str:
    return s.object if s.relation in POSTS and not POSTS[s.relation] and s.object is not None else s.subject


def _body(s: Statement) -> str:
    return s.subject if s.relation in POSTS and not POSTS[s.relation] else str(s.object)


def _after(start: str | None, end: str) -> bool:
    """Whether an end may follow a start: both known to the year at least."""
    last = days_of(end)
    first = days_of(start)
    return last is not None and (first is None or first.first <= last.last)
