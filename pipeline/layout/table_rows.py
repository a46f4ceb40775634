"""Rows of a table that no rule parts: by the ordinals or figures of one column, wrapped lines, and the white between."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from statistics import median

import regex

from pipeline.document import Line, TableCell, Word
from pipeline.layout.gutters import chunks_of, column_of, crossed, is_parted
from pipeline.text import fold

_ORDINAL = regex.compile(r"^(?:\d{1,3}|[IVXl|]{1,5}|[A-ZĐa-zđ])[.)]?$")
_NUMBER = regex.compile(r"^(?:\(\d{1,2}\)|[-–—+*•]|\d{1,2}(?:\.\d{1,2}){1,2}\.?)$")
_FIGURE = regex.compile(
    r"^(?:[-–—]$|(?:khong|chua)\b|(?:(?:hon|gan|khoang|tren|duoi|uoc|chung|xap xi)\s)?\d)"
)
_YEAR = regex.compile(r"(?:19|20)\d\d(?!\d)")
_SPACE = 0.3
"""A space between two words, in line heights."""
_ALMOST = 0.97
"""Share of a column's width that a line and the word after it must reach for the line to be full."""
_APART = 0.75
"""The white under a head is at least this share of the widest between its own lines."""
_LOOSER = 1.15
"""Lines of two rows stand at least so much farther apart than those of one cell, or no farther."""

Row = list[list[Word]]
"""The words of each column, or of one cell over all columns."""
_Lines = list[list[Word]]


def is_ordinal(text: str) -> bool:
    """Return whether a cell's text is the number of a row: ``3``, ``II.``, ``a)``."""
    return bool(_ORDINAL.match(text))


def is_figure(text: str) -> bool:
    """Return whether a cell's text opens with a figure, exact or rounded, or says that there is none."""
    return bool(_FIGURE.match(fold(text)))


def is_year(text: str) -> bool:
    """Return whether a text opens with a year, as the names of columns do."""
    return bool(_YEAR.match(text))


def lines_in(words: Sequence[Word]) -> list[list[Word]]:
    """Return the printed lines of a column's ``words``, from top to bottom."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda word: word.box.y_centre):
        last = lines[-1][-1].box if lines else None
        if last is not None and word.box.y_centre - last.y_centre < 0.5 * max(word.box.height, last.height):
            lines[-1].append(word)
        else:
            lines.append([word])
    return [sorted(line, key=lambda word: word.box.x0) for line in lines]


def text_of(words: Sequence[Word]) -> str:
    """Return the words joined by spaces."""
    return " ".join(word.text for word in words)


def rows_of(
    columns: Sequence[Sequence[Word]],
    headed: bool = True,
    spans: Sequence[Sequence[Word]] = (),
    aspect: float = 1.414,
) -> list[Row]:
    """Return the rows of ``columns`` of words: for each row the words of each column, in reading order.

    Where ``headed``, what stands over the first ordinal or figure is one row, the header. ``spans`` are lines over all
    columns, each a row of one cell. ``aspect`` is the page's height over its width.
    """
    lines = [lines_in(column) for column in columns]
    crossing = [_middle(span) for span in spans]
    anchors = sorted([*_anchors(lines, headed, crossing, aspect), *crossing])
    cuts = _cuts([word for column in (*columns, *spans) for word in column], anchors)
    rows: list[Row] = [[[] for _ in columns] for _ in range(len(cuts) + 1)]
    for span, at in zip(spans, crossing, strict=True):
        rows[sum(at > cut for cut in cuts)] = [list(span)]
    for number, column in enumerate(lines):
        for line in column:
            row = rows[sum(_middle(line) > cut for cut in cuts)]
            row[number if len(row) > 1 else 0] += line
    return [row for row in rows if any(row)]


def rows_between(
    lines: Sequence[Line], gutters: Sequence[float], unit: float, aspect: float, headed: bool = True
) -> list[Row]:
    """Return the rows of ``lines`` in the columns that ``gutters`` part; ``unit`` as in ``gutters.unit_of``."""
    columns: list[list[Word]] = [[] for _ in range(len(gutters) + 1)]
    spans: list[tuple[Word, ...]] = []
    for line in lines:
        chunks = chunks_of(line, unit)
        if not is_parted(chunks, unit) and any(crossed(chunk, gutters, unit) for chunk in chunks):
            spans.append(line.words)
            continue
        for word in line.words:
            columns[column_of(word.box.x_centre, gutters)].append(word)
    return rows_of(columns, headed, spans, aspect)


def cells_of(rows: Sequence[Row], columns: int, row: int = 0) -> list[TableCell]:
    """Return the cells of ``rows`` of a table of ``columns``; the first one is the table's row number ``row``."""
    return [
        TableCell(tuple(words), row + r, row + r + 1, c, c + 1 if len(cells) > 1 else columns)
        for r, cells in enumerate(rows)
        for c, words in enumerate(cells)
    ]


def _anchors(lines: Sequence[_Lines], headed: bool, spans: Sequence[float], aspect: float) -> list[float]:
    """Return the height of each row's anchor: its ordinal, else its figure, else its first cell.

    A row without either shows by its label, which neither goes on from the line above nor in the line below.
    """
    height = median([word.box.height for column in lines for line in column for word in line] or [0.0])
    found = _key_column(lines)
    if found is None:
        fullest = max(lines, key=len, default=[])
        return [_middle(line) for line in fullest]
    key, test = found
    anchors = [_middle(line) for line in lines[key] if test(text_of(line))]
    top = anchors[0] - 0.6 * height
    above = [
        [_middle(line) for line in column if _middle(line) < top and not _opens(line)] for column in lines
    ]
    tops = [span for span in spans if span < top]
    heads = [at for column in above for at in column if not tops or at < tops[0]]
    head = headed and sum(map(bool, above)) >= max(2, len(lines) / 2)
    under = max(heads, default=0.0) if head and heads else 0.0
    for block in _blocks(lines, key, aspect):
        start, end = _middle(block[0]), _middle(block[-1])
        if start <= under + 0.1 * height:
            continue
        reach = 0.5 * height
        if not any(start - reach <= at <= end + reach for at in (*anchors, *spans)):
            anchors.append((start + end) / 2)
    return sorted(([sum(heads) / len(heads)] if head and heads else []) + anchors)


def _key_column(lines: Sequence[_Lines]) -> tuple[int, Callable[[str], bool]] | None:
    """Return the column whose items open the rows, and their test: ordinals, else the one with most figures."""
    if lines and _count(lines[0], _is_number, 1):
        return 0, _is_number
    counts = {at: count for at, column in enumerate(lines) if (count := _count(column, _is_amount, 2))}
    return (max(counts, key=lambda at: counts[at]), _is_amount) if counts else None


def _count(column: _Lines, test: Callable[[str], bool], least: int) -> int:
    """Return how many lines of a column pass ``test``, 0 when those from the first of them on do not for the most part."""
    hits = [test(text_of(line)) for line in column]
    count = sum(hits)
    return count if count >= max(least, 0.6 * len(hits[hits.index(True) :] if count else hits)) else 0


def _is_amount(text: str) -> bool:
    """Return whether a line opens with a figure that is no year of a head."""
    return is_figure(text) and not is_year(text)


def _is_number(text: str) -> bool:
    return is_ordinal(text) or bool(_NUMBER.match(text))


def _blocks(lines: Sequence[_Lines], key: int, aspect: float) -> list[_Lines]:
    """Return the labels of the rows, those of the widest column of text, each with the lines that it wraps over."""
    texts = [at for at in range(len(lines)) if at != key and lines[at]]
    if not texts:
        return []
    column = lines[max(texts, key=lambda at: median(_width(line) for line in lines[at]))]
    widest = max(map(_width, column))
    wrapped = [_middle(b) - _middle(a) for a, b in itertools.pairwise(column) if _goes_on(b)]
    pitch = min(wrapped, default=1.0) * _LOOSER
    blocks: list[_Lines] = [[column[0]]]
    for above, line in itertools.pairwise(column):
        space = _SPACE * line[0].box.height * aspect
        short = _width(above) + space + line[0].box.width < _ALMOST * widest
        if _goes_on(line) or not (short or _opens(line) or _middle(line) - _middle(above) > pitch):
            blocks[-1].append(line)
        else:
            blocks.append([line])
    return blocks


def _goes_on(line: Sequence[Word]) -> bool:
    """Return whether a line begins in lower case, as no label does."""
    return line[0].text[0].islower() and not _is_number(line[0].text)


def _opens(line: Sequence[Word]) -> bool:
    """Return whether a line begins with a bullet or number, or says that parts follow."""
    return _is_number(line[0].text) or fold(text_of(line)).startswith("trong do")


def _width(line: Sequence[Word]) -> float:
    return max(word.box.x1 for word in line) - min(word.box.x0 for word in line)


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
    for number, (above, below) in enumerate(itertools.pairwise(anchors)):
        # The printed lines' middles part rows that are set too tight to leave any white.
        white = [(end - start, end, start) for start, end in bands if above < (start + end) / 2 < below]
        widest = max(white, key=lambda band: (round(band[0], 3), band[1]), default=None)
        if widest and number == 0:  # the rows of a head stand apart, too: it ends at the last wide white
            widest = max((band for band in white if band[0] > _APART * widest[0]), key=lambda band: band[1])
        cuts.append((widest[1] + widest[2]) / 2 if widest else (above + below) / 2)
    return cuts
