"""Frames of stamps: a rectangle of four strokes, as large as a word, that stands by itself."""

from collections.abc import Sequence

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.cleaning.components import components
from pipeline.cleaning.ink import Grey
from pipeline.cleaning.runs import long_runs
from pipeline.cleaning.shrink import at_scale
from pipeline.document import Box

_DPI = 150
"""Enough for strokes of a third of a millimetre."""
_MM = _DPI / 25.4
_WIDTH_MM, _HEIGHT_MM = (9.0, 62.0), (3.6, 17.0)
"""From MẬT in small letters to HỎA TỐC HẸN GIỜ; an arrival stamp is higher."""
_ACROSS_MM, _DOWN_MM = 5.0, 3.2
"""A stroke of the frame is longer than those of letters."""
_CRACK_MM, _GAP_MM = 0.9, 2.5
"""Worn rubber breaks a stroke into dashes, and leaves gaps between what is left."""
_THICK_MM = 2.4
"""Height of the place of a stroke a few degrees aslant; lines of letters are higher."""
_ASIDE_MM = 2.2
"""Ends of the upper and the lower stroke may lie so far aside of each other."""
_WALL = 0.45
"""Share of the height between the two strokes that has ink at their left and at their right ends."""
_FULL = 0.8
"""Share of its box that the inside of a frame fills, when it stands up to three degrees aslant."""
_EMPTY = 0.35
"""The same without the letters of which a mark touches the frame."""
_WALL_MM = 1.5
"""Frames as near as this are cells of a table; an end of a stroke is sought so far around."""

Mask = npt.NDArray[np.uint8]
Place = tuple[int, int, int, int]
"""Left, top, width and height in pixels at :data:`_DPI`."""


def find_frames(ink: Grey, dpi: int) -> list[Box]:
    """Return the frames on ``ink``, dark on white, in fractions of it: those of the top come first.

    A frame is two level strokes, one under the other, with ink between their ends on either side, however broken; or
    strokes all around, whatever else they touch.
    """
    scale = _DPI / dpi
    small = at_scale(ink, scale)
    dark = (small < float(np.median(small[::2, ::2])) - 40).astype(np.uint8)
    # A tilted stroke is a staircase of short ones.
    thick = np.asarray(cv2.dilate(dark, np.ones((3, 3), np.uint8)), np.uint8)
    levels = _strokes(thick, _ACROSS_MM, across=True)
    if not levels.any():
        return []
    walls, places = _strokes(thick, _DOWN_MM, across=False), _levels(levels)
    pairs = [
        _around(upper, lower)
        for upper in places
        for lower in places
        if _belong(upper, lower) and _closed(walls, upper, lower)
    ]
    whole = cv2.max(_long(thick, _DOWN_MM, across=False), _long(thick, _ACROSS_MM, across=True))
    frames = _distinct([*pairs, *_holes(np.asarray(whole, np.uint8))])
    height, width = small.shape
    return [
        Box(x / width, y / height, (x + w) / width, (y + h) / height)
        for x, y, w, h in sorted(frames, key=lambda frame: (frame[1], frame[0]))
        if not _has_neighbour((x, y, w, h), frames)
    ]


def _strokes(thick: Mask, least_mm: float, across: bool) -> Mask:
    """Return the straight strokes of at least this length that run ``across`` the page, or down, where worn mended."""
    mended = cv2.morphologyEx(thick, cv2.MORPH_CLOSE, _line(_CRACK_MM, across))
    long = _long(np.asarray(mended, np.uint8), least_mm, across)
    if not long.any():
        return long
    return np.asarray(cv2.morphologyEx(long, cv2.MORPH_CLOSE, _line(_GAP_MM, across)), np.uint8)


def _long(thick: Mask, least_mm: float, across: bool) -> Mask:
    return long_runs(thick, max(1, round(least_mm * _MM)), across)


def _line(mm: float, across: bool) -> Mask:
    length = max(1, round(mm * _MM))
    return np.ones((1, length) if across else (length, 1), np.uint8)


def _levels(strokes: Mask) -> list[Place]:
    """Return where strokes lie that are as long as a frame is wide, and thin."""
    # Pieces of one stroke, a step of the staircase apart, hang together.
    joined = cv2.dilate(strokes, np.ones((3, 3), np.uint8))
    _, stats = components(np.asarray(joined, np.uint8))
    return [
        (x, y, w, h)
        for x, y, w, h, _ in stats[1:].tolist()
        if _WIDTH_MM[0] <= w / _MM <= _WIDTH_MM[1] and h <= _THICK_MM * _MM
    ]


def _belong(upper: Place, lower: Place) -> bool:
    """Return whether two strokes may be the upper and the lower one of a frame."""
    high = (lower[1] + lower[3] - upper[1]) / _MM
    aside = max(abs(upper[0] - lower[0]), abs(upper[0] + upper[2] - lower[0] - lower[2])) / _MM
    return _HEIGHT_MM[0] <= high <= _HEIGHT_MM[1] and aside <= _ASIDE_MM and upper[2] > 1.15 * high * _MM


def _closed(walls: Mask, upper: Place, lower: Place) -> bool:
    """Return whether there is a wall at both ends of the strokes."""
    top, bottom = upper[1] + upper[3], lower[1]
    if bottom <= top:
        return False
    reach = round(_WALL_MM * _MM)
    ends = ((upper[0] + lower[0]) // 2, (upper[0] + upper[2] + lower[0] + lower[2]) // 2)
    return all(
        float(walls[top:bottom, max(0, end - reach) : end + reach].any(axis=1).mean()) >= _WALL
        for end in ends
    )


def _around(upper: Place, lower: Place) -> Place:
    left, right = min(upper[0], lower[0]), max(upper[0] + upper[2], lower[0] + lower[2])
    return left, upper[1], right - left, lower[1] + lower[3] - upper[1]


def _holes(strokes: Mask) -> list[Place]:
    """Return the places that strokes enclose and that are as large as a frame."""
    contours, levels = cv2.findContours(strokes, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    found: list[Place] = []
    for contour, level in zip(contours, levels[0] if levels is not None else (), strict=True):
        x, y, w, h = cv2.boundingRect(contour)
        fits = _WIDTH_MM[0] <= w / _MM <= _WIDTH_MM[1] and _HEIGHT_MM[0] <= h / _MM <= _HEIGHT_MM[1]
        inner = level[3] >= 0  # else it is the outer edge of ink
        full = cv2.contourArea(cv2.convexHull(contour)) > _FULL * w * h
        if inner and fits and w > 1.15 * h and full and cv2.contourArea(contour) > _EMPTY * w * h:
            found.append((x, y, w, h))
    return found


def _distinct(frames: Sequence[Place]) -> list[Place]:
    """Return ``frames`` without those that lie in another one: a double stroke makes two."""
    kept: list[Place] = []
    for x, y, w, h in sorted(frames, key=lambda frame: -frame[2] * frame[3]):
        if not any(
            x >= a - 3 and y >= b - 3 and x + w <= a + c + 3 and y + h <= b + d + 3 for a, b, c, d in kept
        ):
            kept.append((x, y, w, h))
    return kept


def _has_neighbour(own: Place, boxes: Sequence[Place]) -> bool:
    """Return whether another box shares a wall with ``own``, as cells of a table do."""
    x, y, w, h = own
    room = _WALL_MM * _MM
    return any(
        other != own
        and other[0] < x + w + room
        and other[0] + other[2] > x - room
        and other[1] < y + h + room
        and other[1] + other[3] > y - room
        for other in boxes
    )
