"""Whole runs on a machine that fails: a stand-in for Tesseract that can be told to, and scans that cost little."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

REAL = shutil.which("tesseract") or ""

_SCRIPT = """#!/bin/sh
case "$*" in *--version*|*--list-langs*|*--print-parameters*) exec {real} "$@";; esac
echo "$$" >> {calls}
{body}
"""

WELL = r"""
size=$(head -n 2 "$1" | tail -n 1); height=${size#* }
{ printf 'level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n'
  row=0
  for line in "ỦY BAN NHÂN DÂN" "XÃ AN BÌNH" "Số: $height/BC-UBND" "An Bình, ngày 12 tháng 3 năm 2021" "BÁO CÁO" \
    "Kết quả công tác đối ngoại năm 2020" "1. Đoàn ra: 02 đoàn với $height lượt người đi Nhật Bản." "2. Đoàn vào: 03 đoàn"
  do row=$((row + 1)); left=20
    for word in $line; do
      printf '5\t1\t%d\t1\t1\t1\t%d\t%d\t%d\t14\t91\t%s\n' $row $left $((row * 30)) 40 "$word"; left=$((left + 46))
    done
  done; } > "$2.tsv"
"""
"""What a healthy one says of any page, with a figure that is the page's own: its height."""


@dataclass(frozen=True)
class Machine:
    """A place to run in: scans, an output folder, and a Tesseract that does what it is told."""

    root: Path
    scans: Path

    @property
    def out(self) -> Path:
        return self.root / "out"

    @property
    def calls(self) -> int:
        """How often Tesseract was asked to read."""
        counted = self.root / "calls"
        return len(counted.read_text().splitlines()) if counted.exists() else 0

    def tesseract(self, body: str) -> None:
        """Have Tesseract carry out the shell code ``body`` for each page."""
        script = self.root / "bin" / "tesseract"
        script.parent.mkdir(exist_ok=True)
        fresh = script.with_name(".tesseract")
        fresh.write_text(_SCRIPT.format(real=REAL, calls=self.root / "calls", body=body))
        fresh.chmod(0o755)
        fresh.replace(script)

    @property
    def environment(self) -> dict[str, str]:
        return os.environ | {"PATH": f"{self.root / 'bin'}:{os.environ['PATH']}", "COLUMNS": "200"}

    def command(self, *arguments: object) -> list[str]:
        return [sys.executable, "-m", "pipeline.cli.main", *map(str, arguments)]

    def sohoa(self, *arguments: object, timeout: float = 240) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            self.command(*arguments),
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )

    def run(self, *more: object, out: Path | None = None) -> "subprocess.CompletedProcess[str]":
        """Run over all scans with one worker."""
        return self.sohoa("run", self.scans, "--out", out or self.out, "--workers", 1, *more)


def tables(out: Path) -> dict[str, bytes]:
    """The bytes of every file of a dataset."""
    return {path.name: path.read_bytes() for path in sorted((out / "dataset").iterdir())}


def draw_scan(path: Path, number: int) -> None:
    """Draw a page of a few lines; its height is its own."""
    page = Image.new("L", (420, 400 + number), 255)
    draw = ImageDraw.Draw(page)
    for row in range(1, 9):
        for word in range(7):
            draw.rectangle((20 + 46 * word, 30 * row, 58 + 46 * word - row, 30 * row + 9), fill=20)
    page.save(path, dpi=(100, 100))


MakeMachine = Callable[[int], Machine]


@pytest.fixture
def machine(tmp_path: Path) -> MakeMachine:
    """A healthy machine with so many scans, each of one page."""
    if not REAL:
        pytest.skip("Tesseract is not installed")

    def make(scans: int) -> Machine:
        made = Machine(tmp_path, tmp_path / "scans")
        made.scans.mkdir()
        for number in range(scans):
            draw_scan(made.scans / f"{number:03}.png", number)
        made.tesseract(WELL)
        return made

    return make
