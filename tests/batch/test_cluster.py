"""The executor on a real Dask cluster, against tasks that misbehave and workers that go."""

import os
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import fsspec
import pytest

pytest.importorskip("distributed")

from pipeline.batch.cluster import ClusterExecutor
from pipeline.batch.executor import Done
from pipeline.batch.options import DEFAULT_PROFILE
from pipeline.batch.store import FolderStore, store_at
from pipeline.batch.versions import installed_versions
from pipeline.errors import SohoaError
from pipeline.extraction.profile import load_profile
from tests.batch.dask_cluster import Cluster, dask_cluster

pytestmark = pytest.mark.usefixtures("tesseract")

MEMORY = 2 * 2**30


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with dask_cluster(tmp_path_factory.mktemp("dask"), 2) as running:
        yield running


def executor(cluster: Cluster, said: list[str] | None = None, **changes: Any) -> ClusterExecutor:
    settings: dict[str, Any] = {
        "reader": "tesseract",
        "profile": DEFAULT_PROFILE,
        "memory_bytes": MEMORY,
        "versions": installed_versions("tesseract", load_profile(DEFAULT_PROFILE)),
        "store": FolderStore(cluster.folder / "store"),
        "say": (said if said is not None else []).append,
    }
    return ClusterExecutor(cluster.address, **(settings | changes))


def results(pool: ClusterExecutor, count: int) -> dict[int, Done]:
    found: dict[int, Done] = {}
    deadline = time.monotonic() + 90
    while len(found) < count:
        assert time.monotonic() < deadline, "tasks were lost"
        if (done := pool.next_done()) is not None:
            assert done.token[1] not in found, "a task ended twice"
            found[done.token[1]] = done
    return found


def run(
    cluster: Cluster, *tasks: tuple[Callable[..., Any], tuple[Any, ...]], seconds: float = 30.0
) -> dict[int, Done]:
    with executor(cluster) as pool:
        for index, (function, arguments) in enumerate(tasks):
            pool.submit(("test", index, 0), seconds, function, *arguments)
        return results(pool, len(tasks))


def test_values_come_back_under_their_token(cluster: Cluster) -> None:
    done = run(cluster, *((divmod, (number, 7)) for number in range(20)))
    assert {index: d.value for index, d in done.items()} == {n: divmod(n, 7) for n in range(20)}
    assert all(d.peak_bytes > 0 for d in done.values())


def test_what_kills_or_hangs_its_process_costs_no_dask_worker(cluster: Cluster) -> None:
    with executor(cluster) as pool:
        before = pool.workers
        tasks = [(os.abort, ()), (time.sleep, (600,)), (bytearray, (4 * MEMORY,)), (divmod, (9, 2))]
        for index, (function, arguments) in enumerate(tasks):
            pool.submit(("test", index, 0), 2.0, function, *arguments)
        done = results(pool, len(tasks))
        pool._look()
        assert pool.workers == before == 2
    assert [done[index].cause for index in range(4)] == ["died", "timeout", "memory", ""]
    assert "within 2 s" in (done[1].error or "")
    assert done[3].value == (4, 1)


def wait_for(pool: ClusterExecutor, threads: int) -> None:
    deadline = time.monotonic() + 60
    while sum(pool._threads.values()) < threads:
        assert time.monotonic() < deadline, "the worker did not join"
        pool._look()
        time.sleep(0.1)


def processes_with(variable: str) -> list[str]:
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            found += [process.name] if variable.encode() in (process / "environ").read_bytes() else []
        except OSError:  # it has just ended, or is another's
            continue
    return found


def test_a_task_whose_worker_is_killed_is_done_by_another(cluster: Cluster) -> None:
    doomed = cluster.start_worker(SOHOA_TEST="doomed")
    with executor(cluster) as pool:
        wait_for(pool, 3)
        for index in range(6):
            pool.submit(("test", index, 0), 60.0, time.sleep, 2)
        time.sleep(1)
        doomed.send_signal(signal.SIGKILL)
        done = results(pool, 6)
    assert all(d.error is None for d in done.values())
    doomed.wait()
    assert not processes_with("SOHOA_TEST=doomed"), "a process of the killed worker lives on"


def test_a_worker_with_something_else_installed_is_refused_with_what_differs(
    cluster: Cluster,
) -> None:
    versions = installed_versions("tesseract", load_profile(DEFAULT_PROFILE)) | {"tesseract": "9.9"}
    with pytest.raises(SohoaError, match=r"worker tcp://.* something else installed: tesseract 9.9 here, \d"):
        executor(cluster, versions=versions)


def test_a_worker_that_joins_late_with_another_tesseract_gets_no_work(
    cluster: Cluster, tmp_path: Path
) -> None:
    script = tmp_path / "bin" / "tesseract"
    script.parent.mkdir()
    script.write_text(
        f'#!/bin/sh\n{shutil.which("tesseract")} "$@" 2>&1 | sed "s/^tesseract .*/tesseract 5.9.9/"\n'
    )
    script.chmod(0o755)
    said: list[str] = []
    with executor(cluster, said) as pool:
        late = cluster.start_worker(PATH=f"{script.parent}:{os.environ['PATH']}")
        wait_for(pool, 3)
        for index in range(8):
            pool.submit(("test", index, 0), 60.0, time.sleep, 0.2)
        done = results(pool, 8)
        assert pool.workers == 2
    late.kill()
    assert all(d.error is None for d in done.values())
    assert len(said) == 1
    assert "gets no work of this run: something else is installed there" in said[0]


def test_where_no_scheduler_is_the_message_says_how_to_start_one(cluster: Cluster) -> None:
    gone = SimpleNamespace(address="tcp://127.0.0.1:9", folder=cluster.folder)
    with pytest.raises(SohoaError, match=r"tcp://127.0.0.1:9: there is no Dask scheduler .* dask scheduler"):
        executor(gone, patience=0.5)  # type: ignore[arg-type]


def test_a_worker_that_does_not_see_the_store_is_refused(cluster: Cluster) -> None:
    fsspec.filesystem("memory").store.clear()
    with pytest.raises(SohoaError, match=r"worker tcp://.* does not see memory://mine\. .* --store"):
        executor(cluster, store=store_at("memory://mine"))  # of this process alone
    assert not fsspec.filesystem("memory").find("/"), "the probe was left behind"


def test_a_scheduler_without_workers_is_said_to_have_none(tmp_path: Path) -> None:
    with (
        dask_cluster(tmp_path, 0) as empty,
        pytest.raises(SohoaError, match="the scheduler has no worker"),
    ):
        executor(empty, patience=0.5)


def test_a_page_is_read_with_the_allocator_of_one_machine_whatever_dask_sets(tmp_path: Path) -> None:
    setting = "MALLOC_TRIM_THRESHOLD_"  # Dask's: with it the same page takes a third more time
    with dask_cluster(tmp_path, 0) as running:
        running.start_worker(nanny=True)
        done = run(running, (os.getenv, (setting,)))
        assert processes_with(setting), "Dask no longer sets it: the workaround can go"
    assert done[0].error is None
    assert done[0].value is None


def test_leaving_stops_what_waits_and_the_cluster_serves_the_next_run(cluster: Cluster) -> None:
    began = time.monotonic()
    with executor(cluster) as pool:
        for index in range(6):
            pool.submit(("test", index, 0), 3.0, time.sleep, 3)
        time.sleep(1)
    done = run(cluster, (divmod, (9, 2)))
    assert done[0].value == (4, 1)
    assert time.monotonic() - began < 25
