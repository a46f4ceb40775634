"""Rows of a table that no rule parts: by the ordinals or figures of one column, and the white between them."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from statistics import median

import regex

from pipeline.document import TableCell, Word

_ORDINAL = regex.compile(r"^(?:\d{1,3}|[IVXl|]{1,5}|[A-ZĐa-zđ])[.)]?$")
_FIGURE = regex.compile(r"^(?:[-–—]|[Kk]hông|0?\d[\d.,%]*)$")


def is_ordinal(text: str) -> bool:
    """Return whether a cell's text is the number of a row: ``3``, ``II.``, ``a)``."""
    return bool(_ORDINAL.match(text))


def is_figure(text: str) -> bool:
    """Return whether a cell's text opens with a figure, or says that there is none."""
    return bool(text) and bool(_FIGURE.match(text.split(maxsplit=1)[0]) or text[0].isdigit())


def lines_in(words: Sequence[Word]) -> list[list[Word]]:
    """Return the printed lines of a column's ``words``, from top to bottom."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda word: word.box.y_centre):
        last = lines[-1][-1].box if lines else None
        if last is not None and word.box.y_centre - last.y_centre < 0.5 * min(word.box.height, last.height):
            lines[-1].append(word)
        else:
            lines.append([word])
    return [sorted(line, key=lambda word: word.box.x0) for line in lines]


def text_of(words: Sequence[Word]) -> str:
    """Return the words joined by spaces."""
    return " ".join(word.text for word in words)


def rows_of(columns: Sequence[Sequence[Word]], headed: bool = True) -> list[list[list[Word]]]:
    """Return the rows of ``columns`` of words: for each row the words of each column, in reading order.

    Where ``headed``, what stands over the first ordinal or figure is one row, the header.
    """
    lines = [lines_in(column) for column in columns]
    anchors = _anchors(lines, headed)
    cuts = _cuts([word for column in columns for word in column], anchors)
    rows: list[list[list[Word]]] = [[[] for _ in columns] for _ in range(len(cuts) + 1)]
    for number, column in enumerate(lines):
        for line in column:
            middle = median(word.box.y_centre for word in line)
            rows[sum(middle > cut for cut in cuts)][number] += line
    return [row for row in rows if any(row)]


def _anchors(lines: Sequence[list[list[Word]]], headed: bool) -> list[float]:
    """Return the height of each row's anchor: its ordinal, else its figure, else each line of the fullest column."""
    for test, share in ((is_ordinal, 0.6), (is_figure, 0.6)):
        for column in lines:
            texts = [text_of(line) for line in column]
            if sum(map(test, texts)) >= max(2, share * len(texts)):
                first = next(i for i, text in enumerate(texts) if test(text))
                head = [_middle(line) for line in column[:first]] if headed else []
                body = [_middle(line) for line, text in zip(column, texts, strict=True) if test(text)]
                return ([sum(head) / len(head)] if head else []) + body
    fullest = max(lines, key=len, default=[])
    return [_middle(line) for line in fullest]


def _middle(line: Sequence[Word]) -> float:
    return median(word.box.y_centre for word in line)


def _cuts(words: Sequence[Word], anchors: Sequence[float]) -> list[float]:
    """Return the height between each two ``anchors`` at which the white is widest, the lower of equal ones."""
    bands: list[tuple[float, float]] = []
    reach = 0.0
    for box in sorted((word.box for word in words), key=lambda box: box.y0):
        if (bands and box.y0 > reach) or not bands:
            bands.append((reach, box.y0))
        reach = max(reach, box.y1)
    cuts = []
    for above, below in itertools.pairwise(anchors):
        # The printed lines' middles part rows that are set too tight to leave any white.
        white = [(end - start, end, start) for start, end in bands if above < (start + end) / 2 < below]
        widest = max(white, key=lambda band: (round(band[0], 3), band[1]), default=None)
        cuts.append((widest[1] + widest[2]) / 2 if widest else (above + below) / 2)
    return cuts


def cells_of(rows: Sequence[Sequence[Sequence[Word]]], row: int = 0) -> list[TableCell]:
    """Return the cells of ``rows``, the first of which is the table's row number ``row``."""
    return [
        TableCell(tuple(words), row + r, row + r + 1, c, c + 1)
        for r, columns in enumerate(rows)
        for c, words in enumerate(columns)
    ]
