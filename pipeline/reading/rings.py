"""Rings: a thin circle of ink with paper around it, as the rim of every official seal is, whatever lies within or across it.

For each radius the page is compared with a circle one stroke wide and with the paper just outside of it (a matched filter,
computed for all centres at once). Lines of print run through both alike and say nothing; a rim stands out though print
crosses it, though a copier left gaps in it, and though a reader took the letters within it for words.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from operator import itemgetter

import cv2
import numpy as np
import numpy.typing as npt

Ink = npt.NDArray[np.bool_]

_STROKE = 1.3
"""Half the width of a rim, in pixels."""
_OUTSIDE = (3.0, 6.0)
"""From where to where outside of a rim there is paper, in pixels."""
_PAPER_WEIGHT = 0.8
_DIRECTIONS = 72
_LEAST = 0.5
"""Rims of seals on copies and faxes reach 0.58 to 0.96, print at most 0.43 (229 generated pages, 44 with a seal)."""
_LEAST_INK = 9
"""A place with less ink that is no print, in pixels per pixel of radius, bears no seal."""
_PLACES = 3
"""So many dense places are looked at; dirt and dark edges are dense too."""
_STEP = 3
"""Radii are tried in such steps, then one by one around the best."""


@dataclass(frozen=True)
class Ring:
    """A circle: its centre and radius in pixels, and in which share of the directions there is ink on it."""

    x: float
    y: float
    radius: float
    share: float


def find_ring(ink: Ink, suspect: Ink, radii: range) -> Ring | None:
    """Return the ring in ``ink``, shape (H, W), at one of the places with most of ``suspect``, or None.

    ``suspect`` is the ink that is no print for sure; only where it is dense is a ring looked for.
    """
    side = reach = 2 * radii.stop
    count = cv2.boxFilter(
        suspect.astype(np.float32), -1, (side, side), normalize=False, borderType=cv2.BORDER_CONSTANT
    )
    for _ in range(_PLACES):
        _, most, _, (x, y) = cv2.minMaxLoc(count)
        if most < _LEAST_INK * radii.stop:
            return None
        left, top = max(0, x - reach), max(0, y - reach)
        ring = _ring_in(ink[top : y + reach, left : x + reach], radii)
        if ring is not None:
            share = _share(ink, ring[0] + left, ring[1] + top, ring[2])
            return Ring(ring[0] + left, ring[1] + top, ring[2], share)
        count[max(0, y - side) : y + side, max(0, x - side) : x + side] = 0.0
    return None


def _ring_in(piece: Ink, radii: range) -> tuple[int, int, int] | None:
    """Return (x, y, radius) of the ring in ``piece``, which may lie partly beyond its edge, or None."""
    room = radii.stop // 2
    ink = np.pad(piece.astype(np.float32), room)
    best = max((_likeliest(ink, radius) for radius in radii[::_STEP]), key=itemgetter(0))
    near = [radius for radius in range(best[3] - _STEP + 1, best[3] + _STEP) if radius in radii]
    likeness, x, y, radius = max((_likeliest(ink, radius) for radius in near), key=itemgetter(0))
    return (x - room, y - room, radius) if likeness >= _LEAST else None


def _likeliest(ink: npt.NDArray[np.float32], radius: int) -> tuple[float, int, int, int]:
    """Return (likeness, x, y, ``radius``) of the circle of ``radius`` that fits ``ink`` best."""
    likeness = cv2.filter2D(ink, -1, _kernel(radius), borderType=cv2.BORDER_CONSTANT)
    _, most, _, (x, y) = cv2.minMaxLoc(likeness)
    return most, x, y, radius


@cache
def _kernel(radius: int) -> npt.NDArray[np.float32]:
    """Return the filter for a rim of ``radius``: the share of it that is inked, less that of the paper outside."""
    reach = radius + int(_OUTSIDE[1]) + 1
    rows, columns = np.mgrid[-reach : reach + 1, -reach : reach + 1]
    distance = np.hypot(columns, rows)
    rim = (np.abs(distance - radius) <= _STROKE).astype(np.float32)
    paper = ((distance >= radius + _OUTSIDE[0]) & (distance <= radius + _OUTSIDE[1])).astype(np.float32)
    return np.asarray(rim / rim.sum() - _PAPER_WEIGHT * paper / paper.sum(), np.float32)


def _share(ink: Ink, x: float, y: float, radius: float) -> float:
    """Return in which share of the directions from (``x``, ``y``) there is ink on the ring, or a stroke beside it."""
    angles = np.linspace(0, 2 * np.pi, _DIRECTIONS, endpoint=False)
    height, width = ink.shape
    seen = np.zeros(_DIRECTIONS, np.bool_)
    for shift in (-_STROKE, -_STROKE / 2, 0.0, _STROKE / 2, _STROKE):
        columns = np.clip(np.rint(x + (radius + shift) * np.cos(angles)), 0, width - 1).astype(int)
        rows = np.clip(np.rint(y + (radius + shift) * np.sin(angles)), 0, height - 1).astype(int)
        seen |= ink[rows, columns]
    return float(seen.mean())
