"""The whole product in one sentence, read from top to bottom.

scan file → pages → clean page → lines of words → zones → outline → field values → findings → confidence → tables

:func:`read` takes a page of a scan to its lines of words, :func:`understand` the pages of a document to its values.
``pipeline.batch`` calls both for many files at once; ``pipeline.dataset`` writes the tables.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from pipeline.checks import check
from pipeline.clock import StageClock
from pipeline.confidence import assess
from pipeline.document import Extraction, Layout, Outline, Page
from pipeline.extraction.extract import extract
from pipeline.extraction.profile import Profile
from pipeline.intake.loading import load_page
from pipeline.layout import lay_out
from pipeline.outline import outline as find_outline
from pipeline.reading.base import Reader
from pipeline.reading.layer_check import find_difference
from pipeline.reading.page import read_page


def read(path: Path, number: int, dpi: int, reader: Reader, clock: StageClock) -> Page:
    """Return what stands on page ``number`` (1-based) of the scan ``path``; cleaning and reading time themselves.

    A text layer that says something else than the print is not used, and the page says so.

    Raises :class:`pipeline.errors.InputError` when the page cannot be read.
    """
    with clock.stage("intake"):
        image = load_page(path, number, dpi)
    if image.text_lines is not None:
        with clock.stage(reader.name):
            difference = find_difference(image, reader)
        if difference is not None:
            with clock.stage("intake"):
                image = load_page(path, number, dpi, trust_layer=False)
            image = replace(image, note=difference.note)
    return read_page(image, reader, clock)


def understand(
    pages: Sequence[Page], profile: Profile, clock: StageClock
) -> tuple[Layout, Outline, Extraction]:
    """Return the zones, the headings and the values, each with its evidence, of a document's ``pages`` in order."""
    with clock.stage("layout"):
        layout = lay_out(pages)
    with clock.stage("outline"):
        outline = find_outline(layout)
    with clock.stage("extraction"):
        extraction = extract(layout, outline, pages, profile)
    with clock.stage("checks"):
        extraction = check(extraction, outline, profile)
    with clock.stage("confidence"):
        extraction = assess(extraction, pages)
    return layout, outline, extraction
