"""What the names of a document are: what stands right before or after one, the gazetteer, and a vote per string.

A recogniser judges each mention alone. A reader knows that one name means one thing from its first line to its last.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc

from kg.extraction.mentions import TokenMention
from kg.extraction.written_names import written_name
from kg.gazetteer import (
    PersonName,
    country_named,
    country_of_people,
    fold,
    given_name_gender,
    place_subtype,
    title_kind,
)

Kind = tuple[str, str | None]
_CUE_WEIGHT = 3
# fmt: off
_VESSELS = frozenset((
    "ferry", "ship", "vessel", "frigate", "destroyer", "submarine", "trawler", "tanker", "freighter", "corvette",
    "yacht", "schooner", "liner", "steamer", "warship", "cutter", "tugboat", "patrol boat", "icebreaker", "locomotive",
    "satellite", "spacecraft", "rocket",
))
_PREFIXES = frozenset((
    "HMS", "HMAS", "HMCS", "HMNZS", "USS", "USNS", "USCGC", "MV", "MS", "MT", "SS", "RMS", "RRS", "INS", "KNM", "ARA",
))
# fmt: on
_SETTLEMENTS = {
    **dict.fromkeys(("village", "town", "city", "hamlet", "suburb"), "City"),
    **dict.fromkeys(("province", "state", "region", "county", "peninsula"), "Region"),
}
_AFTER = dict.fromkeys(("province", "county", "state", "region", "prefecture", "oblast", "peninsula"), "Region")
_PLACES = frozenset({"Place", "Facility", "Organization", "Person", "Group"})


def settled(doc: Doc, names: Sequence[TokenMention]) -> list[TokenMention]:
    """The names in their order, one string with one type; dates stay what they are."""
    ballots: dict[str, Counter[Kind]] = defaultdict(Counter)
    keys = [fold(written_name(doc, name)) for name in names]
    for key, name in zip(keys, names, strict=True):
        if name.type != "Date" and key:
            ballots[key][name.type, name.subtype] += 1
            told = _cue(doc, name)
            if told is not None:
                ballots[key][told] += _CUE_WEIGHT
            short = _without_prefix(doc, name)
            if short and place_subtype(short) is None:
                ballots[fold(short)]["Product", None] += _CUE_WEIGHT
    surnames = _surnames(doc, names)
    given = {w for key, ballot in ballots.items() if " " in key and ("Person", None) in ballot for w in key.split()}
    chosen = {key: _choice(key, ballot, surnames) for key, ballot in ballots.items()}
    found = []
    for key, name in zip(keys, names, strict=True):
        kind = chosen.get(key)
        if kind is not None and name.type != "Date":
            known = place_subtype(written_name(doc, name))
            mistaken = kind[0] == "Person" and not given_name_gender(key) and key not in given
            if known is not None and (kind[0] == "Place" or mistaken):
                kind = "Place", known
            name = replace(name, type=kind[0], subtype=kind[1])
        found.append(name)
    return found


def _choice(key: str, ballot: Counter[Kind], surnames: frozenset[str]) -> Kind:
    """The type with the most votes, the one voted for first among equals; then its subtype in the same way."""
    types: Counter[str] = Counter()
    for (kind, _), votes in ballot.items():
        types[kind] += votes
    if key in surnames and "Person" not in types and max(ballot.values()) < _CUE_WEIGHT:
        return "Person", None
    kind = types.most_common(1)[0][0]
    subtypes: Counter[str] = Counter()
    for (held, subtype), votes in ballot.items():
        if held == kind and subtype is not None:
            subtypes[subtype] += votes
    return kind, subtypes.most_common(1)[0][0] if subtypes else None


def _surnames(doc: Doc, names: Sequence[TokenMention]) -> frozenset[str]:
    """Last words of people's names of two words or more that begin no other name and are no place's."""
    people: set[str] = set()
    others: set[str] = set()
    for name in names:
        written = written_name(doc, name)
        words = fold(written).split()
        if name.type == "Person":
            held = PersonName.of(written).words
            if len(held) > 1:
                people.add(held[-1])
        elif len(words) > 1:
            others.update(words)
    return frozenset(w for w in people - others if country_named(w.title()) is None and place_subtype(w) is None)


def _without_prefix(doc: Doc, name: TokenMention) -> str:
    """The name of a ship without its "HMS"; empty for any other name."""
    if doc[name.start].text not in _PREFIXES or name.end - name.start < 2:
        return ""
    return written_name(doc, replace(name, start=name.start + 1))


def _cue(doc: Doc, name: TokenMention) -> Kind | None:
    """What the words around say: "the ferry Orla", "the town of Niv", "Tarn province", "HMS Harrier", "Mr Poe"."""
    first = doc[name.start]
    before = doc[name.start - 1] if name.start else None
    if first.text in _PREFIXES and name.end - name.start > 1:
        return "Product", None
    if country_of_people(first.text) and name.end - name.start == 1:
        return None
    if before is not None and before.is_alpha:
        word = before.lower_
        if word in _VESSELS and name.type not in ("Product", "Date"):
            return "Product", None
        if title_kind(before.text) in ("civil", "noble") and before.text.istitle():
            return "Person", None
        if word == "of" and name.start > 1 and name.type in _PLACES:
            subtype = _SETTLEMENTS.get(doc[name.start - 2].lower_)
            if subtype is not None and name.type != "Group":
                return "Place", subtype
        if word in ("village", "town") and name.type in _PLACES:
            return "Place", "City"
    if name.end < len(doc) and name.type in ("Place", "Person") and doc[name.end].lower_ in _AFTER:
        return "Place", _AFTER[doc[name.end].lower_]
    return None
