"""What the main process and its workers tell each other: jobs, and reports of how they went.

This module loads no stage, and neither does the main process: it names the functions of
:mod:`pipeline.batch.worker`, which only workers import.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterable
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any, Literal

from pipeline.batch.judgement import Status
from pipeline.checks.across import Identity
from pipeline.document import Document, Page
from pipeline.errors import OutputError

Task = Literal["open_file", "read_page", "understand_document"]


def in_worker(task: Task, argument: Any) -> Any:
    """Call the function ``task`` of :mod:`pipeline.batch.worker`."""
    return getattr(import_module("pipeline.batch.worker"), task)(argument)


@dataclass(frozen=True)
class PageJob:
    """Read page ``number`` of ``path`` and keep it in ``cache_root`` under ``key``."""

    path: Path
    number: int
    dpi: int
    reader: str
    key: str
    cache_root: Path
    keep_restricted: bool


@dataclass(frozen=True)
class PageReport:
    """How the reading of a page went; ``secrecy`` is the mark found on a page that was therefore not kept."""

    number: int
    words: int
    secrecy: str
    seconds: dict[str, float]


@dataclass(frozen=True)
class DocumentJob:
    """Understand the document whose pages lie in ``cache_root`` under ``keys`` (page 1 first).

    ``failures`` maps page numbers to the plain reason why they could not be read. The result goes to ``spool``.
    """

    document: Document
    keys: tuple[str, ...]
    failures: dict[int, str]
    note: str
    dpi: int
    cache_root: Path
    spool: Path
    profile: str
    keep_restricted: bool


@dataclass(frozen=True)
class Counts:
    """What the summary counts in one document."""

    pages: int = 0
    reported: int = 0
    none: int = 0
    to_review: int = 0


def count(document: Document) -> Counts:
    """Return the counts of ``document`` as it will be written."""
    rows = document.extraction.fields if document.extraction else ()
    return Counts(
        pages=len(document.pages),
        reported=_fields(row.field for row in rows if row.state == "reported"),
        none=_fields(row.field for row in rows if row.state == "none"),
        to_review=_fields(row.field for row in rows if row.needs_review),
    )


def _fields(names: Iterable[str]) -> int:
    return len(set(names))


@dataclass(frozen=True)
class DocumentReport:
    """How understanding a document went; ``damaged`` pages must be read again first, and nothing was written.

    ``identity`` is what the document is known by among others.
    """

    damaged: tuple[int, ...] = ()
    status: Status = "ok"
    error: str = ""
    secrecy: str = ""
    identity: Identity | None = None
    counts: Counts = Counts()
    seconds: dict[str, float] = field(default_factory=dict)


def write_spool(path: Path, document: Document) -> None:
    """Put ``document`` aside until the tables are written."""
    try:
        path.write_bytes(pickle.dumps(document, protocol=pickle.HIGHEST_PROTOCOL))
    except OSError as error:
        raise OutputError(f"{path.parent}: cannot be written ({error.strerror}). Free some space.") from error


def failed_page(number: int, dpi: int, error: str) -> Page:
    """Return the row of a page that could not be read; its size is not known."""
    return Page(number, 0, 0, dpi, "scan", status="failed", error=error)
