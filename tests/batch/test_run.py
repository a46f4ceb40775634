"""Whole runs over tiny scans: statuses, determinism, the cache, and ends in the middle of the work."""

import csv
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PIL import Image

from pipeline.batch.ledger import FILE
from pipeline.batch.options import RunOptions
from pipeline.batch.progress import Silent
from pipeline.batch.run import Summary, foresee, run
from pipeline.errors import SohoaError
from pipeline.review.trail import Entry, Trail
from tests.conftest import SCANS, Sohoa
from tests.review.trails import tamper

pytestmark = pytest.mark.usefixtures("tesseract")

REAL_TESSERACT = shutil.which("tesseract") or ""


def tables(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((out / "dataset").iterdir())}


def rows(out: Path, table: str) -> list[dict[str, str]]:
    with (out / "dataset" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder such as archives are: good scans, a copy, a blank page, a secret, a foreign page, and no scans."""
    folder = tmp_path_factory.mktemp("inputs")
    for name in ("report.png", "two-pages.tif", "blank.png", "english.png", "secret.png"):
        shutil.copy(SCANS / name, folder / name)
    (folder / "deep").mkdir()
    shutil.copy(SCANS / "report.png", folder / "deep" / "copy of report.png")
    shutil.copy(SCANS / "report.png", folder / "misnamed.pdf")
    with (folder / "misnamed.pdf").open("ab") as file:
        file.write(b"\0")  # other bytes, so no copy
    (folder / "notes.txt").write_text("No scan at all.")
    (folder / "empty.pdf").touch()
    return folder


@pytest.fixture(scope="module")
def done(inputs: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Summary]:
    out = tmp_path_factory.mktemp("run") / "out"
    return out, run(RunOptions((inputs,), out, workers=2), Silent())


def test_every_input_has_its_row_and_status(done: tuple[Path, Summary], inputs: Path) -> None:
    found = {Path(row["source"]).name: row["status"] for row in rows(done[0], "documents")}
    assert found == {
        "copy of report.png": "ok",
        "two-pages.tif": "ok",
        "misnamed.pdf": "partial",
        "blank.png": "failed",
        "english.png": "failed",
        "secret.png": "restricted",
        "notes.txt": "failed",
        "empty.pdf": "failed",
    }


def test_a_copy_is_named_in_the_row_of_its_first_finding(done: tuple[Path, Summary], inputs: Path) -> None:
    row = next(row for row in rows(done[0], "documents") if row["source"].endswith("copy of report.png"))
    assert row["copies"] == f'["{inputs / "report.png"}"]'


def test_each_error_names_the_file(done: tuple[Path, Summary]) -> None:
    for row in rows(done[0], "documents"):
        assert bool(row["error"]) == (row["status"] != "ok")
        assert row["error"].startswith(row["source"] if row["error"] else "")


def test_errors_of_pages_name_the_page(done: tuple[Path, Summary]) -> None:
    errors = {Path(row["source"]).name: row["error"] for row in rows(done[0], "documents")}
    assert ", page 1: " in errors["blank.png"]
    assert ", page 1: " in errors["english.png"]


def test_nothing_of_a_secret_document_is_kept(done: tuple[Path, Summary]) -> None:
    out, _ = done
    secret = next(row for row in rows(out, "documents") if row["status"] == "restricted")
    assert (secret["subject"], secret["issuer"], secret["pages"]) == ("", "", "1")
    assert not [
        row for row in rows(out, "fields") if row["doc_id"] == secret["doc_id"] and row["state"] != "absent"
    ]
    kept = {(row["doc_id"], row["page"]) for row in rows(out, "pages") if row["doc_id"] != secret["doc_id"]}
    assert len(list((out / "cache").rglob("*.page"))) == len(kept)


def test_the_summary_counts_what_the_tables_hold(done: tuple[Path, Summary]) -> None:
    out, summary = done
    documents = rows(out, "documents")
    assert summary.statuses.total() == len(documents)
    assert summary.pages == len(rows(out, "pages"))
    assert summary.reported == sum(int(row["fields_reported"]) for row in documents)
    assert summary.to_review == sum(int(row["fields_to_review"]) for row in documents)
    assert len(summary.failures) == 5
    assert not summary.all_well


def test_a_second_run_reads_nothing_and_gives_the_same_bytes(
    done: tuple[Path, Summary], inputs: Path
) -> None:
    out, _ = done
    before = tables(out)
    again = run(RunOptions((inputs,), out, workers=2), Silent())
    assert (again.pages_read, again.written) == (0, False)  # a secret is not looked at twice either
    assert (again.pages, again.pages_kept) == (7, 6)
    assert tables(out) == before


def test_one_worker_gives_the_same_bytes_as_two(
    done: tuple[Path, Summary], inputs: Path, tmp_path: Path
) -> None:
    run(RunOptions((inputs,), tmp_path, workers=1), Silent())
    assert tables(tmp_path) == tables(done[0])


def test_of_damaged_entries_only_what_is_needed_is_made_again(
    done: tuple[Path, Summary], inputs: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    shutil.copytree(done[0], out)
    page = sorted((out / "cache").rglob("*.page"))[0]
    sound = page.read_bytes()
    page.write_bytes(sound[: len(sound) // 2])
    shutil.rmtree(out / "results")  # the tables must be written again, and for that every document understood
    (out / "dataset" / "fields.csv").unlink()
    again = run(RunOptions((inputs,), out), Silent())
    assert again.pages_read == 1
    assert page.read_bytes() == sound
    assert tables(out) == tables(done[0])


def test_a_secret_is_read_when_asked_for_and_forgotten_afterwards(tmp_path: Path) -> None:
    asked = run(RunOptions((SCANS / "secret.png",), tmp_path, allow_restricted=True), Silent())
    assert asked.statuses == {"ok": 1}
    assert list((tmp_path / "cache").rglob("*.page"))
    afterwards = run(RunOptions((SCANS / "secret.png",), tmp_path), Silent())
    assert afterwards.statuses == {"restricted": 1}
    assert not list((tmp_path / "cache").rglob("*.page"))
    assert "TUYỆT" not in (tmp_path / "dataset" / "pages.csv").read_text()


def test_the_output_folder_inside_the_input_is_not_read(tmp_path: Path) -> None:
    shutil.copy(SCANS / "blank.png", tmp_path / "blank.png")
    for _ in range(2):
        run(RunOptions((tmp_path,), tmp_path / "out"), Silent())
    assert len(rows(tmp_path / "out", "documents")) == 1


def fake_tesseract(folder: Path, body: str) -> str:
    """Return a PATH on which ``tesseract`` answers questions about itself, and pages with the shell code ``body``."""
    script = folder / "bin" / "tesseract"
    script.parent.mkdir()
    script.write_text(
        f'#!/bin/sh\ncase "$*" in *--version*|*--list-langs*) exec {REAL_TESSERACT} "$@";; esac\n{body}\n'
    )
    script.chmod(0o755)
    return f"{script.parent}:{os.environ['PATH']}"


def test_a_worker_that_is_killed_costs_its_page_alone(tmp_path: Path, sohoa: Sohoa) -> None:
    with Image.open(SCANS / "report.png") as upright:
        upright.save(
            tmp_path / "scan.tif",
            save_all=True,
            append_images=[upright.crop((0, 520, 1240, 1000))],
            dpi=(150, 150),
        )
    kill_on_wide_pages = (  # stamps, which are wide too, are small
        f'dimensions=$(head -n 2 "$1" | tail -n 1)\nwidth=${{dimensions% *}}\n'
        f'if [ "$width" -gt $((2 * ${{dimensions#* }})) ] && [ "$width" -gt 1500 ]; '
        f'then kill -9 $PPID; sleep 1; else exec {REAL_TESSERACT} "$@"; fi'
    )
    path = fake_tesseract(tmp_path, kill_on_wide_pages)
    answer = sohoa(
        "run", tmp_path / "scan.tif", "--out", tmp_path / "out", "--reader", "tesseract", PATH=path
    )
    assert answer.returncode == 3, answer.stderr
    (document,) = rows(tmp_path / "out", "documents")
    assert document["status"] == "partial"
    assert "scan.tif, page 2: the process that worked on it died (SIGKILL" in document["error"]
    assert [row["status"] for row in rows(tmp_path / "out", "pages")] == ["ok", "failed"]


def is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except (ProcessLookupError, FileNotFoundError):
        return False
    return state != "Z"  # a zombie is dead, only not yet buried


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGKILL])
def test_a_run_stopped_in_the_middle_leaves_the_old_tables_whole(
    tmp_path: Path, sohoa: Sohoa, end: signal.Signals
) -> None:
    out = tmp_path / "out"
    assert sohoa("run", SCANS / "blank.png", "--out", out).returncode == 3
    before = tables(out)
    hanging = tmp_path / "hanging"
    path = fake_tesseract(tmp_path, f"echo $$ > {hanging}.new; mv {hanging}.new {hanging}; exec sleep 60")
    command = [
        sys.executable,
        "-m",
        "pipeline.cli.main",
        "run",
        str(SCANS / "report.png"),
        "--out",
        str(out),
    ]
    said = tmp_path / "said"  # a file: whatever outlives the run may keep a pipe open
    with (
        said.open("w") as file,
        subprocess.Popen(command, env=os.environ | {"PATH": path}, stdout=file, stderr=file) as stopped,
    ):
        deadline = time.monotonic() + 60
        while not hanging.exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        stopped.send_signal(end)
        stopped.wait(timeout=20)
    assert tables(out) == before
    if end == signal.SIGINT:
        assert stopped.returncode == 130
        assert "goes on from here" in said.read_text()
        time.sleep(0.2)
        assert not is_running(int(hanging.read_text())), "Tesseract was left behind"
    else:
        os.kill(int(hanging.read_text()), signal.SIGKILL)
    assert sohoa("run", SCANS / "blank.png", "--out", out).returncode == 3
    assert tables(out) == before


def test_a_run_into_the_same_folder_keeps_what_people_decided(tmp_path: Path) -> None:
    out = tmp_path / "out"
    before = run(RunOptions((SCANS / "report.png",), out, workers=1), Silent())
    machine = next(row for row in rows(out, "fields") if row["field"] == "doc.number")
    trail = Trail(out)
    new = {"state": "reported", "number": "4711"}
    trail.append(Entry("lan", machine["doc_id"], "doc.number", "set", new=new), seen="")
    after = run(RunOptions((SCANS / "report.png",), out, workers=1), Silent())
    row = next(row for row in rows(out, "fields") if row["field"] == "doc.number")
    assert (row["value_number"], row["method"], row["reviewed_by"]) == ("4711", "review", "lan")
    assert row["raw_text"] == machine["raw_text"]
    assert rows(out, "documents")[0]["doc_number"] == rows(out, "reports")[0]["doc_number"] == "4711"
    assert after.pages_read == 0
    assert after.to_review == before.to_review - (machine["needs_review"] == "true")
    tamper(out, "UPDATE sohoa_trail SET line = replace(line, '4711', '4712')")
    with pytest.raises(SohoaError, match="trail"):
        run(RunOptions((SCANS / "report.png",), out, workers=1), Silent())


def events(summary: Summary, name: str) -> list[dict[str, object]]:
    """The events of a kind in the log of a run."""
    lines = map(json.loads, summary.log.read_text("utf-8").splitlines())
    return [line for line in lines if line["event"] == name]


@pytest.fixture
def copied(done: tuple[Path, Summary], tmp_path: Path) -> Path:
    """A finished run of one's own."""
    return Path(shutil.copytree(done[0], tmp_path / "out"))


def test_another_profile_extracts_anew_without_reading_and_the_first_is_still_known(
    done: tuple[Path, Summary], inputs: Path, copied: Path
) -> None:
    other = run(RunOptions((inputs,), copied, profile="cai_cach_hanh_chinh", workers=1), Silent())
    assert (other.pages_read, other.written) == (0, True)
    assert tables(copied) != tables(done[0])
    back = run(RunOptions((inputs,), copied, workers=1), Silent())
    assert back.pages_read == 0
    assert not events(back, "document"), "what was understood before was understood again"
    assert tables(copied) == tables(done[0])


def test_a_plan_says_what_would_be_done_and_why_and_changes_nothing(inputs: Path, copied: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in copied.rglob("*")}
    same = foresee(RunOptions((inputs,), copied))
    assert (same.documents, same.done, same.pages_to_read, same.understand.total()) == (8, 8, 0, 0)
    finer = foresee(RunOptions((inputs,), copied, dpi=200))
    assert finer.pages_again == {"dpi 300 → 200": 6}
    assert finer.seconds is not None
    assert finer.seconds > 0
    other = foresee(RunOptions((inputs,), copied, profile="cai_cach_hanh_chinh"))
    assert other.pages_to_read == 0
    assert other.understand.total() == 5
    assert all(why.startswith("profile changed (doi_ngoai@") for why in other.understand)
    assert {path: path.stat().st_mtime_ns for path in copied.rglob("*")} == before
    fresh = foresee(RunOptions((inputs,), copied.parent / "new"))
    assert (fresh.unopened, fresh.seconds) == (8, None)
    assert not (copied.parent / "new").exists()


def test_an_archive_that_moved_is_neither_read_nor_understood_again(
    inputs: Path, copied: Path, tmp_path: Path
) -> None:
    moved = shutil.copytree(inputs, tmp_path / "moved")
    again = run(RunOptions((moved,), copied, workers=1), Silent())
    assert again.pages_read == 0
    assert not events(again, "document")
    assert {row["status"] for row in rows(copied, "documents")} == {"ok", "partial", "failed", "restricted"}
    for row in rows(copied, "documents"):
        assert row["source"].startswith(str(moved))
        assert row["error"].startswith(row["source"] if row["error"] else "")


def test_a_document_that_is_no_input_any_more_leaves_the_tables_and_is_named(
    inputs: Path, copied: Path, tmp_path: Path
) -> None:
    fewer = Path(shutil.copytree(inputs, tmp_path / "fewer"))
    (fewer / "blank.png").unlink()
    less = run(RunOptions((fewer,), copied, workers=1), Silent())
    assert (less.gone, less.gone_names) == (1, (str(inputs / "blank.png"),))
    assert len(rows(copied, "documents")) == 7
    whole = run(RunOptions((inputs,), copied, workers=1), Silent())
    assert (whole.gone, whole.pages_read) == (0, 0)


def test_a_long_run_writes_the_tables_now_and_then_and_ends_with_the_same_bytes(
    done: tuple[Path, Summary], inputs: Path, copied: Path
) -> None:
    for kept in ("dataset", "results"):
        shutil.rmtree(copied / kept)
    (copied / FILE).unlink()
    again = run(RunOptions((inputs,), copied, workers=1, publish_seconds=0.0), Silent())
    counts = [event["documents"] for event in events(again, "dataset")]
    assert len(counts) > 1
    assert counts == sorted(counts)
    assert counts[-1] == 8
    assert again.written
    assert tables(copied) == tables(done[0])


def test_reading_what_is_secret_is_logged(tmp_path: Path) -> None:
    asked = run(RunOptions((SCANS / "secret.png",), tmp_path, workers=1, allow_restricted=True), Silent())
    assert events(asked, "restricted documents are allowed")
    (event,) = events(asked, "restricted document read")
    assert (event["source"], event["mark"]) == (str(SCANS / "secret.png"), "TUYỆT MẬT")
