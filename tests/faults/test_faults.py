"""One fault at a time: whatever fails, every input keeps its one row, and when it works again the result is as ever."""

import csv
import os
import shutil
import signal
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from pipeline.batch.ledger import FILE, look_on
from pipeline.batch.options import RunOptions
from pipeline.batch.progress import Silent
from pipeline.batch.run import run
from pipeline.batch.upkeep import Checked, gc, repair, verify
from pipeline.errors import OutputError
from tests.faults.conftest import WELL, Machine, MakeMachine, tables

SCANS = 3


def documents(out: Path) -> dict[str, dict[str, str]]:
    with (out / "dataset" / "documents.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    found = {Path(row["source"]).name: row for row in rows}
    assert len(found) == len(rows), "a row came twice"
    return found


@pytest.fixture(scope="module")
def calm(tmp_path_factory: pytest.TempPathFactory) -> Machine:
    """A machine on which a run went well."""
    if shutil.which("tesseract") is None:
        pytest.skip("Tesseract is not installed")
    from tests.faults.conftest import draw_scan  # noqa: PLC0415

    root = tmp_path_factory.mktemp("calm")
    made = Machine(root, root / "scans")
    made.scans.mkdir()
    for number in range(SCANS):
        draw_scan(made.scans / f"{number:03}.png", number)
    made.tesseract(WELL)
    done = made.run()
    assert done.returncode == 0, done.stderr
    return made


@dataclass(frozen=True)
class Copy:
    """A finished run to damage; all is kept, so that a run over it needs no Tesseract."""

    out: Path
    scans: Path
    expected: dict[str, bytes]

    def run(self):  # type: ignore[no-untyped-def]
        return run(RunOptions((self.scans,), self.out, workers=1), Silent())


@pytest.fixture
def finished(calm: Machine, tmp_path: Path) -> Copy:
    out = tmp_path / "out"
    shutil.copytree(calm.out, out)
    return Copy(out, calm.scans, tables(calm.out))


# Tesseract


def fails_on_the_last_scan(here: Machine, fault: str) -> "subprocess.CompletedProcess[str]":
    """Read all scans but the last with a healthy Tesseract, then the last with one that does ``fault``."""
    scans = sorted(here.scans.iterdir())
    well = here.sohoa("run", *scans[:-1], "--out", here.out, "--workers", 1)
    assert well.returncode == 0, well.stderr
    here.tesseract(fault)
    return here.run()


def test_a_page_on_which_tesseract_crashes_fails_alone_and_is_read_by_the_next_run(
    machine: MakeMachine,
) -> None:
    here = machine(2)
    crashed = fails_on_the_last_scan(here, "kill -SEGV $$")
    assert crashed.returncode == 3, crashed.stderr
    found = documents(here.out)
    assert {name: row["status"] for name, row in found.items()} == {"000.png": "ok", "001.png": "failed"}
    assert "page 1: Tesseract failed on this page (killed by signal 11" in found["001.png"]["error"]
    here.tesseract(WELL)
    again = here.run()
    assert again.returncode == 0
    assert "1 read now, 1 read in an earlier run" in again.stdout
    assert {row["status"] for row in documents(here.out).values()} == {"ok"}


def test_a_page_that_hangs_is_tried_once_more_then_set_aside_until_it_is_retried(
    machine: MakeMachine,
) -> None:
    here = machine(2)
    here.tesseract(f"[ -e {here.root}/well ] || exec sleep 600\n{WELL}")
    hung = here.sohoa("run", here.scans / "001.png", "--out", here.out, "--workers", 1, "--page-seconds", 2)
    assert hung.returncode == 3, hung.stderr
    assert "gave no result within 2 s" in documents(here.out)["001.png"]["error"]
    assert here.calls == 2, "one attempt, and one more in another worker"

    (here.root / "well").touch()
    again = here.run("--page-seconds", 60)
    assert {name: row["status"] for name, row in documents(here.out).items()} == {
        "000.png": "ok",
        "001.png": "failed",
    }
    assert "1 pages or files are set aside" in again.stdout
    assert "001.png, page 1: gave no result" in here.sohoa("status", here.out).stdout

    retried = here.sohoa("retry", here.out, here.scans / "001.png")
    assert retried.returncode == 0, retried.stderr
    assert {row["status"] for row in documents(here.out).values()} == {"ok"}
    assert "Set aside" not in here.sohoa("status", here.out).stdout


@pytest.mark.parametrize(
    "garbage", ["head -c 3000 /dev/urandom", "printf 'level\\tx\\n5\\t1\\n\\377\\376\\n'"]
)
def test_garbage_from_tesseract_costs_its_pages_alone(machine: MakeMachine, garbage: str) -> None:
    here = machine(2)
    answer = fails_on_the_last_scan(here, f'{garbage} > "$2.tsv"; exit 0')
    assert answer.returncode == 3, answer.stderr
    found = documents(here.out)
    assert found["000.png"]["status"] == "ok"
    assert found["001.png"]["status"] == "failed"
    assert "001.png, page 1: " in found["001.png"]["error"]


# The disk


@contextmanager
def mounted(folder: Path, options: str) -> Iterator[None]:
    """Mount a small file system in memory on ``folder``; skip where that may not be done."""
    folder.mkdir(exist_ok=True)
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)], capture_output=True, check=False
    )
    if done.returncode:
        pytest.skip(f"no file system can be mounted here: {done.stderr.decode().strip()}")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_full_disk_ends_the_run_plainly_and_the_next_one_goes_on(
    machine: MakeMachine, calm: Machine
) -> None:
    here = machine(12)
    disk = here.root / "disk"
    with mounted(disk, "size=260k"):
        full = here.run(out=disk / "out")
        assert full.returncode == 1, full.stdout
        assert "Free" in full.stderr, full.stderr
        assert "internal error" not in full.stderr
        assert not (disk / "out" / "dataset").exists()
        subprocess.run(["mount", "-o", "remount,size=64m", str(disk)], check=True)
        well = here.run(out=disk / "out")
        assert well.returncode == 0, well.stderr
        assert here.run().returncode == 0
        assert tables(disk / "out") == tables(here.out)


def test_an_output_folder_that_cannot_be_written_is_refused_and_stays_as_it_is(
    calm: Machine, tmp_path: Path
) -> None:
    disk = tmp_path / "disk"
    with mounted(disk, "size=64m"):
        shutil.copytree(calm.out, disk / "out")
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        refused = calm.run(out=disk / "out")
        assert refused.returncode == 1
        assert "cannot be written" in refused.stderr
        assert tables(disk / "out") == tables(calm.out)
        told = calm.sohoa("status", disk / "out")
        assert "3 ok" in told.stdout, told.stderr


def test_two_runs_into_one_folder_do_not_meet(machine: MakeMachine, calm: Machine) -> None:
    here = machine(SCANS)
    here.tesseract(f"touch {here.root}/busy; while [ ! -e {here.root}/go ]; do sleep 0.1; done\n{WELL}")
    command = here.command("run", here.scans, "--out", here.out, "--workers", 1)
    with subprocess.Popen(
        command, env=here.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as first:
        deadline = time.monotonic() + 120
        while not (here.root / "busy").exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        second = here.run()
        watched = here.sohoa("status", here.out)
        (here.root / "go").touch()
        first.communicate(timeout=240)
    assert second.returncode == 1
    assert "another run" in second.stderr
    assert "on" in watched.stdout.split("Documents")[0]
    assert first.returncode == 0
    assert len(documents(here.out)) == SCANS


def test_a_lock_left_behind_locks_nobody_out(finished: Copy) -> None:
    (finished.out / ".lock").write_text("4711")
    assert finished.run().statuses == {"ok": SCANS}


# The clock


def test_a_clock_that_jumps_neither_loses_nor_repeats_work(
    finished: Copy, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    real, year = time.time, 365 * 86400
    for jump in (-year, year, 0):
        monkeypatch.setattr(time, "time", lambda jump=jump: real() + jump)
        monkeypatch.setattr(time, "time_ns", lambda jump=jump: int((real() + jump) * 1e9))
        again = finished.run()
        assert (again.pages_read, again.written) == (0, False)
    assert tables(finished.out) == finished.expected


def test_a_scan_that_changes_under_an_old_time_is_another_document(finished: Copy, tmp_path: Path) -> None:
    scans = tmp_path / "scans"
    shutil.copytree(finished.scans, scans)
    run(RunOptions((scans,), tmp_path / "o", workers=1), Silent())
    before = (scans / "000.png").stat()
    content = bytearray((scans / "000.png").read_bytes())
    content[-1] ^= 1
    (scans / "000.png").write_bytes(content)
    os.utime(scans / "000.png", ns=(before.st_atime_ns, before.st_mtime_ns))
    after = run(RunOptions((scans,), tmp_path / "o", workers=1), Silent())
    assert after.gone == 1


# What is kept


def flip(path: Path, at: float = 0.7) -> None:
    content = bytearray(path.read_bytes())
    content[int(len(content) * at)] ^= 0x55
    path.write_bytes(content)


def test_damage_is_found_told_and_mended_without_reading_what_is_sound(finished: Copy) -> None:
    assert not list(verify(finished.out, Checked()))
    flip(next((finished.out / "results").rglob("*.result")))
    flip(finished.out / "dataset" / "fields.csv")
    damages = list(verify(finished.out, Checked()))
    assert sorted(damage.what.rpartition(": ")[2] for damage in damages) == [
        "is gone or was changed since it was written",
        "this result is damaged",
    ]
    repair(finished.out, damages)
    again = finished.run()
    assert again.pages_read == 0
    assert tables(finished.out) == finished.expected
    assert not list(verify(finished.out, Checked()))


def test_a_damaged_result_is_made_again_when_the_tables_need_it(finished: Copy) -> None:
    flip(next((finished.out / "results").rglob("*.result")))
    (finished.out / "dataset" / "pages.parquet").unlink()
    again = finished.run()
    assert (again.pages_read, again.written) == (0, True)
    assert tables(finished.out) == finished.expected


@pytest.mark.parametrize("damage", ["garbage", "empty", "gone", "half", "other schema"])
def test_a_damaged_ledger_is_made_anew_and_nothing_is_read_again(finished: Copy, damage: str) -> None:
    ledger = finished.out / FILE
    if damage == "garbage":
        ledger.write_bytes(os.urandom(20_000))
    elif damage == "empty":
        ledger.write_bytes(b"")
    elif damage == "gone":
        ledger.unlink()
    elif damage == "half":
        ledger.write_bytes(ledger.read_bytes()[: ledger.stat().st_size // 2])
    else:
        base = sqlite3.connect(ledger)
        base.execute("PRAGMA user_version = 99")
        base.close()
    shutil.rmtree(finished.out / "results")
    again = finished.run()
    assert (again.statuses, again.pages_read) == ({"ok": SCANS}, 0)
    assert tables(finished.out) == finished.expected
    assert len(list(finished.out.glob("ledger.damaged-*"))) == (damage != "gone")


# Looking after it


def test_gc_drops_what_no_input_needs_and_nothing_else(finished: Copy, tmp_path: Path) -> None:
    fewer = tmp_path / "fewer"
    fewer.mkdir()
    for name in ("000.png", "001.png"):
        shutil.copy2(finished.scans / name, fewer / name)
    less = run(RunOptions((fewer,), finished.out, workers=1), Silent())
    assert (less.pages_read, less.gone) == (0, 1)
    assert [Path(name).name for name in less.gone_names] == ["002.png"]
    (finished.out / "cache" / "ab").mkdir(exist_ok=True)
    (finished.out / "cache" / "ab" / ".new-left").write_bytes(b"half")
    foreseen = gc(finished.out, dry=True)
    assert (foreseen.pages, foreseen.results, foreseen.leftovers, foreseen.documents) == (1, 1, 1, 1)
    assert gc(finished.out, dry=False) == foreseen
    assert gc(finished.out, dry=False).bytes == 0
    again = run(RunOptions((fewer,), finished.out, workers=1), Silent())
    assert (again.pages_read, again.written, again.gone) == (0, False, 0)
    assert not list(verify(finished.out, Checked()))


def test_gc_touches_nothing_after_a_run_that_was_stopped_before_it_knew_its_inputs(finished: Copy) -> None:
    ledger = look_on(finished.out / FILE)
    assert ledger is not None
    ledger.close()
    base = sqlite3.connect(finished.out / FILE)
    base.execute("UPDATE meta SET value = value + 1 WHERE name = 'run'")
    base.commit()
    base.close()
    with pytest.raises(OutputError, match="Run again first"):
        gc(finished.out, dry=False)


def test_the_commands_of_upkeep_tell_by_their_exit_code_and_need_a_run(
    finished: Copy, calm: Machine, tmp_path: Path
) -> None:
    assert calm.sohoa("verify", finished.out).returncode == 0
    flip(next((finished.out / "cache").rglob("*.page")))
    damaged = calm.sohoa("verify", finished.out, "--repair")
    assert damaged.returncode == 1
    assert "this page is damaged" in damaged.stdout
    assert "2 pages" in calm.sohoa("verify", finished.out).stdout, (
        "what was damaged is gone, and expected anew"
    )
    assert calm.run(out=finished.out).returncode == 0
    assert "3 pages" in calm.sohoa("verify", finished.out).stdout
    assert tables(finished.out) == finished.expected
    nowhere = calm.sohoa("gc", tmp_path / "nowhere")
    assert nowhere.returncode == 2
    assert "no run has been here" in nowhere.stderr
    assert not (tmp_path / "nowhere").exists()
    stranger = calm.sohoa("retry", finished.out, "stranger.png")
    assert stranger.returncode == 2
    assert "stranger.png: is not among the inputs" in stranger.stderr


# Following a folder


def test_a_watched_folder_gives_its_scans_when_they_are_complete_and_ends_cleanly(
    machine: MakeMachine,
) -> None:
    here = machine(1)
    command = here.command("run", "--watch", here.scans, "--out", here.out, "--workers", 1)
    with subprocess.Popen(
        command, env=here.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as watching:
        try:
            wait_for(lambda: written(here.out) == {"000.png"})
            from tests.faults.conftest import draw_scan  # noqa: PLC0415

            draw_scan(here.root / "whole.png", 5)
            whole = (here.root / "whole.png").read_bytes()
            (here.scans / "copying.png.part").write_bytes(whole[:100])
            growing = here.scans / "growing.png"
            for size in range(20, len(whole), max(1, len(whole) // 8)):
                growing.write_bytes(whole[:size])
                time.sleep(0.5)
            assert written(here.out) == {"000.png"}, "a file was taken while it grew"
            growing.write_bytes(whole)
            wait_for(lambda: written(here.out) == {"000.png", "growing.png"})
        finally:
            watching.send_signal(signal.SIGTERM)
            said, _ = watching.communicate(timeout=60)
    assert watching.returncode == 0, said
    assert "Traceback" not in said
    assert {row["status"] for row in documents(here.out).values()} == {"ok"}


def written(out: Path) -> set[str]:
    return set(documents(out)) if (out / "dataset" / "documents.csv").exists() else set()


def wait_for(condition) -> None:  # type: ignore[no-untyped-def]
    deadline = time.monotonic() + 120
    while not condition():
        assert time.monotonic() < deadline, "it never came"
        time.sleep(0.2)
