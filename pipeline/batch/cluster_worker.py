"""What a Dask worker does with a task of a run: it hands it to a process of its own, which may hang or die.

The Dask worker itself never opens a scan. Each of its threads has a pool of one process beside it, with the limits of
time and memory that a run on one machine has, so that a page costs a page and never the worker. This module loads no stage.
"""

from __future__ import annotations

import multiprocessing
import os
import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from distributed import get_worker

from pipeline.batch.executor import Done, Token
from pipeline.batch.pool import Pool, start_server
from pipeline.batch.store import Store
from pipeline.batch.versions import digest_of, installed_versions
from pipeline.errors import SohoaError
from pipeline.extraction.profile import load_profile


@dataclass(frozen=True)
class Setting:
    """What all tasks of a run have in common.

    ``versions`` is the digest of what is installed at the client, ``probe`` the name of what it put into ``store``.
    """

    reader: str
    profile: str
    memory_bytes: int
    versions: str
    store: Store
    probe: str


@dataclass(frozen=True)
class Refused:
    """A task that was not begun, because the worker at ``address`` would not give what the client itself would."""

    address: str
    reason: str


_own = threading.local()


def carry_out(
    setting: Setting, token: Token, seconds: float, function: Callable[..., Any], *args: Any
) -> Done | Refused:
    """Carry out a task in a process beside this thread.

    Raises the :class:`pipeline.errors.SohoaError` of a task after which the run cannot go on.
    """
    if reason := _unfit(setting):
        return Refused(get_worker().address, reason)
    pool = _pool(setting.memory_bytes)
    pool.submit(token, seconds, function, *args)
    while (done := pool.next_done()) is None:
        pass
    return done


def introduce(setting: Setting) -> dict[str, str]:
    """Return what is installed here, and begin to load the stages: work is coming.

    Raises a :class:`pipeline.errors.SohoaError` when something is missing that reading needs, or the store is not shared.
    """
    _prepare_for_children()
    start_server()
    _require_store(setting)
    return dict(_versions_here(setting.reader, setting.profile))


def _require_store(setting: Setting) -> None:
    if setting.store.get(setting.probe) is None:
        raise SohoaError(
            f"it does not see {setting.store}. Give a place that all machines share with --store: a folder on a shared "
            "disk, or a URL such as s3://bucket/prefix."
        )


@cache
def _unfit(setting: Setting) -> str:
    """Return why this worker may do nothing for a run with ``setting``, or ""."""
    try:
        _require_store(setting)
        same = digest_of(_versions_here(setting.reader, setting.profile)) == setting.versions
    except SohoaError as error:
        return str(error)
    return "" if same else "something else is installed there than on the machine that asked"


@cache
def _versions_here(reader: str, profile: str) -> dict[str, str]:
    return installed_versions(reader, load_profile(profile))


def _pool(memory_bytes: int) -> Pool:
    """Return this thread's pool; another limit of memory, of another run, makes another pool."""
    known: tuple[int, Pool] | None = getattr(_own, "pool", None)
    if known is not None and known[0] == memory_bytes:
        return known[1]
    if known is not None:
        known[1].__exit__(None, None, None)
    _prepare_for_children()
    pool = Pool(1, memory_bytes, _scratch())
    _own.pool = (memory_bytes, pool)
    return pool


@cache
def _scratch() -> Path:
    """Return a private folder for temporary files of this worker's processes; Dask removes it with the worker's own."""
    return Path(tempfile.mkdtemp(prefix="sohoa-", dir=get_worker().local_directory))


def _prepare_for_children() -> None:
    """Let this process have processes of its own that work as fast as those of a run on one machine.

    Dask starts workers as daemons, which may have none. They end with it all the same: the fork server sees the end of
    its pipe, and takes its children along. And Dask has its workers give memory back at once, for those hold results for
    hours; a process that reads pages would ask for the same megabytes anew at every step, a third of its time.
    """
    multiprocessing.current_process().daemon = False
    os.environ.pop("MALLOC_TRIM_THRESHOLD_", None)
