"""The reader that asks twice where it matters: sohoa's own for every line, Tesseract for the words that are doubtful."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.cleaning import CleanPage
from pipeline.cleaning.ink import Grey
from pipeline.document import Line, Mark
from pipeline.external import tesseract
from pipeline.reading.alignment import Calibration, ReadAgain, settled, shipped_calibration
from pipeline.reading.line_images import cut_line
from pipeline.reading.line_reader import LineReader, Reading, lines_of, spans
from pipeline.reading.recognizer import ReadLine
from pipeline.reading.second_opinion import TIMES, SeenWord, read_lines
from pipeline.reading.text_lines import FoundLines

_BESIDE = 1
"""So many words on either side of a doubtful one are shown to Tesseract too: it reads words better than letters, and lines
better than words."""
_MARGIN = 4
"""Pixels of the line image that are shown beyond the first and the last word."""


class ConsensusReader:
    """Reads with sohoa's own line recogniser, and doubtful words and figures with Tesseract too."""

    name = "consensus"

    def __init__(self, line: LineReader | None = None, worth: Calibration | None = None) -> None:
        self._line = line or LineReader()
        self._worth = worth or shipped_calibration()

    @property
    def version(self) -> str:
        """Versions of both readers."""
        return f"{self._line.version}+{tesseract.version()}-{tesseract.LANGUAGE}-2"

    def read(self, page: CleanPage) -> tuple[Line, ...]:
        """See :meth:`pipeline.reading.base.Reader.read`."""
        if page.blank:
            return ()
        found, readings = self._line.read_parts(page)
        again = read_again(page, found, readings, self._worth)
        return lines_of(
            page,
            [
                replace(one, read=settled(one.read, second, self._worth))
                for one, second in zip(readings, again, strict=True)
            ],
        )

    def look_again(self, page: CleanPage, lines: Sequence[Line], marks: Sequence[Mark]) -> tuple[Line, ...]:
        """See :meth:`pipeline.reading.base.Reader.look_again`; lines were cut out of the marks at once."""
        return tuple(lines)


def read_again(
    page: CleanPage, found: FoundLines, readings: Sequence[Reading], worth: Calibration
) -> list[list[ReadAgain]]:
    """Return what Tesseract reads in the doubtful stretches of each of ``readings``, from left to right."""
    asked: list[tuple[int, int, int]] = []
    shown: list[Grey] = []
    for number, reading in enumerate(readings):
        stretches = doubtful(reading.read, worth)
        strip = cut_line(page, found, reading.image.line, TIMES) if stretches else None
        if strip is not None:
            asked += [(number, begin, end) for begin, end in stretches]
            shown += [_cut_out(strip.grey, reading.read, begin, end) for begin, end in stretches]
    again: list[list[ReadAgain]] = [[] for _ in readings]
    words: Sequence[tuple[SeenWord, ...]] = read_lines(shown, page.number) if shown else []
    for (number, begin, end), seen in zip(asked, words, strict=True):
        again[number].append(ReadAgain(begin, end, seen))
    return again


def doubtful(read: ReadLine, worth: Calibration) -> list[tuple[int, int]]:
    """Return (begin, end) of the stretches of words that Tesseract is asked for too.

    A word with a doubtful letter is, and one with figures, which become values; words beside it go with it.
    """
    words = spans(read.text)
    asked = [
        number
        for number, (begin, end) in enumerate(words)
        if min(read.confidences[begin:end]) < worth.doubtful or any(c.isdigit() for c in read.text[begin:end])
    ]
    stretches: list[tuple[int, int]] = []
    last = -1
    for number in asked:
        first = max(0, number - _BESIDE)
        begin = stretches.pop()[0] if stretches and first <= last + 1 else words[first][0]
        last = min(len(words) - 1, number + _BESIDE)
        stretches.append((begin, words[last][1]))
    return stretches


def _cut_out(strip: Grey, read: ReadLine, begin: int, end: int) -> Grey:
    """Return the stretch of a line's image that shows the letters from ``begin`` to ``end``."""
    left = max(0, int(TIMES * (read.starts[begin] - _MARGIN)))
    right = max(left + 1, int(TIMES * (read.ends[end - 1] + _MARGIN)))
    return strip[:, left:right]
