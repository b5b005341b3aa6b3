"""What commands share: results on standard output, messages on standard error, and how a build is watched."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

if TYPE_CHECKING:
    from kg.errors import KgError
    from kg.pipeline import Watcher

GraphFolder = Annotated[
    Path, typer.Option("-g", "--graph", help="The folder that `kg build -o` wrote.", metavar="DIR", show_default=True)
]
Sources = Annotated[
    list[str], typer.Argument(help="Files, folders (searched recursively), globs, or - for standard input.")
]
Model = Annotated[
    str | None, typer.Option(help="A spaCy package or the folder of a pipeline, in place of the packaged model.")
]
Workers = Annotated[
    int, typer.Option(min=0, max=256, help="Processes that read at the same time; 0: one a processor, at most 4.")
]
DEFAULT_GRAPH = Path("output")
OUTPUT = DEFAULT_GRAPH


def out() -> Console:
    """Where results go. Tables take the width of the terminal; in a pipe nothing is cut short."""
    width = None if sys.stdout.isatty() else 10_000
    return Console(file=sys.stdout, highlight=False, width=width, soft_wrap=not sys.stdout.isatty())


def say(message: str) -> None:
    """A line on standard error."""
    print(message, file=sys.stderr, flush=True)


def workers_of(asked: int) -> int:
    """The number asked for, 0 being all processors up to four."""
    from kg.building.workers import default_workers

    return asked or default_workers()


class Problems:
    """Every error once, as one line on standard error."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def __call__(self, error: KgError) -> None:
        self.lines.append(str(error))
        say(str(error))


@contextmanager
def watching(problems: Problems, *, quiet: bool = False) -> Iterator[Watcher]:
    """A watcher for the pipeline: a progress bar on a terminal, plain lines elsewhere, both on standard error."""
    from kg.pipeline import Watcher

    if quiet:
        yield Watcher(problem=problems)
    elif sys.stderr.isatty():
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        columns = (TextColumn("{task.description:<11}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*columns, console=Console(file=sys.stderr), transient=True) as bar:
            task = bar.add_task("reading", total=None)

            def source(name: str, done: int, total: int) -> None:
                bar.update(task, completed=done, total=total)

            yield Watcher(stage=lambda name: bar.update(task, description=name), source=source, problem=problems)
    else:
        yield Watcher(stage=lambda name: say(f"{name} ..."), source=_plain_line, problem=problems)


def _plain_line(name: str, done: int, total: int) -> None:
    step = max(1, total // 20)
    if done % step == 0 or done == total:
        say(f"{done}/{total} sources")
