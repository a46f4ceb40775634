"""How a run scales: two workers against one, Dask against worker processes, and what a page costs in bytes and calls.

    python -m benchmarks.scale [--rounds 3] [INPUT...]

Runs of the three kinds take turns, so that whatever else the machine does falls on all; ratios are of medians. Dask
runs as a scheduler and two workers of one thread on this machine, S3 as moto's server.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.batch.cluster import ClusterExecutor
from pipeline.batch.executor import Executor
from pipeline.batch.options import DEFAULT_PROFILE, RunOptions, all_cores
from pipeline.batch.pool import Pool
from pipeline.batch.progress import Silent
from pipeline.batch.run import Summary, run
from pipeline.batch.store import Store, store_at
from pipeline.batch.versions import installed_versions
from pipeline.extraction.profile import load_profile
from tests.batch.dask_cluster import Cluster
from tests.batch.s3 import s3_server

_TASKS = 400
_OBJECTS = 200
_OBJECT_BYTES = 12_000
"""About what is kept of a page."""
_MEMORY = 3 << 30


def main() -> None:
    """Measure the inputs named on the command line and print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("inputs", nargs="*", type=Path, default=[Path("samples/scans")])
    parser.add_argument("--rounds", type=int, default=3, help="runs of each kind; 0: none")
    parser.add_argument("--reader", default="tesseract")
    asked = parser.parse_args()
    inputs = tuple(path.resolve() for path in asked.inputs)
    print(f"{all_cores()} cores, {' '.join(map(str, asked.inputs))}, reader {asked.reader}")
    with tempfile.TemporaryDirectory() as folder, dask_of_two(Path(folder)) as cluster:
        same = not asked.rounds or _runs(Path(folder), inputs, cluster, asked.rounds, asked.reader)
        _tasks(Path(folder), cluster)
        _stores(Path(folder))
    sys.exit(not same)


@contextmanager
def dask_of_two(folder: Path) -> Iterator[Cluster]:
    """Run a scheduler and two workers of one thread, with nannies, as ``dask worker`` has them."""
    cluster = Cluster(folder, {})
    try:
        for _ in range(2):
            cluster.start_worker(nanny=True)
        yield cluster
    finally:
        cluster.stop()


def _runs(folder: Path, inputs: tuple[Path, ...], cluster: Cluster, rounds: int, reader: str) -> bool:
    kinds: dict[str, Callable[[Path], RunOptions]] = {
        "one worker": lambda out: RunOptions(inputs, out, workers=1, reader=reader),
        "two workers": lambda out: RunOptions(inputs, out, workers=2, reader=reader),
        "Dask, two workers": lambda out: RunOptions(inputs, out, scheduler=cluster.address, reader=reader),
    }
    seconds: dict[str, list[float]] = {kind: [] for kind in kinds}
    outs: dict[str, Path] = {}
    summary: Summary | None = None
    for number in range(-1, rounds):  # the first of each warms up and is not counted
        for kind, options in kinds.items():
            outs[kind] = folder / f"{kind} {number}"
            began = time.monotonic()
            summary = run(options(outs[kind]), Silent())
            if number >= 0:
                seconds[kind].append(time.monotonic() - began)
    assert summary is not None
    medians = {kind: statistics.median(taken) for kind, taken in seconds.items()}
    pages = summary.pages_read
    for kind, median in medians.items():
        spread = f"{min(seconds[kind]):.1f} to {max(seconds[kind]):.1f}"
        print(
            f"{kind:<24} {median:8.1f} s  ({spread}, {rounds} rounds)   {pages / median:.2f} pages a second"
        )
    one, two, dask = medians.values()
    print(f"two workers against one           {one / two:8.2f}   wanted 1.85")
    print(f"Dask against worker processes     {two / dask:8.2f}   wanted 0.90")
    tables = [
        {path.name: path.read_bytes() for path in sorted((out / "dataset").iterdir())}
        for out in outs.values()
    ]
    same = tables[0] == tables[1] == tables[2]
    print(f"tables: {'the same bytes' if same else 'DIFFERENT'}")
    _sizes(outs["two workers"], summary)
    return same


def _sizes(out: Path, summary: Summary) -> None:
    pages, documents = summary.pages, summary.statuses.total()
    print(f"\nbytes kept, {documents} documents, {pages} pages")
    parts = {
        "pages (cache)": out / "cache",
        "results": out / "results",
        "ledger": out / "ledger.sqlite",
        "tables, Parquet and CSV": out / "dataset",
        "log": out / "log",
    }
    for name, path in parts.items():
        files = [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()]
        size = sum(file.stat().st_size for file in files)
        print(f"  {name:<24} {size / pages:10.0f} a page")


def _tasks(folder: Path, cluster: Cluster) -> None:
    print("\ntasks that do nothing: what handing out costs")
    dask = ClusterExecutor(
        cluster.address,
        reader="tesseract",
        profile=DEFAULT_PROFILE,
        memory_bytes=_MEMORY,
        versions=installed_versions("tesseract", load_profile(DEFAULT_PROFILE)),
        store=store_at(folder / "store"),
        say=print,
    )
    for name, executor in (("worker processes", Pool(2, _MEMORY)), ("Dask", dask)):
        with executor:
            _time_tasks(executor, 20)
            each = _time_tasks(executor, _TASKS)
        print(f"  {name:<24} {1000 * each:10.2f} ms each, {1 / each:.0f} a second")


def _time_tasks(executor: Executor, count: int) -> float:
    began, left = time.monotonic(), count
    while left or len(executor):
        while left and executor.has_room:
            executor.submit(("nothing", left, 0), 30.0, divmod, left, 7)
            left -= 1
        executor.next_done()
    return (time.monotonic() - began) / count


def _stores(folder: Path) -> None:
    print(f"\nobjects of {_OBJECT_BYTES} bytes")
    with s3_server("bucket") as environment:
        os.environ.update(environment)
        for name, store in (
            ("folder, lasting", store_at(folder / "objects")),
            ("S3 on this machine", store_at("s3://bucket/objects")),
        ):
            put, get, ask = _time_store(store)
            print(
                f"  {name:<24} put {1000 * put:6.2f} ms, get {1000 * get:6.2f} ms, ask {1000 * ask:6.2f} ms"
            )


def _time_store(store: Store) -> tuple[float, float, float]:
    content = os.urandom(_OBJECT_BYTES)
    names = [f"{number % 256:02x}/{number}" for number in range(_OBJECTS)]
    store.put("warm/up", content)
    times = []
    for call in (lambda name: store.put(name, content), store.get, store.exists):
        began = time.monotonic()
        for name in names:
            call(name)
        times.append((time.monotonic() - began) / _OBJECTS)
    put, get, ask = times
    return put, get, ask


if __name__ == "__main__":
    main()
