"""How the pictures of the benchmarks are kept."""

from __future__ import annotations

from pathlib import Path

import matplotlib as mpl

mpl.use("Agg")
import matplotlib.pyplot as plt
from matplotlib.figure import Figure


def keep(figure: Figure, path: Path) -> None:
    """Write ``figure`` to ``path``, the same bytes for the same figure, and forget it."""
    figure.tight_layout()
    figure.savefig(path, dpi=110, metadata={"Software": None} if path.suffix == ".png" else None)
    plt.close(figure)
