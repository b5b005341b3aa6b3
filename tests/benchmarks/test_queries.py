from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from benchmarks.queries import QUERIES, main


def test_every_query_is_timed(built: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "argv", ["queries", "-g", str(built), "--runs", "1"])
    main()
    *lines, last = capsys.readouterr().out.splitlines()
    assert sum(line.startswith("queries/") for line in lines) == len(list(QUERIES.glob("*.rq")))
    assert {"validation", "loading", "inference", "slowest", "triples"} <= set(json.loads(last))
