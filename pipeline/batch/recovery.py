"""Opening the ledger of a workspace, and making it anew from the caches when it is lost or damaged."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from pipeline.batch.cache import PageCache
from pipeline.batch.ledger import FILE, Ledger, new_ledger, open_ledger
from pipeline.batch.results import ResultCache
from pipeline.errors import OutputError

_BESIDE = ("", "-wal", "-shm")


def ledger_of(root: Path, pages: PageCache, results: ResultCache, warn: Callable[[str], None]) -> Ledger:
    """Return the ledger of the workspace ``root``, for writing; a new one knows what lies in the caches.

    A ledger that is damaged or of another version is set aside, which ``warn`` is told: it holds no more than what the
    caches and the inputs tell again, but for pages that were set aside, which get another chance.
    """
    path = root / FILE
    with plain_errors(root):
        if (ledger := open_ledger(path)) is not None:
            return ledger
        if path.exists():
            aside = _set_aside(path)
            warn(
                f"{path}: the ledger is damaged or of another version of sohoa; it was set aside as {aside.name} and is "
                "made anew. Nothing that was read is lost."
            )
        ledger = new_ledger(path)
        with ledger.transaction():
            ledger.found_pages((key, pages.entries.owner(key) or "") for key in pages.entries)
            ledger.found_results((key, results.entries.owner(key) or "") for key in results.entries)
        return ledger


def _set_aside(path: Path) -> Path:
    aside = next(one for n in count(1) if not (one := path.with_name(f"ledger.damaged-{n}.sqlite")).exists())
    for suffix in _BESIDE:
        beside = path.with_name(path.name + suffix)
        if beside.exists():
            beside.rename(aside.with_name(aside.name + suffix))
    return aside


@contextmanager
def plain_errors(root: Path) -> Iterator[None]:
    """Turn what SQLite says of the ledger of ``root`` into an error for people."""
    try:
        yield
    except sqlite3.OperationalError as error:
        raise OutputError(
            f"{root / FILE}: the ledger cannot be written ({error}). Free space or make the folder writable, then run "
            "the same command again; it goes on from here."
        ) from error
    except sqlite3.DatabaseError as error:
        raise OutputError(
            f"{root / FILE}: the ledger is damaged ({error}). Run the same command again: it is made anew, and nothing "
            "that was read is lost."
        ) from error
