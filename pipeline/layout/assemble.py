"""Laying out a whole document: furniture away, opening, end block, and what is left is body."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.document import Layout, Line, Page, Zone
from pipeline.layout import anchors
from pipeline.layout.columns import margins_of
from pipeline.layout.ending import find_end, find_rest, read_end
from pipeline.layout.furniture import strip_furniture, take_margin_scraps
from pipeline.layout.opening import read_opening
from pipeline.layout.paragraphs import join_paragraphs

A4_ASPECT = 1.414


def lay_out(pages: Sequence[Page]) -> Layout:
    """Return the zones and the body paragraphs of the document whose pages, in order, are ``pages``.

    Every word of the pages is found again in a zone or in a paragraph; specks without a letter or digit are furniture.
    """
    rows, zones = strip_furniture(pages)
    everything = [line for lines in rows for line in lines]
    overall = margins_of(everything)
    margins = [margins_of(lines, overall) for lines in rows]
    for index, page_margins in enumerate(margins):
        rows[index], scraps = take_margin_scraps(rows[index], page_margins)
        zones += scraps
    first = _opening_page(rows)
    if first is None:
        return Layout(tuple(zones), ())
    opening, rows[first] = read_opening(rows[first], margins[first], _aspect(pages[first]))
    zones = opening + zones
    end = find_end(rows, margins, first)
    while end is not None:
        closing, rows[end.page] = read_end(rows[end.page], end, margins[end.page])
        zones += closing
        end = find_rest(rows, margins, end, {zone.kind for zone in zones})
    return Layout(tuple(_in_page_order(zones)), tuple(join_paragraphs(rows, margins)))


def _opening_page(rows: Sequence[Sequence[Line]]) -> int | None:
    """Return the index of the page with the national title, else of the first page with text, or None."""
    for index, lines in enumerate(rows[:3]):
        if any(line.box.y0 < 0.45 and anchors.national_title_at(line) is not None for line in lines):
            return index
    return next((index for index, lines in enumerate(rows) if lines), None)


def _aspect(page: Page) -> float:
    """Return height over width of the page, A4 where it is unknown."""
    return page.height_px / page.width_px if page.width_px > 0 and page.height_px > 0 else A4_ASPECT


def _in_page_order(zones: Sequence[Zone]) -> list[Zone]:
    return sorted(zones, key=lambda zone: (zone.page, zone.box.y0, zone.box.x0))
