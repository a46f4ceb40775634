"""Tables without rules over the pages of a document: few rows at the foot or head of a page go by its neighbour."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.document import Line, Word, Zone
from pipeline.layout.unruled import Unruled, find_unruled


def without_unruled(
    pages: Sequence[Sequence[Line]], aspects: Sequence[float], zones: Sequence[Zone]
) -> tuple[list[list[Line]], list[list[Unruled]], list[Zone]]:
    """Return the lines of each page outside its tables without rules, these, and ``zones`` less the signs in them.

    A dash or per cent alone was taken for a speck before it was known to stand in a cell.
    """
    signs: list[list[Word]] = [[] for _ in pages]
    numbers = [lines[0].page if lines else 0 for lines in pages]
    for zone in zones:
        if zone.kind == "furniture" and zone.page in numbers:
            signs[numbers.index(zone.page)] += [word for line in zone.lines for word in line.words]
    found: list[tuple[list[Line], list[Unruled]]] = []
    for at, lines in enumerate(pages):
        above = _at_foot(*found[-1]) if found else ()
        found.append(find_unruled(lines, aspects[at], signs[at], above))
    for at in reversed(range(len(pages) - 1)):
        below = _at_head(found[at + 1][1])
        if below and not (found[at][1] and _at_foot(*found[at])):
            above = _at_foot(*found[at - 1]) if at else ()
            found[at] = find_unruled(pages[at], aspects[at], signs[at], above, below)
    taken = {id(sign) for _, tables in found for table in tables for sign in table.signs}
    left = [
        zone for zone in zones if not any(id(word) in taken for line in zone.lines for word in line.words)
    ]
    return [lines for lines, _ in found], [tables for _, tables in found], left


def _at_foot(left: Sequence[Line], tables: Sequence[Unruled]) -> tuple[float, ...]:
    """Return the gutters of the last table if it ends below every line that is ``left`` of the page."""
    if not tables:
        return ()
    bottom = max(word.box.y1 for cell in tables[-1].cells for word in cell.words)
    return tables[-1].gutters if all(line.box.y_centre < bottom for line in left) else ()


def _at_head(tables: Sequence[Unruled]) -> tuple[float, ...]:
    """Return the gutters of the first table if no line stands over it."""
    return tables[0].gutters if tables and tables[0].first == 0 else ()
