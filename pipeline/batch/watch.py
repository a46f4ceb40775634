"""Following a scanner's folder: files are taken when they have come to rest, and the tables written after each lull."""

from __future__ import annotations

import os
import time
from collections.abc import Callable

import regex

from pipeline.batch.options import RunOptions
from pipeline.batch.progress import Progress
from pipeline.batch.remote import RemoteFile
from pipeline.batch.run import Batch, Summary, batch, found
from pipeline.batch.survey import place_of
from pipeline.intake.discover import Found

Stat = tuple[int, int, int]
"""Size, time of change and inode of a file."""

POLL_SECONDS = 1.0
_SHARE = 10
"""Looking through a large folder takes at most one part in so many of the time."""
REST_SECONDS = 3.0
"""A file that has not changed for so long is complete: scanners and copies write on within a second."""

_TEMPORARY = regex.compile(
    r"(?i)(?:^[.~]|~$|\.(?:tmp|temp|part|partial|filepart|crdownload|download|opdownload|swp|lock|writing)$)"
)
"""Names that copying programs, browsers and offices give what is not complete; they rename it when it is."""


class Nursery:
    """Watches files come into being; hands out those that have come to rest, once each time they were changed."""

    def __init__(
        self, rest_seconds: float = REST_SECONDS, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._rest = rest_seconds
        self._clock = clock
        self._seen: dict[bytes, tuple[Stat, float]] = {}
        self._taken: dict[bytes, Stat] = {}

    def ready(self, paths: list[Found | RemoteFile]) -> list[Found | RemoteFile]:
        """Return those of ``paths`` that are new or changed and have come to rest, in this order."""
        now = self._clock()
        seen: dict[bytes, tuple[Stat, float]] = {}
        rested = []
        for path in paths:
            place = place_of(path)
            stat = None if _TEMPORARY.search(os.fsdecode(place).rpartition("/")[2]) else _stat(path)
            if stat is None or self._taken.get(place) == stat:
                continue
            before, since = self._seen.get(place, (None, now))
            if before != stat:
                since = now
            if now - since >= self._rest:
                self._taken[place] = stat
                rested.append(path)
            else:
                seen[place] = (stat, since)
        self._seen = seen
        return rested


def _stat(path: Found | RemoteFile) -> Stat | None:
    if isinstance(path, RemoteFile):
        return path.file_bytes, path.version, 0
    try:
        # What is refused is not touched: neither a link followed nor a pipe waited for.
        held = path.path.lstat() if path.refusal else path.path.stat()
    except OSError:  # gone again; whoever moved it knows
        return None
    return held.st_size, held.st_mtime_ns, held.st_ino


def watch(options: RunOptions, progress: Progress, told: Callable[[Summary], None]) -> Summary:
    """Follow the inputs of ``options`` until Ctrl-C or SIGTERM; ``told`` hears of every writing of the tables.

    Returns what was done, when the finished documents are in the tables.
    """
    with batch(options, progress) as work:
        nursery = Nursery()
        try:
            while True:
                _round(work, options, nursery, told)
        except KeyboardInterrupt:
            progress.tell("stopping: what is finished goes into the tables")
            summary = work.summary(work.publish_finished())
            work.log_end(summary)
            return summary


def _round(work: Batch, options: RunOptions, nursery: Nursery, told: Callable[[Summary], None]) -> None:
    """Take what has come to rest and finish it; when nothing more is there, write the tables and wait."""
    began = time.monotonic()
    rested = nursery.ready(found(options))
    if rested:
        for path in rested:
            work.desk.ledger.drop_input(place_of(path))
        work.take(rested)
        work.finish()
        return
    if work.changed and work.work():
        told(work.summary(written=True))
    time.sleep(max(POLL_SECONDS, _SHARE * (time.monotonic() - began)))
