"""What README says is so: its commands and its Python run on a build of the samples, and print what it shows."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import rdflib
from typer.main import get_command

import kg
from kg.cli import app

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")
NOT_HERE = ("make run", "make test")
"""They install, and run these tests."""

_BLOCK = re.compile(r"^```(?P<language>\w+)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Block:
    """A fenced block, and the one of expected output that follows it."""

    body: str
    expected: str = ""


def blocks(language: str) -> list[Block]:
    found = [(m["language"], m["body"]) for m in _BLOCK.finditer(README)]
    after = [*found[1:], ("", "")]
    return [
        Block(body, text if kind == "text" else "")
        for (name, body), (kind, text) in zip(found, after, strict=True)
        if name == language
    ]


def commands(block: Block) -> list[str]:
    return [line for line in block.body.splitlines() if line.strip() and not line.startswith(NOT_HERE)]


SHELL = [block for block in blocks("sh") if commands(block)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what a reader has after ``make run``."""
    here = tmp_path_factory.mktemp("readme")
    for name in ("seeds", "queries"):
        shutil.copytree(ROOT / name, here / name)
    shell("kg build seeds -o output", here)
    return here


def shell(command: str, folder: Path) -> str:
    """What a command prints, run as in the virtual environment. Fails unless it ends with 0."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["/bin/sh", "-c", command], cwd=folder, capture_output=True, text=True, encoding="utf-8",
        env={**os.environ, "PATH": path, "COLUMNS": "120", "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout + done.stderr


def shows(output: str, expected: str) -> Iterator[str]:
    """Lines of README that the output lacks; ``…`` stands for anything."""
    lines = [" ".join(line.split()) for line in output.splitlines()]
    for wanted in filter(str.strip, expected.splitlines()):
        parts = [re.escape(part) for part in " ".join(wanted.split()).split("…")]
        if not any(re.fullmatch(".*".join(parts), line) for line in lines):
            yield wanted


@pytest.mark.model
@pytest.mark.parametrize("block", SHELL, ids=lambda b: commands(b)[0][:40])
def test_commands(block: Block, folder: Path) -> None:
    output = "".join(shell(command, folder) for command in commands(block))
    assert not list(shows(output, block.expected)), output
    assert output.strip()


@pytest.mark.model
@pytest.mark.parametrize("block", blocks("python"), ids=lambda b: b.body[:20])
def test_python(block: Block, folder: Path) -> None:
    (folder / "example.py").write_text(block.body, "utf-8")
    assert "Tomas Reyle Person" in shell("python example.py", folder)


@pytest.mark.model
def test_turtle_is_what_a_build_writes(folder: Path) -> None:
    written = rdflib.Graph().parse(folder / "output" / "graph.ttl")
    (block,) = blocks("turtle")
    prefixes = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in written.namespaces())
    shown = rdflib.Graph().parse(data=prefixes + block.body, format="turtle")
    confidence = rdflib.URIRef("https://w3id.org/newskg/ontology#confidence")
    missing = {t for t in shown if t[1] != confidence} - set(written)
    assert len(shown) > 15
    assert not missing


def test_every_command_it_names_exists() -> None:
    known = set(get_command(app).commands)  # type: ignore[attr-defined]
    named = set(re.findall(r"(?:`|^|\| )kg ([a-z]+)", README, re.MULTILINE))
    assert named <= known
    assert {"build", "query", "show", "explain", "extract", "export"} <= named


def test_options_it_names_exist() -> None:
    for block in SHELL:
        for line in commands(block):
            words = shlex.split(line.partition("|")[2] if line.startswith("echo") else line, comments=True)
            command = get_command(app).commands[words[1]]  # type: ignore[attr-defined]
            options = {o for p in command.params for o in [*p.opts, *p.secondary_opts]}
            assert {w for w in words[2:] if re.fullmatch(r"--?[a-z]+", w)} <= options, line


@pytest.mark.parametrize("page", [*sorted(ROOT.glob("*.md")), *sorted(ROOT.glob("docs/**/*.md"))],
                         ids=lambda p: p.name)  # fmt: skip
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)", page.read_text("utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), target


def test_the_public_names_it_uses() -> None:
    (block,) = blocks("python")
    assert set(re.findall(r"\bkg\.(\w+)", block.body)) <= set(kg.__all__)
