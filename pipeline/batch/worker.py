"""What a worker process does: open a file, read a page, understand a document.

Each function takes and gives small picklable values. Pages and results travel through the caches, never through the
main process, whose memory therefore does not grow with the pages of a run.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path

import cv2

from pipeline import process
from pipeline.batch.jobs import DocumentJob, DocumentReport, PageJob, PageReport, Refused, Scan, failed_page
from pipeline.batch.judgement import PLACE, judge
from pipeline.batch.locations import is_url
from pipeline.batch.remote import fetched
from pipeline.batch.results import Outcome
from pipeline.batch.secrecy import secrecy_mark
from pipeline.checks import identity_of
from pipeline.clock import StageClock
from pipeline.document import Document, Extraction, Page
from pipeline.errors import InputError, OutputError
from pipeline.extraction.profile import Profile, load_profile
from pipeline.intake.fingerprint import unreadable
from pipeline.intake.limits import DEFAULT_LIMITS
from pipeline.intake.opening import OpenedDocument, open_document
from pipeline.reading.readers import reader_called

cv2.setNumThreads(1)  # parallelism is over pages


def open_file(scan: Scan) -> OpenedDocument | Refused:
    """Open a file in a worker, where a hostile one does no harm. Raises InputError for what may be well next time."""
    with _at_hand(scan) as path:
        try:
            opened = open_document(path, DEFAULT_LIMITS)
        except InputError as error:
            _require_unchanged(scan)
            return _refused(error)
        _require_unchanged(scan)
    return opened


def read_page(job: PageJob) -> PageReport | Refused:
    """Read one page into the cache.

    Raises InputError when it cannot be read but may be next time, OutputError when the disk is full.
    """
    clock = StageClock()
    if not job.cache.entries.store.near and job.key in job.cache:
        return PageReport(job.number, 0, "", {}, kept=True)
    with _at_hand(job.scan) as path:
        try:
            page = process.read(path, job.number, job.dpi, reader_called(job.reader), clock)
        except InputError as error:
            _require_unchanged(job.scan)
            return _refused(error)
        _require_unchanged(job.scan)
    if not job.keep_restricted and (mark := secrecy_mark([page])):
        return PageReport(job.number, 0, mark, clock.seconds)
    try:
        job.cache.put(job.key, job.doc_id, page)
    except OSError as error:
        raise _full(job.cache.entries.store, error) from error
    return PageReport(job.number, len(page.words), "", clock.seconds)


@contextmanager
def _at_hand(scan: Scan) -> Iterator[Path]:
    """Yield where the bytes of ``scan`` lie on this machine."""
    if is_url(scan.place):
        with fetched(scan.place, scan.doc_id, scan.file_bytes) as copy:
            yield copy
    else:
        yield Path(scan.place)


def _require_unchanged(scan: Scan) -> None:
    """Raise InputError when the file is no longer the one whose fingerprint was taken: its key would be wrong."""
    if is_url(scan.place):  # what was fetched was compared
        return
    try:
        found = Path(scan.place).stat()
    except OSError as error:
        raise unreadable(error) from error
    if (found.st_size, found.st_mtime_ns) != (scan.file_bytes, scan.mtime_ns):
        raise InputError("the file was changed while it was read; run again when it is complete")


def _refused(error: InputError) -> Refused:
    """Return ``error`` as the input's own fault; raise it when a program or the system is to blame."""
    cause = error.__cause__
    of_system = isinstance(cause, OSError) and cause.errno is not None  # Pillow's have none
    if of_system or isinstance(
        cause, (subprocess.SubprocessError, RuntimeError)
    ):  # Tesseract's are RuntimeErrors
        raise error
    return Refused(error.message, error.page)


def understand_document(job: DocumentJob) -> DocumentReport:
    """Take the pages of a document to its values and keep the result."""
    clock = StageClock()
    if not job.results.entries.store.near and (kept := job.results.outcome(job.result)) is not None:
        secret = kept.secrecy if not job.keep_restricted else ""
        return DocumentReport(secrecy=secret, outcome=None if secret else kept)
    pages, damaged = _pages(job)
    if damaged:
        return DocumentReport(damaged=tuple(damaged))
    document, mark = _understood(job, pages, clock)
    if mark and not job.keep_restricted:
        return DocumentReport(secrecy=mark, seconds=clock.seconds)
    profile = profile_called(job.profile)
    extraction = document.extraction
    outcome = Outcome(
        document.status,
        document.error,
        len(pages),
        secrecy=mark,
        identity=identity_of(extraction, document.doc_id, "", profile) if extraction else None,
    )
    with clock.stage("keeping"):
        try:
            job.results.put(job.result, document, outcome, profile.fields)
        except OSError as error:
            raise _full(job.results.entries.store, error) from error
    return DocumentReport(outcome=outcome, seconds=clock.seconds)


def keep_document(job: DocumentJob) -> DocumentReport:
    """Keep a document whose pages were read but which could not be understood, as its ``document`` says."""
    pages = [
        page or failed_page(number, job.dpi, job.failures.get(number, "what was read is damaged"))
        for number, page in enumerate(map(job.cache.get, job.keys), start=1)
    ]
    outcome = Outcome(job.document.status, job.document.error, len(pages))
    job.results.put(job.result, replace(job.document, pages=tuple(pages)), outcome, ())
    return DocumentReport(outcome=outcome)


def examine_document(job: DocumentJob) -> Document:
    """Return the document whose pages lie in the cache, with its pages and everything found in them."""
    pages, damaged = _pages(job)
    pages += [failed_page(number, job.dpi, "what was read is damaged") for number in damaged]
    return _understood(job, sorted(pages, key=lambda page: page.number), StageClock())[0]


def _pages(job: DocumentJob) -> tuple[list[Page], list[int]]:
    """Return the pages, and the numbers of those whose entries are damaged or gone."""
    pages: list[Page] = []
    damaged: list[int] = []
    for number, key in enumerate(job.keys, start=1):
        if number in job.failures:
            pages.append(failed_page(number, job.dpi, job.failures[number]))
        elif (page := job.cache.get(key)) is None:
            damaged.append(number)
        else:
            pages.append(page)
    return pages, damaged


def _understood(job: DocumentJob, pages: list[Page], clock: StageClock) -> tuple[Document, str]:
    """Return the document with its values, and the mark of secrecy that it bears."""
    status, error = judge(PLACE, pages, job.note)
    extraction: Extraction | None = None
    mark = secrecy_mark(pages)
    if status != "failed":
        _, _, extraction = process.understand(pages, profile_called(job.profile), clock)
    document = replace(job.document, status=status, error=error, pages=tuple(pages), extraction=extraction)
    return document, mark


def _full(folder: object, error: OSError) -> OutputError:
    return OutputError(f"{folder}: cannot be written ({error.strerror}). Free some space.")


@cache
def profile_called(name: str) -> Profile:
    """Return a profile, loaded once a process."""
    return load_profile(name)
