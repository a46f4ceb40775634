"""Which executor a run has: the worker processes of this machine, or a Dask cluster."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pipeline.batch.executor import Executor
from pipeline.batch.options import RunOptions
from pipeline.batch.pool import Pool
from pipeline.batch.store import Store
from pipeline.batch.versions import installed_versions
from pipeline.errors import MissingToolError
from pipeline.extraction.profile import Profile


def executor_for(options: RunOptions, profile: Profile, store: Store, say: Callable[[str], None]) -> Executor:
    """Return the executor that ``options`` ask for; ``say`` is told what a person should know of a cluster.

    Raises MissingToolError when Dask is asked for and not installed, and as
    :class:`pipeline.batch.cluster.ClusterExecutor` does.
    """
    if not options.scheduler:
        return Pool(options.worker_count, options.memory_bytes)
    try:
        from pipeline.batch.cluster import ClusterExecutor  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise MissingToolError(
            f"--executor dask needs Dask ({error}). Install it with: pip install 'sohoa[dask]'"
        ) from error
    return ClusterExecutor(
        options.scheduler,
        reader=options.reader,
        profile=options.profile,
        memory_bytes=options.memory_bytes,
        versions=installed_versions(options.reader, profile),
        store=store,
        say=say,
    )


def absolute_profile(name_or_path: str) -> str:
    """Return a profile as workers find it that are in other folders: a shipped name, or an absolute path."""
    by_name = "/" not in name_or_path and not name_or_path.endswith((".yaml", ".yml"))
    return name_or_path if by_name else str(Path(name_or_path).absolute())
