"""Long texts in parts: cut at paragraph ends, extracted one by one, joined again, so that memory stays bounded."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.gazetteer import fold
from kg.records import Claim, Clusters, Document, DocumentClaims, DocumentEntity, Mention, Reference, Span

LONGEST = 100_000
"""Characters of one part at most: some 20,000 words, more than nearly every article."""

_ENDS = tuple(map(re.compile, (r"\n\s*\n", r"\n", r"[.!?][\"'”’)]*\s+", r"\s+")))


def parts(document: Document, longest: int = LONGEST) -> Iterator[tuple[int, Document]]:
    """The document in pieces of at most ``longest`` characters, each with the offset of its beginning.

    Cut after the last paragraph, line, sentence or word that fits. Together the pieces are the whole text.
    """
    text, start = document.text, 0
    while len(text) - start > longest:
        end = _cut(text, start, start + longest)
        yield start, replace(document, text=text[start:end])
        start = end
    yield start, replace(document, text=text[start:]) if start else document


def _cut(text: str, start: int, limit: int) -> int:
    for pattern in _ENDS:
        ends = [m.end() for m in pattern.finditer(text, start + (limit - start) // 2, limit)]
        if ends:
            return ends[-1]
    return limit


def joined(document: Document, found: Sequence[tuple[int, DocumentClaims]]) -> DocumentClaims:
    """The claims of the pieces as claims of the whole: offsets shifted, entities of one name united and renumbered."""
    if len(found) == 1:
        return replace(found[0][1], document=document)
    ends = [_End(number, entity) for number, (_, piece) in enumerate(found) for entity in piece.entities]
    shift = [offset for offset, _ in found]
    groups = _united(ends)
    groups.sort(key=lambda group: min(m.start + shift[e.part] for e in group for m in e.entity.mentions))
    new = {(e.part, e.entity.id): f"e{number + 1}" for number, group in enumerate(groups) for e in group}
    entities = tuple(_entity(f"e{number + 1}", group, shift) for number, group in enumerate(groups))
    claims = (
        _moved(claim, shift[number], {old: new[number, old] for old in _named(claim)})
        for number, (_, piece) in enumerate(found)
        for claim in piece.claims
    )
    return DocumentClaims(document, entities, tuple(c for c in claims if c.subject != c.object))


def joined_clusters(found: Sequence[tuple[int, Clusters]]) -> Clusters:
    """Coreference of the pieces as that of the whole: offsets shifted, clusters with a name in common united."""
    groups: list[list[Reference]] = []
    by_name: dict[str, int] = {}
    for offset, clusters in found:
        for cluster in clusters:
            moved = [replace(r, start=r.start + offset, end=r.end + offset) for r in cluster]
            names = {fold(r.text) for r in moved if r.kind == "name"} - {""}
            number = min((by_name[name] for name in names if name in by_name), default=len(groups))
            if number == len(groups):
                groups.append([])
            groups[number] += moved
            by_name.update((name, number) for name in names if name not in by_name)
    return tuple(tuple(group) for group in groups)


@dataclass(frozen=True)
class _End:
    """An entity of one piece."""

    part: int
    entity: DocumentEntity

    @property
    def named(self) -> bool:
        return any(m.kind == "name" for m in self.entity.mentions)

    @property
    def keys(self) -> set[tuple[str, str]]:
        folded = {fold(name) for name in (self.entity.name, *self.entity.aliases)} - {""}
        return {(self.entity.type, name) for name in folded}

    @property
    def key(self) -> tuple[str, str]:
        return self.entity.type, fold(self.entity.name)


def _united(ends: Sequence[_End]) -> list[list[_End]]:
    """Groups of entities that are one: by name first, then by a name that only one fuller name has as an alias."""
    groups: list[list[_End]] = [[e] for e in ends if not e.named or not e.key[1]]
    by_name: dict[tuple[str, str], list[_End]] = {}
    for e in ends:
        if e.named and e.key[1]:
            by_name.setdefault(e.key, []).append(e)
    fuller: dict[tuple[str, str], set[tuple[str, str]]] = {}
    for name, group in by_name.items():
        for key in {key for e in group for key in e.keys} - {name}:
            fuller.setdefault(key, set()).add(name)

    def top(name: tuple[str, str]) -> tuple[str, str]:
        seen = {name}
        while len(above := fuller.get(name, set()) - seen) == 1 and len(fuller[name]) == 1:
            (name,) = above
            seen.add(name)
        return name

    tops: dict[tuple[str, str], list[_End]] = {}
    for name, group in by_name.items():
        tops.setdefault(top(name), []).extend(group)
    return [*groups, *tops.values()]


def _entity(id: str, group: Sequence[_End], shift: Sequence[int]) -> DocumentEntity:
    fullest = max(group, key=lambda e: (len(fold(e.entity.name)), -e.part))
    mentions: list[Mention] = [
        replace(m, start=m.start + shift[e.part], end=m.end + shift[e.part], entity=id)
        for e in group
        for m in e.entity.mentions
    ]
    names = {name for e in group for name in (e.entity.name, *e.entity.aliases)} - {fullest.entity.name}
    subtypes = [e.entity.subtype for e in [fullest, *group] if e.entity.subtype]
    mentions.sort(key=lambda m: (m.start, m.end))
    return replace(
        fullest.entity,
        id=id,
        mentions=tuple(mentions),
        aliases=tuple(sorted(names)),
        subtype=subtypes[0] if subtypes else None,
    )


def _named(claim: Claim) -> set[str]:
    return {end for end in (claim.subject, claim.object, claim.attribution) if end is not None}


def _moved(claim: Claim, by: int, new: dict[str, str]) -> Claim:
    evidence = claim.evidence
    return replace(
        claim,
        subject=new[claim.subject],
        object=new[claim.object] if claim.object else None,
        attribution=new[claim.attribution] if claim.attribution else None,
        evidence=replace(
            evidence,
            start=evidence.start + by,
            end=evidence.end + by,
            words=tuple(_shifted(word, by) for word in evidence.words),
        ),
        subject_mention=_shifted(claim.subject_mention, by),
        object_mention=_shifted(claim.object_mention, by) if claim.object_mention else None,
    )


def _shifted(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)
