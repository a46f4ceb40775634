"""The ledger of a workspace: what is to do, what is done, what failed and why; one row a document and one a page.

Only the summary of the work lies here. What was read and found lies in the caches, by content, so a ledger that is lost
or damaged is set aside and made anew without reading a page twice. One process writes (the one that holds the
workspace); others may look on meanwhile. SQLite in WAL mode: a transaction survives the death of the process at once,
and a power cut once the log is checkpointed; what a power cut takes is found again in the caches.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

SCHEMA = 1
"""Raise when the tables change; a ledger of another number is set aside and made anew."""

FILE = "ledger.sqlite"

_TABLES = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE files (
  path BLOB PRIMARY KEY, size INTEGER, mtime_ns INTEGER, ctime_ns INTEGER, inode INTEGER, device INTEGER,
  doc_id TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE inputs (position INTEGER PRIMARY KEY, path BLOB NOT NULL, source TEXT NOT NULL, doc_id TEXT NOT NULL);
CREATE INDEX inputs_by_document ON inputs (doc_id, position);
CREATE TABLE documents (
  doc_id TEXT PRIMARY KEY, source TEXT NOT NULL, path BLOB NOT NULL, file_bytes INTEGER NOT NULL,
  mtime_ns INTEGER NOT NULL, position INTEGER NOT NULL, run INTEGER NOT NULL,
  opened TEXT NOT NULL DEFAULT '', pages INTEGER NOT NULL DEFAULT 0, note TEXT NOT NULL DEFAULT '',
  made TEXT NOT NULL DEFAULT '', settled INTEGER NOT NULL DEFAULT 0, reading TEXT NOT NULL DEFAULT '',
  understanding TEXT NOT NULL DEFAULT '', result TEXT NOT NULL DEFAULT '', status TEXT NOT NULL DEFAULT '',
  error TEXT NOT NULL DEFAULT '', attempts INTEGER NOT NULL DEFAULT 0, seconds REAL,
  published INTEGER NOT NULL DEFAULT 0, reported INTEGER NOT NULL DEFAULT 0, denied INTEGER NOT NULL DEFAULT 0,
  to_review INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX documents_by_run ON documents (run, published, position);
CREATE INDEX documents_by_source ON documents (run, source, doc_id);
CREATE TABLE pages (
  key TEXT PRIMARY KEY, doc_id TEXT NOT NULL, page INTEGER NOT NULL, reading TEXT NOT NULL DEFAULT '',
  state TEXT NOT NULL DEFAULT 'waiting', attempts INTEGER NOT NULL DEFAULT 0, lost INTEGER NOT NULL DEFAULT 0,
  error TEXT NOT NULL DEFAULT '', seconds REAL
) WITHOUT ROWID;
CREATE INDEX pages_by_state ON pages (state);
CREATE INDEX pages_by_document ON pages (doc_id, reading, page);
CREATE TABLE results (key TEXT PRIMARY KEY, doc_id TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX results_by_document ON results (doc_id);
CREATE TABLE identities (
  doc_id TEXT PRIMARY KEY, issuer TEXT NOT NULL, period TEXT NOT NULL, issued INTEGER, known BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE influences (digest TEXT PRIMARY KEY, parts TEXT NOT NULL) WITHOUT ROWID;
"""

PageState = Literal["waiting", "read", "failed", "set aside"]

CHANCES = 2
"""How many workers a page (or the opening or understanding of a document) may kill or hang before it is set aside."""

_ROW = "position, doc_id, source, path, file_bytes, mtime_ns, pages, note"
_CHUNK = 256
"""Documents fetched at a time."""


@dataclass(frozen=True)
class Entry:
    """A document among the inputs: the first path it was found under, its file, and what opening it told."""

    position: int
    doc_id: str
    source: str
    path: bytes
    file_bytes: int
    mtime_ns: int
    pages: int
    note: str


@dataclass(frozen=True)
class Finished:
    """A document that is done: all that its rows are made of; ``error`` names it by ``judgement.PLACE``."""

    doc_id: str
    source: str
    file_bytes: int
    status: str
    error: str
    result: str
    pages: int


@dataclass(frozen=True)
class PageRow:
    """What the ledger knows of a page; ``lost`` workers died or hung on it."""

    state: PageState
    error: str
    lost: int


class Ledger:
    """A ledger in the database ``base``, whose tables are there."""

    def __init__(self, base: sqlite3.Connection) -> None:
        self.base = base

    @classmethod
    def in_memory(cls) -> Ledger:
        """Return an empty ledger that lies nowhere, for a single document or a trial."""
        return cls(_prepared(sqlite3.connect(":memory:", isolation_level=None)))

    def close(self) -> None:
        """Give the database back."""
        self.base.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Make all writes of the block one: they count together or not at all."""
        self.base.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            if self.base.in_transaction:  # SQLite has ended it itself where the disk is full
                self.base.execute("ROLLBACK")
            raise
        self.base.execute("COMMIT")

    # What a run notes of itself

    def note(self, name: str, value: str) -> None:
        """Remember ``value`` under ``name``."""
        self.base.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    def noted(self, name: str) -> str:
        """Return what was remembered under ``name``, or ""."""
        row = self.base.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return row[0] if row else ""

    @property
    def run(self) -> int:
        """The number of the run that is on, or was last."""
        return int(self.noted("run") or 0)

    def begin(self) -> None:
        """Begin another run: no inputs yet; what failed of itself in an earlier one is to be tried again."""
        self.note("run", str(self.run + 1))
        self.note("began", str(time.time()))
        self.note("read at beginning", str(self.read_count()))
        self.base.execute("DELETE FROM inputs")
        self.base.execute("UPDATE documents SET made = '' WHERE settled = 0 AND made <> ''")

    def explain(self, digest: str, parts: Mapping[str, str]) -> None:
        """Remember what ``digest`` stands for, so that a later run can say what changed."""
        text = json.dumps(parts, sort_keys=True, ensure_ascii=False)
        self.base.execute("INSERT OR IGNORE INTO influences VALUES (?, ?)", (digest, text))

    def explained(self, digest: str) -> dict[str, str]:
        """Return what ``digest`` stands for; empty when that is not known."""
        row = self.base.execute("SELECT parts FROM influences WHERE digest = ?", (digest,)).fetchone()
        found: dict[str, str] = json.loads(row[0]) if row else {}
        return found

    # Inputs

    def known(self, path: bytes, stat: tuple[int, ...]) -> str | None:
        """Return the document that ``path`` held when it was last looked at, unless it was touched since."""
        row = self.base.execute(
            "SELECT doc_id FROM files WHERE path = ? AND (size, mtime_ns, ctime_ns, inode, device) = (?, ?, ?, ?, ?)",
            (path, *stat),
        ).fetchone()
        return row[0] if row else None

    def remember(self, path: bytes, stat: tuple[int, ...], doc_id: str) -> None:
        """Remember that ``path``, as it is now, holds ``doc_id``."""
        self.base.execute("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?, ?)", (path, *stat, doc_id))

    def take(self, path: bytes, source: str, doc_id: str, file_bytes: int, mtime_ns: int) -> bool:
        """Add an input to this run; return whether its content is new to the run (else it is a copy)."""
        first = not self.base.execute("SELECT 1 FROM inputs WHERE doc_id = ?", (doc_id,)).fetchone()
        at = self.base.execute(
            "INSERT INTO inputs (path, source, doc_id) VALUES (?, ?, ?)", (path, source, doc_id)
        ).lastrowid
        if first:
            self.base.execute(
                "INSERT INTO documents (doc_id, source, path, file_bytes, mtime_ns, position, run) "
                "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (doc_id) DO UPDATE SET source = excluded.source, "
                "path = excluded.path, file_bytes = excluded.file_bytes, mtime_ns = excluded.mtime_ns, "
                "position = excluded.position, run = excluded.run",
                (doc_id, source, path, file_bytes, mtime_ns, at, self.run),
            )
        return first

    def drop_input(self, path: bytes) -> None:
        """The file ``path`` was changed: what it held is an input no more, unless another path holds it."""
        rows = self.base.execute("SELECT doc_id FROM inputs WHERE path = ?", (path,)).fetchall()
        self.base.execute("DELETE FROM inputs WHERE path = ?", (path,))
        for (doc_id,) in rows:
            if (
                left := self.base.execute(
                    "SELECT position, path, source FROM inputs WHERE doc_id = ? ORDER BY position LIMIT 1",
                    (doc_id,),
                ).fetchone()
            ) is None:
                self.base.execute("UPDATE documents SET run = 0 WHERE doc_id = ?", (doc_id,))
            else:
                self.base.execute(
                    "UPDATE documents SET position = ?, path = ?, source = ? WHERE doc_id = ?",
                    (*left, doc_id),
                )

    def copies(self, doc_id: str) -> tuple[str, ...]:
        """Return the further paths of a document, in the order of the inputs."""
        rows = self.base.execute("SELECT source FROM inputs WHERE doc_id = ? ORDER BY position", (doc_id,))
        return tuple(source for (source,) in rows)[1:]

    # Documents on their way

    def unopened(self, opening: str, making: str) -> Iterator[Entry]:
        """Yield the inputs that are not finished under ``making`` and were not opened under ``opening``."""
        yield from self.entries("made <> ? AND opened <> ?", making, opening)

    def pending(self, making: str) -> Iterator[Entry]:
        """Yield the inputs that are not finished under ``making``; those that the tables have come first."""
        yield from self.entries("published = 1 AND made <> ?", making)
        yield from self.entries("published = 0 AND made <> ?", making)

    def restricted(self, doc_id: str, secrecy: str) -> bool:
        """Return whether a document was found secret under the influences ``secrecy``."""
        query = "SELECT 1 FROM documents WHERE doc_id = ? AND status = 'restricted' AND reading = ?"
        return self.base.execute(query, (doc_id, secrecy)).fetchone() is not None

    def error(self, doc_id: str) -> str:
        """Return the error of a document."""
        row = self.base.execute("SELECT error FROM documents WHERE doc_id = ?", (doc_id,)).fetchone()
        return row[0] if row else ""

    def count(self, where: str, *values: object) -> tuple[int, int]:
        """Return how many inputs there are for which ``where`` holds, and their pages."""
        query = f"SELECT count(*), coalesce(sum(pages), 0) FROM documents WHERE run = ? AND {where}"
        documents, pages = self.base.execute(query, (self.run, *values)).fetchone()
        return documents, pages

    def entries(self, where: str, *values: str) -> Iterator[Entry]:
        """Yield entries a chunk at a time, so that the rows may change under the loop."""
        last, run = 0, self.run
        query = f"SELECT {_ROW} FROM documents WHERE run = ? AND {where} AND position > ? ORDER BY position LIMIT ?"
        while rows := self.base.execute(query, (run, *values, last, _CHUNK)).fetchall():
            for row in rows:
                yield Entry(*row)
            last = rows[-1][0]

    def opened(self, doc_id: str, opening: str, pages: int, note: str) -> None:
        """A file was opened: it has ``pages``, and ``note`` says what is odd about it."""
        self.base.execute(
            "UPDATE documents SET opened = ?, pages = ?, note = ? WHERE doc_id = ?",
            (opening, pages, note, doc_id),
        )

    def finish(
        self,
        doc_id: str,
        *,
        made: str,
        settled: bool,
        reading: str,
        understanding: str,
        status: str,
        error: str = "",
        result: str = "",
        seconds: float | None = None,
    ) -> None:
        """A document is done. Unless ``settled``, the next run tries again what failed in it."""
        self.base.execute(
            "UPDATE documents SET made = ?, settled = ?, reading = ?, understanding = ?, status = ?, error = ?, "
            "result = ?, seconds = coalesce(?, seconds), attempts = attempts + 1 WHERE doc_id = ?",
            (made, settled, reading, understanding, status, error, result, seconds, doc_id),
        )
        if result:
            self.base.execute("INSERT OR IGNORE INTO results VALUES (?, ?)", (result, doc_id))

    def finished(self, making: str) -> Iterator[Finished]:
        """Yield the documents that are done under ``making``, by source and id: the order of the tables."""
        last = ("", "")
        query = (
            "SELECT doc_id, source, file_bytes, status, error, result, pages FROM documents "
            "WHERE run = ? AND made = ? AND (source, doc_id) > (?, ?) ORDER BY source, doc_id LIMIT ?"
        )
        while rows := self.base.execute(query, (self.run, making, *last, _CHUNK)).fetchall():
            for row in rows:
                yield Finished(*row)
            last = (rows[-1][1], rows[-1][0])

    def unfinish(self, doc_id: str) -> None:
        """A document is to be done again: what was kept of it is gone."""
        self.base.execute("UPDATE documents SET made = '' WHERE doc_id = ?", (doc_id,))

    def withdraw(self) -> None:
        """No document is in the tables, which are about to be written anew."""
        self.base.execute("UPDATE documents SET published = 0 WHERE published = 1")

    def counted(self, rows: Iterable[tuple[int, int, int, str]]) -> None:
        """Remember (reported, denied, to review, doc_id) of documents as the tables have them."""
        self.base.executemany(
            "UPDATE documents SET published = 1, reported = ?, denied = ?, to_review = ? WHERE doc_id = ?",
            rows,
        )

    def read_count(self) -> int:
        """Return how many pages are kept as read, of all documents ever seen."""
        count: int = self.base.execute("SELECT count(*) FROM pages WHERE state = 'read'").fetchone()[0]
        return count

    def result_of(self, doc_id: str) -> str:
        """Return the key of the result of a document, or ""."""
        row = self.base.execute("SELECT result FROM documents WHERE doc_id = ?", (doc_id,)).fetchone()
        return row[0] if row else ""

    # Pages

    def expect(self, doc_id: str, reading: str, keys: Iterable[tuple[int, str]]) -> dict[int, PageRow]:
        """Give each (page, key) of a document its row, and return what is known of them by page."""
        self.base.executemany(
            "INSERT INTO pages (key, doc_id, page, reading) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (key) DO UPDATE SET doc_id = excluded.doc_id, reading = excluded.reading, page = excluded.page",
            ((key, doc_id, page, reading) for page, key in keys),
        )
        rows = self.base.execute(
            "SELECT page, state, error, lost FROM pages WHERE doc_id = ? AND reading = ? AND page > 0",
            (doc_id, reading),
        )
        return {page: PageRow(state, error, lost) for page, state, error, lost in rows}

    def page_read(self, key: str, seconds: float) -> None:
        """A page was read, at the cost of ``seconds`` of CPU."""
        self.base.execute(
            "UPDATE pages SET state = 'read', error = '', seconds = ?, attempts = attempts + 1 WHERE key = ?",
            (seconds, key),
        )

    def pages_kept(self, keys: Iterable[str]) -> None:
        """Pages are in the cache."""
        self.base.executemany(
            "UPDATE pages SET state = 'read', error = '' WHERE key = ?", ((key,) for key in keys)
        )

    def failed(
        self, key: str, error: str, *, lost: bool, lasting: bool = False, doc_id: str = "", page: int = 0
    ) -> PageRow:
        """A page failed with ``error``; ``lost`` says that its worker died or hung. Return what it is now.

        It is set aside, not to be tried by later runs, when it cost too many workers or the failure is ``lasting``.

        ``page`` 0 stands for a document as a whole: its opening, or its understanding.
        """
        self.base.execute(
            "INSERT INTO pages (key, doc_id, page) VALUES (?, ?, ?) ON CONFLICT (key) DO NOTHING",
            (key, doc_id, page),
        )
        self.base.execute(
            "UPDATE pages SET attempts = attempts + 1, lost = lost + ?1, error = ?2, "
            "state = CASE WHEN ?5 OR lost + ?1 >= ?3 THEN 'set aside' ELSE 'failed' END WHERE key = ?4",
            (int(lost), error, CHANCES, key, lasting),
        )
        row = self.row(key)
        assert row is not None
        return row

    def row(self, key: str) -> PageRow | None:
        """Return what is known of the page ``key``."""
        row = self.base.execute("SELECT state, error, lost FROM pages WHERE key = ?", (key,)).fetchone()
        return PageRow(*row) if row else None

    def found_pages(self, entries: Iterable[tuple[str, str]]) -> None:
        """Enter pages that lie in the cache, by key and document."""
        self.base.executemany(
            "INSERT OR IGNORE INTO pages (key, doc_id, page, state) VALUES (?, ?, -1, 'read')", entries
        )

    def found_results(self, entries: Iterable[tuple[str, str]]) -> None:
        """Enter results that lie in the cache, by key and document."""
        self.base.executemany("INSERT OR IGNORE INTO results VALUES (?, ?)", entries)

    def forget_pages(self, doc_id: str) -> list[str]:
        """Forget every reading of a document; return the keys."""
        rows = self.base.execute("SELECT key FROM pages WHERE doc_id = ?", (doc_id,))
        keys = [key for (key,) in rows if key.isalnum()]  # a ledger from elsewhere must not name other files
        self.base.execute("DELETE FROM pages WHERE doc_id = ?", (doc_id,))
        return keys

    def forget_results(self, doc_id: str) -> list[str]:
        """Forget every result of a document and what it is known by; return the keys."""
        rows = self.base.execute("SELECT key FROM results WHERE doc_id = ?", (doc_id,))
        keys = [key for (key,) in rows if key.isalnum()]
        self.base.execute("DELETE FROM results WHERE doc_id = ?", (doc_id,))
        self.base.execute("DELETE FROM identities WHERE doc_id = ?", (doc_id,))
        return keys


def open_ledger(path: Path) -> Ledger | None:
    """Open the ledger in the file ``path`` for writing; None when there is none or it is not sound.

    Raises sqlite3.Error when the file cannot be used at all (a full disk, no rights).
    """
    if not path.exists():
        return None
    base = sqlite3.connect(path, isolation_level=None)
    try:
        if base.execute("PRAGMA user_version").fetchone() != (SCHEMA,):
            raise sqlite3.DatabaseError("other schema")
        if base.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
            raise sqlite3.DatabaseError("damaged")
        _tune(base)
    except sqlite3.OperationalError:
        base.close()
        raise
    except sqlite3.DatabaseError:
        base.close()
        return None
    return Ledger(base)


def new_ledger(path: Path) -> Ledger:
    """Make an empty ledger in the file ``path``, which is not there."""
    base = sqlite3.connect(path, isolation_level=None)
    _tune(base)
    return Ledger(_prepared(base))


def look_on(path: Path) -> Ledger | None:
    """Open the ledger in ``path`` for reading, also while a run writes it; None when there is none or it is not sound."""
    if not path.exists():
        return None
    # Where no run is on, nothing is left beside the file; "immutable" also serves media that cannot be written at all.
    running = path.with_name(f"{path.name}-wal").exists()
    for how in ("mode=ro", "immutable=1") if running else ("immutable=1",):
        base = sqlite3.connect(
            f"{path.absolute().as_uri()}?{how}", uri=True, isolation_level=None, timeout=10
        )
        try:
            if base.execute("PRAGMA user_version").fetchone() == (SCHEMA,):
                base.execute("SELECT count(*) FROM meta").fetchone()
                return Ledger(base)
        except sqlite3.DatabaseError:
            pass
        base.close()
    return None


def _tune(base: sqlite3.Connection) -> None:
    base.execute("PRAGMA journal_mode = WAL")
    base.execute("PRAGMA synchronous = NORMAL")
    base.execute("PRAGMA secure_delete = ON")  # what is forgotten of a secret document is overwritten
    base.execute("PRAGMA busy_timeout = 10000")
    base.execute("PRAGMA temp_store = FILE")
    base.execute("PRAGMA cache_size = -8192")


def _prepared(base: sqlite3.Connection) -> sqlite3.Connection:
    base.executescript(f"BEGIN;{_TABLES}PRAGMA user_version = {SCHEMA};COMMIT;")
    return base
