"""Contrast: pale print is brought to black, and the noise of the paper to white."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

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
    sample = np.ascontiguousarray(grey[::_SAMPLE, ::_SAMPLE])
    counts = cv2.calcHist([sample], [0], None, [256], [0, 256]).ravel().astype(np.int64)
    greys = np.arange(256)
    paper, ink = np.where(greys > _PAPER_ABOVE, counts, 0), np.where(greys < _PRINT_BELOW, counts, 0)
    if not paper.any() or not ink.any():
        return None
    usual = _quantile(paper, 0.5)
    away = np.bincount(np.abs(greys - round(usual)), weights=paper).astype(np.int64)
    return Levels(_quantile(ink, 0.2), usual, 1.4826 * _quantile(away, 0.5))


def _quantile(counts: npt.NDArray[np.int64], share: float) -> float:
    """Return the quantile of values 0, 1, … that occur ``counts`` times, between two of them where it falls there."""
    upto = np.cumsum(counts)
    at = share * (int(upto[-1]) - 1)
    low, high = np.searchsorted(upto, (int(at), int(np.ceil(at))), side="right").tolist()
    return float(low + (at - int(at)) * (high - low))


def stretch_contrast(grey: Grey, levels: Levels) -> Grey:
    """Return the evened page ``grey`` with its print stretched to black and its paper to :data:`PAPER`.

    Black print stays as it is.
    """
    white = levels.paper - _CLIPPED * levels.deviation
    black = min(levels.print, white - _LEAST_CONTRAST)
    table = (np.arange(256, dtype=np.float32) - black) / (white - black) * PAPER
    return cv2.LUT(grey, np.clip(table, 0, PAPER).astype(np.uint8)).astype(np.uint8, copy=False)
