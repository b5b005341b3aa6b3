"""Coreference on GUM dev: every mention predicted, words and sentences given.

Marked are whole noun phrases, also those that are mentioned once. So there are several views: all mentions, those in
clusters of two and more (as OntoNotes marks), names alone; each by exact span and by the head word (a phrase and the
name in it are then the same mention).

Two answers are measured: what ``kg extract --coreference`` gives, and the entities of the graph, which are made of
names, descriptions of the types of the vocabulary and third-person pronouns alone, so that their recall is low.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product

from spacy.tokens import Doc

from benchmarks.clusters import MEASURES, Cluster, compare, conll
from benchmarks.measures import Counts
from benchmarks.model import fingerprint, open_model, parser, read_words, weights
from benchmarks.report import Row, finish, table
from kg.extraction.antecedents import proposed_antecedents
from kg.extraction.coreference import cluster_names
from kg.extraction.mentions import TokenMention
from kg.extraction.phrase_clusters import phrase_clusters
from kg.extraction.phrases import Phrase
from kg.extraction.recognition import recognised
from kg.language.weights import Weights
from training.corpora import Passage, treebank

VIEWS = ("all mentions", "clusters of two and more", "names only")
ANSWERS = ("phrases", "entities of the graph")


@dataclass(frozen=True, slots=True)
class Marked:
    """A mention of either side: word span, head word, whether a name, pronoun or other noun phrase, cluster."""

    start: int
    end: int
    head: int
    kind: str
    cluster: int


def heads(passage: Passage) -> list[int]:
    """Index of the governor of each word of the passage, its own for a root."""
    found: list[int] = []
    for sentence, start in zip(passage.syntax or (), passage.starts, strict=True):
        found += [start + h - 1 if h else start + i for i, h in enumerate(sentence.heads)]
    return found


def head_of(start: int, end: int, governor: Sequence[int]) -> int:
    """The word of the span that hangs on a word outside it; the first of several."""
    return next((i for i in range(start, end) if not start <= governor[i] < end or governor[i] == i), start)


def gold_mentions(passage: Passage) -> list[Marked]:
    """The marked mentions; a name is one whose head is a proper noun."""
    governor = heads(passage)
    upos = [u for s in passage.syntax or () for u in s.upos]
    found = []
    for m in passage.mentions:
        head = head_of(m.start, m.end, governor)
        kind = "name" if upos[head] == "PROPN" else "pronoun" if upos[head] in ("PRON", "DET") else "nominal"
        found.append(Marked(m.start, m.end, head, kind, m.cluster))
    return found


def entities(doc: Doc, model: Weights) -> list[TokenMention]:
    """The mentions of the graph's entities, clustered with the model's antecedents as in a build."""
    mentions = recognised(doc)
    return cluster_names(doc, mentions, proposed_antecedents(doc, mentions, model))


def found_mentions(doc: Doc, governor: Sequence[int], model: Weights) -> dict[str, list[Marked]]:
    """Both answers, heads by the marked tree so that both sides agree on them."""
    mentions = entities(doc, model)

    def marked(found: Phrase | TokenMention, cluster: int) -> Marked:
        return Marked(found.start, found.end, head_of(found.start, found.end, governor), found.kind, cluster)

    phrases = [marked(p, n) for n, cluster in enumerate(phrase_clusters(doc, mentions, model)) for p in cluster]
    return dict(zip(ANSWERS, (phrases, [marked(m, m.cluster) for m in mentions if m.cluster >= 0]), strict=True))


def partition(mentions: Iterable[Marked], by_head: bool) -> list[Cluster]:
    """Clusters of spans or of heads; a span or head that occurs twice stays with the longest mention."""
    groups: dict[int, set[int | tuple[int, int]]] = {}
    seen = set()
    for m in sorted(mentions, key=lambda m: (m.start - m.end, m.start, m.cluster)):
        key = m.head if by_head else (m.start, m.end)
        if key not in seen:
            seen.add(key)
            groups.setdefault(m.cluster, set()).add(key)
    return [frozenset(g) for _, g in sorted(groups.items())]


def seen(mentions: Sequence[Marked], view: str, by_head: bool) -> list[Cluster]:
    """The clusters that a view looks at."""
    clusters = partition([m for m in mentions if view != VIEWS[2] or m.kind == "name"], by_head)
    return without_single(clusters) if view == VIEWS[1] else clusters


def without_single(clusters: list[Cluster]) -> list[Cluster]:
    """Clusters of at least two mentions."""
    return [c for c in clusters if len(c) > 1]


def main() -> None:
    """Command line."""
    ap = parser(__doc__)
    ap.add_argument("--mistakes", type=int, default=0, metavar="N", help="also print N mistakes of each kind")
    a = ap.parse_args()
    nlp = open_model(a.model)
    passages = treebank(sorted((a.corpora / "gum" / "dev").glob("*.conllu")))[: a.limit]
    total: dict[tuple[str, str, bool], dict[str, Counts]] = {}
    wrong: dict[str, Counter[str]] = {}
    for passage in passages:
        governor = heads(passage)
        doc = read_words(nlp, passage.words, passage.starts, passage.space_after)
        gold = gold_mentions(passage)
        ours = found_mentions(doc, governor, weights(nlp))
        for answer, view, by_head in product(ANSWERS, VIEWS, (False, True)):
            g, s = (seen(side, view, by_head) for side in (gold, ours[answer]))
            sums = total.setdefault((answer, view, by_head), dict.fromkeys(MEASURES, Counts()))
            total[answer, view, by_head] = {k: sums[k] + c for k, c in compare(s, g).items()}
        note(gold, ours[ANSWERS[0]], passage.words, wrong)
    for kind, found in wrong.items() if a.mistakes else ():
        print(table(["times", "what"], [[n, w] for w, n in found.most_common(a.mistakes)], kind))
    rows: list[Row] = []
    figures: dict[str, object] = {}
    for (answer, view, by_head), scores in total.items():
        label = f"{answer}: {view}, {'heads' if by_head else 'spans'}"
        rows.append([label, *(round(100 * scores[m].f1, 2) for m in MEASURES), round(100 * conll(scores), 2)])
        figures[label] = {m: scores[m].percent() for m in MEASURES} | {"CoNLL": round(100 * conll(scores), 2)}
    print(table(["view", *MEASURES, "CoNLL"], rows, f"Coreference of GUM dev, F1, model {fingerprint(nlp)}"))
    finish("coreference", {"model": fingerprint(nlp), **figures})


def note(gold: list[Marked], ours: list[Marked], words: list[str], into: dict[str, Counter[str]]) -> None:
    """Count links of mentions to the one before in their cluster (right, wrong, missing), with examples."""
    truth = {m.head: m for m in gold}
    before_ours, before_gold = _before(ours), _before(gold)
    for m in ours:
        g, link = truth.get(m.head), before_ours.get(m.head)
        said = " ".join(words[m.start : m.end])
        if g is None:
            into.setdefault("our mentions that are none, kind", Counter())[m.kind] += 1
            into.setdefault("our mentions that are none", Counter())[f"{m.kind}: {said}"] += 1
            continue
        real = before_gold.get(m.head)
        if link is not None:
            held = truth.get(link.head)
            right = held is not None and held.cluster == g.cluster
            into.setdefault("our links", Counter())[f"{m.kind}: {'right' if right else 'wrong'}"] += 1
            if not right:
                antecedent = " ".join(words[link.start : link.end])
                meant = " ".join(words[real.start : real.end][:8]) if real else "(new)"
                into.setdefault("wrong links", Counter())[f"{m.kind}: {said} -> {antecedent}; marked: {meant}"] += 1
        elif real is not None:
            into.setdefault("our links", Counter())[f"{m.kind}: missing"] += 1
            meant = " ".join(words[real.start : real.end][:8])
            into.setdefault("missing links", Counter())[f"{m.kind}: {said}; marked: {meant}"] += 1


def _before(mentions: Iterable[Marked]) -> dict[int, Marked]:
    """For the head of each mention the mention of its cluster before it."""
    last: dict[int, Marked] = {}
    found = {}
    for m in sorted(mentions, key=lambda m: (m.head, m.start)):
        if m.cluster in last and last[m.cluster].head != m.head:
            found[m.head] = last[m.cluster]
        last[m.cluster] = m
    return found


if __name__ == "__main__":
    main()
