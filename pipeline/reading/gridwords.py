"""Words put into the cells of ruled tables: each by its centre, one joined over a rule cut in two."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.document import Box, Grid, GridCell, Line, Word

_NARROW, _WIDE = frozenset("iljt.,:;'!|()[]-/1fr"), frozenset("mwMWĐÂÔƠ%&@")
_ROOM = 0.2
"""A word reaches over a rule when more than this share of a letter stands on the other side."""
_SLIP = 0.4
"""So near, in letters, must a gap between two letters lie to the rule for the word to be cut there."""
_FRAME = "|¦[]{}_"
"""What readers make of the remains of rules."""
_SAME_ROW = 0.5


def in_cells(lines: Sequence[Line], grids: Sequence[Grid]) -> tuple[Line, ...]:
    """Return ``lines`` with the words in ``grids`` set anew: cell by cell, before what stands below."""
    result = tuple(lines)
    for grid in grids:
        result = _set_anew(result, grid)
    return result


def cell_of(grid: Grid, x: float, y: float) -> int | None:
    """Return the index of the cell that holds the point, or None outside ``grid``."""
    for index, cell in enumerate(grid.cells):
        if cell.box.x0 <= x < cell.box.x1 and cell.box.y0 <= y < cell.box.y1:
            return index
    return None


def _set_anew(lines: tuple[Line, ...], grid: Grid) -> tuple[Line, ...]:
    box = grid.box
    within: dict[int, list[tuple[Word, float | None]]] = {}
    kept: list[Line] = []
    for line in lines:
        outside = []
        for word in line.words:
            if not (box.x0 < word.box.x_centre < box.x1 and box.y0 < word.box.y_centre < box.y1):
                outside.append(word)
                continue
            for part in _parts(word, grid.cells):
                at = cell_of(grid, part.box.x_centre, part.box.y_centre)
                if at is not None:
                    within.setdefault(at, []).append((part, line.stroke))
        if outside:
            kept.append(replace(line, words=tuple(outside)) if len(outside) < len(line.words) else line)
    if not within:
        return lines
    first = next((i for i, line in enumerate(kept) if line.box.y_centre > box.y_centre), len(kept))
    cells = [line for at in sorted(within) for line in _rows(within[at])]
    return (*kept[:first], *cells, *kept[first:])


def _rows(words: Sequence[tuple[Word, float | None]]) -> Iterator[Line]:
    """Yield the printed rows of one cell."""
    rows: list[list[tuple[Word, float | None]]] = []
    for word, stroke in sorted(words, key=lambda pair: pair[0].box.y_centre):
        for row in rows:
            if any(_beside(word.box, other.box) for other, _ in row):
                row.append((word, stroke))
                break
        else:
            rows.append([(word, stroke)])
    for row in rows:
        row.sort(key=lambda pair: pair[0].box.x0)
        yield Line(tuple(word for word, _ in row), row[0][1])


def _beside(box: Box, other: Box) -> bool:
    shared = min(box.y1, other.y1) - max(box.y0, other.y0)
    return shared > _SAME_ROW * min(box.height, other.height)


def _parts(word: Word, cells: Sequence[GridCell]) -> list[Word]:
    """Return ``word`` cut at the upright rules that it reaches over, where a gap between its letters lies there."""
    text = word.text.strip(_FRAME) or word.text
    if text != word.text:
        word = replace(word, text=text)
    letter = word.box.width / len(text)
    rules = sorted(
        {
            cell.box.x0
            for cell in cells
            if cell.box.y0 < word.box.y_centre < cell.box.y1
            and word.box.x0 + _ROOM * letter < cell.box.x0 < word.box.x1 - _ROOM * letter
        }
    )
    edges = _edges(word)
    cuts = [0]
    for rule in rules:
        at = min(range(1, len(text)), key=lambda i: abs(edges[i] - rule), default=0)
        if at > cuts[-1] and abs(edges[at] - rule) <= _SLIP * letter and _may_part(text[at - 1], text[at]):
            cuts.append(at)
    if len(cuts) == 1:
        return [word]
    cuts.append(len(text))
    pieces = []
    for start, end in pairwise(cuts):
        piece = text[start:end].strip(_FRAME)
        if piece:
            box = replace(word.box, x0=round(edges[start], 6), x1=round(edges[end], 6))
            pieces.append(replace(word, text=piece, box=box))
    return pieces


def _may_part(left: str, right: str) -> bool:
    """Return whether two letters may end one cell and begin the next: not within a number or a run of small letters.

    A long word in a narrow cell reaches over the rule, too.
    """
    return not (left.isdigit() and right.isdigit()) and not (left.isalpha() and right.islower())


def _edges(word: Word) -> list[float]:
    """Return where each letter of ``word`` begins, and where the last one ends, by the usual widths of letters."""
    widths = [0.55 if c in _NARROW else 1.5 if c in _WIDE else 1.0 for c in word.text]
    scale = word.box.width / sum(widths)
    edges = [word.box.x0]
    for width in widths:
        edges.append(edges[-1] + width * scale)
    return edges
