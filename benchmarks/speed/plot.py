"""Speed against errors as a picture: fast and right is at the lower right."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import matplotlib as mpl

mpl.use("Agg")
import matplotlib.pyplot as plt

from benchmarks.pictures import keep
from pipeline.reading.names import READERS


def plot(points: Sequence[tuple[str, float, float]], path: Path) -> None:
    """Draw a point for each (tool, pages a second, characters wrong in per cent)."""
    fig, axis = plt.subplots(figsize=(7, 4.2))
    for tool, speed, wrong in points:
        own = tool in READERS
        axis.plot(speed, wrong, "o" if own else "s", color="#b03020" if own else "#556677", ms=8)
        axis.annotate(
            f"sohoa: {tool}" if own else tool, (speed, wrong), (7, 5), textcoords="offset points", fontsize=9
        )
    axis.set_xlabel("pages a second, all cores")
    axis.set_ylabel("characters wrong, %")
    axis.set_xlim(0, 1.25 * max(speed for _, speed, _ in points))
    axis.set_ylim(0, 1.2 * max(wrong for _, _, wrong in points))
    axis.grid(color="#dddddd")
    axis.set_axisbelow(True)
    for side in ("top", "right"):
        axis.spines[side].set_visible(False)
    keep(fig, path)
