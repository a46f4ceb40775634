"""The text of ruled tables, read cell by cell: all cells set under one another on a sheet of their own.

On the page itself a reader takes the lines of neighbouring cells for lines of one text, and passes over lone figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from pipeline.cleaning import CleanPage
from pipeline.cleaning.components import components
from pipeline.cleaning.ink import INK_BELOW, Grey
from pipeline.cleaning.light import PAPER
from pipeline.document import Box, Grid, Line, Word
from pipeline.reading.rules import pixels

_INSET_MM = 0.35
"""What is left of a rule at the edge of a cell."""
_GAP_MM = 3.2
"""Paper between two cells on the sheet: a blank line."""
_MARGIN_MM = 8.0
_TALLEST = 6000
"""Rows of a sheet: about two pages, far below what readers refuse."""
_LEAST_MM = 0.9
"""Ink that is neither so high nor so wide is a speck."""


@dataclass(frozen=True, slots=True)
class Block:
    """A cell's ink on the sheet, from row ``at``; ``left``, ``top`` and the size are those on the page, in pixels."""

    at: int
    left: int
    top: int
    width: int
    height: int


@dataclass(frozen=True, eq=False)
class Sheet:
    """Cells under one another as a page to read, and where on the true page each comes from."""

    page: CleanPage
    blocks: tuple[Block, ...]


def sheets_of(page: CleanPage, grids: Sequence[Grid]) -> tuple[Sheet, ...]:
    """Return the cells of ``grids`` that bear ink, set on as few sheets as readers can bear.

    ``page`` is without its rules.
    """
    gap, margin = pixels(_GAP_MM, page.dpi), pixels(_MARGIN_MM, page.dpi)
    sheets: list[list[Block]] = []
    at = 0
    for grid in grids:
        for cell in grid.cells:
            found = _ink_in(page, cell.box)
            if found is None:
                continue
            left, top, width, height = found
            if not sheets or at + height > _TALLEST:
                sheets.append([])
                at = margin
            sheets[-1].append(Block(at, left, top, width, height))
            at += height + gap
    return tuple(_drawn(page, blocks, margin) for blocks in sheets)


def _drawn(page: CleanPage, blocks: Sequence[Block], margin: int) -> Sheet:
    wide = max(block.width for block in blocks) + 2 * margin
    grey: Grey = np.full((blocks[-1].at + blocks[-1].height + margin, wide), PAPER, np.uint8)
    for b in blocks:
        piece = page.grey[b.top : b.top + b.height, b.left : b.left + b.width]
        grey[b.at : b.at + b.height, margin : margin + b.width] = piece
    return Sheet(replace(page, grey=grey, red=None, blue=None, blank=False), tuple(blocks))


def without_cells(page: CleanPage, sheets: Sequence[Sheet]) -> CleanPage:
    """Return ``page`` with the ink that stands on ``sheets`` painted over."""
    if not sheets:
        return page
    grey = page.grey.copy()
    for b in (block for sheet in sheets for block in sheet.blocks):
        grey[b.top : b.top + b.height, b.left : b.left + b.width] = PAPER
    return replace(page, grey=grey)


def back_on_page(lines: Sequence[Line], sheet: Sheet, page: CleanPage) -> tuple[Line, ...]:
    """Return the lines read on ``sheet`` as lines of the page, each within one cell."""
    height, width = page.grey.shape
    tall, wide = sheet.page.grey.shape
    margin = pixels(_MARGIN_MM, page.dpi)
    starts = np.array([block.at for block in sheet.blocks])
    moved: dict[tuple[int, int], list[Word]] = {}
    strokes: dict[tuple[int, int], float | None] = {}
    for number, line in enumerate(lines):
        for word in line.words:
            middle = word.box.y_centre * tall
            at = int(np.searchsorted(starts, middle, side="right")) - 1
            if at < 0 or middle > sheet.blocks[at].at + sheet.blocks[at].height:
                continue
            block = sheet.blocks[at]
            x, y = block.left - margin, block.top - block.at
            box = Box(
                round((word.box.x0 * wide + x) / width, 6),
                round((word.box.y0 * tall + y) / height, 6),
                round((word.box.x1 * wide + x) / width, 6),
                round((word.box.y1 * tall + y) / height, 6),
            )
            moved.setdefault((at, number), []).append(replace(word, box=box))
            strokes[at, number] = line.stroke
    return tuple(Line(tuple(moved[key]), strokes[key]) for key in sorted(moved))


def _ink_in(page: CleanPage, box: Box) -> tuple[int, int, int, int] | None:
    """Return (left, top, width, height) of the ink in a cell, with a little paper round it, or None without any."""
    height, width = page.grey.shape
    inset, room = pixels(_INSET_MM, page.dpi), pixels(0.4, page.dpi)
    left, top = int(box.x0 * width) + inset, int(box.y0 * height) + inset
    right, bottom = int(box.x1 * width) - inset, int(box.y1 * height) - inset
    if right <= left or bottom <= top:
        return None
    _, stats = components(page.grey[top:bottom, left:right] < INK_BELOW)
    least = pixels(_LEAST_MM, page.dpi)
    print_like = [s for s in stats[1:].tolist() if max(s[2], s[3]) >= least]
    if not print_like:
        return None
    x0, y0 = min(s[0] for s in print_like), min(s[1] for s in print_like)
    x1, y1 = max(s[0] + s[2] for s in print_like), max(s[1] + s[3] for s in print_like)
    x0, y0 = max(0, x0 - room), max(0, y0 - room)
    x1, y1 = min(right - left, x1 + room), min(bottom - top, y1 + room)
    return left + x0, top + y0, x1 - x0, y1 - y0
