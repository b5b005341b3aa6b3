"""Marks of invented sentences, their parses written by hand: ``sentences.tsv`` (UD), ``clearnlp.tsv`` (ClearNLP)."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.extraction.factuality import Judgement, judge
from tests.parses import mentions, parse

HERE = Path(__file__).parent
MODALITIES = {"F": "fact", "P": "possible", "L": "planned"}


def rows() -> list[tuple[str, str, str, str]]:
    """(marks, speaker, contested, parse) of both tables."""
    found = []
    for name in ("sentences.tsv", "clearnlp.tsv"):
        for line in (HERE / name).read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                marks, speaker, contested, notation = line.split("\t")
                found.append((marks, speaker, contested, notation))
    return found


def show(judgement: Judgement, words: list[str]) -> str:
    modality = {v: k for k, v in MODALITIES.items()}[judgement.modality]
    speaker = words[judgement.speaker.start] if judgement.speaker else "-"
    return f"{judgement.polarity[0].upper()}{modality} {speaker} {'C' if judgement.contested else '-'}"


@pytest.mark.parametrize(("marks", "speaker", "contested", "notation"), rows(), ids=lambda v: v if len(v) < 3 else None)
def test_marks(marks: str, speaker: str, contested: str, notation: str) -> None:
    doc, (trigger, *_) = parse(notation)
    judgement = judge(doc, trigger, mentions(doc))
    assert show(judgement, [t.text for t in doc]) == f"{marks} {speaker} {contested}", (notation, judgement.reasons)


def test_the_tables_are_as_large_as_they_claim() -> None:
    assert len(rows()) >= 200
    assert len({notation for *_, notation in rows()}) == len(rows())
