"""From scans and truth to figures, page by page."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from benchmarks.accuracy.figures import Figures
from benchmarks.pages.cells import cells
from benchmarks.pages.count import Count, tallied
from benchmarks.pages.geometry import geometry
from benchmarks.pages.handwriting import handwriting
from benchmarks.pages.lines import lines
from benchmarks.pages.plain import PlainTesseract
from benchmarks.pages.reading import ReadDocument
from benchmarks.pages.text import characters
from benchmarks.pages.zones import zones

SECONDS = "ms: "
"""What the names of the cost figures begin with; their shares are milliseconds a page."""


@dataclass(frozen=True)
class Measured:
    """The figures, and behind them the counts of each document."""

    figures: Figures
    counts: dict[str, list[Count]]


def measure(
    documents: list[ReadDocument], about: dict[str, Any], plain: PlainTesseract, workers: int
) -> Measured:
    """Count everything on ``documents``; ``about`` says what they are."""
    _ask_plain(documents, plain, workers)
    counts = {read.printed.scan.stem: list(_counts(read, plain)) for read in documents}
    presets = list(dict.fromkeys(read.printed.preset for read in documents))
    tallies = tuple(
        tallied(stem := read.printed.scan.stem, read.printed.preset, counts[stem]) for read in documents
    )
    pages = {read.printed.scan.stem: len(read.printed.pages) for read in documents}
    return Measured(Figures({**about, "presets": presets, "pages": pages}, tallies), counts)


def _counts(read: ReadDocument, plain: PlainTesseract) -> Iterator[Count]:
    yield from characters(read, plain)
    yield from geometry(read)
    yield from lines(read)
    yield from zones(read)
    yield from cells(read)
    yield from handwriting(read)
    for number, seconds in read.seconds.items():
        for stage, spent in seconds.items():
            share = 1 if number else len(read.printed.pages)
            yield Count(f"{SECONDS}{stage}", number or 1, 1000 * spent, share)


def _ask_plain(documents: list[ReadDocument], plain: PlainTesseract, workers: int) -> None:
    """Let plain Tesseract read what it has not read before, ``workers`` pages at a time."""
    wanted = [
        (read.printed.scan, page.number)
        for read in documents
        for page in read.printed.pages
        if page.text
        and (found := read.pages.get(page.number)) is not None
        and found.source_kind != "text_layer"
    ]
    with ThreadPoolExecutor(workers) as pool:  # the threads only wait for Tesseract
        list(pool.map(lambda page: plain.text(*page), wanted))
