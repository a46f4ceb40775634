"""What to expect of a page: one figure from 0 to 1 for how well its print can be read, before it is read.

Four things make print hard to read, each a penalty of nought on a good page: pale print, noise of the paper beside it,
letters of few pixels on the scan, and specks. The quality is exp(-penalties): it can only fall when one of them grows.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log

import numpy as np

from pipeline.cleaning.contrast import Levels
from pipeline.cleaning.letters import Letters

_GOOD_CONTRAST = 0.75
_GOOD_NOISE = 0.02
_GOOD_LETTER = 17.0
_GOOD_SPECKS = 0.05
_PALE, _NOISY, _SMALL, _SPECKLED = 0.9, 3.0, 0.8, 0.1
"""Weights that put 50 drawn pages of nine kinds in the order of their reading: sharp scans at 1, grey ones of 200 dpi at
0.9 (0.5 % of the characters wrong), phone pictures at 0.6 to 0.8 (1 %), the worst at 0.35 to 0.5 (3 to 9 %)."""


@dataclass(frozen=True, slots=True)
class Signs:
    """What the quality of a page is made of.

    ``contrast``: from print to paper, 0..1; ``noise``: the deviation of the paper as a share of that; ``letter``: the
    height of most letters in pixels of the scan; ``specks``: pieces of ink too small for a mark, for each letter.
    """

    contrast: float
    noise: float
    letter: float
    specks: float


def signs_of(levels: Levels, letters: Letters, scale: float) -> Signs:
    """Return the signs of a page; ``letters`` are those of a picture of it smaller than the scan by ``scale``."""
    contrast = levels.contrast
    height = letters.boxes[1:, 3]
    width = letters.boxes[1:, 2]
    tiny = np.maximum(height, width) < 0.15 * letters.height
    return Signs(
        contrast,
        levels.noise / max(1e-3, contrast),
        letters.height / scale,
        float(tiny.sum()) / max(1, int(letters.are.sum())),
    )


def quality_of(signs: Signs) -> float:
    """Return the quality of a page with these signs, 0..1, to two digits."""
    penalty = (
        _PALE * max(0.0, log(_GOOD_CONTRAST / max(0.02, signs.contrast)))
        + _NOISY * max(0.0, signs.noise - _GOOD_NOISE)
        + _SMALL * max(0.0, log(_GOOD_LETTER / max(1.0, signs.letter)))
        + _SPECKLED * max(0.0, signs.specks - _GOOD_SPECKS)
    )
    return round(exp(-penalty), 2)
