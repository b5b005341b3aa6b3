"""Texts with their mentions in brackets: ``[words|Type]``, ``[words|Type:Subtype]``."""

import re

import spacy
from spacy.tokens import Doc

from kg.extraction.mentions import TokenMention

VOCAB = spacy.blank("en").vocab


def marked(text: str) -> tuple[Doc, list[TokenMention]]:
    words: list[str] = []
    mentions = []
    for piece in re.findall(r"\[[^\]]+\]|\S+", text):
        if piece.startswith("["):
            inner, label = piece[1:-1].rsplit("|", 1)
            kind, _, subtype = label.partition(":")
            start = len(words)
            words += inner.split()
            mentions.append(TokenMention(start, len(words), kind, subtype or None))
        else:
            words.append(piece)
    return Doc(VOCAB, words=words), mentions
