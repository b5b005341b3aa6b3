"""Photograph the explorer: ``python docs/make_picture.py [output] [name]`` writes ``docs/picture.png``, by Chromium."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import kg

TARGET = Path(__file__).parent / "picture.png"
SIZE = "1400,860"


def main(output: str = "output", name: str = "Brightwater Lines") -> None:
    """Draw ``graph.html`` with one entity selected."""
    browser = next(
        (found for name_ in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name_))), None
    )
    if browser is None:
        raise SystemExit("Chromium is not there: install it, or make the picture by hand.")
    page = f"{(Path(output) / 'graph.html').resolve().as_uri()}#{kg.open(output).entity(name).id}"
    with tempfile.TemporaryDirectory() as profile:
        options = ("--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", f"--window-size={SIZE}")
        kept = (f"--user-data-dir={profile}", "--virtual-time-budget=6000", f"--screenshot={TARGET}")
        subprocess.run([browser, *options, *kept, page], check=True, timeout=120, stderr=subprocess.DEVNULL)


if __name__ == "__main__":
    main(*sys.argv[1:])
