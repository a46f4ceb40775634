"""What a run is asked to do."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path

from pipeline.batch.locations import is_url
from pipeline.confidence.dial import TARGET
from pipeline.reading.names import DEFAULT_READER

DEFAULT_PROFILE = "doi_ngoai"
"""The first kind of report that sohoa knows: yearly reports on foreign affairs."""


def all_cores() -> int:
    """Return the number of cores this process may use (a container may grant fewer than the machine has)."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # macOS
        return os.cpu_count() or 1


@dataclass(frozen=True)
class RunOptions:
    """The options of a run; the defaults are those of the command line.

    ``inputs`` are files and folders as given. ``page_seconds`` and ``document_seconds`` bound the work on one page and
    the understanding of one document; a clean page takes seconds, so only a hung one meets the limit.
    ``memory_bytes`` bounds each worker: A3 at 600 dpi in colour needs about 1.5 GB. A long run writes the tables for the
    first time after ``publish_seconds``, then after growing intervals. ``target_accuracy`` (0..1) is the share of rows that
    are to be right among those which no person need see; it decides what is marked for review, and nothing else.

    ``scheduler`` is the address of a Dask scheduler whose workers do the work instead of processes of this machine;
    ``store`` the folder or URL where what is read and understood lies ("": where it lay before, in ``out`` at first);
    ``metrics`` the file in which Prometheus finds what the run is at.
    """

    inputs: tuple[Path | str, ...]
    out: Path
    profile: str = DEFAULT_PROFILE
    workers: int = 0
    dpi: int = 300
    reader: str = DEFAULT_READER
    allow_restricted: bool = False
    page_seconds: float = 180.0
    document_seconds: float = 300.0
    memory_bytes: int = 3 * 2**30
    publish_seconds: float = 120.0
    target_accuracy: float = TARGET
    scheduler: str = ""
    store: str = ""
    metrics: Path | None = None

    @property
    def worker_count(self) -> int:
        """The number of worker processes; 0 asks for all cores."""
        return self.workers or all_cores()


def asked(options: RunOptions) -> str:
    """Return ``options`` as text, with the folder in which they were given; :func:`as_asked` gives them back."""
    held = {
        "folder": os.getcwd(),  # noqa: PTH109  (a name, not a path to follow)
        "inputs": [os.fspath(path) for path in options.inputs],
        "profile": options.profile,
        "workers": options.workers,
        "dpi": options.dpi,
        "reader": options.reader,
        "allow_restricted": options.allow_restricted,
        "page_seconds": options.page_seconds,
        "target_accuracy": options.target_accuracy,
        "scheduler": options.scheduler,
        "metrics": None if options.metrics is None else os.fspath(options.metrics),
    }
    return json.dumps(held)


def as_asked(text: str, out: Path) -> tuple[RunOptions, Path]:
    """Return the options that :func:`asked` wrote, for the folder ``out``, and the folder they were given in."""
    held = json.loads(text)
    folder = Path(held.pop("folder"))
    inputs = tuple(given if is_url(given) else Path(given) for given in held.pop("inputs"))
    metrics = held.pop("metrics")
    return RunOptions(
        inputs, out.resolve(), **held, metrics=None if metrics is None else Path(metrics)
    ), folder
