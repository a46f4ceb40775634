"""Boosted trees as plain arrays: their sum is the log-odds that something is right (Friedman 2001)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Whole = NDArray[np.int32]
Indices = NDArray[np.intp]


@dataclass(frozen=True)
class Trees:
    """All nodes of all trees one after the other; ``roots`` are where trees begin.

    A node asks whether ``feature`` is at most ``threshold``: then on to ``left``, else to ``right``. A leaf leads to
    itself and adds ``value``; ``depth`` questions reach every leaf.
    """

    roots: Whole
    feature: Whole
    threshold: Floats
    left: Whole
    right: Whole
    value: Floats
    offset: float
    depth: int

    def log_odds(self, rows: Floats) -> Floats:
        """Return the log-odds (n,) of rows (n, features)."""
        return self.summed(self.parts(rows))

    def summed(self, parts: Floats) -> Floats:
        """Return the log-odds (n,) that the trees' parts (n, trees) amount to."""
        total: Floats = parts.sum(axis=1) + self.offset
        return total

    def parts(self, rows: Floats) -> Floats:
        """Return what each tree adds for each of rows (n, features): (n, trees)."""
        shape = len(rows), len(self.roots)
        which, trees = np.indices(shape)
        return self.parts_of(rows, which.ravel(), trees.ravel()).reshape(shape)

    def parts_of(self, rows: Floats, which: Indices, trees: Indices) -> Floats:
        """Return what tree ``trees[i]`` adds for row ``which[i]`` of rows (n, features), for every i: (i,)."""
        held, begins = rows.ravel(), which * rows.shape[1]
        feature, children = self._flat
        at = self.roots.take(trees).astype(np.intp)
        for _ in range(self.depth):
            high = held.take(begins + feature.take(at)) > self.threshold.take(at)
            at = children.take(2 * at + high)
        found: Floats = self.value.take(at)
        return found

    def asking(self, features: Sequence[int]) -> Indices:
        """Return the trees that ask about one of ``features``."""
        inner = self.left != np.arange(len(self.left))
        asks = np.flatnonzero(np.isin(self.feature, features) & inner)
        found: Indices = np.unique(np.searchsorted(self.roots, asks, "right") - 1)
        return found

    @cached_property
    def _flat(self) -> tuple[Indices, Indices]:
        """The features asked about, and the node after each answer: that of "at most" before that of "more"."""
        return self.feature.astype(np.intp), np.stack([self.left, self.right], axis=1).astype(np.intp).ravel()


def joined(trees: Sequence[Trees]) -> Trees:
    """Return several ensembles over the same features as one, whose log-odds are the mean of theirs."""
    sizes = np.cumsum([0, *(len(one.feature) for one in trees)])[:-1]
    share = 1 / len(trees)

    def moved(name: str) -> Whole:
        return np.concatenate(
            [getattr(one, name) + shift for one, shift in zip(trees, sizes, strict=True)]
        ).astype(np.int32)

    return Trees(
        roots=moved("roots"),
        feature=np.concatenate([one.feature for one in trees]),
        threshold=np.concatenate([one.threshold for one in trees]),
        left=moved("left"),
        right=moved("right"),
        value=np.concatenate([one.value * share for one in trees]),
        offset=sum(one.offset for one in trees) * share,
        depth=max(one.depth for one in trees),
    )
