"""A language pipeline without a model that parses "Name verb Name." and "Name did not verb Name."

Every run of capitalised words is an organization; the lemma of a verb is whatever stands there, as a poor lemmatiser
would have it. As an installed package, so that other processes find it too.
"""

from __future__ import annotations

from pathlib import Path

from tests import pipelines

NAME = "plain_clauses"

_MODULE = """
import spacy
from spacy.language import Language
from spacy.tokens import Span


@Language.component("plain_clause_parser")
def parser(doc):
    start, sentences = 0, []
    for end in [t.i for t in doc if t.text == "."]:
        sentence = [doc[i] for i in range(start, end + 1)]
        for t in sentence:
            t.is_sent_start = t.i == start
        start = end + 1
        sentences.append(sentence)
    for sentence in sentences:
        verbs = [t for t in sentence if t.text[0].islower() and t.text not in ("did", "not")]
        root = verbs[-1] if verbs else sentence[0]
        for t in sentence:
            t.lemma_ = t.lower_
            names = [o for o in sentence if o.text[0].isupper() and (o.i < root.i) == (t.i < root.i)]
            if t.i == root.i:
                t.head, t.dep_, t.pos_, t.tag_ = root, "root", "VERB", "VBD"
            elif t.text == ".":
                t.head, t.dep_, t.pos_, t.tag_ = root, "punct", "PUNCT", "."
            elif t.text == "did":
                t.head, t.dep_, t.pos_, t.tag_, t.lemma_ = root, "aux", "AUX", "VBD", "do"
            elif t.text == "not":
                t.head, t.dep_, t.pos_, t.tag_ = root, "advmod", "PART", "RB"
            else:
                head = names[0]
                first = t.i == head.i
                t.head, t.pos_, t.tag_ = (root if first else head), "PROPN", "NNP"
                t.dep_ = ("nsubj" if t.i < root.i else "obj") if first else "flat"
    return doc


@Language.component("plain_clause_names")
def names(doc):
    found, start = [], None
    for token in [*doc, None]:
        if token is not None and token.text[0].isupper():
            start = token.i if start is None else start
        elif start is not None:
            found.append(Span(doc, start, token.i if token is not None else len(doc), label="ORG"))
            start = None
    doc.ents = found
    return doc


def load(**overrides):
    nlp = spacy.blank("en")
    nlp.add_pipe("plain_clause_parser", name="parser")
    nlp.add_pipe("plain_clause_names", name="ner")
    nlp.meta["name"] = "plain_clauses"
    return nlp
"""


def install(folder: Path) -> str:
    """Put the package into a folder that is on the path; returns its name."""
    return pipelines.install(folder, NAME, _MODULE)
