"""Which way up a page is: cheap statistics first, a short reading of a strip only when they cast doubt."""

from typing import TypeVar, cast

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.cleaning.deskew import find_skew, lower_edges, profile_sharpness
from pipeline.cleaning.diacritics import marks_above
from pipeline.cleaning.ink import Grey, Mask
from pipeline.cleaning.letters import Letters, find_letters
from pipeline.cleaning.light import PAPER
from pipeline.cleaning.runs import long_runs
from pipeline.external.tesseract import read_strip
from pipeline.text import is_vietnamese_syllable

_SIDEWAYS = 1.1
"""Columns must be this much sharper than rows before a page is suspected to lie on its side: upright pages measure
0.1 to 0.4, pages on their side 2.5 and more."""
_PERHAPS = 0.4
"""A first rough look at the columns finds at least this share of their sharpness."""
_SURE = 4.0
_SURE_TO_TURN = 6.0
"""So many standard deviations more marks above letters than below leave no doubt; the higher bar is for turning a page."""
_UPRIGHT = 1.06
"""Baselines are sharper than the tops of letters: 1.06 to 1.4 times on upright pages, 0.75 to 0.95 upside down."""
_LEAD = 1.6
"""How much better another orientation must read before the page is turned: an upright page is never turned on a hunch."""
_HINT = 2.0
"""With so many standard deviations for turning, the better reading decides, be it by little."""
_STRIP_DPI = 250
_STRIP_HEIGHT = 420
_STRIP_WIDTH = 1400


def find_rotation(ink: Mask, grey: Grey, small_dpi: float, dpi: float) -> tuple[int, Letters | None]:
    """Return the clockwise rotation (0, 90, 180, 270) that makes the page upright, and the letters of the page upright.

    ``ink`` is the page's ink at ``small_dpi``, ``grey`` the evened page at ``dpi``, both as scanned.
    """
    text = _without_rules(ink, small_dpi)
    rows = find_skew(text)
    if rows[1] == 0.0:
        return 0, None
    as_scanned = find_letters(text, small_dpi)
    rotation = _rotation(text, rows, as_scanned, grey, small_dpi, dpi)
    return rotation, as_scanned if rotation == 0 else find_letters(_turned(text, rotation), small_dpi)


def _rotation(
    text: Mask,
    rows: tuple[float, float],
    as_scanned: Letters | None,
    grey: Grey,
    small_dpi: float,
    dpi: float,
) -> int:
    on_side = np.ascontiguousarray(np.rot90(text))
    columns = find_skew(on_side, roughly=True)
    if columns[1] > _PERHAPS * _SIDEWAYS * rows[1]:
        columns = find_skew(on_side)
    if columns[1] > _SIDEWAYS * rows[1]:
        above = marks_above(find_letters(on_side, small_dpi))
        if abs(above) > max(_SURE_TO_TURN, 2 * abs(marks_above(as_scanned))):
            return 270 if above > 0 else 90
        return _best_reading(grey, text, dpi, (0, 90, 270), _LEAD)
    above = marks_above(as_scanned)
    if above > _SURE:
        return 0
    if above < -_SURE_TO_TURN:
        return 180
    tops = profile_sharpness(lower_edges(text[::-1]), -rows[0])
    if above > -_HINT and rows[1] > _UPRIGHT * tops:
        return 0
    return _best_reading(grey, text, dpi, (0, 180), _LEAD if above > -_HINT else 1.0)


def _without_rules(ink: Mask, dpi: float) -> Mask:
    """Return the ink without lines longer than an inch: tables and frames look alike from every side."""
    picture = ink.view(np.uint8)
    length = max(10, round(dpi))
    rules = long_runs(picture, length, across=True) | long_runs(picture, length, across=False)
    if not rules.any():
        return ink
    return np.asarray(cv2.subtract(picture, cv2.dilate(rules, np.ones((3, 3), np.uint8))) > 0)


def _best_reading(grey: Grey, text: Mask, dpi: float, rotations: tuple[int, ...], lead: float) -> int:
    """Return the rotation under which the strip with most text reads best, the first one unless beaten by ``lead``."""
    scores = [_legibility(_turned(grey, degrees), _turned(text, degrees), dpi) for degrees in rotations]
    best = int(np.argmax(scores))
    return rotations[best] if scores[best] > lead * scores[0] + 3.0 * (lead - 1) else rotations[0]


_Picture = TypeVar("_Picture", bound=npt.NDArray[np.uint8] | npt.NDArray[np.bool_])


def _turned(picture: _Picture, degrees: int) -> _Picture:
    return cast(_Picture, np.ascontiguousarray(np.rot90(picture, -degrees // 90)))


def _legibility(grey: Grey, text: Mask, dpi: float) -> float:
    """Return how much of the strip with most ``text`` reads as Vietnamese: syllables weighted with their confidence."""
    scale = _STRIP_DPI / dpi
    page = cv2.resize(
        grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    )
    ink = cv2.resize(text.astype(np.uint8), page.shape[::-1], interpolation=cv2.INTER_NEAREST)
    rows = _busiest(ink.sum(axis=1), _STRIP_HEIGHT)
    columns = _busiest(ink[rows].sum(axis=0), _STRIP_WIDTH)
    # Rules and the desk around the page are no text, and letters in table cells read badly beside them.
    near = cv2.dilate(ink[rows, columns], np.ones((7, 7), np.uint8))
    strip = np.where(near > 0, page[rows, columns], PAPER).astype(np.uint8)
    words = read_strip(np.ascontiguousarray(strip), _STRIP_DPI)
    return sum(confidence for word, confidence in words if len(word) > 1 and is_vietnamese_syllable(word))


def _busiest(counts: npt.NDArray[np.integer], length: int) -> slice:
    """Return the window of ``length`` with the highest sum of ``counts``."""
    if len(counts) <= length:
        return slice(0, len(counts))
    sums = np.convolve(counts.astype(np.float64), np.ones(length), mode="valid")
    start = int(np.argmax(sums))
    return slice(start, start + length)
