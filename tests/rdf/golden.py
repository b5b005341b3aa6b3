"""Writes the golden graph anew: ``python -m tests.rdf.golden``. Read the difference before you commit it."""

from __future__ import annotations

from pathlib import Path

from kg.rdf.writer import write_turtle
from tests.graphs import small

if __name__ == "__main__":
    write_turtle(small(), Path(__file__).parents[1] / "golden" / "small.ttl")
