"""How well denied, possible or planned, and claimed facts are told from plain ones, on the marked news.

``python -m benchmarks.marks [--split dev] [--corpora DIR]`` takes every marked fact whose two ends the program finds
in the sentence that states it, lets rules and model judge it as they do in a build, and compares the marks. A fact
that is attributed (``by=``) counts as right only with the right speaker.
"""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.measures import Counts
from benchmarks.model import fingerprint, open_model, parser, weights
from kg.extraction.confidence import packaged
from kg.extraction.factuality import Judgement
from training.annotated import MarkedFact
from training.judging import judged
from training.news_corpus import marked_news, split_of

MARKS = ("denied", "possible or planned", "claimed", "attributed")


def marked(fact: MarkedFact) -> set[str]:
    """The marks of a gold fact."""
    found = {"denied"} if "negated" in fact.flags else set()
    if fact.flags & {"possible", "planned"}:
        found.add("possible or planned")
    if "claimed" in fact.flags:
        found.add("claimed")
    if fact.by:
        found.add("attributed")
    return found


def given(judgement: Judgement, speaker: str | None) -> set[str]:
    """The marks of a judgement; ``speaker`` is the marked entity of its speaker."""
    found = {"denied"} if judgement.polarity == "negated" else set()
    if judgement.modality != "fact":
        found.add("possible or planned")
    if judgement.contested:
        found.add("claimed")
    if speaker is not None:
        found.add("attributed")
    return found


def main() -> int:
    """Print one row a mark."""
    made = parser(__doc__, corpora=False)
    made.add_argument("--corpora", type=Path, help="with them the marked real news is taken in")
    made.add_argument("--split", default="dev")
    made.add_argument("--list", action="store_true", help="print what is judged wrongly")
    a = made.parse_args()
    nlp = open_model(a.model)
    counts = {mark: Counts() for mark in (*MARKS, "stated as fact")}
    documents = [d for d in marked_news(a.corpora) if a.split in ("all", split_of(d.name))][: a.limit]
    seen = 0
    for doc in documents:
        for x in judged(doc, nlp, weights(nlp), packaged()):
            seen += 1
            fact, judgement, speaker = x.fact, x.joined, x.speaker
            gold, found = marked(fact), given(judgement, speaker)
            for mark in MARKS:
                right = mark in gold and mark in found and (mark != "attributed" or speaker == fact.by)
                counts[mark] += Counts(right, mark in found, mark in gold)
            plain = not gold - {"attributed"}
            counts["stated as fact"] += Counts(plain and judgement.stated, judgement.stated, plain)
            if a.list and (gold ^ found) - {"attributed"}:
                print(f"{sorted(gold)} judged {sorted(found)} {judgement.reasons} "
                      f"{fact.subject} {fact.relation} {fact.object}: {x.sentence}")  # fmt: skip
    print(f"fingerprint {fingerprint(nlp)}, {len(documents)} documents, {seen} facts judged")
    print("| mark | P | R | F1 | marked |\n|---|---|---|---|---|")
    for mark, n in counts.items():
        p, r, f = n.percent()
        print(f"| {mark} | {p} | {r} | {f} | {n.wanted:.0f} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
