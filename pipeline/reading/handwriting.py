"""Handwriting in the letterhead: whether a number, a day or a month is typed or written by hand, judged by its ink.

Typed figures are all as high as the capitals beside them and stand on one line with them; a hand keeps to neither.
What the reader made of the gap says little: it reads handwriting with confidence.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log
from statistics import median

import cv2
import numpy as np

from pipeline.cleaning import CleanPage
from pipeline.cleaning.ink import INK_BELOW
from pipeline.cleaning.light import PAPER
from pipeline.document import Box, Line, Mark
from pipeline.reading.gaps import Gap, find_gaps
from pipeline.reading.stroke import pixels, stroke_width

_HEIGHT_TOLERANCE = 0.09
"""Typed figures differ from the typed capitals beside them by at most this share of their height, on poor scans too."""
_BASELINE_TOLERANCE = 0.07
_STROKE_TOLERANCE = 0.45
"""Natural logarithm of the ratio of stroke widths that counts as much as one tolerance above."""
_TYPED_BELOW = 0.95
"""Mean misfit, in tolerances, that separates typed from written: typed gaps measured 0.0 to 0.6, written ones from 1.3."""
_SHARPNESS = 4.0
_LEAST_GLYPH = 0.45
"""Ink lower than this share of a capital is dots, a comma, dirt or a leader, no figure."""


@dataclass(frozen=True, slots=True)
class _Glyph:
    """Ink that hangs together, or stands one above the other; pixels of the page."""

    left: int
    top: int
    right: int
    bottom: int


def find_handwriting(page: CleanPage, lines: Sequence[Line]) -> tuple[Mark, ...]:
    """Return a mark for each gap of the letterhead (number, day, month) that was filled in by hand.

    An empty gap and a typed one give no mark. ``score`` is 0.5 at the border between typed and written.
    """
    marks = []
    for gap in find_gaps(lines):
        found = _judge(page, gap)
        if found is not None and found.score >= 0.5:
            marks.append(found)
    return tuple(marks)


def _judge(page: CleanPage, gap: Gap) -> Mark | None:
    """Return the ink in the gap with the probability that it is handwriting, None when the gap is empty."""
    typed = _glyphs(page, gap.typed, room=0.1)
    tallest = max((g.bottom - g.top for g in typed), default=0)
    letters = [g for g in typed if g.bottom - g.top > 0.6 * tallest]
    if not letters:
        return None
    capital = median(g.bottom - g.top for g in letters)
    baseline = median(g.bottom for g in letters)
    glyphs = [
        g
        for g in _glyphs(page, gap.box, room=0.5, band=(baseline - capital, baseline))
        if g.bottom - g.top >= _LEAST_GLYPH * capital
    ]
    if not glyphs:
        return None
    height, width = page.grey.shape
    box = Box(
        min(g.left for g in glyphs) / width,
        min(g.top for g in glyphs) / height,
        max(g.right for g in glyphs) / width,
        max(g.bottom for g in glyphs) / height,
    )
    misfits = [
        min(4.0, abs((g.bottom - g.top) / capital - 1) / _HEIGHT_TOLERANCE)
        + min(4.0, abs(g.bottom - baseline) / capital / _BASELINE_TOLERANCE)
        for g in glyphs
    ]
    misfit = sum(misfits) / len(misfits) / 2
    own, other = stroke_width(page.grey[pixels(page, box)]), stroke_width(page.grey[pixels(page, gap.typed)])
    if own and other:
        misfit += min(1.5, abs(log(own / other)) / _STROKE_TOLERANCE) / 2
    if _is_blue(page, box) and not _is_blue(page, gap.typed):
        misfit += 2.0
    return Mark("handwriting", box, round(1 / (1 + exp(-_SHARPNESS * (misfit - _TYPED_BELOW))), 4))


def _glyphs(page: CleanPage, box: Box, room: float, band: tuple[float, float] | None = None) -> list[_Glyph]:
    """Return the glyphs between the box's left and right edge, up to ``room`` line heights above and below it.

    With ``band``, top and bottom in pixels of the figures to expect, ink that lies mostly outside of it is print of
    other lines, and is left out before ink is joined to glyphs; so are rules.
    """
    height, width = page.grey.shape
    higher = room * box.height
    beside = 0.6 * box.height * height / width
    rows, columns = pixels(
        page,
        Box(
            max(0.0, box.x0 - beside),
            max(0.0, box.y0 - higher),
            min(1.0, box.x1 + beside),
            min(1.0, box.y1 + higher),
        ),
    )
    piece = cv2.GaussianBlur(page.grey[rows, columns], (0, 0), page.dpi / 400)
    # Poor scans print grey: ink begins nearer to the paper there.
    ink_below = max(INK_BELOW, PAPER - 0.45 * (PAPER - float(np.percentile(piece, 2))))
    _, _, stats, _ = cv2.connectedComponentsWithStats((piece < ink_below).astype(np.uint8), connectivity=8)
    parts = []
    for x, y, w, h, area in stats[1:]:
        left, top = columns.start + int(x), rows.start + int(y)
        right, bottom = left + int(w), top + int(h)
        inside = min(right, box.x1 * width) - max(left, box.x0 * width)
        if area < 6 or inside < 0.5 * w:
            continue
        if band is not None:
            shared = min(bottom, band[1]) - max(top, band[0])
            if shared < 0.4 * h or (w > 1.5 * (band[1] - band[0]) and h < 0.25 * (band[1] - band[0])):
                continue
        parts.append((left, top, right, bottom))
    glyphs: list[_Glyph] = []
    for left, top, right, bottom in sorted(parts):
        last = glyphs[-1] if glyphs else None
        if last and left < last.right - 0.3 * min(right - left, last.right - last.left):
            glyphs[-1] = _Glyph(
                last.left, min(last.top, top), max(last.right, right), max(last.bottom, bottom)
            )
        else:
            glyphs.append(_Glyph(left, top, right, bottom))
    return glyphs


def _is_blue(page: CleanPage, box: Box) -> bool:
    """Return whether most ink in the box is blue."""
    if page.blue is None:
        return False
    where = pixels(page, box)
    ink = page.grey[where] < INK_BELOW
    return bool(ink.any()) and float((page.blue[where] < 200)[ink].mean()) > 0.5
