"""Opening a source: bytes one after the other, unpacked, never more of them than a limit."""

from __future__ import annotations

import gzip
import io
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import BinaryIO, TypeVar, cast

from kg.errors import UnreadableSource
from kg.reading.encodings import decode_western, guess
from kg.reading.limits import HEAD_BYTES, MAX_TEXT_BYTES, too_large
from kg.reading.sources import STDIN, Source

_GZIP = b"\x1f\x8b"
Line = TypeVar("Line", str, bytes)


class Stream:
    """A source being read. ``head`` is its first bytes (unpacked), ``name`` its name without ``.gz``."""

    def __init__(self, raw: BinaryIO, name: str) -> None:
        self.name = name
        self.head = _fill(raw, HEAD_BYTES)
        self._rest = raw
        self._replay = io.BytesIO(self.head)

    def read(self, size: int) -> bytes:
        """At most ``size`` bytes; fewer only at the end."""
        start = self._replay.read(size)
        return start + _fill(self._rest, size - len(start)) if len(start) < size else start

    def whole(self, limit: int, where: str) -> bytes:
        """All bytes. Raises UnreadableSource where there are more than ``limit``."""
        data = self.read(limit + 1)
        if len(data) > limit:
            raise too_large(where)
        return data

    def lines(self) -> Iterator[str | None]:
        """Lines as text, with their ends; ``None`` for one longer than a document may be."""
        codec = guess(self.head, complete=len(self.head) < HEAD_BYTES)
        wide = codec.startswith(("utf-16", "utf-32"))
        buffered = io.BufferedReader(_Raw(self))
        if wide:
            text = io.TextIOWrapper(buffered, codec, errors="replace", newline="\n")
            yield from _bounded(text.readline, "\n")
        else:
            for line in _bounded(buffered.readline, b"\n"):
                yield None if line is None else _decode_line(line, codec)


class _Raw(io.RawIOBase):
    """A `Stream` in the form that the buffered readers of `io` take."""

    def __init__(self, stream: Stream) -> None:
        super().__init__()
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(cast(bytearray, buffer))
        data = self._stream.read(len(view))
        view[: len(data)] = data
        return len(data)


@contextmanager
def opened(source: Source) -> Iterator[Stream]:
    """Open a file or standard input, through gzip where its first bytes say so.

    Raises UnreadableSource if it cannot be opened or read, or its gzip data is damaged, then or while it is read.
    """
    try:
        if source.path == STDIN:
            yield _unpacked(Stream(sys.stdin.buffer, source.name), source.name)
        else:
            with open(source.path, "rb") as file:
                yield _unpacked(Stream(file, source.name), source.name)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        remedy = "Fetch or pack the file again."
        raise UnreadableSource(f"damaged gzip data ({error})", where=source.name, remedy=remedy) from error
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        remedy = "Check that the file exists and may be read."
        raise UnreadableSource(reason, where=source.name, remedy=remedy) from error


def _unpacked(stream: Stream, where: str) -> Stream:
    """The stream, or what gzip data unpacks to. Only what is asked for is unpacked, so a bomb stops at the limit."""
    if not stream.head.startswith(_GZIP):
        return stream
    name = stream.name[:-3] if stream.name.lower().endswith(".gz") else stream.name
    inner = Stream(cast(BinaryIO, gzip.GzipFile(fileobj=io.BufferedReader(_Raw(stream)))), name)
    if inner.head.startswith(_GZIP):
        raise UnreadableSource("packed with gzip twice", where=where, remedy="Unpack it once.")
    return inner


def _fill(raw: BinaryIO, size: int) -> bytes:
    """Exactly ``size`` bytes unless the data ends: pipes hand out less at a time."""
    pieces: list[bytes] = []
    while size > 0 and (piece := raw.read(min(size, 1 << 20))):
        pieces.append(piece)
        size -= len(piece)
    return b"".join(pieces)


def _bounded(readline: Callable[[int], Line], newline: Line) -> Iterator[Line | None]:
    """Lines up to `MAX_TEXT_BYTES` long; a longer one is read over in pieces and given as ``None``."""
    while line := readline(MAX_TEXT_BYTES):
        if len(line) < MAX_TEXT_BYTES or line.endswith(newline):
            yield line
            continue
        while (more := readline(MAX_TEXT_BYTES)) and not more.endswith(newline):
            pass
        yield None


def _decode_line(line: bytes, codec: str) -> str:
    """One line; a line that is not UTF-8 in a file that else is, is Western."""
    if codec not in ("utf-8", "utf-8-sig", "cp1252"):
        return line.decode(codec, errors="replace")
    try:
        return line.decode("utf-8-sig")
    except UnicodeDecodeError:
        return decode_western(line)
