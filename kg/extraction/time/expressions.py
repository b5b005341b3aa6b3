"""Time expressions of a document, with their values and the interval they open, close or span."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date as Date
from datetime import timedelta
from re import Match
from typing import Literal

from spacy.tokens import Doc

from kg.extraction.time.grammar import CONNECTORS, FORMS, JOIN, NOT_A_YEAR, ONWARDS
from kg.extraction.time.resolve import RESOLVERS, Moment, Outlook, Precision
from kg.extraction.trees import Tree, words
from kg.records import TimeSpan, Value

TimeKind = Literal["point", "since", "until", "range"]

_NEVER_BEFORE_A_YEAR = words(
    "than least about some nearly over around only exactly page flight route room section article resolution no number "
    "model highway almost roughly approximately to @ # $ €"
)
_PREPOSITIONS = words("in since by until till from between during after before of for the mid around")
_ABOUT = words("around about circa c. ca.")
_DATED = words("year month month_day")
_STRETCHES = words("decade century quarter half season")
_PLANNING = words("plan set schedule expect intend due slate hope promise aim vow")


@dataclass(frozen=True, slots=True, order=True)
class TimeExpression:
    """Half-open token range and what it means.

    ``value`` is None where the words have no value by themselves ("on Wednesday" in an undated document, "the
    third year of"). A decade, century, quarter or "July 3-7" is a ``range``: ``value`` holds its beginning
    (xsd:gYear for decade and century, since XSD has no type for those), ``finish`` its last day, month or year.
    ``since`` opens an interval ("since 2015"), ``until`` closes one ("until March 2020", "by 2019").
    """

    start: int
    end: int
    text: str
    value: Value | None
    kind: TimeKind = "point"
    precision: Precision = "none"
    finish: str | None = None

    @property
    def span(self) -> TimeSpan:
        """The interval: a point in time is its start alone."""
        if self.value is None:
            return TimeSpan()
        if self.kind == "until":
            return TimeSpan(end=self.finish or self.value.lexical)
        return TimeSpan(self.value.lexical, self.finish if self.kind == "range" else None)


def find_times(doc: Doc, published: Date | None, tree: Tree | None = None) -> list[TimeExpression]:
    """Every time expression of the document in text order, none overlapping, resolved against ``published``.

    Bare month and weekday names mean the latest not after publication, unless their clause speaks of the future
    ("will meet on Friday"). ``tree`` may be handed in where it has been built already.
    """
    tree = tree or Tree(doc)
    text = doc.text
    found = [(form, m) for form, m in _matches(text) if _sound(form, m, text)]
    outlooks = [_outlook(tree, _tokens(doc, m.start(), m.end())[0]) for _, m in found]
    moments = [RESOLVERS[form](m, published, o, None) for (form, m), o in zip(found, outlooks, strict=True)]
    expressions: list[TimeExpression] = []
    i = 0
    while i < len(found):
        form, match = found[i]
        kind = _connector(text, match, tree, doc)
        if i + 1 < len(found) and (kind in {"range", "since"} or {form, found[i + 1][0]} <= _DATED):
            other_form, other = found[i + 1]
            join = JOIN.fullmatch(text, match.end(), other.start())
            apart = join is not None and "and" in join[0] and kind != "range"
            if join and not apart:
                left, right = moments[i], moments[i + 1]
                year = right.lexical[:4] if right.lexical and right.lexical[0] != "-" else None
                if left.yearless and not right.yearless and year:
                    left = RESOLVERS[form](match, published, outlooks[i], int(year))
                if right.yearless and not left.yearless and left.lexical and left.lexical[0] != "-":
                    right = RESOLVERS[other_form](other, published, outlooks[i + 1], int(left.lexical[:4]))
                right = replace(right, yearless=moments[i + 1].yearless)
                expressions.append(_range(doc, match.start(), other.end(), left, right))
                i += 2
                continue
        expressions.append(_single(doc, text, match, moments[i], kind))
        i += 1
    return expressions


def _matches(text: str) -> list[tuple[str, Match[str]]]:
    found = [
        (m.start(), -m.end(), order, form, m) for order, (form, rule) in enumerate(FORMS) for m in rule.finditer(text)
    ]
    kept: list[tuple[str, Match[str]]] = []
    reach = 0
    for start, minus_end, _, form, m in sorted(found, key=lambda f: f[:3]):
        if start >= reach and -minus_end > start:
            kept.append((form, m))
            reach = -minus_end
    return kept


def _sound(form: str, match: Match[str], text: str) -> bool:
    """Whether a bare number is a year after all."""
    said = text[max(0, match.start() - 40) : match.start()].replace("(", " ( ").lower().split()
    before = said[-1] if said else ""
    if form == "weekday":  # "every Tuesday" is no day
        return before not in {"every", "each"}
    if form != "year" or match["part"]:
        return True
    if before == "to":  # "from 1980 to 2012", but not "grew to 2000"
        return len(said) > 1 and (said[-2].isdigit() or said[-2] in {"up", "prior"} or "from" in said[-5:])
    if NOT_A_YEAR.match(text, match.end()):
        return False
    if before in _ABOUT and re.match(r"\s*(?:[.,;:)]|$|(?:and|when|in|at|by)\b)", text[match.end() :]):
        return True
    if before in _NEVER_BEFORE_A_YEAR:
        return False
    return int(match[0]) >= 1500 or before in _PREPOSITIONS or before == "("


def _tokens(doc: Doc, start: int, end: int) -> tuple[int, int]:
    span = doc.char_span(start, end, alignment_mode="expand")
    assert span is not None  # "expand" always finds one inside the text
    return span.start, span.end


def _outlook(tree: Tree, token: int) -> Outlook:
    """Tense of the clause a time expression stands in; past where the parse says nothing."""
    if not tree.doc.has_annotation("DEP"):
        return "past"
    for node in list(tree.up(token))[:6]:
        auxiliaries = {tree.lower[k] for k in tree.children(node, "aux", "cop")}
        if (
            auxiliaries & {"will", "wo", "'ll", "shall", "must", "may", "might", "can", "should"}
            or tree.lemma[node] in _PLANNING
        ):
            return "future"
        if tree.pos[node] not in {"VERB", "AUX"} and not auxiliaries:
            continue
        if "to" in {tree.lower[k] for k in tree.children(node, "mark")}:
            if auxiliaries & {"is", "are", "'s", "'re"}:
                return "future"
            continue  # an infinitive is as late as its governor says, or later
        if tree.lemma[node] in {"go", "be"} and any(tree.children(node, "xcomp")) and tree.tag[node] != "VBD":
            return "future"
        if tree.tag[node] in {"VBZ", "VBP"} and not auxiliaries:
            return "present"
        return "past"
    return "past"


def _connector(text: str, match: Match[str], tree: Tree, doc: Doc) -> TimeKind:
    before = text[max(0, match.start() - 24) : match.start()]
    if ONWARDS.match(text, match.end()) and before.rstrip().lower().endswith("from"):
        return "since"
    for kind, rule in CONNECTORS:
        hit = rule.search(before)
        if not hit:
            continue
        if kind == "range" and hit[0].lower().startswith("from"):
            # alone, "from 2015" opens an interval with a verb and dates a noun ("a print from 1987")
            token = _tokens(doc, match.start(), match.end())[0]
            return "point" if any(tree.role(t) == "nmod" for t in list(tree.up(token))[:2]) else "since"
        return "range" if kind == "range" else "since" if kind == "since" else "until"
    return "point"


def _range(doc: Doc, start: int, end: int, left: Moment, right: Moment) -> TimeExpression:
    first, last = _tokens(doc, start, end)
    said = doc.text[start:end]
    if left.lexical is None and right.lexical is None:
        return TimeExpression(first, last, said, None)
    if left.lexical is None or right.lexical is None:
        moment, kind = (left, "since") if left.lexical else (right, "until")
        value = Value(moment.lexical, moment.datatype, said) if moment.lexical else None
        return TimeExpression(first, last, said, value, "since" if kind == "since" else "until", moment.precision)
    begin, finish = _ordered(left, right)
    if finish is None:
        return TimeExpression(first, last, said, Value(begin, left.datatype, said), "since", left.precision)
    return TimeExpression(first, last, said, Value(begin, left.datatype, said), "range", left.precision, finish)


def _ordered(left: Moment, right: Moment) -> tuple[str, str | None]:
    """Both ends so that the first comes first; the end is None where they cannot be brought into order."""
    begin, finish = str(left.lexical), str(right.end or right.lexical)
    if begin[0] == "-" or begin[: len(finish)] <= finish:
        return begin, finish
    if right.yearless:  # "from July 2019 to March"
        return begin, f"{int(finish[:4]) + 1:04d}{finish[4:]}"
    if left.precision == right.precision == "day":  # "from Monday to Friday", read on a Thursday
        earlier = Date.fromisoformat(begin) - timedelta(weeks=1)
        if earlier.isoformat() <= finish:
            return earlier.isoformat(), finish
    return begin, None


def _single(doc: Doc, text: str, match: Match[str], moment: Moment, kind: TimeKind) -> TimeExpression:
    first, last = _tokens(doc, match.start(), match.end())
    if moment.lexical is None:
        return TimeExpression(first, last, match[0], None)
    value = Value(moment.lexical, moment.datatype, match[0])
    if moment.end:
        kind = kind if kind != "point" and moment.precision in _STRETCHES else "range"
    elif kind == "range":
        kind = "point"
    return TimeExpression(first, last, match[0], value, kind, moment.precision, moment.end)
