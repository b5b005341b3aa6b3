"""What commands share: results on standard output, messages on standard error, and how a build is watched."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from kg.api import KnowledgeGraph
    from kg.errors import KgError
    from kg.pipeline import Watcher

OUTPUT = Path("output")
GraphFolder = Annotated[Path, typer.Option("-g", "--graph", help="The folder that `kg build -o` wrote.", metavar="DIR")]
Sources = Annotated[
    list[str],
    typer.Argument(metavar="SOURCES...", help="Files, folders (searched recursively), globs, or - for standard input."),
]
Model = Annotated[
    str | None, typer.Option(help="A spaCy package or the folder of a pipeline, in place of the packaged model.")
]
Ontology = Annotated[
    Path | None,
    typer.Option(help="Relations of your own, with their rules beside it: docs/extending.md.", metavar="FILE.ttl"),
]
Workers = Annotated[
    int, typer.Option(min=0, max=256, help="Processes that read at the same time; 0: one a processor, at most 4.")
]


def out() -> Console:
    """Where results go: as wide as the terminal; in a pipe nothing is wrapped or cut short."""
    from rich.console import Console

    terminal = sys.stdout.isatty()
    return Console(file=sys.stdout, highlight=False, width=None if terminal else 10_000, soft_wrap=not terminal)


def say(message: str) -> None:
    """A line on standard error."""
    print(message, file=sys.stderr, flush=True)


def opened(folder: Path) -> KnowledgeGraph:
    """The graph of a build. Raises `NoGraph`, `BrokenGraph`."""
    import kg

    return kg.open(folder)


def workers_of(asked: int) -> int:
    """The number asked for, 0 being all processors up to four."""
    from kg.building.workers import default_workers

    return asked or default_workers()


class Problems:
    """Every error as one line on standard error; counted."""

    def __init__(self) -> None:
        self.count = 0

    def tell(self, error: KgError) -> None:
        """One more."""
        self.count += 1
        say(str(error))


@contextmanager
def watching(problems: Problems, *, quiet: bool = False) -> Iterator[Watcher]:
    """A watcher for the pipeline: a progress bar on a terminal, plain lines elsewhere, both on standard error."""
    from kg.pipeline import Watcher

    if quiet:
        yield Watcher(problem=problems.tell)
    elif sys.stderr.isatty():
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        columns = (TextColumn("{task.description:<11}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        # without redirection a message would break the bar
        with Progress(*columns, console=Console(file=sys.stderr), transient=True, redirect_stdout=False) as bar:
            task = bar.add_task("reading", total=None)
            yield Watcher(
                stage=lambda name: bar.update(task, description=name),
                source=lambda name, done, total: bar.update(task, completed=done, total=total),
                problem=problems.tell,
            )
    else:
        yield Watcher(stage=lambda name: say(f"{name} ..."), source=_plain_line, problem=problems.tell)


def _plain_line(name: str, done: int, total: int) -> None:
    if done % max(1, total // 20) == 0 or done == total:
        say(f"{done}/{total} sources")
