"""Print that the reader left out: found by its ink, and shown to the reader again without what disturbed it."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.cleaning import CleanPage
from pipeline.cleaning.components import components
from pipeline.cleaning.ink import INK_BELOW, Grey
from pipeline.cleaning.light import PAPER
from pipeline.cleaning.shrink import halved
from pipeline.document import Line

_LETTER_HEIGHT = (0.3, 1.3)
"""Height of a letter in heights of a word (which has ascenders, marks and descenders)."""
_LETTER_WIDTH = 1.6
_LEAST_LETTERS = 3
"""Fewer letters in a row are specks, a page number or a paraph."""


_READ = 0.6
"""A word of this confidence is print; below it, the ink may be a signature that the reader took for words."""
_MOST_ROWS = 6
"""More unread rows than this are a picture."""


@dataclass(frozen=True, eq=False)
class UnreadRow:
    """A row of unread print, ``grey`` without the words that were read; ``left``, ``top`` in pixels of the page."""

    grey: Grey
    left: int
    top: int


def find_unread(page: CleanPage, lines: Sequence[Line]) -> tuple[UnreadRow, ...]:
    """Return the rows of letters that no word of ``lines`` covers, cut out with some room on both sides.

    A reader leaves such rows out when a seal or a signature touches them and it takes the whole for a picture;
    shown the row alone, it reads it.
    """
    heights = [w.box.height for line in lines for w in line.words if w.confidence > 0.5 and len(w.text) > 1]
    height, width = page.grey.shape
    letter = median(heights) * height if heights else page.dpi * 0.16
    half = halved(page.grey)
    _, stats = components(half < INK_BELOW)
    if len(stats) < _LEAST_LETTERS:
        return ()
    h = stats[:, cv2.CC_STAT_HEIGHT] * 2.0
    w = stats[:, cv2.CC_STAT_WIDTH] * 2.0
    x = stats[:, cv2.CC_STAT_LEFT] * 2.0 + w / 2
    y = stats[:, cv2.CC_STAT_TOP] * 2.0 + h / 2
    words = _covered(lines, width, height, letter)
    covered = words[np.clip(y, 0, height - 1).astype(int) // 2, np.clip(x, 0, width - 1).astype(int) // 2]
    sized = (
        (h >= _LETTER_HEIGHT[0] * letter) & (h <= _LETTER_HEIGHT[1] * letter) & (w <= _LETTER_WIDTH * letter)
    )
    sized[0] = False
    candidates = np.flatnonzero(sized & ~covered)
    rows = []
    for left, top, right, bottom in _rows_of_letters(stats[candidates], half.shape, letter / 2):
        piece = page.grey[2 * top : 2 * bottom, 2 * left : 2 * right].copy()
        known = words[top:bottom, left:right].astype(np.uint8)
        piece[cv2.resize(known, piece.shape[::-1], interpolation=cv2.INTER_NEAREST) > 0] = PAPER
        rows.append(UnreadRow(piece, 2 * left, 2 * top))
    return tuple(rows) if len(rows) <= _MOST_ROWS else ()


def _covered(lines: Sequence[Line], width: int, height: int, letter: float) -> npt.NDArray[np.bool_]:
    """Return the mask, at half the page's size, of what words cover, with room for marks above and below."""
    mask = np.zeros((height // 2 + 1, width // 2 + 1), np.uint8)
    room = 0.2 * letter
    for line in lines:
        for word in line.words:
            x0, x1 = int((word.box.x0 * width - room) / 2), int((word.box.x1 * width + room) / 2)
            y0, y1 = int((word.box.y0 * height - room) / 2), int((word.box.y1 * height + room) / 2)
            mask[max(0, y0) : max(0, y1) + 1, max(0, x0) : max(0, x1) + 1] = 1
    return mask > 0


def _rows_of_letters(
    stats: npt.NDArray[np.int32], shape: tuple[int, ...], letter: float
) -> list[tuple[int, int, int, int]]:
    """Return (left, top, right, bottom) of each row of letter-like pieces, with room for what else stands in it."""
    if len(stats) < _LEAST_LETTERS:
        return []
    mask = np.zeros(shape, np.uint8)
    for x, y, w, h, _ in stats:
        mask[y : y + h, x : x + w + int(0.7 * letter)] = 1
    labels, groups = components(mask)
    middle_x = np.minimum(stats[:, 0] + stats[:, 2] // 2, shape[1] - 1)
    middle_y = np.minimum(stats[:, 1] + stats[:, 3] // 2, shape[0] - 1)
    letters = np.bincount(labels[middle_y, middle_x], minlength=len(groups))
    rows = [
        groups[label]
        for label in range(1, len(groups))
        if letters[label] >= _LEAST_LETTERS
        and groups[label][3] <= 2 * letter
        and groups[label][2] >= 2 * letter
    ]
    return [
        (
            max(0, int(x - 6 * letter)),
            max(0, int(y - 0.35 * letter)),
            min(shape[1], int(x + w + 6 * letter)),
            min(shape[0], int(y + h + 0.35 * letter)),
        )
        for x, y, w, h, _ in rows
    ]


def unread_ink(page: CleanPage, lines: Sequence[Line]) -> Grey:
    """Return the page with every surely read word painted over: what is left is marks, and what was misread."""
    rest = page.grey.copy()
    height, width = rest.shape
    for line in lines:
        for word in line.words:
            if word.confidence >= _READ:
                box = word.box
                rest[
                    int(box.y0 * height) : int(box.y1 * height) + 1,
                    int(box.x0 * width) : int(box.x1 * width) + 1,
                ] = PAPER
    return rest
