"""Whether ink runs all along a straight line: what tells a rule from letters that stand above one another."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Mask = npt.NDArray[np.uint8]

_PIECE = 40
"""Pixels (at 150 dpi 7 mm) in which a line is straight, however the paper was bent, and letters leave some white."""
_DRIFT = 3
"""Pixels by which a piece of a rule may lie beside its line."""


def covered(ink: Mask, at: float, start: float, end: float, drift: int = _DRIFT) -> float:
    """Return the share (0..1) of the row ``at`` of ``ink`` from column ``start`` to ``end`` that bears ink.

    Piece by piece the best row nearby counts, with those next to it: rules may wander. 0 for an empty stretch.
    """
    first, last, middle = max(0, round(start)), min(ink.shape[1], round(end)), round(at)
    top = middle - drift - 1
    band = ink[max(0, top) : middle + drift + 2, first:last]
    if band.shape[0] < 3 or band.shape[1] == 0:
        return 0.0
    thick = band[:-2] | band[1:-1] | band[2:]
    inked = [int(thick[:, x : x + _PIECE].sum(axis=1).max()) for x in range(0, thick.shape[1], _PIECE)]
    return float(sum(inked) / band.shape[1])
