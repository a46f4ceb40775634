"""Gutters: the white between the columns of a table that has no upright rules, found from many lines together."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

import regex

from pipeline.document import Line

Chunk = tuple[float, float]
"""Left and right edge of words that no wide space parts, in page widths."""

_SPECK = regex.compile(r"^[^\p{L}\p{N}%…–—+*•-]{1,2}$")
"""What no cell holds alone."""
_LETTERS = 1.8
"""Letters as wide as a line is high, about: the height of words' boxes differs between readers and text layers."""
_SPACE = 0.6
"""A space wider than this share of the unit may part two columns; words stand about 0.35 apart, typed ones 0.55."""
_USUAL, _ONCE = 0.8, 1.2
"""So much white, in units, a gutter has in the usual line, or in the only one: rivers in running text are narrower."""
_CROSSING = 0.1
"""Share of the lines that may reach over a gutter: heads of several columns, cells that are too full."""
_SLACK, _OUT = 0.15, 0.12
"""So far, in units, or by that share of itself print may reach over the middle of a gutter."""
_OPEN = 0.9
"""A line that shows columns has a gap of so many units: wide spaces in justified or poorly printed text are narrower."""
_DRIFT, _STEPS = 2.0, 40
"""Pages lie up to so many units further left or right than their neighbours; so many steps are tried."""
_HEAD = 4
"""Lines at the top that may be the head: a column may bear nothing else."""


def unit_of(lines: Sequence[Line]) -> float:
    """Return the size of the print of ``lines`` in page widths, about the height of its capitals and tails."""
    return _LETTERS * median(word.box.width / len(word.text) for line in lines for word in line.words)


def chunks_of(line: Line, unit: float) -> list[Chunk]:
    """Return the chunks of ``line`` from left to right, specks on their own left out; ``unit`` as in :func:`unit_of`."""
    chunks: list[Chunk] = []
    for word in sorted(line.words, key=lambda word: word.box.x0):
        if chunks and word.box.x0 - chunks[-1][1] < _SPACE * unit:
            chunks[-1] = (chunks[-1][0], max(chunks[-1][1], word.box.x1))
        else:
            chunks.append((word.box.x0, word.box.x1))
    specks = {(word.box.x0, word.box.x1) for word in line.words if _SPECK.match(word.text)}
    return [chunk for chunk in chunks if chunk not in specks] or chunks


def find_gutters(rows: Sequence[Sequence[Chunk]], unit: float) -> list[float]:
    """Return the middles of the gutters that the rows which show columns share, from left to right."""
    parted = [row for row in rows if is_parted(row, unit)]
    if len(parted) < 2:
        return []
    found = _valleys(parted)
    while True:
        weak = _weakest(found, parted, unit)
        if weak is None:
            return [middle for _, middle in found]
        found.pop(weak)


def is_parted(chunks: Sequence[Chunk], unit: float) -> bool:
    """Return whether the ``chunks`` of a line stand apart as those of several columns do."""
    return any(b[0] - a[1] >= _OPEN * unit for a, b in pairwise(chunks))


def moved(gutters: Sequence[float], rows: Sequence[Sequence[Chunk]], unit: float) -> list[float]:
    """Return ``gutters`` of another page moved sideways to where the chunks of ``rows`` reach over the fewest of them."""
    chunks = [chunk for row in rows if is_parted(row, unit) for chunk in row]
    moves = [(2 * step / _STEPS - 1) * _DRIFT * unit for step in range(_STEPS + 1)]
    over = [sum(a < gutter + move < b for a, b in chunks for gutter in gutters) for move in moves]
    runs: list[list[float]] = [[]]
    for move, count in zip(moves, over, strict=True):
        if count == min(over):
            runs[-1].append(move)
        elif runs[-1]:
            runs.append([])
    nearest = min(filter(None, runs), key=lambda run: min(map(abs, run)))
    middle = (nearest[0] + nearest[-1]) / 2
    return [gutter + middle for gutter in gutters]


def fits(line: Line, gutters: Sequence[float], unit: float) -> bool:
    """Return whether no word of ``line`` reaches over a gutter, and most gutters part its chunks."""
    chunks = chunks_of(line, unit)
    over = [gutter for chunk in chunks for gutter in crossed(chunk, gutters, unit)]
    if len(chunks) == 1:
        return not over
    within = sum(chunks[0][0] < gutter < chunks[-1][1] for gutter in gutters)
    words = any(crossed((word.box.x0, word.box.x1), gutters, unit) for word in line.words)
    return not words and 2 * len(over) <= within


def crossed(chunk: Chunk, gutters: Sequence[float], unit: float) -> list[float]:
    """Return the gutters that ``chunk`` reaches over; a cell that is too full sticks out a little."""
    slack = min(max(_SLACK * unit, _OUT * (chunk[1] - chunk[0])), 2 * unit)
    return [gutter for gutter in gutters if chunk[0] + slack < gutter < chunk[1] - slack]


def column_of(x: float, gutters: Sequence[float]) -> int:
    """Return the number of the column in which ``x`` lies."""
    return sum(x > gutter for gutter in gutters)


def _valleys(rows: Sequence[Sequence[Chunk]]) -> list[tuple[int, float]]:
    """Return (chunks over it, middle) of the whitest stretch in each valley that few chunks cross."""
    events = sorted([(a, 1) for row in rows for a, _ in row] + [(b, -1) for row in rows for _, b in row])
    most = max(1 if len(rows) > 4 else 0, int(_CROSSING * len(rows)))
    last = max(b for row in rows for _, b in row)
    found: list[tuple[int, float]] = []
    best: tuple[int, float, float] | None = None
    depth = 0
    started = False
    for (x, step), (after, _) in pairwise(events):
        depth += step
        started = started or depth > most
        if depth > most:
            if best is not None:
                found.append((best[0], best[2]))
            best = None
        elif started and after < last:
            stretch = (depth, x - after, (x + after) / 2)
            best = stretch if best is None else min(best, stretch)
    if best is not None:
        found.append((best[0], best[2]))
    return found


def _weakest(found: Sequence[tuple[int, float]], rows: Sequence[Sequence[Chunk]], unit: float) -> int | None:
    """Return the index of a gutter that is none: too narrow over most rows, or beside a column that holds nothing."""
    for index, (_, middle) in enumerate(found):
        white, head = [], False
        for number, row in enumerate(rows):
            left = [b for _, b in row if b <= middle]
            right = [a for a, _ in row if a >= middle]
            if left and right and len(left) + len(right) == len(row):
                white.append(right[0] - left[-1])
                head = head or number < _HEAD
        if not white or median(white) < (_USUAL if head or len(white) > 1 else _ONCE) * unit:
            return index
    edges = [-1.0, *(middle for _, middle in found), 2.0]
    for column, (left_edge, right_edge) in enumerate(pairwise(edges)):
        held = sum(any(left_edge < a and b < right_edge for a, b in row) for row in rows)
        beside = [i for i in (column - 1, column) if 0 <= i < len(found)]
        tolerant = max((found[i][0] for i in beside), default=0)
        if beside and held < (2 if tolerant else 1):
            return max(beside, key=lambda i: found[i][0])
    return None
