"""Frames of stamps: a rectangle of four strokes, as large as a word, that stands by itself."""

from collections.abc import Sequence

import cv2
import numpy as np

from pipeline.cleaning.ink import Grey
from pipeline.document import Box

_DPI = 150
"""Enough for strokes of a third of a millimetre."""
_MM = _DPI / 25.4
_WIDTH_MM, _HEIGHT_MM = (9.0, 62.0), (5.0, 17.0)
"""From MẬT in small letters to HỎA TỐC HẸN GIỜ; an arrival stamp is higher."""
_ACROSS_MM, _DOWN_MM = 5.0, 3.2
"""A stroke of the frame is longer than those of letters, or stands where its corner is."""
_GAP_MM = 2.5
"""Worn rubber leaves such gaps in a frame."""
_FULL = 0.8
"""Share of its box that the inside of a frame fills, when it stands up to three degrees aslant."""
_WALL_MM = 1.5
"""Frames as near as this are cells of a table."""


def find_frames(ink: Grey, dpi: int) -> list[Box]:
    """Return the insides of the frames on ``ink``, dark on white, in fractions of it: those of the top come first."""
    scale = _DPI / dpi
    small = cv2.resize(ink, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    paper = float(np.median(small))
    dark = (small < paper - 40).astype(np.uint8)
    # A tilted stroke is a staircase of short ones.
    thick = cv2.dilate(dark, np.ones((3, 3), np.uint8))
    strokes = np.zeros_like(thick)
    for length, axis in ((round(_ACROSS_MM * _MM), 1), (round(_DOWN_MM * _MM), 0)):
        line = np.ones((1, length) if axis else (length, 1), np.uint8)
        gap = np.ones((1, round(_GAP_MM * _MM)) if axis else (round(_GAP_MM * _MM), 1), np.uint8)
        found = cv2.morphologyEx(thick, cv2.MORPH_OPEN, line)
        strokes = cv2.max(strokes, cv2.morphologyEx(found, cv2.MORPH_CLOSE, gap))
    contours, levels = cv2.findContours(strokes, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    if levels is None:
        return []
    boxes: list[tuple[int, int, int, int]] = []
    for contour, level in zip(contours, levels[0], strict=True):
        x, y, w, h = cv2.boundingRect(contour)
        if level[3] < 0:  # the outer edge of ink, not the inside of a frame
            continue
        fits = _WIDTH_MM[0] <= w / _MM <= _WIDTH_MM[1] and _HEIGHT_MM[0] <= h / _MM <= _HEIGHT_MM[1]
        if fits and w > 1.15 * h and cv2.contourArea(contour) > _FULL * w * h:
            boxes.append((x, y, w, h))
    height, width = small.shape
    return [
        Box(x / width, y / height, (x + w) / width, (y + h) / height)
        for x, y, w, h in sorted(boxes, key=lambda box: (box[1], box[0]))
        if not _has_neighbour((x, y, w, h), boxes)
    ]


def _has_neighbour(own: tuple[int, int, int, int], boxes: Sequence[tuple[int, int, int, int]]) -> bool:
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
