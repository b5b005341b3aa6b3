"""Which document entities are one thing: agreement of full names first, then what one document teaches another.

1. The same country, or the same type and full name (an organisation's without its legal form, its words in any order)
   unless the documents tell two senses apart. A person known by one word and a thing that no name names stay in
   their document. Posts are the same wherever the words are; those of general name ("mayor") only with one holder.
2. People's names that agree but differ in short forms and middle names, where no third one is torn between two.
3. A short name (an acronym, a surname, "Harwick" for "Harwick Holdings") that a document uses alone goes to the one
   thing that carries it elsewhere: an acronym at once, another short name only where the two keep company with a
   common third thing.

No step looks at the order of documents.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType

from kg.gazetteer import fold, initials, legal_core, word_set
from kg.resolution.occurrences import Occurrence

Group = list[Occurrence]

_NO_COMPANY = frozenset({"Position", "Language", "Group", "Date"})
_SAME_NAME_TYPES = (
    frozenset({"Organization", "Facility"}),
    frozenset({"Organization", "Work"}),
    frozenset({"Organization", "Group"}),
)


class Grouping:
    """Occurrences in groups that only ever grow; the group's number is its smallest member's."""

    def __init__(self, occurrences: Sequence[Occurrence]) -> None:
        self.occurrences = occurrences
        self._parent = list(range(len(occurrences)))

    def find(self, one: int) -> int:
        """The group of an occurrence."""
        while self._parent[one] != one:
            self._parent[one] = self._parent[self._parent[one]]
            one = self._parent[one]
        return one

    def join(self, members: Iterable[int]) -> None:
        """Make one group of all their groups."""
        roots = sorted({self.find(member) for member in members})
        for root in roots[1:]:
            self._parent[root] = roots[0]

    def groups(self) -> dict[int, list[int]]:
        """Members by group number."""
        found: dict[int, list[int]] = defaultdict(list)
        for i in range(len(self.occurrences)):
            found[self.find(i)].append(i)
        return found


def merge(
    occurrences: Sequence[Occurrence],
    holders: Mapping[tuple[str, str], Sequence[tuple[str, str]]] = MappingProxyType({}),
) -> list[Group]:
    """The occurrences in groups, one for each thing; ``occurrences`` must be sorted by document.

    ``holders`` says who holds each post, both as document id and document-level id.
    """
    grouping = Grouping(occurrences)
    _same_names(grouping)
    _same_names_of_two_types(grouping)
    company = _company(grouping)
    _agreeing_people(grouping, company)
    _short_names(grouping, company)
    _same_posts(grouping, holders)
    return [[occurrences[i] for i in members] for members in grouping.groups().values()]


def _same_names(grouping: Grouping) -> None:
    blocks: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for i, held in enumerate(grouping.occurrences):
        kind = held.entity.type
        if held.country is not None:
            blocks["country", held.country.name].append(i)
        elif kind == "Position" and not held.general:
            blocks[kind, held.folded].append(i)
        elif not held.named or held.bare or held.general:
            continue
        elif held.person is not None:
            blocks[kind, held.person.words, held.person.generation].append(i)
        else:
            blocks[kind, held.folded].append(i)
            if kind == "Organization":
                blocks[kind, "core", legal_core(held.folded)].append(i)
                words = word_set(held.entity.name)
                if len(words) > 1:
                    blocks[kind, words].append(i)
    for members in blocks.values():
        senses = {grouping.occurrences[i].sense for i in members} - {""}
        if len(senses) < 2:
            grouping.join(members)
        else:
            for sense in (*senses, ""):
                grouping.join(i for i in members if grouping.occurrences[i].sense == sense)


def _same_names_of_two_types(grouping: Grouping) -> None:
    """A newspaper is an organisation here and a work there; only names of several words, and one thing of each type."""
    blocks: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for i, held in enumerate(grouping.occurrences):
        if held.named and " " in held.folded:
            blocks[held.folded][held.entity.type].add(grouping.find(i))
    for folded in sorted(blocks):
        for pair in _SAME_NAME_TYPES:
            if pair <= blocks[folded].keys():
                things = set[int]().union(*(blocks[folded][kind] for kind in pair))
                if len(things) == 2:
                    grouping.join(things)


def _company(grouping: Grouping) -> Callable[[Iterable[int]], set[int]]:
    """A function from occurrences to the groups that are named in the same documents, as they are now.

    Countries and what is no single thing make no company: everything keeps it.
    """
    met: dict[str, set[int]] = defaultdict(set)
    for i, held in enumerate(grouping.occurrences):
        if held.named and held.country is None and not held.bare and held.entity.type not in _NO_COMPANY:
            met[held.document].add(grouping.find(i))

    def company(members: Iterable[int]) -> set[int]:
        return set[int]().union(*(met[grouping.occurrences[i].document] for i in members))

    return company


def _agreeing_people(grouping: Grouping, company: Callable[[Iterable[int]], set[int]]) -> None:
    by_last: dict[str, list[int]] = defaultdict(list)
    groups = grouping.groups()
    for group in sorted(groups):
        person = grouping.occurrences[group].person
        if person is not None and not grouping.occurrences[group].bare:
            by_last[person.words[-1]].append(group)
    for _, people in sorted(by_last.items()):
        near = {
            one: {two for two in people if two != one and _one_person(grouping, groups, one, two, company)}
            for one in people
        }
        for one in people:
            # a name that fits two people who do not fit each other stays alone, and so do they
            if near[one] and all(near[two] | {two} == near[one] | {one} for two in near[one]):
                grouping.join({one, *near[one]})


def _one_person(
    grouping: Grouping,
    groups: dict[int, list[int]],
    one: int,
    two: int,
    company: Callable[[Iterable[int]], set[int]],
) -> bool:
    a, b = grouping.occurrences[one].person, grouping.occurrences[two].person
    if a is None or b is None or not a.agrees(b):
        return False
    senses = {grouping.occurrences[i].sense for i in (*groups[one], *groups[two])} - {""}
    together = {grouping.occurrences[i].document for i in groups[one]} & {
        grouping.occurrences[i].document for i in groups[two]
    }
    if len(senses) > 1 or together:  # a document that holds both has told them apart
        return False
    if a.words[0] != b.words[0] or (len(a.words) > 2) != (len(b.words) > 2):
        initial = min(len(a.words[0]), len(b.words[0])) == 1
        return not initial or bool(_common(company, groups[one], groups[two], {one, two}))
    return True


def _common(
    company: Callable[[Iterable[int]], set[int]], one: Iterable[int], two: Iterable[int], but: set[int]
) -> set[int]:
    return (company(one) & company(two)) - but


def _short_names(grouping: Grouping, company: Callable[[Iterable[int]], set[int]]) -> None:
    carriers: dict[tuple[str, str], set[int]] = defaultdict(set)
    spelled: dict[tuple[str, str], set[int]] = defaultdict(set)
    groups = grouping.groups()
    for i, held in enumerate(grouping.occurrences):
        if not held.named or held.country is not None:
            continue
        kind, group = held.entity.type, grouping.find(i)
        if held.person is not None:
            if not held.bare:
                carriers[kind, held.person.words[-1]].add(group)
            continue
        for alias in map(fold, held.entity.aliases):
            if alias and alias != held.folded:
                known = initials(held.folded)
                (spelled if " " not in alias and alias in known else carriers)[kind, alias].add(group)
    targets: list[tuple[int, int]] = []
    for group, members in sorted(groups.items()):
        held = grouping.occurrences[group]
        if not held.named or held.country is not None or (held.person is not None and not held.bare):
            continue
        words = held.person.words[-1] if held.person is not None else held.folded
        key = (held.entity.type, words)
        expansions = spelled.get(key, set()) - {group}
        if len(expansions) == 1 and _apart(grouping, members, groups[min(expansions)]):
            targets.append((group, min(expansions)))
            continue
        fitting = (expansions | carriers.get(key, set())) - {group}
        if len(fitting) != 1 and not expansions:
            continue
        near = [
            other
            for other in sorted(fitting)
            if _apart(grouping, members, groups[other]) and _common(company, members, groups[other], {group, other})
        ]
        if len(near) == 1:
            targets.append((group, near[0]))
    for group, target in targets:
        grouping.join((group, target))


def _same_posts(grouping: Grouping, holders: Mapping[tuple[str, str], Sequence[tuple[str, str]]]) -> None:
    """One post of general name where one person holds it: the "commander" of two stories about Anna Poe."""
    number = {held.key: i for i, held in enumerate(grouping.occurrences)}
    blocks: dict[tuple[str, int], list[int]] = defaultdict(list)
    for i, held in enumerate(grouping.occurrences):
        if held.general:
            people = {grouping.find(number[key]) for key in holders.get(held.key, ()) if key in number}
            if len(people) == 1:
                blocks[held.folded, people.pop()].append(i)
    for members in blocks.values():
        grouping.join(members)


def _apart(grouping: Grouping, one: Iterable[int], two: Iterable[int]) -> bool:
    """Whether no document holds both: one that does has told them apart."""
    documents = {grouping.occurrences[i].document for i in one}
    return all(grouping.occurrences[i].document not in documents for i in two)
