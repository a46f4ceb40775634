"""Takes documents through the workers: first page, other pages, values.

The first page of a document is read before its others are even scheduled, because it may say that the document is
secret. Finished documents go before started ones, started ones before new ones, so that little lies around.
"""

from __future__ import annotations

import pickle
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pipeline.batch import jobs
from pipeline.batch.cache import PageCache
from pipeline.batch.executor import Done, Executor
from pipeline.batch.options import RunOptions
from pipeline.batch.progress import Progress
from pipeline.batch.register import Register
from pipeline.batch.runlog import RunLog
from pipeline.document import Document, Page
from pipeline.errors import InputError

if TYPE_CHECKING:
    from pipeline.intake.opening import OpenedDocument


@dataclass
class Work:
    """A document on its way; ``path`` is where it lies, ``keys`` the cache keys of its pages in order."""

    index: int
    document: Document
    path: Path
    spool: Path
    keys: tuple[str, ...] = ()
    note: str = ""
    waiting: deque[int] = field(default_factory=deque)
    running: int = 0
    first_page_pending: bool = False
    secrecy: str = ""
    read_again: set[int] = field(default_factory=set)
    failures: dict[int, str] = field(default_factory=dict)
    counts: jobs.Counts = field(default_factory=jobs.Counts)

    def spooled(self) -> Document:
        """Return the finished document, pages and values included."""
        with self.spool.open("rb") as file:
            document: Document = pickle.load(file)
        return document


class Conveyor:
    """Runs the pages and documents of ``works`` through ``pool``; each ends as a document in its spool file."""

    def __init__(
        self,
        works: Sequence[Work],
        *,
        options: RunOptions,
        cache: PageCache,
        pool: Executor,
        register: Register,
        log: RunLog,
        progress: Progress,
    ) -> None:
        self.works = works
        self._options = options
        self._cache = cache
        self._pool = pool
        self._register = register
        self._log = log
        self._progress = progress
        self._new: deque[Work] = deque()
        self._started: deque[Work] = deque()
        self._whole: deque[Work] = deque()
        self.pages_read = 0
        """Pages that were read in this run."""
        self.pages_kept = 0
        """Pages that were not read because the cache held them."""

    def open(self, key: Callable[[str, int], str]) -> None:
        """Open every file, to know its pages; ``key`` gives the cache key of a page of a file.

        A file that cannot be opened ends here, with its row.
        """
        self._progress.step("opening files", len(self.works))
        waiting = deque(self.works)
        while waiting or len(self._pool):
            while waiting and self._pool.has_room:
                work = waiting.popleft()
                if work.document.error:  # could not even be fingerprinted
                    self.end(work, "failed", work.document.error)
                    self._progress.advance()
                else:
                    token = ("open", work.index, 0)
                    self._pool.submit(
                        token, self._options.page_seconds, jobs.in_worker, "open_file", work.path
                    )
            if (done := self._pool.next_done()) is not None:
                self._opened(self.works[done.token[1]], done, key)
        self._new = deque(work for work in self.works if work.keys)

    def _opened(self, work: Work, done: Done, key: Callable[[str, int], str]) -> None:
        self._progress.advance()
        opened: OpenedDocument | None = done.value
        source = work.document.source
        if opened is None:
            self._log.write("file failed", source=source, error=done.error, trace=done.trace)
            self.end(work, "failed", InputError(done.error or "", done.page).describe(source))
            return
        work.note = opened.note
        work.keys = tuple(key(work.document.doc_id, page) for page in range(1, opened.pages + 1))

    def run(self) -> None:
        """Work until every document has reached its spool file."""
        self._progress.step("reading pages", sum(len(work.keys) for work in self.works))
        while self._new or self._started or self._whole or len(self._pool):
            while self._pool.has_room and self._submit_next():
                pass
            done = self._pool.next_done()
            if done is None:
                continue
            kind, index, number = done.token
            if kind == "page":
                self._page_done(self.works[index], number, done)
            else:
                self._document_done(self.works[index], done)

    def _submit_next(self) -> bool:
        if self._whole:
            self._submit_document(self._whole.popleft())
        elif self._started:
            work = self._started[0]
            self._submit_page(work, work.waiting.popleft())
            if not work.waiting:
                self._started.popleft()
        elif self._new:
            self._start(self._new.popleft())
        else:
            return False
        return True

    def _start(self, work: Work) -> None:
        """Find which pages must be read, and read the first of the document before the others."""
        missing = [number for number, key in enumerate(work.keys, start=1) if key not in self._cache]
        self.pages_kept += len(work.keys) - len(missing)
        self._progress.advance(len(work.keys) - len(missing))
        work.waiting.extend(missing)
        if not missing:
            self._whole.append(work)
        elif missing[0] == 1 and not self._options.allow_restricted:
            work.first_page_pending = True
            self._submit_page(work, work.waiting.popleft())
        else:
            self._started.append(work)

    def _submit_page(self, work: Work, number: int) -> None:
        work.running += 1
        job = jobs.PageJob(
            work.path,
            number,
            self._options.dpi,
            self._options.reader,
            work.keys[number - 1],
            self._cache.root,
            self._options.allow_restricted,
        )
        self._pool.submit(
            ("page", work.index, number), self._options.page_seconds, jobs.in_worker, "read_page", job
        )

    def _submit_document(self, work: Work) -> None:
        job = jobs.DocumentJob(
            document=work.document,
            keys=work.keys,
            failures=work.failures,
            note=work.note,
            dpi=self._options.dpi,
            cache_root=self._cache.root,
            spool=work.spool,
            profile=self._options.profile,
            keep_restricted=self._options.allow_restricted,
        )
        token = ("document", work.index, 0)
        self._pool.submit(token, self._options.document_seconds, jobs.in_worker, "understand_document", job)

    def _page_done(self, work: Work, number: int, done: Done) -> None:
        work.running -= 1
        self._progress.advance()
        report: jobs.PageReport | None = done.value
        if report is None:
            work.failures[number] = done.error or ""
            self._log.write(
                "page failed", source=work.document.source, page=number, error=done.error, trace=done.trace
            )
        else:
            self.pages_read += 1
            self._log.write(
                "page", source=work.document.source, page=number, words=report.words, seconds=report.seconds
            )
            if report.secrecy:
                work.secrecy = report.secrecy
                self._progress.advance(len(work.waiting))
                work.waiting.clear()
        if work.first_page_pending:
            work.first_page_pending = False
            if work.waiting:
                self._started.append(work)
        if work.running or work.waiting:
            return
        if work.secrecy:
            self._restrict(work)
        else:
            self._whole.append(work)

    def _document_done(self, work: Work, done: Done) -> None:
        report: jobs.DocumentReport | None = done.value
        source = work.document.source
        if report is None:
            message = InputError(f"was read but could not be understood: {done.error}").describe(source)
            self._log.write("document failed", source=source, error=done.error, trace=done.trace)
            self.end(work, "failed", message, self._pages_without_values(work))
            return
        if report.damaged:
            self._read_again(work, report.damaged)
            return
        self._log.write("document", source=source, status=report.status, seconds=report.seconds)
        if report.secrecy:
            work.secrecy = report.secrecy
            self._restrict(work)
            return
        work.document = replace(work.document, status=report.status, error=report.error)
        work.counts = report.counts
        if report.identity is not None:
            self._register.add(report.identity)
        if report.error:
            self._progress.trouble(report.error)

    def _read_again(self, work: Work, damaged: Iterable[int]) -> None:
        """Read pages whose cache entries are damaged; a page whose fresh entry is damaged too fails."""
        for number in damaged:
            self._cache.drop(work.keys[number - 1])
            if number in work.read_again:
                work.failures[number] = "what was read cannot be kept: is the disk full or failing?"
            else:
                work.read_again.add(number)
                work.waiting.append(number)
                self.pages_kept -= 1
                self._progress.advance(-1)
        self._log.write("damaged cache entries", source=work.document.source, pages=list(damaged))
        (self._started if work.waiting else self._whole).append(work)

    def _restrict(self, work: Work) -> None:
        """Keep nothing of a secret document but the fact that it exists."""
        for key in work.keys:
            self._cache.drop(key)
        error = InputError(
            f"bears the mark {work.secrecy}; nothing of it was kept (--allow-restricted reads it)"
        )
        pages = [
            Page(number, 0, 0, self._options.dpi, "scan", note="restricted")
            for number in range(1, len(work.keys) + 1)
        ]
        self.end(work, "restricted", error.describe(work.document.source), pages)

    def _pages_without_values(self, work: Work) -> list[Page]:
        return [
            self._cache.get(key) or jobs.failed_page(number, self._options.dpi, work.failures.get(number, ""))
            for number, key in enumerate(work.keys, start=1)
        ]

    def end(
        self, work: Work, status: Literal["failed", "restricted"], error: str, pages: Iterable[Page] = ()
    ) -> None:
        """End ``work`` without values."""
        work.document = replace(work.document, status=status, error=error, pages=tuple(pages))
        work.counts = jobs.Counts(pages=len(work.document.pages))
        jobs.write_spool(work.spool, work.document)
        work.document = replace(work.document, pages=())
        self._progress.trouble(error)
