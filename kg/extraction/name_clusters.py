"""Names of one document that mean the same thing: by their words, acronyms, surnames, demonyms.

Measured on the marked documents of the train part: a part of a longer name stands for it where the longer one came
first and no other name ends (begins) in the same words; in organisations', products' and facilities' names nearly
always (0.94), in events' if it is a single word, in places' hardly ever (0.2), so there it counts only for ``X City``.
Where the shorter one came first it is another thing as often as not. What stands in brackets behind a name of its own
type and has two capitals is its short form (0.99), and so is a plural the same as its singular (0.98).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from spacy.tokens import Doc

from kg.extraction.mentions import TokenMention
from kg.extraction.name_forms import link_forms
from kg.extraction.person_names import link_people
from kg.extraction.written_names import Links, WrittenName, is_people, written_name
from kg.gazetteer import (
    PersonName,
    country_named,
    country_of_people,
    fold,
    initials,
    legal_core,
    word_set,
)

_COUNTRY_TYPES = frozenset({"Place", "Organization"})
_PART_TYPES = frozenset({"Organization", "Event", "Product", "Facility"})
# the rest of the longer name makes it another body: "Harwick University" is not "Harwick University Press"
# fmt: off
_UNITS = frozenset((
    "academy", "association", "campus", "center", "centre", "college", "department", "division", "foundation",
    "hospital", "institute", "laboratory", "labs", "library", "magazine", "museum", "network", "office", "press",
    "program", "programme", "research", "school", "schools", "society", "stadium", "station", "studies", "team",
    "television", "tour", "tower", "trust", "u19", "u20", "u21", "u23", "union", "women", "youth",
))
# fmt: on


def cluster_written_names(doc: Doc, mentions: Sequence[TokenMention]) -> list[int]:
    """A cluster number for every name, in the order given (which must be that of the text).

    Dates are never together. Numbers are arbitrary. Linear in the number of names but for namesakes.
    """
    names, of_mention = _collect(doc, mentions)
    _settle_ambiguous_demonyms(names)
    links = Links(len(names))
    _link_countries(names, links)
    _link_same_words(names, links)
    _link_acronyms(doc, mentions, names, of_mention, links)
    _link_parts(names, links)
    moved = link_people(doc, mentions, names, links)
    return [links.find(moved.get(i, of_mention[i])) for i in range(len(mentions))]


def _collect(doc: Doc, mentions: Sequence[TokenMention]) -> tuple[list[WrittenName], list[int]]:
    names: list[WrittenName] = []
    of_mention: list[int] = []
    index: dict[tuple[str, str], int] = {}
    for i, mention in enumerate(mentions):
        written = written_name(doc, mention)
        folded = fold(written)
        key = (mention.type, folded)
        if mention.type == "Date" or not folded:
            key = (mention.type, f"\0{i}")
        elif mention.type == "Person":
            person = PersonName.of(written)
            key = ("Person", " ".join((*person.words, person.generation)).strip())
        if key not in index:
            index[key] = len(names)
            name = WrittenName(mention.type, key[1], written)
            if mention.type in _COUNTRY_TYPES:
                name.country = country_named(written)
            if mention.type == "Person" and not key[1].startswith("\0"):
                name.person = PersonName.of(written)
            names.append(name)
        names[index[key]].mentions.append(i)
        of_mention.append(index[key])
    return names, of_mention


def _settle_ambiguous_demonyms(names: list[WrittenName]) -> None:
    named = {name.country.name for name in names if name.country is not None}
    for name in names:
        if name.country is None and (
            name.family == "Place" or (name.family == "Group" and not is_people(name.written))
        ):
            people = country_of_people(name.written)
            if len(people) > 1:
                people = tuple(country for country in people if country.name in named)
            if len(people) == 1:
                name.country = people[0]


def _link_countries(names: list[WrittenName], links: Links) -> None:
    seen: dict[str, int] = {}
    for i, name in enumerate(names):
        if name.country is not None:
            links.join(i, seen.setdefault(name.country.name, i))


def _link_same_words(names: list[WrittenName], links: Links) -> None:
    """One string under two types is one thing where the recogniser nearly always chose the one."""
    by_words: dict[str, list[int]] = defaultdict(list)
    for i, name in enumerate(names):
        by_words[name.folded].append(i)
    for held in by_words.values():
        most = max(held, key=lambda i: (len(names[i].mentions), -i))
        for i in held:
            person = "Person" in (names[i].family, names[most].family) and " " not in names[i].folded
            if i != most and not person and len(names[most].mentions) >= 5 * len(names[i].mentions):
                links.join(i, most)
    by_core: dict[tuple[str, str], int] = {}
    by_set: dict[frozenset[str], int] = {}
    for i, name in enumerate(names):
        if name.family == "Organization" and name.country is None:
            links.join(i, by_core.setdefault(("", legal_core(name.folded)), i))
            words = word_set(name.written)
            if len(words) > 1:
                links.join(i, by_set.setdefault(words, i))
    link_forms(names, links)


def _link_acronyms(
    doc: Doc, mentions: Sequence[TokenMention], names: list[WrittenName], of_mention: list[int], links: Links
) -> None:
    short: dict[str, list[int]] = defaultdict(list)
    for i, name in enumerate(names):
        letters = name.written.replace(".", "")
        if letters[:-1].isupper() and letters[-1] == "s":  # "NGOs"
            letters = letters[:-1]
        if letters.isupper() and letters.isalnum() and 2 <= len(letters) <= 8 and name.country is None:
            short[fold(letters)].append(i)
    for i, name in enumerate(names) if short else ():
        hyphened = initials(fold(name.written.replace("-", "")))  # "Multi-Purpose" may give one letter
        for acronym in sorted((initials(name.folded) | hyphened) & short.keys()):
            for j in short[acronym]:
                if names[j].family == name.family != "Person":
                    links.join(i, j)
    # "Harwick Institute for Applied Mechanics (HIAM)", "Indonesian Communist Party (PKI)": the brackets say so
    for k in range(len(mentions) - 1):
        one, other = mentions[k], mentions[k + 1]
        if (
            other.start == one.end + 1
            and doc[one.end].text == "("
            and other.end < len(doc)
            and doc[other.end].text == ")"
        ):
            i, j = of_mention[k], of_mention[k + 1]
            spelled = names[j].folded in short and _stands_for(names[j].folded, names[i].folded)
            if spelled or (names[i].family == names[j].family and _is_short_form(names[j])):
                links.join(i, j)


def _is_short_form(name: WrittenName) -> bool:
    letters = name.written.replace(".", "").replace("-", "")
    capitals = sum(letter.isupper() for letter in letters)
    return letters.isalnum() and len(letters) <= 8 and capitals >= 2 and name.country is None


def _stands_for(acronym: str, folded: str) -> bool:
    """Whether the letters come in this order in the name, the first one first and most of them at word starts."""
    if " " not in folded or acronym[0] != folded[0]:
        return False
    letters = iter(folded)
    if not all(letter in letters for letter in acronym):
        return False
    starts = Counter(word[0] for word in folded.split())
    return sum((Counter(acronym) & starts).values()) * 2 >= len(acronym)


def _link_parts(names: list[WrittenName], links: Links) -> None:
    """ "Harwick Holdings" and "Harwick", "Kenyan Senate" and "Senate": a part of one longer name that came before."""
    longer: dict[tuple[str, str, bool], list[int]] = defaultdict(list)
    for i, name in enumerate(names):
        words = name.folded.split()
        if name.family in _PART_TYPES and name.country is None:
            for k in range(1, len(words)):
                longer[name.family, " ".join(words[:k]), False].append(i)
                longer[name.family, " ".join(words[k:]), True].append(i)
        elif name.family == "Place" and len(words) > 1 and words[-1] == "city":
            longer["Place", " ".join(words[:-1]), False].append(i)
        elif name.family == "Place" and words[:2] == ["city", "of"] and len(words) > 2:
            longer["Place", " ".join(words[2:]), False].append(i)
    for i, name in enumerate(names):
        if name.country is not None or name.folded.startswith("\0") or (name.family != "Place" and _general(name)):
            continue
        fitting = {
            links.find(j)
            for ending in (True, False)
            for j in longer.get((name.family, name.folded, ending), ())
            if (_but_for_year(name, names[j]) or name.family == "Place" or names[j].first < name.first)
            and (_but_for_year(name, names[j]) or name.family != "Event" or " " not in name.folded)
            and not _other_body(name.folded, names[j].folded, ending)
        }
        if len(fitting) == 1:
            links.join(i, fitting.pop())


def _general(name: WrittenName) -> bool:
    return bool(country_of_people(name.written)) or len(name.folded) < 3


def _but_for_year(short: WrittenName, full: WrittenName) -> bool:
    """ "Harwick Fair" and "Harwick Fair 2016"."""
    rest = full.folded.replace(short.folded, "").strip()
    return full.family == "Event" and len(rest) == 4 and rest.isdigit()


def _other_body(short: str, full: str, ending: bool) -> bool:
    rest = full[: -len(short)].split() if ending else full[len(short) :].split()
    if ending:
        rest = rest[:-1] if rest[-1:] == ["the"] else rest
        return bool(rest) and (rest[-1] in ("of", "for", "in", "and") or rest[0].isdigit())
    return bool(rest) and (rest[-1] in _UNITS or rest[0] in _UNITS or rest[0] == "and")
