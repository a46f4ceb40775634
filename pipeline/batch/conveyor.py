"""Takes documents through the workers: first page, other pages, values.

The first page of a document is read before its others are even scheduled, because it may say that the document is
secret. Finished documents go before started ones, started ones before new ones, so that little lies around: the ledger
hands out documents one at a time, and only those on their way are in memory.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.batch import jobs
from pipeline.batch.cache import PageCache
from pipeline.batch.executor import LOST, Done, Executor
from pipeline.batch.judgement import PLACE
from pipeline.batch.keys import Keys
from pipeline.batch.ledger import Entry, Ledger
from pipeline.batch.options import RunOptions
from pipeline.batch.progress import Progress
from pipeline.batch.register import Register
from pipeline.batch.results import Outcome, ResultCache
from pipeline.batch.runlog import RunLog
from pipeline.document import Document
from pipeline.errors import InputError

if TYPE_CHECKING:
    from pipeline.intake.opening import OpenedDocument


@dataclass(eq=False)
class Work:
    """A document on its way; ``keys`` are the cache keys of its pages in order, ``failures`` by page (0: as a whole)."""

    entry: Entry
    keys: tuple[str, ...] = ()
    waiting: deque[int] = field(default_factory=deque)
    running: int = 0
    first_page_pending: bool = False
    secrecy: str = ""
    read_again: set[int] = field(default_factory=set)
    failures: dict[int, str] = field(default_factory=dict)
    settled: bool = True
    result: str = ""

    @property
    def scan(self) -> jobs.Scan:
        """Where the document lies."""
        entry = self.entry
        return jobs.Scan(os.fsdecode(entry.path), entry.doc_id, entry.file_bytes, entry.mtime_ns)

    @property
    def source(self) -> str:
        """The document's name for people."""
        return self.entry.source


@dataclass(frozen=True)
class Desk:
    """What documents on their way have to do with."""

    options: RunOptions
    keys: Keys
    ledger: Ledger
    register: Register
    pages: PageCache
    results: ResultCache
    log: RunLog
    progress: Progress


class Conveyor:
    """Runs the unfinished documents of the ledger through ``executor``; each ends as finished in the ledger."""

    def __init__(self, desk: Desk, executor: Executor) -> None:
        self._desk = desk
        self._executor = executor
        self._works: dict[int, Work] = {}
        self._started: deque[Work] = deque()
        self._whole: deque[Work] = deque()
        self.pages_read = 0
        """Pages that were read."""
        self.pages_not_kept = 0
        """Pages of these that were not kept, for they are secret."""

    # Opening

    def open(self) -> None:
        """Open every file that was not, to know its pages. One that cannot be opened ends here, with its row."""
        desk = self._desk
        count, _ = desk.ledger.count("made <> ? AND opened <> ?", desk.keys.making, desk.keys.opening)
        if not count:
            return
        desk.progress.step("opening files", count)
        waiting = desk.ledger.unopened(desk.keys.opening, desk.keys.making)
        entry = next(waiting, None)
        while entry or len(self._executor):
            while entry and self._executor.has_room:
                self._open(entry)
                entry = next(waiting, None)
            if (done := self._executor.next_done()) is not None:
                self._opened(self._works.pop(done.token[1]).entry, done)

    def _open(self, entry: Entry) -> None:
        desk = self._desk
        known = desk.ledger.row(desk.keys.opening_of(entry.doc_id))
        if known is not None and known.state == "set aside":
            self._cannot_open(entry, known.error, settled=True)
            return
        work = self._works[entry.position] = Work(entry)
        token = ("open", entry.position, 0)
        self._executor.submit(token, desk.options.page_seconds, jobs.in_worker, "open_file", work.scan)

    def _opened(self, entry: Entry, done: Done) -> None:
        desk = self._desk
        opened: OpenedDocument | jobs.Refused | None = done.value
        if opened is not None and not isinstance(opened, jobs.Refused):
            desk.progress.advance()
            desk.ledger.opened(entry.doc_id, desk.keys.opening, opened.pages, opened.note)
            return
        end = _failure(done)
        error = InputError(end.error, end.page).describe(PLACE)
        desk.log.write(
            "file failed", source=entry.source, error=end.error, cause=done.cause, trace=done.trace
        )
        key = desk.keys.opening_of(entry.doc_id)
        known = desk.ledger.failed(key, error, lost=end.lost, lasting=end.lasting, doc_id=entry.doc_id)
        if end.lost and known.state != "set aside":
            self._open(entry)
        else:
            self._cannot_open(entry, error, settled=known.state == "set aside")

    def _cannot_open(self, entry: Entry, error: str, *, settled: bool) -> None:
        self._desk.progress.advance()
        self._desk.ledger.opened(entry.doc_id, "", 0, "")
        self._end(Work(entry, settled=settled), "failed", error)

    # Reading and understanding

    def run(self) -> Iterator[None]:
        """Work until every document is finished; yield after each, so that the caller may look at the clock."""
        desk = self._desk
        upcoming = desk.ledger.pending(desk.keys.making)
        more = True
        while more or self._works or len(self._executor):
            while more and self._executor.has_room:
                if not self._submit_next():
                    entry = next(upcoming, None)
                    if entry is None:
                        more = False
                    elif self._start(entry):
                        yield
            while self._executor.has_room and self._submit_next():
                pass
            if not len(self._executor):
                continue
            done = self._executor.next_done()
            if done is None:
                continue
            kind, index, number = done.token
            work = self._works[index]
            if kind == "page":
                self._page_done(work, number, done)
            else:
                self._document_done(work, done)
            if index not in self._works:
                yield

    def _submit_next(self) -> bool:
        if self._whole:
            self._submit_document(self._whole.popleft())
        elif self._started:
            work = self._started[0]
            self._submit_page(work, work.waiting.popleft())
            if not work.waiting:
                self._started.popleft()
        else:
            return False
        return True

    def _start(self, entry: Entry) -> bool:
        """Find which pages must be read, and read the first before the others; return whether all is done already."""
        desk = self._desk
        keys = tuple(desk.keys.page(entry.doc_id, number) for number in range(1, entry.pages + 1))
        work = Work(entry, keys)
        if not desk.options.allow_restricted and desk.ledger.restricted(entry.doc_id, desk.keys.secrecy):
            desk.progress.advance(entry.pages)
            self._restrict(work, desk.ledger.error(entry.doc_id))
            return True
        with desk.ledger.transaction():
            known = desk.ledger.expect(entry.doc_id, desk.keys.reading, enumerate(keys, start=1))
            near = desk.pages.entries.store.near  # else the worker that would read a page looks first
            kept = {
                n
                for n, key in enumerate(keys, 1)
                if (key in desk.pages if near else known[n].state == "read")
            }
            desk.ledger.pages_kept(keys[n - 1] for n in kept if known[n].state != "read")
        aside = {n: row.error for n, row in known.items() if row.state == "set aside" and n not in kept}
        missing = [n for n in range(1, len(keys) + 1) if n not in kept and n not in aside]
        work.failures.update(aside)
        work.waiting.extend(missing)
        self._works[entry.position] = work
        desk.progress.advance(len(kept) + len(aside))
        if not missing:
            return self._read_whole(work)
        if missing[0] == 1 and not desk.options.allow_restricted:
            work.first_page_pending = True
            self._submit_page(work, work.waiting.popleft())
        else:
            self._started.append(work)
        return False

    def _submit_page(self, work: Work, number: int) -> None:
        work.running += 1
        options = self._desk.options
        job = jobs.PageJob(
            work.scan,
            work.entry.doc_id,
            number,
            options.dpi,
            options.reader,
            work.keys[number - 1],
            self._desk.pages,
            options.allow_restricted,
        )
        token = ("page", work.entry.position, number)
        self._executor.submit(token, options.page_seconds, jobs.in_worker, "read_page", job)

    def _page_done(self, work: Work, number: int, done: Done) -> None:
        desk, key = self._desk, work.keys[number - 1]
        work.running -= 1
        report: jobs.PageReport | jobs.Refused | None = done.value
        if report is None or isinstance(report, jobs.Refused):
            self._page_failed(work, number, done)
        else:
            desk.progress.advance()
            if not report.kept:
                self.pages_read += 1
                desk.log.write(
                    "page", source=work.source, page=number, words=report.words, seconds=report.seconds
                )
            if report.kept:
                desk.ledger.pages_kept([key])
            elif report.secrecy:
                work.secrecy = report.secrecy
                self.pages_not_kept += 1
                desk.progress.advance(len(work.waiting))
                work.waiting.clear()
            else:
                desk.ledger.page_read(key, sum(report.seconds.values()))
        if work.first_page_pending and not (work.waiting and work.waiting[0] == 1):
            work.first_page_pending = False
            if work.waiting:
                self._started.append(work)
        elif work.first_page_pending:
            self._submit_page(work, work.waiting.popleft())
        if not (work.running or work.waiting):
            self._read_whole(work)

    def _page_failed(self, work: Work, number: int, done: Done) -> None:
        """Give a page that killed or hung its worker another chance, once; else it fails."""
        desk, end = self._desk, _failure(done)
        known = desk.ledger.failed(work.keys[number - 1], end.error, lost=end.lost, lasting=end.lasting)
        desk.log.write(
            "page failed",
            source=work.source,
            page=number,
            error=end.error,
            cause=done.cause,
            state=known.state,
            trace=done.trace,
        )
        if end.lost and known.state != "set aside":
            work.waiting.appendleft(number)
            if not work.first_page_pending and work not in self._started:
                self._started.append(work)
            return
        desk.progress.advance()
        work.failures[number] = end.error
        work.settled &= known.state == "set aside"

    def _read_whole(self, work: Work) -> bool:
        """Have a document whose pages are all read understood; return whether it is finished with that."""
        desk = self._desk
        if work.secrecy:
            self._restrict(work, _secret(work.secrecy))
            return True
        work.result = desk.keys.result(work.keys, work.failures, work.entry.note)
        known = desk.ledger.row(work.result)
        if known is not None and known.state == "set aside" and 0 not in work.failures:
            self._cannot_understand(work, known.error)
            return False
        # Far away, the worker that would understand the document looks first.
        outcome = desk.results.outcome(work.result) if desk.results.entries.store.near else None
        if outcome is None:
            self._whole.append(work)
            return False
        if outcome.secrecy and not desk.options.allow_restricted:
            self._restrict(work, _secret(outcome.secrecy))
        else:
            self._finish(work, outcome)
        return True

    def _submit_document(self, work: Work) -> None:
        options = self._desk.options
        entry = work.entry
        status = "failed" if 0 in work.failures else "ok"
        error = work.failures.get(0, "")
        job = jobs.DocumentJob(
            document=Document(entry.doc_id, "", (), entry.file_bytes, status, error),  # type: ignore[arg-type]
            keys=work.keys,
            failures=work.failures,
            note=entry.note,
            dpi=options.dpi,
            cache=self._desk.pages,
            results=self._desk.results,
            result=work.result,
            profile=options.profile,
            keep_restricted=options.allow_restricted,
        )
        token = ("document", entry.position, 0)
        task: jobs.Task = "keep_document" if error else "understand_document"
        self._executor.submit(token, options.document_seconds, jobs.in_worker, task, job)

    def _document_done(self, work: Work, done: Done) -> None:
        desk = self._desk
        report: jobs.DocumentReport | None = done.value
        if report is None:
            self._document_failed(work, done)
        elif report.damaged:
            self._read_again(work, report.damaged)
        else:
            desk.log.write(
                "document",
                source=work.source,
                status=report.outcome.status if report.outcome else "restricted",
                seconds=report.seconds,
            )
            if report.secrecy or report.outcome is None:
                self._restrict(work, _secret(report.secrecy))
            else:
                self._finish(work, report.outcome, sum(report.seconds.values()))

    def _document_failed(self, work: Work, done: Done) -> None:
        desk = self._desk
        desk.log.write(
            "document failed", source=work.source, error=done.error, cause=done.cause, trace=done.trace
        )
        if 0 in work.failures:  # not even its pages can be kept together
            self._end(work, "failed", work.failures[0])
            return
        end = _failure(done)
        known = desk.ledger.failed(work.result, end.error, lost=end.lost, doc_id=work.entry.doc_id)
        if end.lost and known.state != "set aside":
            self._whole.append(work)
        else:
            work.settled &= known.state == "set aside"
            self._cannot_understand(work, known.error)

    def _cannot_understand(self, work: Work, error: str) -> None:
        message = InputError(f"was read but could not be understood: {error}").describe(PLACE)
        work.failures[0] = message
        self._read_whole(work)

    def _read_again(self, work: Work, damaged: Iterable[int]) -> None:
        """Read pages whose cache entries are damaged; a page whose fresh entry is damaged too fails."""
        desk = self._desk
        for number in damaged:
            desk.pages.drop(work.keys[number - 1])
            if number in work.read_again:
                work.failures[number] = "what was read cannot be kept: is the disk full or failing?"
                work.settled = False
            else:
                work.read_again.add(number)
                work.waiting.append(number)
                desk.progress.advance(-1)
        desk.log.write("damaged cache entries", source=work.source, pages=list(damaged))
        if work.waiting:
            self._started.append(work)
        else:
            self._read_whole(work)

    # Ends

    def _finish(self, work: Work, outcome: Outcome, seconds: float | None = None) -> None:
        desk, doc_id = self._desk, work.entry.doc_id
        if outcome.secrecy:
            desk.log.write("restricted document read", source=work.source, mark=outcome.secrecy)
        with desk.ledger.transaction():
            desk.ledger.finish(
                doc_id,
                made=desk.keys.making,
                settled=work.settled,
                reading=desk.keys.reading,
                understanding=desk.keys.understanding,
                status=outcome.status,
                error=outcome.error,
                result=work.result,
                seconds=seconds,
            )
            desk.register.put(doc_id, outcome.identity)
        self._works.pop(work.entry.position, None)
        error = outcome.error.replace(PLACE, work.source)
        # An error may quote the page; the log outlives the permission to read a secret one.
        told = f"{work.source}: withheld, see the tables" if error and outcome.secrecy else error
        desk.log.write("finished", source=work.source, status=outcome.status, error=told)
        if outcome.error:
            desk.progress.trouble(error)

    def _restrict(self, work: Work, error: str) -> None:
        """Keep nothing of a secret document but the fact that it exists, whatever was kept of it before."""
        desk = self._desk
        with desk.ledger.transaction():
            pages = {*work.keys, *desk.ledger.forget_pages(work.entry.doc_id)}
            results = desk.ledger.forget_results(work.entry.doc_id)
        for key in pages:
            desk.pages.drop(key)
        for key in results:
            desk.results.entries.drop(key)
        work.settled = True
        self._end(work, "restricted", error)

    def _end(self, work: Work, status: str, error: str) -> None:
        """End ``work`` without a result."""
        desk = self._desk
        with desk.ledger.transaction():
            desk.ledger.finish(
                work.entry.doc_id,
                made=desk.keys.making,
                settled=work.settled,
                reading=desk.keys.secrecy if status == "restricted" else desk.keys.reading,
                understanding=desk.keys.understanding,
                status=status,
                error=error,
            )
            desk.register.put(work.entry.doc_id, None)
        self._works.pop(work.entry.position, None)
        told = error.replace(PLACE, work.source)
        desk.log.write("finished", source=work.source, status=status, error=told)
        desk.progress.trouble(told)


@dataclass(frozen=True)
class _Failure:
    """Why a task failed: ``lost`` when its worker died or hung, ``lasting`` when it would fail again all the same."""

    error: str
    page: int | None
    lost: bool
    lasting: bool


def _failure(done: Done) -> _Failure:
    if isinstance(done.value, jobs.Refused):
        return _Failure(done.value.message, done.value.page, lost=False, lasting=True)
    return _Failure(done.error or "", done.page, lost=done.cause in LOST, lasting=False)


def _secret(mark: str) -> str:
    return InputError(
        f"bears the mark {mark}; nothing of it was kept (--allow-restricted reads it)"
    ).describe(PLACE)
