"""The corpora as one record: words, sentences, and whatever layers the corpus marks. Nothing here needs torch."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

from kg.language.components import WITHIN as FINE_WITHIN

COARSE = ("PER", "ORG", "LOC", "TIME", "NUM", "MISC")
BIO = ("O", *(f"{b}-{t}" for t in COARSE for b in "BI"))
FINE = (
    "Person", "Organization", "GovernmentBody", "MilitaryUnit", "Company", "PoliticalParty", "NewsOutlet", "SportsTeam",
    "EducationalInstitution", "Place", "Country", "City", "Region", "Continent", "BodyOfWater", "Facility", "Event",
    "Work", "Product", "Award", "Position", "Group", "Language", "Date", "Quantity",
)  # fmt: skip
ORGANIZATIONS = frozenset(FINE[1:9])
PLACES = frozenset(FINE[9:15])
WITHIN = {coarse: frozenset(fine) for coarse, fine in FINE_WITHIN.items()}
COARSE_OF = {fine: coarse for coarse, fines in WITHIN.items() for fine in fines}


@dataclass
class Sentence:
    """Universal Dependencies layers of one sentence, one item a word; ``heads`` count from 1 inside it, 0 is root."""

    upos: list[str]
    xpos: list[str]
    feats: list[str]
    lemmas: list[str]
    heads: list[int]
    deprels: list[str]


@dataclass
class Marked:
    """A marked mention: words [start, end), the types it may have, name/nominal/pronoun, cluster index."""

    start: int
    end: int
    types: frozenset[str]
    kind: str
    cluster: int


@dataclass
class Passage:
    """One document of one corpus.

    ``names`` lists the coarse types whose names are marked throughout (None: no name layer). ``nominals`` and
    ``coreference`` say whether those layers are complete. ``relations`` are (head cluster, class, tail cluster)
    over the classes of ``relation_set``; ``evidence`` are the sentences that state something of a pair.
    ``partial`` passages tell nothing of pairs without a relation, nor of sentences.
    """

    name: str
    words: list[str]
    starts: list[int]
    syntax: list[Sentence] | None = None
    mentions: list[Marked] = field(default_factory=list)
    names: frozenset[str] | None = None
    nominals: bool = False
    coreference: bool = False
    relations: list[tuple[int, str, int]] = field(default_factory=list)
    relation_set: str | None = None
    partial: bool = False
    evidence: dict[tuple[int, int], set[int]] = field(default_factory=dict)
    space_after: list[bool] | None = None

    @property
    def ends(self) -> list[int]:
        """Word index after each sentence."""
        return [*self.starts[1:], len(self.words)]


# ---------------------------------------------------------------- Universal Dependencies (EWT, GUM)


def conllu(path: Path) -> Iterator[tuple[str, list[list[str]]]]:
    """(document name, rows of the ten columns) for every sentence; multiword and empty tokens left out."""
    document, rows = path.stem, []
    for line in path.read_text("utf-8").split("\n"):
        if line.startswith("# newdoc"):
            document = line.split("=", 1)[1].strip()
        elif line.startswith("#"):
            continue
        elif not line.strip():
            if rows:
                yield document, rows
            rows = []
        else:
            columns = line.split("\t")
            if "-" in columns[0] or "." in columns[0]:
                if "-" in columns[0]:
                    rows_until = int(columns[0].split("-")[1])
                    contracted = (int(columns[0].split("-")[0]), rows_until, columns[1], columns[9])
                    rows.append(["range", *map(str, contracted)])
                continue
            rows.append(columns)
    if rows:
        yield document, rows


def treebank(paths: list[Path]) -> list[Passage]:
    """Parsed documents. GUM's Entity column becomes mentions of all kinds with their coreference."""
    found: dict[str, Passage] = {}
    marks: dict[str, _GumEntities] = {}
    for path in paths:
        for name, rows in conllu(path):
            inside: dict[int, int] = {}
            glue_after: set[int] = set()
            for row in rows:
                if row[0] == "range":
                    first, last = int(row[1]), int(row[2])
                    inside.update(dict.fromkeys(range(first, last), last))
                    if "SpaceAfter=No" in row[4]:
                        glue_after.add(last)
            rows = [r for r in rows if r[0] != "range"]
            if any(not r[6].isdigit() for r in rows):
                continue
            doc = found.setdefault(name, Passage(name, [], [], [], space_after=[]))
            assert doc.syntax is not None
            assert doc.space_after is not None
            at = len(doc.words)
            doc.starts.append(at)
            doc.words += [r[1] for r in rows]
            doc.space_after += [
                not ("SpaceAfter=No" in r[9] or int(r[0]) in inside or int(r[0]) in glue_after) for r in rows
            ]
            doc.syntax.append(
                Sentence(
                    [r[3] for r in rows], [r[4] for r in rows], [r[5] for r in rows], [r[2] for r in rows],
                    [int(r[6]) for r in rows], [r[7] for r in rows],
                )
            )  # fmt: skip
            if "GUM_" in path.name:
                reader = marks.setdefault(name, _GumEntities())
                for i, row in enumerate(rows):
                    if match := re.search(r"(?:^|\|)Entity=([^|]+)", row[9]):
                        reader.feed(match[1], at + i)
    for name, reader in marks.items():
        reader.finish(found[name])
    return list(found.values())


class _GumEntities:
    """GUM's bracket notation: ``(12-person-giv:act-...``, ``12)``, ``(3-place-...-)``."""

    TYPES: ClassVar = {
        "person": {"Person", "Group"}, "place": PLACES | {"Facility"}, "organization": ORGANIZATIONS,
        "event": {"Event"}, "time": {"Date"}, "object": {"Product", "Work", "Facility", "Award"},
        "abstract": set(FINE), "substance": {"Product"}, "animal": {"Group"}, "plant": {"Product"},
    }  # fmt: skip

    def __init__(self) -> None:
        self.open: dict[str, list[int]] = defaultdict(list)
        self.kinds: dict[str, str] = {}
        self.found: list[tuple[int, int, str, str]] = []

    def feed(self, text: str, word: int) -> None:
        for token in re.findall(r"\([^()]+\)?|[^()]+\)", text):
            key = re.match(r"\(?(\d+(?:\[\d+/\d+\])?)", token)
            if key is None:
                continue
            name = key[1]
            if token.startswith("("):
                parts = token.strip("()").split("-")
                if len(parts) > 1:
                    self.kinds[name] = parts[1]
                if token.endswith(")"):
                    self._add(word, word + 1, name)
                else:
                    self.open[name].append(word)
            elif self.open[name]:
                self._add(self.open[name].pop(), word + 1, name)

    def _add(self, start: int, end: int, name: str) -> None:
        if "[" not in name:  # a mention in pieces has no one span
            self.found.append((start, end, name, self.kinds.get(name, "abstract")))

    def finish(self, doc: Passage) -> None:
        upos = [u for s in doc.syntax or () for u in s.upos]
        clusters: dict[str, int] = {}
        for start, end, name, kind in sorted(self.found, key=lambda f: (f[0], -f[1])):
            words = range(start, end)
            what = (
                "pronoun" if end - start == 1 and upos[start] == "PRON"
                else "name" if any(upos[w] == "PROPN" for w in words) else "nominal"
            )  # fmt: skip
            allowed = frozenset(self.TYPES.get(kind, set(FINE)))
            doc.mentions.append(Marked(start, end, allowed, what, clusters.setdefault(name, len(clusters))))
        doc.coreference = True


def with_universal_ner(docs: list[Passage], path: Path) -> int:
    """Lay the names of Universal NER (PER, ORG, LOC) over the EWT documents they were marked on; counts sentences."""
    tags: dict[tuple[str, ...], list[str]] = {}
    words: list[str] = []
    labels: list[str] = []
    for line in [*path.read_text("utf-8").split("\n"), ""]:
        if line.startswith("#"):
            continue
        if not line.strip():
            if words:
                tags[tuple(words)] = labels
            words, labels = [], []
        else:
            columns = line.split("\t")
            if columns[0].isdigit():
                words.append(columns[1])
                labels.append(columns[2])
    laid = 0
    for doc in docs:
        spans: list[Marked] = []
        complete = True
        for start, end in zip(doc.starts, doc.ends, strict=True):
            found = tags.get(tuple(doc.words[start:end]))
            if found is None:
                complete = False
                break
            laid += 1
            spans += [
                Marked(start + a, start + b, WITHIN[t], "name", -1)
                for a, b, t in _spans(found)
                if t in ("PER", "ORG", "LOC")
            ]
        if complete:
            doc.mentions, doc.names = spans, frozenset({"PER", "ORG", "LOC"})
    return laid


def _spans(tags: list[str]) -> Iterator[tuple[int, int, str]]:
    start = None
    for i, tag in enumerate([*tags, "O"]):
        if start is not None and not (tag.startswith("I-") and tag[2:] == tags[start][2:]):
            yield start, i, tags[start][2:]
            start = None
        if tag.startswith("B-") or (tag.startswith("I-") and start is None):
            start = i


# ---------------------------------------------------------------- Re-DocRED

# What a relation tells of the finer type of its two ends: property -> (head type, tail type).
TOLD: dict[str, tuple[str | None, str | None]] = {
    "P17": (None, "Country"), "P27": (None, "Country"), "P495": (None, "Country"), "P30": (None, "Continent"),
    "P206": (None, "BodyOfWater"), "P102": (None, "PoliticalParty"), "P54": (None, "SportsTeam"),
    "P69": (None, "EducationalInstitution"), "P169": ("Company", None), "P176": ("Product", "Company"),
    "P241": (None, "MilitaryUnit"), "P194": (None, "GovernmentBody"), "P166": (None, "Award"), "P607": (None, "Event"),
    "P1344": (None, "Event"), "P710": ("Event", None), "P57": ("Work", None), "P58": ("Work", None),
    "P86": ("Work", None), "P161": ("Work", None), "P162": ("Work", None), "P50": ("Work", None),
    "P175": ("Work", None), "P577": ("Work", None), "P123": ("Work", None), "P364": ("Work", "Language"),
    "P37": (None, "Language"), "P1412": (None, "Language"), "P140": (None, "Group"), "P172": (None, "Group"),
    "P39": (None, "Position"), "P36": (None, "City"), "P190": ("City", "City"), "P264": (None, "Company"),
    "P272": (None, "Company"), "P449": (None, "NewsOutlet"), "P35": ("Country", None), "P178": ("Product", "Company"),
    "P1056": ("Company", "Product"), "P118": (None, "Organization"), "P676": ("Work", None), "P674": ("Work", None),
    "P840": ("Work", None), "P179": (None, "Work"), "P155": ("Work", "Work"), "P156": ("Work", "Work"),
    "P585": ("Event", None), "P400": ("Product", "Product"), "P137": ("Facility", None),
}  # fmt: skip


def property_classes(corpora: Path) -> list[str]:
    """The Wikidata properties of DocRED, sorted."""
    return sorted(json.loads((corpora / "redocred/rel_info.json").read_text("utf-8")))


def redocred(path: Path, relations: bool = True) -> list[Passage]:
    """Re-DocRED or DocRED documents: names of all six types, clusters, relations by Wikidata property."""
    out = []
    for record in json.loads(path.read_text("utf-8")):
        starts, words = [], []
        for sentence in record["sents"]:
            starts.append(len(words))
            words += [w if w.strip() else "_" for w in sentence]
        told: dict[int, Counter[str]] = defaultdict(Counter)
        for label in record.get("labels", ()):
            for end, fine in zip((label["h"], label["t"]), TOLD.get(label["r"], (None, None)), strict=True):
                if fine:
                    told[end][fine] += 1
        mentions = []
        for cluster, names in enumerate(record["vertexSet"]):
            for m in names:
                at = starts[m["sent_id"]]
                within = WITHIN[m["type"]]
                fine = {f for f in told[cluster] if f in within}
                best = max(sorted(fine), key=lambda f: told[cluster][f], default=None)
                types = frozenset({best}) if best else within
                mentions.append(Marked(at + m["pos"][0], at + m["pos"][1], types, "name", cluster))
        facts = [(x["h"], x["r"], x["t"]) for x in record.get("labels", ()) if x["h"] != x["t"]] if relations else []
        evidence: dict[tuple[int, int], set[int]] = defaultdict(set)
        for label in record.get("labels", ()) if relations else ():
            evidence[label["h"], label["t"]].update(label.get("evidence", ()))
        out.append(
            Passage(
                record["title"], words, starts, mentions=mentions, names=frozenset(COARSE), relations=facts,
                relation_set="docred" if relations else None, evidence={k: v for k, v in evidence.items() if v},
            )
        )  # fmt: skip
    return out


# ---------------------------------------------------------------- name corpora

CROSSNER = {
    "person": "PER/Person", "politician": "PER/Person", "scientist": "PER/Person", "researcher": "PER/Person",
    "writer": "PER/Person", "musicalartist": "PER/Person", "band": "ORG/Organization", "country": "LOC/Country",
    "location": "LOC", "organisation": "ORG", "politicalparty": "ORG/PoliticalParty",
    "university": "ORG/EducationalInstitution", "election": "MISC/Event", "event": "MISC/Event", "award": "MISC/Award",
    "song": "MISC/Work", "album": "MISC/Work", "book": "MISC/Work", "poem": "MISC/Work", "magazine": "MISC/Work",
    "academicjournal": "MISC/Work", "product": "MISC/Product",
}  # fmt: skip


def tagged(path: Path, types: dict[str, str], names: frozenset[str], sentences_a_passage: int = 8) -> list[Passage]:
    """A CoNLL file of ``word ... tag``; tags outside ``types`` become O. Eight sentences make a passage."""
    out: list[Passage] = []
    words: list[str] = []
    tags: list[str] = []
    doc: Passage | None = None
    for line in [*path.read_text("utf-8").split("\n"), ""]:
        columns = line.split()
        if len(columns) >= 2:
            words.append(columns[0])
            tags.append(columns[-1])
        elif words:
            if doc is None or len(doc.starts) >= sentences_a_passage:
                doc = Passage(f"{path.stem}-{len(out)}", [], [], names=names)
                out.append(doc)
            at = len(doc.words)
            doc.starts.append(at)
            doc.words += words
            for a, b, tag in _spans(tags):
                if known := types.get(tag):
                    coarse, _, fine = known.partition("/")
                    allowed = frozenset({fine}) if fine else WITHIN[coarse]
                    doc.mentions.append(Marked(at + a, at + b, allowed, "name", -1))
            words, tags = [], []
    return out


def gold_bio(doc: Passage) -> list[str]:
    """Coarse BIO tags of the outermost names."""
    tags = ["O"] * len(doc.words)
    for m in sorted((m for m in doc.mentions if m.kind == "name"), key=lambda m: (m.start - m.end, m.start)):
        coarse = Counter(COARSE_OF[t] for t in m.types).most_common(1)[0][0]
        if all(t == "O" for t in tags[m.start : m.end]):
            tags[m.start : m.end] = [f"B-{coarse}", *[f"I-{coarse}"] * (m.end - m.start - 1)]
    return tags


# ---------------------------------------------------------------- lemmas as edit scripts


def lemma_script(form: str, lemma: str) -> str:
    """How to get the lemma: keep (k) or lower (l) the form, cut that many letters at the end, add these."""
    case = "k" if lemma != lemma.lower() and form[:1] == lemma[:1] else "l"
    base = form if case == "k" else form.lower()
    shared = 0
    while shared < min(len(base), len(lemma)) and base[shared] == lemma[shared]:
        shared += 1
    return f"{case}|{len(base) - shared}|{lemma[shared:]}"
