"""What is asked for and not there, or does not fit together, is said plainly before any work."""

import sys
from pathlib import Path

import pytest

from pipeline.batch.executors import absolute_profile, executor_for
from pipeline.batch.options import RunOptions, as_asked, asked
from pipeline.batch.pool import Pool
from pipeline.batch.store import FolderStore, store_at
from pipeline.cli.run import _require_fitting
from pipeline.errors import MissingToolError, UsageError
from pipeline.extraction.profile import load_profile

PROFILE = load_profile("doi_ngoai")


def test_without_a_scheduler_processes_of_this_machine_do_the_work(tmp_path: Path) -> None:
    with executor_for(RunOptions((), tmp_path, workers=1), PROFILE, FolderStore(tmp_path), print) as executor:
        assert isinstance(executor, Pool)
        assert executor.workers == 1


def test_where_dask_is_not_installed_the_message_has_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    for name in ("cluster", "cluster_worker"):
        monkeypatch.delitem(sys.modules, f"pipeline.batch.{name}", raising=False)
    options = RunOptions((), tmp_path, scheduler="tcp://127.0.0.1:1")
    with pytest.raises(MissingToolError, match=r"pip install 'sohoa\[dask\]'"):
        executor_for(options, PROFILE, FolderStore(tmp_path), print)


def test_where_fsspec_is_not_installed_the_message_has_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fsspec.core", None)
    with pytest.raises(MissingToolError, match=r"s3://bucket: .* pip install 'sohoa\[dask\]'"):
        store_at("s3://bucket").exists("x")


def test_dask_needs_a_scheduler_and_a_scheduler_dask() -> None:
    with pytest.raises(UsageError, match="needs --scheduler ADDRESS"):
        _require_fitting("dask", "")
    with pytest.raises(UsageError, match="needs --executor dask"):
        _require_fitting("processes", "tcp://10.0.0.5:8786")
    _require_fitting("dask", "tcp://10.0.0.5:8786")


def test_a_profile_of_ones_own_is_named_by_its_whole_path(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    assert absolute_profile("doi_ngoai") == "doi_ngoai"
    assert absolute_profile("mine.yaml") == str(tmp_path / "mine.yaml")


def test_options_are_remembered_for_a_later_try_urls_and_all(tmp_path: Path) -> None:
    options = RunOptions(
        ("s3://bucket/scans", Path("more")),
        tmp_path,
        scheduler="tcp://10.0.0.5:8786",
        metrics=Path("run.prom"),
    )
    assert as_asked(asked(options), tmp_path) == (options, Path.cwd())
