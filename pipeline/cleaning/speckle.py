"""Speckle: isolated dots of noise, smaller than any printed dot."""

import cv2
import numpy as np

from pipeline.cleaning.ink import INK_BELOW, Grey
from pipeline.cleaning.light import PAPER

_SPECK_MM = 0.17
"""Specks are smaller than this across; the smallest printed dot (11 pt full stop) measures 0.35 mm."""
_MANY_PER_CM2 = 1.5
"""Below this density the recogniser is not disturbed and the page stays as it is."""


def remove_speckle(grey: Grey, dpi: int) -> Grey:
    """Return ``grey`` with specks painted over where the page is full of them, else the very same page."""
    side = max(1, int(_SPECK_MM * dpi / 25.4))
    ink = (grey < INK_BELOW).astype(np.uint8)
    # An opening keeps what holds a full square of ink; specks are what it drops and no kept ink is near.
    kept = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((side + 1, side + 1), np.uint8))
    near = cv2.dilate(kept, np.ones((2 * side + 5, 2 * side + 5), np.uint8))
    specks = cv2.subtract(ink, near)
    per_cm2 = float(specks.sum()) / max(1, side * side) / (grey.size / (dpi / 2.54) ** 2)
    if per_cm2 < _MANY_PER_CM2:
        return grey
    painted = grey.copy()
    painted[cv2.dilate(specks, np.ones((3, 3), np.uint8)) > 0] = PAPER
    return painted
