"""The headline figures as a picture."""

from __future__ import annotations

from pathlib import Path

import matplotlib as mpl

mpl.use("Agg")
import matplotlib.pyplot as plt

from benchmarks.accuracy.figures import ALL, Figures
from benchmarks.pictures import keep

_PANELS = (
    ("characters wrong", "Characters wrong, %"),
    ("body right", "Fields of the body right, %"),
    ("letterhead right", "Fields of the letterhead right, %"),
    ("to review", "Rows for review, %"),
)


def plot(figures: Figures, path: Path) -> None:
    """Draw the headline figures by preset with their intervals; the suffix of ``path`` names the format."""
    presets = [preset for preset in figures.presets if preset != ALL]
    fig, axes = plt.subplots(1, len(_PANELS), figsize=(13, 0.5 + 0.38 * len(presets)), sharey=True)
    for axis, (name, title) in zip(axes, _PANELS, strict=True):
        for row, preset in enumerate(presets):
            figure = figures.figure(preset, name)
            if figure is None:
                continue
            axis.plot(
                [100 * figure.low, 100 * figure.high],
                [row, row],
                color="#8899aa",
                lw=3,
                solid_capstyle="round",
            )
            axis.plot(100 * figure.value, row, "o", color="#b03020", ms=6)
            axis.annotate(
                f"{100 * figure.value:.1f}", (100 * figure.value, row), (0, 7), textcoords="offset points",
                ha="center", fontsize=8,
            )  # fmt: skip
        axis.set_title(title, fontsize=10)
        axis.grid(axis="x", color="#dddddd")
        axis.set_axisbelow(True)
        for side in ("top", "right", "left"):
            axis.spines[side].set_visible(False)
    axes[0].set_yticks(range(len(presets)), presets)
    axes[0].set_ylim(len(presets) - 0.5, -0.7)
    keep(fig, path)
