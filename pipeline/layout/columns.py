"""Geometry of printed lines: cutting at wide gaps, merging pieces of one row, margins."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from pipeline.document import Box, Line, Word, union

WIDE_GAP_HEIGHTS = 2.2
"""A gap wider than this many line heights separates columns: justified text stays under 1.5, letterheads over 2.5."""

SAME_EDGE = 0.012
"""Lines that begin within this share of the page's width begin at one edge: skew and uneven glyphs stay under it."""


@dataclass(frozen=True, slots=True)
class Margins:
    """Left and right edge of the body on one page and the usual distance of two lines, in page fractions."""

    left: float
    right: float
    pitch: float

    @property
    def width(self) -> float:
        """Width of the text block."""
        return self.right - self.left


def height_of(line: Line) -> float:
    """Return the median height of the words of ``line``: one tall scrap does not count."""
    return line.height


def y_of(line: Line) -> float:
    """Return the median vertical centre of the words of ``line``."""
    return line.y_centre


def gaps(line: Line) -> list[tuple[int, float, float]]:
    """Return (index of the word after it, left edge, right edge) of every gap between words."""
    return [
        (i, a.box.x1, b.box.x0)
        for i, (a, b) in enumerate(zip(line.words, line.words[1:], strict=False), start=1)
    ]


def cut(line: Line, index: int) -> tuple[Line, ...]:
    """Return ``line`` cut before the word ``index``; an empty part is left out."""
    parts = (line.words[:index], line.words[index:])
    return tuple(Line(words, line.stroke) for words in parts if words)


def wide_gap(line: Line, aspect: float) -> tuple[int, float, float] | None:
    """Return the widest gap of ``line`` if it is wide enough for a column gap, or None.

    ``aspect`` is page height over page width: heights and widths are fractions of different lengths.
    """
    widest = max(gaps(line), key=lambda gap: gap[2] - gap[1], default=None)
    if widest is None or widest[2] - widest[1] < WIDE_GAP_HEIGHTS * height_of(line) * aspect:
        return None
    return widest


def cut_at_boundary(line: Line, boundary: float, aspect: float) -> tuple[Line, ...]:
    """Return ``line`` cut at the gap that best agrees with a column edge at ``boundary`` (left edge of the right column).

    The gap must reach the boundary to within a few hundredths of the page and be wider than a space.
    """
    fitting = [gap for gap in gaps(line) if gap[2] > boundary - 0.06 and gap[1] < boundary + 0.03]
    if not fitting:
        return (line,)
    best = max(fitting, key=lambda gap: gap[2] - gap[1])
    if best[2] - best[1] < 0.8 * height_of(line) * aspect:
        return (line,)
    return cut(line, best[0])


def merge_rows(lines: Iterable[Line]) -> list[Line]:
    """Return the lines sorted from top to bottom, pieces of one printed row joined left to right.

    Readers sometimes break a row in two at a wide space; two pieces are one row when their heights overlap by more
    than half and they stand side by side.
    """
    rows: list[Line] = []
    for line in sorted(lines, key=y_of):
        for back in range(1, min(4, len(rows)) + 1):
            row = rows[-back]
            if _same_row(row, line):
                words = tuple(sorted(row.words + line.words, key=lambda word: word.box.x0))
                stroke = row.stroke if len(row.words) >= len(line.words) else line.stroke
                rows[-back] = Line(words, stroke)
                break
        else:
            rows.append(line)
    return sorted(rows, key=y_of)


def _same_row(row: Line, line: Line) -> bool:
    """Return whether ``line`` is a piece of the printed row ``row``: it stands beside its words or in a gap of them."""
    box = line.box
    if row.box.y1 < box.y0 or row.box.y0 > box.y1:
        return False
    centre = box.x_centre
    before = [word for word in row.words if word.box.x_centre < centre]
    after = row.words[len(before) :]
    left, right = (before[-1].box if before else None), (after[0].box if after else None)
    if (left and box.x0 < left.x1 - 0.004) or (right and box.x1 > right.x0 + 0.004):
        return False
    pairs = [(left, line.words[0].box), (right, line.words[-1].box)]
    nearest = min(
        ((there, here) for there, here in pairs if there is not None),
        key=lambda pair: min(abs(pair[0].x0 - pair[1].x1), abs(pair[1].x0 - pair[0].x1)),
    )
    shared = min(nearest[0].y1, nearest[1].y1) - max(nearest[0].y0, nearest[1].y0)
    return shared > 0.5 * min(nearest[0].height, nearest[1].height)


def margins_of(lines: Sequence[Line], fallback: Margins | None = None) -> Margins:
    """Return the margins of the body that ``lines`` of one page show.

    Long lines speak for the margins; with fewer than three of them the ``fallback`` (of the whole document) holds.
    """
    long = [line for line in lines if line.box.width > 0.45]
    if len(long) < 3:
        if fallback is not None:
            return fallback
        if not lines:
            return Margins(0.12, 0.92, 0.022)
        long = list(lines)
    rights = sorted(line.box.x1 for line in long)
    left = _left_edge([line for line in lines if line.box.width > 0.03] or long, fallback)
    centres = [y_of(line) for line in lines]
    steps = [b - a for a, b in pairwise(centres) if 0.004 < b - a < 0.05]
    pitch = median(steps) if steps else (fallback.pitch if fallback else 0.022)
    return Margins(left, rights[(len(rights) * 4) // 5], pitch)


def _left_edge(lines: Sequence[Line], fallback: Margins | None) -> float:
    """Return the left margin: the leftmost edge that several lines share.

    On a page of short items most lines are indented, so the margin is no majority; two lines or one in ten do.
    """
    edges = sorted(line.box.x0 for line in lines if line.words[0].confidence > 0.5) or [lines[0].box.x0]
    needed = max(2, len(edges) // 10)
    for index, edge in enumerate(edges):
        near = [other for other in edges[index:] if other - edge < SAME_EDGE]
        if len(near) >= needed:
            return near[len(near) // 2]
    return fallback.left if fallback is not None else edges[0]


def centred(line: Line, margins: Margins, slack: float = 0.03) -> bool:
    """Return whether ``line`` stands symmetrically between the margins and clear of both."""
    left, right = line.box.x0 - margins.left, margins.right - line.box.x1
    return left > 0.02 and right > 0.02 and abs(left - right) < slack + 0.15 * min(left, right)


def inside(words: Sequence[Word], box: Box, share: float = 0.6) -> list[Word]:
    """Return the words of which at least ``share`` lies in ``box``."""
    return [word for word in words if word.box.overlap(box) >= share]


def around(lines: Sequence[Line]) -> Box:
    """Return the box around ``lines``, of which there is at least one."""
    return union(line.box for line in lines)
