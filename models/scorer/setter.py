"""Sets a composed text on plain pages: every letter as wide as its kind, no typesetter; a report takes milliseconds.

What a learned scorer needs of a page is its order of words, its lines and its indents; those it gets here as from a
typeset page, thousands of reports a minute.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from pipeline.document import Box, Grid, GridCell, Line, Page, Word
from samples.generator.nouns import Block, Inline, Mark, Paragraph, Text
from samples.generator.nouns import Grid as TextGrid

_LEFT, _RIGHT, _TOP, _FOOT = 0.145, 0.93, 0.055, 0.94
_INDENT = 0.055
_HEIGHT, _LEADING, _GAP = 0.0165, 0.0215, 0.004
_NARROW, _NORMAL, _WIDE, _SPACE = 0.006, 0.0107, 0.0155, 0.0058
_COLUMNS = (0.29, 0.685)
"""Where the left and the right column of letterhead and end block are centred."""
_PIXELS = (2480, 3508, 300)


@dataclass(frozen=True)
class Piece:
    """A word before it has a place, and the ids of the marks on any of its letters."""

    text: str
    marks: frozenset[int]

    @property
    def width(self) -> float:
        """Its width as a share of the page's."""
        return sum(map(_letter, self.text))


def _letter(letter: str) -> float:
    if letter in "iljtfrI.,;:()/'|!-":
        return _NARROW
    return _WIDE if letter.isupper() or letter in "mw%" else _NORMAL


def pieces(runs: Inline) -> list[Piece]:
    """Return the words of ``runs``; a word begins and ends at spaces, whatever runs it is made of."""
    found: list[Piece] = []
    letters: list[str] = []
    marks: set[int] = set()
    for run in runs:
        for letter in run.text:
            if letter.isspace():
                if letters:
                    found.append(Piece("".join(letters), frozenset(marks)))
                letters, marks = [], set()
            else:
                letters.append(letter)
                marks.update(run.marks)
    if letters:
        found.append(Piece("".join(letters), frozenset(marks)))
    return found


@dataclass
class Sheets:
    """The pages in the making: a pen that goes down the page and on to the next."""

    lines: list[list[Line]] = field(default_factory=lambda: [[]])
    grids: list[list[Grid]] = field(default_factory=lambda: [[]])
    marks: dict[tuple[int, Box], frozenset[int]] = field(default_factory=dict)
    y: float = _TOP

    def turn(self) -> None:
        """Begin a new page."""
        self.lines.append([])
        self.grids.append([])
        self.y = _TOP

    def room(self, height: float) -> None:
        """Begin a new page where ``height`` is not left."""
        if self.y + height > _FOOT:
            self.turn()

    def put(self, row: Sequence[Piece], x: float, y: float, stretch: float = 0.0) -> None:
        """Set one line of words from ``x`` on; ``stretch`` is added to every space."""
        number, words = len(self.lines), []
        for piece in row:
            box = Box(round(x, 5), round(y, 5), round(x + piece.width, 5), round(y + _HEIGHT, 5))
            words.append(Word(piece.text, box, 1.0, number))
            if piece.marks:
                self.marks[number, box] = piece.marks
            x += piece.width + _SPACE + stretch
        if words:
            self.lines[-1].append(Line(tuple(words)))

    def paragraph(self, runs: Inline, indent: float, centred: bool, justify: bool) -> None:
        """Set a paragraph from margin to margin."""
        rows = list(_broken(pieces(runs), _RIGHT - _LEFT, indent))
        for at, row in enumerate(rows):
            self.room(_LEADING)
            first = indent if at == 0 else 0.0
            free = _RIGHT - _LEFT - first - _width(row)
            if centred:
                self.put(row, (_LEFT + _RIGHT - _width(row)) / 2, self.y)
            else:
                full = justify and at < len(rows) - 1 and len(row) > 1
                self.put(row, _LEFT + first, self.y, free / (len(row) - 1) if full else 0.0)
            self.y += _LEADING
        self.y += _GAP

    def columns(self, left: Iterable[Inline], right: Iterable[Inline], flush: bool = False) -> None:
        """Set two columns side by side, each line centred in its own (the left one flush at the margin)."""
        begun, ends = self.y, []
        for centre, texts in zip(_COLUMNS, (left, right), strict=True):
            y = begun
            for runs in texts:
                for row in _broken(pieces(runs), 0.46, 0.0):
                    at_margin = flush and centre == _COLUMNS[0]
                    self.put(row, _LEFT if at_margin else centre - _width(row) / 2, y)
                    y += _LEADING
            ends.append(y)
        self.y = max(ends) + _GAP

    def table(self, grid: TextGrid) -> None:
        """Set a table row by row; a row stays on its page."""
        share = sum(grid.widths) or 1.0
        edges = [_LEFT]
        for width in grid.widths:
            edges.append(edges[-1] + width / share * (_RIGHT - _LEFT))
        cells: list[GridCell] = []
        placed = 0
        for index, row in enumerate(grid.rows):
            spans = grid.spans[index] if grid.spans else tuple(1 for _ in row)
            boxes, texts = [], []
            for column, (runs, covers) in enumerate(zip(row, spans, strict=True)):
                if covers == 0:
                    continue
                x0, x1 = edges[column], edges[min(column + covers, len(edges) - 1)]
                rows = list(_broken(pieces(runs), x1 - x0 - 0.012, 0.0))
                boxes.append((column, column + covers, x0, x1))
                texts.append(rows)
            height = max((len(rows) for rows in texts), default=1) * _LEADING
            if self.y + height > _FOOT:
                self._close(cells, grid.ruled)
                cells, placed = [], 0
                self.turn()
            for (column, end, x0, x1), rows in zip(boxes, texts, strict=True):
                cells.append(GridCell(placed, placed + 1, column, end, Box(x0, self.y, x1, self.y + height)))
                for at, words in enumerate(rows):
                    aside = (x1 - x0 - _width(words)) / 2 if grid.align[column] != "left" else 0.006
                    self.put(words, x0 + max(aside, 0.004), self.y + 0.002 + at * _LEADING)
            placed += 1
            self.y += height
        self._close(cells, grid.ruled)
        self.y += _LEADING

    def _close(self, cells: list[GridCell], ruled: bool) -> None:
        if ruled and cells:
            self.grids[-1].append(Grid(tuple(cells)))


def _width(row: Sequence[Piece]) -> float:
    return sum(piece.width for piece in row) + _SPACE * (len(row) - 1)


def _broken(words: Sequence[Piece], width: float, indent: float) -> Iterator[list[Piece]]:
    row: list[Piece] = []
    used = indent
    for piece in words:
        step = piece.width + (_SPACE if row else 0.0)
        if row and used + step > width:
            yield row
            row, used, step = [], 0.0, piece.width
        row.append(piece)
        used += step
    if row:
        yield row


def set_plain(text: Text) -> tuple[tuple[Page, ...], dict[tuple[int, Box], tuple[Mark, ...]]]:
    """Return the pages of ``text`` and, by page and box of a word, the marks that it bears."""
    sheets = Sheets()
    head = text.letterhead
    sheets.columns((*head.parent, *head.issuer), head.right)
    stamps = [line for line in (head.secrecy, head.urgency) if line]
    sheets.columns((head.number, *head.subject, *stamps), (head.place_date,))
    _blocks(sheets, text.blocks)
    end = text.ending
    sheets.room(0.2)
    signer = (*end.authority, *end.position, (), (), (), end.name)
    left = (end.recipients_label, *end.recipients)
    sheets.columns(left, signer, flush=True)
    for annex in text.annexes:
        sheets.turn()
        _blocks(sheets, annex.blocks)
    pages = tuple(
        Page(number, *_PIXELS, "text_layer", lines=tuple(lines), grids=tuple(grids), reader="set")
        for number, (lines, grids) in enumerate(zip(sheets.lines, sheets.grids, strict=True), start=1)
    )
    return pages, {place: tuple(text.marks[at] for at in sorted(ids)) for place, ids in sheets.marks.items()}


def _blocks(sheets: Sheets, blocks: Iterable[Block]) -> None:
    for block in blocks:
        if isinstance(block, Paragraph):
            centred = block.role in ("title", "subject", "centre", "addressee")
            sheets.paragraph(
                block.runs, 0.0 if centred else _INDENT, centred, block.role in ("body", "bullet")
            )
        else:
            sheets.table(block)
