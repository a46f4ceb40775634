"""``python -m benchmarks.pages.pictures OUT.jpg FILE:PAGE…``: pages before and after cleaning, side by side."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from PIL import Image

from pipeline.cleaning import clean
from pipeline.intake.loading import load_page

_HEIGHT = 620
_GAP = 12
_QUALITY = 60
_DPI = 300


def main(
    out: Annotated[Path, typer.Argument(metavar="OUT.jpg")],
    pages: Annotated[list[str], typer.Argument(metavar="FILE:PAGE")],
) -> None:
    """Write one picture: each page as scanned, and beside it as the reader gets it."""
    shown = []
    for page in pages:
        file, _, number = page.rpartition(":")
        image = load_page(Path(file), int(number), _DPI)
        shown += [_small(Image.fromarray(image.pixels)), _small(Image.fromarray(clean(image).grey))]
    width = sum(picture.width for picture in shown) + _GAP * (len(shown) - 1)
    sheet = Image.new("RGB", (width, _HEIGHT), "white")
    left = 0
    for picture in shown:
        sheet.paste(picture, (left, (_HEIGHT - picture.height) // 2))
        left += picture.width + _GAP
    sheet.save(out, quality=_QUALITY, optimize=True)


def _small(picture: Image.Image) -> Image.Image:
    """Return the picture scaled to the sheet's height; a page that lies on its side keeps the width of an upright one."""
    longer = max(picture.size)
    scale = _HEIGHT / longer
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    return picture.convert("RGB").resize(size, Image.Resampling.LANCZOS)


if __name__ == "__main__":
    typer.run(main)
