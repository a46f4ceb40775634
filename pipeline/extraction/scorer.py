"""A linear scorer: what its features weigh for each of several classes, kept as plain numbers.

Class c scores bias[c] plus the sum of its features' weights over the root of their number; the scores become
probabilities by softmax. Features are strings, kept by their hash; what any of them weighs can be looked up
(:meth:`Scorer.weight`). The recipe is in ``models/scorer``.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from pipeline.weights import weights_of

BITS = 18
_SPREAD = np.uint32(2654435761)  # Knuth's multiplicative hashing


def rows_of(unit: str, features: Sequence[str]) -> NDArray[np.uint32]:
    """Return the rows of the features, each alone and each together with ``unit``; sorted, none twice."""
    base = np.fromiter((crc32(f.encode()) for f in features), np.uint32, len(features))
    joint = base ^ np.uint32(crc32(b"unit|" + unit.encode()))
    own = np.array([crc32(b"U:" + unit.encode())], np.uint32)
    return np.unique((np.concatenate((own, base, joint)) * _SPREAD) >> np.uint32(32 - BITS))


@dataclass(frozen=True)
class Scorer:
    """Weights as small integers: ``weights`` (2**BITS, classes) int8, in steps of ``scale`` (classes,)."""

    classes: tuple[str, ...]
    weights: NDArray[np.int8]
    scale: NDArray[np.float32]
    bias: NDArray[np.float32]

    def scores(self, unit: str, features: Sequence[str]) -> NDArray[np.float32]:
        """Return the probability of each class; they sum to 1."""
        return self.of_rows(rows_of(unit, features))

    def of_rows(self, rows: NDArray[np.uint32]) -> NDArray[np.float32]:
        """Return the probability of each class for the features kept in ``rows``."""
        total = self.weights[rows].sum(axis=0, dtype=np.int32) * self.scale
        margin = self.bias + total / np.float32(np.sqrt(max(1, len(rows))))
        raised = np.exp(margin - margin.max())
        shares: NDArray[np.float32] = (raised / raised.sum()).astype(np.float32)
        return shares

    def weight(self, unit: str, feature: str, name: str) -> float:
        """Return what ``feature`` weighs for class ``name``, alone and together with ``unit``."""
        column = self.classes.index(name)
        rows = np.setdiff1d(rows_of(unit, [feature]), rows_of(unit, []))
        return float(self.weights[rows, column].sum() * self.scale[column])


@cache
def load_scorer(name: str) -> Scorer | None:
    """Return the scorer ``name`` ("doi_ngoai.figures"), or None where none ships: a profile need not have one."""
    try:
        folder: Path = weights_of("scorer")
    except FileNotFoundError:
        return None
    path = folder / f"{name}.npz"
    if not path.is_file():
        return None
    with np.load(path, allow_pickle=False) as stored:
        classes = tuple(json.loads(str(stored["classes"])))
        return Scorer(classes, stored["weights"], stored["scale"], stored["bias"])
