"""What the columns of a table without a header hold, by their figures: 72 and 92 beside 78,3 are this year and last.

Where a column is a hundred times the quotient of two others in nearly every row, the dividend is what is reported, the
divisor what it is compared with.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise, permutations

import regex

from pipeline.document import TableCell
from pipeline.extraction.table_columns import cell_at
from pipeline.extraction.values.digits import read_digits

_FIGURE = regex.compile(r"(?:\p{L}{2,6}\s)?(\d[\d.,]*+)\s?%?")
_LEAST_ROWS = 3
_MOST_COLUMNS = 7
_CLOSE = Decimal("0.6")
_NEARLY_ALL = 0.8
_ORDINAL = regex.compile(r"[-–+*•]|\(?(?:\d{1,2}(?:\.\d{1,2})*|[a-zđ]|[IVX]{1,4})[.)]?")

Rows = Sequence[tuple[TableCell, ...]]


def is_numbering(body: Rows, column: int) -> bool:
    """Return whether a column numbers the rows: 1, 2, 3 from the first on, bullets between."""
    texts = [text for row in body if (text := cell_at(row, column).text)]
    if len(texts) < 2 or not all(_ORDINAL.fullmatch(text) for text in texts):
        return False
    whole = [int(text.strip("().")) for text in texts if text.strip("().").isdigit()]
    rises = sum(later in (earlier + 1, 1) for earlier, later in pairwise(whole))
    return not whole or (whole[0] == 1 and rises == len(whole) - 1)


def compared(body: Rows, columns: Sequence[int]) -> tuple[int, frozenset[int]] | None:
    """Return which of ``columns`` is reported, and the two that hold what it is compared with and the share; else None."""
    if not 3 <= len(columns) <= _MOST_COLUMNS:
        return None
    figures = {c: [_figure(cell_at(row, c).text) for row in body] for c in columns}
    for share, own, base in permutations(columns, 3):
        told = [
            abs(100 * a / b - p) <= _CLOSE
            for a, b, p in zip(figures[own], figures[base], figures[share], strict=True)
            if a and b and p
        ]
        if len(told) >= _LEAST_ROWS and sum(told) >= _NEARLY_ALL * len(told):
            return own, frozenset((base, share))
    return None


def _figure(text: str) -> Decimal | None:
    match = _FIGURE.fullmatch(text.strip())
    reading = read_digits(match[1].rstrip(".,"), "measure") if match else None
    return reading.value if reading else None
