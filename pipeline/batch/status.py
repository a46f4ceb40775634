"""How a workspace stands: what the ledger says, to look at while a run is on or after it."""

from __future__ import annotations

import fcntl
import time
from dataclasses import dataclass
from pathlib import Path

from pipeline.batch.judgement import PLACE
from pipeline.batch.ledger import FILE, Ledger, look_on
from pipeline.batch.overview import Overview
from pipeline.batch.recovery import plain_errors
from pipeline.batch.workspace import LOCK
from pipeline.errors import UsageError


@dataclass(frozen=True)
class Trouble:
    """A page (None: the document as a whole) that failed: after how many attempts, and whether it is tried again."""

    source: str
    page: int | None
    reason: str
    attempts: int
    set_aside: bool


@dataclass(frozen=True)
class Standing:
    """A workspace at a moment.

    ``documents`` by status (``waiting``: not finished) and ``pages`` by state (``waiting``, ``read``, ``failed``, ``set
    aside``) are of the inputs of the last run; pages of ``unopened`` documents are not counted yet. ``pages_a_minute`` is
    the rate of the run that is on, ``seconds_left`` what the waiting pages take at it. ``in_tables`` counts documents.
    """

    folder: Path
    running: bool
    documents: dict[str, int]
    pages: dict[str, int]
    unopened: int
    in_tables: int
    gone: int
    troubles: tuple[Trouble, ...]
    pages_a_minute: float | None
    seconds_left: float | None


def ledger_for_reading(root: Path) -> Ledger:
    """Return the ledger of the workspace ``root``; UsageError when there is none."""
    ledger = look_on(root / FILE)
    if ledger is None:
        raise UsageError(
            f"{root}: no run has been here, or its ledger is damaged; sohoa run INPUT --out {root} makes it"
        )
    return ledger


def standing_of(root: Path) -> Standing:
    """Return how the workspace ``root`` stands; nothing is changed, and a run that is on goes on."""
    ledger = ledger_for_reading(root)
    try:
        with plain_errors(root):
            return _standing(root, ledger)
    finally:
        ledger.close()


def _standing(root: Path, ledger: Ledger) -> Standing:
    known = Overview(ledger)
    making, reading = ledger.noted("making"), ledger.noted("reading")
    running = is_running(root)
    pages = known.page_states(reading, making)
    rate = left = None
    began = float(ledger.noted("began") or 0.0)
    if running and (elapsed := time.time() - began) > 0:
        rate = max(0, ledger.read_count() - int(ledger.noted("read at beginning") or 0)) / elapsed * 60
        left = 60 * pages["waiting"] / rate if rate else None
    return Standing(
        folder=root,
        running=running,
        documents=known.document_states(making),
        pages=pages,
        unopened=ledger.count("made <> ? AND pages = 0", making)[0],
        in_tables=ledger.count("published = 1")[0],
        gone=known.gone(limit=0)[0],
        troubles=tuple(
            Trouble(source, page or None, error.replace(PLACE, source), attempts, state == "set aside")
            for source, page, error, attempts, state in known.troubles()
        ),
        pages_a_minute=rate,
        seconds_left=left,
    )


def is_running(root: Path) -> bool:
    """Whether a run holds the workspace ``root`` now."""
    try:
        with (root / LOCK).open("rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except OSError:
        return True
    return False
