"""The reader that finds the lines of a page itself and reads each with sohoa's own recogniser."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

import numpy as np

from pipeline.cleaning import CleanPage
from pipeline.cleaning.ink import INK_BELOW
from pipeline.document import Box, Line, Mark, Word
from pipeline.reading.columns import split_columns
from pipeline.reading.line_images import BASELINE, LINE_HEIGHT, X_HEIGHT, LineImage, cut_lines
from pipeline.reading.names import weights_hash
from pipeline.reading.noise import drop_noise
from pipeline.reading.reading_order import in_reading_order
from pipeline.reading.recognizer import LineRecognizer, ReadLine, shipped_recognizer
from pipeline.reading.stroke import stroke_width
from pipeline.reading.text_lines import FoundLines, TextLine, find_lines

_JOINED_OFF = 0.45
"""Parts of a row are one line up to such a step in the baseline, in x-heights; columns are parted by what all rows show."""


@dataclass(frozen=True, eq=False)
class Reading:
    """A line of the page, cut out, and what it says."""

    image: LineImage
    read: ReadLine


class LineReader:
    """Reads with sohoa's own line recogniser."""

    name = "line"

    def __init__(self, recognizer: LineRecognizer | None = None) -> None:
        self._recognizer = recognizer or shipped_recognizer()

    @property
    def version(self) -> str:
        """Version of the weights and of what is done around them."""
        return f"{weights_hash('reader')[:12]}-1"

    def read(self, page: CleanPage) -> tuple[Line, ...]:
        """See :meth:`pipeline.reading.base.Reader.read`."""
        return () if page.blank else lines_of(page, self.read_parts(page)[1])

    def look_again(self, page: CleanPage, lines: Sequence[Line], marks: Sequence[Mark]) -> tuple[Line, ...]:
        """See :meth:`pipeline.reading.base.Reader.look_again`; lines were cut out of the marks at once."""
        return tuple(lines)

    def read_parts(self, page: CleanPage) -> tuple[FoundLines, list[Reading]]:
        """Return the lines of the page, in parts where wide gaps are, and what they say; those without text are left out."""
        found = find_lines(page)
        images = list(cut_lines(page, found))
        read = self._recognizer.read([image.grey for image in images])
        return found, [Reading(image, one) for image, one in zip(images, read, strict=True) if one.text]


def lines_of(page: CleanPage, readings: Sequence[Reading]) -> tuple[Line, ...]:
    """Return what was read as lines of words in reading order, columns parted, scraps of no print left out."""
    height, width = page.grey.shape
    strokes = _strokes(readings)
    lines = [
        Line(
            tuple(word for part in row for word in words_of(part, page)), strokes.get(max(row, key=_letters))
        )
        for row in _rows(readings)
    ]
    kept = drop_noise(split_columns(lines, width / height))
    return tuple(in_reading_order(kept, width / height))


def _strokes(readings: Sequence[Reading]) -> dict[Reading, float]:
    """Return the stroke width of each line over the median of all; the line images show it as well as the page does."""
    widths = {reading: stroke_width(reading.image.grey) for reading in readings}
    known = {reading: width / reading.image.scale for reading, width in widths.items() if width is not None}
    usual = median(known.values()) if known else 1.0
    return {reading: round(width / usual, 3) for reading, width in known.items()}


def _letters(reading: Reading) -> int:
    return len(reading.read.text)


def words_of(reading: Reading, page: CleanPage) -> list[Word]:
    """Return the words of a line, the box of each around its ink."""
    image, read = reading.image, reading.read
    height, width = page.grey.shape
    words = []
    found = spans(read.text)
    sides = [(read.starts[start], max(read.ends[end - 1], read.starts[start] + 1)) for start, end in found]
    for (start, end), (x0, x1), (top, bottom) in zip(found, sides, _heights(image, sides), strict=True):
        middle = (x0 + x1) / 2
        box = Box(
            round(max(0.0, image.x_on_page(x0) / width), 6),
            round(max(0.0, image.y_on_page(middle, top) / height), 6),
            round(min(1.0, image.x_on_page(x1) / width), 6),
            round(min(1.0, image.y_on_page(middle, bottom) / height), 6),
        )
        confidence = round(min(read.confidences[start:end]), 4)
        words.append(Word(read.text[start:end], box, confidence, page.number, _other(read, start, end)))
    return words


def _heights(image: LineImage, sides: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return where the ink of each word of a line begins and ends from top to bottom; an usual height for one without."""
    ink = image.grey[2 : LINE_HEIGHT - 1] < INK_BELOW
    last = image.grey.shape[1]
    edges = [min(edge, last) for x0, x1 in sides for edge in (int(x0), round(x1))]
    if not edges:
        return []
    # A column more at the end: an edge there would be beyond the picture.
    padded = np.pad(ink, ((0, 0), (0, 1)))
    inked = np.logical_or.reduceat(padded, edges, axis=1)[:, ::2]
    inked[:, [a >= b for a, b in zip(edges[::2], edges[1::2], strict=True)]] = False
    tops, bottoms = inked.argmax(axis=0), len(inked) - inked[::-1].argmax(axis=0)
    return [
        (float(top) + 2, float(bottom) + 2) if any_ink else (BASELINE - X_HEIGHT, BASELINE)
        for top, bottom, any_ink in zip(tops, bottoms, np.asarray(inked.any(axis=0)), strict=True)
    ]


def _other(read: ReadLine, start: int, end: int) -> str | None:
    """Return what the second reader saw in the letters from ``start`` to ``end``; None where it was not asked."""
    seen = read.others[start:end]
    if all(part is None for part in seen):
        return None
    return "".join(
        letter if part is None else part for letter, part in zip(read.text[start:end], seen, strict=True)
    ).strip()


def spans(text: str) -> list[tuple[int, int]]:
    """Return (start, end) of each word of ``text``."""
    ends = [-1, *(i for i, letter in enumerate(text) if letter == " "), len(text)]
    return [(a + 1, b) for a, b in pairwise(ends) if b > a + 1]


def _rows(readings: Sequence[Reading]) -> list[list[Reading]]:
    """Return the readings with the parts of one printed line together, from left to right."""
    rows: list[list[Reading]] = []
    for reading in sorted(readings, key=lambda reading: reading.image.line.left):
        line = reading.image.line
        best, nearest = None, _JOINED_OFF
        for row in rows:
            off = _off(row[-1].image.line, line)
            if off < nearest:
                best, nearest = row, off
        if best is None:
            rows.append([reading])
        else:
            best.append(reading)
    return rows


def _off(left: TextLine, right: TextLine) -> float:
    """Return how far, in x-heights, the baseline of ``right`` lies off that of ``left``; infinite when they are not near."""
    unit = min(left.x_height, right.x_height)
    gap = right.left - left.right
    if gap <= -unit or max(left.x_height, right.x_height) > 1.6 * unit:
        return float("inf")
    return abs(left.baseline(left.right) - right.baseline(right.left)) / unit
