"""Tables: printed cells against the cells of the layout."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from benchmarks.pages.count import Count
from benchmarks.pages.reading import ReadDocument
from benchmarks.pages.truth import PrintedCell
from pipeline.document import Box, TableCell, union
from pipeline.text import fold

F1 = "cells F1"
PLACED = "cells placed F1"
FALSE = "pages with a false table"

_INSIDE = 0.6
"""Share of a read cell's words (their box) that must lie in the printed cell."""


def cells(read: ReadDocument) -> Iterator[Count]:
    """Yield the cells found and the cells right, and false tables on pages without one.

    A page on which not every table has all its rules (bare ones, or a frame and rules about the head alone) counts as
    unruled.

    A read cell (a part of one, where it runs over pages) meets the printed cell in which :data:`_INSIDE` of the box
    round its words lies; each printed cell is met once. It is placed when they have met, and right when their texts
    are also equal but for case, marks, spaces and closing stops. F1 counts both sides; empty cells count on neither.
    """
    found: dict[int, list[tuple[Box, str]]] = defaultdict(list)
    for table in read.layout.tables:
        for cell in table.cells:
            for number, box, text in _on_pages(cell, read):
                found[number].append((box, text))
    for page in read.printed.pages:
        if page.text is None or not page.lines:
            continue
        own = [cell for cell in page.cells if cell.text.strip()]
        theirs = found[page.number]
        if not own:
            yield Count(FALSE, page.number, bool(theirs), 1, f"{len(theirs)} cells" if theirs else "")
            continue
        kind = "ruled" if all(cell.ruled for cell in own) else "unruled"
        yield from _compared(page.number, own, theirs, kind)


def _compared(
    number: int, own: list[PrintedCell], theirs: list[tuple[Box, str]], kind: str
) -> Iterator[Count]:
    left = set(range(len(own)))
    whole = (len(own) + len(theirs)) / 2
    placed = right = 0
    misread = []
    for box, text in theirs:
        inside = {at: box.overlap(own[at].box) for at in left}
        at = max(inside, key=lambda at: inside[at], default=-1)
        if at < 0 or inside[at] < _INSIDE:
            continue
        left.remove(at)
        placed += 1
        same = _folded(text) == _folded(own[at].text)
        right += same
        if not same:
            misread.append(f"{own[at].text} | {text}")
    remark = (
        f"{len(own)} printed, {len(theirs)} found, {placed} placed, {right} right; {'; '.join(misread[:20])}"
    )
    for name in (kind, "all"):
        yield Count(f"{F1} {name}", number, right, whole, remark)
        yield Count(f"{PLACED} {name}", number, placed, whole, remark)


def _on_pages(cell: TableCell, read: ReadDocument) -> Iterator[tuple[int, Box, str]]:
    """Yield page, box on the page as scanned, and text of the part of ``cell`` on each page."""
    for number in sorted({word.page for word in cell.words}):
        words = [word for word in cell.words if word.page == number]
        box = read.pages[number].on_scan(union(word.box for word in words))
        yield number, box, " ".join(word.text for word in words)


def _folded(text: str) -> str:
    return "".join(fold(text).split()).strip(".,;:-")
