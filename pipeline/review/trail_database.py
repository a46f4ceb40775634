"""The database under the trail: SQLite in the workspace's folder, or PostgreSQL for teams. It only ever adds lines."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, bindparam, func, insert, inspect, select, text
from sqlalchemy.exc import DBAPIError, OperationalError

from pipeline.errors import OutputError, UsageError
from pipeline.review.chain import TrailError
from pipeline.review.trail_engines import WRITES, engine_of, make_file
from pipeline.review.trail_places import Place
from pipeline.review.trail_tables import META, MOVED, TRAIL, guards_missing

_FETCHED = 2_000
"""Lines fetched at a time."""
_FROM = (
    select(TRAIL.c.number, TRAIL.c.line)
    .where(TRAIL.c.workspace == bindparam("whose"), TRAIL.c.number >= bindparam("first"))
    .order_by(TRAIL.c.number)
    .limit(_FETCHED)
)
"""Built once: every request of the page asks for what is new."""


@dataclass(frozen=True)
class Turn:
    """A writer's turn: nobody else adds to this chain until it ends, and then all that it added counts or nothing."""

    _connection: Connection
    _workspace: str

    def after(self, number: int) -> Iterator[tuple[int, str]]:
        """Yield number and line from ``number`` on."""
        return _lines(self._connection, self._workspace, number)

    def add(self, lines: Sequence[tuple[int, str]]) -> None:
        """Add lines by number."""
        rows = [{"workspace": self._workspace, "number": number, "line": line} for number, line in lines]
        if rows:
            self._connection.execute(insert(TRAIL), rows)

    def seal(self, place: str) -> None:
        """Let nobody add to this chain any more: it goes on at ``place``."""
        self._connection.execute(insert(MOVED).values(workspace=self._workspace, place=place))


class TrailDatabase:
    """The lines of one workspace's trail. Not for several threads at once; for any number of processes.

    Raises OutputError where the database cannot be reached, read or written, and TrailError where it was damaged or taken
    away.
    """

    def __init__(self, place: Place) -> None:
        """Take the place; nothing is opened yet."""
        self.place = place
        self._engine: Engine | None = None
        self._file_known: tuple[int, int] | None = None
        self._prepared = False

    def close(self) -> None:
        """Give the connection back; the next use opens another."""
        if self._engine is not None:
            self._engine.dispose()
        self._engine = None

    def exists(self) -> bool:
        """Return whether there is a file, or may be lines in a server's database. Raises TrailError when it is gone."""
        there = self.place.file is None or self.place.file.exists()
        if self._prepared and not there:
            raise TrailError(f"{self.place}: the trail is gone. Put it back from a copy.")
        return there

    def after(self, number: int) -> list[tuple[int, str]]:
        """Return number and line from ``number`` on; none where there is no trail yet, which is not made by asking."""
        if not self.exists():
            return []
        with self._plain_errors("read"), self._connected(writes=False) as connection:
            if not self._is_prepared(connection):
                return []
            return list(_lines(connection, self.place.workspace, number))

    @contextmanager
    def turn(self) -> Iterator[Turn]:
        """Wait for the turn of a writer and hold it for the block; what the block added is on the disk after it.

        Raises TrailError where the trail was moved to another place.
        """
        self.prepare()
        with self._plain_errors("written"), self._connected(writes=True) as connection:
            self._wait_for_turn(connection)
            if moved := self._moved_to(connection):
                raise TrailError(
                    f"{self.place}: the trail goes on at {moved}. Start sohoa again; "
                    f"if it says this once more, give --store {moved}."
                )
            yield Turn(connection, self.place.workspace)

    def prepare(self) -> None:
        """Make the tables, with their guards, where there are none. Raises OutputError, UsageError."""
        if self.exists() and self._prepared:
            return
        with self._plain_errors("made"):
            if self.place.file is not None:
                make_file(self.place.file)
            with self._connected(writes=True) as connection:
                self._wait_for_turn(connection, everybody=True)
                if not self._is_prepared(connection):
                    _check_encoding(connection)
                    META.create_all(connection, checkfirst=False)
            self._prepared = True

    def guards_missing(self) -> list[str]:
        """Return the names of triggers that should refuse changes and are not there, or are switched off."""
        if not self.exists():
            return []
        with self._plain_errors("read"), self._connected(writes=False) as connection:
            if not self._is_prepared(connection):
                return []
            return guards_missing(connection)

    def moved_to(self) -> str:
        """Return where the chain goes on, "" when it was not moved."""
        with self._plain_errors("read"), self._connected(writes=False) as connection:
            return self._moved_to(connection) if self._is_prepared(connection) else ""

    def _moved_to(self, connection: Connection) -> str:
        place = connection.scalar(select(MOVED.c.place).where(MOVED.c.workspace == self.place.workspace))
        return place or ""

    def _is_prepared(self, connection: Connection) -> bool:
        self._prepared = self._prepared or inspect(connection).has_table(TRAIL.name)
        return self._prepared

    def _wait_for_turn(self, connection: Connection, *, everybody: bool = False) -> None:
        """Hold off other writers; SQLite's BEGIN IMMEDIATE did so already."""
        if connection.dialect.name == "postgresql":
            name = "sohoa trail" if everybody else f"sohoa trail {self.place.workspace}"
            connection.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(name, 0))))

    @contextmanager
    def _connected(self, *, writes: bool) -> Iterator[Connection]:
        if self.place.file is not None:
            known = _identity(self.place.file)
            if known != self._file_known:  # put back from a copy while we had the old one open
                self.close()
                self._file_known = known
        if self._engine is None:
            self._engine = engine_of(self.place)
        with self._engine.connect() as raw:
            connection = raw.execution_options(**{WRITES: writes})
            with connection.begin():
                yield connection

    @contextmanager
    def _plain_errors(self, doing: str) -> Iterator[None]:
        try:
            yield
        except (DBAPIError, OSError) as error:
            raise _plain(self.place, doing, error) from error


def _check_encoding(connection: Connection) -> None:
    if connection.dialect.name != "postgresql":
        return
    encoding = connection.scalar(text("SHOW server_encoding"))
    if encoding != "UTF8":
        raise UsageError(f"the database holds {encoding}; Vietnamese needs one made WITH ENCODING 'UTF8'")


def _identity(file: Path) -> tuple[int, int] | None:
    try:
        status = file.stat()
    except FileNotFoundError:
        return None
    return status.st_dev, status.st_ino


def _lines(connection: Connection, workspace: str, number: int) -> Iterator[tuple[int, str]]:
    while True:
        found = connection.execute(_FROM, {"whose": workspace, "first": number}).all()
        yield from ((row.number, row.line) for row in found)
        if len(found) < _FETCHED:
            return
        number = found[-1].number + 1


def _plain(place: Place, doing: str, error: DBAPIError | OSError) -> OutputError | TrailError:
    """Return what went wrong while ``doing`` ("read") something, in plain words."""
    said = str(error.orig if isinstance(error, DBAPIError) else error.strerror or error).strip().splitlines()
    told = said[0] if said else type(error).__name__
    of_the_file = isinstance(error, DBAPIError) and isinstance(error.orig, sqlite3.DatabaseError)
    if of_the_file and not isinstance(error, OperationalError):
        return TrailError(f"{place}: the trail is damaged ({told}). Put it back from a copy.")
    hint = "Is there space, and may you write there?" if place.file else "Check address, network and rights."
    return OutputError(f"{place}: the trail cannot be {doing} ({told}). {hint}")
