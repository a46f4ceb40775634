"""Words that a reader saw on generated scans, and whether anything is printed where it saw them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.pages.truth import PrintedDocument, load
from pipeline.cleaning import clean
from pipeline.clock import StageClock
from pipeline.document import Box, Page, Word
from pipeline.intake.loading import load_page
from pipeline.reading.page import read_words
from pipeline.reading.readers import reader_called
from pipeline.reading.scribble import features_of
from pipeline.trees import Floats

_LEGIBLE = {"arrival stamp", "caption", "mark", "name stamp", "cover"}
"""Ink that may rightly be read, though the truth does not hold it as text; what is seen in it teaches nothing."""
_ROOM_X, _ROOM_Y = 0.006, 0.005
"""A word is printed where its middle lies in the box of a printed word, or this near to it (fractions of the page)."""


@dataclass(frozen=True, eq=False)
class Examples:
    """Words: features (words, features), whether printed (words,), and what they say."""

    rows: Floats
    printed: NDArray[np.bool_]
    texts: tuple[str, ...]


def examples_of(document: PrintedDocument, truth: Path, reader: str) -> Iterator[Examples]:
    """Yield the words of each page of a generated scan, as ``reader`` saw them."""
    ink = {
        page["page"]: page["ink"] for page in json.loads(truth.read_text("utf-8"))["pages"] if "ink" in page
    }
    for printed in document.pages:
        image = load_page(document.scan, printed.number)
        if image.text_lines is not None:
            continue
        page = clean(image)
        if page.blank or page.noise:
            continue
        lines, grids = read_words(page, reader_called(reader), StageClock())
        tables = [grid.box for grid in grids]
        legible = [Box(*box) for kind, *box in ink.get(printed.number, ()) if kind in _LEGIBLE]
        boxes = [word.box for line in printed.lines for word in line]
        words = [word for line in lines for word in line.words]
        if not words:
            continue
        place = Page(
            image.number, image.width_px, image.height_px, image.dpi, image.source_kind,
            to_scan=page.to_scan, bend=page.bend,
        )  # fmt: skip
        known = [_is_printed(place, word, boxes, legible) for word in words]
        asked = [
            at
            for at, word in enumerate(words)
            if known[at] is not None and not any(word.box.overlap(table) > 0.5 for table in tables)
        ]
        yield Examples(
            features_of(lines)[asked],
            np.array([bool(known[at]) for at in asked], np.bool_),
            tuple(words[at].text for at in asked),
        )


def _is_printed(page: Page, word: Word, printed: Sequence[Box], legible: Sequence[Box]) -> bool | None:
    """Return whether something is printed where ``word`` was seen, None where that teaches nothing."""
    x, y = page.point_on_scan(word.box.x_centre, word.box.y_centre)
    if any(_holds(box, x, y, _ROOM_X, _ROOM_Y) for box in printed):
        return True
    return None if any(_holds(box, x, y, _ROOM_X, _ROOM_Y) for box in legible) else False


def _holds(box: Box, x: float, y: float, room_x: float, room_y: float) -> bool:
    return box.x0 - room_x <= x <= box.x1 + room_x and box.y0 - room_y <= y <= box.y1 + room_y


def documents_of(folder: Path) -> list[tuple[PrintedDocument, Path]]:
    """Return the generated scans in ``folder`` with their truth files."""
    return [(document, folder / "truth" / f"{document.scan.stem}.json") for document in load(folder)]
