"""Wikinews articles as the question-answer corpora QA-SRL Bank 2.1 (FitzGerald et al. 2018) and QANom (Klein et al.
2020) hold them: sentence by sentence, tokenised as in the Penn Treebank. Sentences that neither took are missing.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

Place = tuple[int, int]  # paragraph, sentence in it

BRACKETS = {"-LRB-": "(", "-RRB-": ")", "-LSB-": "(", "-RSB-": ")", "-LCB-": "(", "-RCB-": ")", "``": '"', "''": '"'}
OPENING = frozenset("([{$£€#") | {"C$", "US$", "A$"}
CLOSING = frozenset(".,;:!?%)]}") | {"...", "n't", "'s", "'m", "'d", "'re", "'ve", "'ll", "N'T", "'S"}


def detokenised(tokens: Sequence[str]) -> str:
    """One sentence as it was printed, as far as its tokens tell."""
    text, glued, quoted = "", True, False
    for token in tokens:
        word = BRACKETS.get(token, token).replace("\\/", "/")
        if word == '"':
            opens = token == "``" or (token == '"' and not quoted)
            text += word if glued or not opens else " " + word
            quoted = glued = opens
            continue
        apart = not (glued or word in CLOSING or (word == "'" and text.endswith("s")))
        text += " " * apart + ("–" if word == "--" and not apart else word)
        glued = word in OPENING
    return re.sub(r"(?<=\d) -- (?=\d)", "–", text).replace(" -- ", " – ")


def documents(corpora: Path) -> dict[str, tuple[list[str], list[int]]]:
    """Sentences of every article by its number, and the indexes of those that begin a paragraph."""
    found: dict[str, dict[Place, str]] = {}
    for name, tokens in _sentences(corpora):
        corpus, number, paragraph, sentence = name.rsplit(":", 3)
        if corpus.endswith("wikinews"):
            found.setdefault(number, {})[int(paragraph), int(sentence)] = detokenised(tokens)
    out = {}
    for number, sentences in sorted(found.items()):
        places = sorted(sentences)
        begins = [i for i, p in enumerate(places) if i and p[0] != places[i - 1][0]]
        out[number] = ([sentences[p] for p in places], begins)
    return out


def _sentences(corpora: Path) -> Iterator[tuple[str, list[str]]]:
    for path in sorted(corpora.glob("qanom/*/*.csv")):
        with path.open(encoding="utf-8", newline="") as rows:
            for row in csv.DictReader(rows):
                yield row["qasrl_id"], row["sentence"].split(" ")
    for path in sorted(corpora.glob("qasrl-bank/dev/*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            record = json.loads(line)
            yield record["sentenceId"], record["sentenceTokens"]
