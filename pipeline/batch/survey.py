"""Which documents are among the inputs: files to contents, each looked at once.

A file whose size, times and place on the disk are as they were is not read again to know its fingerprint. One that was
touched within two seconds of being looked at is not trusted: it could be changed once more without its time showing it.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterable
from pathlib import Path

from pipeline.batch.ahead import FAR_AT_ONCE, ahead
from pipeline.batch.judgement import PLACE
from pipeline.batch.keys import Keys
from pipeline.batch.ledger import Ledger
from pipeline.batch.progress import Progress
from pipeline.batch.remote import RemoteFile, remote_fingerprint
from pipeline.errors import InputError
from pipeline.intake.discover import Found, printable_source
from pipeline.intake.fingerprint import fingerprint

_SURE_NS = 2_000_000_000
"""Clocks of file systems tick in up to two seconds (FAT)."""


def survey(paths: Iterable[Found | RemoteFile], ledger: Ledger, keys: Keys, progress: Progress) -> None:
    """Enter ``paths`` as inputs of the run into ``ledger``, in this order; those that cannot be read fail at once."""
    with ledger.transaction():
        far = []
        for path in paths:
            if isinstance(path, RemoteFile):
                far.append(path)
                continue
            _enter(path, ledger, keys, progress)
            progress.advance()
        known = ((file, _known(file, ledger)) for file in far)
        for (file, _), found in ahead(_identified_remote, known, FAR_AT_ONCE):
            _enter_remote(file, found, ledger, keys, progress)
            progress.advance()
        ledger.note("surveyed", str(ledger.run))


def place_of(path: Found | RemoteFile) -> bytes:
    """Return by what the ledger knows an input: its absolute path (links are kept), or its URL."""
    return os.fsencode(path.url if isinstance(path, RemoteFile) else os.path.abspath(path.path))  # noqa: PTH100


def _enter(found: Found, ledger: Ledger, keys: Keys, progress: Progress) -> None:
    path, refusal = found
    source, place = printable_source(path), place_of(found)
    try:
        if refusal:
            raise InputError(refusal)
        doc_id, size, mtime_ns = _identified(path, place, ledger)
    except InputError as unreadable:
        _cannot_read(os.fsencode(path), place, source, unreadable, ledger, keys, progress)
        return
    ledger.take(place, source, doc_id, size, mtime_ns)


def _known(file: RemoteFile, ledger: Ledger) -> str | None:
    return ledger.known(place_of(file), _remote_stat(file)) if file.version else None


def _remote_stat(file: RemoteFile) -> tuple[int, int, int, int, int]:
    return file.file_bytes, file.version, 0, 0, 0


def _identified_remote(known: tuple[RemoteFile, str | None]) -> str | InputError:
    """Return the fingerprint of a file at a URL, or why it cannot be read."""
    file, doc_id = known
    try:
        return doc_id or remote_fingerprint(file.url)
    except InputError as unreadable:
        return unreadable


def _enter_remote(
    file: RemoteFile, found: str | InputError, ledger: Ledger, keys: Keys, progress: Progress
) -> None:
    source, place = printable_source(file.url), place_of(file)
    if isinstance(found, InputError):
        _cannot_read(place, place, source, found, ledger, keys, progress)
        return
    if file.version:
        ledger.remember(place, _remote_stat(file), found)
    ledger.take(place, source, found, file.file_bytes, file.version)


def _cannot_read(
    name: bytes,
    place: bytes,
    source: str,
    unreadable: InputError,
    ledger: Ledger,
    keys: Keys,
    progress: Progress,
) -> None:
    """Enter an input as failed. There are no bytes to go by: ``name`` stands in for them, so that it has its row."""
    doc_id = hashlib.sha256(b"unreadable:" + name).hexdigest()
    ledger.take(place, source, doc_id, 0, 0)
    error = unreadable.describe(PLACE)
    ledger.finish(
        doc_id,
        made=keys.making,
        settled=False,
        reading=keys.reading,
        understanding=keys.understanding,
        status="failed",
        error=error,
    )
    progress.trouble(error.replace(PLACE, source))


def _identified(path: Path, place: bytes, ledger: Ledger) -> tuple[str, int, int]:
    """Return the fingerprint, size and time of change of a file; raise InputError when it cannot be read."""
    before = _stat(path)
    if before is not None and (known := ledger.known(place, before)) is not None:
        return known, before[0], before[1]
    doc_id = fingerprint(path)
    after = _stat(path)
    if after is not None and after == before and time.time_ns() - max(after[1], after[2]) > _SURE_NS:
        ledger.remember(place, after, doc_id)
    return (doc_id, *before[:2]) if before else (doc_id, 0, 0)


def _stat(path: Path) -> tuple[int, int, int, int, int] | None:
    """Return size, times of change of content and of the file's record, inode and device; None without such a file."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino, found.st_dev
