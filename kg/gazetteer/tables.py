"""Tables of the package: tab-separated, ``#`` comments above, one header line, ``|`` between the values of a field."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def read_table(name: str) -> tuple[dict[str, str], ...]:
    """The rows of ``data/<name>.tsv``, each by column; short rows are filled with empty strings."""
    text = files("kg.gazetteer").joinpath("data", f"{name}.tsv").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    header = lines[0].split("\t")
    rows = []
    for line in lines[1:]:
        fields = line.split("\t")
        rows.append(dict(zip(header, fields + [""] * (len(header) - len(fields)), strict=True)))
    return tuple(rows)


def values(field: str) -> tuple[str, ...]:
    """The values of a field of several."""
    return tuple(value for value in field.split("|") if value)
