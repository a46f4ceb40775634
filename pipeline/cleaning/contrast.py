"""Contrast: pale print is brought to black, and the noise of the paper to white."""

import cv2
import numpy as np

from pipeline.cleaning.ink import Grey
from pipeline.cleaning.light import PAPER

_PAPER_ABOVE, _PRINT_BELOW = 200, 170
_SAMPLE = 4
_CLIPPED = 2.0
"""Paper that is darker than most by up to so many standard deviations of its noise becomes white. A reader parts ink from
paper by one threshold for the page, and specks of noise come between its letters: on poor pages of six kinds the wrong
characters fell by a fifth to two thirds, on good ones they stayed as they were."""
_LEAST_CONTRAST = 40
"""Print is darker than the paper by at least this much: a page with less has none."""


def stretch_contrast(grey: Grey) -> Grey:
    """Return the evened page ``grey`` with its print stretched to black and its paper to :data:`PAPER`. Black print stays as it is."""
    sample = grey[::_SAMPLE, ::_SAMPLE]
    paper = sample[sample > _PAPER_ABOVE]
    ink = sample[sample < _PRINT_BELOW]
    if not paper.size or not ink.size:
        return grey
    usual = float(np.median(paper))
    noise = 1.4826 * float(np.median(cv2.absdiff(paper, np.full_like(paper, round(usual)))))
    white = usual - _CLIPPED * noise
    black = min(float(np.percentile(ink, 20)), white - _LEAST_CONTRAST)
    levels = (np.arange(256, dtype=np.float32) - black) / (white - black) * PAPER
    return cv2.LUT(grey, np.clip(levels, 0, PAPER).astype(np.uint8)).astype(np.uint8, copy=False)
