"""What a format reader finds in one document, before it is cleaned and laid out."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date as Date

from kg.errors import KgError, UnreadableSource


@dataclass(frozen=True, slots=True)
class Draft:
    """Raw text and what the format itself says about it.

    ``wrapped``: a single newline may be mere line wrapping (else every line is a paragraph).
    ``published`` is stated by the source, ``created`` is when the file was made: a hint weaker than the text.
    ``dehyphenate``: words were cut at line ends (PDF).
    """

    text: str
    title: str | None = None
    published: Date | None = None
    created: Date | None = None
    wrapped: bool = True
    dehyphenate: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """One document of a source. ``name`` is the source's own, or that and ``#3`` for the third of several."""

    name: str
    content: Draft | KgError


@contextmanager
def foreign(what: str, where: str, remedy: str, logger: str | None = None) -> Iterator[None]:
    """Run a library on bytes nobody has checked.

    A damaged file makes such libraries raise nearly anything, so whatever it is becomes an `UnreadableSource` that
    keeps its cause; ours pass through. What the library logs meanwhile is not printed: the error says it.
    """
    log = logging.getLogger(logger) if logger else None
    level = log.level if log else logging.NOTSET
    if log:
        log.setLevel(logging.CRITICAL + 1)
    try:
        yield
    except KgError:
        raise
    except Exception as error:
        reason = " ".join(str(error).split())[:120] or type(error).__name__
        raise UnreadableSource(f"damaged or not {what} ({reason})", where=where, remedy=remedy) from error
    finally:
        if log:
            log.setLevel(level)
