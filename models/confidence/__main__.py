"""``make confidence``: gather judged rows, fit the model, say how well it does, write it and its record."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from hashlib import sha256
from multiprocessing import get_context
from pathlib import Path
from typing import Annotated
from zlib import crc32

import typer
from rich.console import Console
from rich.progress import track

from models.confidence.examples import CALIBRATION, Example, examples_of, of_reviewed, of_run, plain_examples
from models.confidence.fit import FOLDS, SEED, fitted, foreseen
from pipeline.batch.options import RunOptions, all_cores
from pipeline.batch.progress import Silent
from pipeline.batch.run import run
from pipeline.confidence.model import FILE, save_model
from pipeline.evaluation.calibration import auroc, expected_calibration_error
from pipeline.extraction.profile import load_profile
from samples.written.make import DIGITAL, make

WEIGHTS = Path(__file__).parent / "weights"
_WORK = Path("out/confidence")
_SCANS = {"train": 60, CALIBRATION: 160}
_WRITTEN = (DIGITAL, "photocopy", "low")
"""How the written reports that nobody works on are delivered: as print, and as two kinds of scan."""
_SCAN_SEED = 61


def main(
    plain: Annotated[int, typer.Option(help="Reports on plain pages for each half of the wordings.")] = 120,
    runs: Annotated[
        list[Path] | None,
        typer.Option(
            "--run",
            metavar="DIR",
            help="Folders with truth/ and run/ instead of scans drawn now; "
            f"those whose names begin with {CALIBRATION} are judged for the curve.",
        ),
    ] = None,
    reviewed: Annotated[
        list[Path] | None,
        typer.Option(metavar="DIR", help="Workspaces whose fields people decided on; learned from besides."),
    ] = None,
    workers: Annotated[int, typer.Option(help="Processes for reports on plain pages.")] = 2,
    out: Annotated[Path, typer.Option(help="Folder of the weights.")] = WEIGHTS,
) -> None:
    """Fit the confidence anew."""
    console, began = Console(), time.perf_counter()
    folders = runs if runs is not None else _drawn(console)
    examples = [
        *_of_plain(plain, workers, console),
        *_of_runs(folders, console),
        *_of_reviewed(reviewed or [], console),
    ]
    record = fit_and_keep(examples, out)
    record["seconds"] = round(time.perf_counter() - began)
    (out / "record.json").write_text(json.dumps(record, indent=1) + "\n", "utf-8")
    console.print_json(data=record)


def fit_and_keep(examples: Sequence[Example], out: Path) -> dict[str, object]:
    """Fit the model on ``examples``, write it to ``out``, and return the record of it."""
    judged = foreseen(examples)
    save_model(fitted(examples), out / FILE)
    chances, right = [chance for chance, _ in judged], [good for _, good in judged]
    return {
        "seed": SEED,
        "documents": len({(one.preset, one.document) for one in examples}),
        "examples": {
            head: {"all": len(own), "wrong": sum(not one.right for one in own)}
            for head in ("stated", "absent", "delegation", "reference")
            if (own := [one for one in examples if one.head == head])
        },
        "unseen": {
            "rows": len(judged),
            "auroc": round(auroc(chances, right), 4),
            "ece": round(expected_calibration_error(chances, right), 4),
        },
        "sha256": sha256((out / FILE).read_bytes()).hexdigest(),
    }


def _of_plain(count: int, workers: int, console: Console) -> Iterator[Example]:
    jobs = [(half, index) for index in range(count) for half in (0, 1)]
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        done = pool.map(plain_examples, jobs, chunksize=10)
        for part in track(done, "Reports on plain pages", total=len(jobs), console=console):
            yield from part


def _drawn(console: Console) -> list[Path]:
    """Return folders of scans with their truth, drawn and read now unless they lie there."""
    folders = []
    for split, count in _SCANS.items():
        folder = _WORK / f"{split}-{_SCAN_SEED}-{count}"
        folders.append(folder)
        if not (folder / "truth").is_dir():
            console.print(f"Drawing {count} reports of {split}")
            command = [sys.executable, "-m", "samples.generator", "--split", split, "--count", str(count)]
            subprocess.run([*command, "--seed", str(_SCAN_SEED), "--out", str(folder)], check=True)
    for preset in _WRITTEN:
        folder = _WORK / f"{CALIBRATION}-held-{preset}"
        folders.append(folder)
        if not (folder / "truth").is_dir():
            make("held", preset, folder, all_cores())
    for folder in folders:
        console.print(f"Reading {folder}")
        run(RunOptions((folder / "scans",), folder / "run", allow_restricted=True), Silent())
    return folders


def _of_runs(folders: Sequence[Path], console: Console) -> Iterator[Example]:
    profile = load_profile("doi_ngoai")
    for folder in folders:
        console.print(f"Understanding {folder}")
        judged = folder.name.startswith(CALIBRATION)
        for read in of_run(folder / "run", folder / "truth", profile):
            # One report delivered in several ways stays in one fold.
            fold = crc32(read.truth.name.encode()) % FOLDS if judged else None
            yield from examples_of(read, fold, profile)


def _of_reviewed(folders: Sequence[Path], console: Console) -> Iterator[Example]:
    profile = load_profile("doi_ngoai")
    for folder in folders:
        console.print(f"What people decided in {folder}")
        for at, read in enumerate(of_reviewed(folder, profile)):
            yield from examples_of(read, at % 2, profile)


if __name__ == "__main__":
    typer.run(main)
