"""From laid-out boxes to words: their letters, their boxes as drawn, their lines and marks.

WeasyPrint's boxes are walked in document order, but a letterhead or end block column by column, as it is read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from weasyprint.document import Page
from weasyprint.formatting_structure.boxes import Box as LaidBox
from weasyprint.formatting_structure.boxes import (
    InlineBlockBox,
    LineBox,
    MarginBox,
    TableBox,
    TableCellBox,
    TextBox,
)

from samples.generator.nouns import Box, PrintedWord, Run, Spot, TypesetPage
from samples.generator.typeset.faces import Metrics, metrics

_POINTS = 0.75
"""Points a CSS pixel."""


@dataclass
class _Word:
    """A word that grows letter by letter, in pixels."""

    text: str = ""
    x0: float = 0.0
    x1: float = 0.0
    y0: float = 1e9
    y1: float = 0.0
    marks: dict[int, None] = field(default_factory=dict)


class PageWalk:
    """One laid-out page, walked once."""

    def __init__(self, page: Page, runs: list[Run], face: str) -> None:
        self._runs = runs
        self._face = face
        self._width, self._height = float(page.width), float(page.height)
        self._words: list[PrintedWord] = []
        self._spots: list[Spot] = []
        self._cells: list[tuple[int, int, int, Box, str]] = []
        self._ruled: list[bool] = []
        self._line = 0
        margins: list[Any] = []
        flow: list[Any] = []
        for child in page._page_box.children:
            (margins if isinstance(child, MarginBox) else flow).append(child)
        above = [box for box in margins if box.position_y < self._height / 2]
        for box in (*above, *flow, *(box for box in margins if box not in above)):
            self._walk(box)

    def page(self) -> TypesetPage:
        """Return what stands on the page."""
        size = (round(self._width * _POINTS, 2), round(self._height * _POINTS, 2))
        return TypesetPage(
            *size, tuple(self._words), tuple(self._spots), tuple(self._cells), tuple(self._ruled)
        )

    def _walk(self, box: LaidBox) -> None:
        if isinstance(box, LineBox):
            self._text_line(box)
            return
        attributes = getattr(box.element, "attrib", {}) if box.element is not None else {}
        classes = attributes.get("class", "").split(" ")
        role = classes[0]
        if role == "sign":
            self._spots.append(Spot("sign", self._box(*_edges(box))))
        if isinstance(box, TableBox):
            if role in ("head", "end"):
                for column in _columns(box):
                    for cell in column:
                        self._children(cell)
                return
            self._children(box)
            self._ruled.append("ruled" in classes)
            return
        if isinstance(box, TableCellBox) and (cell := attributes.get("data-cell")):
            first = len(self._words)
            self._children(box)
            row_index, column_index = map(int, cell.split())
            text = " ".join(word.text for word in self._words[first:])
            self._cells.append((len(self._ruled), row_index, column_index, self._box(*_edges(box)), text))
            return
        self._children(box)

    def _children(self, box: LaidBox) -> None:
        for child in getattr(box, "children", ()):
            self._walk(child)

    def _text_line(self, line: LineBox) -> None:
        """Add the words of a printed line."""
        before = len(self._words)
        word = _Word()
        for box, room in _texts(line):
            run = self._run(box)
            if run is not None and run.pen:
                word = self._close(word)
                self._pen(box, room, run)
                continue
            weight = (box.style["font_weight"] > 500, box.style["font_style"] != "normal")
            measures = metrics(self._face, weight)
            size = float(box.style["font_size"])
            base = box.position_y + box.baseline
            for letter, x0, x1 in _letters(box, measures, size):
                if letter.isspace():
                    word = self._close(word)
                    continue
                if not word.text:
                    word.x0 = x0
                word.text += letter
                word.x1 = x1
                word.y0 = min(word.y0, base - measures.ascent * size / 1000)
                word.y1 = max(word.y1, base + measures.descent * size / 1000)
                if run is not None:
                    word.marks.update(dict.fromkeys(run.marks))
        self._close(word)
        if len(self._words) > before:
            self._line += 1

    def _run(self, box: TextBox) -> Run | None:
        """Return the run of a text box; a page number has none."""
        number = box.element.get("data-run") if box.element is not None else None
        return None if number is None else self._runs[int(number)]

    def _close(self, word: _Word) -> _Word:
        """Keep the word, if there is one; return a fresh one."""
        if word.text:
            box = self._box(word.x0, word.y0, word.x1, word.y1)
            self._words.append(PrintedWord(word.text, box, self._line, tuple(word.marks)))
        return _Word()

    def _pen(self, box: TextBox, room: LaidBox, run: Run) -> None:
        """Note the room of handwriting, as tall as print, and what is to be written there."""
        measures = metrics(self._face, (False, False))
        size = float(box.style["font_size"])
        base = box.position_y + box.baseline
        x0, _, x1, _ = _edges(room)
        place = self._box(x0, base - measures.ascent * size / 1000, x1, base + measures.descent * size / 1000)
        text = run.text.strip()
        self._words.append(PrintedWord(text, place, self._line, run.marks, pen=True))
        self._spots.append(Spot("pen", place, text))

    def _box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        return Box(
            round(x0 / self._width, 6),
            round(y0 / self._height, 6),
            round(x1 / self._width, 6),
            round(y1 / self._height, 6),
        )


def _edges(box: LaidBox) -> tuple[float, float, float, float]:
    """Return the border edges of a box."""
    x, y = box.border_box_x(), box.border_box_y()
    return x, y, x + box.border_width(), y + box.border_height()


def _texts(box: LaidBox) -> Iterator[tuple[TextBox, LaidBox]]:
    """Yield the text boxes of a line from left to right, each with the inline block that holds it (or itself)."""
    for child in box.children:
        if isinstance(child, TextBox):
            yield child, child
        elif isinstance(child, InlineBlockBox):
            yield from ((text, child) for text, _ in _inside(child))
        elif hasattr(child, "children"):
            yield from _texts(child)


def _inside(box: LaidBox) -> Iterator[tuple[TextBox, LaidBox]]:
    for child in box.children:
        yield from _texts(child)


def _columns(table: TableBox) -> list[list[LaidBox]]:
    """Return the cells of a table by column."""
    columns: dict[int, list[LaidBox]] = {}
    for group in table.children:
        for row in group.children:
            for cell in row.children:
                columns.setdefault(cell.grid_x, []).append(cell)
    return [columns[number] for number in sorted(columns)]


def _letters(box: TextBox, measures: Metrics, size: float) -> Iterator[tuple[str, float, float]]:
    """Yield the letters of a text box with their edges as the PDF draws them.

    A PDF counts advances in whole thousandths of the size; WeasyPrint adds the room of justified spaces cut to such.
    A letter that the face lacks comes from another one: such letters share what width is left.
    """
    spacing = box.justification_spacing * 1000 / size
    advances = [_advance(measures.advances.get(ord(letter)), letter, spacing) for letter in box.text]
    lacking = advances.count(None)
    rest = box.width * 1000 / size - sum(advance for advance in advances if advance is not None)
    x = float(box.position_x)
    for letter, known in zip(box.text, advances, strict=True):
        advance = rest / lacking if known is None else known
        start, x = x, x + advance * size / 1000
        yield letter, start, x


def _advance(own: float | None, letter: str, spacing: float) -> float | None:
    if own is None:
        return None
    whole = round(own)
    if letter not in " \u00a0":
        return whole
    return whole - int(whole - own - spacing)
