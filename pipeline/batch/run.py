"""One run: find the files, open them, read their pages, understand the documents, write the tables."""

from __future__ import annotations

import hashlib
import os
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from getpass import getuser
from pathlib import Path

import regex

from pipeline.batch.cache import PageCache, page_key
from pipeline.batch.conveyor import Conveyor, Work
from pipeline.batch.influences import reading_influences
from pipeline.batch.jobs import count
from pipeline.batch.options import RunOptions
from pipeline.batch.pool import Pool
from pipeline.batch.progress import Progress
from pipeline.batch.register import Register
from pipeline.batch.runlog import RunLog
from pipeline.batch.workspace import Workspace, open_workspace
from pipeline.clock import StageClock
from pipeline.confidence import with_findings
from pipeline.dataset.writing import write_dataset
from pipeline.document import Document
from pipeline.errors import InputError
from pipeline.extraction.profile import Profile, load_profile
from pipeline.intake.discover import discover, printable_source
from pipeline.intake.fingerprint import fingerprint
from pipeline.review.apply import decisions_of, with_decisions
from pipeline.review.decisions import Decision
from pipeline.review.trail import Trail


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
    """What a run did; ``stage_seconds`` are of the work done now, not of what the cache already held."""

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

    @property
    def all_well(self) -> bool:
        """Whether every input was processed (a restricted document is, by design)."""
        return not (self.statuses["failed"] or self.statuses["partial"])


def run(options: RunOptions, progress: Progress) -> Summary:
    """Carry out ``options``; the tables lie in ``options.out/dataset`` when this returns.

    Raises a :class:`pipeline.errors.SohoaError` when the run itself cannot go on (a missing program, an output folder
    that cannot be used); an input that cannot be processed never raises, it has its row.
    """
    began = time.monotonic()
    profile = load_profile(options.profile)
    influences = reading_influences(options.reader)
    with (
        open_workspace(options.out) as workspace,
        RunLog(workspace.new_log()) as log,
        workspace.spool() as spool,
        closing(Register(spool / "register.sqlite", profile)) as register,
    ):
        trail = Trail(workspace.root)  # one that was tampered with stops the run before any work
        log.write("run", options=asdict(options), influences=influences)
        if options.allow_restricted:
            log.write("restricted documents are allowed", by=getuser())
        conveyor = _read_and_understand(
            options,
            profile,
            influences=influences,
            cache=workspace.cache,
            spool=spool,
            register=register,
            log=log,
            progress=progress,
        )
        progress.step("writing the tables", 1)
        trail.refresh()  # people may have gone on while the run did
        decided = decisions_of(trail)
        clock = StageClock()
        with clock.stage("dataset"):
            register.compare()
            write_dataset(_documents(conveyor.works, register, decided), workspace.root, profile.fields)
        progress.advance()
        log.write("dataset", seconds=clock.seconds)
        summary = _summary(workspace, conveyor, log, time.monotonic() - began)
        log.write("end", statuses=summary.statuses, wall_seconds=round(summary.wall_seconds, 3))
        return summary


def examine(path: Path, options: RunOptions, progress: Progress) -> Document:
    """Return what a run makes of the one file ``path``; nothing is written to ``options.out`` but its page cache."""
    options = replace(options, inputs=(path,))
    profile = load_profile(options.profile)
    influences = reading_influences(options.reader)
    with (
        tempfile.TemporaryDirectory(prefix="sohoa-") as folder,
        RunLog(Path(folder) / "log.jsonl") as log,
        closing(Register(Path(folder) / "register.sqlite", profile)) as register,
    ):
        conveyor = _read_and_understand(
            options,
            profile,
            influences=influences,
            cache=options.out / "cache",
            spool=Path(folder),
            register=register,
            log=log,
            progress=progress,
        )
        return conveyor.works[0].spooled()


def _read_and_understand(
    options: RunOptions,
    profile: Profile,
    *,
    influences: Mapping[str, str],
    cache: Path,
    spool: Path,
    register: Register,
    log: RunLog,
    progress: Progress,
) -> Conveyor:
    works = _distinct_files(options, profile, spool, progress)
    with Pool(options.worker_count, options.memory_bytes) as pool:
        conveyor = Conveyor(
            works,
            options=options,
            cache=PageCache(cache),
            pool=pool,
            register=register,
            log=log,
            progress=progress,
        )
        conveyor.open(
            lambda doc_id, page: page_key({"file": doc_id, "page": page, "dpi": options.dpi, **influences})
        )
        conveyor.run()
    return conveyor


def _distinct_files(options: RunOptions, profile: Profile, spool: Path, progress: Progress) -> list[Work]:
    """Return one work for each distinct content among the inputs; further paths with the same bytes are its copies."""
    inputs = discover(options.inputs, leave_out=options.out)
    progress.step("finding documents", len(inputs))
    by_id: dict[str, Work] = {}
    for path, refusal in inputs:
        source = printable_source(path)
        error = ""
        try:
            if refusal:
                raise InputError(refusal)
            doc_id, size = fingerprint(path), path.stat().st_size
        except InputError as unreadable:
            # No bytes to go by: the path stands in for them, so that the file still has its row.
            doc_id, size = hashlib.sha256(b"unreadable:" + os.fsencode(path)).hexdigest(), 0
            error = unreadable.describe(source)
        if (known := by_id.get(doc_id)) is not None:
            known.document = replace(known.document, copies=(*known.document.copies, source))
        else:
            document = Document(
                doc_id, source, (), size, "failed" if error else "ok", error, profile=_label(profile)
            )
            by_id[doc_id] = Work(len(by_id), document, path, spool / f"{len(by_id)}.pickle")
        progress.advance()
    return list(by_id.values())


def _label(profile: Profile) -> str:
    """Return the name of the profile with the start of its hash, as ``documents.profile`` has it."""
    return f"{profile.name}@{profile.digest[:12]}"


def _documents(
    works: Sequence[Work], register: Register, decided: Mapping[str, Mapping[str, Decision]]
) -> Iterator[Document]:
    """Yield the finished documents, each with what people decided and what only looking at all of them can tell."""
    for work in works:
        document = work.spooled()
        extra = register.findings_of(document.doc_id)
        if extra and document.extraction is not None:
            document = replace(document, extraction=with_findings(document.extraction, extra))
            work.counts = count(document)
        if document.doc_id in decided:
            document = with_decisions(document, decided[document.doc_id])
            work.counts = count(document)
        yield document


def _summary(workspace: Workspace, conveyor: Conveyor, log: RunLog, seconds: float) -> Summary:
    works = conveyor.works
    return Summary(
        dataset=workspace.dataset,
        log=log.path,
        statuses=Counter(work.document.status for work in works),
        copies=sum(len(work.document.copies) for work in works),
        pages=sum(work.counts.pages for work in works),
        pages_read=conveyor.pages_read,
        pages_kept=conveyor.pages_kept,
        reported=sum(work.counts.reported for work in works),
        none=sum(work.counts.none for work in works),
        to_review=sum(work.counts.to_review for work in works),
        failures=tuple(
            Failure(work.document.source, work.document.status, work.document.error)
            for work in works
            if work.document.status in ("failed", "partial")
        ),
        stage_seconds=dict(log.seconds),
        wall_seconds=seconds,
    )
