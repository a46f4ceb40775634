"""What a run is at, as Prometheus reads it: a text file for the textfile collector of node_exporter.

The file is replaced as a whole, every few seconds and at the end. All names begin with ``sohoa_``, units are seconds and
bytes.
"""

from __future__ import annotations

import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, NamedTuple, Self

from pipeline import __version__
from pipeline.batch.executor import LOST, Done, Executor, Token
from pipeline.errors import OutputError

_EVERY_SECONDS = 5.0
_STATUSES = ("ok", "partial", "failed", "restricted")
_OUTCOMES = ("read", "failed", "set_aside")
_CAUSES = ("died", "timeout", "memory", "internal")


class RunMetrics:
    """Counts what happens in a run and writes it to ``path``, if there is one: a Listener."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._written = 0.0
        self._executor: Executor | None = None
        self._began = time.time()
        self._ended = 0.0
        self._whole = False
        self._finished = Counter(dict.fromkeys(_STATUSES, 0))
        self._documents: Mapping[str, int] = {}
        self._pages = Counter(dict.fromkeys(_OUTCOMES, 0))
        self._kept: int | None = None
        self._to_do = 0
        self._stages: Counter[str] = Counter()
        self._lost = Counter(dict.fromkeys(_CAUSES, 0))
        self.worker_peak_bytes = 0
        """The most memory that a worker process has held."""
        if path is not None:
            try:
                self._write(path)
            except OSError as error:  # told before the work, not after it
                raise OutputError(
                    f"{path}: the metrics cannot be written ({error.strerror}). Choose another file with --metrics."
                ) from error

    def watched(self, executor: Executor) -> Executor:
        """Return ``executor``, with its tasks counted."""
        self._executor = executor
        return _Watched(executor, self)

    def count(self, done: Done) -> None:
        """Take note of the end of a task."""
        self.worker_peak_bytes = max(self.worker_peak_bytes, done.peak_bytes)
        if done.cause in self._lost:
            self._lost[done.cause] += 1
        self.tick()

    def hear(self, event: str, details: Mapping[str, Any]) -> None:
        """Take note of an event."""
        if isinstance(seconds := details.get("seconds"), Mapping):
            self._stages.update(seconds)
        if event == "work":
            self._to_do = self._finished.total() + details["documents"]
        elif event == "page":
            self._pages["read"] += 1
        elif event == "page failed":
            # One that is tried again is neither; its lost worker is counted with the tasks.
            if details.get("state") == "set aside":
                self._pages["set_aside"] += 1
            elif details.get("cause") not in LOST:
                self._pages["failed"] += 1
        elif event == "finished":
            self._finished[details["status"]] += 1
        elif event == "dataset":
            self._documents = details["statuses"]
        elif event == "end":
            self._documents = details["statuses"]
            self._kept = details.get("pages_kept")
            self._whole = True
        self.tick()

    def tick(self) -> None:
        """Write the file if it was written long ago."""
        if self._path is not None and time.monotonic() - self._written > _EVERY_SECONDS:
            with suppress(OSError):  # a run is worth more than its metrics
                self._write(self._path)

    def close(self) -> None:
        """Write the file for the last time."""
        self._ended = time.time()
        if self._path is not None:
            with suppress(OSError):
                self._write(self._path)

    def _write(self, path: Path) -> None:
        from prometheus_client import CollectorRegistry, write_to_textfile  # noqa: PLC0415 - only where asked for

        registry = CollectorRegistry()
        registry.register(self)
        self._written = time.monotonic()
        write_to_textfile(str(path), registry)

    def collect(self) -> Iterator[Any]:
        """Yield the metrics, as prometheus_client asks for them."""
        from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily  # noqa: PLC0415

        kinds = {"gauge": GaugeMetricFamily, "counter": CounterMetricFamily}
        for one in self._families():
            family = kinds[one.kind](
                f"sohoa_{one.name}", one.meaning, labels=[one.label] if one.label else []
            )
            for value, amount in sorted(one.amounts.items()):
                family.add_metric([value] if one.label else [], amount)
            yield family

    def _families(self) -> Iterator[_Family]:
        yield _Family("gauge", "build_info", "1, with the version of sohoa.", {__version__: 1}, "version")
        yield _gauge("run_start_time_seconds", "When the run began, in Unix time.", self._began)
        yield _gauge("run_active", "1 while the run works, 0 when it has ended.", not self._ended)
        if self._ended:
            yield _gauge("run_end_time_seconds", "When the run ended, in Unix time.", self._ended)
            meaning = "1 when the run came to its end, 0 when it was stopped or could not go on."
            yield _gauge("run_success", meaning, self._whole)
        if self._documents:
            documents = {**dict.fromkeys(_STATUSES, 0), **self._documents}
            meaning = "Documents by status, when the tables were last written."
            yield _Family("gauge", "documents", meaning, documents, "status")
        meaning = "Documents finished in this run, by status."
        yield _Family("counter", "documents_finished", meaning, self._finished, "status")
        waiting = max(0, self._to_do - self._finished.total())
        yield _gauge("documents_waiting", "Documents that are still to be finished.", waiting)
        kept = {} if self._kept is None else {"kept": self._kept}
        meaning = (
            "Pages by what became of them: read, failed, set aside, or (known at the end) kept from before."
        )
        yield _Family("counter", "pages", meaning, {**self._pages, **kept}, "outcome")
        meaning = "CPU time of all workers, by stage."
        yield _Family("counter", "stage_cpu_seconds", meaning, self._stages, "stage")
        executor = self._executor
        workers, tasks = (0, 0) if executor is None else (executor.workers, len(executor))
        yield _gauge("workers", "Tasks that can be worked on at a time.", workers)
        yield _gauge("tasks_in_flight", "Tasks that wait for a worker or are at one.", tasks)
        meaning = "Tasks without a result: their process died, met the limit of time or memory, or failed."
        yield _Family("counter", "tasks_lost", meaning, self._lost, "cause")
        meaning = "Most memory held so far, by the main process and by any worker."
        peaks = {"main": _own_peak(), "worker": self.worker_peak_bytes}
        yield _Family("gauge", "memory_peak_bytes", meaning, peaks, "process")


class _Family(NamedTuple):
    """A metric without its prefix: ``amounts`` by the values of ``label``, or one amount under any name without one."""

    kind: Literal["gauge", "counter"]
    name: str
    meaning: str
    amounts: Mapping[str, float]
    label: str = ""


def _gauge(name: str, meaning: str, amount: float) -> _Family:
    return _Family("gauge", name, meaning, {"": amount})


class _Watched:
    """An executor whose ended tasks are counted."""

    def __init__(self, executor: Executor, metrics: RunMetrics) -> None:
        self._executor = executor
        self._metrics = metrics

    @property
    def workers(self) -> int:
        return self._executor.workers

    @property
    def has_room(self) -> bool:
        return self._executor.has_room

    def __len__(self) -> int:
        return len(self._executor)

    def submit(self, token: Token, seconds: float, function: Callable[..., Any], *args: Any) -> None:
        self._executor.submit(token, seconds, function, *args)

    def next_done(self) -> Done | None:
        done = self._executor.next_done()
        if done is not None:
            self._metrics.count(done)
        else:
            self._metrics.tick()
        return done

    def __enter__(self) -> Self:
        self._executor.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._executor.__exit__(kind, error, trace)


def _own_peak() -> int:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024  # Linux counts in KiB
