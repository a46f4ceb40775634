"""One page from image to words: clean, read, look for marks."""

from collections.abc import Sequence

import numpy as np

from pipeline.cleaning import CleanPage, clean
from pipeline.cleaning.ink import INK_BELOW
from pipeline.clock import StageClock
from pipeline.document import Grid, Line, Mark, Page
from pipeline.intake.loading import PageImage
from pipeline.reading.base import Reader
from pipeline.reading.cells import back_on_page, sheets_of, without_cells
from pipeline.reading.faded_rules import with_faded
from pipeline.reading.grids import grids_of, groups_of
from pipeline.reading.gridwords import in_cells
from pipeline.reading.marks import find_marks
from pipeline.reading.rules import find_rules, without_rules
from pipeline.reading.scribble import without_scribble

_NO_PRINT = "no print was found: a picture, or a page too dark or too noisy to read"
_PICTURE = 0.02
"""A page without a word but with this share of ink is a picture; with less, it is blank but for dirt."""

_BLACK, _SAMPLE = 60, 8
"""Half of a page that is darker than this is no paper: a lid, a wrong exposure, ink spilt by a printer."""


def read_page(image: PageImage, reader: Reader, clock: StageClock) -> Page:
    """Return what stands on the page of ``image``; the stages "cleaning", "rules", ``reader.name``, "marks" are timed.

    A page with a good text layer is not read again; its words come from the layer and its boxes are those of the
    page as it is. Raises InputError when the page cannot be read, MissingToolError when the reader is not there.
    """
    layer = image.text_lines
    with clock.stage("cleaning", programs=reader.name):
        page = clean(image, keep_geometry=layer is not None)
    lines, marks, grids = ((), (), ()) if page.noise else _what_stands_on(page, layer, reader, clock)
    black = float(np.median(image.pixels[::_SAMPLE, ::_SAMPLE])) < _BLACK
    blank = not lines and not black and (page.blank or (not marks and _ink_share(page) < _PICTURE))
    return Page(
        number=image.number,
        width_px=image.width_px,
        height_px=image.height_px,
        dpi=image.dpi,
        source_kind=image.source_kind,
        lines=lines,
        marks=marks,
        grids=grids,
        rotation_deg=page.rotation_deg,
        skew_deg=page.skew_deg,
        blank=blank,
        to_scan=page.to_scan,
        bend=page.bend,
        quality=page.quality,
        reader=f"{reader.name} {reader.version}" if layer is None else "text_layer",
        note=image.note,
        remark=image.remark or ("" if lines or blank else _NO_PRINT),
    )


def _what_stands_on(
    page: CleanPage, layer: tuple[Line, ...] | None, reader: Reader, clock: StageClock
) -> tuple[tuple[Line, ...], tuple[Mark, ...], tuple[Grid, ...]]:
    """Return the lines, marks and grids of ``page``, whose words are those of its text ``layer`` where it has one."""
    if layer is None:
        read, grids = read_words(page, reader, clock)
    else:
        _, grids = _grids_of(page, clock)
        read = in_cells(layer, grids)
    with clock.stage("marks", programs=reader.name):
        marks = find_marks(page, read)  # of all that was read: a stamp's words may look like scribbles
    if layer is None:
        with clock.stage(reader.name):
            lines = without_scribble(read, grids)
    else:
        lines = read
    if layer is None and any(mark.kind in ("seal", "signature") for mark in marks):
        with clock.stage(reader.name):
            lines = reader.look_again(page, lines, marks)
    return lines, marks, grids


def read_words(
    page: CleanPage, reader: Reader, clock: StageClock
) -> tuple[tuple[Line, ...], tuple[Grid, ...]]:
    """Return all that ``reader`` takes for lines on ``page``, scribbles among them, and the tables' grids.

    Raises as :meth:`pipeline.reading.base.Reader.read` does.
    """
    unruled, grids = _grids_of(page, clock)
    with clock.stage(reader.name):
        return _read_all(unruled, grids, reader), grids


def _grids_of(page: CleanPage, clock: StageClock) -> tuple[CleanPage, tuple[Grid, ...]]:
    """Return the page without rules, and the grids that its rules make."""
    with clock.stage("rules"):
        rules = find_rules(page.grey, page.dpi)
        rules = with_faded(rules, groups_of(rules, page.dpi), page.dpi)
        grids = grids_of(rules, page.grey.shape, page.dpi)
        return without_rules(page, rules, [grid.box for grid in grids]), grids


def _read_all(page: CleanPage, grids: Sequence[Grid], reader: Reader) -> tuple[Line, ...]:
    """Return the lines of a page without its tables' rules: those outside ``grids`` and, cell by cell, those within."""
    sheets = sheets_of(page, grids)
    lines = reader.read(without_cells(page, sheets))
    cells = [line for sheet in sheets for line in back_on_page(reader.read(sheet.page), sheet, page)]
    return in_cells((*lines, *cells), grids)


def _ink_share(page: CleanPage) -> float:
    """Return the share of the page that is dark."""
    return float((page.grey[::4, ::4] < INK_BELOW).mean())
