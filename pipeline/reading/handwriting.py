"""Handwriting in the letterhead: whether a number, a day or a month is typed or written by hand, judged by its ink.

Typed figures reach from the line's foot to the height of its capitals, a number stands close to its slash, a day a space
from the words beside it; a hand keeps to none of it. What the reader made of the gap says little: it reads handwriting
with confidence, and misreads type.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log

import cv2
import numpy as np

from pipeline.cleaning import CleanPage
from pipeline.cleaning.components import components
from pipeline.cleaning.ink import INK_BELOW
from pipeline.cleaning.light import PAPER
from pipeline.document import Box, Line, Mark
from pipeline.reading.gaps import Gap, find_gaps
from pipeline.reading.stroke import pixels, stroke_width

_TOLERANCE = 0.12
"""Type begins and ends within this share of the height of the type beside it; a joined slash or a speck shifts it."""
_STROKE_TOLERANCE = 0.45
"""Natural logarithm of the ratio of stroke widths that counts as much as one tolerance above."""
_TYPED_BELOW = 1.25
"""Misfit in tolerances that separates typed from written: typed gaps measured 0.0 to 1.0, written ones from 1.5."""
_SHARPNESS = 4.0
_TYPED = 0.35
"""Ink that is handwriting with at most this probability was typed; between it and a half nothing is said."""
_CLOSE, _CLOSE_TOLERANCE = 0.55, 0.3
"""Type ends this near to the slash after it, in heights of a capital, and what counts as one tolerance beyond: measured
0 to 0.25 for typed numbers, half with a space typed between; 0.45 to 1.9 for written ones, for which a form leaves room."""
_APART, _APART_TOLERANCE = 0.22, 0.2
"""Typed days and months stand this far from the words beside them (0.3 to 0.65); written ones touch them."""
_ROOM = 0.3
"""A hand reaches this share of the line's height above and below it, and beyond."""
_FAINT = 0.4
"""Ink begins at this share of the way from the paper to the darkest ink: poor scans print grey."""
_TAIL = 0.03
"""This share of the ink above and below does not count: specks, the tip of a slash."""
_LEAST = 0.45
"""Ink lower than this share of the type beside it is dots, a comma, dirt or a leader, no figure."""


@dataclass(frozen=True, slots=True)
class _Ink:
    """Where print or writing stands, in pixels of the page: ``top`` and ``bottom`` of nearly all its ink."""

    left: int
    top: int
    right: int
    bottom: int


def find_handwriting(page: CleanPage, lines: Sequence[Line]) -> tuple[Mark, ...]:
    """Return a mark for each gap of the letterhead (number, day, month) that is filled: "handwriting" or "typed".

    An empty gap gives no mark, nor does one whose ink speaks for neither. ``score`` says how sure the mark is.
    """
    marks = []
    for gap in find_gaps(lines):
        found = _judge(page, gap)
        if found is not None and found.score >= 0.5:
            marks.append(found)
        elif found is not None and found.score <= _TYPED:
            marks.append(Mark("typed", found.box, round(1 - found.score, 4)))
    return tuple(marks)


def _judge(page: CleanPage, gap: Gap) -> Mark | None:
    """Return the ink in the gap with the probability that it is handwriting, None when the gap is empty."""
    typed, ink = _ink(page, gap.typed), _ink(page, gap.box)
    if typed is None or ink is None:
        return None
    capital = typed.bottom - typed.top
    if ink.bottom - ink.top < _LEAST * capital:
        return None
    height, width = page.grey.shape
    box = Box(ink.left / width, ink.top / height, ink.right / width, ink.bottom / height)
    misfit = (abs(ink.top - typed.top) + abs(ink.bottom - typed.bottom)) / capital / 2 / _TOLERANCE
    own, other = (
        stroke_width(page.grey[pixels(page, gap.box)]),
        stroke_width(page.grey[pixels(page, gap.typed)]),
    )
    if own and other:
        misfit += min(1.5, abs(log(own / other)) / _STROKE_TOLERANCE) / 2
    misfit += _misplaced(gap, ink, capital, width)
    if _is_blue(page, box) and not _is_blue(page, gap.typed):
        misfit += 2.0
    return Mark("handwriting", box, round(1 / (1 + exp(-_SHARPNESS * (misfit - _TYPED_BELOW))), 4))


def _misplaced(gap: Gap, ink: _Ink, capital: int, width: int) -> float:
    """Return in tolerances how far the ink stands from where type would, along a line of a page ``width`` pixels wide."""
    before, after = ink.left - gap.box.x0 * width, gap.box.x1 * width - ink.right
    if gap.kind == "number":
        return min(2.0, max(0.0, after / capital - _CLOSE) / _CLOSE_TOLERANCE)
    return min(1.5, max(0.0, _APART - min(before, after) / capital) / _APART_TOLERANCE)


def _ink(page: CleanPage, box: Box) -> _Ink | None:
    """Return where the ink of a span of a line stands, None when there is none.

    Rules, specks, what stands mostly on other lines, and what reaches in from beside do not count.
    """
    line = box.height * page.grey.shape[0]
    above = Box(box.x0, max(0.0, box.y0 - _ROOM * box.height), box.x1, min(1.0, box.y1 + _ROOM * box.height))
    rows, columns = pixels(page, above)
    first, last = box.y0 * page.grey.shape[0] - rows.start, box.y1 * page.grey.shape[0] - rows.start
    piece = cv2.GaussianBlur(page.grey[rows, columns], (0, 0), page.dpi / 400)
    ink_below = max(INK_BELOW, PAPER - _FAINT * (PAPER - float(np.percentile(piece, 2))))
    labels, stats = components(np.asarray(piece < ink_below))
    kept = np.zeros(len(stats), np.bool_)
    for label, (x, y, w, h, _) in enumerate(stats[1:], start=1):
        elsewhere = min(y + h, last) - max(y, first) < 0.5 * h
        rule = w > 2 * h and h < 0.15 * line
        speck = max(w, h) < 0.2 * line
        from_beside = (x == 0 or x + w == piece.shape[1]) and w < 0.15 * line
        kept[label] = not (elsewhere or rule or speck or from_beside)
    if not kept.any():
        return None
    ink = kept[labels]
    share = np.cumsum(ink.sum(axis=1)) / ink.sum()
    used = stats[kept]
    return _Ink(
        columns.start + int(used[:, 0].min()),
        rows.start + int(np.searchsorted(share, _TAIL)),
        columns.start + int((used[:, 0] + used[:, 2]).max()),
        rows.start + int(np.searchsorted(share, 1 - _TAIL)) + 1,
    )


def _is_blue(page: CleanPage, box: Box) -> bool:
    """Return whether most ink in the box is blue."""
    if page.blue is None:
        return False
    where = pixels(page, box)
    ink = page.grey[where] < INK_BELOW
    return bool(ink.any()) and float((page.blue[where] < 200)[ink].mean()) > 0.5
