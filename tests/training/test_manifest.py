"""The digests beside the weights."""

from __future__ import annotations

import hashlib
from pathlib import Path

from training.manifest import sign


def test_a_line_is_added_replaced_and_the_list_begun_anew(tmp_path: Path) -> None:
    def line(file: str) -> str:
        return f"{hashlib.sha256((tmp_path / file).read_bytes()).hexdigest()}  {file}\n"

    written = tmp_path / "SHA256"
    for file in ("a.npz", "b.npz"):
        (tmp_path / file).write_bytes(file.encode())
        sign(tmp_path, [file])
    assert written.read_text("utf-8") == line("a.npz") + line("b.npz")
    (tmp_path / "a.npz").write_bytes(b"other weights")
    sign(tmp_path, ["a.npz"])
    assert written.read_text("utf-8") == line("b.npz") + line("a.npz")
    sign(tmp_path, ["a.npz"], anew=True)
    assert written.read_text("utf-8") == line("a.npz")
