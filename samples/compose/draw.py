"""Redraw every sample: ``python -m samples.compose.draw [NAME ...]``.

Needs the extra ``samples`` (WeasyPrint, which wants Pango) and the font Tinos (Debian: ``fonts-croscore``).
Every random number comes from a seed made of the sample's name, so one set of library versions draws the same bytes.
"""

from __future__ import annotations

import csv
import json
import sys
import time
import zlib
from pathlib import Path

import numpy as np
from pdf2image import convert_from_bytes
from PIL import Image

from samples.compose import ink
from samples.compose.looks import Look, scan
from samples.compose.source import Source, all_sources
from samples.compose.truth import truth
from samples.compose.typeset import Typeset, typeset

SAMPLES = Path(__file__).parents[1]
FIELDS = Path(__file__).with_name("fields.csv")
_DRAWN_ON = time.struct_time((2025, 1, 1, 0, 0, 0, 2, 1, 0))
"""A fixed date for the PDF's metadata, without which no two runs would give the same bytes."""
_NOTICE = "MẪU THỬ - tài liệu hư cấu để thử phần mềm (test page, invented content)"


def profile_fields() -> list[tuple[str, bool]]:
    """Return the profile's fields in order: name, and whether it is a list."""
    with FIELDS.open(encoding="utf-8", newline="") as lines:
        return [(row["field"], row["list"] == "yes") for row in csv.DictReader(lines)]


def draw(source: Source) -> Path:
    """Write the scan, the truth and the page texts of ``source``; return the scan's path."""
    look = Look.of(source.head["look"])
    pages = typeset(source)
    images = [scan(*page) for page in _inked(source, look, pages)]
    target = SAMPLES / "scans" / look.file
    _save(images, look, target)
    answers = truth(source, pages, profile_fields())
    folder = SAMPLES / "truth"
    (folder / f"{source.name}.json").write_text(
        json.dumps(answers, ensure_ascii=False, indent=1, default=str) + "\n", encoding="utf-8"
    )
    for number, page in enumerate(pages.pages, start=1):
        (folder / f"{source.name}-p{number}.txt").write_text("\n".join(page.lines) + "\n", encoding="utf-8")
    return target


def _inked(
    source: Source, look: Look, pages: Typeset
) -> list[tuple[Image.Image, Look, int, np.random.Generator]]:
    """Return the pages as pictures with handwriting, signature and seal, each with its own random numbers."""
    pen = ink.BLACK if look.mode == "bilevel" else ink.BLUE
    result = []
    for number, (image, page) in enumerate(
        zip(convert_from_bytes(pages.pdf, dpi=look.dpi), pages.pages, strict=True), start=1
    ):
        rng = np.random.default_rng(zlib.crc32(f"{source.name}/{number}".encode()))
        for mark in page.marks:
            if mark.kind == "hand":
                ink.write_by_hand(image, mark, rng, pen)
                continue
            if source.head["signed"]:
                ink.sign(image, mark, rng, pen)
            if source.head["sealed"]:
                ink.seal(image, mark, look.dpi, rng, ink.RED)
        result.append((image, look, number, rng))
    return result


def _save(images: list[Image.Image], look: Look, target: Path) -> None:
    """Save as the kind that the file's suffix names; PDFs say in their metadata that they are tests."""
    first, rest = images[0], images[1:]
    match target.suffix:
        case ".pdf":
            first.save(
                target, save_all=True, append_images=rest, resolution=look.dpi, quality=look.quality,
                title=_NOTICE, author="sohoa samples", subject=_NOTICE, creationDate=_DRAWN_ON, modDate=_DRAWN_ON,
            )  # fmt: skip
        case ".tif":
            first.save(
                target, save_all=True, append_images=rest, compression="group4", dpi=(look.dpi, look.dpi),
                description="MAU THU - test page, invented content",
            )  # fmt: skip
        case ".jpg":
            first.save(target, quality=look.quality, dpi=(look.dpi, look.dpi), comment=_NOTICE.encode())
        case suffix:
            raise ValueError(f"{target.name}: no way to save {suffix}")


def main(names: list[str]) -> None:
    """Draw the samples named, or all."""
    for source in all_sources():
        if not names or source.name in names:
            target = draw(source)
            print(f"{target.name}: {target.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main(sys.argv[1:])
