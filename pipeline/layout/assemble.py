"""Laying out a whole document: furniture away, opening, end block, and what is left is body."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.document import Layout, Line, Page, Paragraph, Table, Zone
from pipeline.layout import anchors
from pipeline.layout.columns import Margins, margins_of, y_of
from pipeline.layout.ending import find_end, find_rest, read_end
from pipeline.layout.furniture import strip_furniture, take_margin_scraps
from pipeline.layout.opening import read_opening
from pipeline.layout.paragraphs import join_paragraphs
from pipeline.layout.tables import Found, goes_on, joined, take_ruled, titled, to_table, unruled_table
from pipeline.layout.unruled_pages import without_unruled


def lay_out(pages: Sequence[Page]) -> Layout:
    """Return the zones, the body paragraphs and the tables of the document whose pages, in order, are ``pages``.

    Every word is found again in a zone, a paragraph or a table; specks without a letter or digit are furniture.
    """
    taken = [take_ruled(page) for page in pages]
    pages, tables = [page for page, _ in taken], [found for _, found in taken]
    rows, zones = strip_furniture(pages)
    everything = [line for lines in rows for line in lines]
    overall = margins_of(everything)
    margins = [margins_of(lines, overall) for lines in rows]
    for index, page_margins in enumerate(margins):
        rows[index], scraps = take_margin_scraps(rows[index], page_margins)
        zones += scraps
    first = _opening_page(rows)
    if first is None:
        paragraphs, parted = _in_order(rows, margins, tables)
        return Layout(tuple(zones), tuple(paragraphs), tuple(parted))
    opening, rows[first] = read_opening(rows[first], margins[first], pages[first].aspect)
    zones = opening + zones
    end = find_end(rows, margins, first)
    while end is not None:
        closing, rows[end.page] = read_end(rows[end.page], end, margins[end.page])
        zones += closing
        end = find_rest(rows, margins, end, {zone.kind for zone in zones})
    rows, unruled, zones = without_unruled(rows, [page.aspect for page in pages], zones)
    for page, own, more in zip(pages, tables, unruled, strict=True):
        own += [unruled_table(page.number, found.cells) for found in more]
    paragraphs, parted = _in_order(rows, margins, tables)
    return Layout(tuple(_in_page_order(zones)), tuple(paragraphs), tuple(parted))


def _in_order(
    rows: Sequence[Sequence[Line]], margins: Sequence[Margins], tables: Sequence[Sequence[Found]]
) -> tuple[list[Paragraph], list[Table]]:
    """Return the paragraphs of ``rows``, none of which runs on over a table, and the tables joined over pages."""
    paragraphs: list[Paragraph] = []
    done: list[Table] = []
    open_rows: list[list[Line]] = []
    open_margins: list[Margins] = []
    for lines, page_margins, own in zip(rows, margins, tables, strict=True):
        left = list(lines)
        for found in sorted(own, key=lambda found: found.box.y0):
            above = [line for line in left if y_of(line) < found.box.y0]
            left = left[len(above) :]
            open_rows.append(above)
            open_margins.append(page_margins)
            between = [line for part in open_rows for line in part]
            rest = found if not between else titled(done[-1], found, between) if done else None
            if done and rest is not None and goes_on(done[-1], rest):
                done[-1] = joined(done[-1], rest)
            else:
                paragraphs += join_paragraphs(open_rows, open_margins)
                done.append(to_table(found, paragraphs))
            open_rows, open_margins = [], []
        open_rows.append(left)
        open_margins.append(page_margins)
    return paragraphs + join_paragraphs(open_rows, open_margins), done


def _opening_page(rows: Sequence[Sequence[Line]]) -> int | None:
    """Return the index of the page with the national title, else of the first page with text, or None."""
    for index, lines in enumerate(rows[:3]):
        if any(line.box.y0 < 0.45 and anchors.national_title_at(line) is not None for line in lines):
            return index
    return next((index for index, lines in enumerate(rows) if lines), None)


def _in_page_order(zones: Sequence[Zone]) -> list[Zone]:
    return sorted(zones, key=lambda zone: (zone.page, zone.box.y0, zone.box.x0))
