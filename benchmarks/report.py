"""How results are printed: a table for people, one JSON line for programs."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

Cell = str | int | float
Row = Sequence[Cell]


def table(head: Sequence[str], rows: Sequence[Row], title: str = "") -> str:
    """Columns lined up, floats to two places, numbers to the right."""
    cells = [list(head), *([f"{c:.2f}" if isinstance(c, float) else str(c) for c in row] for row in rows)]
    numeric = [all(not isinstance(row[i], str) for row in rows) for i in range(len(head))]
    width = [max(len(row[i]) for row in cells) for i in range(len(head))]
    lines = [
        "  ".join(c.rjust(w) if right else c.ljust(w) for c, w, right in zip(row, width, numeric, strict=True)).rstrip()
        for row in cells
    ]
    lines.insert(1, "  ".join("-" * w for w in width))
    return "\n".join([*([title] if title else []), *lines]) + "\n"


def finish(benchmark: str, figures: Mapping[str, object]) -> None:
    """Print the JSON line, always the last line of a program's output."""
    print(json.dumps({"benchmark": benchmark, **figures}, sort_keys=True, ensure_ascii=False))
