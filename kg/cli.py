"""The command ``kg``: its commands are in `kg.commands`; here errors become one line and an exit code.

Exit codes: 0 done; 1 it ran, but something was wrong with the data or the files; 2 wrong use.
"""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from kg.building.threads import one_thread
from kg.commands.build import build, extract
from kg.commands.check import conflicts, verify
from kg.commands.doctor import doctor
from kg.commands.files import export, ontology, stats
from kg.commands.infer import infer
from kg.commands.look import explain, path, show
from kg.commands.query import query
from kg.commands.validate import validate
from kg.errors import KgError

app = typer.Typer(
    name="kg",
    help="From a folder of news to a knowledge graph you can check: every fact with its sentence.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for command in (
    build,
    extract,
    query,
    show,
    explain,
    path,
    stats,
    verify,
    validate,
    conflicts,
    infer,
    export,
    ontology,
    doctor,
):
    app.command()(command)


def _version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        print(f"newskg {version('newskg')}")
        raise typer.Exit


@app.callback()
def _kg(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="The version.")] = False,
) -> None:
    pass


def main() -> None:
    """Run the command line and exit."""
    one_thread()
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    try:
        try:
            app()
        finally:
            sys.stdout.flush()  # here, where a reader that has gone is no error; not at the interpreter's exit
    except KgError as error:
        print(error, file=sys.stderr)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        print("stopped; the same command goes on where it was", file=sys.stderr)
        sys.exit(130)
    except BrokenPipeError:  # the reader of our output has gone, as in `kg extract … | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


if __name__ == "__main__":
    main()
