"""What a build remembers: the claims of every document, so that only new and changed ones are read again.

One SQLite file, one transaction a document: a build that is killed goes on where it stopped. Beside it the list of
the sources that were read whole, with the hash of their bytes, so that an unchanged file is not even opened for
reading; and where each source lay, so that it can be read again and compared.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType

from kg.building.codec import from_json, to_json
from kg.errors import BrokenGraph, OutputError
from kg.records import Document, DocumentClaims

FILE = "state.sqlite"
LAYOUT = 1

_TABLES = """
CREATE TABLE IF NOT EXISTS claims (key TEXT PRIMARY KEY, source TEXT NOT NULL, sha256 TEXT NOT NULL,
                                   version TEXT NOT NULL, json TEXT NOT NULL, checksum TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS sources (name TEXT PRIMARY KEY, sha256 TEXT NOT NULL, version TEXT NOT NULL,
                                    keys TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS places (name TEXT PRIMARY KEY, path TEXT NOT NULL) WITHOUT ROWID;
"""


class State:
    """The state of one output folder, held by one build at a time. A context manager.

    Every method raises `BrokenGraph` if the file is damaged, `OutputError` if it cannot be written or another
    build holds it.
    """

    def __init__(self, folder: Path, version: str) -> None:
        self.path, self.version = folder / FILE, version
        with self._errors():
            folder.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(self.path, timeout=1.0, isolation_level=None)
        try:
            with self._errors():
                self._open()
        except BaseException:
            self._db.close()
            raise

    def _open(self) -> None:
        self._db.execute("PRAGMA locking_mode = EXCLUSIVE")
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = NORMAL")
        self._db.execute("BEGIN IMMEDIATE")
        ((layout,),) = self._db.execute("PRAGMA user_version")
        if layout not in (0, LAYOUT):
            self._db.execute("DROP TABLE IF EXISTS claims")
            self._db.execute("DROP TABLE IF EXISTS sources")
        for table in _TABLES.split(";"):
            self._db.execute(table)
        self._db.execute(f"PRAGMA user_version = {LAYOUT}")
        # what an older version found is of no use any more, and would only take room
        self._db.execute("DELETE FROM claims WHERE version <> ?", (self.version,))
        self._db.execute("DELETE FROM sources WHERE version <> ?", (self.version,))
        self._db.execute("COMMIT")
        ((verdict,),) = self._db.execute("PRAGMA quick_check(1)")
        if verdict != "ok":
            raise sqlite3.DatabaseError(verdict)

    def __enter__(self) -> State:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._db.close()

    def holds(self, document: Document) -> bool:
        """Whether this document's claims are known, as this version finds them."""
        with self._errors():
            return self._db.execute("SELECT 1 FROM claims WHERE key = ?", (key_of(document),)).fetchone() is not None

    def add(self, claims: DocumentClaims) -> None:
        """Remember the claims of a document, for good."""
        text = to_json(claims)
        document = claims.document
        row = (key_of(document), document.source, document.sha256, self.version, text, _checksum(text))
        with self._errors():
            self._db.execute("INSERT OR REPLACE INTO claims VALUES (?, ?, ?, ?, ?, ?)", row)

    def claims(self, keys: Iterable[str]) -> Iterator[DocumentClaims]:
        """The remembered claims of these documents."""
        for key in keys:
            with self._errors():
                row = self._db.execute("SELECT json, checksum FROM claims WHERE key = ?", (key,)).fetchone()
            try:
                if row is None or _checksum(row[0]) != row[1]:
                    raise ValueError("a row is missing or not what was written")
                found = from_json(row[0])
            except ValueError as error:
                raise self._damaged(str(error)) from error
            yield found

    def whole(self, source: str, sha256: str) -> list[str] | None:
        """The keys of all documents of a source that was read whole and has these bytes still, else None."""
        with self._errors():
            row = self._db.execute(
                "SELECT keys FROM sources WHERE name = ? AND sha256 = ?", (source, sha256)
            ).fetchone()
        return None if row is None else [str(key) for key in json.loads(row[0])]

    def finish(self, source: str, sha256: str, keys: Collection[str]) -> None:
        """Remember that these are all documents of a source, and that nothing was wrong with any."""
        row = (source, sha256, self.version, json.dumps(list(keys)))
        with self._errors():
            self._db.execute("INSERT OR REPLACE INTO sources VALUES (?, ?, ?, ?)", row)

    def keep_only(self, keys: Collection[str], sources: Collection[str]) -> None:
        """Forget every document and every source that is not among these."""
        with self._errors():
            self._db.execute("BEGIN")
            for table, column, kept in (("claims", "key", set(keys)), ("sources", "name", set(sources))):
                held = [name for (name,) in self._db.execute(f"SELECT {column} FROM {table}")]
                gone = [(name,) for name in held if name not in kept]
                self._db.executemany(f"DELETE FROM {table} WHERE {column} = ?", gone)
            self._db.execute("COMMIT")

    def remember_places(self, paths: Mapping[str, Path]) -> None:
        """Remember where the sources lie, by name, in place of what was remembered before."""
        with self._errors():
            self._db.execute("BEGIN")
            self._db.execute("DELETE FROM places")
            rows = [(name, str(path)) for name, path in sorted(paths.items())]
            self._db.executemany("INSERT INTO places VALUES (?, ?)", rows)
            self._db.execute("COMMIT")

    def _damaged(self, what: str) -> BrokenGraph:
        return BrokenGraph(f"the build's state is damaged ({what})", where=str(self.path))

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as error:
            if "locked" in str(error):
                what, remedy = "another build is writing here", "Wait until it is done, or build elsewhere with -o."
            else:
                what, remedy = f"cannot be written: {error}", "Free some space or choose another folder with -o."
            raise OutputError(what, where=str(self.path), remedy=remedy) from error
        except sqlite3.DatabaseError as error:
            raise self._damaged(str(error)) from error
        except OSError as error:
            raise OutputError(
                f"cannot be written: {error.strerror or error}",
                where=str(self.path),
                remedy="Free some space or choose another folder with -o.",
            ) from error


def key_of(document: Document) -> str:
    """What the claims of a document depend on: its text and name, its title and date."""
    told = json.dumps([document.id, document.sha256, document.title, str(document.published), document.language])
    return hashlib.sha256(told.encode()).hexdigest()


def places(folder: Path) -> dict[str, Path]:
    """Where the last build into a folder found its sources, by name; empty where it left no state.

    Raises `BrokenGraph` if the state is damaged or being written.
    """
    path = folder / FILE
    if not path.is_file():
        return {}
    try:
        db = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=1.0)
        try:
            known = db.execute("SELECT 1 FROM sqlite_master WHERE name = 'places'").fetchone() is not None
            rows = db.execute("SELECT name, path FROM places").fetchall() if known else []
        finally:
            db.close()
    except sqlite3.DatabaseError as error:
        remedy = "Name the sources: kg verify SOURCES."
        raise BrokenGraph(f"the build's state cannot be read ({error})", where=str(path), remedy=remedy) from error
    return {str(name): Path(place) for name, place in rows}


def set_aside(folder: Path) -> Path:
    """Rename a damaged state, so that a new one can be begun; gives its new name. Raises `OutputError`."""
    path = folder / FILE
    away = path.with_name(f"{FILE}.damaged")
    try:
        path.replace(away)
        for suffix in ("-wal", "-shm", "-journal"):
            with suppress(FileNotFoundError):
                path.with_name(FILE + suffix).unlink()
    except OSError as error:
        raise OutputError(
            f"damaged, and cannot be renamed: {error.strerror or error}", where=str(path), remedy="Remove it."
        ) from error
    return away


def _checksum(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
