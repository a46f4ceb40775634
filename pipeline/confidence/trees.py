"""Boosted trees as plain arrays: their sum is the log-odds that something is right (Friedman 2001)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Whole = NDArray[np.int32]


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
        if not len(self.roots):
            return np.full(len(rows), self.offset)
        at = np.broadcast_to(self.roots, (len(rows), len(self.roots)))
        each = np.arange(len(rows))[:, None]
        for _ in range(self.depth):
            at = np.where(rows[each, self.feature[at]] <= self.threshold[at], self.left[at], self.right[at])
        total: Floats = self.value[at].sum(axis=1) + self.offset
        return total


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
