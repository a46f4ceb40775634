"""What tests of all rooms share."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from multiprocessing.util import get_temp_dir
from pathlib import Path

import pytest

SCANS = Path(__file__).parent / "batch" / "scans"
REFERENCE = Path(__file__).parents[2] / "shared" / "reference"

get_temp_dir()  # where sockets lie: chosen before a test moves the temporary folder, whose name may be too long for one

Sohoa = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def tesseract() -> None:
    """Skip where Tesseract is not installed."""
    if shutil.which("tesseract") is None:
        pytest.skip("Tesseract is not installed")


@pytest.fixture(scope="session")
def reference() -> Path:
    """The folder of reference documents; skip where it is not there."""
    if not REFERENCE.is_dir():
        pytest.skip("the reference documents are not here")
    return REFERENCE


@pytest.fixture
def sohoa() -> Sohoa:
    """The command line in a process of its own; keyword arguments are environment variables."""

    def run(*arguments: object, **environment: str) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "-m", "pipeline.cli.main", *map(str, arguments)]
        env = os.environ | {"COLUMNS": "200"} | environment
        return subprocess.run(command, env=env, capture_output=True, text=True, timeout=300, check=False)

    return run
