"""Printed and read words side by side, on the page as scanned but turned upright by what the truth says of it.

The truth's quarter turn is undone, not the run's, so a page that the run left lying counts as it should. Skew is left
in: a word is short, and three degrees move its box by less than a letter.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from benchmarks.pages.truth import PrintedPage
from pipeline.document import Box, Page, Word

Boxes = NDArray[np.float64]
"""Shape (n, 4): x0, y0, x1, y1 as fractions of the upright page."""

_SAME_ROW = 0.45
"""A read word lies on a printed one when their centres are at most this share of the printed height apart."""
_TOO_TALL = 2.5
"""A read word this many times as tall as the printed one is no word but a blot read over several lines."""


def upright(box: Box, rotation: int) -> Box:
    """Return ``box`` on the page turned back by ``rotation`` (0, 90, 180, 270 degrees clockwise)."""
    if rotation == 90:
        return Box(box.y0, 1 - box.x1, box.y1, 1 - box.x0)
    if rotation == 180:
        return Box(1 - box.x1, 1 - box.y1, 1 - box.x0, 1 - box.y0)
    if rotation == 270:
        return Box(1 - box.y1, box.x0, 1 - box.y0, box.x1)
    return box


def boxes_of(boxes: Iterable[Box], printed: PrintedPage) -> Boxes:
    """Return ``boxes`` of the page as scanned as an array on the upright page."""
    turned = (upright(box, printed.rotation or 0) for box in boxes)
    return np.array([(b.x0, b.y0, b.x1, b.y1) for b in turned], dtype=np.float64).reshape(-1, 4)


def read_boxes(words: Sequence[Word], page: Page, printed: PrintedPage) -> Boxes:
    """Return where the read ``words`` of ``page`` lie on the upright page."""
    return boxes_of((page.on_scan(word.box) for word in words), printed)


def shared(printed: Boxes, read: Boxes) -> Boxes:
    """Return the width, shape (printed, read), that each printed box shares with each read box of its own row."""
    x0 = np.maximum(printed[:, None, 0], read[None, :, 0])
    x1 = np.minimum(printed[:, None, 2], read[None, :, 2])
    height = (printed[:, 3] - printed[:, 1])[:, None]
    apart = np.abs((printed[:, 1] + printed[:, 3])[:, None] - (read[:, 1] + read[:, 3])[None]) / 2
    same_row = (apart <= _SAME_ROW * height) & ((read[:, 3] - read[:, 1])[None] <= _TOO_TALL * height)
    return np.where(same_row, np.clip(x1 - x0, 0, None), 0.0)


def covered(printed: Boxes, read: Boxes) -> NDArray[np.float64]:
    """Return the share (0..1) of each printed box's width that read words of its row cover together."""
    lies_on = shared(printed, read) > 0
    shares = np.zeros(len(printed))
    for index, (x0, _, x1, _) in enumerate(printed):
        reach, done = 0.0, x0
        for a, b in sorted((read[at, 0], read[at, 2]) for at in np.flatnonzero(lies_on[index])):
            a, b = max(a, done), min(b, x1)  # noqa: PLW2901 - cut to what is not yet covered
            if b > a:
                reach, done = reach + b - a, b
        shares[index] = reach / max(x1 - x0, 1e-9)
    return shares
