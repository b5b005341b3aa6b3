"""Writing a file whole or not at all, and text that every format can hold."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from kg.errors import OutputError

# what XML 1.0 cannot hold at all, not even escaped; lone surrogates cannot be written as UTF-8 either
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")

_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})


@contextmanager
def atomic(path: Path) -> Iterator[TextIO]:
    """A UTF-8 text file that appears under its name when it is complete, and never half-written.

    Folders on the way are made. Raises `OutputError` where it cannot be written; what was there before stays.
    """
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with draft.open("w", encoding="utf-8", newline="\n") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        draft.replace(path)
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError(reason, where=str(path), remedy="Free some space, or name another place.") from error
    finally:
        with suppress(OSError):  # where the folder itself is out of reach, there is nothing to clear away
            draft.unlink(missing_ok=True)


def readable(text: str) -> str:
    """The text with U+FFFD for every character that cannot be written: controls, lone surrogates, non-characters."""
    return _UNWRITABLE.sub("\ufffd", text)


def one_line(text: str) -> str:
    """`readable`, and every run of white space one blank."""
    return " ".join(readable(text).split())


def xml_text(text: str) -> str:
    """Text as the content of an XML element or of an attribute in double quotes."""
    return readable(text).translate(_ESCAPES)


def attributes(values: Mapping[str, object]) -> str:
    """XML attributes, each on one line: `` id="17" label="A &amp; B"``."""
    return "".join(f' {name}="{xml_text(one_line(str(value)))}"' for name, value in values.items())
