"""Connected pieces of ink on a page: letters, marks, dots, and what is no print."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.cleaning.components import Labels, components
from pipeline.cleaning.ink import Grey
from pipeline.cleaning.runs import long_runs

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]
_INK_BELOW = 180
"""At half the size a thin stroke is greyer than print at full size."""
_USUAL_X_MM = 2.2
"""Height of the "x" of 13.5 pt, in mm; assumed where there is too little to measure."""
_X_MM = (1.2, 4.2)
"""From 7 pt print to 26 pt titles."""
_RULE_MM = 12.0


@dataclass(frozen=True, eq=False)
class Pieces:
    """Connected pieces of ink: bounding boxes, ends excluded, and the picture of their labels (0 is paper)."""

    x0: Floats
    y0: Floats
    x1: Floats
    y1: Floats
    area: Floats
    labels: Labels


def pieces_of(grey: Grey, per_mm: float) -> tuple[Pieces, npt.NDArray[np.uint8]]:
    """Return the connected pieces of ink without long rules, and the ink of those that may be print, 0 or 255."""
    ink = np.asarray(cv2.threshold(grey, _INK_BELOW, 255, cv2.THRESH_BINARY_INV)[1], np.uint8)
    long = max(8, round(_RULE_MM * per_mm))
    # A rule that sinks by a pixel now and then is seen in ink that is a little thickened.
    for across in (True, False):
        thick = cv2.dilate(ink, np.ones((3, 1) if across else (1, 3), np.uint8))
        rules = long_runs(np.asarray(thick, np.uint8), long, across)
        if rules.any():
            ink = np.asarray(cv2.subtract(ink, rules), np.uint8)
    labels, boxes = components(ink)
    x0, y0, wide, tall, area = boxes.astype(np.float64).T
    huge = tall > 3 * _X_MM[1] * per_mm
    huge[0] = False
    if huge.any():
        ink[huge[labels]] = 0
    keep = ~huge
    return Pieces(x0, y0, x0 + wide, y0 + tall, area * keep, labels), ink


def usual_x_height(pieces: Pieces, per_mm: float) -> float:
    """Return the height of the small letters of which there are most, in pixels."""
    tall, wide = pieces.y1 - pieces.y0, pieces.x1 - pieces.x0
    low, high = _X_MM[0] * per_mm, _X_MM[1] * per_mm
    letters = (tall >= low) & (tall <= high) & (wide >= 0.3 * tall) & (wide <= 4 * tall) & (pieces.area > 0)
    letters[0] = False
    if letters.sum() < 12:
        return _USUAL_X_MM * per_mm
    counts = np.bincount(tall[letters].astype(int), minlength=int(high) + 2).astype(np.float64)
    near = np.convolve(counts, (0.5, 1.0, 0.5), mode="same")
    best = int(near.argmax())
    # Where most pieces are letters with their marks, or capitals, the small letters are the lesser summit below.
    lower = near[int(best / 1.6) : int(best / 1.3) + 1]
    if len(lower) and lower.max() >= 0.4 * near[best]:
        best = int(best / 1.6) + int(lower.argmax())
    around = np.arange(max(0, best - 1), best + 2)
    return float((around * counts[around]).sum() / counts[around].sum())
