"""Runs of three kinds, which take turns, so that whatever else the machine does falls on all of them alike.

Dask runs as a scheduler and two workers of one thread on this machine, S3 as moto's server.
"""

from __future__ import annotations

import json
import os
import platform
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.scale.figures import KINDS, Figures, StoreTimes
from pipeline.batch.cluster import ClusterExecutor
from pipeline.batch.executor import Executor
from pipeline.batch.options import DEFAULT_PROFILE, RunOptions, all_cores
from pipeline.batch.pool import Pool
from pipeline.batch.progress import Silent
from pipeline.batch.run import Summary, run
from pipeline.batch.store import Store, store_at
from pipeline.batch.versions import installed_versions
from pipeline.extraction.profile import load_profile
from pipeline.reading.names import DEFAULT_READER
from tests.batch.dask_cluster import Cluster
from tests.batch.s3 import s3_server

_TASKS = 400
_OBJECTS = 200
_OBJECT_BYTES = 12_000
"""About what is kept of a page."""
_MEMORY = 3 << 30


def measure(folder: Path, inputs: tuple[Path, ...], rounds: int, reader: str) -> Figures:
    """Return what ``rounds`` runs of each kind over ``inputs`` took; ``folder`` is for what they write."""
    with _dask_of_two(folder) as cluster:
        options: dict[str, Callable[[Path], RunOptions]] = dict(
            zip(
                KINDS,
                (
                    lambda out: RunOptions(inputs, out, workers=1, reader=reader),
                    lambda out: RunOptions(inputs, out, workers=2, reader=reader),
                    lambda out: RunOptions(inputs, out, scheduler=cluster.address, reader=reader),
                ),
                strict=True,
            )
        )
        seconds: dict[str, list[float]] = {kind: [] for kind in KINDS}
        outs: dict[str, Path] = {}
        summaries: dict[str, Summary] = {}
        for number in range(-1, rounds):  # the first of each warms up and is not counted
            for kind in KINDS:
                outs[kind] = folder / f"{kind} {number}"
                began = time.monotonic()
                summaries[kind] = run(options[kind](outs[kind]), Silent())
                if number >= 0:
                    seconds[kind].append(time.monotonic() - began)
        tasks = dict(_task_seconds(folder, cluster))
    tables = [{p.name: p.read_bytes() for p in (out / "dataset").iterdir()} for out in outs.values()]
    one, out, empty = summaries["one worker"], outs["one worker"], _nothing(folder)
    end = json.loads(one.log.read_text("utf-8").splitlines()[-1])
    return Figures(
        machine=f"{all_cores()} cores, {platform.machine()}, Python {platform.python_version()}",
        reader=reader,
        documents=one.statuses.total(),
        pages=one.pages,
        input_bytes=sum(
            file.stat().st_size
            for given in inputs
            for file in (given.rglob("*") if given.is_dir() else [given])
        ),
        seconds={kind: tuple(taken) for kind, taken in seconds.items()},
        same=all(found == tables[0] for found in tables),
        kept_bytes={
            name: max(0, _bytes(out / path) - _bytes(empty / path)) / one.pages
            for name, path in _KEPT.items()
        },
        stages={stage: spent / one.pages for stage, spent in one.stage_seconds.items()},
        task_seconds=tasks,
        stores=dict(_store_times(folder)),
        worker_peak_bytes=end["peak_bytes"],
    )


_KEPT = {
    "pages as read (`cache/`)": "cache",
    "results (`results/`)": "results",
    "ledger": "ledger.sqlite",
    "tables, Parquet and CSV": "dataset",
    "logs": "log",
}


def _nothing(folder: Path) -> Path:
    """Return the folder of a run over nothing that can be read: what it holds is no page's."""
    (folder / "no-scan.txt").write_text("no scan")
    run(RunOptions((folder / "no-scan.txt",), folder / "nothing", workers=1), Silent())
    return folder / "nothing"


def _bytes(path: Path) -> int:
    files = [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()]
    return sum(file.stat().st_size for file in files)


@contextmanager
def _dask_of_two(folder: Path) -> Iterator[Cluster]:
    """Run a scheduler and two workers of one thread, with nannies, as ``dask worker`` has them."""
    cluster = Cluster(folder, {})
    try:
        for _ in range(2):
            cluster.start_worker(nanny=True)
        yield cluster
    finally:
        cluster.stop()


def _task_seconds(folder: Path, cluster: Cluster) -> Iterator[tuple[str, float]]:
    """Yield what a task that does nothing costs, from being handed out to being handed back."""
    dask = ClusterExecutor(
        cluster.address,
        reader=DEFAULT_READER,
        profile=DEFAULT_PROFILE,
        memory_bytes=_MEMORY,
        versions=installed_versions(DEFAULT_READER, load_profile(DEFAULT_PROFILE)),
        store=store_at(folder / "store"),
        say=print,
    )
    for name, executor in (("worker processes", Pool(2, _MEMORY)), ("Dask", dask)):
        with executor:
            _time_tasks(executor, 20)
            yield name, _time_tasks(executor, _TASKS)


def _time_tasks(executor: Executor, count: int) -> float:
    began, left = time.monotonic(), count
    while left or len(executor):
        while left and executor.has_room:
            executor.submit(("nothing", left, 0), 30.0, divmod, left, 7)
            left -= 1
        executor.next_done()
    return (time.monotonic() - began) / count


def _store_times(folder: Path) -> Iterator[tuple[str, StoreTimes]]:
    yield "folder", _time_store(store_at(folder / "objects"))
    with s3_server("bucket") as environment:
        os.environ.update(environment)
        yield "S3 on this machine", _time_store(store_at("s3://bucket/objects"))


def _time_store(store: Store) -> StoreTimes:
    content = os.urandom(_OBJECT_BYTES)
    names = [f"{number % 256:02x}/{number}" for number in range(_OBJECTS)]
    store.put("warm/up", content)
    calls: tuple[Callable[[str], object], ...] = (
        lambda name: store.put(name, content),
        store.get,
        store.exists,
    )
    times = []
    for call in calls:
        began = time.monotonic()
        for name in names:
            call(name)
        times.append((time.monotonic() - began) / _OBJECTS)
    return StoreTimes(*times)
