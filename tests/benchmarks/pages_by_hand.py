"""A page and what was read from it, made by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks.pages.reading import ReadDocument
from benchmarks.pages.truth import Place, PrintedCell, PrintedDocument, PrintedPage, PrintedWord
from pipeline.document import Box, Layout, Line, Page, Table, Word, Zone
from pipeline.evaluation.truth import TruthField

HEIGHT, WIDTH, GAP = 0.02, 0.08, 0.01


def box(row: int, column: int) -> Box:
    """The place of one word on a sheet of rows and columns."""
    x, y = 0.1 + column * (WIDTH + GAP), 0.1 + row * 0.03
    return Box(x, y, x + WIDTH, y + HEIGHT)


def printed_line(row: int, text: str, column: int = 0) -> tuple[PrintedWord, ...]:
    """A printed line; words between ⟦ and ⟧ are handwriting."""
    return tuple(
        PrintedWord(word.strip("⟦⟧"), box(row, column + at), "⟦" in word)
        for at, word in enumerate(text.split())
    )


def read_line(row: int, text: str, column: int = 0) -> Line:
    """A line as read, each word tight round its ink; "_" is a word that was not read."""
    words = []
    for at, word in enumerate(text.split()):
        if word != "_":
            b = box(row, column + at)
            words.append(Word(word, Box(b.x0, b.y0 + 0.004, b.x1, b.y1 - 0.004), 0.9, 1))
    return Line(tuple(words))


def document(
    printed: Sequence[tuple[PrintedWord, ...]],
    read: Sequence[Line],
    *,
    zones: Sequence[Zone] = (),
    tables: Sequence[Table] = (),
    cells: Sequence[PrintedCell] = (),
    fields: dict[str, dict[str, Any]] | None = None,
    places: dict[str, tuple[Place, ...]] | None = None,
    handwritten: frozenset[str] = frozenset(),
    rows: dict[str, list[dict[str, Any]]] | None = None,
    **lie: Any,
) -> ReadDocument:
    """A document of one page; ``lie`` sets attributes of the printed page."""
    text = "\n".join(" ".join(word.text for word in line) for line in printed)
    page = replace(
        PrintedPage(
            1, text=text, blank=False, rotation=0, skew=0.0, lines=tuple(printed), cells=tuple(cells)
        ),
        **lie,
    )
    return ReadDocument(
        printed=PrintedDocument(
            scan=Path("d.pdf"),
            preset="fax",
            pages=(page,),
            fields={name: TruthField.model_validate(row) for name, row in (fields or {}).items()},
            places=places or {},
            handwritten=handwritten,
        ),
        pages={1: Page(1, 2480, 3508, 300, "scan", lines=tuple(line for line in read if line.words))},
        texts={1: "\n".join(line.text for line in read if line.words)},
        layout=Layout(tuple(zones), (), tuple(tables)),
        rows=rows or {},
        seconds={1: {"cleaning": 0.2}},
    )
