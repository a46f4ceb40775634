"""Where lines and words lie on the page as scanned: corners, not only boxes, because a scan may be askew or turned."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from unicodedata import normalize

import regex

from pipeline.document import Box, Line, Page, Word, union

Point = tuple[float, float]
Corners = tuple[Point, Point, Point, Point]
"""Top left, top right, bottom right, bottom left as the reader sees them, in fractions of the page as scanned."""

_HANGING = regex.compile(r"[gjpqyQ,;()\[\]{}/|_\u0323]")
"""Letters and marks that hang below the baseline, decomposed: ạ ends in the dot below."""
_TIGHT = 0.08
"""Boxes are tight where words with a tail end lower than the others by this share of their height."""
_NEW_BLOCK = 1.1
"""A gap of so many line heights to the line before begins a new block."""


@dataclass(frozen=True)
class Baseline:
    """Where a line stands on the clean page: its baseline and the height of its letters, as fractions of its height."""

    y: float
    height: float


BELOW = 0.22
"""Share of a line's height that lies under its baseline (the tail of a g)."""


def corners(page: Page, box: Box) -> Corners:
    """Return the corners of ``box`` (clean page) on the page as scanned; they are not clipped."""
    return (
        page.point_on_scan(box.x0, box.y0),
        page.point_on_scan(box.x1, box.y0),
        page.point_on_scan(box.x1, box.y1),
        page.point_on_scan(box.x0, box.y1),
    )


def baseline(line: Line) -> Baseline:
    """Return the baseline of ``line``; one word that is taller than the others does not move it.

    Words without a letter that hangs below (g, ạ) end at the baseline, where the reader's boxes are tight. Where all words
    end alike they are not, and the baseline is taken to lie :data:`BELOW` above that.
    """
    top = median(word.box.y0 for word in line.words)
    bottom = median(word.box.y1 for word in line.words)
    height = max(bottom - top, 1e-4)
    hanging = [word.box.y1 for word in line.words if _HANGING.search(normalize("NFD", word.text))]
    standing = [word.box.y1 for word in line.words if not _HANGING.search(normalize("NFD", word.text))]
    if not (hanging and standing):
        y = bottom - BELOW / 2 * height
    elif median(hanging) - median(standing) > _TIGHT * height:
        y = median(standing)
    else:
        y = bottom - BELOW * height
    return Baseline(y, max(y - top, 1e-4) / (1 - BELOW))


def blocks(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield runs of ``lines``, in reading order, that stand close below one another."""
    block: list[Line] = []
    for line in lines:
        if block and not _follows(block[-1], line):
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _follows(above: Line, line: Line) -> bool:
    height = max(above.box.height, line.box.height)
    gap = line.box.y0 - above.box.y1
    beside = min(above.box.x1, line.box.x1) < max(above.box.x0, line.box.x0)
    return -0.5 * height < gap < _NEW_BLOCK * height and not beside


def around(lines: Iterable[Line]) -> Box:
    """Return the box around ``lines`` on the clean page."""
    return union(line.box for line in lines)


def pixels(page: Page, points: Iterable[Point]) -> list[tuple[int, int]]:
    """Return ``points`` of the page as scanned in pixels, clipped to the page."""
    width, height = page.width_px, page.height_px
    return [(min(max(round(x * width), 0), width), min(max(round(y * height), 0), height)) for x, y in points]


def pixel_box(page: Page, box: Box) -> tuple[int, int, int, int]:
    """Return (left, top, right, bottom) in pixels of the box around ``box`` (clean page) on the page as scanned."""
    scan = page.on_scan(box)
    (left, top), (right, bottom) = pixels(page, ((scan.x0, scan.y0), (scan.x1, scan.y1)))
    return left, top, max(right, left), max(bottom, top)


def sure(word: Word) -> float:
    """Return the confidence of ``word`` within the bounds that schemas set, 0..1."""
    return min(max(word.confidence, 0.0), 1.0)
