"""Facts of whole news documents: ``kg build`` for each document alone, then the gold folder's scorer on the Turtle.

``--bench DIR`` holds ``score_graph.py`` and folders with ``text/*.txt`` and a gold ``*.json`` for each.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.report import finish

SETS = ("news-dev", "seed-dev")
_KG = "import sys; from kg.cli import main; sys.argv[0] = 'kg'; main()"


def build(text: Path, output: Path, model: Path | None) -> None:
    """Run ``kg build`` on one file. Raises `RuntimeError` with what it printed unless all goes well."""
    command = [sys.executable, "-c", _KG, "build", str(text), "-o", str(output), "--workers", "1"]
    if model is not None:
        command += ["--model", str(model)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode or not (output / "graph.ttl").exists():
        raise RuntimeError(f"kg build {text.name}: exit {done.returncode}\n{done.stderr[-2000:]}")


def score(bench: Path, gold: Path, graphs: Path, more: Sequence[str]) -> str:
    """What the scorer prints."""
    command = [sys.executable, str(bench / "score_graph.py"), str(gold), str(graphs), *more]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def main() -> None:
    """Command line."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--bench", type=Path, required=True, help="folder of the gold documents and their scorer")
    ap.add_argument("--model", type=Path, help="folder of another pipeline")
    ap.add_argument(
        "--set", dest="sets", action="append", metavar="NAME", help=f"gold folder (default: {', '.join(SETS)})"
    )
    ap.add_argument("--keep", type=Path, metavar="DIR", help="leave the graphs here")
    ap.add_argument("--list", action="store_true", help="print every miss and every wrong fact")
    a = ap.parse_args()
    figures: dict[str, object] = {}
    with tempfile.TemporaryDirectory() as temporary:
        for name in a.sets or SETS:
            graphs = (a.keep or Path(temporary)) / name
            for text in sorted((a.bench / name / "text").glob("*.txt")):
                (graphs / text.stem).mkdir(parents=True, exist_ok=True)
                build(text, graphs / text.stem, a.model)
            printed = score(a.bench, a.bench / name, graphs, ["--list"] if a.list else [])
            *lines, last = printed.strip().split("\n")
            print(f"{name}\n" + "\n".join(lines) + "\n")
            figures[name] = json.loads(last)
    finish("facts", {"macro": figures})


if __name__ == "__main__":
    main()
