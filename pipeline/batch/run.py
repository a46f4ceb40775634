"""One run: find the files, open them, read their pages, understand the documents, write the tables."""

from __future__ import annotations

import os
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, replace
from getpass import getuser
from pathlib import Path
from platform import node

import regex

from pipeline.batch import jobs
from pipeline.batch.cache import PageCache
from pipeline.batch.conveyor import Conveyor, Desk
from pipeline.batch.executor import Executor
from pipeline.batch.executors import absolute_profile, executor_for
from pipeline.batch.judgement import PLACE
from pipeline.batch.keys import keys_of, label
from pipeline.batch.ledger import FILE, Ledger, look_on
from pipeline.batch.metrics import RunMetrics
from pipeline.batch.options import RunOptions, asked
from pipeline.batch.overview import Overview
from pipeline.batch.plainlog import PlainLog
from pipeline.batch.plan import Plan, plan_of, reread
from pipeline.batch.pool import Pool
from pipeline.batch.progress import Progress, Silent
from pipeline.batch.publish import Incomplete, Publisher
from pipeline.batch.recovery import ledger_of, plain_errors
from pipeline.batch.register import Register
from pipeline.batch.remote import RemoteFile, discover_remote
from pipeline.batch.results import ResultCache
from pipeline.batch.runlog import RunLog
from pipeline.batch.survey import survey
from pipeline.batch.workspace import Workspace, kept_in, open_workspace
from pipeline.confidence import Dial, minutes_for, with_threshold
from pipeline.document import Document
from pipeline.errors import OutputError
from pipeline.extraction.profile import Profile, load_profile
from pipeline.intake.discover import Found, discover
from pipeline.review.trail import Trail

_ROUNDS = 3
"""How often results that cannot be read back are made anew before the disk is to blame."""
_NAMES_TOLD = 3


@dataclass(frozen=True)
class Failure:
    """One input that is not ``ok``: its status and the whole plain error."""

    source: str
    status: str
    error: str

    @property
    def reason(self) -> str:
        """The error without file and page, to count alike ones together."""
        return regex.sub(r"^(?:, pages? [\d-]+)?: ", "", self.error.removeprefix(self.source))


@dataclass(frozen=True)
class Summary:
    """What a run did; ``stage_seconds`` are of the work done now, not of what was kept already.

    ``dial`` is where the dial stood when the tables were written, None while there are none, and ``review_minutes`` what
    the rows that it leaves to people take them: by what they took before (``minutes_measured``), or by an assumption.
    ``written`` says whether the tables had to be written. ``set_aside`` counts pages (and documents) that later runs will
    not try again. ``gone`` counts documents of earlier runs that are not among the inputs, ``gone_names`` names some.
    """

    dataset: Path
    log: Path
    statuses: Counter[str]
    copies: int
    pages: int
    pages_read: int
    pages_kept: int
    reported: int
    none: int
    to_review: int
    failures: tuple[Failure, ...]
    stage_seconds: Mapping[str, float]
    wall_seconds: float
    dial: Dial | None = None
    review_minutes: float = 0.0
    minutes_measured: bool = False
    written: bool = True
    set_aside: int = 0
    gone: int = 0
    gone_names: tuple[str, ...] = ()

    @property
    def all_well(self) -> bool:
        """Whether every input was processed (a restricted document is, by design)."""
        return not (self.statuses["failed"] or self.statuses["partial"])


class Batch:
    """A workspace at work: takes inputs, finishes them, writes the tables; as often as there is something new."""

    def __init__(
        self,
        options: RunOptions,
        workspace: Workspace,
        profile: Profile,
        desk: Desk,
        stack: ExitStack,
        metrics: RunMetrics,
    ) -> None:
        self.desk = desk
        self._options = options
        self._workspace = workspace
        self._stack = stack
        self._executor: Executor | None = None
        self._metrics = metrics
        self._began = time.monotonic()
        self._pages_read = self._pages_not_kept = 0
        self.changed = False
        """Whether there may be something that the tables do not have yet."""
        self._profile = profile
        trail = Trail(workspace.root)  # one that was tampered with stops the run before any work
        stack.callback(trail.close)
        for told in trail.told:
            desk.progress.tell(told)
        self.publisher = Publisher(desk, workspace.root, profile, trail, options.publish_seconds)

    def take(self, paths: list[Found | RemoteFile]) -> None:
        """Enter ``paths`` as inputs."""
        self.desk.progress.step("finding documents", len(paths))
        survey(paths, self.desk.ledger, self.desk.keys, self.desk.progress)
        self.changed = True

    def work(self) -> bool:
        """Finish every document and write the tables; return whether they had to be written, now or meanwhile."""
        before = self.publisher.writings
        for _ in range(_ROUNDS):
            self.finish()
            self.desk.progress.step("writing the tables", 1)
            try:
                self.publisher.publish()
            except Incomplete as damaged:
                self.desk.log.write("damaged results", documents=damaged.doc_ids)
                for doc_id in damaged.doc_ids:
                    self._make_again(doc_id)
                continue
            self.desk.progress.advance()
            self.changed = False
            return self.publisher.writings > before
        raise OutputError(
            f"{self._workspace.results}: what is written there cannot be read back; is the disk failing?"
        )

    def finish(self) -> None:
        """Work off what the ledger has as unfinished; worker processes are started for that alone."""
        desk = self.desk
        if not desk.ledger.count("made <> ?", desk.keys.making)[0]:
            return
        if self._executor is None:
            executor = executor_for(
                self._options, self._profile, desk.pages.entries.store, self._tell_of_cluster
            )
            self._executor = self._metrics.watched(self._stack.enter_context(executor))
        conveyor = Conveyor(desk, self._executor)
        conveyor.open()
        for why, pages in reread(desk.ledger, desk.keys, desk.pages).most_common():
            desk.progress.tell(f"{pages} pages are read again: {why}")
            desk.log.write("read again", pages=pages, why=why)
        documents, pages = desk.ledger.count("made <> ?", desk.keys.making)
        desk.log.write("work", documents=documents, pages=pages)
        if documents:
            desk.progress.step("reading pages", pages)
        try:
            for _ in conveyor.run():
                if self.publisher.due():
                    self._publish_so_far()
        finally:
            self._pages_read += conveyor.pages_read
            self._pages_not_kept += conveyor.pages_not_kept

    def _tell_of_cluster(self, message: str) -> None:
        self.desk.log.write("cluster", message=message)
        self.desk.progress.tell(message)

    def _publish_so_far(self) -> bool:
        try:
            return self.publisher.publish()
        except Incomplete as damaged:  # they are made again at the end
            self.desk.log.write("damaged results", documents=damaged.doc_ids)
            return False

    def publish_finished(self) -> bool:
        """Write the tables of what is finished, unless they would lose a document by it; return whether it was done."""
        return self.changed and not self.publisher.behind and self._publish_so_far()

    def _make_again(self, doc_id: str) -> None:
        result = self.desk.ledger.result_of(doc_id)
        self.desk.results.entries.drop(result)
        self.desk.ledger.unfinish(doc_id)

    def summary(self, written: bool) -> Summary:
        """Return what was done so far."""
        known = Overview(self.desk.ledger)
        statuses, pages, reported, denied, to_review = known.totals()
        gone, gone_names = known.gone(_NAMES_TOLD)
        dial = known.dial()
        minutes, measured = minutes_for(dial.review if dial else 0, self.publisher.seconds_spent())
        return Summary(
            dataset=self._workspace.dataset,
            log=self.desk.log.path,
            statuses=Counter(statuses),
            copies=known.copy_count(),
            pages=pages,
            pages_read=self._pages_read,
            pages_kept=max(0, known.pages_there() - self._pages_read + self._pages_not_kept),
            reported=reported,
            none=denied,
            to_review=to_review,
            failures=tuple(
                Failure(source, status, error.replace(PLACE, source))
                for source, status, error in known.troubled()
            ),
            stage_seconds=dict(self.desk.log.seconds),
            wall_seconds=time.monotonic() - self._began,
            dial=dial,
            review_minutes=minutes,
            minutes_measured=measured,
            written=written,
            set_aside=known.set_aside_count(),
            gone=gone,
            gone_names=gone_names,
        )

    def log_end(self, summary: Summary) -> None:
        """Write what was done into the log."""
        self.desk.log.write(
            "end",
            statuses=summary.statuses,
            pages_read=summary.pages_read,
            pages_kept=summary.pages_kept,
            wall_seconds=round(summary.wall_seconds, 3),
            written=summary.written,
            dial=asdict(summary.dial) if summary.dial else None,
            peak_bytes=self._metrics.worker_peak_bytes,
        )


def run(options: RunOptions, progress: Progress) -> Summary:
    """Carry out ``options``; the tables lie in ``options.out/dataset`` when this returns.

    Raises a :class:`pipeline.errors.SohoaError` when the run itself cannot go on (a missing program, an output folder
    that cannot be used); an input that cannot be processed never raises, it has its row.
    """
    with batch(options, progress) as work:
        work.take(found(options))
        written = work.work()
        summary = work.summary(written)
        work.desk.ledger.note("ended", str(work.desk.ledger.run))
        work.log_end(summary)
        return summary


@contextmanager
def batch(options: RunOptions, progress: Progress) -> Iterator[Batch]:
    """Open the workspace of ``options`` and begin a run in it; it ends with the block."""
    if options.scheduler:
        options = replace(options, profile=absolute_profile(options.profile))
    profile = load_profile(options.profile)
    keys = keys_of(options, profile)
    with ExitStack() as stack:
        workspace = stack.enter_context(open_workspace(options.out, options.store))
        metrics, path = RunMetrics(options.metrics), workspace.new_log()
        log = stack.enter_context(RunLog(path, [PlainLog(path.with_suffix(".log")), metrics]))
        pages, results = PageCache(workspace.cache), ResultCache(workspace.results)
        ledger = ledger_of(workspace.root, pages, results, progress.trouble)
        stack.callback(ledger.close)
        stack.enter_context(plain_errors(workspace.root))
        log.write(
            "run", options=asdict(options), influences=keys.influences, host=node(), process=os.getpid()
        )
        if options.allow_restricted:
            log.write("restricted documents are allowed", by=getuser())
        desk = Desk(options, keys, ledger, Register(ledger, profile), pages, results, log, progress)
        with ledger.transaction():
            ledger.begin()
            keys.explain(ledger)
            ledger.note("making", keys.making)
            ledger.note("reading", keys.reading)
            ledger.note("asked", asked(options))
        yield Batch(options, workspace, profile, desk, stack, metrics)


def found(options: RunOptions) -> list[Found | RemoteFile]:
    """Return the files that the inputs of ``options`` name; what lies in the output folder is none."""
    here = discover([given for given in options.inputs if isinstance(given, Path)], leave_out=options.out)
    there = {
        file.url: file
        for given in options.inputs
        if isinstance(given, str)
        for file in discover_remote(given)
    }
    return [*here, *there.values()]


def foresee(options: RunOptions) -> Plan:
    """Return what a run would have before it; nothing is written, not even the output folder."""
    profile = load_profile(options.profile)
    keys = keys_of(options, profile)
    kept_pages, kept_results = kept_in(options.out)
    pages, results = PageCache(kept_pages), ResultCache(kept_results)
    trial = Ledger.in_memory()
    if (real := look_on(options.out / FILE)) is not None:
        with plain_errors(options.out):
            real.base.backup(trial.base)
        real.close()
    with trial.transaction():
        trial.begin()
    survey(found(options), trial, keys, Silent())
    return plan_of(trial, keys, pages, results, options.worker_count)


def examine(path: Path, options: RunOptions, progress: Progress) -> Document:
    """Return what a run makes of the one file ``path``; nothing is written to ``options.out`` but its page cache."""
    options = replace(options, inputs=(path,))
    profile = load_profile(options.profile)
    keys = keys_of(options, profile)
    ledger = Ledger.in_memory()
    with (
        tempfile.TemporaryDirectory(prefix="sohoa-") as folder,
        RunLog(Path(folder) / "log.jsonl") as log,
        Pool(options.worker_count, options.memory_bytes) as pool,
    ):
        desk = Desk(
            options,
            keys,
            ledger,
            Register(ledger, profile),
            PageCache(kept_in(options.out)[0]),
            ResultCache(Path(folder) / "results"),
            log,
            progress,
        )
        with ledger.transaction():
            ledger.begin()
        survey([Found(path)], ledger, keys, progress)
        conveyor = Conveyor(desk, pool)
        conveyor.open()
        for _ in conveyor.run():
            pass
        (one,) = ledger.finished(keys.making)
        return _flagged_as_in(options.out, _examined(desk, pool, one.doc_id, profile))


def _flagged_as_in(root: Path, document: Document) -> Document:
    """Return ``document`` with those rows for review that the tables of the run in ``root`` would have, if there is one."""
    if document.extraction is None or (ledger := look_on(root / FILE)) is None:
        return document
    dial = Overview(ledger).dial()
    ledger.close()
    return (
        replace(document, extraction=with_threshold(document.extraction, dial.threshold))
        if dial
        else document
    )


def _examined(desk: Desk, pool: Executor, doc_id: str, profile: Profile) -> Document:
    """Return the document that was just finished, with its pages and all that was found in them."""
    (one,) = desk.ledger.finished(desk.keys.making)
    document = Document(
        doc_id,
        one.source,
        (),
        one.file_bytes,
        one.status,  # type: ignore[arg-type]
        one.error.replace(PLACE, one.source),
        profile=label(profile),
    )
    if not one.result:
        return document
    keys = tuple(desk.keys.page(doc_id, number) for number in range(1, one.pages + 1))
    rows = [desk.ledger.row(key) for key in keys]
    failures = {n: row.error for n, row in enumerate(rows, start=1) if row and row.state != "read"}
    job = jobs.DocumentJob(
        document=document,
        keys=keys,
        failures=failures,
        note="",
        dpi=desk.options.dpi,
        cache=desk.pages,
        results=desk.results,
        result=one.result,
        profile=desk.options.profile,
        keep_restricted=True,
    )
    pool.submit(("examine", 0, 0), desk.options.document_seconds, jobs.in_worker, "examine_document", job)
    done = None
    while done is None:
        done = pool.next_done()
    if done.value is None:
        return document
    found: Document = done.value
    return replace(found, status=document.status, error=document.error)
