"""The faces that reports are set in: where they come from, and how wide and tall their letters are."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont

Weight = tuple[bool, bool]
"""(bold, italic)."""

_WEIGHTS: tuple[Weight, ...] = ((False, False), (True, False), (False, True), (True, True))


@dataclass(frozen=True)
class Face:
    """A family: its Debian package and its files, regular, bold, italic, bold italic.

    ``share`` is how often it is drawn; ``kind`` typewriter faces belong to reports before 2009.
    """

    name: str
    package: str
    files: tuple[str, str, str, str]
    kind: Literal["serif", "sans", "typewriter"]
    share: float


def _croscore(name: str, kind: Literal["serif", "sans", "typewriter"], share: float) -> Face:
    regular, bold, italic, both = (
        f"{name}-{style}.ttf" for style in ("Regular", "Bold", "Italic", "BoldItalic")
    )
    return Face(name, "fonts-croscore", (regular, bold, italic, both), kind, share)


def _noto(name: str, kind: Literal["serif", "sans", "typewriter"], share: float) -> Face:
    stem = name.replace(" ", "")
    regular, bold, italic, both = (
        f"{stem}-{style}.ttf" for style in ("Regular", "Bold", "Italic", "BoldItalic")
    )
    return Face(name, "fonts-noto-core", (regular, bold, italic, both), kind, share)


def _gyre(name: str, kind: Literal["serif", "sans", "typewriter"], share: float) -> Face:
    stem = f"texgyre{name.rsplit(maxsplit=1)[-1].lower()}"
    regular, bold, italic, both = (
        f"{stem}-{style}.otf" for style in ("regular", "bold", "italic", "bolditalic")
    )
    return Face(name, "fonts-texgyre", (regular, bold, italic, both), kind, share)


# DejaVu Sans Mono is not here: it lacks 47 of the 134 Vietnamese letters. TeX Gyre Cursor stands in for it.
FACES: tuple[Face, ...] = (
    _croscore("Tinos", "serif", 0.58),
    _gyre("TeX Gyre Termes", "serif", 0.21),
    _noto("Noto Serif", "serif", 0.08),
    _croscore("Arimo", "sans", 0.05),
    _noto("Noto Sans", "sans", 0.03),
    _gyre("TeX Gyre Cursor", "typewriter", 0.03),
    _croscore("Cousine", "typewriter", 0.02),
)
BY_NAME = {face.name: face for face in FACES}


@cache
def installed() -> dict[str, Path]:
    """Return the font files that fontconfig knows, by file name; empty without fontconfig."""
    try:
        listing = subprocess.run(
            ["fc-list", "--format", "%{file}\n"], capture_output=True, text=True, check=True, timeout=60
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return {}
    return {Path(line).name: Path(line) for line in listing.splitlines() if line}


def missing_fonts() -> list[tuple[str, str]]:
    """Return (face, Debian package) of each face of which fontconfig lacks a weight."""
    known = installed()
    return [(face.name, face.package) for face in FACES if any(file not in known for file in face.files)]


@dataclass(frozen=True)
class Metrics:
    """One weight of a face, in thousandths of its size: advances by letter, the room of letters over the baseline.

    ``ascent`` is the top of a capital under two marks (Ẫ), ``descent`` the depth of p, positive; ``line`` the face's
    own line height.
    """

    advances: dict[int, float]
    ascent: float
    descent: float
    line: float

    def width(self, text: str) -> float:
        """Return the width of ``text`` set solid; letters that the face lacks count nothing."""
        return sum(self.advances.get(ord(letter), 0.0) for letter in text)


@cache
def metrics(face: str, weight: Weight) -> Metrics:
    """Measure the face's file. Raises KeyError for a face that is not installed; see ``missing_fonts``."""
    path = installed()[BY_NAME[face].files[_WEIGHTS.index(weight)]]
    with TTFont(path, lazy=True) as font:
        scale = 1000 / font["head"].unitsPerEm
        widths, letters = font["hmtx"].metrics, font.getBestCmap()
        glyphs = font.getGlyphSet()
        bounds = []
        for letter in "Ẫp":
            pen = BoundsPen(glyphs)
            glyphs[letters[ord(letter)]].draw(pen)
            bounds.append(pen.bounds)
        hhea = font["hhea"]
        return Metrics(
            {code: widths[glyph][0] * scale for code, glyph in letters.items()},
            bounds[0][3] * scale,
            -bounds[1][1] * scale,
            (hhea.ascent - hhea.descent + hhea.lineGap) * scale,
        )
