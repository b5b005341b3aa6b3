"""How a `Doc` that keeps its reading goes through bytes: ``nlp.pipe(texts, n_process=2)``, ``doc.to_bytes()``.

spaCy packs what is kept on a `Doc` with srsly, which asks the functions registered here what it does not know itself.
Weights go as the folder that they lie in, and are loaded there once a process.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import srsly

from kg.language.reading import Reading, Window
from kg.language.weights import Weights

Chain = Callable[[Any], Any] | None
_READING, _WEIGHTS = "kg_reading", "kg_weights"
_PARTS = tuple(Window.__dataclass_fields__)


def packed(thing: Any, chain: Chain = None) -> Any:
    """What srsly can pack in place of a reading or weights; other things go down the chain."""
    if isinstance(thing, Reading):
        windows = [[getattr(window, part) for part in _PARTS] for window in thing.windows]
        subtypes = [[*span, *held] for span, held in thing.subtypes.items()]
        return {_READING: [windows, thing.words, subtypes]}
    if isinstance(thing, Weights):
        return {_WEIGHTS: str(thing.folder)}
    return thing if chain is None else chain(thing)


def unpacked(thing: Any, chain: Chain = None) -> Any:
    """The way back."""
    if isinstance(thing, dict) and len(thing) == 1:
        if _READING in thing:
            windows, words, subtypes = thing[_READING]
            return Reading(
                tuple(Window(*parts) for parts in windows),
                words,
                {(start, end): (main, sub, sure) for start, end, main, sub, sure in subtypes},
            )
        if _WEIGHTS in thing:
            return _loaded(thing[_WEIGHTS])
    return thing if chain is None else chain(thing)


@cache
def _loaded(folder: str) -> Weights:
    return Weights(Path(folder))


srsly.msgpack_encoders.register("kg_language", func=packed)
srsly.msgpack_decoders.register("kg_language", func=unpacked)
