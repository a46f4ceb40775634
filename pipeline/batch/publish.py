"""From finished documents to tables: written whole from what was kept, and not at all when nothing changed."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, replace
from pathlib import Path
from typing import TypeVar

from pipeline.batch.ahead import FAR_AT_ONCE, ahead
from pipeline.batch.coding import Damage
from pipeline.batch.conveyor import Desk
from pipeline.batch.influences import digest_of
from pipeline.batch.jobs import count
from pipeline.batch.judgement import PLACE
from pipeline.batch.keys import label
from pipeline.batch.ledger import Finished
from pipeline.batch.overview import Overview
from pipeline.batch.results import Substance, rows_from
from pipeline.batch.versions import installed_versions
from pipeline.clock import StageClock
from pipeline.confidence import (
    Dial,
    Spread,
    accused_by,
    count_fields,
    minutes_for,
    set_dial,
    with_findings,
    with_threshold,
)
from pipeline.dataset.cells import Row
from pipeline.dataset.provenance import Making
from pipeline.dataset.rows import document_rows
from pipeline.dataset.writing import write_rows
from pipeline.document import Document, Extraction, Page
from pipeline.evaluation.calibration import Bin, reliability
from pipeline.extraction.profile import Profile
from pipeline.review.apply import agree, decisions_of, with_decisions
from pipeline.review.decisions import Decision
from pipeline.review.quality import Watch
from pipeline.review.trail import Trail

_GROWTH = 2.0
_MOST_SECONDS = 3600.0
_SHARE = 20
"""Writing the tables takes at most one part in so many of a long run."""
_CHUNK = 500
_BINS = 10
"""Bins of confidence in which people's word on the machine's is counted."""

Part = TypeVar("Part")


class Incomplete(Exception):  # noqa: N818  (the caller makes the missing ones anew)
    """Results of ``doc_ids`` are gone or damaged; the tables are as they were."""

    def __init__(self, doc_ids: list[str]) -> None:
        super().__init__(f"{len(doc_ids)} results are damaged")
        self.doc_ids = doc_ids


class Publisher:
    """Writes the tables of a workspace: at the end of a run, and now and then in a long one."""

    def __init__(self, desk: Desk, root: Path, profile: Profile, trail: Trail, first_seconds: float) -> None:
        self._desk = desk
        self._root = root
        self._profile = profile
        self._trail = trail
        self._interval = first_seconds
        self._last = time.monotonic()
        self._cost = 0.0
        self.writings = 0
        """How often the tables were written."""

    def due(self) -> bool:
        """Whether a run that goes on should write the tables now; never while they would lose a document by it."""
        waited = time.monotonic() - self._last
        if waited < max(self._interval, _SHARE * self._cost):
            return False
        return not self.behind

    @property
    def behind(self) -> bool:
        """Whether a document is in the tables that is not finished anew yet, and would be lost from them now."""
        return self._desk.ledger.count("published = 1 AND made <> ?", self._desk.keys.making)[0] > 0

    def seconds_spent(self) -> list[float]:
        """Return what people took for each decision so far, in seconds."""
        return [entry.seconds for entry in self._trail.entries if entry.action == "set"]

    def publish(self) -> bool:
        """Bring the tables up to what is finished; return whether they had to be written.

        Raises :class:`Incomplete` when results must be made anew first, OutputError when the disk refuses.
        """
        began = self._last = time.monotonic()
        self._trail.refresh()  # people may have gone on while the run did
        decided = decisions_of(self._trail)
        ledger, log = self._desk.ledger, self._desk.log
        digest = self._digest()
        if ledger.noted("published") == digest and self._sound():
            return False
        clock = StageClock()
        missing: list[str] = []
        with clock.stage("dataset"):
            self._desk.register.compare(self._desk.keys.making)
            with ledger.transaction():
                ledger.withdraw()
                watch = Watch(self._trail.entries, self._profile.fields)
                dial, checked = self._dial(decided)
                rows = watch.passing(self._rows(decided, missing, dial.threshold))
                made = write_rows(
                    rows, self._root, self._profile.fields, self._making(decided), watch.quality
                )
                ledger.note("published", digest)
                ledger.note("dial", json.dumps(asdict(dial)))
                ledger.note("hashes", json.dumps(hashes_of(self._root / "dataset")))
        self.writings += 1
        documents, _ = ledger.count("published = 1")
        self._last = time.monotonic()
        self._cost = self._last - began
        self._interval = min(_MOST_SECONDS, self._interval * _GROWTH)
        statuses, *_ = Overview(ledger).totals()
        log.write(
            "dataset",
            documents=documents,
            statuses=statuses,
            made=made,
            seconds=clock.seconds,
            dial=asdict(dial),
            minutes=minutes_for(dial.review, self.seconds_spent()),
            checked=[asdict(one) for one in checked],
        )
        return True

    def _making(self, decided: Mapping[str, object]) -> Making:
        """Return what the tables are made with: nothing that differs between runs with the same result."""
        options = self._desk.options
        return Making(
            versions=installed_versions(options.reader, self._profile),
            options={
                "reader": options.reader,
                "dpi": options.dpi,
                "allow_restricted": options.allow_restricted,
                "target_accuracy": options.target_accuracy,
            },
            decisions=self._trail.head if decided else "",
        )

    def _digest(self) -> str:
        """Return what the tables are a function of, in short."""
        keys = self._desk.keys
        shaped = {
            "making": keys.making,
            "trail": self._trail.head,
            "target": self._desk.options.target_accuracy,
        }
        digest = hashlib.sha256(digest_of(shaped).encode())
        for one in self._desk.ledger.finished(keys.making):
            copies = self._desk.ledger.copies(one.doc_id)
            parts = (one.doc_id, one.source, copies, one.status, one.error, one.result, one.pages)
            digest.update(repr(parts).encode("utf-8", "surrogatepass"))
        return digest.hexdigest()

    def _sound(self) -> bool:
        """Whether the tables are, byte by byte, those that were written."""
        noted = self._desk.ledger.noted("hashes")
        return bool(noted) and not unsound(self._root / "dataset", json.loads(noted))

    def _finished(self, part: Callable[[str], Part | None]) -> Iterator[tuple[Finished, Part | None]]:
        """Yield each finished document with ``part`` of what was understood of it, by its key; None where that is gone."""
        yield from ahead(
            lambda one: part(one.result) if one.result else None,
            self._desk.ledger.finished(self._desk.keys.making),
            1 if self._desk.results.entries.store.near else FAR_AT_ONCE,
        )

    def _dial(self, decided: Mapping[str, Mapping[str, Decision]]) -> tuple[Dial, list[Bin]]:
        """Return where the dial stands over all rows of the run, and how often people found the machine right.

        What cannot be read back is told when the tables are written.
        """
        spread = Spread()
        checked: list[tuple[float, bool]] = []
        for one, known in self._finished(self._desk.results.sureness):
            if known is None or one.status == "failed":
                continue
            with suppress(*Damage):
                for confidence in known.others():
                    spread.add(confidence, must_show=False)
            by_people = decided.get(one.doc_id, {})
            accused = accused_by(self._desk.register.findings_of(one.doc_id)).keys()
            count_fields((row for row in known.fields if row.field not in by_people), spread, accused)
            checked.extend(self._checked(one, by_people))
        sure, right = [chance for chance, _ in checked], [agreed for _, agreed in checked]
        bins = reliability(sure, right, _BINS) if checked else []
        return set_dial(spread, self._desk.options.target_accuracy), bins

    def _checked(self, one: Finished, by_people: Mapping[str, Decision]) -> Iterator[tuple[float, bool]]:
        """Yield how sure the machine was of each field that people decided on, and whether they agree with it."""
        substance = self._desk.results.get(one.result) if by_people else None
        if substance is None:
            return
        document = self._document(one, substance, {})
        machine, said = document.extraction, with_decisions(document, by_people).extraction
        if machine is None or said is None:
            return
        for name in by_people:
            if rows := machine.rows(name):
                yield min(row.confidence for row in rows), agree(rows, said.rows(name))

    def _rows(
        self, decided: Mapping[str, Mapping[str, Decision]], missing: list[str], threshold: float
    ) -> Iterator[dict[str, list[Row]]]:
        """Yield the rows of each document, each with what people decided and what only looking at all can tell."""
        ledger = self._desk.ledger
        counted: list[tuple[int, int, int, str]] = []
        for one, substance in self._finished(self._desk.results.get):
            if one.result and substance is None:
                missing.append(one.doc_id)
                continue
            document = self._document(one, substance, decided.get(one.doc_id, {}))
            if document.extraction is not None:
                document = replace(document, extraction=with_threshold(document.extraction, threshold))
            try:
                rows = self._rows_of(document, substance, threshold)
            except Damage:
                missing.append(one.doc_id)
                continue
            found = count(document)
            counted.append((found.reported, found.none, found.to_review, one.doc_id))
            if len(counted) == _CHUNK:
                ledger.counted(counted)
                counted.clear()
            if not missing:
                yield rows
        ledger.counted(counted)
        if missing:
            raise Incomplete(missing)

    def _rows_of(
        self, document: Document, substance: Substance | None, threshold: float
    ) -> dict[str, list[Row]]:
        if substance is None:
            return document_rows(document, self._profile.fields)
        return rows_from(document, substance, self._profile.fields, threshold)

    def _document(
        self, one: Finished, substance: Substance | None, decided: Mapping[str, Decision]
    ) -> Document:
        document = Document(
            one.doc_id,
            one.source,
            self._desk.ledger.copies(one.doc_id),
            one.file_bytes,
            one.status,  # type: ignore[arg-type]
            one.error.replace(PLACE, one.source),
            profile=label(self._profile),
        )
        if substance is None:
            dpi = self._desk.options.dpi
            numbers = range(1, one.pages + 1) if one.status == "restricted" else ()
            pages = tuple(Page(number, 0, 0, dpi, "scan", note="restricted") for number in numbers)
            return replace(document, pages=pages)
        if one.status == "failed":
            return replace(document, pages=substance.pages)
        extraction = Extraction(substance.fields, findings=substance.findings)
        if found := self._desk.register.findings_of(one.doc_id):
            extraction = with_findings(extraction, found)
        document = replace(document, pages=substance.pages, extraction=extraction)
        return with_decisions(document, decided)


def hashes_of(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file of a data package in ``folder``; files that people put there are not its own."""
    package = folder / "datapackage.json"
    named: list[dict[str, str]] = json.loads(package.read_bytes())["resources"]
    found = {resource["path"]: resource["hash"].removeprefix("sha256:") for resource in named}
    return found | {package.name: _hash(package)}


def unsound(folder: Path, hashes: Mapping[str, str]) -> list[str]:
    """Return the names of the files in ``folder`` that are not as ``hashes`` has them."""
    return [name for name, digest in sorted(hashes.items()) if _hash(folder / name) != digest]


def _hash(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
