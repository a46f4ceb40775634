"""Columns that a reader joined into one line: the letterhead, the end block, a table without rules."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

import regex

from pipeline.document import Line, Word
from pipeline.text import fold

_GUTTER = 1.1
"""A gutter is at least this wide, in line heights; gaps between justified words seldom are."""
_WIDE_GUTTER = 4.5
"""A gap this wide parts columns even when no other line has its like."""
_REACH = 3.2
"""Lines this many line heights above or below are neighbours."""
_BEFORE_HAND = regex.compile(r"(?:^|\W)(?:so|ngay|thang|nam)[:.,]?$")
_AFTER_HAND = regex.compile(r"^(?:[/\-]|thang\b|nam\b|ngay\b)")


@dataclass(frozen=True, slots=True)
class _Gap:
    """White space before word ``index`` of a line; all lengths in page heights."""

    line: int
    index: int
    left: float
    right: float
    y: float


def split_columns(lines: Sequence[Line], aspect: float) -> tuple[Line, ...]:
    """Return ``lines`` with each line that runs over a gutter cut in two or more; the order stays.

    ``aspect`` is the page's width over its height. A gap is a gutter when a neighbouring line has a gap at the same
    place, or when it is very wide. The gaps that are left for handwriting ("Số:   /BC-UBND", "ngày   tháng") are none.
    """
    heights = [
        word.box.height for line in lines for word in line.words if any(c.isalnum() for c in word.text)
    ]
    if not heights:
        return tuple(lines)
    height = median(heights)
    gaps = [gap for number, line in enumerate(lines) for gap in _gaps(number, line, aspect, height)]
    cuts: dict[int, list[int]] = {}
    for gap in gaps:
        words = lines[gap.line].words
        wide = gap.right - gap.left > _WIDE_GUTTER * height
        hand = _BEFORE_HAND.search(fold(words[gap.index - 1].text)) or _AFTER_HAND.match(
            fold(words[gap.index].text)
        )
        if hand and gap.right - gap.left <= 2 * _WIDE_GUTTER * height:
            continue
        if wide or any(_aligned(gap, other, height) for other in gaps):
            cuts.setdefault(gap.line, []).append(gap.index)
    result: list[Line] = []
    for number, line in enumerate(lines):
        edges = [0, *cuts.get(number, []), len(line.words)]
        result.extend(Line(line.words[a:b], line.stroke) for a, b in itertools.pairwise(edges))
    return tuple(result)


def _gaps(number: int, line: Line, aspect: float, height: float) -> list[_Gap]:
    """Return the gaps of ``line`` that are wide enough for a gutter."""
    found = []
    reach = 0.0
    for index, word in enumerate(line.words):
        left = word.box.x0 * aspect
        if index and left - reach >= _GUTTER * height:
            found.append(_Gap(number, index, reach, left, _middle(line.words)))
        reach = max(reach, word.box.x1 * aspect)
    return found


def _middle(words: Sequence[Word]) -> float:
    """Return the height on the page at which the words stand."""
    return median(word.box.y_centre for word in words)


def _aligned(gap: _Gap, other: _Gap, height: float) -> bool:
    """Return whether two gaps of neighbouring lines stand one above the other, wide enough to see through both."""
    if gap.line == other.line or abs(gap.y - other.y) > _REACH * height:
        return False
    return min(gap.right, other.right) - max(gap.left, other.left) >= 0.8 * height
