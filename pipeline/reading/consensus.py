"""The reader that asks twice where it matters: sohoa's own for every line, Tesseract for those that are doubtful."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.cleaning import CleanPage
from pipeline.document import Line, Mark
from pipeline.external import tesseract
from pipeline.reading.alignment import Calibration, alone, resolved, shipped_calibration
from pipeline.reading.line_images import cut_line
from pipeline.reading.line_reader import LineReader, Reading, lines_of
from pipeline.reading.recognizer import ReadLine
from pipeline.reading.second_opinion import TIMES, SeenWord, read_lines


class ConsensusReader:
    """Reads with sohoa's own line recogniser, and doubtful lines and figures with Tesseract too."""

    name = "consensus"

    def __init__(self, line: LineReader | None = None, worth: Calibration | None = None) -> None:
        self._line = line or LineReader()
        self._worth = worth or shipped_calibration()

    @property
    def version(self) -> str:
        """Versions of both readers."""
        return f"{self._line.version}+{tesseract.version()}-{tesseract.LANGUAGE}-1"

    def read(self, page: CleanPage) -> tuple[Line, ...]:
        """See :meth:`pipeline.reading.base.Reader.read`."""
        if page.blank:
            return ()
        found, readings = self._line.read_parts(page)
        asked = [number for number, reading in enumerate(readings) if is_asked(reading.read, self._worth)]
        strips = [cut_line(page, found, readings[number].image.line, TIMES) for number in asked]
        seen = read_lines([strip.grey for strip in strips if strip is not None], page.number) if asked else []
        second = dict(zip((n for n, strip in zip(asked, strips, strict=True) if strip), seen, strict=True))
        return lines_of(page, [self._settled(reading, second.get(n)) for n, reading in enumerate(readings)])

    def look_again(self, page: CleanPage, lines: Sequence[Line], marks: Sequence[Mark]) -> tuple[Line, ...]:
        """See :meth:`pipeline.reading.base.Reader.look_again`; lines were cut out of the marks at once."""
        return tuple(lines)

    def _settled(self, reading: Reading, words: tuple[SeenWord, ...] | None) -> Reading:
        read = (
            alone(reading.read, self._worth) if words is None else resolved(reading.read, words, self._worth)
        )
        return replace(reading, read=read)


def is_asked(read: ReadLine, worth: Calibration) -> bool:
    """Return whether Tesseract is asked too: some letter is doubtful, or there are figures, which become values."""
    return min(read.confidences) < worth.doubtful or any(c.isdigit() for c in read.text)
