"""Grain: the noise of a poor sensor or of high amplification, over the whole paper."""

import cv2
import numpy as np

from pipeline.cleaning.ink import Grey

_PAPER_ABOVE = 190
_MUCH = 17.0
"""Deviation of the paper at 120 dpi from which a blur helps. On drawn pages it took the wrong characters from 25 % to
4 % at a deviation of 25 and from 2 % to 0.5 % at 21; at 16 and below it changed nothing, at 6 it cost 0.1 %."""
_BLUR_PER_100_DPI = 0.7
"""Standard deviation of the blur in pixels at 100 dpi: half a stem."""


def paper_grain(small: Grey) -> float:
    """Return the standard deviation of an evened page's paper, whose small image (about 120 dpi) is ``small``."""
    middle = small[small.shape[0] // 4 : small.shape[0] * 3 // 4]
    smooth = cv2.GaussianBlur(middle, (0, 0), 2.0)
    paper = smooth > _PAPER_ABOVE
    if float(paper.mean()) < 0.2:
        return 0.0
    return 1.4826 * float(np.median(cv2.absdiff(middle, smooth)[::2, ::2][paper[::2, ::2]]))


def soften_grain(grey: Grey, grain: float, dpi: int) -> Grey:
    """Return ``grey`` blurred when its paper is grainy enough for that to help, else the very same page."""
    if grain < _MUCH:
        return grey
    return cv2.GaussianBlur(grey, (0, 0), _BLUR_PER_100_DPI * dpi / 100).astype(np.uint8, copy=False)
