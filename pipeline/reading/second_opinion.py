"""What Tesseract reads in single lines: many of them set under one another on a sheet, for one call."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.cleaning.ink import Grey
from pipeline.cleaning.light import PAPER
from pipeline.external import tesseract
from pipeline.reading.line_images import LINE_HEIGHT

TIMES = 1.25
"""Lines are shown to Tesseract a quarter larger than to the recogniser. At twice the size, that of 300 dpi, a page took it
0.1 s more, and as many of its characters were wrong (0.31 and 0.30 % of 43 pages)."""
_SHOWN = round(TIMES * LINE_HEIGHT)
_SHEET_DPI = 188
_BLOCK = 6
"""Tesseract's mode for lines of text one below the other."""
_GAP, _MARGIN = 24, 40
"""Paper between lines, and round all of them, in pixels."""
_MOST_LINES = 60
"""A sheet of so many lines is as high as two pages."""


@dataclass(frozen=True, slots=True)
class SeenWord:
    """A word that Tesseract read in a line: its text, its confidence (0..1), and its ends in px of the line image."""

    text: str
    confidence: float
    start: float
    end: float


def read_lines(lines: Sequence[Grey], page: int) -> list[tuple[SeenWord, ...]]:
    """Return the words in each of ``lines``, images of shape (50, width), from left to right.

    A line stays empty where Tesseract sees nothing. Raises InputError when it fails: what one reader made of the page alone
    must not be kept as what both did.
    """
    found: list[tuple[SeenWord, ...]] = []
    for start in range(0, len(lines), _MOST_LINES):
        found += _read_sheet(lines[start : start + _MOST_LINES], page)
    return found


def _read_sheet(lines: Sequence[Grey], page: int) -> Iterator[tuple[SeenWord, ...]]:
    pitch = _SHOWN + _GAP
    wide = max(line.shape[1] for line in lines) + 2 * _MARGIN
    sheet: Grey = np.full((len(lines) * pitch + 2 * _MARGIN, wide), PAPER, np.uint8)
    for number, line in enumerate(lines):
        top = _MARGIN + number * pitch
        sheet[top : top + line.shape[0], _MARGIN : _MARGIN + line.shape[1]] = line
    words = tesseract.read_words(sheet, _SHEET_DPI, _BLOCK, page)
    rows: list[list[SeenWord]] = [[] for _ in lines]
    for word in words:
        number = int((word.top + word.height / 2 - _MARGIN + _GAP / 2) // pitch)
        if 0 <= number < len(rows):
            left = (word.left - _MARGIN) / TIMES
            rows[number].append(SeenWord(word.text, word.confidence, left, left + word.width / TIMES))
    for row in rows:
        yield tuple(sorted(row, key=lambda word: word.start))
