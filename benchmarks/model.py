"""The model under measurement, and how a tokenized text is put through it."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kg.language import load
from kg.language.components import Encoder
from kg.language.weights import Weights


def parser(about: str | None, corpora: bool = True) -> argparse.ArgumentParser:
    """Command line with the options that every program has: ``--corpora DIR`` and ``--model FOLDER``."""
    made = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    if corpora:
        made.add_argument("--corpora", type=Path, required=True, help="folder of the unpacked corpora")
    made.add_argument(
        "--model", type=Path, help="folder of a pipeline laid out as the packaged one, to measure that one"
    )
    made.add_argument("--limit", type=int, help="only the first so many documents, to try things out")
    return made


def open_model(folder: Path | None) -> Language:
    """The packaged pipeline, or that in ``folder``, told to keep its encoder states.

    Raises what `kg.language.load` does.
    """
    if folder is None:
        return load(keep=True)
    nlp = spacy.load(folder, config={"components": {"kg_encoder": {"keep": True}}})
    nlp.max_length = 100_000_000
    return nlp


def encoder(nlp: Language) -> Encoder:
    """Its encoder component. Raises `ValueError` for a pipeline without one."""
    component = nlp.get_pipe("kg_encoder") if "kg_encoder" in nlp.pipe_names else None
    if not isinstance(component, Encoder):
        raise ValueError("this pipeline has no component kg_encoder, so there is nothing to measure here")
    return component


def weights(nlp: Language) -> Weights:
    """The loaded weights of the encoder component."""
    found = encoder(nlp).weights
    assert found is not None, "a loaded pipeline has its weights"
    return found


def fingerprint(nlp: Language) -> str:
    """Sixteen hexadecimal digits that tell one set of weights from another."""
    return weights(nlp).fingerprint


def read_words(nlp: Language, words: Sequence[str], starts: Sequence[int], spaces: Sequence[bool] | None = None) -> Doc:
    """Annotate given words with given sentence starts (word indices)."""
    doc = Doc(nlp.vocab, words=list(words), spaces=None if spaces is None else list(spaces))
    return encoder(nlp).annotate(doc, starts)
