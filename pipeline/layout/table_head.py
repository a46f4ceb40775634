"""The head of a table without rules: its tallest cells, and names that stand over several columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import regex

from pipeline.document import Line, TableCell, Word
from pipeline.layout.columns import y_of
from pipeline.layout.gutters import Chunk, chunks_of, column_of, crossed
from pipeline.layout.paragraphs import bulleted, enumerated
from pipeline.layout.table_rows import lines_in
from pipeline.text import fold

_LINES = 5
"""Lines of a head above the first that shows columns."""
_STEP = 1.6
"""Lines of a head follow within so many units."""
_UNIT_LINE = regex.compile(r"^\(?\s?(?:dvt|don vi(?: tinh)?)\b\s?:")


def above_head(
    lines: Sequence[Line], start: int, gutters: Sequence[float], unit: float, aspect: float
) -> int:
    """Return the first of the lines right above ``start`` that belong to the tallest cells of the head."""
    first = start
    edge = min(line.box.x0 for line in lines[start : start + 3])
    while first > 0 and start - first < _LINES:
        line = lines[first - 1]
        step = (y_of(lines[first]) - y_of(line)) * aspect
        chunks = chunks_of(line, unit)
        inside = all(chunk[0] > edge - unit and _over(chunk, gutters, unit) for chunk in chunks)
        if step > _STEP * unit or not inside or enumerated(line.text) or bulleted(line.text):
            break
        if line.text.endswith((".", ";", ":")) or _UNIT_LINE.match(fold(line.text)):
            break
        first -= 1
    return first


def parted_head(cells: Sequence[TableCell], gutters: Sequence[float], unit: float) -> list[TableCell]:
    """Return ``cells``, the first row made two where its words show a name over several columns."""
    head = [cell for cell in cells if cell.row == 0]
    words = [word for cell in head for word in cell.words]
    if len(head) < 3 or not words:
        return list(cells)
    names = _names(words, gutters, unit)
    if not names:
        return list(cells)
    top: list[TableCell] = []
    for name, first, end in names:
        top.append(TableCell(tuple(name), 0, 1, first, end))
    named = {id(word) for name, _, _ in names for word in name}
    covered = {column for _, first, end in names for column in range(first, end)}
    for cell in head:
        rest = tuple(word for word in cell.words if id(word) not in named)
        row = 1 if cell.column in covered else 0
        top.append(replace(cell, words=rest, row=row, row_end=2))
    rest_of = [replace(cell, row=cell.row + 1, row_end=cell.row_end + 1) for cell in cells if cell.row > 0]
    return [*sorted(top, key=lambda cell: (cell.row, cell.column)), *rest_of]


def _names(words: Sequence[Word], gutters: Sequence[float], unit: float) -> list[tuple[list[Word], int, int]]:
    """Return (words, first column, column after the last) of the names over several columns."""
    found: list[tuple[list[Word], int, int]] = []
    for line in lines_in(words):
        for chunk in chunks_of(Line(tuple(line)), unit):
            over = _columns_under(chunk, gutters, unit)
            own = [word for word in line if chunk[0] <= word.box.x_centre <= chunk[1]]
            if over is None or _is_row(own, words, gutters, unit):
                continue
            same = next((name for name, first, end in found if (first, end) == over), None)
            if same is not None:
                same += own
            else:
                found.append((own, *over))
    below = [
        word
        for name, first, end in found
        for word in words
        if first <= column_of(word.box.x_centre, gutters) < end
        and word.box.y_centre > max(w.box.y1 for w in name)
    ]
    return found if below else []


def _is_row(own: Sequence[Word], words: Sequence[Word], gutters: Sequence[float], unit: float) -> bool:
    """Return whether words that nearly touch stand each in the middle of its own column, as those below them do."""
    parts: dict[int, list[Word]] = {}
    for word in own:
        parts.setdefault(column_of(word.box.x_centre, gutters), []).append(word)
    for column, part in parts.items():
        low = max(word.box.y1 for word in own)
        below = [w for w in words if column_of(w.box.x_centre, gutters) == column and w.box.y_centre > low]
        middles = [
            min(w.box.x0 for w in some) + max(w.box.x1 for w in some) for some in (part, below or part)
        ]
        if abs(middles[0] - middles[1]) > unit:
            return False
    return len(parts) > 1


def _over(chunk: Chunk, gutters: Sequence[float], unit: float) -> bool:
    """Return whether ``chunk`` keeps to its column, or stands as a name in the middle over a few."""
    return not crossed(chunk, gutters, unit) or _columns_under(chunk, gutters, unit) is not None


def _columns_under(chunk: Chunk, gutters: Sequence[float], unit: float) -> tuple[int, int] | None:
    """Return (first, after the last) of the columns over which ``chunk`` stands as a name, or None."""
    over = crossed(chunk, gutters, unit)
    if not over or over[0] == gutters[0] or len(over) > max(1, len(gutters) - 2):
        return None
    first = gutters.index(over[0])
    return first, first + len(over) + 1
