"""The pool against tasks that misbehave; the tasks are functions of the standard library."""

import hashlib
import os
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from pipeline.batch.executor import Done
from pipeline.batch.pool import Pool

MEMORY = 2 * 2**30


def results(pool: Pool, count: int) -> dict[int, Done]:
    found: dict[int, Done] = {}
    deadline = time.monotonic() + 60
    while len(found) < count:
        assert time.monotonic() < deadline, "tasks were lost"
        if (done := pool.next_done()) is not None:
            found[done.token[1]] = done
    return found


def run(*tasks: tuple[Callable[..., Any], tuple[Any, ...]], seconds: float = 30.0) -> dict[int, Done]:
    with Pool(2, MEMORY) as pool:
        for index, (function, arguments) in enumerate(tasks):
            pool.submit(("test", index, 0), seconds, function, *arguments)
        return results(pool, len(tasks))


def test_values_come_back_under_their_token() -> None:
    done = run(*((divmod, (number, 7)) for number in range(20)))
    assert {index: d.value for index, d in done.items()} == {
        number: divmod(number, 7) for number in range(20)
    }


def test_what_a_killed_worker_leaves_goes_with_the_pool() -> None:
    with Pool(1, MEMORY) as pool:
        for index in range(2):
            pool.submit(("test", index, 0), 30.0, tempfile.mkdtemp, "left")
        left = [Path(d.value) for d in results(pool, 2).values()]
        assert all(path.is_dir() and path.parent.stat().st_mode & 0o077 == 0 for path in left)
    assert not any(path.parent.exists() for path in left)


def test_a_dead_worker_costs_its_task_alone() -> None:
    done = run((os.abort, ()), (divmod, (9, 2)), (os._exit, (3,)), (divmod, (8, 3)))
    assert "died (SIGABRT)" in (done[0].error or "")
    assert "died (exit code 3)" in (done[2].error or "")
    assert [done[1].value, done[3].value] == [(4, 1), (2, 2)]
    assert [done[index].cause for index in range(4)] == ["died", "", "died", ""]


def test_a_hung_task_is_stopped_after_its_time() -> None:
    began = time.monotonic()
    done = run((time.sleep, (600,)), (divmod, (9, 2)), seconds=1.0)
    assert "within 1 s" in (done[0].error or "")
    assert done[0].cause == "timeout"
    assert done[1].value == (4, 1)
    assert time.monotonic() - began < 30


def test_a_task_that_wants_too_much_memory_fails_plainly() -> None:
    done = run((bytearray, (4 * MEMORY,)), (divmod, (9, 2)))
    assert done[0].error == "needs more memory than the limit of 2.0 GB"
    assert done[0].cause == "memory"
    assert done[1].value == (4, 1)


def test_an_unforeseen_exception_is_named_as_internal() -> None:
    done = run((divmod, (1, 0)))
    assert "internal error (ZeroDivisionError" in (done[0].error or "")
    assert "ZeroDivisionError" in done[0].trace


def test_a_task_tells_the_most_memory_that_its_worker_held() -> None:
    needs_128_mib = partial(hashlib.scrypt, b"", salt=b"", n=2**17, r=8, p=1, maxmem=2**28)
    done = run((needs_128_mib, ()), (divmod, (9, 2)))
    assert 2**27 < done[0].peak_bytes < MEMORY
    assert done[1].peak_bytes > 0


def test_a_worker_that_dies_while_idle_is_replaced() -> None:
    with Pool(1, MEMORY) as pool:
        pool.submit(("test", 0, 0), 30.0, os.getpid)
        first = results(pool, 1)[0].value
        os.kill(first, 9)
        time.sleep(0.5)
        pool.submit(("test", 1, 0), 30.0, os.getpid)
        assert results(pool, 1)[1].value != first


def test_leaving_the_pool_stops_what_runs() -> None:
    began = time.monotonic()
    with Pool(2, MEMORY) as pool:
        pool.submit(("test", 0, 0), 600.0, time.sleep, 600)
        time.sleep(1)
    assert time.monotonic() - began < 15
