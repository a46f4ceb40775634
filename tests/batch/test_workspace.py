import json
import os
from pathlib import Path

import pytest

from pipeline.batch.workspace import MARKER, kept_in, open_workspace
from pipeline.errors import OutputError
from pipeline.files import write_atomically


def test_a_new_folder_is_made_and_marked(tmp_path: Path) -> None:
    with open_workspace(tmp_path / "deep" / "out") as workspace:
        assert json.loads((workspace.root / MARKER).read_text())["format"] == 1


def test_a_folder_can_be_opened_again(tmp_path: Path) -> None:
    for _ in range(2):
        with open_workspace(tmp_path / "out"):
            pass


def test_a_file_is_no_output_folder(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    with pytest.raises(OutputError, match="is a file"), open_workspace(tmp_path / "out"):
        pass
    assert (tmp_path / "out").read_text() == "mine"


@pytest.mark.parametrize("marker", ['{"format": 99}', "not json", "[]"])
def test_a_folder_of_another_format_is_refused_untouched(tmp_path: Path, marker: str) -> None:
    (tmp_path / MARKER).write_text(marker)
    with pytest.raises(OutputError, match="another version"), open_workspace(tmp_path):
        pass
    assert [path.name for path in tmp_path.iterdir()] == [MARKER]


def test_a_foreign_dataset_folder_is_refused_untouched(tmp_path: Path) -> None:
    (tmp_path / "dataset").mkdir()
    with pytest.raises(OutputError, match="did not make"), open_workspace(tmp_path):
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["dataset"]


def test_other_files_in_the_folder_do_no_harm(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with open_workspace(tmp_path):
        pass
    assert (tmp_path / "notes.txt").read_text() == "mine"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder_is_refused(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(OutputError, match="cannot be written"), open_workspace(tmp_path):
        pass


def test_two_runs_do_not_share_a_folder(tmp_path: Path) -> None:
    with (
        open_workspace(tmp_path),
        pytest.raises(OutputError, match="another run"),
        open_workspace(tmp_path),
    ):
        pass


def test_logs_of_the_same_second_do_not_overwrite_each_other(tmp_path: Path) -> None:
    with open_workspace(tmp_path) as workspace:
        for _ in range(3):
            workspace.new_log().touch()
        assert len(list(workspace.log.iterdir())) == 3


def test_a_failed_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "file"
    target.write_bytes(b"old")

    def interrupted(self: Path, other: Path) -> Path:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_atomically(target, b"new")
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_folder_remembers_where_its_pages_and_results_lie(tmp_path: Path) -> None:
    assert kept_in(tmp_path) == (tmp_path / "cache", tmp_path / "results")
    with open_workspace(tmp_path, "s3://bucket/kept/"):
        pass
    with open_workspace(tmp_path) as workspace:
        assert (workspace.cache, workspace.results) == ("s3://bucket/kept/pages", "s3://bucket/kept/results")
    with open_workspace(tmp_path, str(tmp_path / "shared")):
        assert kept_in(tmp_path) == (f"{tmp_path}/shared/pages", f"{tmp_path}/shared/results")
