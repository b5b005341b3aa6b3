"""`DocumentClaims` as JSON and back, losing nothing: every record is a list of its fields, in their order.

The code is read off the records' type hints, so a new field needs nothing here; the state of a build is thrown away
when the records change (`kg.building.versions`).
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from kg.records import DocumentClaims


def to_json(claims: DocumentClaims) -> str:
    """One line of ASCII."""
    return json.dumps(_plain(claims), ensure_ascii=True, separators=(",", ":"))


def from_json(text: str) -> DocumentClaims:
    """What `to_json` was given. Raises ValueError for any other text."""
    try:
        found: DocumentClaims = _reader(DocumentClaims)(json.loads(text))
    except (TypeError, IndexError, KeyError) as error:
        raise ValueError(f"no claims: {error}") from error
    return found


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return [_plain(getattr(value, field.name)) for field in fields(value)]
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    return value


@cache
def _reader(kind: Any) -> Callable[[Any], Any]:
    """The function that makes a value of this type from what `_plain` made of it."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        (inner,) = (_reader(a) for a in arguments if a is not NoneType)
        return lambda value: None if value is None else inner(value)
    if origin is tuple:
        item = _reader(arguments[0])
        return lambda value: tuple([item(v) for v in value])
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        readers = [_reader(hints[field.name]) for field in fields(kind)]
        make: Any = kind
        return lambda value: make(*[read(v) for read, v in zip(readers, value, strict=True)])
    if kind is date:
        return date.fromisoformat
    if origin is Literal or kind in (str, int, float, bool):
        return _same
    raise TypeError(f"no code for {kind}")  # a field of a new type: the tests meet it at once


def _same(value: Any) -> Any:
    return value
