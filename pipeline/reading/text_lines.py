"""Where the lines of print stand on a clean page: found by the rows that ink makes, not by blank rows between them.

Vietnamese lines set tight overlap: marks stacked on a capital reach the baseline above, tails reach down to them. What stays
apart is the core of each line, the strip of the height of an "x" that all letters share: it is dark, and the strips above
and below it are lighter. So cores are sought, at several sizes, in short stretches that are then linked from left to
right, and every connected piece of ink goes to the core that it touches or, an accent or a dot, to the one it is nearest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.cleaning import CleanPage
from pipeline.cleaning.ink import Grey

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]

FINE_DPI = 220
"""From here on the page is looked at in half its size."""
_INK_BELOW = 180
"""At half the size a thin stroke is greyer than print at full size."""
_USUAL_X_MM = 2.2
"""Height of the "x" of 13.5 pt, in mm; assumed where there is too little to measure."""
_X_MM = (1.2, 4.2)
"""From 7 pt print to 26 pt titles."""
_RULE_MM = 12.0
_SIZES = (0.9, 1.35, 2.0)
"""Sizes, in heights of the page's usual "x", at which cores are sought: small letters, capitals, titles."""
_WINDOW = 4.2
"""Length of a stretch in which a core is sought, in x-heights: some four letters, more than the widest space."""
_FAINT = 0.025
"""How much darker a core must be than what lies above and below it, as a share of ink: a lone figure."""
_OFF = 0.45
"""Stretches of one line lie at most so far off each other, in x-heights."""
_GAP = 3.0
"""White as wide as this, in x-heights, parts a row: lines are found in parts that are joined once they are read."""
_ACCENT_REACH, _TAIL_REACH = 1.5, 0.6
"""How far above and below the core marks and tails of a line may begin, in x-heights."""
_CAPITAL = 1.45
"""Height of a capital over that of an "x" in the faces of office print (Times 1.48, Arial 1.38)."""
_ONE_LINE = 0.4
"""Parts beside each other whose middles lie less than this apart, in x-heights, are of one line."""
_WIDEST_MARK, _SWALLOWED, _BETWEEN_WORDS = 40, 14, 1.2
"""In x-heights: the widest seal or signature, how much of a line it may swallow, and the paper between words."""
_PERHAPS_CAPITAL, _SURELY_CAPITAL = 1.12, 1.25
"""Letters this much taller than the page's small ones may be capitals or figures, and most often are."""
_LETTER, _DASH, _DOT = 0.5, 0.4, 0.15
"""Least height of a letter, width of a dash, size of a dot, in x-heights. Dots alone make no line."""
_TALLEST = 2.6
"""A lone piece taller than this, in x-heights, is no letter."""
_SOLID = 1.25
"""Ink of a line over that of a black bar as high as an "x": bold capitals reach 1.0."""


@dataclass(frozen=True, eq=False)
class TextLine:
    """A line of print, or a part of one, in pixels of the clean page.

    From ``left`` to ``right`` its baseline runs at ``y = offset + slope * x + bend * x**2``; ``x_height`` is that of
    small letters, also where it has capitals alone. Parts of one row have the same ``row``. ``label`` owns its ink.
    """

    left: float
    right: float
    offset: float
    slope: float
    bend: float
    x_height: float
    row: int
    label: int

    def scaled(self, by: float) -> TextLine:
        """Return the line on a page ``by`` times as large."""
        return replace(
            self,
            left=self.left * by,
            right=self.right * by,
            offset=self.offset * by,
            bend=self.bend / by,
            x_height=self.x_height * by,
        )

    def baseline(self, x: float) -> float:
        """Return the height of the baseline at ``x``."""
        return self.offset + self.slope * x + self.bend * x * x


@dataclass(frozen=True, eq=False)
class FoundLines:
    """The lines of a page, from top to bottom, and whose each piece of ink is.

    ``labels`` numbers the connected pieces of ink of the page in 1 / ``step`` of its size; ``owner`` gives for each number
    the label of its line, 0 for paper, for what belongs to no line, and for what several lines share.
    """

    lines: tuple[TextLine, ...]
    labels: Ints
    owner: Ints
    step: int


@dataclass(frozen=True, eq=False)
class _Pieces:
    """Connected pieces of ink: bounding boxes, ends excluded, and the picture of their labels (0 is paper)."""

    x0: Floats
    y0: Floats
    x1: Floats
    y1: Floats
    area: Floats
    labels: Ints


def find_lines(page: CleanPage) -> FoundLines:
    """Return the lines of print on ``page``, which is upright and straight."""
    step = 2 if page.dpi >= FINE_DPI else 1
    grey = page.grey
    if step == 2:
        height, width = grey.shape[0] // 2 * 2, grey.shape[1] // 2 * 2
        grey = cv2.resize(
            grey[:height, :width], (width // 2, height // 2), interpolation=cv2.INTER_AREA
        ).astype(np.uint8, copy=False)
    per_mm = page.dpi / step / 25.4
    pieces, ink = _pieces_of(grey, per_mm)
    x_height = _usual_x_height(pieces, per_mm)
    cores = _cores(ink, x_height)
    rows, shared = _rows_of(pieces, cores, x_height)
    parts = _through_marks(_parts(pieces, rows, cores, x_height), pieces, x_height)
    lines = _measured(pieces, ink, parts, x_height, shared)
    level = _merged(_on_baselines(parts, lines, x_height), x_height)
    if len(level.row) < len(parts.row):  # capitals with two marks lift the middle of a core, not its baseline
        parts, lines = level, _measured(pieces, ink, level, x_height, shared)
    owner = np.where(shared, 0, parts.of_piece + 1)
    return FoundLines(tuple(line.scaled(step) for line in lines), pieces.labels, owner.astype(np.int32), step)


def _pieces_of(grey: Grey, per_mm: float) -> tuple[_Pieces, npt.NDArray[np.uint8]]:
    """Return the connected pieces of ink without long rules, and the ink of those that may be print, 0 or 255."""
    ink = np.asarray(cv2.threshold(grey, _INK_BELOW, 255, cv2.THRESH_BINARY_INV)[1], np.uint8)
    long = max(8, round(_RULE_MM * per_mm))
    # A rule that sinks by a pixel now and then is seen in ink that is a little thickened.
    for along, across in (((1, long), (3, 1)), ((long, 1), (1, 3))):
        thick = cv2.dilate(ink, np.ones(across, np.uint8))
        rules = cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones(along, np.uint8))
        ink = np.asarray(cv2.subtract(ink, rules), np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStatsWithAlgorithm(ink, 8, cv2.CV_32S, cv2.CCL_GRANA)
    found = np.asarray(stats, np.float64)
    x0, y0, wide, tall, area = found.T
    huge = tall > 3 * _X_MM[1] * per_mm
    huge[0] = False
    if huge.any():
        ink[huge[labels]] = 0
    keep = ~huge
    return _Pieces(x0, y0, x0 + wide, y0 + tall, area * keep, np.asarray(labels, np.int32)), ink


def _usual_x_height(pieces: _Pieces, per_mm: float) -> float:
    """Return the height of the small letters of which there are most, in pixels."""
    tall, wide = pieces.y1 - pieces.y0, pieces.x1 - pieces.x0
    low, high = _X_MM[0] * per_mm, _X_MM[1] * per_mm
    letters = (tall >= low) & (tall <= high) & (wide >= 0.3 * tall) & (wide <= 4 * tall) & (pieces.area > 0)
    letters[0] = False
    if letters.sum() < 12:
        return _USUAL_X_MM * per_mm
    counts = np.bincount(tall[letters].astype(int), minlength=int(high) + 2).astype(np.float64)
    near = np.convolve(counts, (0.5, 1.0, 0.5), mode="same")
    best = int(near.argmax())
    # Where most pieces are letters with their marks, or capitals, the small letters are the lesser summit below.
    lower = near[int(best / 1.6) : int(best / 1.3) + 1]
    if len(lower) and lower.max() >= 0.4 * near[best]:
        best = int(best / 1.6) + int(lower.argmax())
    around = np.arange(max(0, best - 1), best + 2)
    return float((around * counts[around]).sum() / counts[around].sum())


def _cores(ink: npt.NDArray[np.uint8], x_height: float) -> tuple[Floats, int]:
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


def _rows_of(
    pieces: _Pieces, cores: tuple[Floats, int], x_height: float
) -> tuple[Ints, npt.NDArray[np.bool_]]:
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


@dataclass(frozen=True, eq=False)
class _Parts:
    """Parts of rows between wide gaps: of each piece the part, -1 for none; of each part its row and its ends."""

    of_piece: Ints
    row: Ints
    left: Floats
    right: Floats
    middle: Floats
    """Coefficients (offset, slope, bend) of the middle of each part's core, shape (parts, 3)."""


def _parts(pieces: _Pieces, rows: Ints, cores: tuple[Floats, int], x_height: float) -> _Parts:
    """Return the rows cut where nothing but specks stands for a while."""
    courses, cell = cores
    tall, wide = pieces.y1 - pieces.y0, pieces.x1 - pieces.x0
    solid = (tall >= _LETTER * x_height) | ((wide >= _DASH * x_height) & (tall >= 2))
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
    found = _Parts(
        of_piece, np.array(row_of, np.int32), np.array(left), np.array(right), np.array(middle).reshape(-1, 3)
    )
    return _merged(found, x_height)


def _on_baselines(parts: _Parts, lines: Sequence[TextLine], x_height: float) -> _Parts:
    """Return ``parts`` with the middles of their cores where their baselines, as measured, put them."""
    middle = parts.middle.copy()
    for line in lines:
        middle[line.label - 1] = line.offset - x_height / 2, line.slope, line.bend
    return replace(parts, middle=middle)


def _with_dots(pieces: _Pieces, mine: Ints, x0: float, x1: float, x_height: float) -> tuple[float, float]:
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


def _merged(parts: _Parts, x_height: float) -> _Parts:
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
    return _Parts(
        np.append(number[into], np.int32(-1))[parts.of_piece].astype(np.int32),
        parts.row[kept],
        left[kept],
        right[kept],
        parts.middle[kept],
    )


def _through_marks(parts: _Parts, pieces: _Pieces, x_height: float) -> _Parts:
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
    return _merged(replace(parts, left=left, right=right), x_height)


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
    return _curve(x, y, terms)


def _curve(x: Floats, y: Floats, terms: int) -> tuple[float, float, float]:
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


def _measured(
    pieces: _Pieces, ink: npt.NDArray[np.uint8], parts: _Parts, x_height: float, shared: npt.NDArray[np.bool_]
) -> list[TextLine]:
    """Return the parts as lines, each with the baseline and the x-height that the edges of its ink tell."""
    reach = round(3 * x_height)
    lower = _edges(pieces, ink, parts, reach, below=True)
    upper = _edges(pieces, ink, parts, reach, below=False)
    lines, certain = [], []
    for part in range(len(parts.row)):
        offset, slope, bend = parts.middle[part]
        own = np.flatnonzero((parts.of_piece == part) & ~shared)
        x = (pieces.x0[own] + pieces.x1[own]) / 2
        course = offset + (slope + bend * x) * x
        top, bottom = course - pieces.y0[own], pieces.y1[own] - course
        letters = (top > 0) & (bottom > 0) & (top + bottom >= _LETTER * x_height)
        if len(own) and (top + bottom).max() > _TALLEST * x_height and letters.sum() == 1:
            continue  # the edge of the sheet, a stroke of a pen
        if pieces.area[own].sum() > _SOLID * x_height * (parts.right[part] - parts.left[part]):
            continue  # the grain of a scanner's lid, a picture
        if letters.any():
            base, tall = _core_of(lower[part], upper[part], reach, x_height, bottom[letters])
            if (top + bottom)[letters].max() < 0.8 * tall:  # specks or a broken scrap
                tall = x_height
            small, sure = _small_letter(tall, base, top[letters], bottom[letters], x_height)
            on_line = letters & (np.abs(bottom - base) < 0.3 * small)
            if on_line.sum() >= 6:
                length = (parts.right[part] - parts.left[part]) / x_height
                terms = 3 if length > 25 and on_line.sum() >= 15 else 2 if length > 5 else 1
                change = _curve(x[on_line], bottom[on_line], terms)
                offset, slope, bend = offset + change[0] - base, slope + change[1], bend + change[2]
        else:
            base, small, sure = 0.45 * x_height, x_height, True  # a dash
        certain.append(sure)
        lines.append(
            TextLine(
                float(parts.left[part]),
                float(parts.right[part]),
                float(offset + base),
                float(slope),
                float(bend),
                float(small),
                int(parts.row[part]),
                part + 1,
            )
        )
    return [line if sure else _like_above(line, lines) for line, sure in zip(lines, certain, strict=True)]


def _like_above(line: TextLine, lines: Sequence[TextLine]) -> TextLine:
    """Return ``line`` as one of capitals when its letters are as tall as those of the lower-case line above it.

    "- Lưu: VT." at the end of a list in small print has capitals that are as high as the small letters of the body.
    """
    base, unit = line.baseline(line.left), line.x_height
    for other in lines:
        step = base - other.baseline(other.left)
        above = abs(other.left - line.left) < unit and 0 < step < 3 * unit
        if above and line.x_height > _SURELY_CAPITAL * other.x_height:
            return replace(line, x_height=line.x_height / _CAPITAL)
    return line


def _core_of(lower: Floats, upper: Floats, reach: int, x_height: float, feet: Floats) -> tuple[float, float]:
    """Return how far below a line's middle its baseline lies, and how far above that its letters end.

    Most ``feet`` of letters stand on the baseline. Where letters run together, edges of ink tell it; underlines have edges.
    """
    usual = float(np.median(feet))
    standing = feet[np.abs(feet - usual) < 0.12 * x_height]
    if len(feet) >= 5 and len(standing) >= 0.45 * len(feet):
        base = float(standing.mean())
    else:
        near, far = round(0.15 * x_height), round(1.6 * x_height)
        base = _summit(lower[reach + near : reach + far]) + near + 1
    high = round(base) - max(3, round(0.6 * x_height))
    low = round(base) - round(2.2 * x_height)
    first = max(0, reach + low)
    top = _summit(upper[first : reach + high + 1]) + first - reach
    return base, base - top


def _summit(counts: Floats) -> float:
    """Return where a histogram is highest, between its bins."""
    if len(counts) < 3 or counts.max() == 0:
        return len(counts) / 2
    smooth = np.convolve(np.pad(counts, 1), (0.5, 1.0, 0.5), mode="valid")
    best = int(smooth.argmax())
    around = np.arange(max(0, best - 1), min(len(counts), best + 2))
    weight = counts[around].sum()
    return float((around * counts[around]).sum() / weight) if weight else float(best)


def _small_letter(
    tall: float, base: float, top: Floats, bottom: Floats, x_height: float
) -> tuple[float, bool]:
    """Return the x-height of a line whose letters mostly end ``tall`` above the baseline, and whether that is certain.

    Beside small letters stand tall ones (b, d, h, l and capitals), a third of all; nothing but marks stands over capitals.
    """
    standing = np.abs(bottom - base) < 0.22 * tall
    rise = (top[standing] + base) / tall
    usual, higher = ((rise > 0.8) & (rise < 1.2)).sum(), ((rise > 1.41) & (rise < 1.58)).sum()
    if tall < _PERHAPS_CAPITAL * x_height:
        return tall, bool(higher)
    needed = 0.15 if tall < _SURELY_CAPITAL * x_height else 0.28
    return (tall if higher >= 2 and higher >= needed * (usual + higher) else tall / _CAPITAL), True


def _edges(pieces: _Pieces, ink: npt.NDArray[np.uint8], parts: _Parts, reach: int, *, below: bool) -> Floats:
    """Return how many pixels of each part have paper below (or above) them, by height against its middle.

    Shape (parts, 2 * reach + 1); bin ``reach`` is the middle itself.
    """
    edge = (ink[:-1] > ink[1:]) if below else (ink[1:] > ink[:-1])
    at = np.flatnonzero(edge)
    part = parts.of_piece[pieces.labels.ravel()[at if below else at + ink.shape[1]]]
    at, part = at[part >= 0], part[part >= 0]
    y, x = np.divmod(at, ink.shape[1])
    if not below:
        y = y + 1
    offset, slope, bend = parts.middle[part].T
    at = np.rint(y - offset - (slope + bend * x) * x).astype(int) + reach
    inside = (at >= 0) & (at <= 2 * reach)
    size = 2 * reach + 1
    found = np.bincount(part[inside] * size + at[inside], minlength=len(parts.row) * size)
    return found.reshape(-1, size).astype(np.float64)
