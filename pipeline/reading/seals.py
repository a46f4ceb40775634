"""Seals: round red ones by colour, round black ones by their ring."""

from collections.abc import Sequence

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.cleaning import CleanPage
from pipeline.cleaning.components import components
from pipeline.cleaning.ink import Grey
from pipeline.cleaning.shrink import at_scale
from pipeline.document import Box, Line, Mark
from pipeline.reading.rings import find_ring
from pipeline.reading.unread import unread_ink

_DPI = 60
"""Resolution at which seals are looked for; a seal of 36 mm is 85 pixels across there."""
_SEAL_MM = (24.0, 48.0)
"""Official seals measure 30 to 42 mm; a seam seal or a blot may show less or more."""
_TOP = 0.12
"""A round red picture above this share of the page is the emblem of a digital signature, no seal over a name."""
_RED_BELOW = 150
_FAINT_RED = 225
_BLACK_BELOW = 200
_RIM_MM = (28.0, 44.0)
"""From which to which diameter the rim of a seal is looked for."""


def find_seals(page: CleanPage, lines: Sequence[Line]) -> tuple[Mark, ...]:
    """Return seals ("seal") and round red emblems at the top ("picture") on the page.

    A page without any red ink is searched for black seals, by their rims.
    """
    if page.red is None:
        return _black_seals(page, lines)
    return _red_marks(page, page.red)


def _red_marks(page: CleanPage, red: Grey) -> tuple[Mark, ...]:
    small = _small(red, page.dpi)
    mask = cv2.morphologyEx(
        (small < _RED_BELOW).astype(np.uint8),
        cv2.MORPH_CLOSE,
        cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (7, 7)),
    )
    _, stats = components(np.asarray(mask, np.uint8))
    marks = []
    for x, y, w, h, area in stats[1:].tolist():
        box = Box(x / small.shape[1], y / small.shape[0], (x + w) / small.shape[1], (y + h) / small.shape[0])
        width_mm, height_mm = w * 25.4 / _DPI, h * 25.4 / _DPI
        large = max(width_mm, height_mm)
        if 0.6 <= w / h <= 1.67 and 8.0 <= large <= _SEAL_MM[1] and box.y0 < _TOP:
            marks.append(Mark("picture", box, 0.9))
        elif 0.45 <= w / h <= 2.2 and _SEAL_MM[0] <= large <= 1.3 * _SEAL_MM[1]:
            # A whole seal is round and filled with its design; seam seals and blots are neither.
            roundness = min(w / h, h / w) * min(1.0, area / (0.55 * w * h))
            marks.append(Mark("seal", box, round(min(0.99, 0.3 + 0.7 * roundness), 4)))
    if not any(mark.kind == "seal" for mark in marks):
        # Faint or thin-lined ink falls into pieces, but its ring still stands.
        faint = small < _FAINT_RED
        ring = _ring(faint, faint)
        marks += [ring] if ring is not None and ring.box.y0 >= _TOP else []
    return tuple(marks)


def _black_seals(page: CleanPage, lines: Sequence[Line]) -> tuple[Mark, ...]:
    """Return the seal whose rim stands where ink lies that no word covers; words may have been read into the rim itself."""
    unread = _small(unread_ink(page, lines), page.dpi)
    ring = _ring(_small(page.grey, page.dpi) < _BLACK_BELOW, unread < _BLACK_BELOW)
    return () if ring is None else (ring,)


def _ring(ink: npt.NDArray[np.bool_], suspect: npt.NDArray[np.bool_]) -> Mark | None:
    """Return the seal whose rim stands in ``ink`` where there is most of ``suspect``, both at :data:`_DPI`, or None."""
    ring = find_ring(ink, suspect, range(*(int(mm / 2 * _DPI / 25.4) for mm in _RIM_MM)))
    if ring is None:
        return None
    height, width = ink.shape
    box = Box(
        max(0.0, (ring.x - ring.radius) / width),
        max(0.0, (ring.y - ring.radius) / height),
        min(1.0, (ring.x + ring.radius) / width),
        min(1.0, (ring.y + ring.radius) / height),
    )
    return Mark("seal", box, round(min(0.99, ring.share), 4))


def _small(layer: Grey, dpi: int) -> Grey:
    scale = _DPI / dpi
    return at_scale(layer, scale)
