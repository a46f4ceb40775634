"""The lines of print on a clean page: where their baselines run, and how tall their small letters are.

How they are found is told in :mod:`pipeline.reading.row_cores`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from pipeline.cleaning import CleanPage
from pipeline.cleaning.components import Labels
from pipeline.cleaning.shrink import halved
from pipeline.reading.ink_pieces import Floats, Ints, Pieces, pieces_of, usual_x_height
from pipeline.reading.line_parts import LETTER, Parts, curve, merged, parts_of, through_marks
from pipeline.reading.row_cores import find_cores, rows_of

FINE_DPI = 220
"""From here on the page is looked at in half its size."""
_CAPITAL = 1.45
"""Height of a capital over that of an "x" in the faces of office print (Times 1.48, Arial 1.38)."""
_PERHAPS_CAPITAL, _SURELY_CAPITAL = 1.12, 1.25
"""Letters this much taller than the page's small ones may be capitals or figures, and most often are."""
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
    labels: Labels
    owner: Ints
    step: int


def find_lines(page: CleanPage) -> FoundLines:
    """Return the lines of print on ``page``, which is upright and straight."""
    step = 2 if page.dpi >= FINE_DPI else 1
    grey = page.grey
    if step == 2:
        grey = halved(grey)
    per_mm = page.dpi / step / 25.4
    pieces, ink = pieces_of(grey, per_mm)
    x_height = usual_x_height(pieces, per_mm)
    cores = find_cores(ink, x_height)
    rows, shared = rows_of(pieces, cores, x_height)
    parts = through_marks(parts_of(pieces, rows, cores, x_height), pieces, x_height)
    lines = _measured(pieces, ink, parts, x_height, shared)
    level = merged(_on_baselines(parts, lines, x_height), x_height)
    if len(level.row) < len(parts.row):  # capitals with two marks lift the middle of a core, not its baseline
        parts, lines = level, _measured(pieces, ink, level, x_height, shared)
    owner = np.where(shared, 0, parts.of_piece + 1)
    return FoundLines(tuple(line.scaled(step) for line in lines), pieces.labels, owner.astype(np.int32), step)


def _on_baselines(parts: Parts, lines: Sequence[TextLine], x_height: float) -> Parts:
    """Return ``parts`` with the middles of their cores where their baselines, as measured, put them."""
    middle = parts.middle.copy()
    for line in lines:
        middle[line.label - 1] = line.offset - x_height / 2, line.slope, line.bend
    return replace(parts, middle=middle)


def _measured(
    pieces: Pieces, ink: npt.NDArray[np.uint8], parts: Parts, x_height: float, shared: npt.NDArray[np.bool_]
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
        letters = (top > 0) & (bottom > 0) & (top + bottom >= LETTER * x_height)
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
                change = curve(x[on_line], bottom[on_line], terms)
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


def _edges(pieces: Pieces, ink: npt.NDArray[np.uint8], parts: Parts, reach: int, *, below: bool) -> Floats:
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
