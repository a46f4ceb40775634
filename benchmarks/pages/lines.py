"""No line of text lost: printed lines that the reading covers, and those that it also reads."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import regex
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

from benchmarks.pages.count import Count
from benchmarks.pages.reading import ReadDocument
from benchmarks.pages.truth import PrintedPage, PrintedWord
from benchmarks.pages.upright import Boxes, boxes_of, covered, read_boxes, shared
from pipeline.document import Page
from pipeline.text import fold

FOUND = "lines found"
READ = "lines read"
PAGE_NUMBERS = "page numbers found"

_COVERED = 0.6
"""Share of the width of a line's words that read words must cover."""
_MISREAD = 0.2
"""Share of a line's characters, folded, that may be wrong in a line that was read."""
_PAGE_NUMBER = regex.compile(r"(?:trang )?\W*\d{1,3}\W*(?:/ ?\d{1,3})?\W*")


def lines(read: ReadDocument) -> Iterator[Count]:
    """Yield for each printed line whether it was found, and whether it was read.

    A line is found when read words cover :data:`_COVERED` of the width of its printed words. It is read when the words
    that lie on it, from left to right, differ from print in no more than :data:`_MISREAD` of the characters; case and
    marks do not count, since characters wrong count them already. Handwriting, what lies under a blot, and lines
    without letter or digit are left out; page numbers, above or below everything else, are counted apart.
    """
    for printed in read.printed.pages:
        page = read.pages.get(printed.number)
        if printed.lines:
            yield from _lines_of(printed, page)


def _lines_of(printed: PrintedPage, page: Page | None) -> Iterator[Count]:
    lines = [[word for word in line if not word.pen] for line in printed.lines]
    lines = [line for line in lines if any(c.isalnum() for word in line for c in word.text)]
    words = [word for line in lines for word in line]
    if not words:
        return
    of_line = np.repeat(np.arange(len(lines)), [len(line) for line in lines])
    boxes = boxes_of((word.box for word in words), printed)
    read_words = page.words if page is not None else []
    read = read_boxes(read_words, page, printed) if page is not None else np.zeros((0, 4))
    page_number = _page_number(lines, boxes, of_line)
    width = boxes[:, 2] - boxes[:, 0]
    reach = covered(boxes, read) * width
    texts = [""] * len(lines)
    if read_words:
        overlap = shared(boxes, read)
        home = np.where(overlap.max(axis=0) > 0, of_line[overlap.argmax(axis=0)], -1)
        for at in np.argsort(read[:, 0], kind="stable"):
            if home[at] >= 0:
                texts[home[at]] += fold(read_words[at].text)
    for index, line in enumerate(lines):
        own = of_line == index
        found = reach[own].sum() >= _COVERED * width[own].sum()
        true = fold("".join(word.text for word in line))
        wrong = Levenshtein.distance(true, texts[index]) > _MISREAD * len(true)
        shown = " ".join(word.text for word in line)
        if index == page_number:
            yield Count(PAGE_NUMBERS, printed.number, found, 1, "" if found else shown)
            continue
        yield Count(FOUND, printed.number, found, 1, "" if found else shown)
        yield Count(READ, printed.number, not wrong, 1, f"{shown} | {texts[index]}" if wrong else "")


def _page_number(lines: list[list[PrintedWord]], boxes: Boxes, of_line: NDArray[np.int64]) -> int | None:
    """Return the index of the line that holds the page's number and nothing else, or None."""
    for index, line in enumerate(lines):
        if _PAGE_NUMBER.fullmatch(fold(" ".join(word.text for word in line))) is None:
            continue
        own, others = boxes[of_line == index], boxes[of_line != index]
        if not len(others) or own[:, 1].max() < others[:, 1].min() or own[:, 3].min() > others[:, 3].max():
            return index
    return None
