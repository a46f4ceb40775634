"""Worker processes: one task at a time each, with a time and a memory limit; a worker's death costs one task.

Built on pebble's pool. Workers come from a fork server that has already imported the stages, so a replacement starts
in milliseconds, and no worker inherits the threads of the progress display.
"""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import queue
import resource
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import CancelledError
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from multiprocessing import forkserver
from pathlib import Path
from types import FrameType, TracebackType
from typing import Any

from pebble import ProcessExpired, ProcessPool

from pipeline.batch.executor import Cause, Done, Token, enough
from pipeline.batch.scratch import ScratchFolder
from pipeline.errors import InputError, SohoaError

_PRELOAD = ["pipeline.batch.preload"]
_ONE_THREAD = ("OMP_THREAD_LIMIT", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
_TICK = 0.2
"""Seconds between two looks at the clock while waiting; also how long Ctrl-C may take to be noticed."""
_STALL = 60.0
"""Seconds beyond the time limit after which a pool that reports nothing counts as broken."""
_ATTEMPTS = 2
"""How often a task is tried whose pool broke under it (through no fault of its own, as far as we know)."""
_PR_SET_PDEATHSIG = 1


@dataclass
class _Task:
    token: Token
    function: Callable[..., Any]
    args: tuple[Any, ...]
    seconds: float
    attempts: int = 1
    future: Any = field(default=None, compare=False)


def start_server() -> None:
    """Start the process that workers are forked from, unless it runs; it loads the stages while the caller goes on."""
    for name in _ONE_THREAD:  # inherited by the server, its workers and Tesseract
        os.environ[name] = "1"
    multiprocessing.get_context("forkserver").set_forkserver_preload(_PRELOAD)
    forkserver.ensure_running()


class Pool:
    """Runs module-level functions in ``workers`` processes, each allowed ``memory_bytes`` of data: an Executor.

    Temporary files go to the folder ``scratch``; without one, to a private folder that is removed at the end.
    """

    def __init__(self, workers: int, memory_bytes: int, scratch: Path | None = None) -> None:
        self.workers = workers
        self._memory_bytes = memory_bytes
        self._running: dict[int, _Task] = {}
        self._ended: queue.Queue[int] = queue.Queue()
        self._serial = 0
        self._last_sign = time.monotonic()
        self._scratch: ScratchFolder | None = None
        if scratch is None:
            # A killed worker cannot tidy up: what it leaves goes with this folder, which only its owner may read.
            self._scratch = ScratchFolder()
        self._folder = str(scratch if self._scratch is None else self._scratch.path)
        try:
            start_server()
            self._pool = self._start()
        except BaseException:
            if self._scratch is not None:
                self._scratch.close()
            raise

    def _start(self) -> ProcessPool:
        return ProcessPool(
            max_workers=self.workers,
            initializer=_start_worker,
            initargs=(self._memory_bytes, self._folder),
            context=multiprocessing.get_context("forkserver"),
        )

    def __enter__(self) -> Pool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # Nothing of value is lost by killing workers: what they have read is in the cache.
        self._pool.stop()
        self._pool.join()
        if self._scratch is not None:
            self._scratch.close()

    def __len__(self) -> int:
        """The number of tasks that were submitted and have not been handed back."""
        return len(self._running)

    @property
    def has_room(self) -> bool:
        """Whether one more task keeps workers busy rather than filling memory."""
        return len(self._running) < enough(self.workers)

    def submit(self, token: Token, seconds: float, function: Callable[..., Any], *args: Any) -> None:
        """Run ``function(*args)`` in a worker; after ``seconds`` the worker is killed."""
        self._schedule(_Task(token, function, args, seconds))

    def _schedule(self, task: _Task) -> None:
        serial = self._serial = self._serial + 1
        self._running[serial] = task
        try:
            task.future = self._pool.schedule(
                _measured, args=(task.function, task.args), timeout=task.seconds
            )
        except RuntimeError:  # the pool broke between two tasks
            self._restart()
            return
        task.future.add_done_callback(lambda _: self._ended.put(serial))

    def next_done(self) -> Done | None:
        """Wait a moment for a task to end; return it, or None when none has ended yet.

        Raises a :class:`SohoaError` of a worker that is no :class:`InputError`: then the run cannot go on.
        """
        try:
            serial = self._ended.get(timeout=_TICK)
        except queue.Empty:
            slowest = max((task.seconds for task in self._running.values()), default=0.0)
            if self._running and time.monotonic() - self._last_sign > slowest + _STALL:
                return self._restart()
            if not self._running:
                self._last_sign = time.monotonic()
            return None
        self._last_sign = time.monotonic()
        task = self._running.get(serial)
        if task is None:  # of a pool that was given up
            return None
        try:
            value, peak_bytes = task.future.result()
        except BrokenProcessPool:
            return self._restart()
        except Exception as error:
            del self._running[serial]
            return self._failure(task, error)
        del self._running[serial]
        return Done(task.token, value, peak_bytes=peak_bytes)

    def _failure(self, task: _Task, error: Exception) -> Done:
        trace = str(getattr(error, "traceback", ""))
        if isinstance(error, InputError):
            return Done(task.token, error=error.message, page=error.page, cause="input")
        if isinstance(error, SohoaError):
            raise error
        cause, message = self._plain(task, error)
        return Done(task.token, error=message, trace=trace, cause=cause)

    def _plain(self, task: _Task, error: Exception) -> tuple[Cause, str]:
        if isinstance(error, TimeoutError):
            return "timeout", f"gave no result within {task.seconds:.0f} s and was stopped"
        if isinstance(error, ProcessExpired):
            return "died", f"the process that worked on it died ({_death(error.exitcode)})"
        if isinstance(error, MemoryError) or "Insufficient memory" in str(error):
            return "memory", f"needs more memory than the limit of {self._memory_bytes / 2**30:.1f} GB"
        if isinstance(error, CancelledError):
            return "internal", "was cancelled"
        return (
            "internal",
            f"internal error ({type(error).__name__}: {error}); please report it with this file",
        )

    def _restart(self) -> Done | None:
        """Replace a broken pool and give its tasks another try; a task that broke two pools fails."""
        self._pool.stop()
        self._pool.join()
        tasks, self._running = list(self._running.values()), {}
        self._last_sign = time.monotonic()
        self._pool = self._start()
        for task in tasks:
            if task.attempts >= _ATTEMPTS:
                raise SohoaError(
                    "The worker processes cannot be kept running. Is there enough memory? Try fewer with --workers 1."
                )
            task.attempts += 1
            self._schedule(task)
        return None


def _death(code: int | None) -> str:
    if code is not None and code < 0:
        name = signal.Signals(-code).name
        return f"{name}, perhaps out of memory" if name == "SIGKILL" else name
    return f"exit code {code}"


def _measured(function: Callable[..., Any], args: tuple[Any, ...]) -> tuple[Any, int]:
    """Return the value of a task, and the most memory in bytes that this worker has held so far."""
    value = function(*args)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return value, peak if sys.platform == "darwin" else peak * 1024  # Linux counts in KiB


def _start_worker(memory_bytes: int, scratch: str) -> None:
    """Prepare a fresh worker: limits, its temporary files, and an end that takes its child processes along."""
    os.environ["TMPDIR"] = tempfile.tempdir = scratch
    if os.getpgrp() != os.getpid():
        os.setpgid(0, 0)  # Ctrl-C in the terminal reaches the main process alone
    signal.signal(signal.SIGTERM, _die_with_children)
    # What C libraries mutter about broken files (libtiff at length) is no message for people; errors come as values.
    with Path(os.devnull).open("w") as silence:
        os.dup2(silence.fileno(), 2)
    if sys.platform == "linux":
        # If the fork server dies (the main process was killed), so does the worker.
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        # RLIMIT_DATA counts what is really written to; RLIMIT_AS would also count address space merely reserved.
        resource.setrlimit(resource.RLIMIT_DATA, (memory_bytes, memory_bytes))


def _die_with_children(_number: int, _frame: FrameType | None) -> None:
    """Kill the worker's process group, so that a hung page leaves no Tesseract behind."""
    os.killpg(os.getpgrp(), signal.SIGKILL)
