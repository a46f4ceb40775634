"""Stroke width of printed lines: what tells bold from regular."""

from collections.abc import Sequence
from dataclasses import replace
from statistics import median

import numpy as np

from pipeline.cleaning import CleanPage
from pipeline.cleaning.ink import INK_BELOW, Grey
from pipeline.cleaning.light import PAPER
from pipeline.document import Box, Line


def pixels(page: CleanPage, box: Box) -> tuple[slice, slice]:
    """Return the (rows, columns) of the clean page that ``box`` covers, at least one pixel each."""
    height, width = page.grey.shape
    y0, y1 = max(0, int(box.y0 * height)), min(height, round(box.y1 * height))
    x0, x1 = max(0, int(box.x0 * width)), min(width, round(box.x1 * width))
    return slice(min(y0, height - 1), max(y1, y0 + 1)), slice(min(x0, width - 1), max(x1, x0 + 1))


def stroke_width(grey: Grey) -> float | None:
    """Return the mean width in pixels of the strokes in a piece of a clean page, None when there is no ink.

    Horizontal runs of ink are stems cut across. Their darkness counts, not their pixels, so that a stem of 3.4
    pixels measures 3.4. Runs longer than half the piece's height are bars or rules, no stems.
    """
    ink = np.zeros((grey.shape[0], grey.shape[1] + 2), np.bool_)
    np.less(grey, INK_BELOW, out=ink[:, 1:-1])
    changes = np.flatnonzero(ink[:, 1:] != ink[:, :-1])  # each row begins and ends with paper
    starts, ends = changes[::2], changes[1::2]
    lengths = ends - starts
    stems = lengths <= max(3, grey.shape[0] // 2)
    if not stems.any():
        return None
    dark = np.zeros((grey.shape[0], grey.shape[1] + 1), np.uint8)
    np.subtract(PAPER, np.minimum(grey, PAPER), out=dark[:, :-1])
    total = np.zeros(dark.size + 1, np.int64)
    np.cumsum(dark, out=total[1:])
    # One pixel either side belongs to the run's soft edges.
    low, high = np.maximum(starts[stems] - 1, 0), np.minimum(ends[stems] + 1, len(total) - 1)
    widths = np.sort(total[high] - total[low])
    # The middle of the widths, not the median: on a black-and-white page widths are whole pixels.
    quarter = len(widths) // 4
    return float(widths[quarter : len(widths) - quarter].mean()) / PAPER


def measure_strokes(page: CleanPage, lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return ``lines`` with ``stroke`` filled in: the line's stroke width over the median of the page's lines."""
    widths = [stroke_width(page.grey[pixels(page, line.box)]) for line in lines]
    known = [width for width in widths if width is not None]
    if not known:
        return tuple(lines)
    usual = median(known)
    return tuple(
        line if width is None else replace(line, stroke=round(width / usual, 3))
        for line, width in zip(lines, widths, strict=True)
    )
