"""Uneven light: divide the page by its paper."""

import cv2
import numpy as np

from pipeline.cleaning.ink import Grey, is_bilevel
from pipeline.cleaning.shrink import shrunk

PAPER = 235
"""Grey of the paper after evening; the noise of the paper still fits below white."""
_BACKGROUND_DPI = 40
_PAPER_REACH = 7
"""Side in background pixels (4 mm) of the neighbourhood that is sure to hold some paper between letters."""


def even_light(grey: Grey, dpi: int) -> Grey:
    """Return ``grey`` with paper everywhere near :data:`PAPER`: shadows of folds, spines and lids are gone.

    A black-and-white page has no light to even and comes back as it is.
    """
    if is_bilevel(grey):
        return grey
    height, width = grey.shape
    small = shrunk(grey, min(1.0, _BACKGROUND_DPI / dpi))
    paper = cv2.medianBlur(cv2.dilate(small, np.ones((_PAPER_REACH, _PAPER_REACH), np.uint8)), 31)
    # A black border has no paper to divide by: it must stay black.
    paper = np.maximum(paper, np.uint8(0.4 * float(np.median(paper)))).astype(np.uint8)
    paper = cv2.resize(paper, (width, height), interpolation=cv2.INTER_LINEAR)
    return cv2.divide(grey, paper, scale=PAPER).astype(np.uint8, copy=False)
