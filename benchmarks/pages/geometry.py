"""How the page lies: upright, straight, blank or not."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from benchmarks.pages.count import Count
from benchmarks.pages.reading import ReadDocument
from benchmarks.pages.truth import PrintedPage
from benchmarks.pages.upright import Boxes, boxes_of, read_boxes, shared
from pipeline.document import Page

UPRIGHT = "upright"
STRAIGHT = "skew within 0.1°"
LEVEL = "lines level within 0.5°"
BLANK = "blank pages known"
NOT_BLANK = "printed pages taken for blank"

_SKEW_DEG = 0.1
_LEVEL_DEG = 0.5
"""Word boxes end at their ink, so the slope of a single line is known to about 0.2 degrees."""
_FAN_DEG = 0.5
"""Where the printed lines' own slopes differ by more than this, the page has no one skew (a tilted camera)."""
_LEAST_WORDS = 6
_LEAST_WIDTH = 0.4
"""Words, and share of the page's width, of a line from which its slope is taken."""


def geometry(read: ReadDocument) -> Iterator[Count]:
    """Yield the counts of the pages whose lie is known: the turn that the run made, the skew it found, blankness.

    The run's ``rotation_deg`` is the clockwise turn that made the page upright, the truth's the one in which it lies; both
    skews are degrees clockwise of the printed lines. A page without print counts for blankness alone, one that the run
    did not turn rightly does not count for skew, nor does one whose printed lines fan out (:data:`_FAN_DEG`). Lines are
    level when the words read on a printed line lie level on the clean page: this holds for every kind of distortion.
    """
    for printed in read.printed.pages:
        page = read.pages.get(printed.number)
        if printed.blank is not None:
            blank = page is not None and page.blank
            figure = BLANK if printed.blank else NOT_BLANK
            wrong = blank != printed.blank
            yield Count(figure, printed.number, blank, 1, "" if not wrong else f"blank: {blank}")
        if printed.blank or printed.rotation is None or printed.skew is None:
            continue
        found = None if page is None else (page.rotation_deg + printed.rotation) % 360
        yield Count(UPRIGHT, printed.number, found == 0, 1, "" if found == 0 else f"left lying at {found}°")
        if page is None or found != 0:
            continue
        if _fan(printed, page) <= _FAN_DEG:
            off = page.skew_deg - printed.skew
            near = abs(off) <= _SKEW_DEG
            remark = "" if near else f"{off:+.2f}° off {printed.skew:+.2f}°"
            yield Count(STRAIGHT, printed.number, near, 1, remark)
        for slope in _slopes_on_clean_page(printed, page):
            level = abs(slope) <= _LEVEL_DEG
            yield Count(LEVEL, printed.number, level, 1, "" if level else f"{slope:+.1f}°")


def _fan(printed: PrintedPage, page: Page) -> float:
    """Return by how many degrees the slopes of the printed lines differ, as scanned (10th to 90th percentile)."""
    slopes = [
        _slope(boxes_of((word.box for word in line), printed), *_upright_size(page, printed.rotation or 0))
        for line in printed.lines
        if len(line) >= _LEAST_WORDS
    ]
    return float(np.subtract(*np.percentile(slopes, (90, 10)))) if slopes else 0.0


def _slopes_on_clean_page(printed: PrintedPage, page: Page) -> Iterator[float]:
    words = page.words
    if not words:
        return
    on_scan = read_boxes(words, page, printed)
    clean = np.array([(w.box.x0, w.box.y0, w.box.x1, w.box.y1) for w in words])
    for line in printed.lines:
        if len(line) >= _LEAST_WORDS:
            overlap = shared(boxes_of((word.box for word in line), printed), on_scan)
            own = clean[overlap.max(axis=0) > 0]
            if len(own) >= _LEAST_WORDS and np.ptp(own[:, ::2]) >= _LEAST_WIDTH:
                yield _slope(own, *_upright_size(page, page.rotation_deg))


def _upright_size(page: Page, rotation: int) -> tuple[int, int]:
    """Return width and height in pixels of a page after a turn by ``rotation`` degrees."""
    return (page.height_px, page.width_px) if rotation in {90, 270} else (page.width_px, page.height_px)


def _slope(boxes: Boxes, width: int, height: int) -> float:
    """Return the degrees clockwise by which a line of words falls; ``width`` and ``height`` are the page's."""
    x, y = (boxes[:, 0] + boxes[:, 2]) / 2 * width, (boxes[:, 1] + boxes[:, 3]) / 2 * height
    return float(np.degrees(np.arctan(np.polyfit(x, y, 1)[0])))
