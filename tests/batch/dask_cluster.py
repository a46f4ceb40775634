"""A Dask scheduler and workers as processes of their own, on the loopback interface, as ``dask`` starts them."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_DEADLINE_SECONDS = 60


class Cluster:
    """A scheduler at ``address``; workers are started and killed at will. Logs lie in ``folder``."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self.folder = folder
        self._environment = os.environ | environment
        self._file = folder / "scheduler.json"
        self._processes: list[subprocess.Popen[bytes]] = []
        self.scheduler = self._start(
            "dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(self._file)
        )
        self.address = str(self._read()["address"])

    def _start(self, program: str, *arguments: str, **environment: str) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", f"distributed.cli.{program}", "--no-dashboard", *arguments]
        with (self.folder / f"{program}-{len(self._processes)}.log").open("wb") as log:
            process = subprocess.Popen(
                command, env=self._environment | environment, stdout=log, stderr=log, cwd=self.folder
            )
        self._processes.append(process)
        return process

    def _read(self) -> dict[str, object]:
        deadline = time.monotonic() + _DEADLINE_SECONDS
        while time.monotonic() < deadline:
            if self._file.exists():
                found: dict[str, object] = json.loads(self._file.read_text())
                return found
            time.sleep(0.05)
        raise AssertionError("the Dask scheduler did not start")

    def start_worker(
        self, threads: int = 1, *, nanny: bool = False, **environment: str
    ) -> "subprocess.Popen[bytes]":
        """Start a worker; without a nanny it is one process, so that killing that kills it for good."""
        return self._start(
            "dask_worker",
            self.address,
            *("--host", "127.0.0.1", "--nthreads", str(threads), "--nanny" if nanny else "--no-nanny"),
            *("--local-directory", str(self.folder / "scratch")),
            **environment,
        )

    def stop(self) -> None:
        """End all processes, at once: those of the pages end with their worker."""
        for process in reversed(self._processes):
            process.kill()
        for process in self._processes:
            process.wait()


@contextmanager
def dask_cluster(folder: Path, threads: int, **environment: str) -> Iterator[Cluster]:
    """Run a scheduler with one worker of so many threads, or with none."""
    cluster = Cluster(folder, environment)
    try:
        if threads:
            cluster.start_worker(threads)
        yield cluster
    finally:
        cluster.stop()
