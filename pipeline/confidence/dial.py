"""The dial: how sure a row must be to be accepted unseen, so that what is accepted is as right as asked for.

The share of right rows among accepted ones is expected to be the mean of their probabilities. The threshold is the lowest
at which that mean still reaches the target, over the very rows of the run: a run over poor photocopies sends more to
review than one over clean scans. Two things are not traded away: no row below :data:`FLOOR` is accepted, however
sure all others are, and what a person must see (handwriting, contradictions, failed checks, the illegible) is
always shown; those rows count for nothing on the accepted side.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

TARGET = 0.995
"""Share of right rows among accepted ones that a run aims at where nobody says otherwise."""

FLOOR = 0.9
"""No row less sure than this is accepted unseen: a mean over many sure rows would hide that it may well be wrong."""

SECONDS_A_ROW = 6.0
"""What a look at one row is taken to cost while the trail tells of too few: page, crop and value side by side."""

STEPS = 10_000
"""Confidences have four decimals in the tables; between two of them no threshold matters."""
NEVER = 1.0 + 1 / STEPS
"""A threshold that no row reaches."""


@dataclass
class Spread:
    """How many rows have which confidence, in steps of 1/:data:`STEPS`; ``shown`` counts those that must be shown."""

    counts: NDArray[np.int64] = field(default_factory=lambda: np.zeros(STEPS + 1, np.int64))
    shown: int = 0

    def add(self, confidence: float, *, must_show: bool) -> None:
        """Count one row."""
        if must_show:
            self.shown += 1
        else:
            self.counts[round(confidence * STEPS)] += 1

    @property
    def rows(self) -> int:
        """All rows counted."""
        return int(self.counts.sum()) + self.shown


@dataclass(frozen=True)
class Dial:
    """Where the dial stands: rows from ``threshold`` on are accepted.

    ``expected`` is the share of right rows expected among the accepted, ``review`` counts rows for a person, of ``rows``.
    """

    target: float
    threshold: float
    expected: float
    review: int
    rows: int


def set_dial(spread: Spread, target: float) -> Dial:
    """Return the dial for ``target`` (0..1) over the rows of ``spread``."""
    steps = np.arange(STEPS, -1, -1)
    counts = spread.counts[::-1]
    accepted = counts.cumsum()
    right = (counts * steps / STEPS).cumsum()
    # Whole numbers, so that equal sums in another order give the same threshold.
    enough = (counts * steps).cumsum() >= np.ceil(target * STEPS * accepted - 1e-6)
    fit = enough & (accepted > 0) & (steps >= FLOOR * STEPS)
    if not fit.any():
        return Dial(target, NEVER, 1.0, spread.rows, spread.rows)
    last = int(np.flatnonzero(fit & (counts > 0)).max())
    taken = int(accepted[last])
    threshold = float(steps[last] / STEPS)
    return Dial(target, threshold, float(right[last] / taken), spread.rows - taken, spread.rows)


def minutes_for(rows: int, seconds: Iterable[float]) -> tuple[float, bool]:
    """Return the minutes that a look at ``rows`` rows takes, and whether that is measured.

    ``seconds`` are what people took for single rows; their median counts from :data:`_ENOUGH` of them on.
    """
    told = sorted(second for second in seconds if second > 0)
    measured = len(told) >= _ENOUGH
    each = float(np.median(told)) if measured else SECONDS_A_ROW
    return rows * each / 60, measured


_ENOUGH = 20
