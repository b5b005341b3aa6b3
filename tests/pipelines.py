"""A language pipeline without a model, as an installed package that worker processes find too.

Sentences end at full stops, every run of capitalised words is a name, every tree is flat. ``CRASH`` in a text kills
the process, ``SLOW`` holds it up, so that there is time to kill it.
"""

from __future__ import annotations

from pathlib import Path

NAME = "plain_newsroom"

_MODULE = """
import os
import time

import spacy
from spacy.language import Language
from spacy.tokens import Span


@Language.component("plain_parser")
def parser(doc):
    if "CRASH" in doc.text:
        os._exit(9)
    if "SLOW" in doc.text:
        time.sleep(0.3)
    root = 0
    for token in doc:
        first = token.i == 0 or doc[token.i - 1].text == "."
        root = token.i if first else root
        token.is_sent_start = first
    for sentence in list(doc.sents):
        for token in sentence:
            token.head = sentence[0]
            token.dep_ = "ROOT" if token.i == sentence.start else "dep"
            token.pos_ = "PROPN" if token.text[0].isupper() else "NOUN"
            token.tag_ = "NNP" if token.text[0].isupper() else "NN"
            token.lemma_ = token.lower_
    return doc


@Language.component("plain_names")
def names(doc):
    found, start = [], None
    for token in [*doc, None]:
        if token is not None and token.text[0].isupper():
            start = token.i if start is None else start
        elif start is not None:
            found.append(Span(doc, start, token.i if token is not None else len(doc), label="PERSON"))
            start = None
    doc.ents = found
    return doc


def load(**overrides):
    nlp = spacy.blank("en")
    nlp.add_pipe("plain_parser", name="parser")
    nlp.add_pipe("plain_names", name="ner")
    nlp.meta["name"] = "plain_newsroom"
    return nlp
"""


def install(folder: Path, name: str = NAME, module: str = _MODULE) -> str:
    """Put the package into a folder that is on the path; returns its name."""
    (folder / name).mkdir(parents=True)
    (folder / name / "__init__.py").write_text(module, "utf-8")
    about = folder / f"{name}-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n", "utf-8")
    return name
