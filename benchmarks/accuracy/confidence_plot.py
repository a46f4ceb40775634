"""What the confidence is worth as a picture: reliability, and risk against coverage."""

from __future__ import annotations

from pathlib import Path

import matplotlib as mpl

mpl.use("Agg")
import matplotlib.pyplot as plt

from benchmarks.accuracy.figures import ALL, Figures
from benchmarks.pictures import keep
from pipeline.evaluation.calibration import reliability, risk_coverage

_GROUPS = {
    "clean (digital, clean300, grey200)": ("digital", "clean300", "grey200"),
    "photocopy": ("photocopy",),
    "all": (ALL,),
}
_COLOURS = ("#2a8c82", "#c07a1e", "#12446b")
_MOST_RISK = 0.1


def plot_confidence(figures: Figures, path: Path) -> None:
    """Draw both curves over the rows of ``figures``; the suffix of ``path`` names the format."""
    fig, (left, right) = plt.subplots(1, 2, figsize=(11, 4.6))
    bins = reliability(*figures.judged(ALL))
    left.plot([0, 1], [0, 1], color="#b9c2cb", lw=1, ls="--")
    left.plot([one.confidence for one in bins], [one.right for one in bins], "o-", color=_COLOURS[-1], ms=4)
    for one in bins:
        left.annotate(
            str(one.rows), (one.confidence, one.right), (4, -11), textcoords="offset points", fontsize=7
        )
    left.set_xlabel("Confidence")
    left.set_ylabel("Share of rows that are right")
    left.set_title("Reliability (rows of each bin beside it)", fontsize=10)
    for (name, presets), colour in zip(_GROUPS.items(), _COLOURS, strict=True):
        judged = [row for preset in presets for row in zip(*figures.judged(preset), strict=True)]
        curve = risk_coverage([sure for sure, _ in judged], [good for _, good in judged])
        right.plot([100 * at for at, _ in curve], [100 * risk for _, risk in curve], color=colour, label=name)
    right.set_ylim(0, 100 * _MOST_RISK)
    right.set_xlim(0, 100)
    right.set_xlabel("Rows accepted, %")
    right.set_ylabel("Wrong among them, %")
    right.set_title("Risk against coverage", fontsize=10)
    right.legend(fontsize=8)
    for axis in (left, right):
        axis.grid(color="#e6eaee")
        axis.set_axisbelow(True)
        for side in ("top", "right"):
            axis.spines[side].set_visible(False)
    keep(fig, path)
