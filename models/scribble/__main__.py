"""``make scribble``: learn from scans of the train split what a scribble looks like; measure on dev."""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from models.grown_trees import as_arrays
from models.scribble.examples import Examples, documents_of, examples_of
from pipeline.batch.options import all_cores
from pipeline.reading.names import DEFAULT_READER, READERS
from pipeline.reading.scribble import DROPPED_BELOW, FEATURES, FILE, save_trees
from pipeline.trees import Trees

WEIGHTS = Path(__file__).parent / "weights"
SEED = 20_261
_OTHERS = 3
_TREES, _RATE, _LEAVES, _LEAST, _RIDGE = 150, 0.1, 12, 20, 1.0


def main() -> None:
    """Draw, read, fit, write, measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=120, help="reports of the train split")
    parser.add_argument("--dev", type=int, default=40, help="reports of the dev split, to measure")
    parser.add_argument("--work", type=Path, help="where drawn scans are kept")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        work = asked.work or Path(folder)
        trees = fitted(read(drawn(work, "train", asked.count), READERS))
        save_trees(trees, WEIGHTS / FILE)
        for reader in READERS:
            print(f"{reader}: {measured(trees, read(drawn(work, 'dev', asked.dev), [reader]))}")


def drawn(work: Path, split: str, count: int) -> Path:
    """Return the folder of ``count`` generated scans of ``split``, drawn unless they are there."""
    out = work / f"{split}-{SEED}-{count}"
    if not out.exists():
        command = [sys.executable, "-m", "samples.generator", "--count", str(count), "--seed", str(SEED)]
        subprocess.run([*command, "--split", split, "--out", str(out)], check=True)
    return out


def read(scans: Path, readers: Sequence[str]) -> Examples:
    """Return the words of the scans as ``readers`` see them; of several, those beside the default see every third scan."""
    jobs = [
        (scans, at, reader)
        for at in range(len(documents_of(scans)))
        for reader in readers
        if reader == DEFAULT_READER or len(readers) == 1 or at % _OTHERS == 0
    ]
    with ProcessPoolExecutor(all_cores()) as pool:
        parts = [part for found in pool.map(_read, jobs) for part in found]
    return Examples(
        np.concatenate([part.rows for part in parts]),
        np.concatenate([part.printed for part in parts]),
        tuple(text for part in parts for text in part.texts),
    )


def _read(job: tuple[Path, int, str]) -> list[Examples]:
    scans, at, reader = job
    document, truth = documents_of(scans)[at]
    return list(examples_of(document, truth, reader))


def fitted(examples: Examples) -> Trees:
    """Return trees grown on ``examples``; the same ones give the same."""
    model = HistGradientBoostingClassifier(
        max_iter=_TREES,
        learning_rate=_RATE,
        max_leaf_nodes=_LEAVES,
        min_samples_leaf=_LEAST,
        l2_regularization=_RIDGE,
        monotonic_cst=[1 if name == "confidence" else 0 for name in FEATURES],
        early_stopping=False,
        random_state=SEED,
    )
    model.fit(examples.rows, examples.printed)
    return as_arrays(model)


def measured(trees: Trees, examples: Examples) -> str:
    """Say how many scribbles go, and how many printed words with them."""
    gone = 1 / (1 + np.exp(-trees.log_odds(examples.rows))) < DROPPED_BELOW
    lost = [text for text, away in zip(examples.texts, gone & examples.printed, strict=True) if away]
    return (
        f"{(gone & ~examples.printed).sum()} of {(~examples.printed).sum()} scribbles left out, "
        f"{len(lost)} of {examples.printed.sum()} printed words with them: {' '.join(lost)}"
    )


if __name__ == "__main__":
    main()
