"""What a worker process does: open a file, read a page, understand a document.

Each function takes and gives small picklable values. Pages travel through the cache and documents through a spool
file, never through the main process, whose memory therefore does not grow with the pages of a run.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import cv2

from pipeline import process
from pipeline.batch.cache import PageCache
from pipeline.batch.jobs import (
    DocumentJob,
    DocumentReport,
    PageJob,
    PageReport,
    count,
    failed_page,
    write_spool,
)
from pipeline.batch.judgement import judge
from pipeline.batch.secrecy import secrecy_mark
from pipeline.checks import identity_of
from pipeline.clock import StageClock
from pipeline.document import Extraction, Page
from pipeline.errors import OutputError
from pipeline.extraction.profile import Profile, load_profile
from pipeline.intake.limits import DEFAULT_LIMITS
from pipeline.intake.opening import OpenedDocument, open_document
from pipeline.reading.readers import reader_called

cv2.setNumThreads(1)  # parallelism is over pages


def open_file(path: Path) -> OpenedDocument:
    """Open a file in a worker, where a hostile one does no harm."""
    return open_document(path, DEFAULT_LIMITS)


def read_page(job: PageJob) -> PageReport:
    """Read one page into the cache. Raises InputError when it cannot be read, OutputError when the disk is full."""
    clock = StageClock()
    page = process.read(job.path, job.number, job.dpi, reader_called(job.reader), clock)
    if not job.keep_restricted and (mark := secrecy_mark([page])):
        return PageReport(job.number, 0, mark, clock.seconds)
    try:
        PageCache(job.cache_root).put(job.key, page)
    except OSError as error:
        raise OutputError(
            f"{job.cache_root}: cannot be written ({error.strerror}). Free some space."
        ) from error
    return PageReport(job.number, len(page.words), "", clock.seconds)


def understand_document(job: DocumentJob) -> DocumentReport:
    """Take the pages of a document to its values and write the document to the spool."""
    store = PageCache(job.cache_root)
    clock = StageClock()
    pages: list[Page] = []
    damaged: list[int] = []
    for number, key in enumerate(job.keys, start=1):
        if number in job.failures:
            pages.append(failed_page(number, job.dpi, job.failures[number]))
        elif (page := store.get(key)) is None:
            damaged.append(number)
        else:
            pages.append(page)
    if damaged:
        return DocumentReport(damaged=tuple(damaged))

    # Pages from an earlier run with --allow-restricted may bear a mark, too.
    if not job.keep_restricted and (mark := secrecy_mark(pages)):
        return DocumentReport(status="restricted", secrecy=mark)
    source = job.document.source
    status, error = judge(source, pages, job.note)
    extraction: Extraction | None = None
    profile = profile_called(job.profile)
    if status != "failed":
        _, _, extraction = process.understand(pages, profile, clock)
    document = replace(job.document, status=status, error=error, pages=tuple(pages), extraction=extraction)
    write_spool(job.spool, document)
    return DocumentReport(
        status=status,
        error=error,
        identity=identity_of(extraction, document.doc_id, source, profile) if extraction else None,
        counts=count(document),
        seconds=clock.seconds,
    )


@cache
def profile_called(name: str) -> Profile:
    """Return a profile, loaded once a process."""
    return load_profile(name)
