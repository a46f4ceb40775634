"""Lines of print cut out as the recogniser wants them: 40 px high, level, each at the same size of letters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.cleaning import CleanPage
from pipeline.cleaning.ink import Grey
from pipeline.cleaning.light import PAPER
from pipeline.reading.text_lines import FoundLines, TextLine

LINE_HEIGHT = 40
"""Height of a line image in pixels."""
BASELINE = 31.0
"""Where the baseline lies in it: above it is room for a capital with two marks, below it for a tail."""
X_HEIGHT = 14.0
"""Height of an "x" in it."""
_MARGIN = 6
"""Paper left and right of the ink, in pixels of the image."""
_OWN = (7, 35)
"""Rows of the image in which everything may be the line's own: a mark there may have run into a tail of the line above."""
_WIDEST = 6000
"""No line is wider: an A3 page of 6 pt print has lines of some 4000 px."""


@dataclass(frozen=True, eq=False)
class LineImage:
    """A line cut out: ``grey``, shape (40, width) or a multiple.

    ``scale`` is its pixels per pixel of the page, ``left`` its left edge there.
    """

    grey: Grey
    line: TextLine
    left: float
    scale: float

    def x_on_page(self, x: float) -> float:
        """Return where column ``x`` of the image stands on the page."""
        return self.left + x / self.scale

    def y_on_page(self, x: float, y: float) -> float:
        """Return where the point (``x``, ``y``) of the image stands on the page."""
        return self.line.baseline(self.x_on_page(x)) + (y - BASELINE) / self.scale


def cut_lines(page: CleanPage, found: FoundLines) -> Iterator[LineImage]:
    """Yield an image of each line of ``found``; ink that belongs to its neighbours is painted over."""
    for line in found.lines:
        image = cut_line(page, found, line)
        if image is not None:
            yield image


def cut_line(page: CleanPage, found: FoundLines, line: TextLine, times: float = 1) -> LineImage | None:
    """Return the image of ``line``, one of ``found``, ``times`` 40 px high, or None when it is too thin to be one."""
    width = page.grey.shape[1]
    scale = times * X_HEIGHT / line.x_height
    margin = times * _MARGIN / scale
    x0, x1 = max(0, int(line.left - margin)), min(width, int(np.ceil(line.right + margin)))
    size = round((x1 - x0) * scale)
    tall = round(times * LINE_HEIGHT / scale)
    if not 4 <= size <= times * _WIDEST or tall < 4:
        return None
    x = np.arange(x0, x1)
    top = np.rint(line.offset + (line.slope + line.bend * x) * x - times * BASELINE / scale).astype(int)
    piece = _levelled(page.grey, x0, top, tall, PAPER)
    for rows in (slice(0, round(times * _OWN[0] / scale)), slice(round(times * _OWN[1] / scale), tall)):
        foreign = _foreign(found, line.label, x0, top + rows.start, rows.stop - rows.start)
        if foreign is not None:
            piece[rows][foreign > 0] = PAPER
    method = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    grey = cv2.resize(piece, (size, round(times * LINE_HEIGHT)), interpolation=method)
    return LineImage(np.asarray(grey, np.uint8), line, float(x0), size / (x1 - x0))


def _levelled(picture: Grey, x0: int, top: npt.NDArray[np.int_], tall: int, paper: int) -> Grey:
    """Return the strip, ``tall`` rows, whose column i begins at ``top[i]``, with ``paper`` beyond the picture."""
    strip: Grey = np.full((tall, len(top)), paper, np.uint8)
    edges = [0, *(np.flatnonzero(np.diff(top)) + 1).tolist(), len(top)]
    for start, end in pairwise(edges):
        first = int(top[start])
        low, high = max(0, first), min(picture.shape[0], first + tall)
        if low < high:
            strip[low - first : high - first, start:end] = picture[low:high, x0 + start : x0 + end]
    return strip


def _foreign(
    found: FoundLines, own: int, x0: int, top: npt.NDArray[np.int_], tall: int
) -> cv2.typing.MatLike | None:
    """Return the mask of other lines' ink in a strip of the page, or None where there is none."""
    step = found.step
    low, high = max(0, int(top.min()) // step), (int(top.max()) + tall) // step + 1
    right = (x0 + len(top)) // step + 1
    owner = found.owner[found.labels[low:high, x0 // step : right]]
    others = ((owner > 0) & (owner != own)).view(np.uint8)
    if not others.any():
        return None
    thick = cv2.dilate(others, np.ones((3, 3), np.uint8))
    thick[owner == own] = 0
    full = np.asarray(cv2.resize(thick, None, fx=step, fy=step, interpolation=cv2.INTER_NEAREST), np.uint8)
    inside = x0 - x0 // step * step
    full = full[:, inside : inside + len(top)]
    if full.shape[1] < len(top):
        full = np.pad(full, ((0, 0), (0, len(top) - full.shape[1])))
    return _levelled(full, 0, top - low * step, tall, 0)
