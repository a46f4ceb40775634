"""Tables without rules: columns parted by white that runs down over several lines.

Careful rather than complete: a table must have a column of ordinals or of figures. Letterhead and end block are gone
before this looks.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from statistics import median

from pipeline.document import Line, Word
from pipeline.layout.columns import gaps, height_of, y_of
from pipeline.layout.paragraphs import bulleted, enumerated
from pipeline.layout.table_rows import is_figure, is_ordinal, rows_of, text_of

_WIDE, _VERY_WIDE = 0.9, 2.0
"""Gaps, in line heights, that a row of three columns and more, and one of two, must show."""
_LEAST = 0.35
"""A corridor of white is at least so wide, in line heights, in all rows together."""
_STEP = 3.4
"""Lines of one table follow within so many line heights."""
_ROWS = 3

Corridor = tuple[float, float]


def find_unruled(
    lines: Sequence[Line], aspect: float
) -> tuple[list[Line], list[tuple[float, list[list[list[Word]]]]]]:
    """Return the lines that are in no table, and each table as (its top, rows of columns of words).

    ``lines`` run from top to bottom; ``aspect`` is the page's height over its width.
    """
    left: list[Line] = []
    tables: list[tuple[float, list[list[list[Word]]]]] = []
    start = 0
    while start < len(lines):
        found = _table_at(lines, start, aspect)
        if found is None:
            left.append(lines[start])
            start += 1
            continue
        end, rows = found
        tables.append((lines[start].box.y0, rows))
        start = end
    return left, tables


def _table_at(lines: Sequence[Line], start: int, aspect: float) -> tuple[int, list[list[list[Word]]]] | None:
    """Return (line after it, rows) of a table that begins at the line ``start``, or None."""
    height = height_of(lines[start])
    corridors = _white(lines[start], _WIDE * height * aspect)
    if not corridors:
        return None
    end = start + 1
    spanning: list[int] = []
    while end < len(lines) and y_of(lines[end]) - y_of(lines[end - 1]) < _STEP * height:
        kept = _cleared(corridors, lines[end], _LEAST * height * aspect)
        if len(kept) == len(corridors) or len(kept) >= 2:
            corridors = kept
        elif _may_span(lines, end, corridors, height, aspect):
            spanning.append(end)
        else:
            break
        end += 1
    while spanning and spanning[-1] == end - 1:
        end = spanning.pop()
    corridors = [c for c in corridors if c[1] - c[0] >= _LEAST * height * aspect]
    full = [i for i in range(start, end) if i not in spanning and _fills(lines[i], corridors) > 1]
    if len(full) < _ROWS or not corridors:
        return None
    end = min(end, full[-1] + 1 + _tail(lines, full[-1], end, height))
    middles = [(a + b) / 2 for a, b in corridors]
    columns: list[list[Word]] = [[] for _ in range(len(corridors) + 1)]
    for line in lines[start:end]:
        for word in line.words:
            columns[sum(word.box.x_centre > middle for middle in middles)].append(word)
    rows = rows_of(columns)
    if not _is_table(rows, corridors, height * aspect):
        return None
    return end, rows


def _white(line: Line, least: float) -> list[Corridor]:
    return [(a, b) for _, a, b in gaps(line) if b - a >= least]


def _cleared(corridors: Sequence[Corridor], line: Line, least: float) -> list[Corridor]:
    """Return what ``line`` leaves free of ``corridors``: the widest free piece of each."""
    kept = []
    for start, end in corridors:
        pieces, at = [], start
        for word in line.words:
            if word.box.x1 > start and word.box.x0 < end:
                pieces.append((at, word.box.x0))
                at = max(at, word.box.x1)
        pieces.append((at, end))
        widest = max(pieces, key=lambda piece: piece[1] - piece[0])
        if widest[1] - widest[0] >= least:
            kept.append(widest)
    return kept


def _may_span(
    lines: Sequence[Line], at: int, corridors: Sequence[Corridor], height: float, aspect: float
) -> bool:
    """Return whether a line over several columns is the title of a group of rows: short, with rows below it."""
    if at + 1 >= len(lines) or lines[at].box.width > 0.6 or not enumerated(lines[at].text):
        return False
    below = _cleared(corridors, lines[at + 1], _LEAST * height * aspect)
    return len(below) == len(corridors) and _fills(lines[at + 1], corridors) > 1


def _fills(line: Line, corridors: Sequence[Corridor]) -> int:
    """Return in how many columns ``line`` has words."""
    middles = [(a + b) / 2 for a, b in corridors]
    return len({sum(word.box.x_centre > middle for middle in middles) for word in line.words})


def _tail(lines: Sequence[Line], last: int, end: int, height: float) -> int:
    """Return how many lines after the last full one still belong to its wrapped cells."""
    count = 0
    while last + count + 1 < end and y_of(lines[last + count + 1]) - y_of(lines[last + count]) < 1.7 * height:
        count += 1
    return count


def _is_table(rows: Sequence[Sequence[Sequence[Word]]], corridors: Sequence[Corridor], unit: float) -> bool:
    """Return whether a column bears ordinals that rise or figures, and no column is running text with rivers."""
    body = rows[1:]
    if len(body) < _ROWS - 1:
        return False
    texts = [[text_of(row[c]) for row in body] for c in range(len(corridors) + 1)]
    ordinals = [text for text in texts[0] if text]
    rising = [int(t.strip(".)")) for t in ordinals if t.strip(".)").isdigit()]
    numbered = (
        len(rising) >= 2
        and rising[0] == 1
        and sum(b == a + 1 for a, b in itertools.pairwise(rising)) >= 0.6 * (len(rising) - 1)
        and sum(map(is_ordinal, ordinals)) >= 0.7 * len(ordinals)
    )
    figures = any(
        len([t for t in column if t]) >= max(_ROWS, 0.5 * len(body))
        and sum(is_figure(t) for t in column if t) >= 0.7 * len([t for t in column if t])
        for column in texts[1:]
    )
    if any(bulleted(row_text) for row_text in texts[0]) and not numbered:
        return False
    if len(corridors) >= 2:
        return numbered or figures
    wide = corridors[0][1] - corridors[0][0] >= _VERY_WIDE * 0.5 * unit
    return figures and wide and median(len(t) for t in texts[1]) < 40 and len(body) > _ROWS
