"""Printed letters in stamps: as coverage masks, from Debian's metric-compatible faces."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Literal

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from samples.generator.ink.layers import Mask

Face = Literal["serif", "serif bold", "sans", "sans bold"]

_FOLDER = Path("/usr/share/fonts/truetype/croscore")
_FILES: dict[Face, str] = {
    "serif": "Tinos-Regular.ttf",
    "serif bold": "Tinos-Bold.ttf",
    "sans": "Arimo-Regular.ttf",
    "sans bold": "Arimo-Bold.ttf",
}


@lru_cache(maxsize=64)
def font(face: Face, size: int) -> ImageFont.FreeTypeFont:
    """Return ``face`` at ``size`` pixels; FileNotFoundError names the Debian package to install."""
    path = _FOLDER / _FILES[face]
    if not path.exists():
        raise FileNotFoundError(f"{path.name} is missing: install the Debian package fonts-croscore")
    return ImageFont.truetype(path, size)


def lettering(text: str, face: Face, size: int, spacing: float = 0.0) -> Mask:
    """Return one line of ``text`` at ``size`` pixels, cut to its ink; ``spacing`` in ems goes between letters."""
    kind = font(face, max(size, 4))
    gap = spacing * size
    width = sum(kind.getlength(letter) + gap for letter in text) if gap else kind.getlength(text)
    image = Image.new("L", (int(width) + size, size * 2), 0)
    draw = ImageDraw.Draw(image)
    x = size * 0.25
    for piece in text if gap else (text,):
        draw.text((x, size * 0.4), piece, font=kind, fill=255)
        x += kind.getlength(piece) + gap
    box = image.getbbox()
    return np.asarray(image.crop(box) if box else image, np.uint8)


def place(canvas: Mask, mask: Mask, left: float, top: float) -> None:
    """Lay ``mask`` into ``canvas`` at (left, top) pixels; what hangs over is lost."""
    x, y = max(round(left), 0), max(round(top), 0)
    part = canvas[y : y + mask.shape[0], x : x + mask.shape[1]]
    np.maximum(part, mask[: part.shape[0], : part.shape[1]], out=part)
