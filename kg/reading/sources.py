"""Which files are meant, and what each is called.

A document's name must not change with the working folder or the place of the checkout, because its id is a hash of
it. So a file found in a folder is named by that folder's own name and the path inside it (``seeds/2015/a.txt`` for
``kg build seeds``, ``kg build ../x/seeds`` and ``kg build /x/seeds``); a file given itself by the path as typed,
without leading ``./`` and ``../``, or, typed from the root, by its folder's name and its own. Slashes are forward
slashes. Where two files would get one name, both take as many parent folders as it needs to tell them apart.
"""

from __future__ import annotations

import glob
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from kg.errors import NoSources

STDIN: Literal["-"] = "-"


@dataclass(frozen=True, slots=True)
class Source:
    """A file (or ``-``) and the name its documents bear."""

    path: Path | Literal["-"]
    name: str


def locate(sources: Sequence[str | Path]) -> list[Source]:
    """Files that the arguments mean, sorted by name, each once, standard input last.

    Arguments are files, folders (searched recursively), globs, or ``-``. Hidden files and folders, Word's lock
    files (``~$``) and everything that is not a regular file are passed over in folders and globs.

    Raises NoSources where an argument means no file.
    """
    names: dict[Path, str] = {}
    stdin = False
    for argument in sources:
        if str(argument) == STDIN:
            stdin = True
            continue
        for path, name in _expand(argument):
            key = Path(os.path.abspath(path)) if not path.exists() else path.resolve()
            # A file met twice keeps the smaller name, so that the order of the arguments does not matter.
            names[key] = min(names.get(key, name), name)
    found = [Source(path, name) for path, name in _distinct(names).items()]
    found.sort(key=lambda source: (source.name, str(source.path)))
    if not found and not stdin:
        raise NoSources("no source given", remedy="Give a file, a folder, a pattern, or - for standard input.")
    return [*found, Source(STDIN, STDIN)] if stdin else found


def discover(sources: Sequence[str | Path]) -> list[Path | Literal["-"]]:
    """Paths of `locate`, in the same order. Raises NoSources."""
    return [source.path for source in locate(sources)]


def _expand(argument: str | Path) -> Iterator[tuple[Path, str]]:
    """Every file one argument means, with its name."""
    typed = os.fspath(argument)
    if "://" in typed:
        raise NoSources("an address, not a file", where=typed, remedy="Save the page and give the saved file.")
    path = Path(typed).expanduser() if typed and "\0" not in typed else None
    if path is not None and path.is_dir():
        files = sorted(_walk(path))
        if not files:
            raise NoSources("no files in this folder", where=typed, remedy="Put documents into it, or give another.")
        yield from ((file, _folder_name(path, file)) for file in files)
    elif path is not None and path.exists():
        yield path, _file_name(path)
    elif path is not None and glob.has_magic(typed):
        matches = sorted(Path(match) for match in glob.glob(str(path), recursive=True))
        files = [match for match in matches if match.is_file() and not _passed_over(match.name)]
        if not files:
            raise NoSources("no file matches", where=typed, remedy="Check the pattern; quote it for the shell.")
        yield from ((file, _file_name(file)) for file in files)
    else:
        raise NoSources("no such file or folder", where=typed, remedy="Check the spelling and the working folder.")


def _walk(folder: Path) -> Iterator[Path]:
    """Regular files below a folder; links to folders are not followed, so that loops are harmless."""
    for root, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in files:
            path = Path(root, name)
            # A dangling link stays: reading reports it by name. A pipe or device could block for ever.
            if not _passed_over(name) and (path.is_file() or not path.exists()):
                yield path


def _passed_over(name: str) -> bool:
    return name.startswith((".", "~$"))


def _folder_name(folder: Path, file: Path) -> str:
    own = folder.resolve().name
    inside = file.relative_to(folder).as_posix()
    return f"{own}/{inside}" if own else inside


def _file_name(file: Path) -> str:
    if file.is_absolute():
        return "/".join(part for part in (file.parent.name, file.name) if part)
    parts = [part for part in Path(os.path.normpath(file)).parts if part != ".."]
    return "/".join(parts)


def _distinct(names: dict[Path, str]) -> dict[Path, str]:
    """The same names, longer where several files share one."""
    shared = {name for name, count in Counter(names.values()).items() if count > 1}
    if not shared:
        return names
    longer = dict(names)
    for name in sorted(shared):
        rivals = sorted(path for path, own in names.items() if own == name)
        depth = len(Path(name).parts)
        while len({path.parts[-depth:] for path in rivals}) < len(rivals):
            depth += 1
        for path in rivals:
            parts = [part for part in path.parts[-depth:] if part != path.anchor]
            longer[path] = "/".join(parts)
    return longer
