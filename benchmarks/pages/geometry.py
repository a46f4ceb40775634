"""How the page lies: upright, straight, blank or not."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.pages.count import Count
from benchmarks.pages.reading import ReadDocument

UPRIGHT = "upright"
STRAIGHT = "skew within 0.1°"
BLANK = "blank pages known"
NOT_BLANK = "printed pages taken for blank"

_SKEW_DEG = 0.1


def geometry(read: ReadDocument) -> Iterator[Count]:
    """Yield the counts of the pages whose lie is known: the turn that the run made, the skew it found, blankness.

    The run's ``rotation_deg`` is the clockwise turn that made the page upright, the truth's the one in which it lies; both
    skews are degrees clockwise of the printed lines. A page without print counts for blankness alone, one that the run
    did not turn rightly does not count for skew.
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
        if page is not None and found == 0:
            off = page.skew_deg - printed.skew
            near = abs(off) <= _SKEW_DEG
            yield Count(
                STRAIGHT, printed.number, near, 1, "" if near else f"{off:+.2f}° off {printed.skew:+.2f}°"
            )
