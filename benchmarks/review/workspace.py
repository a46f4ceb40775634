"""A large workspace to review: tables of many invented documents, one scan that stands for all of theirs, and its server."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable
from pathlib import Path

import uvicorn

from benchmarks.batch_cost import synthesise
from benchmarks.synthetic import multiply
from pipeline.batch.options import RunOptions
from pipeline.batch.progress import Silent
from pipeline.batch.run import run
from pipeline.review.desk import Desk
from pipeline.review.pictures import Pictures
from pipeline.review.scans import Scans
from pipeline.review.server import application
from pipeline.review.sessions import Sessions

TEMPLATES = 24
"""Documents that are really extracted; the others are theirs with other places, years and figures."""
SCAN = Path("samples/scans/grey200.pdf")


class _OneScan(Scans):
    def find(self, doc_id: str, sources: Iterable[str]) -> Path:
        return SCAN


class _SharedPictures(Pictures):
    """Draws each document's page from the one scan, as slowly as if it were its own."""

    def __init__(self) -> None:
        super().__init__()
        self._scans = _OneScan()


def build(folder: Path, documents: int, seed: int) -> Path:
    """Return a workspace in ``folder`` with the tables of so many documents; nothing is read for it."""
    scans = folder / "scans"
    scans.mkdir()
    options = RunOptions((scans,), folder / "templates", workers=1)
    synthesise(TEMPLATES, scans, options)
    run(options, Silent())
    out = folder / "out"
    multiply(options.out, out, documents, seed)
    return out


def serve(root: Path, port: int) -> None:
    """Serve the review page of ``root`` at ``port`` until it is ended; prints what opening it took, then its token."""
    began = time.monotonic()
    desk = Desk(root, "doi_ngoai", _SharedPictures())
    desk.follow()
    sessions = Sessions("benchmark")
    print(f"{time.monotonic() - began:.3f} {sessions.token}", flush=True)
    app = application(desk, sessions, frozenset({f"127.0.0.1:{port}"}))
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="error", access_log=False)


if __name__ == "__main__":
    serve(Path(sys.argv[1]), int(sys.argv[2]))
