"""Straight runs of ink along the rows or the columns of a page: rules, frames, borders."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Mask = npt.NDArray[np.uint8]


def long_runs(ink: Mask, length: int, across: bool) -> Mask:
    """Return the ink, 0 or one same value, in unbroken runs of at least ``length`` pixels ``across`` the page, or down.

    Ink goes on beyond the edge of the picture. This is a morphological opening by a line, by runs that double in length;
    a page without such a run, as most are, is done after half of it.
    """
    if length <= 1 or ink.size == 0:
        return ink.copy()
    axis = 1 if across else 0
    before, after = length // 2, length - 1 - length // 2
    padding = [(0, 0), (0, 0)]
    padding[axis] = (before, after)
    begun = _joined(np.pad(ink, padding, constant_values=255), length, axis, np.minimum)
    if not begun.any():
        return np.zeros_like(ink)
    padding[axis] = (after, before)
    return _joined(np.pad(begun, padding), length, axis, np.maximum)


def _joined(picture: Mask, length: int, axis: int, join: np.ufunc) -> Mask:
    """Return what ``join`` makes of each ``length`` pixels in a line; there are ``length - 1`` fewer of them."""
    reach = 1
    while reach < length:
        step = min(reach, length - reach)
        end = picture.shape[axis] - step
        first, second = (slice(0, end), slice(step, None))
        at = (slice(None), first) if axis else (first, slice(None))
        to = (slice(None), second) if axis else (second, slice(None))
        picture = join(picture[at], picture[to])
        reach += step
    return picture
