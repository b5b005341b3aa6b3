"""What holds for the whole house: which stage may know which, what is pinned, what CI runs."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

HOUSE = Path(__file__).parent.parent
PROJECT = tomllib.loads((HOUSE / "pyproject.toml").read_text("utf-8"))
PINS = {
    canonicalize_name(name): Version(version)
    for name, version in re.findall(r"^([\w.-]+)==(\S+)$", (HOUSE / "constraints.txt").read_text("utf-8"), re.MULTILINE)
}


def test_no_stage_knows_a_later_one() -> None:
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports; raise SystemExit(lint_imports())"]
    found = subprocess.run(command, cwd=HOUSE, capture_output=True, text=True)
    assert found.returncode == 0, found.stdout + found.stderr


def test_every_package_has_its_place_in_the_contract() -> None:
    (contract,) = PROJECT["tool"]["importlinter"]["contracts"]
    placed = {name for layer in contract["layers"] for name in re.split(r"\s*\|\s*", layer)}
    there = {
        f"kg.{path.stem}"
        for path in (HOUSE / "kg").iterdir()
        if (path.suffix == ".py" and path.stem != "__init__") or (path / "__init__.py").exists()
    }
    assert there == placed


def test_every_dependency_is_pinned_within_its_bounds() -> None:
    wanted = [*PROJECT["project"]["dependencies"], *PROJECT["project"]["optional-dependencies"]["test"]]
    for requirement in map(Requirement, wanted):
        assert PINS[canonicalize_name(requirement.name)] in requirement.specifier


def test_nothing_names_a_registry_or_a_place_of_one_machine() -> None:
    for name in ("Makefile", "constraints.txt", "pyproject.toml", ".ci/run"):
        text = (HOUSE / name).read_text("utf-8")
        assert not re.search(r"https?://(?!w3id)|--index|--find-links|file:|/home/|/work/|/root/", text), name


def test_ci_runs_the_tests_and_nothing_else() -> None:
    script = HOUSE / ".ci" / "run"
    assert script.read_text("utf-8").splitlines() == ["#!/bin/sh", "make test"]
    assert script.stat().st_mode & 0o111


def test_the_makefile_knows_its_two_commands() -> None:
    shown = subprocess.run(["make", "-n", "run", "test"], cwd=HOUSE, capture_output=True, text=True, check=True).stdout
    for part in ("kg build seeds -o output", "ruff check", "ruff format --check", "mypy", "lint-imports", "pytest"):
        assert part in shown
