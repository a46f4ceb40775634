"""Tables of the body: words taken out of the lines, cells, header rows, and one table of what pages part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import regex
from rapidfuzz import fuzz

from pipeline.document import Box, Grid, Line, Page, Paragraph, Table, TableCell, Word, union
from pipeline.layout.anchors import national_title_at
from pipeline.layout.gutters import chunks_of, fits, unit_of
from pipeline.layout.table_rows import (
    Row,
    cells_of,
    is_figure,
    is_ordinal,
    is_year,
    lines_in,
    rows_between,
    text_of,
)
from pipeline.text import fold

_STAMP = regex.compile(r"cong van den|cv den|\bden\b.*\b(?:so|ngay)\b.*\bchuyen\b")
_PART_NUMBER = regex.compile(
    r"^\d{1,2}(?:[.,]\d{1,2}){1,3}\.?$"
)  # 4.4: the row goes on with what the page before began
_NUMBERING = regex.compile(r"^\(?(?:\d{1,2}|[a-zđ])\)?(?:\s?=.*)?$", regex.I)
_DASHED = regex.compile(r"[-–—+*•](?:\s|$)")
_TITLE_LINES = 2
_GROUP_TITLE = regex.compile(r"(?:[IVX]{1,5}|[A-Z]|\d{1,2})[.)]\s?\p{L}")
_BODY_SHARE = 0.6
"""A ruled row that takes so much of a table's height may be all of its body."""
_SAME_HEADER = 85.0
_HEAD_ROWS = 3
_CAPTION_PARAGRAPHS = 4
_CAPTION_WORDS = 40


@dataclass(frozen=True)
class Found:
    """A table on one page, before its place among the paragraphs is known."""

    page: int
    box: Box
    cells: tuple[TableCell, ...]
    ruled: bool


def take_ruled(page: Page) -> tuple[Page, list[Found]]:
    """Return ``page`` without the words of its ruled tables, and the tables; boxes of stamps are none."""
    found: list[Found] = []
    lines = page.lines
    stamps = [mark.box for mark in page.marks if mark.kind == "stamp"]
    for grid in page.grids:
        box = grid.box
        inner = [line for line in lines if any(_within(word, box) for word in line.words)]
        if not inner or _is_other(page, grid, inner) or _is_head_alone(page, grid):
            continue
        # A stamp over a table stays outside: a mark of secrecy must be seen.
        words = [
            word
            for line in inner
            for word in line.words
            if _within(word, box) and not any(_within(word, stamp) for stamp in stamps)
        ]
        taken = set(map(id, words))
        found.append(Found(page.number, box, _cells(grid, words, page.aspect), ruled=True))
        lines = tuple(
            rest
            for line in lines
            for rest in [replace(line, words=tuple(w for w in line.words if id(w) not in taken))]
            if rest.words
        )
    return (replace(page, lines=lines) if found else page), found


def unruled_table(page: int, cells: tuple[TableCell, ...]) -> Found:
    """Return the table of ``cells`` that no rules part."""
    return Found(page, union(word.box for cell in cells for word in cell.words), cells, ruled=False)


def to_table(found: Found, paragraphs: Sequence[Paragraph]) -> Table:
    """Return the table that stands after ``paragraphs``, of which the last ones may be its caption."""
    caption: list[Paragraph] = []
    for paragraph in reversed(paragraphs[-_CAPTION_PARAGRAPHS:]):
        over = paragraph.page_last == found.page and len(paragraph.words) <= _CAPTION_WORDS
        closed = paragraph.text.endswith((".", ";")) and not paragraph.centred
        if not over or (caption and closed):
            break
        caption.insert(0, paragraph)
    return Table(
        found.page,
        found.page,
        found.cells,
        _header_rows(found.cells),
        tuple(caption),
        len(paragraphs),
        found.ruled,
    )


def goes_on(table: Table, found: Found) -> bool:
    """Return whether ``found``, at the head of the next page, continues ``table``: same columns, no header of its own."""
    if found.page != table.page_last + 1 or table.columns != max(c.column_end for c in found.cells):
        return False
    own = _own_header(found)
    return own == 0 or _repeats(table, found, own) or not _has_words(found.cells, 0)


def titled(table: Table, found: Found, between: Sequence[Line]) -> Found | None:
    """Return ``found`` with ``between`` as its first row: the title of a group that a page parted from its rows.

    None where the lines are no such title, or ``table`` has none in its rows.
    """
    if not between or len(between) > _TITLE_LINES or not _GROUP_TITLE.match(between[0].text):
        return None
    spanning = [
        c for c in table.cells if c.row >= table.header_rows and c.column_end - c.column == table.columns
    ]
    if not any(_GROUP_TITLE.match(cell.text) for cell in spanning):
        return None
    words = tuple(word for line in between for word in line.words)
    below = [replace(cell, row=cell.row + 1, row_end=cell.row_end + 1) for cell in found.cells]
    return replace(found, cells=(TableCell(words, 0, 1, 0, table.columns), *below))


def joined(table: Table, found: Found) -> Table:
    """Return ``table`` with the rows of ``found``, less a repeated header; a row that the page broke is mended."""
    own = _own_header(found)
    skipped = own if own and _repeats(table, found, own) else 0
    end = max(cell.row_end for cell in table.cells)
    more = [cell for cell in found.cells if cell.row >= skipped]
    broken = _is_rest(table, more, skipped)
    cells = list(table.cells)
    if broken:
        for cell in (c for c in more if c.row == skipped):
            cells = [
                replace(c, words=c.words + cell.words) if (c.row_end, c.column) == (end, cell.column) else c
                for c in cells
            ]
        more = [cell for cell in more if cell.row > skipped]
        skipped += 1
    shift = end - skipped
    cells += [replace(cell, row=cell.row + shift, row_end=cell.row_end + shift) for cell in more]
    return replace(table, cells=tuple(cells), page_last=found.page)


def _within(word: Word, box: Box) -> bool:
    return box.x0 < word.box.x_centre < box.x1 and box.y0 < word.box.y_centre < box.y1


def _is_other(page: Page, grid: Grid, lines: Sequence[Line]) -> bool:
    """Return whether ruled lines frame a stamp or a letterhead."""
    text = fold(" ".join(line.text for line in lines))
    stamp = page.number == 1 and grid.box.y1 < 0.5 and grid.box.width < 0.5 and _STAMP.search(text)
    return bool(stamp) or any(national_title_at(line) is not None for line in lines)


def _is_head_alone(page: Page, grid: Grid) -> bool:
    """Return whether only the head of a table is ruled: the lines below keep to its columns."""
    edges = _edges(grid, max(cell.column_end for cell in grid.cells))
    if edges is None or max(cell.row_end for cell in grid.cells) > _HEAD_ROWS:
        return False
    below = [word for line in page.lines for word in line.words if word.box.y0 > grid.box.y1 - 0.002]
    rows = [Line(tuple(line)) for line in lines_in(below)][:_HEAD_ROWS]
    if len(rows) < 2 or rows[0].box.y0 - grid.box.y1 > 2 * rows[0].box.height:
        return False
    unit = unit_of(rows)
    kept = [line for line in rows if len(chunks_of(line, unit)) > 1 and fits(line, edges[1:-1], unit)]
    return len(kept) > len(rows) / 2


def _cells(grid: Grid, words: Sequence[Word], aspect: float) -> tuple[TableCell, ...]:
    """Return the cells of ``grid`` with their words; where rows are not ruled, the words show them."""
    held: dict[int, list[Word]] = {}
    for word in words:
        for index, cell in enumerate(grid.cells):
            if _within(word, cell.box):
                held.setdefault(index, []).append(word)
                break
    cells = [
        TableCell(
            tuple(w for line in lines_in(held.get(index, [])) for w in line),
            cell.row,
            cell.row_end,
            cell.column,
            cell.column_end,
        )
        for index, cell in enumerate(grid.cells)
    ]
    return _with_rows(grid, cells, aspect)


def _with_rows(grid: Grid, cells: Sequence[TableCell], aspect: float) -> tuple[TableCell, ...]:
    """Return ``cells``, those of a body that is one ruled row (or one frame) cut into the rows that its words show."""
    last = max(cell.row for cell in grid.cells)
    tall = [cell for cell in grid.cells if cell.row == last]
    top = min(cell.box.y0 for cell in tall)
    columns = max(cell.column_end for cell in grid.cells)
    one = len(tall) == 1 and last > 0
    if not one and (last > 2 or grid.box.y1 - top < _BODY_SHARE * (grid.box.y1 - grid.box.y0)):
        return tuple(cells)
    edges = _edges(grid, columns)
    words = [w for cell in cells if cell.row == last for w in cell.words]
    if edges is None or not words:
        return tuple(cells)
    lines = [Line(tuple(line)) for line in lines_in(words)]
    rows = rows_between(lines, edges[1:-1], unit_of(lines), aspect, headed=last == 0)
    if len(rows) < 2 or (last == 0 and not _shows_rows(rows)):
        return tuple(cells)
    own = cells_of(rows, columns, last)
    return (*(cell for cell in cells if cell.row < last), *own)


def _shows_rows(rows: Sequence[Row]) -> bool:
    """Return whether most rows after the first hold a number or figure: else all is a head of several lines."""
    texts = [[text_of(words) for words in row if words] for row in rows[1:]]
    return sum(any(is_ordinal(text) or is_figure(text) for text in row) for row in texts) > len(texts) / 2


def _edges(grid: Grid, columns: int) -> list[float] | None:
    """Return the left edges of all columns and the last right one, where single cells show them."""
    lefts = {cell.column: cell.box.x0 for cell in grid.cells}
    if set(lefts) != set(range(columns)):
        return None
    return [*(lefts[c] for c in range(columns)), grid.box.x1]


def _texts(cells: Sequence[TableCell], row: int) -> list[str]:
    return [cell.text for cell in cells if cell.row == row]


def _has_words(cells: Sequence[TableCell], row: int) -> bool:
    return any(cell.words for cell in cells if cell.row == row)


def _header_rows(cells: Sequence[TableCell]) -> int:
    """Return how many rows at the top name the columns: those a cell of the first spans, and a row of (1) (2) (3)."""
    rows = max(cell.row_end for cell in cells)
    columns = max(cell.column_end for cell in cells)
    first = [cell for cell in cells if cell.row == 0]
    texts = [cell.text for cell in sorted(first, key=lambda cell: cell.column)]
    numbered = bool(texts) and (is_ordinal(texts[0]) or _PART_NUMBER.match(texts[0]) is not None)
    if numbered and any(c.isdigit() for c in texts[0] + "".join(texts[1:])):
        return 0
    count = max((cell.row_end for cell in first), default=1)
    parted = any(1 < cell.column_end - cell.column < columns for cell in first)
    whole = len(first) == 1 and first[0].column_end - first[0].column == columns
    if (parted or whole) and count == 1 and rows > 2:
        second = [cell for cell in cells if cell.row == 1]
        count = max([2, *(cell.row_end for cell in second)])
    if count < rows - 1:
        filled = [text for text in _texts(cells, count) if text]
        if len(filled) >= max(2, columns - 1) and all(_NUMBERING.match(text) for text in filled):
            count += 1
    return min(count, rows)


def _own_header(found: Found) -> int:
    """Return how many rows of a table at the head of a page name its columns: none where the first row is one of a body.

    Such a row holds a figure that is no year, opens with a dash, or is the numbered title of a group.
    """
    first = sorted((cell for cell in found.cells if cell.row == 0), key=lambda cell: cell.column)
    texts = [cell.text for cell in first]
    counted = all(
        _NUMBERING.match(text) for text in texts if text
    )  # (1) (2) (3) under the names of the columns
    figures = any(is_figure(text) and not is_year(text) for text in texts[1:]) and not counted
    titled = len(first) == 1 and _GROUP_TITLE.match(texts[0]) is not None
    body = figures or titled or (bool(texts) and _DASHED.match(texts[0]) is not None)
    return 0 if body else _header_rows(found.cells)


def _repeats(table: Table, found: Found, rows: int) -> bool:
    """Return whether the first ``rows`` of ``found`` say what the header of ``table`` says."""
    first, again = (
        " ".join(cell.text for cell in sorted(cells, key=lambda c: (c.row, c.column)) if cell.row < count)
        for cells, count in ((table.cells, table.header_rows), (found.cells, rows))
    )
    return bool(again) and fuzz.ratio(fold(first), fold(again)) >= _SAME_HEADER


def _is_rest(table: Table, more: Sequence[TableCell], row: int) -> bool:
    """Return whether the first row of ``more`` is the rest of the last one: numbered rows, but it has no number.

    One that has a figure under a figure is a row of its own, as totals are: a page breaks texts, no figures.
    """
    numbered = [c for c in table.cells if c.column == 0 and c.row >= table.header_rows and is_ordinal(c.text)]
    first = [cell for cell in more if cell.row == row]
    spans = any(cell.column_end - cell.column > 1 for cell in first)
    numberless = not any(cell.words for cell in first if cell.column == 0)
    end = max(cell.row_end for cell in table.cells)
    told = {c.column for c in table.cells if c.row_end == end and is_figure(c.text)}
    again = any(cell.column in told and is_figure(cell.text) for cell in first)
    filled = any(cell.words for cell in first)
    return len(numbered) >= 2 and numberless and not spans and filled and not again
