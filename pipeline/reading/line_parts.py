"""Rows of print cut at wide gaps, and pieces of rows that are one line made one."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from pipeline.reading.ink_pieces import Floats, Ints, Pieces

_GAP = 3.0
"""White as wide as this, in x-heights, parts a row: lines are found in parts that are joined once they are read."""
LETTER, _DASH, _DOT = 0.5, 0.4, 0.15
"""Least height of a letter, width of a dash, size of a dot, in x-heights. Dots alone make no line."""
_ONE_LINE = 0.4
"""Parts beside each other whose middles lie less than this apart, in x-heights, are of one line."""
_WIDEST_MARK, _SWALLOWED, _BETWEEN_WORDS = 40, 14, 1.2
"""In x-heights: the widest seal or signature, how much of a line it may swallow, and the paper between words."""


@dataclass(frozen=True, eq=False)
class Parts:
    """Parts of rows between wide gaps: of each piece the part, -1 for none; of each part its row and its ends."""

    of_piece: Ints
    row: Ints
    left: Floats
    right: Floats
    middle: Floats
    """Coefficients (offset, slope, bend) of the middle of each part's core, shape (parts, 3)."""


def parts_of(pieces: Pieces, rows: Ints, cores: tuple[Floats, int], x_height: float) -> Parts:
    """Return the rows cut where nothing but specks stands for a while."""
    courses, cell = cores
    tall, wide = pieces.y1 - pieces.y0, pieces.x1 - pieces.x0
    solid = (tall >= LETTER * x_height) | ((wide >= _DASH * x_height) & (tall >= 2))
    of_piece: Ints = np.full(len(rows), -1, np.int32)
    row_of: list[int] = []
    left: list[float] = []
    right: list[float] = []
    middle: list[tuple[float, float, float]] = []
    order = np.lexsort((pieces.x0, rows))
    order = order[rows[order] >= 0]
    for members in np.split(order, np.flatnonzero(np.diff(rows[order])) + 1):
        if not len(members):
            continue
        firm = members[solid[members]]
        if not len(firm):
            continue
        reach = np.maximum.accumulate(pieces.x1[firm])
        cuts = np.flatnonzero(pieces.x0[firm][1:] - reach[:-1] > _GAP * x_height) + 1
        begins = pieces.x0[firm][np.concatenate([[0], cuts])]
        number = len(row_of)
        # What is too small to carry a line (dots, marks) joins the part that it stands in or beside.
        at = np.searchsorted(begins, (pieces.x0[members] + pieces.x1[members]) / 2, side="right") - 1
        at = np.maximum(at, 0)
        for part, own in enumerate(np.split(firm, cuts)):
            row = int(rows[members[0]])
            x0, x1 = float(pieces.x0[own].min()), float(pieces.x1[own].max())
            mine = members[at == part]
            x0, x1 = _with_dots(pieces, mine, x0, x1, x_height)
            near = np.union1d(mine[(pieces.x0[mine] < x1 + 1) & (pieces.x1[mine] > x0 - 1)], own)
            of_piece[near] = number + part
            row_of.append(row)
            left.append(float(pieces.x0[near].min()))
            right.append(float(pieces.x1[near].max()))
            middle.append(_fitted(courses[row], cell, x0, x1, x_height))
    found = Parts(
        of_piece, np.array(row_of, np.int32), np.array(left), np.array(right), np.array(middle).reshape(-1, 3)
    )
    return merged(found, x_height)


def _with_dots(pieces: Pieces, mine: Ints, x0: float, x1: float, x_height: float) -> tuple[float, float]:
    """Return the ends of a part drawn out over the dots and marks that follow each other closely there."""
    step, least = _BETWEEN_WORDS * x_height, _DOT * x_height
    big = mine[np.maximum(pieces.x1[mine] - pieces.x0[mine], pieces.y1[mine] - pieces.y0[mine]) >= least]
    for piece in big[pieces.x1[big] > x1]:  # sorted from left to right
        if pieces.x0[piece] > x1 + step:
            break
        x1 = max(x1, float(pieces.x1[piece]))
    for piece in big[pieces.x0[big] < x0][::-1]:
        if pieces.x1[piece] < x0 - step:
            break
        x0 = min(x0, float(pieces.x0[piece]))
    return x0, x1


def merged(parts: Parts, x_height: float) -> Parts:
    """Return ``parts`` with those made one that lie on one line, side by side or one over the other."""
    order = np.argsort(parts.left - parts.right, kind="stable")  # the longest first
    left, right, into = parts.left.copy(), parts.right.copy(), np.arange(len(order))
    for rank, one in enumerate(order):
        if into[one] != one:
            continue
        rest = order[rank + 1 :]
        changed = True
        while changed:
            changed = False
            near = rest[
                (left[rest] < right[one] + 1.5 * x_height) & (right[rest] > left[one] - 1.5 * x_height)
            ]
            for other in near[into[near] == near]:
                x = min(max((left[other] + right[other]) / 2, left[one]), right[one])
                offset, slope, bend = parts.middle[one]
                o_offset, o_slope, o_bend = parts.middle[other]
                at = min(max(x, left[other]), right[other])
                off = offset + (slope + bend * x) * x - (o_offset + (o_slope + o_bend * at) * at)
                if abs(off) < _ONE_LINE * x_height:
                    into[other] = one
                    left[one], right[one] = min(left[one], left[other]), max(right[one], right[other])
                    changed = True
    kept = np.flatnonzero(into == np.arange(len(into)))
    number = np.full(len(into) + 1, -1, np.int32)
    number[kept] = np.arange(len(kept))
    return Parts(
        np.append(number[into], np.int32(-1))[parts.of_piece].astype(np.int32),
        parts.row[kept],
        left[kept],
        right[kept],
        parts.middle[kept],
    )


def through_marks(parts: Parts, pieces: Pieces, x_height: float) -> Parts:
    """Return ``parts`` drawn out as far as ink goes on in marks (seals, signatures) that swallowed letters at their ends."""
    left, right = parts.left.copy(), parts.right.copy()
    middles = parts.middle
    for mark in np.flatnonzero((pieces.area == 0) & (pieces.x1 - pieces.x0 > x_height)):
        x0, x1, y0, y1 = (int(v[mark]) for v in (pieces.x0, pieces.x1, pieces.y0, pieces.y1))
        if x1 - x0 > _WIDEST_MARK * x_height:
            continue
        for part, (offset, slope, bend) in enumerate(middles):
            for side in (-1, 1):
                end = (left if side < 0 else right)[part]
                y = offset + (slope + bend * end) * end
                if not (y0 < y < y1 and x0 - x_height < end < x1 + x_height):
                    continue
                top, bottom = max(0, round(y - x_height / 2)), round(y + x_height / 2)
                inked = (pieces.labels[top:bottom, x0:x1] == mark).any(axis=0)
                columns = np.flatnonzero(inked) + x0
                beyond = columns[columns > end] if side > 0 else columns[columns < end][::-1]
                steps = np.abs(np.diff(np.concatenate([[end], beyond])))
                wide = np.flatnonzero(steps > _BETWEEN_WORDS * x_height)
                reached = beyond[: wide[0]] if len(wide) else beyond
                if len(reached):
                    far = end + side * min(abs(float(reached[-1]) - end), _SWALLOWED * x_height)
                    (left if side < 0 else right)[part] = far
    return merged(replace(parts, left=left, right=right), x_height)


def _fitted(course: Floats, cell: int, x0: float, x1: float, x_height: float) -> tuple[float, float, float]:
    """Return (offset, slope, bend) of a course between ``x0`` and ``x1``: the longer the part, the freer."""
    cells = np.arange(int(x0 // cell), int(x1 // cell) + 1)
    cells = cells[cells < len(course)]
    y = course[cells]
    known = ~np.isnan(y)
    x: Floats = ((cells + 0.5) * cell).astype(np.float64)[known]
    y = y[known]
    if not len(y):
        return float(np.nanmedian(course)), 0.0, 0.0
    length = (x1 - x0) / x_height
    terms = 3 if length > 40 and len(y) > 8 else 2 if length > 8 and len(y) > 4 else 1
    if terms == 1:
        return float(np.median(y)), 0.0, 0.0
    return curve(x, y, terms)


def curve(x: Floats, y: Floats, terms: int) -> tuple[float, float, float]:
    """Return (offset, slope, bend) of the polynomial of ``terms`` terms on which most of the points (x, y) lie."""
    middle, half = float(x.min() + x.max()) / 2, max(1.0, float(x.max() - x.min()) / 2)
    powers = ((x - middle) / half)[:, None] ** np.arange(terms)
    near = np.ones(len(x), bool)
    found = np.zeros(3)
    for _ in range(3):
        sides = powers[near]
        try:
            found[:terms] = np.linalg.solve(sides.T @ sides, sides.T @ y[near])
        except np.linalg.LinAlgError:
            found[:] = float(np.median(y[near])), 0.0, 0.0
        off = np.abs(y - powers @ found[:terms])
        near = off <= max(1.0, 2 * float(np.partition(off, len(off) // 2)[len(off) // 2]))
        if near.all() or near.sum() < terms + 3:
            break
    level, slope, bend = float(found[0]), float(found[1]) / half, float(found[2]) / half**2
    return level - slope * middle + bend * middle**2, slope - 2 * bend * middle, bend
