"""A country in the name of a body says where the body belongs: "the Tavian National Bank", "the Bank of Tavia".

Only countries that the document also names by themselves: whether "American" in a name means the country is otherwise
a guess. In the project's marked news nine of ten such bodies are marked with that country.
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.extraction.mentions import Candidate, MentionTable, TokenMention
from kg.extraction.syntax.emit import Collector
from kg.gazetteer import Country, country_named, country_of_people
from kg.ontology.names import RelationName

RULE = "country-in-name"
PRIOR = 0.9
_LONGEST = 3  # words of a country's name in a longer name: "United Arab Emirates"


def match_inner_countries(table: MentionTable, out: Collector) -> None:
    """``country`` for every organization and facility of the document with a country in its name, once a wording."""
    known = {country.name for m in table.mentions if (country := _whole(m, table)) is not None}
    done: set[str] = set()
    for mention in table.mentions if known else ():
        if mention.kind != "name" or mention.type not in {"Organization", "Facility"}:
            continue
        span = mention.span(table.doc)
        if span.text in done:
            continue
        done.add(span.text)
        found = country_inside([t.text for t in span])
        if found is not None and found[2].name in known:
            start, end, country = mention.start + found[0], mention.start + found[1], found[2]
            made = TokenMention(start, end, "Place", country.subtype)
            inner = next((m for m in table.mentions if (m.start, m.end) == (start, end)), made)
            if inner.type == "Place":
                out.put(Candidate(mention, RelationName.country, inner, (inner.start,), RULE, PRIOR))


def country_inside(words: Sequence[str]) -> tuple[int, int, Country] | None:
    """The country that a name opens with, or ends with after "of": first and last word (half-open), and which.

    None where there is none, or nothing beside it.
    """
    first = int(words[0].lower() == "the")
    for end in range(min(first + _LONGEST, len(words) - 1), first, -1):
        country = _country(words[first:end])
        if country is not None:
            return first, end, country
    if "of" in words[1:-1]:
        after = len(words) - words[::-1].index("of")
        after += int(words[after].lower() == "the")
        country = country_named(" ".join(words[after:]))
        if country is not None:
            return after, len(words), country
    return None


def _country(words: Sequence[str]) -> Country | None:
    name = " ".join(words)
    people = country_of_people(name)
    return country_named(name) or (people[0] if len(people) == 1 else None)


def _whole(mention: TokenMention, table: MentionTable) -> Country | None:
    if mention.kind != "name" or mention.type not in {"Place", "Group"} or mention.end - mention.start > _LONGEST + 1:
        return None
    return _country(mention.span(table.doc).text.split())
