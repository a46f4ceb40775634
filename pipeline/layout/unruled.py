"""Tables without upright rules: lines that agree on gutters of white, and what stands among them.

Careful rather than complete: running text, lists and forms must never be taken for a table. Letterhead and end block
are gone before this looks.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

import regex

from pipeline.document import Line, TableCell, Word
from pipeline.layout.columns import height_of, y_of
from pipeline.layout.gutters import Chunk, chunks_of, column_of, crossed, find_gutters, unit_of
from pipeline.layout.paragraphs import bulleted, enumerated
from pipeline.layout.table_rows import Row, cells_of, is_figure, is_ordinal, rows_of, text_of
from pipeline.text import fold

_OPEN = 0.9
"""A line that opens a table shows a gap of so many line heights."""
_STEP = 3.4
"""Lines of one table follow within so many line heights."""
_TIGHT = 1.9
"""Lines of one cell follow within so many line heights."""
_SLACK = 0.15
"""So far, in line heights, words may reach over the middle of a gutter."""
_FULL = 0.8
"""Share of the widest line from which a line is running text."""
_SPANNING = 2
"""So many lines over all columns may follow one another: the title of a group of rows."""
_UNIT_LINE = regex.compile(r"^\(?\s?(?:dvt|don vi(?: tinh)?)\b\s?:")


@dataclass(frozen=True)
class Unruled:
    """A table on one page without rules: its cells, the middles of its gutters, the lines that it takes."""

    cells: tuple[TableCell, ...]
    gutters: tuple[float, ...]
    first: int
    end: int


def find_unruled(
    lines: Sequence[Line], aspect: float, before: Unruled | None = None
) -> tuple[list[Line], list[Unruled]]:
    """Return the lines that are in no table, and the tables.

    ``lines`` run from top to bottom; ``aspect`` is the page's height over its width. ``before`` is a table at the foot of
    the page before, which few rows at the head of this one may continue.
    """
    left: list[Line] = []
    tables: list[Unruled] = []
    start = 0
    while start < len(lines):
        known = before.gutters if before is not None and start == 0 else ()
        found = _table_at(lines, start, aspect, known)
        if found is None:
            left.append(lines[start])
            start += 1
            continue
        del left[len(left) - (start - found.first) :]
        tables.append(found)
        start = found.end
    return left, tables


def _table_at(lines: Sequence[Line], start: int, aspect: float, known: Sequence[float]) -> Unruled | None:
    """Return the table that the line ``start`` opens, or None."""
    unit = unit_of(lines[start : start + 1])
    opening = chunks_of(lines[start], unit)
    if not any(b[0] - a[1] >= _OPEN * unit for a, b in itertools.pairwise(opening)):
        return None
    end = _reach(lines, start)
    unit = unit_of(lines[start:end])
    rows = [chunks_of(line, unit) for line in lines]
    gutters: Sequence[float] = ()
    for _ in range(4):
        gutters = find_gutters(rows[start:end], unit)
        if not gutters and known:
            gutters = known
        until = _fitting_end(lines, rows, start, end, gutters, unit)
        if until == end:
            break
        end = until
    if not gutters or end - start < 2:
        return None
    first = _heads_above(lines, rows, start, gutters, unit, aspect)
    table = _built(lines, rows, first, end, gutters, unit, aspect)
    if not known or gutters is not known:
        goes_on = len(known) == len(gutters) and all(
            abs(a - b) < unit for a, b in zip(known, gutters, strict=True)
        )
    else:
        goes_on = True
    return table if goes_on or _is_table(table, unit, lines[first:end]) else None


def _reach(lines: Sequence[Line], start: int) -> int:
    """Return the line before which a table from ``start`` ends at the latest: a wide step, or running text."""
    widest = max(line.box.width for line in lines)
    height = height_of(lines[start])
    full = 0
    for at in range(start + 1, len(lines)):
        if y_of(lines[at]) - y_of(lines[at - 1]) > _STEP * height:
            return at
        solid = len(chunks_of(lines[at], unit_of(lines[at : at + 1]))) == 1
        full = full + 1 if solid and lines[at].box.width > _FULL * widest else 0
        if full == _SPANNING:
            return at - 1
    return len(lines)


def _fitting_end(
    lines: Sequence[Line],
    rows: Sequence[Sequence[Chunk]],
    start: int,
    end: int,
    gutters: Sequence[float],
    unit: float,
) -> int:
    """Return the line after the last that fits the ``gutters``, with few others between those that do."""
    if not gutters:
        return start
    last, others, unfit = start - 1, 0, 0
    tail: list[int] = []
    for at in range(start, end):
        fits = not any(crossed(chunk, gutters, _SLACK * unit) for chunk in rows[at])
        if len(rows[at]) > 1 and fits:
            last, others, tail = at, 0, []
        elif len(rows[at]) > 1:
            unfit += 1
            others += 1
            if unfit > max(1, 0.15 * (at - start + 1)):
                break
        elif fits:
            tail.append(at)
        else:
            others += 1
        if others > _SPANNING:
            break
    for at in tail:
        if at != last + 1 or not _wraps(lines, rows, at, start, gutters, unit):
            break
        last = at
    return last + 1


def _wraps(
    lines: Sequence[Line],
    rows: Sequence[Sequence[Chunk]],
    at: int,
    start: int,
    gutters: Sequence[float],
    unit: float,
) -> bool:
    """Return whether the line ``at``, of one chunk, goes on in a cell of the table above it."""
    height = height_of(lines[at])
    if y_of(lines[at]) - y_of(lines[at - 1]) > _TIGHT * height or enumerated(lines[at].text):
        return False
    left, right = rows[at][0]
    column = column_of((left + right) / 2, gutters)
    same = [
        c for row in rows[start:at] for c in row if column_of((c[0] + c[1]) / 2, gutters) == column and column
    ]
    return any(
        abs(c[0] - left) < 0.6 * unit or abs(c[0] + c[1] - left - right) < 1.2 * unit for c in same[-4:]
    )


def _heads_above(
    lines: Sequence[Line],
    rows: Sequence[Sequence[Chunk]],
    start: int,
    gutters: Sequence[float],
    unit: float,
    aspect: float,
) -> int:
    """Return the first of the lines right above ``start`` that belong to the tallest cells of the head."""
    first = start
    edge = min(a for row in rows[start : start + 3] for a, _ in row)
    while first > 0 and start - first < 2:
        line = lines[first - 1]
        step = (y_of(lines[first]) - y_of(line)) * aspect
        inside = all(a > edge - unit and not crossed((a, b), gutters, 0.0) for a, b in rows[first - 1])
        if step > 1.5 * unit or not inside or enumerated(line.text) or bulleted(line.text):
            break
        if line.text.endswith((".", ";", ":")) or _UNIT_LINE.match(fold(line.text)):
            break
        first -= 1
    return first


def _built(
    lines: Sequence[Line],
    rows: Sequence[Sequence[Chunk]],
    first: int,
    end: int,
    gutters: Sequence[float],
    unit: float,
    aspect: float,
) -> Unruled:
    """Return the table of the lines from ``first`` to ``end``."""
    columns: list[list[Word]] = [[] for _ in range(len(gutters) + 1)]
    spans: list[tuple[Word, ...]] = []
    for line, row in zip(lines[first:end], rows[first:end], strict=True):
        if len(row) == 1 and crossed(row[0], gutters, _SLACK * unit):
            spans.append(line.words)
            continue
        for word in line.words:
            columns[column_of(word.box.x_centre, gutters)].append(word)
    found = rows_of(columns, spans=spans, aspect=aspect)
    return Unruled(tuple(cells_of(found, len(columns))), tuple(gutters), first, end)


def _is_table(table: Unruled, unit: float, lines: Sequence[Line]) -> bool:
    """Return whether a column bears ordinals that rise or figures, or many columns as many rows."""
    count = len(table.gutters) + 1
    rows: dict[int, dict[int, str]] = {}
    for cell in table.cells:
        if cell.column_end - cell.column == 1 and cell.words:
            rows.setdefault(cell.row, {})[cell.column] = cell.text
    body: list[Row | dict[int, str]] = [rows[r] for r in sorted(rows)][1:]
    if len(body) < 2:
        return False
    texts = [[row[c] for r in sorted(rows)[1:] for row in [rows[r]] if c in row] for c in range(count)]
    first = [t.strip(".)") for t in texts[0]]
    rising = [int(t) for t in first if t.isdigit() and len(t) < 4]
    numbered = (
        len(rising) >= 2
        and rising[0] == 1
        and sum(b == a + 1 or b == 1 for a, b in itertools.pairwise(rising)) >= 0.6 * (len(rising) - 1)
        and sum(is_ordinal(t) or t in "-–+" for t in texts[0]) >= 0.7 * len(texts[0])
    )
    figures = any(
        len(column) >= max(3, 0.4 * len(body)) and sum(map(is_figure, column)) >= 0.7 * len(column)
        for column in texts[1:]
    )
    full = [row for row in body if len(row) > max(2, count / 2)]
    if any(bulleted(text) for text in texts[0] if len(text) > 1) and not numbered:
        return False
    if count >= 3:
        return numbered or figures or (count >= 4 and len(full) >= max(3, 0.6 * len(body)))
    return figures and median(len(t) for t in texts[1]) < 40 and len(body) > 3
