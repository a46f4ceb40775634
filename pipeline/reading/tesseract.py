"""The reader that asks Tesseract."""

from collections.abc import Sequence
from dataclasses import replace

import regex

from pipeline.cleaning import CleanPage
from pipeline.document import Box, Line, Mark, Word
from pipeline.errors import InputError
from pipeline.external import tesseract
from pipeline.external.tesseract import ReadWord
from pipeline.reading.columns import split_columns
from pipeline.reading.noise import drop_noise
from pipeline.reading.stroke import measure_strokes
from pipeline.reading.under_seal import reread_under_seals
from pipeline.reading.unread import UnreadRow, find_unread

_SEGMENTATION = 3
"""Automatic page segmentation: on straightened pages it reads as well as mode 4, and better than 6 with two columns."""

_ONE_LINE = 7
_WORD = regex.compile(r"\W*(?:\p{L}{2,}|[\dA-ZĐ]*/?[A-ZĐ]{2,}[-/][A-ZĐ]{2,})\W*")
_SURE = 0.85
"""A word read this surely shows that an unread row is print."""


class TesseractReader:
    """Reads with Tesseract's LSTM model for Vietnamese."""

    name = "tesseract"

    @property
    def version(self) -> str:
        """Version of Tesseract and of what is done around it."""
        return f"{tesseract.version()}-{tesseract.LANGUAGE}-1"

    def read(self, page: CleanPage) -> tuple[Line, ...]:
        """See :meth:`pipeline.reading.base.Reader.read`."""
        if page.blank:
            return ()
        words = tesseract.read_words(page.grey, page.dpi, _SEGMENTATION, page.number)
        height, width = page.grey.shape
        lines = drop_noise(split_columns(lines_of(words, page), width / height))
        for row in find_unread(page, lines):
            lines = _inserted(lines, self._read_row(row, page))
        return measure_strokes(page, lines)

    def look_again(self, page: CleanPage, lines: Sequence[Line], marks: Sequence[Mark]) -> tuple[Line, ...]:
        """See :meth:`pipeline.reading.base.Reader.look_again`."""
        return reread_under_seals(page, lines, marks)

    def _read_row(self, row: UnreadRow, page: CleanPage) -> tuple[Line, ...]:
        """Return the line in a row that was left out, or nothing when no word of it is sure.

        Its unsure words stay: without them "PHÓ CHỦ TỊCH" under a seal would be a clean "CHỦ TỊCH".
        """
        try:
            words = tesseract.read_words(row.grey, page.dpi, _ONE_LINE, page.number)
        except InputError:
            return ()  # the page itself was read
        if not any(w.confidence >= _SURE and _WORD.fullmatch(w.text) for w in words):
            return ()
        moved = [replace(w, left=w.left + row.left, top=w.top + row.top, line=(0, 0, 0)) for w in words]
        return lines_of(moved, page)


def lines_of(words: list[ReadWord], page: CleanPage) -> tuple[Line, ...]:
    """Return Tesseract's words as lines, in Tesseract's reading order, words from left to right."""
    height, width = page.grey.shape
    lines: dict[tuple[int, int, int], list[ReadWord]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word)
    return tuple(
        Line(
            tuple(
                Word(word.text, _fractions(word, width, height), round(word.confidence, 4), page.number)
                for word in sorted(line, key=lambda word: word.left)
            )
        )
        for line in lines.values()
    )


def _inserted(lines: tuple[Line, ...], more: tuple[Line, ...]) -> tuple[Line, ...]:
    """Return ``lines`` with each line of ``more`` before the first one that stands below it in the same column."""
    for line in more:
        box = line.box
        below = (
            i
            for i, other in enumerate(lines)
            if other.box.y_centre > box.y1 and other.box.x0 < box.x1 and other.box.x1 > box.x0
        )
        at = next(below, len(lines))
        lines = (*lines[:at], line, *lines[at:])
    return lines


def _fractions(word: ReadWord, width: int, height: int) -> Box:
    """Return the word's box as fractions of the page, to 6 digits (a tenth of a pixel and less)."""
    return Box(
        round(word.left / width, 6),
        round(word.top / height, 6),
        round((word.left + word.width) / width, 6),
        round((word.top + word.height) / height, 6),
    )
