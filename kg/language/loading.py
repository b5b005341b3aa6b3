"""Loading a language pipeline: the packaged model by default, else a spaCy package or path."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import cast

import spacy
from spacy.language import Language
from spacy.tokenizer import Tokenizer

from kg.errors import MissingModel, UnfitModel
from kg.language import components  # registers the factory also where entry points are not installed

PACKAGED = Path(__file__).parent / "en_newskg"
DEFAULT = "newskg"
LONGEST = 100_000_000  # characters; windows keep the memory bounded, so spaCy need not refuse
CACHE = 1_000_000  # tokenizer cache: spaCy drops it when full, and everything then runs several times slower


def load(model: str | None = None, *, keep: bool = False) -> Language:
    """A spaCy pipeline that gives heads and entities.

    ``model`` is None for the packaged one, or the name of an installed spaCy package, or a path. ``keep`` makes
    the packaged model leave its encoder states on ``doc._.kg_reading``. Raises `MissingModel`, `UnfitModel`,
    `DamagedModel`.
    """
    if model in (None, DEFAULT):
        if not (PACKAGED / "config.cfg").exists():
            raise MissingModel(
                "the packaged model is not there",
                where=str(PACKAGED),
                remedy="Install newskg again, or run `make model`.",
            )
        nlp = spacy.load(PACKAGED, config={"components": {"kg_encoder": {"keep": keep}}})
        nlp.max_length = LONGEST
    else:
        assert model is not None
        nlp = _other(model)
        if "kg_encoder" in nlp.pipe_names:
            cast(components.Encoder, nlp.get_pipe("kg_encoder")).keep = keep
            nlp.max_length = LONGEST
    cast(Tokenizer, nlp.tokenizer).max_cache_size = CACHE
    return nlp


def _other(model: str) -> Language:
    if not Path(model).exists() and importlib.util.find_spec(model) is None:
        looks_like_path = "/" in model or "\\" in model
        raise MissingModel(
            "no such folder" if looks_like_path else "this spaCy pipeline is not installed",
            where=model,
            remedy="Give the folder of a spaCy pipeline."
            if looks_like_path
            else f"Run: python -m spacy download {model}",
        )
    try:
        nlp = spacy.load(model)
    except (OSError, ValueError, ImportError) as error:
        raise MissingModel(
            f"spaCy cannot load it ({error})", where=model, remedy="Check the version with `spacy validate`."
        ) from error
    names = set(nlp.pipe_names)
    if not names & {"parser", "kg_encoder"} or not names & {"ner", "entity_ruler", "kg_encoder", "span_finder"}:
        raise UnfitModel(
            f"it has {', '.join(nlp.pipe_names) or 'no components'}, but relations need a parser and named entities",
            where=model,
            remedy="Take one that has both, such as en_core_web_sm.",
        )
    return nlp
