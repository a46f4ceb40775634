"""Cells: what upright and horizontal rules make of a table."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pipeline.document import Box, Grid, GridCell
from pipeline.reading.rules import NEAR_MM, Rule, Rules, meet, pixels
from pipeline.reading.sides import covered

_BORDER_SHARE = 0.6
"""Share of a cell's side that must be ruled for it to be a border."""
_INKED_SHARE = 0.95
"""Share of ink that makes a border of an upright side too low for a rule of its own; the letters of a merged cell, one
line high, leave white over and under them."""
_LEAST_WIDTH = 0.3
"""A table is at least this wide, in page widths; boxes of stamps are narrower."""
_LEFT_SHARE = 0.7
"""What a poor copy leaves at least of a border; a rule is taken to run on through a gap as high as a row of letters."""
_ROOM = 4
"""Pixels looked at on either side of an upright line."""

Place = tuple[int, int]


def grids_of(rules: Rules, shape: tuple[int, int], dpi: int) -> tuple[Grid, ...]:
    """Return the grids that ``rules`` draw on a page of ``shape`` (height, width) in pixels, from top to bottom.

    A frame around text, a box of one column or a stack of underlines is none: a table has at least two columns, and
    either two rows or a third column.
    """
    near = pixels(NEAR_MM, dpi)
    grids = []
    for across, upright in groups_of(rules, dpi):
        ys, xs = _levels(across, near), _levels(upright, near)
        rows, columns = len(ys) - 1, len(xs) - 1
        wide = rows >= 1 and columns >= 2 and xs[-1] - xs[0] >= _LEAST_WIDTH * shape[1]
        if not wide or rows * columns < 3:
            continue
        cells = _cells(ys, xs, across, upright, rules, near, shape)
        if len(cells) > 2:
            grids.append(Grid(cells))
    return tuple(sorted(grids, key=lambda grid: (grid.box.y0, grid.box.x0)))


def groups_of(rules: Rules, dpi: int) -> list[tuple[list[Rule], list[Rule]]]:
    """Return the rules that hang together, as pairs of horizontal and upright ones."""
    left = list(rules.upright)
    groups = []
    while left:
        upright, across = [left.pop()], list[Rule]()
        while True:
            more = [r for r in rules.across if r not in across and any(meet(r, u, dpi) for u in upright)]
            across += more
            joined = [u for u in left if any(meet(r, u, dpi) for r in more)]
            left = [u for u in left if u not in joined]
            upright += joined
            if not joined:
                break
        groups.append((across, upright))
    return groups


def _levels(rules: Sequence[Rule], near: int) -> list[float]:
    """Return the distinct positions of ``rules``, each the mean of those that lie near together."""
    groups: list[list[float]] = []
    for at in sorted(rule.at for rule in rules):
        if groups and at - groups[-1][-1] <= near:
            groups[-1].append(at)
        else:
            groups.append([at])
    return [sum(group) / len(group) for group in groups]


def _cells(
    ys: list[float],
    xs: list[float],
    across: Sequence[Rule],
    upright: Sequence[Rule],
    rules: Rules,
    near: int,
    shape: tuple[int, int],
) -> tuple[GridCell, ...]:
    """Return the cells of the grid ``ys`` × ``xs``: elementary ones, joined where no border parts them."""
    rows, columns = len(ys) - 1, len(xs) - 1
    owner = {(r, c): (r, c) for r in range(rows) for c in range(columns)}

    def root(place: Place) -> Place:
        while owner[place] != place:
            place = owner[place]
        return place

    for r, c in list(owner):
        least = (
            _LEFT_SHARE if _ruled(upright, xs[min(c + 1, columns)], ys[r], ys[r + 1], near) else _INKED_SHARE
        )
        if c + 1 < columns and _inked(rules, xs[c + 1], ys[r], ys[r + 1]) < least:
            owner[root((r, c + 1))] = root((r, c))
        if r + 1 < rows and not _ruled(across, ys[r + 1], xs[c], xs[c + 1], near):
            owner[root((r + 1, c))] = root((r, c))
    members: dict[Place, list[Place]] = {}
    for place in owner:
        members.setdefault(root(place), []).append(place)
    spans = [span for group in members.values() for span in _rectangles(group)]
    height, width = shape
    # Strokes of letters make levels at which no cell ends.
    row_of, column_of = (
        {
            level: at
            for at, level in enumerate(sorted({span[i] for span in spans for i in (first, first + 2)}))
        }
        for first in (0, 1)
    )
    return tuple(
        GridCell(
            row_of[top],
            row_of[bottom],
            column_of[left],
            column_of[right],
            Box(
                *(
                    round(v, 6)
                    for v in (xs[left] / width, ys[top] / height, xs[right] / width, ys[bottom] / height)
                )
            ),
        )
        for top, left, bottom, right in sorted(spans)
    )


def _rectangles(group: Sequence[Place]) -> list[tuple[int, int, int, int]]:
    """Return (top, left, bottom, right) of a joined cell; of a group that is no rectangle, those of its parts.

    A border that the scan lost joins cells to a corner shape, which no table has.
    """
    top, bottom = min(r for r, _ in group), max(r for r, _ in group) + 1
    left, right = min(c for _, c in group), max(c for _, c in group) + 1
    if len(group) == (bottom - top) * (right - left):
        return [(top, left, bottom, right)]
    return [(r, c, r + 1, c + 1) for r, c in group]


def _ruled(rules: Sequence[Rule], at: float, start: float, end: float, near: int) -> bool:
    covered = sum(
        max(0.0, min(rule.end, end) - max(rule.start, start)) for rule in rules if abs(rule.at - at) <= near
    )
    return covered >= _BORDER_SHARE * (end - start)


def _inked(rules: Rules, at: float, start: float, end: float) -> float:
    """Return the share of an upright side, from the one rule to the other, that bears ink."""
    middle, step = int(at / rules.step), rules.step
    strip = np.ascontiguousarray(rules.dark[:, max(0, middle - _ROOM) : middle + _ROOM + 1].T)
    return covered(strip, min(_ROOM, middle), start / step, end / step, drift=2)
