"""Blank back pages, on which the front shows through, mirrored."""

from __future__ import annotations

import cv2
import numpy as np

from samples.generator.nouns import InkedPage, Picture

_COARSE = 3
"""Print that comes through paper is blurred: it is drawn at a third of the resolution."""


def back_of(front: Picture, dpi: int, rng: np.random.Generator) -> InkedPage:
    """Return the blank back of ``front``: its print and ink mirrored, pale and soft."""
    height, width = front.shape[:2]
    small = cv2.resize(front, (width // _COARSE, height // _COARSE), interpolation=cv2.INTER_AREA)
    soft = cv2.GaussianBlur(cv2.flip(small, 1), (0, 0), max(0.5, dpi / 300 * rng.uniform(0.8, 2.0)))
    share = rng.uniform(0.05, 0.2)
    table = np.rint(255 - (255 - np.arange(256)) * share).astype(np.uint8)
    pale = cv2.resize(cv2.LUT(soft, table), (width, height), interpolation=cv2.INTER_LINEAR)
    return InkedPage(np.asarray(pale, np.uint8), (), blank=True)
