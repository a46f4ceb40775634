"""The executor on a Dask cluster: the same tasks, the same limits, on as many machines as there are.

Workers come and go. A task whose worker went is given to another by Dask itself; every task may be carried out twice, since
what it keeps is kept under a key of what it is made of. Only small values travel: pages and results lie in the store.
"""

from __future__ import annotations

import logging
import queue
import time
import uuid
from collections import deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

from distributed import Client, Future, KilledWorker

from pipeline.batch.cluster_worker import Refused, Setting, carry_out, introduce
from pipeline.batch.executor import Done, Token, enough
from pipeline.batch.store import Store
from pipeline.batch.versions import differences, digest_of
from pipeline.errors import SohoaError
from pipeline.files import HALF

_TICK = 0.2
"""Seconds between two looks at the clock while waiting; also how long Ctrl-C may take to be noticed."""
_LOOK_SECONDS = 2.0
"""How often the cluster is asked which workers it has."""
_MOST_ATTEMPTS = 5
"""How often a task is given to the cluster whose workers died under it; Dask itself tries each three times or so."""
_AT_ONCE = 200
"""How many ended tasks are fetched in one message."""


@dataclass
class _Task:
    token: Token
    seconds: float
    function: Callable[..., Any]
    args: tuple[Any, ...]
    attempts: int = 1
    workers: frozenset[str] = frozenset()
    future: Any = field(default=None, compare=False)


class ClusterExecutor:
    """Carries out tasks on the workers of the Dask scheduler at ``address``: an Executor.

    ``versions`` are those installed here, with which every worker must agree; ``store`` is where they all keep what they
    read; ``say`` tells a person what happens there. Raises SohoaError when the scheduler cannot be reached, has no
    worker, or one has something else installed or does not see the store.
    """

    def __init__(
        self,
        address: str,
        *,
        reader: str,
        profile: str,
        memory_bytes: int,
        versions: Mapping[str, str],
        store: Store,
        say: Callable[[str], None],
        patience: float = 30.0,
    ) -> None:
        self._address = address
        self._versions = versions
        self._say = say
        self._running: dict[int, _Task] = {}
        self._ended: queue.SimpleQueue[int] = queue.SimpleQueue()
        self._fetched: deque[Done] = deque()
        self._serial = 0
        self._run = uuid.uuid4().hex
        probe = f"{HALF}probe-{self._run}"
        self._setting = Setting(reader, profile, memory_bytes, digest_of(versions), store, probe)
        self._threads: dict[str, int] = {}
        self._refused: set[str] = set()
        self._looked = 0.0
        self._alone = False
        self._client = _connected(address, patience)
        try:
            store.put(probe, b"", lasting=False)
            self._greet(patience)
        except BaseException:
            self._leave()
            raise

    def _greet(self, patience: float) -> None:
        """Wait for a first worker, and require that all who are there have the same installed."""
        try:
            self._client.wait_for_workers(1, timeout=patience)
        except TimeoutError as error:
            raise SohoaError(
                f"{self._address}: the scheduler has no worker. Start one on each machine with: dask worker "
                f"{self._address} --nthreads 1"
            ) from error
        answers = self._client.run(introduce, self._setting, on_error="return")
        for worker, answer in sorted(answers.items()):
            self._require_same(worker, answer)
        self._look()

    def _require_same(self, worker: str, answer: object) -> None:
        if isinstance(answer, SohoaError):
            raise SohoaError(f"the Dask worker {worker} cannot work: {answer}")
        if not isinstance(answer, Mapping):
            raise SohoaError(
                f"the Dask worker {worker} cannot load sohoa ({type(answer).__name__}: {answer}). Install this version of "
                "sohoa[dask] there."
            )
        if found := differences(self._versions, answer):
            raise SohoaError(
                f"the Dask worker {worker} has something else installed: {'; '.join(found)}. Install the same on all, or "
                "stop that worker; otherwise the tables would depend on who read what."
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # What workers are at now they finish and keep; what waits is given up.
        tasks, self._running = list(self._running.values()), {}
        try:
            self._client.cancel([task.future for task in tasks], force=True)
        finally:
            self._leave()

    def _leave(self) -> None:
        with suppress(OSError, SohoaError):  # at worst it is dropped as a stray later
            self._setting.store.drop(self._setting.probe)
        self._client.close()

    def __len__(self) -> int:
        """The number of tasks that were submitted and have not been handed back."""
        return len(self._running) + len(self._fetched)

    @property
    def workers(self) -> int:
        """The number of threads of all workers that are connected now and have the same installed."""
        return sum(count for worker, count in self._threads.items() if worker not in self._refused)

    @property
    def has_room(self) -> bool:
        """Whether one more task keeps workers busy rather than filling memory."""
        return len(self) < enough(max(1, self.workers))

    def submit(self, token: Token, seconds: float, function: Callable[..., Any], *args: Any) -> None:
        """Have ``function(*args)`` carried out by a worker, in a process that is killed after ``seconds``."""
        self._schedule(_Task(token, seconds, function, args))

    def _schedule(self, task: _Task) -> None:
        serial = self._serial = self._serial + 1
        self._running[serial] = task
        task.workers = frozenset(self._threads) - self._refused if self._refused else frozenset()
        task.future = self._client.submit(
            carry_out,
            self._setting,
            task.token,
            task.seconds,
            task.function,
            *task.args,
            key=f"sohoa-{self._run}-{serial}",
            workers=sorted(task.workers) or None,
            pure=False,
        )
        task.future.add_done_callback(lambda _: self._ended.put(serial))

    def next_done(self) -> Done | None:
        """Wait a moment for a task to end; return it, or None when none has ended yet.

        Raises a :class:`SohoaError` of a worker that is no InputError, or when the scheduler is gone.
        """
        if not self._fetched:
            try:
                ended = [self._ended.get(timeout=_TICK)]
            except queue.Empty:
                ended = []
            while ended and len(ended) < _AT_ONCE and not self._ended.empty():
                ended.append(self._ended.get())
            if time.monotonic() - self._looked > _LOOK_SECONDS:
                self._look()
            self._fetch([serial for serial in ended if serial in self._running])
        return self._fetched.popleft() if self._fetched else None

    def _fetch(self, serials: list[int]) -> None:
        """Take the values of ended tasks over, all in one message."""
        tasks = [self._running.pop(serial) for serial in serials]
        whole = [task for task in tasks if task.future.status == "finished"]
        broken = [task for task in tasks if task.future.status != "finished"]
        try:
            values = self._client.gather([task.future for task in whole])
        except Exception:  # a worker went with a value that nobody else had
            values, broken, whole = [], tasks, []
        for task, value in zip(whole, values, strict=True):
            self._take(task, value)
        for task in broken:
            self._mend(task)

    def _take(self, task: _Task, value: Done | Refused) -> None:
        if isinstance(value, Done):
            self._fetched.append(value)
            return
        if value.address not in self._refused:
            self._refused.add(value.address)
            self._say(f"the Dask worker {value.address} gets no work of this run: {value.reason}")
        if self._threads.keys() <= self._refused:
            raise SohoaError(
                f"{self._address}: no worker is left that has the same installed as this machine. Start one and run "
                "the same command again; nothing that was read is lost."
            )
        self._schedule(task)

    def _mend(self, task: _Task) -> None:
        """Give a task another try that came to nothing, or pass on why the run cannot go on."""
        future: Future[Done] = task.future
        try:
            self._take(task, future.result())
        except SohoaError:
            raise
        except KilledWorker as error:
            if task.attempts < _MOST_ATTEMPTS:
                task.attempts += 1
                self._schedule(task)
            else:
                message = "the Dask workers that worked on it died, one after the other"
                self._fetched.append(Done(task.token, error=message, trace=str(error), cause="died"))
        except Exception as error:
            raise SohoaError(
                f"{self._address}: the cluster gave no answer ({type(error).__name__}: {error}). Run the same command "
                "again; nothing that was read is lost."
            ) from error

    def _look(self) -> None:
        """Ask which workers there are; tasks that only workers may do who are gone are given to others."""
        self._looked = time.monotonic()
        try:
            self._threads = dict(self._client.nthreads())
        except Exception as error:
            raise SohoaError(
                f"{self._address}: the scheduler is gone ({type(error).__name__}). Start it and run the same command again; "
                "nothing that was read is lost."
            ) from error
        if not self._threads and not self._alone:
            self._say(f"{self._address}: no worker is connected; the run goes on when one comes")
        self._alone = not self._threads
        for serial, task in list(self._running.items()):
            if task.workers and not task.workers & self._threads.keys():
                del self._running[serial]
                self._client.cancel([task.future], force=True)
                self._schedule(task)


def _connected(address: str, patience: float) -> Client:
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what it mutters comes as errors of ours
    try:
        return Client(address, timeout=patience, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise SohoaError(
            f"{address}: there is no Dask scheduler ({error}). Start one with: dask scheduler"
        ) from error
