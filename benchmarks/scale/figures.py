"""What was measured of a run, small as it was."""

from __future__ import annotations

import statistics
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

KINDS = ("one worker", "two workers", "Dask, two workers")


class StoreTimes(NamedTuple):
    """Seconds that putting, getting and asking for one object take."""

    put: float
    get: float
    ask: float


@dataclass(frozen=True)
class Figures:
    """Seconds of each run by kind; bytes a page by what is kept; CPU seconds a page by stage; seconds a task and an object.

    ``documents`` and ``pages`` are those of one run. ``input_bytes`` are those of all scans.
    """

    machine: str
    reader: str
    documents: int
    pages: int
    input_bytes: int
    seconds: Mapping[str, tuple[float, ...]]
    same: bool
    kept_bytes: Mapping[str, float]
    stages: Mapping[str, float]
    task_seconds: Mapping[str, float]
    stores: Mapping[str, StoreTimes]
    worker_peak_bytes: int

    def median(self, kind: str) -> float:
        """Return the median seconds of the runs of a kind."""
        return statistics.median(self.seconds[kind])

    @property
    def two_against_one(self) -> float:
        """How many times as fast two workers are as one."""
        return self.median("one worker") / self.median("two workers")

    @property
    def dask_against_processes(self) -> float:
        """The speed of two Dask workers as a share of that of two worker processes."""
        return self.median("two workers") / self.median("Dask, two workers")

    @property
    def cpu_seconds_a_page(self) -> float:
        """CPU seconds of all stages together."""
        return sum(self.stages.values())
