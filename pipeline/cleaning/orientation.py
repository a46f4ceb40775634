"""Which way up a page is: cheap statistics first, a short reading of a strip only when they cast doubt."""

import cv2
import numpy as np

from pipeline.cleaning.deskew import find_skew, lower_edges, profile_sharpness
from pipeline.cleaning.ink import Grey, Mask
from pipeline.external.tesseract import read_strip
from pipeline.text import is_vietnamese_syllable

_SIDEWAYS = 1.1
"""Columns must be this much sharper than rows before a page is suspected to lie on its side: upright pages measure
0.1 to 0.4, pages on their side 2.5 and more; a suspicion costs a reading, never the page."""
_UPRIGHT = 1.0
"""Baselines are sharper than the tops of letters: 1.06 to 1.4 times on upright pages, 0.75 to 0.95 upside down."""
_LEAD = 1.6
"""How much better another orientation must read before the page is turned: an upright page is never turned on a hunch."""
_STRIP_HEIGHT = 420
_STRIP_WIDTH = 1400


def find_rotation(ink: Mask, grey: Grey, small_dpi: float, dpi: float) -> int:
    """Return the clockwise rotation (0, 90, 180, 270) that makes the page upright.

    ``ink`` is the page's ink at ``small_dpi``, ``grey`` the evened page at ``dpi``, both as scanned.
    """
    text = _without_rules(ink, small_dpi)
    rows = find_skew(text)
    if rows[1] == 0.0:
        return 0
    columns = find_skew(np.ascontiguousarray(np.rot90(text)))
    if columns[1] > _SIDEWAYS * rows[1]:
        return _best_reading(grey, dpi, (0, 90, 270))
    tops = profile_sharpness(lower_edges(text[::-1]), -rows[0])
    if rows[1] < _UPRIGHT * tops and rows[1] > 1.5:
        return _best_reading(grey, dpi, (0, 180))
    return 0


def _without_rules(ink: Mask, dpi: float) -> Mask:
    """Return the ink without lines longer than an inch: tables and frames look alike from every side."""
    picture = ink.astype(np.uint8)
    length = max(10, round(dpi))
    rules = cv2.bitwise_or(
        cv2.morphologyEx(picture, cv2.MORPH_OPEN, np.ones((1, length), np.uint8)),
        cv2.morphologyEx(picture, cv2.MORPH_OPEN, np.ones((length, 1), np.uint8)),
    )
    return np.asarray(cv2.subtract(picture, cv2.dilate(rules, np.ones((3, 3), np.uint8))) > 0)


def _best_reading(grey: Grey, dpi: float, rotations: tuple[int, ...]) -> int:
    """Return the rotation under which the busiest strip of the page reads best, the first one unless beaten clearly."""
    scores = [_legibility(np.ascontiguousarray(np.rot90(grey, -degrees // 90)), dpi) for degrees in rotations]
    best = int(np.argmax(scores))
    return rotations[best] if scores[best] > _LEAD * scores[0] + 3.0 else rotations[0]


def _legibility(grey: Grey, dpi: float) -> float:
    """Return how much of the page's busiest strip reads as Vietnamese: syllables weighted with their confidence."""
    scale = 250 / dpi
    page = cv2.resize(
        grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    )
    darkness = 255.0 - page.mean(axis=1)
    height = min(_STRIP_HEIGHT, len(darkness))
    sums = np.convolve(darkness, np.ones(height), mode="valid")
    top = int(np.argmax(sums))
    left = max(0, (page.shape[1] - _STRIP_WIDTH) // 2)
    strip = np.ascontiguousarray(page[top : top + height, left : left + _STRIP_WIDTH]).astype(
        np.uint8, copy=False
    )
    words = read_strip(strip, 250)
    return sum(confidence for word, confidence in words if len(word) > 1 and is_vietnamese_syllable(word))
