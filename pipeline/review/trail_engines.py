"""Connections to the trail's database: SQLite in a file, PostgreSQL by URL, each set so that what is committed lasts."""

from __future__ import annotations

import os
import sqlite3
import time
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from sqlalchemy.pool import QueuePool

from pipeline.errors import MissingToolError, UsageError
from pipeline.files import sync_folder
from pipeline.review.trail_places import Place

WRITES = "sohoa_writes"
"""The execution option of a connection that is going to add lines."""
_WAIT_SECONDS = 30
"""How long a writer waits for another's turn to end; a turn takes milliseconds."""


def engine_of(place: Place) -> Engine:
    """Return an engine with one connection at a time."""
    if place.file is not None:
        url = URL.create("sqlite", database=_opened_as(place.file), query={"uri": "true"})
        made = create_engine(url, poolclass=QueuePool, pool_size=1, max_overflow=0,
                               connect_args={"timeout": _WAIT_SECONDS, "check_same_thread": False})  # fmt: skip
        event.listen(made, "connect", _tune_sqlite)
        event.listen(made, "begin", _begin_sqlite)
        return made
    try:
        made = create_engine(
            place.url, pool_size=1, max_overflow=0, pool_pre_ping=True, hide_parameters=True,
            connect_args={"connect_timeout": 10, "application_name": "sohoa review", "client_encoding": "utf8"},
        )  # fmt: skip
    except ImportError as error:
        raise MissingToolError(
            f"{place}: PostgreSQL needs another package. Install it with: pip install 'sohoa[postgres]'"
        ) from error
    except (ArgumentError, NoSuchModuleError) as error:
        raise UsageError(f"{place}: {error}") from error
    event.listen(made, "connect", _tune_postgresql)
    return made


def _opened_as(file: Path) -> str:
    """Return the URI by which SQLite opens ``file``, also on a medium that cannot be written."""
    query = "mode=rw"
    if not os.access(file.parent, os.W_OK):
        unfinished = file.with_name(f"{file.name}-wal").exists()  # then lines may stand in that file alone
        query = "mode=ro" if unfinished else "mode=ro&immutable=1"
    return f"{file.absolute().as_uri()}?{query}"


def make_file(file: Path) -> None:
    """Make the database file, in the mode that lets readers go on while one writes; it stays in that mode."""
    if file.exists():
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    until = time.monotonic() + _WAIT_SECONDS
    base = sqlite3.connect(file, isolation_level=None)
    try:
        while True:
            try:
                base.execute("PRAGMA journal_mode = WAL")
                break
            except sqlite3.OperationalError as error:  # another process is making it
                if time.monotonic() > until:
                    raise OSError(0, str(error)) from error
                time.sleep(0.02)
    finally:
        base.close()
    for folder in (file.parent, file.parent.parent):
        sync_folder(folder)


def _tune_sqlite(base: Any, _record: object) -> None:
    base.isolation_level = None  # transactions begin where SQLAlchemy says so, not where Python guesses
    base.execute("PRAGMA synchronous = FULL")  # what is acknowledged survives a power cut


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _tune_postgresql(base: Any, _record: object) -> None:
    for setting in ("synchronous_commit = on", f"lock_timeout = '{_WAIT_SECONDS}s'"):
        base.execute(f"SET {setting}")
    base.commit()
