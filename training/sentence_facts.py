"""Corpora that mark one fact in a sentence: FewRel, KnowledgeNet, Text2KGBench. They teach pairs, not whole documents.

What such a passage does not mark may still be there, so it is ``partial``: of its pairs only those with a relation are
learned from, and of these no class that often goes along with the marked one (`companions`); and pairs of `strangers`.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt

from kg.language.tokens import blank_english
from training.corpora import FINE, Marked, Passage

KNOWLEDGENET = {
    "PLACE_OF_RESIDENCE": ("P551", False), "SPOUSE": ("P26", False), "PLACE_OF_BIRTH": ("P19", False),
    "EDUCATED_AT": ("P69", False), "HEADQUARTERS": ("P159", False), "CHILD_OF": ("P40", True),
    "DATE_OF_BIRTH": ("P569", False), "FOUNDED_BY": ("P112", False), "CEO": ("P169", False),
    "NATIONALITY": ("P27", False), "POLITICAL_AFFILIATION": ("P102", False), "SUBSIDIARY_OF": ("P749", False),
    "DATE_OF_DEATH": ("P570", False), "DATE_FOUNDED": ("P571", False), "EMPLOYEE_OR_MEMBER_OF": ("P108", False),
}  # fmt: skip
"""Property and whether its ends are exchanged. What KnowledgeNet has no finer word for (employee or member) is taken as
employer; membership is then one of its companions and not counted against the model."""

ALWAYS_WITH = {"P108": {"P463"}, "P17": {"P131"}, "P131": {"P17"}}
ANY = frozenset(FINE)
WordSpan = tuple[int, int]


def companions(passages: Iterable[Passage], share: float = 0.08) -> dict[str, set[str]]:
    """For each class those that stand on the same pair in at least ``share`` of its cases."""
    alone, both = Counter[str](), Counter[tuple[str, str]]()
    for doc in passages:
        pairs: dict[tuple[int, int], set[str]] = defaultdict(set)
        for h, c, t in doc.relations:
            pairs[h, t].add(c)
        for classes in pairs.values():
            alone.update(classes)
            both.update((a, b) for a in classes for b in classes if a != b)
    found = {c: {b for (a, b), n in both.items() if a == c and n >= share * alone[c]} for c in alone}
    for c, more in ALWAYS_WITH.items():
        found.setdefault(c, set()).update(more)
    return found


def fewrel(path: Path, properties: set[str]) -> Iterator[Passage]:
    """FewRel (Han et al. 2018): tokens, one head, one tail, one property."""
    for line in path.read_text("utf-8").splitlines():
        record = json.loads(line)
        head, tail = record["head"], record["tail"]
        if record["relation"] in properties and _in_one(head) and _in_one(tail):
            words = [w if w.strip() else "_" for w in record["tokens"]]
            yield _passage("fewrel", words, [((head[0], head[-1] + 1), record["relation"], (tail[0], tail[-1] + 1))])


def knowledgenet(path: Path, properties: set[str]) -> Iterator[Passage]:
    """KnowledgeNet (Mesquita et al. 2019): passages with character spans; pronouns may be arguments."""
    nlp = blank_english()
    for line in path.read_text("utf-8").splitlines():
        for part in json.loads(line)["passages"]:
            doc = [t for t in nlp(part["passageText"]) if not t.is_space]
            begin = {t.idx: i for i, t in enumerate(doc)}
            end = {t.idx + len(t): i + 1 for i, t in enumerate(doc)}
            at = part["passageStart"]
            facts = []
            for f in part["facts"]:
                name, turned = KNOWLEDGENET.get(f["propertyName"], ("", False))
                spans = [
                    (begin.get(f[f"{s}Start"] - at, -1), end.get(f[f"{s}End"] - at, -1)) for s in ("subject", "object")
                ]
                if name in properties and all(0 <= a < b for a, b in spans):
                    facts.append((spans[turned], name, spans[not turned]))
            if facts:
                yield _passage("knowledgenet", [t.text for t in doc], facts)


def text2kg(paths: Iterable[Path], properties: set[str]) -> Iterator[Passage]:
    """Text2KGBench (Mihindukulasooriya et al. 2023): labels of subject and object, looked up in the sentence."""
    nlp = blank_english()
    by_sentence: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for path in paths:
        for line in path.read_text("utf-8").splitlines():
            r = json.loads(line)
            if r.get("rel") in properties:
                by_sentence[r["sent"]].append((r["sub_label"], r["rel"], r["obj_label"]))
    for sentence, triples in by_sentence.items():
        doc = [t for t in nlp(sentence) if not t.is_space]
        words = [t.text for t in doc]
        facts = []
        for subject, name, obj in triples:
            a, b = _find(words, [t.text for t in nlp(subject)]), _find(words, [t.text for t in nlp(obj)])
            if a and b and a != b:
                facts.append((a, name, b))
        if facts:
            yield _passage("text2kg", words, facts)


def packed(passages: list[Passage], words: int = 260) -> list[Passage]:
    """Several sentences as one passage, so that a batch holds few paddings; pairs stay inside their sentence."""
    out: list[Passage] = []
    for p in passages:
        if not out or len(out[-1].words) + len(p.words) > words:
            out.append(Passage(p.name, [], [], relation_set="docred", partial=True))
        into = out[-1]
        at, clusters = len(into.words), 1 + max((m.cluster for m in into.mentions), default=-1)
        into.starts.append(at)
        into.words += p.words
        into.mentions += [Marked(m.start + at, m.end + at, m.types, m.kind, m.cluster + clusters) for m in p.mentions]
        into.relations += [(h + clusters, c, t + clusters) for h, c, t in p.relations]
    return out


def strangers(sentence: npt.NDArray[np.int64], most: int) -> set[tuple[int, int]]:
    """Some pairs of entities out of different sentences of a packed passage, each given by its number: they come from
    different texts, so nothing is said of them. Drawn from numpy's generator.
    """
    pairs = np.argwhere(sentence[:, None] != sentence[None])
    return {(int(i), int(j)) for i, j in np.random.permutation(pairs)[:most]}


def _in_one(places: list[int]) -> bool:
    return places[-1] - places[0] + 1 == len(places)


def _find(words: list[str], name: list[str]) -> WordSpan | None:
    for i in range(len(words) - len(name) + 1):
        if words[i : i + len(name)] == name:
            return i, i + len(name)
    return None


def _passage(name: str, words: list[str], facts: list[tuple[WordSpan, str, WordSpan]]) -> Passage:
    spans = sorted({s for a, _, b in facts for s in (a, b)})
    return Passage(
        name, words, [0], mentions=[Marked(a, b, ANY, "name", i) for i, (a, b) in enumerate(spans)],
        relations=sorted({(spans.index(a), c, spans.index(b)) for a, c, b in facts if a != b}),
        relation_set="docred", partial=True,
    )  # fmt: skip
