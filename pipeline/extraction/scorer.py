"""A linear scorer: what its features weigh for each of several classes, kept as plain numbers.

Class c scores bias[c] plus the sum of its features' weights over the root of their number; the scores become
probabilities by softmax. Features are strings, kept by their hash; what any of them weighs can be looked up
(:meth:`Scorer.weight`). The recipe is in ``models/scorer``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from pipeline.weights import weights_of

BITS = 18
_SPREAD = np.uint32(2654435761)  # Knuth's multiplicative hashing


Rows = NDArray[np.uint32]
"""The rows of the weights that one example's features are kept in; sorted, none twice, at least one."""

NO_FEATURE = -1
"""Stands in a table of hashes where an example has no feature."""

_AT_ONCE = 1 << 15
"""So many rows at most are weighed in one go, a few megabytes."""


def hashes_of(features: Iterable[str]) -> list[int]:
    """Return the hash of each feature. CRC-32 goes on where it stopped: that of "B:" begun, "doan" gives "B:doan"."""
    return [crc32(feature.encode()) for feature in features]


def rows_of(unit: str, features: Iterable[str]) -> Rows:
    """Return the rows of the features, each alone and each together with ``unit``."""
    base = np.array(hashes_of(features), np.uint32)
    own, joined = _of_unit(unit)
    rows = np.sort(np.concatenate(([own], _kept(base), _kept(base ^ joined))))
    return rows[np.concatenate(([True], rows[1:] != rows[:-1]))]


def rows_of_table(unit: str, hashes: NDArray[np.int64]) -> list[Rows]:
    """Return the rows of many examples: ``hashes`` (examples, features) are as of :func:`hashes_of`, or NO_FEATURE."""
    own, joined = _of_unit(unit)
    base = hashes.astype(np.uint32)
    rows = np.concatenate((_kept(base), _kept(base ^ joined)), axis=1)
    rows[np.tile(hashes == NO_FEATURE, 2)] = own
    rows = np.concatenate((np.full((len(rows), 1), own), rows), axis=1)
    rows.sort(axis=1)
    first = np.concatenate((np.full((len(rows), 1), True), rows[:, 1:] != rows[:, :-1]), axis=1)
    kept, ends = rows[first], first.sum(axis=1).cumsum().tolist()
    return [kept[begin:end] for begin, end in pairwise((0, *ends))]


@lru_cache(maxsize=256)  # few things are counted
def _of_unit(unit: str) -> tuple[np.uint32, np.uint32]:
    """Return the row that the unit has by itself, and what it turns a feature's hash with."""
    own = np.array([crc32(b"U:" + unit.encode())], np.uint32)
    return _kept(own)[0], np.uint32(crc32(b"unit|" + unit.encode()))


def _kept(hashes: Rows) -> Rows:
    return (hashes * _SPREAD) >> np.uint32(32 - BITS)


@dataclass(frozen=True)
class Scorer:
    """Weights as small integers: ``weights`` (2**BITS, classes) int8, in steps of ``scale`` (classes,)."""

    classes: tuple[str, ...]
    weights: NDArray[np.int8]
    scale: NDArray[np.float32]
    bias: NDArray[np.float32]

    def scores(self, unit: str, features: Iterable[str]) -> NDArray[np.float32]:
        """Return the probability of each class; they sum to 1."""
        shares: NDArray[np.float32] = self.of_rows([rows_of(unit, features)])[0]
        return shares

    def of_rows(self, examples: Sequence[Rows]) -> NDArray[np.float32]:
        """Return the probability (examples, classes) of each class for each example."""
        lengths = np.array([len(rows) for rows in examples], np.int64)
        ends = lengths.cumsum()
        if len(examples) > 1 and ends[-1] > _AT_ONCE:
            half = len(examples) // 2
            found: NDArray[np.float32] = np.concatenate(
                (self.of_rows(examples[:half]), self.of_rows(examples[half:]))
            )
            return found
        if not examples:
            return np.empty((0, len(self.classes)), np.float32)
        near = self.weights.take(np.concatenate(examples), axis=0)
        margin = np.add.reduceat(near, ends - lengths, axis=0, dtype=np.int32) * self.scale
        margin /= np.sqrt(lengths).astype(np.float32)[:, None]
        margin += self.bias
        margin -= margin.max(axis=1, keepdims=True)
        np.exp(margin, out=margin)
        margin /= margin.sum(axis=1, keepdims=True)
        shares: NDArray[np.float32] = margin.astype(np.float32)
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
