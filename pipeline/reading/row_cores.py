"""Where the lines of print stand on a clean page: found by the rows that ink makes, not by blank rows between them.

Vietnamese lines set tight overlap: marks stacked on a capital reach the baseline above, tails reach down to them. What stays
apart is the core of each line, the strip of the height of an "x" that all letters share: it is dark, and the strips above
and below it are lighter. So cores are sought, at several sizes, in short stretches that are then linked from left to
right, and every connected piece of ink goes to the core that it touches or, an accent or a dot, to the one it is nearest.
"""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.reading.ink_pieces import Floats, Ints, Pieces

_SIZES = (0.9, 1.35, 2.0)
"""Sizes, in heights of the page's usual "x", at which cores are sought: small letters, capitals, titles."""
_WINDOW = 4.2
"""Length of a stretch in which a core is sought, in x-heights: some four letters, more than the widest space."""
_FAINT = 0.025
"""How much darker a core must be than what lies above and below it, as a share of ink: a lone figure."""
_OFF = 0.45
"""Stretches of one line lie at most so far off each other, in x-heights."""
_ACCENT_REACH, _TAIL_REACH = 1.5, 0.6
"""How far above and below the core marks and tails of a line may begin, in x-heights."""


def find_cores(ink: npt.NDArray[np.uint8], x_height: float) -> tuple[Floats, int]:
    """Return the course of each row's core, shape (rows, cells), NaN beside its ends, and the width of a cell.

    A course is the height of the middle of the core in each cell of the page's width.
    """
    height, width = ink.shape
    cell = max(4, round(0.6 * x_height))
    cells = -(-width // cell)
    padded = cv2.copyMakeBorder(ink, 0, 0, 0, cells * cell - width, cv2.BORDER_CONSTANT, value=[0])
    cores = cv2.resize(padded, (cells, height), interpolation=cv2.INTER_AREA)
    share: cv2.typing.MatLike = cores.astype(np.float32) / 255
    window = 2 * round(_WINDOW * x_height / cell / 2) + 1
    share = cv2.blur(share, (window, 1), borderType=cv2.BORDER_CONSTANT)
    strength = np.full(share.shape, -1.0, np.float32)
    for size in _SIZES:
        strength = np.maximum(strength, cv2.filter2D(share, -1, _core_filter(size * x_height)))
    strength = np.asarray(cv2.GaussianBlur(strength, (1, 5), 0), np.float32)
    reach = 2 * round(0.8 * x_height) + 1
    highest = cv2.dilate(strength, np.ones((reach, 1), np.uint8))
    summit = ((strength >= highest) & (strength > _FAINT)).astype(np.uint8)
    joined = cv2.dilate(summit, np.ones((3, 1), np.uint8))
    count, labels = cv2.connectedComponents(joined, connectivity=8)
    y, x = np.nonzero(summit)
    at = (np.asarray(labels, np.intp)[y, x] - 1) * cells + x
    size = (count - 1) * cells
    with np.errstate(invalid="ignore"):
        courses = np.bincount(at, weights=y, minlength=size) / np.bincount(at, minlength=size)
    courses = courses.reshape(count - 1, cells)
    return _linked(courses, x_height, window), cell


def _core_filter(size: float) -> npt.NDArray[np.float32]:
    """Return the upright filter that answers to a strip of ink ``size`` high between lighter strips half as high."""
    inner, outer = max(3, round(size)), max(2, round(size / 2))
    kernel = np.concatenate(
        [np.full(outer, -0.5 / outer), np.full(inner, 1.0 / inner), np.full(outer, -0.5 / outer)]
    )
    return kernel.astype(np.float32).reshape(-1, 1)


def _linked(courses: Floats, x_height: float, window: int) -> Floats:
    """Return ``courses`` with those that go on in one another made one, each filled between its ends and drawn out."""
    known = ~np.isnan(courses)
    rows: list[Floats] = []
    ends: list[int] = []
    levels: list[float] = []
    spans = [np.flatnonzero(own) for own in known]
    for index in sorted(range(len(courses)), key=lambda i: (spans[i][0], -len(spans[i]))):
        at = spans[index]
        begin, stop = int(at[0]), int(at[-1])
        level = float(courses[index, at[:5]].mean())
        best, nearest = -1, _OFF * x_height
        for number, (end, last) in enumerate(zip(ends, levels, strict=True)):
            if begin - 2 * window <= end <= begin + window and abs(last - level) < nearest:
                best, nearest = number, abs(last - level)
        if best < 0:
            best = len(rows)
            rows.append(np.full(courses.shape[1], np.nan))
            ends.append(stop)
            levels.append(level)
        own = known[index] & np.isnan(rows[best])
        rows[best][own] = courses[index, own]
        if stop >= ends[best]:
            ends[best], levels[best] = stop, float(courses[index, at[-5:]].mean())
    return np.array([_drawn_out(row, window // 2 + 1) for row in rows if (~np.isnan(row)).sum() >= 2])


def _drawn_out(row: Floats, more: int) -> Floats:
    """Return a course without holes, ``more`` cells longer at both ends, its single jumps smoothed."""
    at = np.flatnonzero(~np.isnan(row))
    first, last = max(0, at[0] - more), min(len(row), at[-1] + more + 1)
    filled = np.interp(np.arange(first, last), at, row[at])
    if len(filled) >= 7:
        padded = np.pad(filled, 3, mode="edge")
        filled = np.median(np.lib.stride_tricks.sliding_window_view(padded, 7), axis=1)
    result = np.full(len(row), np.nan)
    result[first:last] = filled
    return result


def rows_of(pieces: Pieces, cores: tuple[Floats, int], x_height: float) -> tuple[Ints, npt.NDArray[np.bool_]]:
    """Return the row (0 …) of each piece, -1 for those of none, and which pieces lie on several rows."""
    courses, cell = cores
    rows: Ints = np.full(len(pieces.x0), -1, np.int32)
    if not len(courses):
        return rows, rows >= 0
    middle = np.clip(((pieces.x0 + pieces.x1) / 2 / cell).astype(int), 0, courses.shape[1] - 1)
    course = courses[:, middle]
    half = x_height / 2
    above = course - half - pieces.y1  # paper between a mark and the core below it
    below = pieces.y0 - course - half
    away = np.maximum(above / (_ACCENT_REACH * x_height), below / (_TAIL_REACH * x_height))
    centre = (pieces.y0 + pieces.y1) / 2
    touching = (pieces.y0 - 0.1 * x_height <= course) & (course <= pieces.y1 + 0.1 * x_height)
    # A piece on several rows (letters of two lines that touch) goes to the one nearest its middle.
    cost = np.where(touching, -2 + np.abs(course - centre) / (100 * x_height), away)
    cost = np.where(np.isnan(cost), np.inf, cost)
    best = cost.argmin(axis=0)
    least = cost[best, np.arange(len(best))]
    own = (least <= 1) & (pieces.area > 0)
    own[0] = False
    rows[own] = best[own]
    core = (pieces.y0 + half <= course) & (course <= pieces.y1 - half)
    return rows, core.sum(axis=0) > 1
