"""The reader that asks Tesseract."""

from pipeline.cleaning import CleanPage
from pipeline.document import Box, Line, Word
from pipeline.external import tesseract
from pipeline.external.tesseract import ReadWord
from pipeline.reading.columns import split_columns
from pipeline.reading.noise import drop_noise
from pipeline.reading.stroke import measure_strokes

_SEGMENTATION = 3
"""Automatic page segmentation: on straightened pages it reads as well as mode 4, and better than 6 with two columns."""


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
        return measure_strokes(page, drop_noise(split_columns(lines_of(words, page), width / height)))


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


def _fractions(word: ReadWord, width: int, height: int) -> Box:
    """Return the word's box as fractions of the page, to 6 digits (a tenth of a pixel and less)."""
    return Box(
        round(word.left / width, 6),
        round(word.top / height, 6),
        round((word.left + word.width) / width, 6),
        round((word.top + word.height) / height, 6),
    )
