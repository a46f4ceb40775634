"""Whether a confidence means what it says: calibration error, reliability, ranking, and risk against coverage.

Sources: expected calibration error and reliability diagrams, Guo et al., On Calibration of Modern Neural Networks (ICML
2017); the area under the ROC curve as the chance that a right row is surer than a wrong one, Hanley and McNeil (1982);
risk against coverage, El-Yaniv and Wiener (JMLR 2010).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

BINS = 15
"""Bins of equal width of the calibration error, as many as Guo et al. use."""


@dataclass(frozen=True)
class Bin:
    """Rows of like confidence: how many, their mean confidence, and the share of them that is right."""

    rows: int
    confidence: float
    right: float


def reliability(confidences: Sequence[float], right: Sequence[bool], bins: int = BINS) -> list[Bin]:
    """Return the bins of equal width, from low to high, that hold rows."""
    sure, good = np.asarray(confidences, float), np.asarray(right, float)
    at = np.minimum((sure * bins).astype(int), bins - 1)
    return [
        Bin(int((at == one).sum()), float(sure[at == one].mean()), float(good[at == one].mean()))
        for one in np.unique(at)
    ]


def expected_calibration_error(
    confidences: Sequence[float], right: Sequence[bool], bins: int = BINS
) -> float:
    """Return the mean distance of confidence and share of right rows over the bins, weighed by rows; 0 without rows."""
    if not len(confidences):
        return 0.0
    parts = reliability(confidences, right, bins)
    return sum(one.rows * abs(one.confidence - one.right) for one in parts) / len(confidences)


def auroc(confidences: Sequence[float], right: Sequence[bool]) -> float:
    """Return the chance that a right row is surer than a wrong one, ties counting half; 1 where none is wrong or right."""
    sure, good = np.asarray(confidences, float), np.asarray(right, bool)
    positive, negative = int(good.sum()), int((~good).sum())
    if not positive or not negative:
        return 1.0
    _, place, counts = np.unique(sure, return_inverse=True, return_counts=True)
    below = np.concatenate(([0], counts.cumsum()[:-1]))
    rank = (below + (counts + 1) / 2)[place]
    return float((rank[good].sum() - positive * (positive + 1) / 2) / (positive * negative))


def risk_coverage(confidences: Sequence[float], right: Sequence[bool]) -> list[tuple[float, float]]:
    """Return (share of rows accepted, share of these that is wrong) as the threshold falls; equal rows go together."""
    sure, good = np.asarray(confidences, float), np.asarray(right, bool)
    order = np.argsort(-sure, kind="stable")
    wrong = (~good[order]).cumsum()
    if not len(order):
        return []
    last = np.append(np.flatnonzero(np.diff(sure[order])), len(order) - 1)
    return [(float((at + 1) / len(order)), float(wrong[at] / (at + 1))) for at in last]
