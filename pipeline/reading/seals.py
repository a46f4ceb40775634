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
from pipeline.reading.unread import unread_ink

_DPI = 60
"""Resolution at which seals are looked for; a seal of 36 mm is 85 pixels across there."""
_SEAL_MM = (24.0, 48.0)
"""Official seals measure 30 to 42 mm; a seam seal or a blot may show less or more."""
_TOP = 0.12
"""A round red picture above this share of the page is the emblem of a digital signature, no seal over a name."""
_RED_BELOW = 150
_FAINT_RED = 225
_RING_BINS = 72
_RING_SHARE = 0.7
"""Share of the circle that must be inked; a ring of a seal lacks little even where the ink failed."""


def find_seals(page: CleanPage, lines: Sequence[Line]) -> tuple[Mark, ...]:
    """Return seals ("seal") and round red emblems at the top ("picture") on the page.

    A page without any red ink is searched for black seals: rings in the ink that no word covers.
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
        ring = _ring(small, small < _FAINT_RED)
        marks += [ring] if ring is not None and ring.box.y0 >= _TOP else []
    return tuple(marks)


def _black_seals(page: CleanPage, lines: Sequence[Line]) -> tuple[Mark, ...]:
    """Return the ring-shaped patterns of a seal's size in the ink that no word covers."""
    small = _small(unread_ink(page, lines), page.dpi)
    ring = _ring(small, small < 200)
    return () if ring is None else (ring,)


def _ring(small: Grey, ink: npt.NDArray[np.bool_]) -> Mark | None:
    """Return the seal whose outer ring stands in ``ink``, the dark pixels of ``small`` at :data:`_DPI`, or None."""
    radius = tuple(int(mm / 2 * _DPI / 25.4) for mm in (28.0, 44.0))
    if int(ink.sum()) < 6 * radius[0]:
        return None
    circles = cv2.HoughCircles(
        cv2.GaussianBlur(small, (3, 3), 0),
        cv2.HOUGH_GRADIENT,
        1.5,
        radius[0],
        None,
        200,
        35,
        radius[0],
        radius[1],
    )
    best = (0.0, 0.0, 0.0, 0.0)
    for x, y, _ in [] if circles is None else circles[0][:10]:
        for reach in range(radius[0], radius[1] + 1):
            share = _ring_share(ink, float(x), float(y), float(reach))
            # A seal has several rings; the outermost is its size.
            if share >= _RING_SHARE and (reach, share) > best[:2]:
                best = (float(reach), share, float(x), float(y))
    r, share, x, y = best
    if not r:
        return None
    height, width = ink.shape
    box = Box(
        max(0.0, (x - r) / width),
        max(0.0, (y - r) / height),
        min(1.0, (x + r) / width),
        min(1.0, (y + r) / height),
    )
    return Mark("seal", box, round(min(0.99, share), 4))


def _ring_share(ink: npt.NDArray[np.bool_], x: float, y: float, radius: float) -> float:
    """Return the share of directions from (x, y) in which there is ink on the ring, 0 for an empty disc inside."""
    angles = np.linspace(0, 2 * np.pi, _RING_BINS, endpoint=False)
    height, width = ink.shape

    def at(distance: float) -> npt.NDArray[np.bool_]:
        columns = np.clip(np.rint(x + distance * np.cos(angles)), 0, width - 1).astype(int)
        rows = np.clip(np.rint(y + distance * np.sin(angles)), 0, height - 1).astype(int)
        return np.asarray(ink[rows, columns])

    ring = np.any([at(radius + shift) for shift in (-2.0, -1.0, 0.0, 1.0, 2.0)], axis=0)
    inside = np.mean([at(radius * share) for share in (0.3, 0.45, 0.6, 0.8)])
    return float(ring.mean()) if inside > 0.12 else 0.0


def _small(layer: Grey, dpi: int) -> Grey:
    scale = _DPI / dpi
    return at_scale(layer, scale)
