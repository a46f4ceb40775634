"""Pieces of a page that may be stamps, read alone: by the own recogniser, and by Tesseract where that leaves doubt.

Starting Tesseract for a piece costs more than most of what is done for a page.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import cv2
import numpy as np
import numpy.typing as npt
import regex

from pipeline.cleaning import CleanPage
from pipeline.cleaning.ink import Grey
from pipeline.document import IDENTITY, Box, Line, Word
from pipeline.errors import InputError
from pipeline.external import tesseract
from pipeline.external.tesseract import ReadWord
from pipeline.reading.line_images import LINE_HEIGHT
from pipeline.reading.line_reader import LineReader
from pipeline.reading.recognizer import shipped_recognizer
from pipeline.reading.stamp_words import may_be_stamp

Reading = tuple[str, float]
"""A text, and the mean confidence of its words."""

_DPI = 300
_ROWS = (4, 34)
"""Rows of a line image that a word fills with a mark over and one under its capitals, as MẬT has them."""
_MARGIN, _PAPER = 8, 240
_INK_BELOW = 150
_WIDEST = 900
_ROW_GAP = 0.03
"""Between a letter and the mark over it there is less paper than this, as a share of the piece."""
_LEGIBLE = 0.8
"""What is read with this mean confidence says what it says."""
_SPACED = 0.9
"""Letters of a word that is set spaced stand so many of their heights apart, or less."""


def read_own(picture: Grey, dpi: int, number: int) -> tuple[Line, ...]:
    """Return the lines that the own recogniser reads on ``picture``, a piece of page ``number``; spaced words whole."""
    lines = _line_reader().read(CleanPage(number, picture, dpi, IDENTITY, 0, 0.0, blank=False))
    return tuple(Line(tuple(_unspaced(line.words, picture.shape[1] / picture.shape[0]))) for line in lines)


def own_readings(picture: Grey, number: int) -> list[Reading]:
    """Return what the own recogniser reads on ``picture``, letters as large as at 300 dpi: in its lines, and as one line.

    The second is left out where the first is legible.
    """
    lines = read_own(picture, _DPI, number)
    words = [word for line in lines for word in line.words]
    found = [_together(words)] if words else []
    image = None if found and found[0][1] >= _LEGIBLE else _as_line(picture)
    read = None if image is None else shipped_recognizer().read([image])[0]
    if read is not None and read.text:
        found.append((read.text, sum(read.confidences) / len(read.confidences)))
    return found


def read_tesseract(picture: Grey, dpi: int, segmentation: int, number: int, timeout_s: int) -> list[ReadWord]:
    """Return the words that Tesseract reads on ``picture``; none where it fails, as it does on what is no print."""
    try:
        return tesseract.read_words(picture, dpi, segmentation, number, timeout_s=timeout_s)
    except InputError:
        return []


def lettered(words: Sequence[ReadWord]) -> list[Reading]:
    """Return the words with letters as one reading; none without any."""
    kept = [word for word in words if regex.search(r"\p{L}", word.text)]
    return [_together(kept)] if kept else []


def _together(words: Sequence[Word | ReadWord]) -> Reading:
    return " ".join(word.text for word in words), sum(word.confidence for word in words) / len(words)


def in_doubt(words: Sequence[str]) -> bool:
    """Return whether ``words``, read by the own recogniser, are none, or hold what may be a stamp's word misread."""
    return not words or any(map(may_be_stamp, words))


@cache
def _line_reader() -> LineReader:
    return LineReader()


def _as_line(picture: Grey) -> Grey | None:
    """Return ``picture``, which holds one line, as the recogniser wants it; None when there is no ink, or far too much."""
    ink = picture < _INK_BELOW
    rows = _highest(np.flatnonzero(ink.any(axis=1)), max(2, round(_ROW_GAP * len(ink))))
    columns = np.flatnonzero(ink[rows].any(axis=0))
    if not len(columns):
        return None
    cut = picture[rows, columns[0] : columns[-1] + 1]
    high = _ROWS[1] - _ROWS[0]
    wide = round(cut.shape[1] * high / cut.shape[0])
    if not 0 < wide <= _WIDEST:
        return None
    way = cv2.INTER_AREA if high < cut.shape[0] else cv2.INTER_LINEAR
    image: Grey = np.full((LINE_HEIGHT, wide + 2 * _MARGIN), _PAPER, np.uint8)
    image[_ROWS[0] : _ROWS[1], _MARGIN : _MARGIN + wide] = cv2.resize(cut, (wide, high), interpolation=way)
    return image


def _highest(rows: npt.NDArray[np.intp], gap: int) -> slice:
    """Return the most rows that follow each other with no more than ``gap`` between them; a worn frame lies beyond."""
    if not len(rows):
        return slice(0, 0)
    breaks = np.flatnonzero(np.diff(rows) > gap) + 1
    best = max(np.split(rows, breaks), key=lambda run: int(run[-1] - run[0]))
    return slice(int(best[0]), int(best[-1]) + 1)


def _unspaced(words: Sequence[Word], aspect: float) -> list[Word]:
    """Return ``words`` with single letters joined to what stands beside them; ``aspect`` is width over height."""
    joined: list[Word] = []
    for word in words:
        last = joined[-1] if joined else None
        if last is not None and 1 in (len(word.text), len(last.text)):
            gap = (word.box.x0 - last.box.x1) * aspect
            if gap < _SPACED * max(last.box.height, word.box.height):
                top, bottom = min(last.box.y0, word.box.y0), max(last.box.y1, word.box.y1)
                sure = min(last.confidence, word.confidence)
                box = Box(last.box.x0, top, word.box.x1, bottom)
                joined[-1] = Word(last.text + word.text, box, sure, word.page)
                continue
        joined.append(word)
    return joined
