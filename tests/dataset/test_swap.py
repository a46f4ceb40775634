from pathlib import Path

import pytest

from pipeline.dataset import swap
from pipeline.dataset.swap import replaced_folder


def write(target: Path, text: str) -> None:
    with replaced_folder(target) as folder:
        (folder / "table.csv").write_text(text, encoding="utf-8")


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture(params=["kernel", "renames"])
def _way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "renames":
        monkeypatch.setattr(swap, "_exchange_in_kernel", lambda *_: False)


@pytest.mark.usefixtures("_way")
def test_the_new_folder_takes_the_place_of_the_old(tmp_path: Path) -> None:
    target = tmp_path / "dataset"
    write(target, "old")
    (target / "gone.csv").unlink(missing_ok=True)
    write(target, "new")
    assert (target / "table.csv").read_text(encoding="utf-8") == "new"
    assert names(tmp_path) == ["dataset"]


@pytest.mark.usefixtures("_way")
def test_files_that_a_person_put_there_stay(tmp_path: Path) -> None:
    target = tmp_path / "dataset"
    write(target, "old")
    (target / "ghi chú.txt").write_text("mine", encoding="utf-8")
    (target / "charts").mkdir()
    (target / "charts" / "a.png").write_bytes(b"png")
    write(target, "new")
    assert names(target) == ["charts", "ghi chú.txt", "table.csv"]
    assert (target / "charts" / "a.png").read_bytes() == b"png"


def test_a_failed_second_rename_brings_the_old_folder_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "dataset"
    write(target, "old")
    monkeypatch.setattr(swap, "_exchange_in_kernel", lambda *_: False)
    rename = Path.rename

    def interrupted(self: Path, to: Path) -> Path:
        if self.name == ".dataset.new":
            raise KeyboardInterrupt
        return rename(self, to)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", interrupted)
        with pytest.raises(KeyboardInterrupt):
            write(target, "new")
    assert (target / "table.csv").read_text(encoding="utf-8") == "old"
    assert names(tmp_path) == ["dataset"]


def test_what_a_killed_run_left_is_put_right_by_the_next(tmp_path: Path) -> None:
    target = tmp_path / "dataset"
    aside = tmp_path / ".dataset.old"
    aside.mkdir()
    (aside / "table.csv").write_text("old", encoding="utf-8")
    (tmp_path / ".dataset.new").mkdir()
    with pytest.raises(RuntimeError), replaced_folder(target):
        raise RuntimeError
    assert (target / "table.csv").read_text(encoding="utf-8") == "old"
    assert names(tmp_path) == ["dataset"]
