"""``make consensus``: fit what the confidences are worth on scans of the train split, and say how well it works on dev."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

from models.consensus.examples import Example, examples_of
from pipeline.reading.alignment import (
    FILE,
    disputes,
    features_agreed,
    features_alone,
    features_disputed,
    part,
    shipped_calibration,
    text_of,
)
from pipeline.reading.line_reader import LineReader
from pipeline.reading.names import weights_hash

Floats = NDArray[np.float64]

WEIGHTS = Path(__file__).parent / "weights"
_SEED = 20_260
_PRESETS = ("clean300", "grey200", "fax", "low", "photocopy", "yellowed", "phone", "hard")
_RIDGE = 1e-3
_DOUBTFUL = 0.9


def main() -> None:
    """Generate, read, fit, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=48, help="reports of the train split")
    parser.add_argument("--scans", type=Path, help="use these generated scans instead of drawing some")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        scans = asked.scans or _drawn(Path(folder) / "train", asked.count)
        worth = replace(shipped_calibration(), doubtful=_DOUBTFUL)
        examples = list(examples_of(scans, LineReader(), worth))
    WEIGHTS.mkdir(exist_ok=True)
    (WEIGHTS / FILE).write_text(json.dumps(fitted(examples), indent=1, ensure_ascii=False) + "\n", "utf-8")


def _drawn(folder: Path, count: int) -> Path:
    presets = [word for preset in _PRESETS for word in ("--preset", preset)]
    command = [sys.executable, "-m", "samples.generator", "--count", str(count), "--seed", str(_SEED)]
    subprocess.run([*command, "--split", "train", "--out", str(folder), *presets], check=True)
    return folder


def fitted(examples: Sequence[Example]) -> dict[str, object]:
    """Return the contents of the calibration file."""
    alone: list[tuple[tuple[float, ...], bool]] = []
    agreed: list[tuple[tuple[float, ...], bool]] = []
    disputed: list[tuple[tuple[float, ...], bool]] = []
    for example in examples:
        read, truth = example.read, example.truth
        right = _right(read.text, truth)
        alone += [
            (features_alone(sure, letter), good)
            for letter, sure, good in zip(read.text, read.confidences, right, strict=True)
        ]
        before = Levenshtein.distance(read.text, truth)
        for stretch in example.again:
            first = part(read, stretch.begin, stretch.end)
            second, sure = text_of(stretch.words)
            if not second:
                continue
            agreed += [
                (features_agreed(first.confidences[i], sure[j], first.text[i]), right[stretch.begin + i])
                for i, j in _alike(first.text, second)
            ]
            for dispute in disputes(first.text, second):
                begin, end = stretch.begin + dispute.begin, stretch.begin + dispute.end
                other = second[dispute.other_begin : dispute.other_end]
                after = Levenshtein.distance(read.text[:begin] + other + read.text[end:], truth)
                if after != before:
                    disputed.append((features_disputed(first, second, sure, dispute), after < before))
    return {
        "alone": logistic(alone),
        "agreed": logistic(agreed),
        "disputed": logistic(disputed),
        "doubtful": _DOUBTFUL,
        "made_from": {
            "split": "train",
            "seed": _SEED,
            "lines": len(examples),
            "letters": len(alone),
            "disputes": len(disputed),
            "tesseract_right_in_disputes": round(
                sum(good for _, good in disputed) / max(1, len(disputed)), 4
            ),
            "reader_weights": weights_hash("reader"),
        },
    }


def _right(text: str, truth: str) -> list[bool]:
    """Return for each letter of ``text`` whether it is right; one beside which a letter was lost is not."""
    right = [True] * len(text)
    for edit in Levenshtein.opcodes(text, truth):
        if edit.tag == "insert" and text:
            right[min(edit.src_start, len(text) - 1)] = False
        elif edit.tag != "equal":
            right[edit.src_start : edit.src_end] = [False] * (edit.src_end - edit.src_start)
    return right


def _alike(text: str, other: str) -> list[tuple[int, int]]:
    return [
        (edit.src_start + k, edit.dest_start + k)
        for edit in Levenshtein.opcodes(text, other)
        if edit.tag == "equal"
        for k in range(edit.src_end - edit.src_start)
    ]


def logistic(rows: Sequence[tuple[tuple[float, ...], bool]], rounds: int = 30) -> list[float]:
    """Return the coefficients (the constant first) of the logistic regression on ``rows``, by Newton's method."""
    x: Floats = np.array([(1.0, *features) for features, _ in rows])
    y: Floats = np.array([float(good) for _, good in rows])
    found = np.zeros(x.shape[1])
    ridge = _RIDGE * len(y) * np.eye(x.shape[1]) / 10
    ridge[0, 0] = 1e-9
    for _ in range(rounds):
        chance = 1 / (1 + np.exp(-np.clip(x @ found, -30, 30)))
        weight = np.maximum(chance * (1 - chance), 1e-9)
        step = np.linalg.solve((x * weight[:, None]).T @ x + ridge, x.T @ (y - chance) - ridge @ found)
        found += step
        if np.abs(step).max() < 1e-6:
            break
    return [round(float(value), 5) for value in found]


if __name__ == "__main__":
    main()
