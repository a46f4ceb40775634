"""Contrast: pale print is brought to black, and the noise of the paper to white."""

from __future__ import annotations

from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Levels:
    """The grey of most ``print`` and of most ``paper`` of an evened page; ``deviation`` is that of the paper."""

    print: float
    paper: float
    deviation: float

    @property
    def contrast(self) -> float:
        """From print to paper as a share of the whole scale, 0..1."""
        return max(0.0, self.paper - self.print) / PAPER

    @property
    def noise(self) -> float:
        """The deviation of the paper as a share of the whole scale."""
        return self.deviation / PAPER


def find_levels(grey: Grey) -> Levels | None:
    """Return the levels of the evened page ``grey``, None when it is without print or without paper."""
    sample = grey[::_SAMPLE, ::_SAMPLE]
    paper, ink = sample[sample > _PAPER_ABOVE], sample[sample < _PRINT_BELOW]
    if not paper.size or not ink.size:
        return None
    usual = float(np.median(paper))
    deviation = 1.4826 * float(np.median(cv2.absdiff(paper, np.full_like(paper, round(usual)))))
    return Levels(float(np.percentile(ink, 20)), usual, deviation)


def stretch_contrast(grey: Grey, levels: Levels) -> Grey:
    """Return the evened page ``grey`` with its print stretched to black and its paper to :data:`PAPER`.

    Black print stays as it is.
    """
    white = levels.paper - _CLIPPED * levels.deviation
    black = min(levels.print, white - _LEAST_CONTRAST)
    table = (np.arange(256, dtype=np.float32) - black) / (white - black) * PAPER
    return cv2.LUT(grey, np.clip(table, 0, PAPER).astype(np.uint8)).astype(np.uint8, copy=False)
