import os
import signal
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from pipeline.batch.scratch import ScratchFolder


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_only_the_owner_may_look_into_it_and_it_goes_with_the_run(temporary: Path) -> None:
    with ScratchFolder() as folder:
        assert folder.parent == temporary
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        (folder / "page.pgm").write_bytes(b"secret")
    assert list(temporary.iterdir()) == []


def test_what_a_killed_run_left_goes_with_the_next(temporary: Path) -> None:
    script = (
        "import sys, tempfile; from pipeline.batch.scratch import ScratchFolder\n"
        "tempfile.tempdir = sys.argv[1]; folder = ScratchFolder(); (folder.path / 'page.pgm').write_bytes(b'secret')\n"
        "print(folder.path, flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(temporary)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as run:
        assert run.stdout is not None
        left = Path(run.stdout.readline().strip())
        assert (left / "page.pgm").exists()
        with ScratchFolder():  # another run at the same time leaves it alone
            assert (left / "page.pgm").exists()
        run.send_signal(signal.SIGKILL)
    assert left.exists()
    with ScratchFolder():
        assert not left.exists()


def test_a_link_of_that_name_is_not_followed(temporary: Path) -> None:
    kept = temporary / "kept"
    kept.mkdir()
    (kept / "file").write_bytes(b"x")
    (temporary / "sohoa-scratch-x").symlink_to(kept)
    with ScratchFolder():
        assert (kept / "file").exists()


def test_a_folder_that_another_run_is_just_making_stays(temporary: Path) -> None:
    new, old = temporary / "sohoa-scratch-new", temporary / "sohoa-scratch-old"
    for folder in (new, old):
        folder.mkdir()
    os.utime(old, (1_000_000_000, 1_000_000_000))
    with ScratchFolder():
        assert new.exists()
        assert not old.exists()
