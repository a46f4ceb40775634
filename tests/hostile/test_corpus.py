"""Every file of the hostile corpus goes through a real run: each has its row, in plain words, in time, within its memory."""

import hashlib
import os
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipeline.batch.options import RunOptions
from pipeline.batch.progress import Silent
from pipeline.batch.run import run
from pipeline.external import programs
from pipeline.intake.discover import printable_source

from . import corpus
from .corpus.case import Case
from .corpus.foreign import WHOLE
from .processes import watched

pytestmark = [
    pytest.mark.usefixtures("tesseract"),
    pytest.mark.skipif(sys.platform != "linux", reason="limits of memory are Linux's"),
]

PAGE_SECONDS = 120.0
"""A page of the corpus takes a fraction of a second; this limit is never met, however busy the machine."""
MEMORY_BYTES = 1 << 30
WHOLE_RUN_S = 1200
_UNPLAIN = ("Traceback", "internal error", "Error:", "Exception", "Errno", "<class", "0x", "None")
"""What the words of a program look like, which no person should meet."""


@dataclass(frozen=True)
class Finished:
    folder: Path
    cases: dict[str, Case]
    documents: dict[str, dict[str, object]]
    seconds: float
    peaks: dict[str, int]
    left: list[Path]
    fingerprints: tuple[dict[Path, str], dict[Path, str]]


def fingerprints(folder: Path) -> dict[Path, str]:
    files = [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
    return {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Finished:
    folder = tmp_path_factory.mktemp("hostile")
    temporary, inputs, out = folder / "tmp", folder / "in", folder / "out"
    temporary.mkdir()
    cases = corpus.make(inputs)
    before = fingerprints(inputs)
    with pytest.MonkeyPatch.context() as patch, watched(os.getpid()) as peaks:
        patch.setattr(tempfile, "tempdir", str(temporary))
        patch.chdir(temporary)  # what a file name or an action would make, it would make here
        options = RunOptions(
            (inputs,), out, workers=1, dpi=100, page_seconds=PAGE_SECONDS, memory_bytes=MEMORY_BYTES
        )
        began = time.monotonic()
        run(options, Silent())
        seconds = time.monotonic() - began
    rows = pq.read_table(out / "dataset" / "documents.parquet").to_pylist()
    by_source = {str(source): row for row in rows for source in (row["source"], *row["copies"])}
    prefix = printable_source(inputs) + "/"
    return Finished(
        inputs,
        cases,
        {source.removeprefix(prefix): row for source, row in by_source.items()},
        seconds,
        peaks.by_command,
        [
            path for path in temporary.iterdir() if not path.name.startswith("pymp-")
        ],  # sockets of multiprocessing
        (before, fingerprints(inputs)),
    )


def row_of(finished: Finished, name: str) -> dict[str, object]:
    return finished.documents[printable_source(Path(name))]


def test_the_corpus_is_large_and_every_file_has_its_row(finished: Finished) -> None:
    assert len(finished.cases) >= 150
    assert set(finished.documents) == {printable_source(Path(name)) for name in finished.cases}


def test_each_says_what_it_should(finished: Finished) -> None:
    wrong = []
    for name, case in finished.cases.items():
        row = row_of(finished, name)
        if row["status"] not in case.statuses or case.says not in str(row["error"]):
            wrong.append((name, row["status"], row["error"], case.statuses, case.says))
    assert not wrong


def test_errors_are_words_for_people(finished: Finished) -> None:
    for row in finished.documents.values():
        error = str(row["error"] or "")
        assert bool(error) == (row["status"] != "ok"), row
        assert error == "" or error.startswith(str(row["source"])), row
        said = error.replace(str(row["source"]), "")
        assert not any(sign in said for sign in _UNPLAIN), row
        assert "\n" not in error, row


def test_nothing_hangs_and_no_process_dies(finished: Finished) -> None:
    assert finished.seconds < WHOLE_RUN_S
    for row in finished.documents.values():
        assert "process that worked on it died" not in str(row["error"]), row
        assert "gave no result" not in str(row["error"]), row


def test_memory_stays_within_the_limits(finished: Finished) -> None:
    shared = 200 << 20  # libraries, which every process has in common and no limit counts
    assert finished.peaks
    for command, size in finished.peaks.items():
        limit = programs.MEMORY_BYTES if command.startswith("pdf") else MEMORY_BYTES
        assert size < min(limit, MEMORY_BYTES) + shared, (command, size)


def test_nothing_is_executed_changed_or_left_behind(finished: Finished) -> None:
    assert finished.left == []
    assert finished.fingerprints[0] == finished.fingerprints[1]
    outside = hashlib.sha256(WHOLE + b"\n% outside\n%%EOF\n").hexdigest()
    assert outside not in {row["doc_id"] for row in finished.documents.values()}
