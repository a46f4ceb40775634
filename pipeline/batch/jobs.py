"""What the main process and its workers tell each other: jobs, and reports of how they went.

This module loads no stage, and neither does the main process: it names the functions of
:mod:`pipeline.batch.worker`, which only workers import.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any, Literal

from pipeline.batch.cache import PageCache
from pipeline.batch.results import Outcome, ResultCache
from pipeline.document import Document, Page

Task = Literal["open_file", "read_page", "understand_document", "keep_document", "examine_document"]


def in_worker(task: Task, argument: Any) -> Any:
    """Call the function ``task`` of :mod:`pipeline.batch.worker`."""
    return getattr(import_module("pipeline.batch.worker"), task)(argument)


@dataclass(frozen=True)
class Scan:
    """A file as it was when its fingerprint was taken: one that was changed since is another document.

    ``place`` is a path or a URL.
    """

    place: str
    doc_id: str
    file_bytes: int
    mtime_ns: int


@dataclass(frozen=True)
class PageJob:
    """Read page ``number`` of ``scan``, the document ``doc_id``, and keep it in ``cache`` under ``key``."""

    scan: Scan
    doc_id: str
    number: int
    dpi: int
    reader: str
    key: str
    cache: PageCache
    keep_restricted: bool


@dataclass(frozen=True)
class Refused:
    """An input that cannot be opened, or a page that cannot be read, through no fault but its own: it stays so."""

    message: str
    page: int | None


@dataclass(frozen=True)
class PageReport:
    """How the reading of a page went; ``secrecy`` is the mark found on a page that was therefore not kept.

    ``kept`` says that it was not read, because it lay in the cache already.
    """

    number: int
    words: int
    secrecy: str
    seconds: dict[str, float]
    kept: bool = False


@dataclass(frozen=True)
class DocumentJob:
    """Understand the document whose pages lie in ``cache`` under ``keys`` (page 1 first).

    ``failures`` maps page numbers to the plain reason why they could not be read. The result goes to ``results``
    under ``result``.
    """

    document: Document
    keys: tuple[str, ...]
    failures: dict[int, str]
    note: str
    dpi: int
    cache: PageCache
    results: ResultCache
    result: str
    profile: str
    keep_restricted: bool


@dataclass(frozen=True)
class Counts:
    """What the summary counts in one document."""

    reported: int = 0
    none: int = 0
    to_review: int = 0


def count(document: Document) -> Counts:
    """Return the counts of ``document`` as it will be written."""
    rows = document.extraction.fields if document.extraction else ()
    return Counts(
        reported=_fields(row.field for row in rows if row.state == "reported"),
        none=_fields(row.field for row in rows if row.state == "none"),
        to_review=_fields(row.field for row in rows if row.needs_review),
    )


def _fields(names: Iterable[str]) -> int:
    return len(set(names))


@dataclass(frozen=True)
class DocumentReport:
    """How understanding a document went; ``damaged`` pages must be read again first, and nothing was kept.

    ``secrecy`` is the mark of a document of which nothing was kept because of it. Else ``outcome`` is there.
    """

    damaged: tuple[int, ...] = ()
    secrecy: str = ""
    outcome: Outcome | None = None
    seconds: dict[str, float] = field(default_factory=dict)


def failed_page(number: int, dpi: int, error: str) -> Page:
    """Return the row of a page that could not be read; its size is not known."""
    return Page(number, 0, 0, dpi, "scan", status="failed", error=error)
