"""What the columns of a table hold, by their headers; and the cells of its body by column."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import regex

from pipeline.document import Passage, Table, TableCell, join
from pipeline.extraction.wording import best_hit, fold_words

_FIGURE = regex.compile(r"^(?=\S*[\dlI|§])[\dlI|OoØSB§)'’]{1,4}$")
_LETTERS = str.maketrans(
    {"l": "1", "I": "1", "|": "1", "O": "0", "o": "0", "Ø": "0", "S": "5", "§": "8", "B": "8"}
)


def headers(table: Table) -> list[Passage]:
    """Return what stands over each column, merged cells with all the columns that they cover, from top to bottom."""
    found: list[list[TableCell]] = [[] for _ in range(table.columns)]
    for cell in sorted(table.cells, key=lambda cell: (cell.row, cell.column)):
        if cell.row < table.header_rows and cell.column_end - cell.column < table.columns:
            for column in range(cell.column, cell.column_end):
                found[column].append(cell)
    return [join(cells) for cells in found]


def classed(texts: list[str], wordings: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Return the kind of each header: the one of ``wordings`` that names it with the most letters, or ""."""
    kinds = []
    for text in texts:
        folded = fold_words(text)
        best = ("", 0)
        for kind, known in wordings.items():
            hit = best_hit(known, folded) or best_hit(known, folded, fuzzy=True)
            if hit is not None and hit.weight > best[1]:
                best = (kind, hit.weight)
        kinds.append(best[0])
    return kinds


def body_rows(table: Table) -> list[tuple[TableCell, ...]]:
    """Return the rows under the header, each cell once, in the row where it begins."""
    return [
        tuple(cell for cell in row if cell.row == number)
        for number, row in enumerate(table.rows)
        if number >= table.header_rows
    ]


def cell_at(row: tuple[TableCell, ...], column: int | None) -> Passage:
    """Return the cell of ``row`` in ``column``; an empty one where there is none."""
    return next((cell for cell in row if cell.column == column), Passage(()))


def repaired(cell: Passage) -> Passage:
    """Return a cell of figures with letters that were read for digits put right (``l6``, ``Ø7``); boxes stay."""
    return Passage(
        tuple(
            replace(w, text=w.text.translate(_LETTERS).strip(")'’"))
            if _FIGURE.match(w.text) and (len(cell.words) == 1 or any(c.isdigit() for c in w.text))
            else w
            for w in cell.words
        )
    )
