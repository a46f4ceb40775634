"""The order in which a page is read: from top to bottom, and where two columns stand side by side, the left one first."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.document import Box, Line

_GUTTER = 1.0
"""Paper between two columns, in line heights."""
_APART = 2.6
"""Rows further apart than so many line heights, from middle to middle, are of different blocks."""


def in_reading_order(lines: Sequence[Line], aspect: float) -> list[Line]:
    """Return ``lines`` in reading order; ``aspect`` is the page's width over its height.

    Rows of two lines side by side with the same gutter between them, as in the letterhead and the end block, are read column
    by column, with the rows between that stand on one side. Rows of more lines are those of a table, read as they stand.
    """
    rows = _rows(lines)
    result: list[Line] = []
    at = 0
    while at < len(rows):
        end = _block(rows, at, aspect)
        if end is None:
            result += rows[at]
            at += 1
        else:
            gutter = _gutter(rows[at:end], aspect)
            block = [line for row in rows[at:end] for line in row]
            middle = sum(gutter) / 2 / aspect if gutter else 1.0
            result += [line for line in block if line.box.x_centre <= middle]
            result += [line for line in block if line.box.x_centre > middle]
            at = end
    return result


def _rows(lines: Sequence[Line]) -> list[list[Line]]:
    """Return the lines that stand side by side together, from top to bottom, each row from left to right."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: line.box.y_centre):
        if rows and all(_beside(line.box, other.box) for other in rows[-1]):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda line: line.box.x0) for row in rows]


def _beside(box: Box, other: Box) -> bool:
    shared = min(box.y1, other.y1) - max(box.y0, other.y0)
    apart = box.x0 >= other.x1 or other.x0 >= box.x1
    return apart and shared > 0.5 * min(box.height, other.height)


def _block(rows: Sequence[Sequence[Line]], start: int, aspect: float) -> int | None:
    """Return the end of the two columns that begin with row ``start``, or None where none begin."""
    if len(rows[start]) > 2:
        return None
    end, best, pairs = start + 1, None, int(len(rows[start]) == 2)
    while end < len(rows) and len(rows[end]) <= 2 and _near(rows[end - 1], rows[end]):
        if _gutter(rows[start : end + 1], aspect) is None:
            break
        pairs += len(rows[end]) == 2
        end += 1
        if pairs:
            best = end
    # What goes on below on one side alone is no column: it is read after both.
    while best is not None and best > start + 1 and len(rows[best - 1]) == 1 and pairs < 2:
        best -= 1
    return best if best is not None and pairs else None


def _near(row: Sequence[Line], other: Sequence[Line]) -> bool:
    height = max(line.box.height for line in (*row, *other))
    return max(line.box.y_centre for line in other) - max(line.box.y_centre for line in row) < _APART * height


def _gutter(rows: Sequence[Sequence[Line]], aspect: float) -> tuple[float, float] | None:
    """Return (left, right), in page heights, of the white strip that parts all ``rows`` in two columns, or None.

    Without a row of two lines every strip would do; then (0, 1), as long as the lines do not share a middle.
    """
    left, right = 0.0, aspect
    for row in rows:
        if len(row) == 2:
            left, right = max(left, row[0].box.x1 * aspect), min(right, row[1].box.x0 * aspect)
    for row in rows:
        if len(row) == 1:
            box = row[0].box
            if box.x_centre * aspect < (left + right) / 2:
                left = max(left, box.x1 * aspect)
            else:
                right = min(right, box.x0 * aspect)
    height = max(line.box.height for row in rows for line in row)
    return (left, right) if right - left > _GUTTER * height else None
