"""From the written pages (HTML) to files as an archive has them: typeset PDFs, or scans by the generator's scanners."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat
from pathlib import Path
from zlib import crc32

import numpy as np
import weasyprint

from pipeline.external import poppler
from samples.generator.nouns import InkedPage
from samples.generator.problems import ProblemError
from samples.generator.scanning import PRESETS, pdf_of, scan, settle

SETS = ("worked", "held", "other")
DIGITAL = "digital"
_FOLDER = Path(__file__).parent


def written(which: str) -> list[Path]:
    """Return the HTML files of a set, in order of name; raises ProblemError for a set that there is not."""
    if which not in SETS:
        raise ProblemError(f"unknown set {which!r}; there are: {', '.join(SETS)}")
    return sorted((_FOLDER / which).glob("*.html"))


def make(which: str, preset: str, out: Path, workers: int = 1) -> int:
    """Write ``out/scans/NAME.pdf`` and ``out/truth/NAME.json`` of a set, as ``preset`` delivers it; return how many.

    ``digital`` keeps the typesetter's PDF with its text layer. The same set and preset give the same files. Raises
    ProblemError for a set or a preset that there is not.
    """
    if preset != DIGITAL and preset not in PRESETS:
        raise ProblemError(f"unknown preset {preset!r}; there are: {', '.join((DIGITAL, *PRESETS))}")
    pages = written(which)
    for folder in ("scans", "truth"):
        (out / folder).mkdir(parents=True, exist_ok=True)
    with ProcessPoolExecutor(workers) as pool:
        for page in pool.map(_make, pages, repeat(preset), repeat(out)):
            shutil.copyfile(page.with_suffix(".json"), out / "truth" / f"{page.stem}.json")
    return len(pages)


def typeset(html: Path, target: Path) -> None:
    """Write a written report to ``target`` as the typesetter's PDF with its text layer."""
    weasyprint.HTML(filename=str(html)).write_pdf(target)


def _make(html: Path, preset: str, out: Path) -> Path:
    target = out / "scans" / f"{html.stem}.pdf"
    typeset(html, target)
    if preset != DIGITAL:
        rng = np.random.default_rng(crc32(f"{html.stem} {preset}".encode()))
        kind = settle(PRESETS[preset], rng)
        pictures = _pictures(target, kind.draw_dpi)
        pages = [scan(page, kind, rng, number) for number, page in enumerate(pictures, start=1)]
        target.write_bytes(pdf_of(pages))
    return html


def _pictures(pdf: Path, dpi: int) -> Iterator[InkedPage]:
    """Yield the pages without ink: nobody has signed or sealed them, as their truth says."""
    for number in range(1, poppler.facts(pdf).pages + 1):
        yield InkedPage(np.asarray(poppler.render(pdf, number, dpi, grey=False), np.uint8), ())
