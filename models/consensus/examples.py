"""Lines of generated scans, read by both readers, with what is printed there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.pages.truth import PrintedPage, load
from pipeline.cleaning import CleanPage, clean
from pipeline.intake.loading import load_page
from pipeline.reading.alignment import Calibration, ReadAgain
from pipeline.reading.consensus import read_again
from pipeline.reading.line_images import cut_line
from pipeline.reading.line_reader import LineReader
from pipeline.reading.recognizer import ReadLine
from pipeline.reading.second_opinion import TIMES, SeenWord, read_lines
from pipeline.reading.text_lines import TextLine

_BESIDE = 10
"""Pixels of the clean page by which a word may stick out of the line that it was found in."""


@dataclass(frozen=True)
class Example:
    """One line as the line reader read it, what Tesseract read in its doubtful stretches, and as it is printed.

    ``seen`` is what Tesseract reads in the whole line, which is asked for evaluation alone.
    """

    preset: str
    page: str
    read: ReadLine
    again: tuple[ReadAgain, ...]
    seen: tuple[SeenWord, ...]
    truth: str


@dataclass(frozen=True, eq=False)
class _Word:
    text: str
    x0: float
    x1: float
    y: float
    pen: bool


def examples_of(
    folder: Path, reader: LineReader, worth: Calibration, *, most_pages: int = 2, whole: bool = False
) -> Iterator[Example]:
    """Yield the lines of the generated scans in ``folder``, of each the first and the last ``most_pages - 1`` pages.

    ``worth`` tells what is doubtful; ``whole`` lines are shown to Tesseract besides when asked. Lines with handwriting, and
    those of which the finder cut off or joined words, are left out: they say nothing of reading.
    """
    for document in load(folder):
        printed = [page for page in document.pages if page.lines]
        for page in [*printed[:1], *printed[1:][-(most_pages - 1) :]] if most_pages > 1 else printed[:1]:
            image = load_page(document.scan, page.number)
            if image.text_lines is None:
                name = f"{document.scan.stem}-{page.number}"
                for line in _lines(clean(image), page, reader, worth, whole):
                    yield Example(document.preset, name, *line)


_Lines = Iterator[tuple[ReadLine, tuple[ReadAgain, ...], tuple[SeenWord, ...], str]]


def _lines(
    page: CleanPage, printed: PrintedPage, reader: LineReader, worth: Calibration, whole: bool
) -> _Lines:
    words = _on_clean(page, printed)
    found, readings = reader.read_parts(page)
    known = [reading for reading in readings if _truth(reading.image.line, words)]
    again = read_again(page, found, known, worth)
    seen: list[tuple[SeenWord, ...]] = [() for _ in known]
    if whole:
        strips = [cut_line(page, found, reading.image.line, TIMES) for reading in known]
        seen = read_lines([strip.grey for strip in strips if strip is not None], page.number)
    for reading, stretches, words_seen in zip(known, again, seen, strict=True):
        yield reading.read, tuple(stretches), words_seen, _truth(reading.image.line, words)


def _on_clean(page: CleanPage, printed: PrintedPage) -> list[_Word]:
    """Return the printed words where they stand on the clean page, in pixels."""
    height, width = page.grey.shape
    back: NDArray[np.float64] = np.linalg.inv(np.array(page.to_scan).reshape(3, 3))
    turned = page.rotation_deg % 180 != 0
    words = []
    for word in (word for line in printed.lines for word in line):
        box = word.box
        x, y, w = back @ (box.x_centre, box.y_centre, 1.0)
        half = (box.height if turned else box.width) * width / 2
        words.append(_Word(word.text, x / w * width - half, x / w * width + half, y / w * height, word.pen))
    return words


def _truth(line: TextLine, words: list[_Word]) -> str:
    """Return what is printed on ``line``, "" where that cannot be told."""
    on_line = []
    for word in words:
        middle = (word.x0 + word.x1) / 2
        core = line.baseline(middle) - line.x_height / 2
        if abs(core - word.y) < 0.7 * line.x_height and word.x1 > line.left and word.x0 < line.right:
            on_line.append(word)
    on_line.sort(key=lambda word: word.x0)
    if not on_line or any(word.pen for word in on_line):
        return ""
    if on_line[0].x0 < line.left - _BESIDE or on_line[-1].x1 > line.right + _BESIDE:
        return ""
    return " ".join(word.text for word in on_line)
