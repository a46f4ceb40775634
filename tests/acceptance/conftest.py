"""The run over the reference documents, shared by the tests that look at it."""

from __future__ import annotations

import fcntl
import os
import pickle
from pathlib import Path

import pytest

from tests.acceptance.finished import Finished, finish


@pytest.fixture(scope="session")
def reference_run(tmp_path_factory: pytest.TempPathFactory, reference: Path, tesseract: None) -> Finished:
    """One run over the scans of the reference, also where pytest works in several processes."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    done = shared / "reference.pickle"
    with (shared / "reference.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # whoever comes second waits for the first
        if not done.exists():
            scans = [
                *sorted((reference / "nga-son-2019").glob("*.pdf")),
                *sorted((reference / "real").glob("*.pdf")),
            ]
            finished = finish(shared / "reference", [scan for scan in scans if scan.stem != "digital"])
            done.write_bytes(pickle.dumps(finished))
        loaded: Finished = pickle.loads(done.read_bytes())
    return loaded
