"""The command line as a user meets it."""

import json
import os
import shutil
import time
from pathlib import Path

import pytest

from tests.conftest import SCANS, Sohoa

REPORT = SCANS / "report.png"


def test_the_version_comes_quickly(sohoa: Sohoa) -> None:
    quickest = 9.0
    for _ in range(3):
        began = time.monotonic()
        answer = sohoa("--version")
        quickest = min(quickest, time.monotonic() - began)
    assert answer.stdout.startswith("sohoa ")
    assert quickest < 1.5  # 0.3 s on an idle machine; importing a stage alone would take longer


def test_help_names_every_command(sohoa: Sohoa) -> None:
    answer = sohoa("--help")
    assert answer.returncode == 0
    for command in ("run", "inspect", "evaluate", "doctor"):
        assert f"\n  {command} " in answer.stdout


def test_wrong_usage_is_exit_code_2(sohoa: Sohoa, tmp_path: Path) -> None:
    assert sohoa("run", REPORT).returncode == 2  # no --out
    assert sohoa("no-such-command").returncode == 2
    missing = sohoa("run", tmp_path / "nothing.pdf", "--out", tmp_path / "out")
    assert missing.returncode == 2
    assert "nothing.pdf: no such file" in missing.stderr
    profile = sohoa("run", REPORT, "--out", tmp_path / "out", "--profile", "no_such")
    assert profile.returncode == 2
    assert "no_such" in profile.stderr


def test_a_missing_tesseract_is_exit_code_1_with_the_install_command(sohoa: Sohoa, tmp_path: Path) -> None:
    answer = sohoa("run", REPORT, "--out", tmp_path / "out", PATH="/nowhere")
    assert answer.returncode == 1
    assert "apt-get install tesseract-ocr tesseract-ocr-vie" in answer.stderr
    assert "Traceback" not in answer.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.usefixtures("tesseract")
def test_missing_language_data_is_exit_code_1_with_the_install_command(sohoa: Sohoa, tmp_path: Path) -> None:
    fake = tmp_path / "bin" / "tesseract"
    fake.parent.mkdir()
    real = shutil.which("tesseract")
    fake.write_text(
        f'#!/bin/sh\ncase "$*" in *--list-langs*) echo "List (1):"; echo eng;; *) exec {real} "$@";; esac\n'
    )
    fake.chmod(0o755)
    answer = sohoa("run", REPORT, "--out", tmp_path / "out", PATH=f"{fake.parent}:{os.environ['PATH']}")
    assert answer.returncode == 1
    assert "tesseract-ocr-vie" in answer.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.usefixtures("tesseract")
def test_an_output_folder_of_another_version_is_exit_code_1(sohoa: Sohoa, tmp_path: Path) -> None:
    (tmp_path / "sohoa.json").write_text('{"format": 99}')
    answer = sohoa("run", REPORT, "--out", tmp_path)
    assert answer.returncode == 1
    assert "another version" in answer.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["sohoa.json"]


@pytest.mark.usefixtures("tesseract")
def test_a_run_says_what_it_did_and_where_the_tables_lie(sohoa: Sohoa, tmp_path: Path) -> None:
    answer = sohoa("run", REPORT, "--out", tmp_path / "out", "--timings")
    assert answer.returncode == 0, answer.stderr
    for part in ("Documents", "Pages", "Fields reported", "Fields to review", "everything beside it"):
        assert part in answer.stdout
    assert str(tmp_path / "out" / "dataset") in answer.stdout
    assert "reading pages: 1" in answer.stderr  # plain lines, as this is no terminal
    assert "\x1b" not in answer.stdout + answer.stderr


@pytest.mark.usefixtures("tesseract")
def test_inspect_shows_values_evidence_outline_and_draws(sohoa: Sohoa, tmp_path: Path) -> None:
    answer = sohoa("inspect", REPORT, "--draw", tmp_path / "pictures")
    assert answer.returncode == 0, answer.stderr
    assert "Ủy ban nhân dân xã An Bình" in answer.stdout
    assert "PHƯƠNG HƯỚNG NĂM 2021" in answer.stdout
    assert [path.name for path in (tmp_path / "pictures").iterdir()] == ["report-p001.png"]


@pytest.mark.usefixtures("tesseract")
def test_inspect_gives_json(sohoa: Sohoa) -> None:
    answer = sohoa("inspect", REPORT, "--json")
    document = json.loads(answer.stdout)
    issuer = next(row for row in document["extraction"]["fields"] if row["field"] == "doc.issuer")
    assert issuer["value_text"] == "Ủy ban nhân dân xã An Bình"
    assert issuer["evidence"]["page"] == 1
    assert all(0 <= edge <= 1 for edge in issuer["evidence"]["box"])


@pytest.mark.usefixtures("tesseract")
def test_inspect_of_a_secret_document_shows_nothing_of_it(sohoa: Sohoa, tmp_path: Path) -> None:
    answer = sohoa("inspect", SCANS / "secret.png", "--draw", tmp_path / "pictures")
    assert answer.returncode == 3
    assert "TUYỆT MẬT" in answer.stderr
    assert "An Bình" not in answer.stdout + answer.stderr
    assert not (tmp_path / "pictures").exists()


@pytest.mark.usefixtures("tesseract")
def test_doctor_counts_the_letters_that_can_be_read(sohoa: Sohoa) -> None:
    answer = sohoa("doctor")
    assert answer.returncode == 0
    assert " of 134 marked letters" in answer.stdout
    assert "entity weights" in answer.stdout


def test_doctor_says_what_is_missing(sohoa: Sohoa) -> None:
    answer = sohoa("doctor", PATH="/nowhere")
    assert answer.returncode == 1
    assert "tesseract-ocr-vie" in answer.stdout
    assert "poppler-utils" in answer.stdout


@pytest.mark.usefixtures("tesseract")
def test_evaluate_gives_figures_as_json(sohoa: Sohoa, tmp_path: Path) -> None:
    out, truth = tmp_path / "out", tmp_path / "truth"
    truth.mkdir()
    fields = {"doc.issuer": {"state": "reported", "value_text": "Ủy ban nhân dân xã An Bình"}}
    (truth / "report.json").write_text(json.dumps({"id": "report", "fields": fields}), "utf-8")
    assert sohoa("run", REPORT, "--out", out).returncode == 0
    answer = sohoa("evaluate", out, "--truth", truth, "--json", tmp_path / "figures.json")
    assert answer.returncode == 0, answer.stderr
    assert json.loads((tmp_path / "figures.json").read_text())["fields"]["right"] == 1
