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

from pipeline.document import Line, TableCell, Word, union
from pipeline.layout.columns import height_of, y_of
from pipeline.layout.gutters import chunks_of, column_of, find_gutters, fits, is_parted, moved, unit_of
from pipeline.layout.paragraphs import bulleted, enumerated
from pipeline.layout.table_head import above_head, parted_head
from pipeline.layout.table_rows import cells_of, is_figure, is_ordinal, rows_between

_STEP = 4.0
"""Lines of one table follow within so many line heights."""
_TIGHT = 1.9
"""Lines of one cell follow within so many line heights."""
_FULL = 0.8
"""Share of the widest line from which a line is running text."""
_SPANNING = 2
"""So many lines over all columns may follow one another: the title of a group of rows."""
_PROSE = 4
"""So many lines without columns that together fill the width are running text, however short each is."""
_UNFIT = (3, 0.15)
"""So many lines, and that share of them, may cross the gutters: heads of several columns, cells that are too full."""
_SIGN = regex.compile(r"^(?:[-–—+*•]|\(?%\)?)$")
"""What stands in a cell though it holds neither letter nor digit."""


@dataclass(frozen=True)
class Unruled:
    """A table on one page without rules: its cells, the middles of its gutters, the lines and signs that it takes."""

    cells: tuple[TableCell, ...]
    gutters: tuple[float, ...]
    first: int
    end: int
    signs: tuple[Word, ...] = ()


@dataclass(frozen=True)
class _Sheet:
    """The lines of one page, from top to bottom, with words that are but signs, and what is known of its tables."""

    lines: Sequence[Line]
    aspect: float
    signs: Sequence[Word] = ()
    above: Sequence[float] = ()
    below: Sequence[float] = ()


def find_unruled(
    lines: Sequence[Line],
    aspect: float,
    signs: Sequence[Word] = (),
    above: Sequence[float] = (),
    below: Sequence[float] = (),
) -> tuple[list[Line], list[Unruled]]:
    """Return the lines that are in no table, and the tables.

    ``lines`` run from top to bottom; ``aspect`` is the page's height over its width. ``signs`` are words without letters
    and digits, none of the lines'. ``above`` are the gutters of a table at the foot of the page before, which few rows
    at the head of this one may continue; ``below`` those at the head of the page after, for few rows at the foot.
    """
    sheet = _Sheet(lines, aspect, [sign for sign in signs if _SIGN.match(sign.text)], above, below)
    left: list[Line] = []
    tables: list[Unruled] = []
    start = 0
    while start < len(lines):
        found = _table_at(sheet, start)
        if found is None:
            left.append(lines[start])
            start += 1
            continue
        del left[len(left) - (start - found.first) :]
        tables.append(found)
        start = found.end
    return left, tables


def _table_at(sheet: _Sheet, start: int) -> Unruled | None:
    """Return the table that the line ``start`` opens, or None."""
    lines = sheet.lines
    if not _is_parted(lines[start]):
        return None
    led = bool(sheet.above) and start <= _SPANNING and _leads(lines[:start])
    if not led and bulleted(lines[start].text):
        return None
    known: Sequence[float] = sheet.above if led else ()
    end = _reach(lines, start)
    unit = unit_of(lines[start:end])
    gutters: Sequence[float] = ()
    for _ in range(4):
        rows = [chunks_of(line, unit) for line in lines[start:end]]
        gutters = find_gutters(rows, unit)
        if known and len(gutters) <= len(known):
            gutters = known = moved(known, rows, unit)
        elif (
            sheet.below and end == len(lines) and end - start < 2 * _STEP and len(gutters) <= len(sheet.below)
        ):
            gutters = known = moved(sheet.below, rows, unit)
            led = False
        until = _fitting_end(lines, start, end, gutters, unit)
        if until == end:
            break
        end = until
    end = _without_titles(lines, start, end, gutters)
    if not gutters or end - start < 2 - bool(known):
        return None
    first = 0 if gutters is known and led else above_head(lines, start, gutters, unit, sheet.aspect)
    table = _built(sheet, first, end, gutters, unit)
    return table if gutters is known or _is_table(table) else None


def _leads(lines: Sequence[Line]) -> bool:
    """Return whether lines at the head of a page may be the title of a group of a table's rows."""
    return not any(line.text.endswith((".", ";", ":")) for line in lines)


def _reach(lines: Sequence[Line], start: int) -> int:
    """Return the line before which a table from ``start`` ends at the latest: a wide step, or running text."""
    widest = max(line.box.width for line in lines)
    height = height_of(lines[start])
    full = solid = 0
    for at in range(start + 1, len(lines)):
        if y_of(lines[at]) - y_of(lines[at - 1]) > _STEP * height:
            return at
        solid = 0 if _is_parted(lines[at]) else solid + 1
        full = full + 1 if solid and lines[at].box.width > _FULL * widest else 0
        if full == _SPANNING:
            return at - 1
        first = at - solid + 1
        if solid >= _PROSE and union(line.box for line in lines[first : at + 1]).width > _FULL * widest:
            return first
    return len(lines)


def _is_parted(line: Line) -> bool:
    return is_parted(chunks_of(line, unit := unit_of([line])), unit)


def _fitting_end(lines: Sequence[Line], start: int, end: int, gutters: Sequence[float], unit: float) -> int:
    """Return the line after the last that fits the ``gutters``, with few others between those that do."""
    if not gutters:
        return start
    last, others, unfit = start - 1, 0, 0
    tail: list[int] = []
    for at in range(start, end):
        alone = len(chunks_of(lines[at], unit)) == 1
        fit = fits(lines[at], gutters, unit)
        if fit and not alone:
            last, others, tail = at, 0, []
        elif fit:
            tail.append(at)
        else:
            others += 1
            unfit += not alone
        if others > _SPANNING or unfit > max(_UNFIT[0], _UNFIT[1] * (at - start + 1)):
            break
    for at in tail:
        if at != last + 1 or not _wraps(lines, at, start, gutters, unit):
            break
        last = at
    return last + 1


def _wraps(lines: Sequence[Line], at: int, start: int, gutters: Sequence[float], unit: float) -> bool:
    """Return whether the line ``at``, of one chunk, goes on in a cell of the table above it."""
    line = lines[at]
    if y_of(line) - y_of(lines[at - 1]) > _TIGHT * height_of(line) or enumerated(line.text):
        return False
    left, right = line.box.x0, line.box.x1
    column = column_of((left + right) / 2, gutters)
    over = [c for above in lines[start:at] for c in chunks_of(above, unit)]
    same = [c for c in over if column and column_of((c[0] + c[1]) / 2, gutters) == column]
    return any(
        abs(c[0] - left) < 0.6 * unit or abs(c[0] + c[1] - left - right) < 1.2 * unit for c in same[-4:]
    )


def _without_titles(lines: Sequence[Line], start: int, end: int, gutters: Sequence[float]) -> int:
    """Return ``end`` less the headings after the table, whose number stands where those of its rows do."""
    while end > start + 1 and len(gutters) > 2 and enumerated(lines[end - 1].text):
        if lines[end - 1].words[-1].box.x0 > gutters[1] or lines[end - 1].words[0].text.isdigit():
            break
        end -= 1
    return end


def _built(sheet: _Sheet, first: int, end: int, gutters: Sequence[float], unit: float) -> Unruled:
    """Return the table of the lines from ``first`` to ``end``."""
    lines = sheet.lines[first:end]
    box = union(line.box for line in lines)
    signs = [s for s in sheet.signs if box.y0 < s.box.y_centre < box.y1 and box.x0 - unit < s.box.x_centre]
    rows = rows_between([*lines, *(Line((sign,)) for sign in signs)], gutters, unit, sheet.aspect)
    cells = parted_head(cells_of(rows, len(gutters) + 1), gutters, unit)
    return Unruled(tuple(cells), tuple(gutters), first, end, tuple(signs))


def _is_table(table: Unruled) -> bool:
    """Return whether a column bears ordinals that rise or figures, or many columns as many rows."""
    count = len(table.gutters) + 1
    rows: dict[int, dict[int, str]] = {}
    for cell in table.cells:
        if cell.column_end - cell.column == 1 and cell.words:
            rows.setdefault(cell.row, {})[cell.column] = cell.text
    body = [rows[r] for r in sorted(rows)][1:]
    if len(body) < 2:
        return False
    texts = [[row[c] for row in body if c in row] for c in range(count)]
    rising = [int(t) for text in texts[0] if (t := text.strip(".)")).isdigit() and len(t) < 4]
    numbered = (
        len(rising) >= 2
        and rising[0] == 1
        and sum(b in (a + 1, 1) for a, b in itertools.pairwise(rising)) >= 0.6 * (len(rising) - 1)
        and sum(is_ordinal(t) or bool(_SIGN.match(t)) for t in texts[0]) >= 0.7 * len(texts[0])
    )
    figures = any(
        len(column) >= max(3, 0.4 * len(body)) and sum(map(is_figure, column)) >= 0.7 * len(column)
        for column in texts[1:]
    )
    full = [row for row in body if len(row) > max(2, count / 2)]
    if any(bulleted(text) for text in texts[0] if len(text) > 1) and not (
        numbered or (count > 2 and figures)
    ):
        return False
    if count >= 3:
        return numbered or figures or (count >= 4 and len(full) >= max(3, 0.6 * len(body)))
    return figures and median(len(t) for t in texts[1]) < 40 and len(body) > 3
