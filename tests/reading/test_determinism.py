"""The same bytes give the same documents in another process, with another hash seed, from another folder."""

from __future__ import annotations

import gzip
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import kg

ROOT = Path(kg.__file__).parents[1]
PROGRAM = """
import sys
from kg.reading import ReadingFailure, read_sources
for item in read_sources(sys.argv[1:]):
    print(ascii(str(item.error) if isinstance(item, ReadingFailure) else item))
"""


def run(folder: Path, seed: str, cwd: Path) -> str:
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", PROGRAM, os.path.relpath(folder, cwd)]
    return subprocess.run(command, env=environment, cwd=cwd, check=True, capture_output=True, text=True).stdout


def test_processes_agree(tmp_path: Path, make_pdf: Callable[..., bytes]) -> None:
    page = "<html><head><title>The end</title></head><body><nav><a href='/'>Home</a></nav><article>"
    page += "".join(f"<p>Room {i} of the town hall of <a href='/x'>Exton</a> was closed.</p>" for i in range(20))
    contents: dict[str, bytes] = {
        "a.txt": b"The mayor left.",
        "b.html": page.encode(),
        "c.md": b"# The *end*\n\nShe left.",
        "d.csv": b"text;date\nShe left.;2015-08-21\n;\n",
        "e.jsonl": b'{"text": "She left."}\n{broken\n',
        "f.pdf": make_pdf([["The mayor left."]] * 3, {"/Title": "The end"}),
        "g.pdf": b"%PDF-1.7 nothing",
        "h.eml": b"Subject: The end\n\nShe left.",
        "i.txt.gz": gzip.compress("The café closed.".encode("latin-1")),
        "j.txt": "Мэр города сообщил, что проверка завершена. ".encode("koi8-r") * 9,
    }
    folder = tmp_path / "news"
    folder.mkdir()
    for name in reversed(contents):
        (folder / name).write_bytes(contents[name])
    first = run(folder, "1", tmp_path)
    assert len(first.splitlines()) == 11
    assert run(folder, "2", folder) == first
    moved = shutil.copytree(folder, tmp_path / "elsewhere" / "news")
    assert run(moved, "3", tmp_path) == first
